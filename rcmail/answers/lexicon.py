"""Words and phrases that stand for a subject, looked up word by word: a text costs as much as it is long."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from rcmail.mail.words import fold

# Letters of a text that are looked at, and of a word.
_LETTERS: Final = 4_000
_LONGEST: Final = 40
_WORD: Final = re.compile(r"[^\W_]+")
# Short words would be the beginning of too many others: they may have these endings only.
_SHORT: Final = 5
_ENDINGS: Final = frozenset(("", "n", "en", "s", "e", "es", "er", "x", "je", "jes"))
_WHOLE: Final = frozenset(("",))

Ends = frozenset[str] | None
"""What may follow a word's beginning; None: anything."""


class Lexicon:
    """Subjects by the words for them: ``{"bicycle": "*fiets =rad velo_electrique bicycl"}``.

    A word stands for all that begin with it, a short one or a phrase (``_`` for a space) for itself and its common
    endings, any word of a phrase for its plural too. ``*`` before it: it may end another; after it: it may go on;
    ``=``: as it is.
    """

    def __init__(self, table: Mapping[str, str]) -> None:
        self._words: dict[str, list[tuple[str, bool, Ends]]] = defaultdict(list)
        self._phrases: dict[str, list[tuple[list[str], str, Ends]]] = defaultdict(list)
        for name, terms in table.items():
            for term in terms.split():
                self._add(name, term)
        self._lengths = sorted({len(word) for word in self._words})
        self._names = lru_cache(maxsize=8192)(self._looked_up)

    def subjects(self, text: str) -> frozenset[str]:
        """Those that there are words for in ``text``."""
        words = [each[:_LONGEST] for each in _WORD.findall(fold(text[:_LETTERS]))]
        return frozenset(name for place in range(len(words)) for name, _ in self._at(words, place))

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where in ``text`` there are such words."""
        found = list(_WORD.finditer(text))
        words = [fold(each[0])[:_LONGEST] for each in found]
        for place in range(len(words)):
            if length := max((length for _, length in self._at(words, place)), default=0):
                yield found[place].start(), found[place + length - 1].end()

    def _at(self, words: list[str], place: int) -> Iterator[tuple[str, int]]:
        """The subjects that begin there, each with how many words it has."""
        word = words[place]
        for name in self._names(word):
            yield name, 1
        for phrase, name, ends in self._phrases.get(word, ()) or self._phrases.get(word.removesuffix("s"), ()):
            if _is_at(words, place, phrase, ends):
                yield name, len(phrase)

    def _add(self, name: str, term: str) -> None:
        parts = _WORD.findall(term.replace("_", " "))
        ends: Ends = _ENDINGS if len(parts) > 1 or len(parts[0]) <= _SHORT else None
        if term.startswith("="):
            ends = _WHOLE
        elif term.endswith("*"):
            ends = None
        if len(parts) > 1:
            self._phrases[parts[0]].append((parts, name, ends))
        else:
            self._words[parts[0]].append((name, term.startswith("*"), ends))

    def _looked_up(self, word: str) -> frozenset[str]:
        """The subjects that the one word stands for."""
        return frozenset(
            name
            for start in range(len(word))
            for length in self._lengths
            if start + length <= len(word)
            for name, may_end, ends in self._words.get(word[start : start + length], ())
            if (may_end or not start) and (ends is None or word[start + length :] in ends)
        )


def _is_at(words: list[str], place: int, phrase: list[str], ends: Ends) -> bool:
    """Whether ``phrase`` stands there, with an ending of ``ends``."""
    there = words[place : place + len(phrase)]
    if len(there) < len(phrase) or not there[-1].startswith(phrase[-1]):
        return False
    if not all(word in (each, f"{each}s") for word, each in zip(there[:-1], phrase[:-1], strict=True)):
        return False
    return ends is None or there[-1][len(phrase[-1]) :] in ends
