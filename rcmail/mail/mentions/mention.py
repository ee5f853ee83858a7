"""One mention, and a text as the patterns of the four languages read it."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final, Literal

from rcmail.mail.words import fold

Kind = Literal["date", "days", "rule", "weekday", "time", "place", "money", "name", "phone", "address"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Letters ``start`` to ``end`` of a text, which are ``text``, and what is meant.

    ``value`` is for a ``date`` a ``datetime.date``; for ``days`` those of which one is meant, counted from the
    day of the text (“next Saturday”); for a ``rule`` a ``nth.Rule``; a ``weekday`` 0 (Monday) to 6; a ``time``
    from and to, each a ``datetime.time``, without an end None; for ``money`` a ``money.Amount``; for a ``place``
    and a ``name`` its words, ``folded``; for a ``phone`` its digits, with ``+`` where it has one; for an
    ``address`` of mail itself in small letters.
    """

    start: int
    end: int
    text: str
    kind: Kind
    value: Any

    def overlaps(self, start: int, end: int) -> bool:
        """Whether one of its letters is among those from ``start`` to ``end``."""
        return self.start < end and start < self.end


def _letters() -> dict[int, str]:
    """Latin letters with accents as those without, every dash as ``-``, and the like: a letter for a letter."""
    found = {}
    for code in range(0xC0, 0x250):
        plain = unicodedata.normalize("NFD", chr(code))[0]
        if plain.isascii():
            found[code] = plain
    found |= dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212), "-")
    found |= dict.fromkeys((0x2018, 0x2019, 0x00B4, 0x0060), "'")
    found |= dict.fromkeys((0xA0, 0x2009, 0x202F, 0x2007, 0x09, 0x0D), " ")
    return found


_LETTERS: Final = _letters()
_SMALL: Final = {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}


def plain(text: str) -> str:
    """``text`` without accents, of the same length."""
    return text.translate(_LETTERS)


def small(text: str) -> str:
    """``text``, which ``plain`` made, in small letters, of the same length."""
    return text.translate(_SMALL)


def folded(text: str) -> str:
    """The words of ``text`` as they are compared, with spaces between."""
    return " ".join(re.findall(r"[^\W_]{1,60}", fold(text)))
