"""Days of a month in words, and without a month: “vijf december”, “the twenty-first of May”, “am dreizehnten”."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from rcmail.mail.mentions.dates import DONE, LONG, MONTH, MONTH_OF, WEEKDAY_OF, YEAR, Found, meant, next_days
from rcmail.mail.mentions.ordinals import WORD, cardinal, ordinal

_MONTH: Final = re.compile(rf"(?<!\w)(?P<month>{MONTH})(?!-\w){YEAR}")
_BEFORE: Final = re.compile(rf"(?<![\w-])(?P<word>{WORD})(?P<of> of)?[ \n]{{1,2}}$")
_AFTER: Final = re.compile(rf" (?:the )?(?P<word>{WORD})(?![\w-])")
# Letters before a month that are looked at.
_BACK: Final = 36
# “Dix sept” is seventeen; and a short name stands beside digits.
_SHORT: Final = frozenset(["sept", "mar", "mrt", "mrz"])
_ENGLISH: Final = re.compile(r"(?:th|first|second|third)$")
_ORDINALS: Final = [
    re.compile(rf"(?<!\w)(?:{before}) (?:(?P<digits>[1-3]?\d)(?:{mark})|(?P<word>{WORD})){DONE}")
    for before, mark in (
        ("(?:on|by|until|till|before|after|for|not|from) the", "st|nd|rd|th"),
        ("(?:op|tot|vanaf|voor|na|niet) de", "e|ste|de"),
        (r"am|vom|bis zum|ab dem", r"\."),
    )
]
# “Du neuf” is what is new.
_CARDINAL: Final = re.compile(rf"(?<!\w)(?:le|au|du) (?!neuf)(?P<word>{WORD}){DONE}")
_WEEKDAY: Final = re.compile(
    rf"(?<!\w)(?P<weekday>{LONG})(?:,?\s(?:de|den|dem|der|the|le))?\s(?P<word>{WORD}){DONE}"
)
# “The first” is one of several as often as a day.
_LEAST: Final = 4


def worded(plain: str, small: str, written: date) -> Iterator[Found]:
    """The days in a text of the day ``written``."""
    for match in _MONTH.finditer(small):
        if found := _beside(match, plain):
            start, end, number = found
            if day := meant(str(number), MONTH_OF[match["month"]], match["year"], written):
                yield start, end, "date", day
    for match in _WEEKDAY.finditer(small):
        said = ordinal(match["word"]) or cardinal(match["word"])
        yield from _alone(match, said, written, WEEKDAY_OF[match["weekday"]])
    for form in _ORDINALS:
        for match in form.finditer(small):
            said = int(match["digits"]) if match["digits"] else ordinal(match["word"])
            yield from _alone(match, said, written)
    for match in _CARDINAL.finditer(small):
        yield from _alone(match, cardinal(match["word"]), written)


def _alone(match: re.Match[str], number: int | None, written: date, weekday: int | None = None) -> Iterator[Found]:
    """The next day of that number, where it is a ``weekday``."""
    if number is None or number < _LEAST:
        return
    start = match.start("word") if match["word"] else match.start("digits")
    days = next_days(number, written)
    if day := next((each for each in days if weekday in (None, each.weekday())), None):
        yield start, match.end(), "date", day


def _beside(match: re.Match[str], plain: str) -> tuple[int, int, int] | None:
    """Where a number in words and its month begin and end, and the number."""
    start, end = match.span()
    if match["month"] in _SHORT or (plain[start].islower() and match["month"] in ("may", "march")):
        return None
    small = match.string
    if before := _BEFORE.search(small[max(0, start - _BACK) : start]):
        number = None if before["of"] else cardinal(before["word"])
        if before["of"] or not _ENGLISH.search(before["word"]):
            number = number or ordinal(before["word"])
        if number:
            return start - len(before[0]), end, number
    after = _AFTER.match(small, end)
    if after and _ENGLISH.search(after["word"]) and (number := ordinal(after["word"])):
        return start, after.end(), number
    return None
