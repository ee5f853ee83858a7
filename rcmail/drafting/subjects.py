"""What a text is about: the things and the matters in it, by words of four languages."""

from collections.abc import Iterable, Sequence
from typing import Final

from rcmail.drafting.lexicon import Lexicon
from rcmail.drafting.matters import FREE, MATTERS
from rcmail.drafting.things import KINDS, OF_A_KIND, PARTS, THINGS

_THINGS: Final = Lexicon(THINGS)
_KINDS: Final = Lexicon(KINDS)
_ASKED: Final = Lexicon({name: asked for name, (asked, _) in MATTERS.items()})
_TOLD: Final = Lexicon({name: f"{asked} {told}" for name, (asked, told) in MATTERS.items()})
_ANSWER: Final = Lexicon({name: told for name, (_, told) in MATTERS.items()})
_FREE: Final = Lexicon({"free": FREE})


def things(text: str) -> frozenset[str]:
    """The things that are named in ``text``."""
    return _THINGS.subjects(text)


def covered(texts: Sequence[str]) -> frozenset[str]:
    """The things that a list such as the offerings stands for."""
    named = frozenset(each for text in texts for each in things(text))
    return named.union(*(PARTS.get(each, frozenset()) for each in named))


def covered_by_kind(texts: Sequence[str]) -> frozenset[str]:
    """As ``covered``, with what a word for a whole kind stands for: “electrical appliances”."""
    kinds = frozenset(each for text in texts for each in _KINDS.subjects(text))
    return covered(texts).union(*(OF_A_KIND[each] for each in kinds))


def asked(text: str) -> frozenset[str]:
    """The matters that ``text`` asks for."""
    return _ASKED.subjects(text)


def told(text: str) -> frozenset[str]:
    """The matters that ``text`` tells of."""
    return _TOLD.subjects(text)


def answers(text: str, matter: str) -> bool:
    """Whether ``text`` has words that only an answer on ``matter`` has."""
    return matter in _ANSWER.subjects(text)


def says_free(text: str) -> bool:
    """Whether ``text`` says that something costs nothing."""
    return bool(_FREE.subjects(text))


def names_any(text: str, wanted: Iterable[str]) -> bool:
    """Whether one of the things ``wanted`` is named in ``text``."""
    return not things(text).isdisjoint(wanted)
