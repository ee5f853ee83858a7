"""Words as the search compares them: in lower case, without accents, the same on both sides.

PostgreSQL keeps them as they are (an array becomes a tsvector); its own stems and parsers differ between versions.
"""

import re
import unicodedata
from typing import Final

_WORD: Final = re.compile(r"[^\W_]{1,60}")
# A tsvector holds a megabyte (textsearch-limitations); a letter may become eighteen when it is folded.
_MOST: Final = 150_000


def words(text: str) -> list[str]:
    """The different words of ``text``, folded, as far as 150,000 letters go."""
    return list(dict.fromkeys(_WORD.findall(fold(text)[:_MOST])))


def fold(text: str) -> str:
    """``text`` in lower case and without accents: “Crème Brûlée” is “creme brulee”, “Straße” is “strasse”."""
    if text.isascii():
        return text.casefold()
    # Twice: a letter of another alphabet's capitals, and one that is two when it is small.
    folded = unicodedata.normalize("NFKD", text).casefold()
    return _MARKS.sub("", unicodedata.normalize("NFKD", folded))


def as_typed(text: str) -> str:
    """As ``fold``, and “l’œil” is “l'oeil”: what keyboards lack, people write with what they have."""
    return fold(text).replace("’", "'").replace("œ", "oe")


# The combining marks of the scripts that are written with an alphabet.
_MARKS: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
