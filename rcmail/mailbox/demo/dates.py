"""The dates in a mail, moved by whole weeks: so the weekday beside each of them stays right."""

import re
from contextlib import suppress
from datetime import date, timedelta
from typing import Final

# Each way to name the twelve months that the invented mails know: a name that is in several belongs to the first.
# German, the last, is told from English by the full stop after the day.
_LINES: Final = (
    "januari februari maart april mei juni juli augustus september oktober november december",
    "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "January February March April May June July August September October November December",
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
)
_WAYS: Final = tuple(line.split() for line in _LINES)
_NAMES: Final = sorted({name for way in _WAYS for name in way}, key=len, reverse=True)
_IN_WORDS: Final = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?P<between>\.?\s(?:>\s)*)(?P<month>{'|'.join(map(re.escape, _NAMES))})(?!\w)"
    r"(?P<year>\s\d{4}\b)?"
)
_IN_DIGITS: Final = re.compile(r"\b(?:(\d{4})-(\d\d)-(\d\d)|(\d\d)([.-])(\d\d)\5(\d\d))\b")


def moved(text: str, by: timedelta, near: date) -> str:
    """``text`` with its dates moved ``by`` whole weeks.

    Of those without a year the day is meant that is nearest to ``near``. A month that stands alone stays.
    """
    text = _IN_WORDS.sub(lambda found: _in_words(found, by, near), text)
    return _IN_DIGITS.sub(lambda found: _in_digits(found, by), text)


def _in_words(found: re.Match[str], by: timedelta, near: date) -> str:
    day, between, name, year = found.group("day", "between", "month", "year")
    ways = _WAYS[-1:] if between.startswith(".") else _WAYS
    way = next((way for way in ways if name in way), None)
    meant = _day(int(day), way.index(name) + 1, int(year) if year else None, near) if way else None
    if way is None or meant is None:
        return found[0]
    new = meant + by
    number = f"{new.day:02}" if day.startswith("0") else str(new.day)
    return f"{number}{between}{way[new.month - 1]}{f'{year[0]}{new.year}' if year else ''}"


def _day(day: int, month: int, year: int | None, near: date) -> date | None:
    days = []
    for each in (year,) if year else (near.year - 1, near.year, near.year + 1):
        with suppress(ValueError):
            days.append(date(each, month, day))
    return min(days, key=lambda each: abs(each - near), default=None)


def _in_digits(found: re.Match[str], by: timedelta) -> str:
    try:
        if found[1]:
            return (date(int(found[1]), int(found[2]), int(found[3])) + by).isoformat()
        return f"{date(2000 + int(found[7]), int(found[6]), int(found[4])) + by:%d{found[5]}%m{found[5]}%y}"
    except ValueError:
        return found[0]
