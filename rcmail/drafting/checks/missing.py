"""What was asked and is not there: date, time, place, costs, appointment, and whether a thing is repaired."""

import re
from collections.abc import Iterator
from typing import Final

from rcmail.drafting import phrases, subjects
from rcmail.drafting.checks import houses
from rcmail.drafting.checks.clauses import clauses
from rcmail.drafting.checks.draft import GAP, Draft
from rcmail.drafting.matters import HOURS, OF_THE_EVENT
from rcmail.drafting.proposal import Objection
from rcmail.drafting.question import Question
from rcmail.drafting.stems import stems
from rcmail.drafting.today import DAYS
from rcmail.mail.words import fold

_SENTENCES: Final = {
    "date": "The visitor asks for the day, which is not there: write it.",
    "time": "The visitor asks for the hours, which are not there: write them.",
    "place": "The visitor asks where it is, which is not there: write it.",
    "costs": "The visitor asks what it costs, which is not there: write it.",
    "appointment": "The visitor asks about an appointment, which is not answered: write whether one is needed.",
}
_THING: Final = "The visitor asks about “{}”, which is not answered: write whether it is repaired."
_ANSWERS: Final = re.compile(
    r"\b(?:ja|jazeker|nee|nein|yes|no|oui|non|helaas|leider|afraid|sorry|malheureusement|neem|breng|bring|bringen"
    r"|mitbringen|meenemen|apporte\w*|reparer\w*|reparee\w*|reparier\w*|reparons|reparez"
    r"|repair(?:ed|ing)?(?! cafe)|print\w*|druck\w*|imprim\w+)\b"
)
# Who says what it costs does not say yet that it is done: “no appointment needed”, “repair is free”.
_WE: Final = re.compile(r"\b(?:we|wij|wir|nous|on)\b")
_BESIDE: Final = frozenset(("costs", "appointment", "parking", "limit"))
_NOT_OF_REPAIR: Final = _BESIDE | {"leaving", "home", "lost", "giving", "cancelling"}
# What is done with a thing that has its name in the question: “hand it to Ada”, “Ada ölt ihn”.
_IT: Final = re.compile(
    r"(?<!\bis )(?<!\bmake )(?<!\bfind )(?<!\babout )(?<!\bthat )\b(?:it|them)\b(?!['’]|\s(?:is|was|will|starts?"
    r"|begins?|costs?|opens?|takes?|ends?|runs?|closes?)\b)"
    r"|\bhem\b|\b(?:neem|breng|haalt|kijkt|zet|maak|laat) ze\b|\bihn\b|\b(?:sie|du|wir) (?:sie|es)\b"
    r"|\bnehmen sie\b.{0,60}\bmit\b"
    r"|(?<!gib)(?<!geh)(?<!beginn)(?<!koste)(?<!is)(?<!dauer)(?<!finde)t (?:sie|es)\b(?! uns\b)"
    r"|\b(?:il|elle|on|nous|vous|qui) (?:le|la|les|l['’])\s?\w{3}|\w{3}-(?:le|la|les)\b"
)
_OF_THE_EVENT: Final = OF_THE_EVENT | HOURS
_QUESTION: Final = re.compile(r"[^.!?]{1,1000}\?")
# Letters of a sentence by which a past answer is known again.
_KNOWN: Final = 24


def look(draft: Draft) -> Iterator[Objection]:
    """Each that is missing, at the end of the text. Where there is a gap, a volunteer looks for it anyway."""
    if GAP.search(draft.text):
        return
    end = len(draft.text)
    wanted = {matter for each in draft.halves for matter in subjects.asked(each)}
    if not any(Question(each, is_only=False).asks_to_register for each in draft.questions):
        wanted.discard("appointment")  # “is there another Termin?”
    there = {"date" if each.kind in DAYS else each.kind for each in draft.mentions}
    if houses.is_told(draft.text, draft.facts.settings.event_location):
        there.add("place")
    told = subjects.told(draft.text)
    for matter, sentence in _SENTENCES.items():
        if matter in wanted and matter not in there and matter not in told:
            yield Objection("missing", sentence, end, end)
    yield from _things(draft, end)


def _things(draft: Draft, end: int) -> Iterator[Objection]:
    """What is asked about and not answered: by name, by yes or no, or in words that it was asked in."""
    said = [draft.text[start:finish] for start, finish in draft.sentences]
    if any(phrases.is_on_repairs(each) or _is_answer(each) for each in said):
        return
    named, words = subjects.things(draft.text) | _of_sources(draft), stems(draft.text)
    for each in draft.questions:
        things = frozenset[str]() if Question(each, is_only=False).asks_how_many else subjects.things(each)
        if things and not things & named and not stems(each) & words and not _is_beside(each):
            yield Objection("missing", _THING.format(min(things)), end, end)


def _is_answer(sentence: str) -> bool:
    """Whether it says yes or no, or what is done, beside what it costs and whether one has to book."""
    parts = [each for each in clauses(fold(sentence)) if _ANSWERS.search(each)]
    is_told = any(_WE.search(each) or subjects.told(each).isdisjoint(_BESIDE) for each in parts)
    return is_told or _IT.search(fold(sentence)) is not None


def _is_beside(asking: str) -> bool:
    """Whether all that is asked is something else than whether a thing is repaired."""
    return all(map(_asks_else, _QUESTION.findall(asking)))


def _asks_else(sentence: str) -> bool:
    """Whether it asks what it costs, and the like; or when and where, and names no thing."""
    asked = subjects.asked(sentence)
    return bool(asked & _NOT_OF_REPAIR) or (bool(asked & _OF_THE_EVENT) and not subjects.things(sentence))


def _of_sources(draft: Draft) -> frozenset[str]:
    """The things that the past answers were about of which there are sentences."""
    found: set[str] = set()
    said = {" ".join(fold(draft.text[start:end]).split())[:-1] for start, end in draft.sentences}
    for source, answer in zip(draft.sources, draft.folded_answers, strict=True):
        if any(len(each) >= _KNOWN and each in answer for each in said):
            found |= subjects.things(source.question)
    return frozenset(found)
