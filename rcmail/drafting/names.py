"""Where somebody's name stands in a text."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rcmail.drafting.proposal import Source
from rcmail.mail.language import FUNCTION_WORDS
from rcmail.mail.question import statements
from rcmail.mail.words import fold

# Letters of a mail that are looked at.
_LETTERS: Final = 6_000
_NAME: Final = re.compile(r"[^\W\d_]{3,40}")
_WORD: Final = re.compile(r"[^\W_]{1,60}")
# Beside a name it is no word.
_REACHED: Final = re.compile(
    r"[^\s@]{0,64}(?:@|\s?[(\[](?:at|ät)[)\]])\S{0,100}|\bhttps?:\S{1,300}|[\w-]{1,60}\.[a-z]{2,10}\b"
    r"|[^\W_]{1,40}_\w{1,40}"
)
_TITLE_WORDS: Final = """
    fam familie family mevr mevrouw mw meneer dhr heer herr herrn frau mr mrs ms miss mme monsieur madame
"""
_TITLES: Final = frozenset(_TITLE_WORDS.split())
_PREFIXES: Final = frozenset(
    ("van", "von", "vom", "zu", "der", "den", "de", "du", "des", "le", "la", "ten", "ter")
)
_NO_NAME_WORDS: Final = """
    fam familie family mevr mevrouw meneer heer frau herr mrs madame monsieur stichting verein the van von der den
    team info café cafe repair
"""
_NO_NAME: Final = frozenset(_NO_NAME_WORDS.split())


def named(text: str, source: Source) -> Iterator[tuple[int, int]]:
    """Where ``text`` names who asked ``source``: the first name, and the others where they are no words as well.

    A gear wheel is a “Zahnrad”, whoever of that name asked about one.
    """
    parts = [fold(each) for each in _NAME.findall(source.visitor_name[:200])]
    wanted = frozenset(parts) - _NO_NAME - FUNCTION_WORDS
    found = [each for each in _NAME.finditer(text) if each[0][0].isupper() and fold(each[0]) in wanted]
    # Of few texts: the mails are read only where they may tell.
    is_first = [fold(each[0]) == parts[0] for each in found]
    also_words = frozenset[str]() if all(is_first) else _said(source, frozenset(parts) - _PREFIXES)
    for each, is_sure in zip(found, is_first, strict=True):
        if is_sure or fold(each[0]) not in also_words:
            yield each.span()


def _said(source: Source, parts: frozenset[str]) -> frozenset[str]:
    """The words of the two mails beside greeting and closing, and beside where they tell who somebody is.

    That is in an address, behind a title or another of the name's ``parts``, and in a line with nothing else.
    """
    told = statements(source.question[:_LETTERS]) + statements(source.answer[:_LETTERS])
    lines = ([fold(word) for word in _WORD.findall(_REACHED.sub(" ", each))] for each in told)
    return frozenset(word for line in lines if not parts.issuperset(line) for word in _common(line, parts))


def _common(line: Sequence[str], parts: frozenset[str]) -> Iterator[str]:
    """The words of a line without those that the one before makes a name."""
    before = ""
    for word in line:
        if before not in parts and before not in _TITLES:
            yield word
        before = before if word in _PREFIXES else word
