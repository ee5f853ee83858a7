"""Whether a day of a draft is named only to say that the group is not there then."""

import re
from typing import Final

from rcmail.drafting.checks.meant import CLOSED, EASY, LIMIT, NO, clause_of
from rcmail.mail.mentions import Mention

_END: Final = r"(?= *$| (?:wegens|vanwege|wegen|because|due|en raison)\b)"
# Of the group, or that nothing is held: a volunteer who is not there says that the others are.
_DENIED: Final = re.compile(
    r"\b(?:(?:we|wij) (?:\w+ ){0,2}niet(?: (?:open|geopend|er|aanwezig))?" + _END + "|niet (?:open|geopend)" + _END
    + r"|gaat (?:\w+ ){0,2}niet door|geen (?:repair ?cafe|cafe|bijeenkomst|editie)\b|niemand (?:er|aanwezig)\b"
    r"|wir (?:\w+ ){0,3}nicht (?:da|vor ort)\b|nicht (?:geoffnet|offen|statt)\b|niemand (?:da|vor ort)\b|fallt aus"
    r"|kein (?:repair|reparatur)?[ -]?cafe\b|we (?:\w+ ){0,2}not (?:\w+ )?(?:there|here)\b"
    r"|(?:are|is|be|will) not (?:be )?(?:open|meeting)\b|no (?:repair )?(?:cafe|session|event)\b"
    r"|nobody (?:is )?(?:there|here)\b|cancelled|(?:nous|on) (?:\w+ |n')?\w+ pas la\b|annulee?\b"
    r"|pas (?:ouvert\w{0,2}|de (?:repair|cafe|seance|rencontre))\b)"
    r"|we(?:(?:'| a)re not| aren't| won't be) (?:\w+ )?(?:there|here)\b"
    r"|(?:'re not|(?:are|is|wo)n't) (?:\w+ )?(?:be )?(?:open|meeting)\b|n'(?:ouvrons|y a) pas" + _END
)  # fmt: skip
# “Not this Saturday”, and nothing else in the clause.
_BARE: Final = re.compile(
    r"(?:(?:nee|nein|no|non|leider|helaas|unfortunately|malheureusement) )?(?:nog |noch |helaas |leider )?"
    r"(?:niet|nicht|not(?: yet)?|pas(?: encore)?)"
)
# Of a visitor, and what opens beside what is closed.
_OTHER: Final = re.compile(
    r"\b(?:u|je|jij|jullie|sie|ihr|du|you|vous|tu|ik|ich|i|wenn|als|if|si|except|only|behalve|alleen|ausser|sauf)\b"
)
_OPEN: Final = re.compile(
    r"\b(?:open\w{0,4}|geopend|geoffnet|offen|ouvert\w{0,2}|wel|welkom|willkommen|welcome|come|kom|venez)\b"
)
_ARTICLE: Final = re.compile(r"\b(?:le|on|am|op|de|the|den|dem|ce)\s*$")


def is_denied(text: str, day: Mention) -> bool:
    """Whether the clause of ``day`` says that nobody is there; “we do not need” and “not before” do not."""
    before, after = clause_of(text, day.start, day.end)
    clause = " ".join(EASY.sub(" ok ", f"{_ARTICLE.sub('', before)} {after}").split())
    if LIMIT.search(before) or _OTHER.search(clause):
        return False
    if CLOSED.search(clause):
        return not NO.search(clause) and not _OPEN.search(clause)
    return bool(_DENIED.search(clause) or _BARE.fullmatch(clause.strip(" -")))
