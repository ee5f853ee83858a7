"""Where somebody's name stands in a text."""

import re
from collections.abc import Iterator
from typing import Final

from rcmail.drafting.proposal import Source
from rcmail.mail.language import FUNCTION_WORDS
from rcmail.mail.question import statements
from rcmail.mail.words import fold, words

# Letters of a mail that are looked at.
_LETTERS: Final = 6_000
_NAME: Final = re.compile(r"[^\W\d_]{3,40}")
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
    also_words = frozenset[str]() if all(is_first) else _said(source)
    for each, is_sure in zip(found, is_first, strict=True):
        if is_sure or fold(each[0]) not in also_words:
            yield each.span()


def _said(source: Source) -> frozenset[str]:
    """The words of the two mails beside greeting and closing."""
    told = statements(source.question[:_LETTERS]) + statements(source.answer[:_LETTERS])
    return frozenset(words("\n".join(told).replace("-", " ")))
