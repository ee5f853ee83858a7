"""A text as the search by words compares it: pieces of four letters and stems, as numbers."""

import re
from typing import Final
from zlib import crc32

from rcmail.mail.words import fold

_WORD: Final = re.compile(r"[^\W_]{2,40}")
_PIECE: Final = 4
# What the languages of a border town have in common at a word's beginning, and little of their endings.
_STEM: Final = 6
# Of a letter that is longer the rest is hardly the question.
_LETTERS: Final = 6_000
# In PostgreSQL an integer has a sign.
_HALF: Final = 2**31


def grams(text: str) -> list[int]:
    """The different pieces of ``text``: of each word its runs of four letters, and its first six.

    Each is a number of PostgreSQL's type ``integer``. Two pieces may share one; that is rare, and costs little.
    """
    found: dict[str, None] = {}
    for word in _WORD.findall(fold(text[:_LETTERS])):
        found[f"{word[:_STEM]}*"] = None
        whole = f" {word} "
        for start in range(len(whole) - _PIECE + 1):
            found[whole[start : start + _PIECE]] = None
    return list(dict.fromkeys(crc32(piece.encode()) - _HALF for piece in found))
