"""Of the past answers the one that answers a question, and its sentences that do."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Final

from rcmail.answers.things import PARTS_OF_THINGS, PROCESSES
from rcmail.drafting import foremost, subjects, wording
from rcmail.drafting.matching import Answer, freshness, is_alike, likeness, rarity
from rcmail.drafting.matters import HARD, OF_A_THING, OF_THE_EVENT, OF_THE_HOUSE
from rcmail.drafting.picking import about, telling
from rcmail.drafting.question import Question

# Of a question's words, weighted, in an answer that does not name the thing.
_LIKE: Final = 0.2
# Of a score from 0 to 1: that the second is so far behind is chance in one of twelve.
_AHEAD: Final = 0.25

Said = list[tuple[str, int | None]]
"""Sentences, each with the number of its source; None where that is the settings."""


class Past:
    """The past answers in one language."""

    def __init__(self, answers: Sequence[Answer], language: str, today: date) -> None:
        self._answers, self._language, self._today = answers, language, today
        self._counts = rarity(answers)

    def on_matter(self, question: Question, things: frozenset[str], matter: str) -> Said:
        """What was said on ``matter``; ``things`` are those of the mail so far."""
        found = [
            (each, said)
            for each in self._answers
            if _may_tell(each, matter, things) and (said := telling(each, matter, things, self._language))
        ]

        def rank(item: tuple[Answer, list[str]]) -> float:
            answer, said = item
            is_direct = any(matter in subjects.asked(each) for each in said)
            is_free = matter == "costs" and any(map(subjects.says_free, said))
            of_others = bool(answer.things) and not answer.things & things
            points = (matter in answer.asked) + is_free + 0.4 * is_direct - 0.3 * of_others
            return self._rank(answer, question, things) + points

        if not found:
            return []
        best, said = max(found, key=rank)
        return _of(best, said)

    def on_thing(
        self, question: Question, thing: str, *, refused: frozenset[str], offered: frozenset[str]
    ) -> Said:
        """What was said of ``thing``, where it is what the settings say today of what is refused and offered."""

        def rank(answer: Answer) -> float:
            is_on_more = bool(answer.asked & HARD - question.matters)
            return self._rank(answer, question, question.things) - 0.3 * is_on_more

        found = [each for each in self._answers if self._is_on(each, thing, question)]
        for best in sorted(found, key=rank, reverse=True):
            is_refused = best.refuses(thing)
            is_so = is_refused if thing in refused else not (is_refused and thing in offered)
            sentences = self._about(best, question, question.things, question.matters) if is_so else []
            if sentences and not best.hides_a_no(sentences):
                return _of(best, sentences)
        return []

    def on_words(self, question: Question, things: frozenset[str]) -> Said:
        """For words of no table: what has most of them in common, or what the search is sure of."""
        best = max(self._answers, key=lambda each: self._rank(each, question, things), default=None)
        if best is None or not is_alike(question.stems, best, self._likeness(question, best)):
            best = self._surest(question) if question.is_only else None
        sentences = self._about(best, question, best.things, best.asked - HARD) if best else []
        return _of(best, sentences) if best and not best.hides_a_no(sentences) else []

    def overruling(self, question: Question, said: Said) -> Said | None:
        """What stands in place of ``said`` where the best hit refuses what is asked: its no, or nothing."""
        used = [each for each in self._answers if each.source.message in {source for _, source in said}]
        best = foremost.overruling(self._answers, used, question)
        if best is None:
            return [] if foremost.is_doubtful(self._answers, used, question) else None
        sentences = self._about(best, question, best.things, best.asked - HARD)
        return _of(best, sentences) if not best.hides_a_no(sentences) else []

    def on_no_mending(self) -> Said:
        """What becomes of a thing that nobody can mend."""
        for each in sorted(self._answers, key=lambda each: -each.source.score):
            if said := [sentence for sentence in each.sentences if wording.BEYOND.search(sentence)]:
                return _of(each, said)
        return []

    def in_order(self, said: Said) -> Said:
        """Sentences of one answer beside each other, as they were written."""
        first: dict[int, int] = {}
        for number, (_, source) in enumerate(said):
            if source is not None:
                first.setdefault(source, number)

        def place(item: tuple[int, tuple[str, int | None]]) -> tuple[int, int]:
            number, (sentence, source) = item
            return (number, 0) if source is None else (first[source], self._places.get((source, sentence), 0))

        return [each for _, each in sorted(enumerate(said), key=place)]

    @cached_property
    def _places(self) -> dict[tuple[int, str], int]:
        return {
            (answer.source.message, sentence): place
            for answer in self._answers
            for place, sentence in enumerate(answer.sentences)
        }

    def _about(
        self, answer: Answer, question: Question, things: frozenset[str], matters: Iterable[str]
    ) -> list[str]:
        return about(answer, things, matters, self._language, question.stems)

    def _is_on(self, answer: Answer, thing: str, question: Question) -> bool:
        """Whether ``thing`` is what it is about, and not only told by the way of when to come."""
        if (
            thing not in answer.things
            or answer.counts_only(thing)
            or (answer.things & PROCESSES and not question.things & PROCESSES)
        ):
            return False
        if thing in PARTS_OF_THINGS:
            # What was said of one thing's battery is not so of another's.
            whole = question.all_things - PARTS_OF_THINGS
            return bool(answer.things & whole) if whole else self._likeness(question, answer) >= _LIKE
        is_named = any(subjects.names_any(each, [thing]) for each in answer.sentences)
        is_on_more = bool(answer.asked & (HARD | OF_THE_EVENT | {"last entry"}))
        return is_named or not is_on_more or self._likeness(question, answer) >= _LIKE

    def _surest(self, question: Question) -> Answer | None:
        """What the search found far ahead of all else, and has a word of the question in it.

        The search has looked at the mail as a whole, but where nothing fits something is ahead all the same.
        """
        best = sorted(self._answers, key=lambda each: -each.source.score)[:2]
        scores = [each.source.score for each in best]
        is_ahead = bool(best) and 2 * scores[0] - sum(scores) >= _AHEAD
        return best[0] if is_ahead and best[0].stems & question.stems else None

    def _rank(self, answer: Answer, question: Question, things: frozenset[str]) -> float:
        shared = len(things & answer.things) / len(things | answer.things) if things else 0.0
        named = 0.2 * any(subjects.names_any(each, things) for each in answer.sentences)
        points = shared + named + 0.3 * answer.source.score + freshness(answer, self._today)
        return points + self._likeness(question, answer)

    def _likeness(self, question: Question, answer: Answer) -> float:
        return likeness(question.stems, answer, self._counts, len(self._answers))


def _of(answer: Answer, sentences: Sequence[str]) -> Said:
    return [(each, answer.source.message) for each in sentences]


def _may_tell(answer: Answer, matter: str, things: frozenset[str]) -> bool:
    """Whether what it says on ``matter`` may be so here and for these things."""
    if matter in OF_THE_HOUSE and answer.is_elsewhere:
        return False
    return matter not in OF_A_THING or not (answer.things or things) or bool(answer.things & things)
