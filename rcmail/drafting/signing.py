"""How a draft ends: with the group's closing, or with its name where that is set in other languages only."""

import re
from collections.abc import Sequence
from typing import Final

from rcmail.answers.facts import Facts
from rcmail.drafting import phrases
from rcmail.mail.courtesy import CLOSING

# “Ihr Repair Café Lindenhof”: the rest is called the same in each language.
_OUR: Final = re.compile(
    r"^(?:ihre?|euer|eure|uw|jullie|je|your|yours|votre|vos|das|die|der|the|het|de|le|la|les)\s+", re.IGNORECASE
)
_WORDS: Final = range(2, 7)


def closing(facts: Facts, language: str) -> str:
    """The goodbye and whose it is."""
    signature = facts.text("reply_signature", language)
    return phrases.closing(signature or _name(facts.settings.lines("reply_signature")), language)


def _name(lines: Sequence[tuple[str | None, str]]) -> str:
    names = (_OUR.sub("", _below_closing(line)).split() for _, line in lines)
    found = (each for each in names if len(each) in _WORDS and all(word[0].isupper() for word in each))
    return " ".join(next(found, []))


def _below_closing(line: str) -> str:
    """What stands behind the goodbye of a line: “Groeten, Repair Café De Brug”."""
    found = CLOSING.match(line)
    return (found["rest"] if found else line).strip(" ,")
