"""The things that a text names, in any of four languages, and those that a list of offerings stands for."""

from collections.abc import Iterable, Sequence
from typing import Final

from rcmail.answers.lexicon import Lexicon
from rcmail.answers.things import KINDS, OF_A_KIND, PARTS, THINGS

_THINGS: Final = Lexicon(THINGS)
_KINDS: Final = Lexicon(KINDS)


def things(text: str) -> frozenset[str]:
    """The things that are named in ``text``."""
    return _THINGS.subjects(text)


def kinds(text: str) -> frozenset[str]:
    """The whole kinds of things that are named in ``text``: “electrical appliances”."""
    return _KINDS.subjects(text)


def covered(texts: Sequence[str]) -> frozenset[str]:
    """The things that a list such as the offerings stands for."""
    named = frozenset(each for text in texts for each in things(text))
    return named.union(*(PARTS.get(each, frozenset()) for each in named))


def covered_by_kind(texts: Sequence[str]) -> frozenset[str]:
    """As ``covered``, with what a word for a whole kind stands for."""
    return covered(texts).union(*(OF_A_KIND[each] for text in texts for each in kinds(text)))


def words_of(names: Iterable[str]) -> Lexicon:
    """The words for these things alone."""
    return Lexicon({name: THINGS[name] for name in names})
