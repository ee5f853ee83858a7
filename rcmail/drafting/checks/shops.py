"""The street of somebody else's shop, as a past answer names it."""

import re
from typing import Final

from rcmail.drafting.checks.draft import Draft
from rcmail.mail.mentions import Mention
from rcmail.mail.words import fold

_SHOP: Final = re.compile(
    r"\b(?:\w{0,20}(?:shops?|stores?|winkels?|zaak|handel|laden|geschaft\w{0,2}|handler\w?|markt)|haberdasher\w{0,2}"
    r"|ironmonger\w{0,2}|drogist|apotheek|dealer|kringloop\w{0,10}|magasin|boutique|mercerie|quincaillerie"
    r"|marchand|revendeur|droguerie)\b"
)
# “We are in the old shop in Kirk Lane.”
_OURS: Final = re.compile(
    r"\b(?:we are|we're|we meet|find us|wir sind|sind wir|finde\w{1,2} (?:sie |ihr )?uns|treffen"
    r"|we zitten|zitten we|we zijn|zijn we|vind\w? (?:je |u )?ons|nous sommes|trouver\w{1,2})\b"
)


def is_of_a_shop(draft: Draft, each: Mention) -> bool:
    """Whether a past answer sends people to a shop there, as this sentence does; we are in none of them."""
    said = next((draft.text[start:end] for start, end in draft.sentences if start <= each.start < end), "")
    place = fold(each.text).strip()
    there = [part for part in draft.answered if place in part]
    return bool(there) and all(map(_names_a_shop, (*there, fold(said))))


def _names_a_shop(sentence: str) -> bool:
    return bool(_SHOP.search(sentence)) and not _OURS.search(sentence)
