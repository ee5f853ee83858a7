"""Which answers of the group's to somebody may stay when that person is forgotten: those that point to nobody.

What stays is what a volunteer wrote, without greeting, closing and name; the question goes in any case.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from rcmail.db.pool import Row
from rcmail.mail.language import FUNCTION_WORDS
from rcmail.mail.mentions import mentions
from rcmail.mail.mentions.mention import folded

# Letters of a mail that are looked at, and of an answer that is worth keeping.
_LETTERS: Final = 20_000
_SHORT: Final = 40
# A number of so many digits, or so many words in a row, that stand in the visitor's mail too are the visitor's.
_DIGITS: Final = re.compile(r"\d{3,}")
_IN_A_ROW: Final = 6
_NO_NAMES: Final = frozenset(("com", "info", "nl", "org"))
_TELLING: Final = ("phone", "address", "place", "name")


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that stays: the day it is of, without the hour, which would lead back to the mail."""

    account: int
    day: datetime
    language: str | None
    text: str


class Pointing:
    """Whether a text points to somebody.

    ``named`` is what the person is called, names and addresses; ``written`` all that the person wrote; ``house``
    what the group says of itself, which points to nobody.
    """

    def __init__(self, named: Sequence[str], written: Sequence[str], house: str) -> None:
        own = folded("\n".join(written))
        self._house = f" {folded(house)} "
        self._names = frozenset(folded(" ".join(named)).split()) - FUNCTION_WORDS - _NO_NAMES
        self._numbers = frozenset(_DIGITS.findall(own)) - frozenset(_DIGITS.findall(self._house))
        self._rows = frozenset(_rows(own))

    def is_in(self, text: str, written: date) -> bool:
        """``written``: the day that the text is of."""
        flat = folded(text)
        return (
            not self._names.isdisjoint(flat.split())
            or not self._numbers.isdisjoint(_DIGITS.findall(flat))
            or not self._rows.isdisjoint(_rows(flat))
            or any(self._is_foreign(each.text) for each in mentions(text, written) if each.kind in _TELLING)
        )

    def _is_foreign(self, text: str) -> bool:
        return f" {folded(text)} " not in self._house


def staying(answers: Sequence[Sequence[Row]], pointing: Pointing) -> list[Answered | None]:
    """Of the mails that answered one question what stays, for each of them; None where that is nothing."""
    return [_staying(each, pointing) for each in answers]


def _staying(answered: Sequence[Row], pointing: Pointing) -> Answered | None:
    # The pages' process has it only where somebody is forgotten: half a megabyte of patterns.
    from rcmail.mail.question import statements

    last = answered[-1]
    text = "\n".join(" ".join(statements(each.new_text[:_LETTERS])) for each in answered).strip()
    if len(text) < _SHORT or pointing.is_in(text, last.sent_at.date()):
        return None
    day = last.sent_at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return Answered(last.account, day, last.language, text)


def _rows(text: str) -> Iterator[tuple[str, ...]]:
    words = text.split()
    return (tuple(words[place : place + _IN_A_ROW]) for place in range(len(words) - _IN_A_ROW + 1))


def signed(text: str, written: date) -> list[str]:
    """The names below a mail; not who is greeted above it."""
    found = mentions(text[-_LETTERS:], written)
    return [each.text for each in found if each.kind == "name" and "\n" in text[-_LETTERS:][: each.start].strip()]


def house(values: Mapping[str, str]) -> str:
    """What the settings say of the group."""
    return "\n".join(values.values())
