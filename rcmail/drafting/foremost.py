"""Whether the best hit of a question says no, where a weaker one says yes to the same thing."""

from collections.abc import Sequence
from typing import Final

from rcmail.drafting import subjects
from rcmail.drafting.matching import Answer
from rcmail.drafting.question import Question
from rcmail.drafting.stems import stems

# Of a score from 0 to 1: no further apart, two hits are equally good.
_NEAR: Final = 0.1


def overruling(answers: Sequence[Answer], used: Sequence[Answer], question: Question) -> Answer | None:
    """The best hit, where it refuses what is asked in words that none of ``used`` has beside it."""
    best = max(answers, key=lambda each: each.source.score, default=None)
    others = [each for each in used if each is not best]
    if best is None or (used and not others):
        return None
    words = _of_its_own(question, others)
    return best if any(stems(each) & words for each in best.refusals) else None


def is_doubtful(answers: Sequence[Answer], used: Sequence[Answer], question: Question) -> bool:
    """Whether another hit, as good as ``used``, refuses something of the very thing."""
    if not _of_its_own(question, used) or not used or any(_refuses(each, question) for each in used):
        return False
    least = max(each.source.score for each in used) - _NEAR
    return any(_refuses(each, question) for each in answers if each.source.score >= least)


def _refuses(answer: Answer, question: Question) -> bool:
    return any(subjects.names_any(clause, question.things) for clause in answer.refusals)


def _of_its_own(question: Question, used: Sequence[Answer]) -> frozenset[str]:
    """The stems that none of ``used`` has, without those that only name what is brought."""
    there = frozenset[str]().union(*(each.stems for each in used))
    things = frozenset[str]().union(question.things, *(each.things for each in used))
    words = (each for each in question.text.split() if not subjects.names_any(each, things))
    return stems(" ".join(words)) - there
