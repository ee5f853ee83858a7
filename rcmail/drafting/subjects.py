"""What a text is about: the things and the matters in it, by words of four languages."""

import re
from collections.abc import Iterable
from typing import Final

from rcmail.drafting.matters import FREE, MATTERS
from rcmail.drafting.things import PARTS, THINGS
from rcmail.mail.words import fold

# Letters of a text that are looked at.
_LETTERS: Final = 4_000


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile("|".join(_word(each) for each in words.split()) or "(?!)")


def _word(text: str) -> str:
    begin = "" if text.startswith("*") else r"(?<!\w)"
    end = r"(?!\w)" if text.startswith("=") else ""
    # Short ones would be the beginning of too many words, and compounds end with what they are.
    bare = text.strip("*=")
    if not end and not text.endswith("*") and ("_" in bare or len(bare) <= 5):
        end = r"(?:n|en|s|e|es|er|x|je|jes)?(?!\w)"
    return begin + re.escape(bare).replace("_", r"\s") + end


_THINGS: Final = {name: _pattern(words) for name, words in THINGS.items()}
_ASKED: Final = {name: _pattern(asked) for name, (asked, _) in MATTERS.items()}
_FREE: Final = _pattern(FREE)
_ANSWER: Final = {name: _pattern(told) for name, (_, told) in MATTERS.items()}
_TOLD: Final = {name: _pattern(f"{asked} {told}") for name, (asked, told) in MATTERS.items()}


def things(text: str) -> frozenset[str]:
    """The things that are named in ``text``."""
    return _found(text, _THINGS)


def covered(texts: Iterable[str]) -> frozenset[str]:
    """The things that a list such as the offerings stands for."""
    named = frozenset(each for text in texts for each in things(text))
    return named.union(*(PARTS.get(each, frozenset()) for each in named))


def asked(text: str) -> frozenset[str]:
    """The matters that ``text`` asks for."""
    return _found(text, _ASKED)


def told(text: str) -> frozenset[str]:
    """The matters that ``text`` tells of."""
    return _found(text, _TOLD)


def answers(text: str, matter: str) -> bool:
    """Whether ``text`` has words that only an answer on ``matter`` has."""
    return _ANSWER[matter].search(_folded(text)) is not None


def says_free(text: str) -> bool:
    """Whether ``text`` says that something costs nothing."""
    return _FREE.search(_folded(text)) is not None


def names_any(text: str, wanted: Iterable[str]) -> bool:
    """Whether one of the things ``wanted`` is named in ``text``."""
    folded = _folded(text)
    return any(_THINGS[name].search(folded) for name in wanted)


def _found(text: str, patterns: dict[str, re.Pattern[str]]) -> frozenset[str]:
    folded = _folded(text)
    return frozenset(name for name, pattern in patterns.items() if pattern.search(folded))


def _folded(text: str) -> str:
    return " ".join(fold(text[:_LETTERS]).replace("’", "'").split())
