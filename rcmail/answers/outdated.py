"""What in an old answer is out of date: days that are past, hours, places and offerings that are not today's."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from rcmail.answers.facts import Facts
from rcmail.answers.gone import gone
from rcmail.mail.mentions import Mention, mentions

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
    found = [
        Outdated(each.start, each.end, each.text, why)
        for each in mentions(text, written)
        if (why := _why(each, facts))
    ]
    for start, end, why in gone(text, facts):
        if not any(start < other.end and other.start < end for other in found):
            found.append(Outdated(start, end, text[start:end], why))
    return sorted(found, key=lambda each: each.start)


def _why(mention: Mention, facts: Facts) -> str:
    if mention.kind == "date" and mention.value < facts.today:
        return "the date is past"
    if mention.kind == "place" and facts.places and not facts.holds(mention):
        return "the group is elsewhere now"
    if mention.kind == "time" and facts.times and not facts.holds(mention):
        return "this is not the time now"
    return ""
