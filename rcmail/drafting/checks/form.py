"""A draft that is none: empty, the visitor's own text, or far longer than anything it is made from."""

import re
from collections.abc import Iterator
from typing import Final

from rcmail.drafting.checks.draft import LONGEST, Draft
from rcmail.drafting.proposal import Objection
from rcmail.mail.question import statements
from rcmail.mail.words import fold

# Words in a row that nobody writes twice by chance.
_RUN: Final = 9
_WORD: Final = re.compile(r"\w+")
_BEGINS: Final = re.compile(r"\s(?=\S)")
_TIMES: Final = 4
# Letters that are never too long.
_SHORT: Final = 800


def look(draft: Draft) -> Iterator[Objection]:
    """What is wrong with the whole of it."""
    if not any(each.isalnum() for each in draft.text) or not statements(draft.text[:_SHORT]):
        yield Objection("empty", "There is no answer in it: write one.", 0, len(draft.text))
        return
    most = max([_SHORT, *(_TIMES * len(each.answer) for each in draft.sources)])
    if len(draft.text) > most or len(draft.text) >= LONGEST:
        begun = _BEGINS.search(draft.text, min(most, LONGEST))
        start = begun.end() if begun else min(most, LONGEST)
        yield Objection("long", "It is far longer than any past answer: shorten it.", start, len(draft.text))
    if copied := _copied(draft):
        yield Objection("copied", "These are the visitor's own words: answer them.", *copied)


def _copied(draft: Draft) -> tuple[int, int] | None:
    """The first run of words that is the visitor's and not the group's."""
    runs = _runs([each[0] for each in _WORD.finditer(fold(draft.request))])
    if not runs:
        return None
    words = list(_WORD.finditer(draft.text))
    folded = [fold(each[0]) for each in words]
    answers = [" ".join(_WORD.findall(each)) for each in (*draft.folded_answers, fold(draft.house))]
    for place in range(len(words) - _RUN + 1):
        run = tuple(folded[place : place + _RUN])
        if run in runs and not any(" ".join(run) in each for each in answers):
            return words[place].start(), words[place + _RUN - 1].end()
    return None


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[place : place + _RUN]) for place in range(len(words) - _RUN + 1)}
