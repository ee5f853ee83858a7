"""What answers one question of a mail: sentences of past answers, or of the settings, or nothing."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from rcmail.answers.facts import Facts
from rcmail.drafting import phrases, subjects
from rcmail.drafting.matching import Answer, freshness, is_alike, likeness, rarity, stems
from rcmail.drafting.matters import BY_THE_WAY, HARD, OF_A_THING, OF_THE_HOUSE
from rcmail.drafting.picking import MONEY, about, telling, tells
from rcmail.drafting.things import GENERAL, PARTS_OF_THINGS, PROCESSES

# Lines of house facts on one matter, and things of one question.
_LINES: Final = 2
_THINGS: Final = 3
# Those that the next event's sentence answers.
_OF_THE_EVENT: Final = frozenset(("date", "time", "place"))
_MANY: Final = re.compile(r"\b(?:[3-9]|drie|drei|three|trois|vier|four|quatre|vijf|fünf|five|cinq)\s[^\W\d]{3,30}")
_PIECES: Final = re.compile(
    r"stuks|dingen|spullen|apparaten|sachen|teile|geräte|items|things|pieces|objets|appareils"
)
# Of a question's words, weighted, in an answer that does not name the thing.
_LIKE: Final = 0.2
# Of a score from 0 to 1: that the second is so far behind is chance in one of twelve.
_AHEAD: Final = 0.25
_UNKNOWN: Final = "nothing was answered before that fits; find out, and write the answer in place of this line."
_ELSEWHERE: Final = "it was perhaps answered before in another language: look at the sources, and write it here."
_PARTICULAR: Final = "it is about this visitor's own thing; ask the others, and write what they say here."


@dataclass
class Reply:
    """Sentences, each with its source, None where that is the settings; ``open`` says what is left unanswered."""

    sentences: list[tuple[str, int | None]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)


class Answering:
    """Answers the questions of one mail, one after the other."""

    def __init__(
        self, answers: Sequence[Answer], facts: Facts, language: str, *, others: Sequence[str], is_only: bool
    ) -> None:
        self._answers, self._facts, self._language = answers, facts, language
        self._counts = rarity(answers)
        self._offered = subjects.covered(facts.settings.event_offerings)
        self._of_a_kind = subjects.covered_by_kind(facts.settings.event_offerings)
        self._refused = subjects.covered(facts.settings.not_repaired)
        # What was asked before in other languages.
        self._others = [(subjects.things(each), subjects.asked(each)) for each in others]
        self._is_only = is_only
        self._said: list[str] = []
        self._context: frozenset[str] = frozenset()

    def reply(self, question: str) -> Reply:
        """What there is to say to ``question``; what the house facts say of it goes before what was answered."""
        reply = Reply()
        things, matters = subjects.things(question), subjects.asked(question)
        matters -= BY_THE_WAY - subjects.asked(_asking(question))
        if "?" not in question:
            matters -= {"lost"}
        if len(things) >= _THINGS or any(
            subjects.things(each[0]) or _PIECES.search(each[0]) for each in _MANY.finditer(question)
        ):
            matters |= {"limit"}
        things = things & PROCESSES or things - GENERAL or things
        hard = {each for each in matters & HARD if not self._is_told(each)}
        for matter in sorted(hard):
            self._on_matter(reply, question, things | self._context, matter)
        wanted = things & subjects.things(_asking(question)) if hard else things
        for thing in sorted(wanted)[:_THINGS]:
            if not subjects.names_any(" ".join(each for each, _ in reply.sentences), [thing]):
                self._on_thing(reply, question, wanted, thing, matters)
        for matter in sorted(matters - HARD - _OF_THE_EVENT):
            if not any(
                matter in subjects.told(each) for each in [*self._said, *(text for text, _ in reply.sentences)]
            ):
                self._on_matter(reply, question, things | self._context, matter)
        if not wanted and not matters:
            self._on_words(reply, question)
        self._context |= things
        self._said += [each for each, _ in reply.sentences]
        return reply

    def _why(self, question: str) -> str:
        """Why it is left open."""
        things, matters = subjects.things(question), subjects.asked(question)
        is_there = any(things & its or matters & theirs for its, theirs in self._others)
        return _ELSEWHERE if is_there else _UNKNOWN

    def _is_told(self, matter: str) -> bool:
        """Whether it has been answered by the way; what something costs, only where that is all there is to it."""
        if matter == "costs":
            is_priced = bool(self._context & PROCESSES) and any(map(MONEY.search, self._said))
            return is_priced or any(map(subjects.says_free, self._said))
        return matter != "lost" and any(matter in subjects.asked(each) for each in self._said)

    def _on_matter(self, reply: Reply, question: str, things: frozenset[str], matter: str) -> None:
        if matter == "lost":
            reply.open.append(_PARTICULAR)
        if lines := [each for each in self._house_facts() if tells(each, matter, self._language)]:
            reply.sentences += [(each, None) for each in lines[:_LINES]]
            return
        found = [each for each in self._answers if _may_tell(each, matter, things)]
        answers = [(each, said) for each in found if (said := telling(each, matter, things, self._language))]
        wanted = stems(question)

        def rank(item: tuple[Answer, list[str]]) -> float:
            answer, said = item
            is_direct = any(matter in subjects.asked(each) for each in said)
            is_free = matter == "costs" and any(map(subjects.says_free, said))
            of_others = bool(answer.things) and not answer.things & things
            points = (matter in answer.asked) + is_free + 0.4 * is_direct - 0.3 * of_others
            return self._rank(answer, wanted, things) + points

        if answers:
            best, said = max(answers, key=rank)
            reply.sentences += [(each, best.source.message) for each in said]
        elif matter in HARD and matter != "lost":
            reply.open.append(self._why(question))

    def _on_thing(
        self, reply: Reply, question: str, wanted: frozenset[str], thing: str, matters: frozenset[str]
    ) -> None:
        # What was said of one thing's battery is not so of another's.
        whole = subjects.things(question) - PARTS_OF_THINGS
        found = [each for each in self._answers if self._is_on(each, thing, question) and self._is_so(each, thing)]
        if thing in PARTS_OF_THINGS and whole:
            found = [each for each in found if each.things & whole]
        elif thing in PARTS_OF_THINGS:
            found = [each for each in found if self._likeness(question, each) >= _LIKE]
        words = stems(question)
        for best in sorted(found, key=lambda each: -self._rank(each, words, wanted)):
            sentences = about(best, wanted, matters, self._language)
            if sentences and not best.hides_a_no(sentences):
                reply.sentences += [(each, best.source.message) for each in sentences]
                return
        if lines := [each for each in self._house_facts() if subjects.names_any(each, [thing])]:
            reply.sentences += [(each, None) for each in lines[:_LINES]]
        elif (thing in self._of_a_kind or thing in self._refused) and self._is_asked(question):
            line = phrases.repaired(self._language, is_repaired=thing not in self._refused)
            reply.sentences.append((line, None))
        elif not reply.sentences:
            reply.open.append(self._why(question))

    def _is_on(self, answer: Answer, thing: str, question: str) -> bool:
        """Whether ``thing`` is what it is about, and not only told by the way of when to come."""
        if thing not in answer.things:
            return False
        is_named = any(subjects.names_any(each, [thing]) for each in answer.sentences)
        is_on_more = bool(answer.asked & (HARD | _OF_THE_EVENT | {"last entry"}))
        return is_named or not is_on_more or self._likeness(question, answer) >= _LIKE

    def _likeness(self, question: str, answer: Answer) -> float:
        return likeness(stems(question), answer, self._counts, len(self._answers))

    def _is_asked(self, question: str) -> bool:
        """Is it a question, or all that the mail says?"""
        return "?" in question or self._is_only

    def _is_so(self, answer: Answer, thing: str) -> bool:
        """Whether what it says of ``thing`` is what the settings say today."""
        if thing in self._refused:
            return answer.refuses(thing)
        return thing not in self._offered or not answer.refuses(thing)

    def _on_words(self, reply: Reply, question: str) -> None:
        """A question in words of no table: what has most of them in common, or what the search is sure of."""
        wanted = stems(question)
        if not wanted and self._context:
            return
        by_words = max(self._answers, key=lambda each: self._rank(each, wanted, self._context), default=None)
        if by_words is None or not is_alike(wanted, by_words, self._likeness(question, by_words)):
            by_words = self._surest()
        if lines := [each for each in self._house_facts() if len(stems(each) & wanted) * 2 > len(wanted)]:
            reply.sentences += [(each, None) for each in lines[:_LINES]]
        elif by_words is not None:
            sentences = about(by_words, by_words.things, frozenset(), self._language)
            if not by_words.hides_a_no(sentences):
                reply.sentences += [(each, by_words.source.message) for each in sentences]
        if not reply.sentences:
            reply.open.append(self._why(question))

    def _surest(self) -> Answer | None:
        """What the search found far ahead of all else; it has looked at the mail as a whole."""
        best = sorted(self._answers, key=lambda each: -each.source.score)[:2]
        if not best or not self._is_only:
            return None
        scores = [each.source.score for each in best]
        return best[0] if 2 * scores[0] - sum(scores) >= _AHEAD else None

    def _rank(self, answer: Answer, wanted: Iterable[str], things: frozenset[str]) -> float:
        shared = len(things & answer.things) / len(things | answer.things) if things else 0.0
        alike = likeness(wanted, answer, self._counts, len(self._answers))
        named = 0.2 * any(subjects.names_any(each, things) for each in answer.sentences)
        return alike + shared + named + 0.3 * answer.source.score + freshness(answer, self._facts.today)

    def _house_facts(self) -> list[str]:
        """The lines in the draft's language."""
        return [line for line in self._facts.text("house_facts", self._language).split("\n") if line]


def _asking(question: str) -> str:
    """The sentences of ``question`` that ask."""
    sentences = re.split(r"(?<=[.!?])\s", question)
    return " ".join(each for each in sentences if each.endswith("?")) or sentences[-1]


def _may_tell(answer: Answer, matter: str, things: frozenset[str]) -> bool:
    """Whether what it says on ``matter`` may be so here and for these things."""
    if matter in OF_THE_HOUSE and answer.is_elsewhere:
        return False
    return matter not in OF_A_THING or not answer.things or bool(answer.things & things)
