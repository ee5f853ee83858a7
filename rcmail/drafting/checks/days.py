"""Days, hours and places: each is one of today's facts, and a weekday is that of its date."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from rcmail.drafting.checks.denied import is_denied
from rcmail.drafting.checks.draft import Draft
from rcmail.drafting.checks.meant import is_advice, is_granted, is_left, is_of_the_group, is_refused, is_told
from rcmail.drafting.checks.shops import is_of_a_shop
from rcmail.drafting.proposal import Objection
from rcmail.drafting.today import DATED, DAYS
from rcmail.mail.mentions import Mention
from rcmail.mail.words import words

_BETWEEN: Final = re.compile(r"[\s,.]{0,3}(?:(?:dem|den|der|de|le|the|am|op|on)\s)?$")
# “Not on 5 December”, but not “why not on 5 December?”
_NOT: Final = re.compile(
    r"(?<!why )(?<!waarom )(?<!warum )(?<!pourquoi )\b(?:not|niet|nicht|pas)\s"
    r"(?:(?:already|yet|al|meer|schon|mehr|encore)\s)?(?:(?:on|op|am|le|de|the)\s)?$",
    re.IGNORECASE,
)
_BACK: Final = 30
_DAY: Final = "No event is on this day: put today's date here, or take it out."
_SENTENCES: Final = {
    "date": _DAY,
    "days": _DAY,
    "rule": "The next events are on other days of the month: put today's date here, or take it out.",
    "weekday": "The event is not on this day of the week: put it right, or take it out.",
    "time": "This is none of today's times: put it right, or take it out.",
    "place": "The group is not there today: put today's place here, or take it out.",
}


def look(draft: Draft) -> Iterator[Objection]:
    """Each that is not so today."""
    dated = [each for each in draft.mentions if each.kind in DATED]
    of_a_date = {id(day): date for day, date in _pairs(draft.text, dated)}
    for each in dated:
        date = of_a_date.get(id(each))
        if date is not None:
            if each.value != date.value.weekday():
                sentence = "This is not the day of the week of that date: see which of the two is right."
                yield Objection("weekday", sentence, each.start, date.end)
        elif not draft.today.is_so(each) and _is_claimed(draft, each):
            kind = "date" if each.kind in DAYS else each.kind
            yield Objection(kind, _SENTENCES[each.kind], each.start, each.end)


def _is_claimed(draft: Draft, each: Mention) -> bool:
    """Whether it is said to be a day, an hour or a place of the group."""
    if each.kind in DAYS:
        is_no = _NOT.search(draft.text[max(0, each.start - _BACK) : each.start]) is not None
        return not (is_no or is_denied(draft.text, each))
    if each.kind == "weekday":
        return is_of_the_group(draft.text, each)
    if each.kind == "time":
        return _is_claimed_hour(draft, each)
    return not is_left(draft.text, each) and not _is_elsewhere(draft, each)


def _is_claimed_hour(draft: Draft, each: Mention) -> bool:
    is_theirs = each.value in draft.asked_times
    if is_theirs and draft.today.is_early_enough(each.value) and is_granted(draft.text, each):
        return False
    is_within = draft.today.is_within(each.value[0]) and is_advice(draft.text, each)
    return not ((is_theirs and is_told(draft.text, each)) or is_within or is_refused(draft.text, each))


def _is_elsewhere(draft: Draft, each: Mention) -> bool:
    """Whether a place is somebody else's, or none but the visitor's name."""
    is_name = set(words(each.text)) <= set(words(draft.asked.visitor_name))
    return is_name or is_of_a_shop(draft, each)


def _pairs(text: str, dated: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """A weekday with the date that it belongs to: “zaterdag 5 december”."""
    for day, date in pairwise(dated):
        if day.kind == "weekday" and date.kind == "date" and _BETWEEN.match(text[day.end : date.start]):
            yield day, date
