"""Words as the search compares them: in lower case, without accents, the same on both sides.

PostgreSQL keeps them as they are (an array becomes a tsvector); its own stems and parsers differ between versions.
"""

import re
import unicodedata
from typing import Final

_WORD: Final = re.compile(r"[^\W_]{1,60}")
# A tsvector holds a megabyte; these are some hundred kilobytes.
_MOST: Final = 10_000


def words(text: str) -> list[str]:
    """The different words of ``text``, folded, 10,000 at most."""
    return list(dict.fromkeys(_WORD.findall(fold(text))))[:_MOST]


def fold(text: str) -> str:
    """``text`` in lower case and without accents: “Crème Brûlée” is “creme brulee”, “Straße” is “strasse”."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in parts if not unicodedata.combining(each))
