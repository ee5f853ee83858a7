"""Which past answer answers a question: by the things and matters that both are about, and by their words."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from rcmail.drafting import subjects
from rcmail.drafting.particulars import Told, is_particular
from rcmail.drafting.proposal import Source
from rcmail.drafting.question import Question
from rcmail.drafting.sentences import opening, sentences, standing
from rcmail.drafting.stems import stems
from rcmail.drafting.today import Today
from rcmail.mail.question import question, questions
from rcmail.mail.words import fold

# Of a question's words, weighted: with less than that in common nothing has been answered.
_SHARE: Final = 0.5
_REFUSES: Final = re.compile(
    r"\b(?:geen|niet|nee|nooit|helaas|nein|nicht|keine?[nrs]?|leider|no|not|never|sorry|afraid|non|pas"
    r"|malheureusement|dicht"
    r"|stil|gesloten|geschlossen|closed|ferme)\b|n't\b"
)
_DOES: Final = re.compile(
    r"\b(?:doen|maken|repar\w*|open\w*|nemen|gehen|machen|nehmen|offnen|do|fix|repair\w*|take|touch|faisons|prenons|ouvrons"
    r"|fixen|herstellen)\b"
)
_SHORT: Final = 4
_CLAUSE: Final = re.compile(r"[,;:()–]")
_YEAR: Final = 365.0


@dataclass(frozen=True)
class Answer:
    """A past answer as far as it may be said again; to the mail ``now``, where that is given."""

    source: Source
    today: Today
    now: Told | None = None

    @cached_property
    def sentences(self) -> list[str]:
        said = sentences(self.source, self.today)
        before, now = Told(self.source.question), self.now
        if now is None:
            return said
        return standing([None if is_particular(each, before, now) else each for each in said], self.source)

    @cached_property
    def things(self) -> frozenset[str]:
        """What its visitor brought, or the answer begins with."""
        return subjects.things(f"{self.source.question}\n{self.opening}")

    def counts_only(self, thing: str) -> bool:
        """Whether its visitor named ``thing`` only to ask how many one may bring."""
        naming = [each for each in self.questions if subjects.names_any(each, [thing])]
        return bool(naming) and all(Question(each, is_only=False).asks_how_many for each in naming)

    @cached_property
    def asked(self) -> frozenset[str]:
        return subjects.asked(self.source.question)

    @cached_property
    def questions(self) -> list[str]:
        """What its visitor asked, one by one."""
        return questions(self.source.question)

    def is_beside(self, text: str, wanted: Iterable[str], words: frozenset[str]) -> bool:
        """Whether its sentence ``text`` answers what its visitor asked beside: of no known matter, in other words.

        ``words`` are the stems of the new question: what they are in is asked now, too.
        """
        parts, told = {True: frozenset[str](), False: frozenset[str]()}, stems(text)
        for each in self.questions:
            fits = subjects.names_any(each, wanted) or len(stems(each) & words) > 1
            if fits or not (subjects.asked(each) or subjects.things(each)):
                parts[fits] |= stems(each) & told
        return bool(parts[False]) and not parts[True]

    @cached_property
    def opening(self) -> str:
        return opening(self.source)

    @cached_property
    def stems(self) -> frozenset[str]:
        return stems(f"{question(self.source.question)}\n{self.source.answer}")

    @cached_property
    def is_elsewhere(self) -> bool:
        """Whether it was written where the group no longer is."""
        return self.today.is_elsewhere(self.source)

    def hides_a_no(self, said: Iterable[str]) -> bool:
        """Whether it begins with a no that the sentences ``said`` of it no longer have."""
        return bool(_REFUSES.search(fold(self.opening))) and not any(_REFUSES.search(fold(each)) for each in said)

    @cached_property
    def refusals(self) -> list[str]:
        """The clauses that say that something is not done."""
        clauses = (part for each in self.sentences for part in _CLAUSE.split(each))
        return [each for each in clauses if _REFUSES.search(fold(each)) and _is_on_doing(fold(each))]

    def refuses(self, thing: str) -> bool:
        """Whether it says that ``thing`` is not repaired."""
        clauses = [fold(part) for each in self.sentences for part in _CLAUSE.split(each)]
        telling = [each for each in clauses if subjects.names_any(each, [thing]) and _is_on_doing(each)]
        return any(map(_REFUSES.search, [fold(self.opening), *telling]))


def _is_on_doing(clause: str) -> bool:
    """Whether it says what is done, or is as short as “battery: no”."""
    return len(clause.split()) <= _SHORT or _DOES.search(clause) is not None


def rarity(answers: Sequence[Answer]) -> Counter[str]:
    """In how many answers each stem is."""
    return Counter(stem for each in answers for stem in each.stems)


def likeness(wanted: Iterable[str], answer: Answer, counts: Counter[str], total: int) -> float:
    """The weighted share of the stems ``wanted`` that ``answer`` has, 0 to 1; a common one weighs little."""
    weights = {stem: math.log((total + 1) / (counts[stem] + 0.5)) for stem in wanted}
    whole = sum(weights.values())
    return sum(weight for stem, weight in weights.items() if stem in answer.stems) / whole if whole > 0 else 0.0


def freshness(answer: Answer, today: date) -> float:
    """0 for an answer of today, a twentieth less for each year, and less again where it is from another house."""
    years = max(0.0, (today - answer.source.written).days / _YEAR)
    return -0.05 * years - (0.1 if answer.is_elsewhere else 0.0)


def is_alike(wanted: Iterable[str], answer: Answer, share: float) -> bool:
    """Whether so much in common is enough: half of what the words weigh, and more than one word."""
    return share >= _SHARE and len(answer.stems.intersection(wanted)) > 1
