"""How much of a draft was sent, by words: what mail programs do to line ends and dashes changes nothing."""

import re
from collections import Counter
from itertools import pairwise
from typing import Final

LIGHTLY: Final = 0.7
"""From here on what was sent is the draft, lightly edited; below it is rewritten."""
NEAR: Final = 0.5
"""From here on an answer to the same request was made from the draft, wherever it was sent from."""
# Words that are compared: of 20,000 letters, a draft's most, no more are words.
_MOST: Final = 5_000
_WORD: Final = re.compile(r"[^\W_]+")


def likeness(one: str, other: str) -> float:
    """From 0 to 1: the share of words, and of words that stand beside each other, that two texts have in common.

    Dice's coefficient over both; it takes a time that is linear in the length of the texts.
    """
    first, second = _pieces(one), _pieces(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else float(one == other)


def sent_as(made: str, sent: str) -> str:
    """“unchanged”, “lightly edited” or “rewritten”: what became of the text ``made`` in the mail ``sent``."""
    if _words(made) == _words(sent):
        return "unchanged"
    return "lightly edited" if likeness(made, sent) >= LIGHTLY else "rewritten"


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())[:_MOST]


def _pieces(text: str) -> "Counter[tuple[str, ...]]":
    words = _words(text)
    return Counter([(word,) for word in words]) + Counter(pairwise(words))
