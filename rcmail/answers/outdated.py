"""What in an old answer is out of date: days that are past, hours, places and offerings that are not today's."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from rcmail.answers.facts import Facts
from rcmail.answers.gone import named, offered
from rcmail.mail.mentions import Mention, mentions

_ELSEWHERE: Final = "the group is elsewhere now"
_NOT_NOW: Final = "this is not repaired now"
# Letters of an answer that are looked at.
_LETTERS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Outdated:
    """Letters ``start`` to ``end`` of a text, which are ``text``, and why they are out of date."""

    start: int
    end: int
    text: str
    why: str


def outdated(answer: str, written: date, facts: Facts) -> list[Outdated]:
    """What in ``answer``, of the day ``written``, is out of date, in the order of the text.

    Where today's place, or hours, are not known, no other one is out of date.
    """
    text = answer[:_LETTERS]
    mentioned = mentions(text, written)
    # That of then may begin as today's event ends: who says where it was means the hours there.
    is_of_then = any(_is_elsewhere(each, facts) for each in mentioned) and not any(map(facts.is_here, mentioned))
    found = [
        Outdated(each.start, each.end, each.text, why)
        for each in mentioned
        if (why := _why(each, facts, is_of_then))
    ]
    taken = bytearray(len(text))
    # “14 Uhr” is no clock, whatever is repaired.
    hours = [(each.start, each.end) for each in mentioned if each.kind == "time"]
    for start, end in (*hours, *((each.start, each.end) for each in found)):
        taken[start:end] = b"\1" * (end - start)
    elsewhere = ((*span, _ELSEWHERE) for span in named(text, facts.gone_places))
    not_now = ((*span, _NOT_NOW) for span in offered(text, facts.gone_offerings))
    for start, end, why in (*elsewhere, *not_now):
        if not any(taken[start:end]):
            found.append(Outdated(start, end, text[start:end], why))
            taken[start:end] = b"\1" * (end - start)
    return sorted(found, key=lambda each: each.start)


def _is_elsewhere(mention: Mention, facts: Facts) -> bool:
    return mention.kind == "place" and bool(facts.places) and not facts.holds(mention)


def _why(mention: Mention, facts: Facts, is_of_then: bool) -> str:
    if (mention.kind == "date" and mention.value < facts.today) or (
        mention.kind == "days" and max(mention.value) < facts.today
    ):
        return "the date is past"
    if mention.kind == "rule" and facts.settings.next_event(facts.today) and not facts.holds(mention):
        return "this is not the day now"
    if _is_elsewhere(mention, facts):
        return _ELSEWHERE
    if mention.kind == "time" and facts.times and mention.value not in facts.times:
        return "" if facts.holds(mention) and not is_of_then else "this is not the time now"
    return ""
