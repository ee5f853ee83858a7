"""What was asked and is not there: date, time, place, costs, appointment, and whether a thing is repaired."""

from collections.abc import Iterator
from typing import Final

from rcmail.drafting import phrases, subjects
from rcmail.drafting.checks.draft import GAP, Draft
from rcmail.drafting.proposal import Objection
from rcmail.mail.question import questions
from rcmail.mail.words import fold

_SENTENCES: Final = {
    "date": "The visitor asks for the day, which is not there: write it.",
    "time": "The visitor asks for the hours, which are not there: write them.",
    "place": "The visitor asks where it is, which is not there: write it.",
    "costs": "The visitor asks what it costs, which is not there: write it.",
    "appointment": "The visitor asks about an appointment, which is not answered: write whether one is needed.",
}
_THING: Final = "The visitor asks about “{}”, which is not answered: write whether it is repaired."
# Letters of a sentence by which a past answer is known again.
_KNOWN: Final = 24


def look(draft: Draft) -> Iterator[Objection]:
    """Each that is missing, at the end of the text. Where there is a gap, a volunteer looks for it anyway."""
    if GAP.search(draft.text):
        return
    end = len(draft.text)
    asking = [each for text in draft.asked.texts for each in questions(text, draft.asked.subject) if "?" in each]
    wanted = {matter for each in asking for matter in subjects.asked(each)}
    there = {each.kind for each in draft.mentions}
    told = subjects.told(draft.text)
    for matter, sentence in _SENTENCES.items():
        if matter in wanted and matter not in there and matter not in told:
            yield Objection("missing", sentence, end, end)
    yield from _things(draft, asking, end)


def _things(draft: Draft, asking: list[str], end: int) -> Iterator[Objection]:
    """What is asked about and neither named nor answered with what was said of it before."""
    wanted = [subjects.things(each) for each in asking]
    named = subjects.things(draft.text) | _of_sources(draft)
    if any(phrases.is_on_repairs(draft.text[start:finish]) for start, finish in draft.sentences):
        return
    for things in wanted:
        if things and not things & named:
            yield Objection("missing", _THING.format(min(things)), end, end)


def _of_sources(draft: Draft) -> frozenset[str]:
    """The things that the past answers were about of which there are sentences."""
    found: set[str] = set()
    said = {" ".join(fold(draft.text[start:end]).split())[:-1] for start, end in draft.sentences}
    for source, answer in zip(draft.sources, draft.folded_answers, strict=True):
        if any(len(each) >= _KNOWN and each in answer for each in said):
            found |= subjects.things(source.question)
    return frozenset(found)
