"""What answers one question of a mail: sentences of the settings, or of past answers, or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import and_, gt
from typing import Final

from rcmail.answers import naming
from rcmail.answers.facts import Facts
from rcmail.answers.things import PROCESSES
from rcmail.drafting import phrases, subjects, wording
from rcmail.drafting.finding import Past, Said
from rcmail.drafting.matching import Answer
from rcmail.drafting.matters import HARD, OF_THE_EVENT
from rcmail.drafting.picking import MONEY, answers, general, is_a_yes, is_of, tells
from rcmail.drafting.question import Question
from rcmail.drafting.stems import stems
from rcmail.drafting.when import months_of, wish
from rcmail.mail.mentions import mentions
from rcmail.mail.words import fold

# Lines of house facts for one question.
_LINES: Final = 2
# Letters of one in a warning.
_SHOWN: Final = 300
_UNKNOWN: Final = "nothing was answered before that fits; find out, and write the answer in place of this line."
_ELSEWHERE: Final = "it was perhaps answered before in another language: look at the sources, and write it here."
_SET_ELSEWHERE: Final = "the house facts say it in another language (“{}”): write it here in this one."
_PARTICULAR: Final = "it is about this visitor's own thing; ask the others, and write what they say here."
_NO_SUCH_DATE: Final = "none of the dates that are set fits: find out, and write it in place of this line."


@dataclass
class Reply:
    """What is said; ``open`` says what is left unanswered, and why."""

    said: Said = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    @property
    def sentences(self) -> list[str]:
        return [each for each, _ in self.said]


class Answering:
    """Answers the questions of one mail, one after the other.

    ``answers`` are in the draft's language, ``others`` are what was asked in other ones.
    """

    def __init__(self, answers: Sequence[Answer], facts: Facts, language: str, *, others: Sequence[str]) -> None:
        self._past = Past(answers, language, facts.today)
        self._language, self._facts = language, facts
        self._lines = [line for line in facts.text("house_facts", language).split("\n") if line]
        offerings = facts.settings.event_offerings
        self._offered, self._of_a_kind = naming.covered(offerings), naming.covered_by_kind(offerings)
        self._foreign_lines = [line for line in facts.settings.house_facts if line and line not in self._lines]
        self._not_repaired = facts.settings.not_repaired
        self._in_part = subjects.refused_in_part(self._not_repaired)
        self._others = [(subjects.things(each), subjects.asked(each)) for each in others]
        self._said: list[str] = []
        self._context: frozenset[str] = frozenset()

    def replies(self, questions: Sequence[Question]) -> list[Reply]:
        """Those to all questions; what a sentence to another one answers, too, is not left open."""
        found = [self.reply(each) for each in questions]
        for question, reply in zip(questions, found, strict=True):
            if reply.open and reply.open[0] not in (_PARTICULAR, _NO_SUCH_DATE):
                said = [each for other in found for each in other.sentences if other is not reply or reply.said]
                if any(answers(question, each) for each in said):
                    reply.open.clear()
        return found

    def reply(self, question: Question) -> Reply:
        """What there is to say to ``question``; the house facts go before what was answered."""
        reply = Reply()
        things = question.things | self._context
        wished = wish([question.text], self._facts)
        hard = question.matters & HARD
        if (wished.days or wished.is_open) and not question.asks_to_register:
            hard -= {"appointment"}  # which is “Termin”, too
        for matter in sorted(each for each in hard if not self._is_told(each)):
            self._on_matter(reply, question, things, matter)
        if question.is_beyond:
            self._on_no_mending(reply, question)
        for thing in self._things(question):
            if not subjects.names_any(" ".join(reply.sentences), [thing]):
                self._on_thing(reply, question, thing)
        for matter in sorted(question.matters - HARD - OF_THE_EVENT):
            if not self._is_told(matter, *reply.sentences):
                self._on_matter(reply, question, things, matter)
        ignored = OF_THE_EVENT if question.is_beside_event else frozenset[str]()
        if wished.is_open:
            self._on_month(reply, question)
        elif not (question.things or question.matters - ignored or wished.days):
            self._on_words(reply, question)
        whole = reply.sentences  # “Yes. No booking needed.” of the thing, and its end on booking
        reply.said = [each for each in reply.said if not any(other.endswith(f" {each[0]}") for other in whole)]
        self._overrule(reply, question)
        reply.said = self._without_facts(self._past.in_order(reply.said))
        is_open = (
            not reply.said
            and not (wished.days and question.is_short and not question.is_on_entry)
            and not self._is_settled(question)
        )
        if not reply.open and (is_open or self._leaves_a_choice(question, reply.sentences)):
            reply.open.append(self._why(question))
        self._context = things
        self._said += reply.sentences
        return reply

    def _things(self, question: Question) -> list[str]:
        """Those to be answered: beside a visit at home, what becomes of it or the last entry, what is refused."""
        if not (question.is_at_home or question.is_beyond or question.is_on_entry):
            return question.things_in_order
        refused = subjects.refused(self._not_repaired, question.all_things, question.text)
        return [each for each in question.things_in_order if each in refused]

    def _on_no_mending(self, reply: Reply, question: Question) -> None:
        said = self._from_lines(bool(wording.BEYOND.search(each)) for each in self._lines)
        reply.said += said or self._past.on_no_mending()
        if not reply.said:
            reply.open.append(self._why(question))

    def _overrule(self, reply: Reply, question: Question) -> None:
        """Where the best hit of the whole question refuses, a weaker one's yes, or ours, is not used."""
        if not question.is_only or question.hard_matters or question.is_beyond or not _says_yes(reply):
            return
        if (said := self._past.overruling(question, reply.said)) is not None:
            reply.said = said
            if not said:
                reply.open.append(self._why(question))

    def _on_matter(self, reply: Reply, question: Question, things: frozenset[str], matter: str) -> None:
        if matter == "lost":
            reply.open.append(_PARTICULAR)
        lines = [tells(each, matter, self._language) for each in self._lines]
        fits = [is_of(each, matter, things) for each in self._lines]
        said = self._from_lines(map(and_, lines, fits))
        past = self._past.on_matter(question, things, matter)
        if matter == "limit" and (of_it := [each for each in past if subjects.names_any(each[0], things)]):
            said = of_it  # “up to five knives”, where else it is one thing
        said = said or past
        if said and not things:
            said += self._from_lines(map(gt, lines, fits))  # what is so for one thing only
        reply.said += said
        if not said and matter in question.hard_matters and matter != "lost":
            reply.open.append(self._why(question))

    def _on_thing(self, reply: Reply, question: Question, thing: str) -> None:
        is_asked = thing in question.asked_things
        refused = subjects.refused(self._not_repaired, question.all_things, question.text)
        said = self._from_lines(subjects.names_any(each, [thing]) for each in self._lines)
        past = self._past.on_thing(question, thing, refused=refused, offered=self._offered)
        is_refused = any(map(phrases.is_on_repairs, reply.sentences))
        said += [each for each in past if not (is_refused and is_a_yes(each[0]))]
        reply.said += said
        if said:
            return
        is_no = thing in refused and not question.asks_else
        is_offered = thing in self._of_a_kind - refused - self._in_part
        if is_no or (is_offered and is_asked and question.asks_for_repair and not reply.open):
            reply.said.append((phrases.repaired(self._language, is_repaired=not is_no), None))
        elif is_asked and not reply.said and not question.asks_how_many:
            reply.open.append(self._why(question))

    def _on_month(self, reply: Reply, question: Question) -> None:
        """Where no date fits: perhaps a house fact says why (“closed in August”)."""
        wanted = months_of(question.asking)
        said = self._from_lines(bool(months_of(each) & wanted) for each in self._lines)
        reply.said += said
        if not said:
            reply.open.append(_NO_SUCH_DATE)

    def _on_words(self, reply: Reply, question: Question) -> None:
        if question.stems or not self._context:
            wanted = question.stems
            said = self._from_lines(len(stems(each) & wanted) * 2 > len(wanted) for each in self._lines)
            reply.said += said or self._past.on_words(question, self._context)

    def _from_lines(self, fits: Iterable[bool]) -> Said:
        """The house facts that fit."""
        found = [line for line, is_fit in zip(self._lines, fits, strict=True) if is_fit]
        return [(line, None) for line in found[:_LINES]]

    def _without_facts(self, said: Said) -> Said:
        """Without sentences of past answers that tell what a house fact beside them says already."""
        there = {*self._said, *(each for each, _ in said)}
        facts = [stems(line) for line in self._lines if line in there]

        def is_known(words: frozenset[str]) -> bool:
            return any(len(words & each) > 1 and 2 * len(words & each) >= len(words) for each in facts)

        return [(each, source) for each, source in said if source is None or not is_known(stems(general(each)))]

    def _leaves_a_choice(self, question: Question, sentences: Sequence[str]) -> bool:
        """Whether it asks “with or without” something that ``sentences`` do not name: then a yes is no answer."""
        wanted = fold(question.or_without)
        return bool(wanted) and not any(wanted in fold(each) for each in [*self._said, *sentences])

    def _is_settled(self, question: Question) -> bool:
        """Whether the next event's sentence answers it, or what was said before."""
        matters = question.matters
        is_said = any(map(self._is_told, matters)) or (bool(self._context) and not matters and not question.stems)
        if question.is_on_entry or question.is_beside_event:
            return is_said
        is_of_event = question.is_short and (bool(matters & OF_THE_EVENT) or self._names_the_day(question))
        return is_of_event or is_said

    def _names_the_day(self, question: Question) -> bool:
        """Whether it asks of nothing but a day of the event: “is it still on 5 December?”"""
        found = [each for each in mentions(question.asking, self._facts.today) if each.kind in ("date", "weekday")]
        is_asked = "?" in question.text and bool(found)
        return is_asked and not question.things and all(map(self._facts.holds, found))

    def _is_told(self, matter: str, *beside: str) -> bool:
        """Whether it has been answered by the way; what something costs, only where that is all there is."""
        said = [*self._said, *beside]
        if matter == "costs":
            is_priced = bool(self._context & PROCESSES) and any(map(MONEY.search, said))
            return is_priced or any(map(subjects.says_free, said))
        tell = subjects.asked if matter in HARD else subjects.told
        return matter != "lost" and any(matter in tell(each) for each in said)

    def _why(self, question: Question) -> str:
        """Why it is left open."""
        things, matters = question.all_things, question.matters
        here = {matter for line in self._lines for matter in subjects.told(line)}
        for line in self._foreign_lines:
            is_told = any(is_of(line, each, things) for each in (matters & subjects.told(line)) - here)
            if is_told or things & subjects.things(line):
                return _SET_ELSEWHERE.format(line[:_SHOWN])
        is_there = any(things & its or matters & theirs for its, theirs in self._others)
        return _ELSEWHERE if is_there else _UNKNOWN


def _says_yes(reply: Reply) -> bool:
    """Whether something of a past answer is said, or that we do it."""
    return any(source is not None or phrases.is_welcome(sentence) for sentence, source in reply.said)
