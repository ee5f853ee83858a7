"""Days with their month, and weekdays."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from rcmail.mail.mentions.mention import Kind

# A date without a year is the first that comes after the text was written, or was shortly before it.
_BEFORE: Final = timedelta(days=60)
# A day of the month beside its weekday, without a month, is hardly further away.
_SOON: Final = 92

_MONTHS: Final = (
    "januari januar january janvier janner janv jan", "februari februar february fevrier fevr fev feb feber",
    "maart marz maerz march mars mrt mrz mar", "april avril apr avr", "mei mai may", "juni june juin jun",
    "juli july juillet juil jul", "augustus august aout aug", "september septembre sept sep",
    "oktober october octobre okt oct", "november novembre nov", "december dezember decembre dec dez",
)  # fmt: skip
MONTH_OF: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
MONTH: Final = rf"(?:{'|'.join(sorted(MONTH_OF, key=len, reverse=True))})(?![a-z])"
"""A month's name, of a text that is ``plain`` and ``small``."""
_ENGLISH: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
# Beside those of more than five letters.
_WHOLE_NAMES: Final = "maart marz maerz march mars april avril mei mai may juni june juin juli july aout"
_WHOLE: Final = frozenset(_WHOLE_NAMES.split())
# What may stand in small letters for something else.
_VERBS: Final = frozenset(["may", "march", "mar"])

_WEEKDAYS: Final = (
    "maandag montag monday lundi", "dinsdag dienstag tuesday mardi", "woensdag mittwoch wednesday mercredi",
    "donderdag donnerstag thursday jeudi", "vrijdag freitag friday vendredi",
    "zaterdag samstag sonnabend saturday samedi", "zondag sonntag sunday dimanche",
)  # fmt: skip
# Only before a day: alone they are words of their own.
_SHORT: Final = (
    "ma mo mon lun", "di tue tues mar", "wo woe mi wed mer", "do don thu thur thurs jeu", "vr fr fri ven",
    "za zat sa sat sam", "zo zon so sun dim",
)  # fmt: skip
WEEKDAY_OF: Final = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
_SHORT_OF: Final = {name: number for number, names in enumerate(_SHORT) for name in names.split()}
LONG: Final = "|".join(WEEKDAY_OF)
_PART: Final = (
    r"(?:s|en|e)?(?:morgens?|ochtends?|middags?|namiddags?|avonds?|vormittags?|mittags?|nachmittags?|abends?)?"
)
_WEEKDAY: Final = re.compile(rf"(?<!\w)({LONG}){_PART}(?!\w)")
WEEKDAY: Final = rf"(?:{LONG})(?:s?(?:middag|ochtend|morgen|avond|nachmittag|vormittag|mittag|abend))?"
DAY_NAME: Final = re.compile(
    rf"(?<!\w)(?P<weekday>{LONG})(?:s?(?:(?:na)?middag|ochtend|morgen|avond|nachmittag|vormittag|mittag|abend))?(?![\w-])"
)
"""One weekday, not “Saturdays”."""
_BEFORE_DAY: Final = re.compile(rf"(?<!\w)({'|'.join(_SHORT_OF)})\.?,?\s{{1,2}}(?:(?:de|den|le|the)\s)?$")
# Letters before a date that are looked at for such a weekday.
_BACK: Final = 14

YEAR: Final = r"(?:,?\s{1,3}(?:van\s|of\s|de\s)?(?P<year>20\d\d)(?![\d.:]\d|\d))?"
_ORDINAL: Final = r"(?:\.|st|nd|rd|th|sten|ste|ten|ter|te|de|er|eme|e)?"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_WORDS: Final = re.compile(
    rf"(?<![\w.:,/])(?<!\d-)(?:(?P<first>{_DAY}){_ORDINAL}\s?(?:-|/|&|en|und|and|et|or|of|oder|ou|tot|bis|to|au|t/m)\s?)?"
    rf"(?P<day>{_DAY})(?P<ordinal>{_ORDINAL})[ \n]{{0,3}}(?:of\s)?(?P<month>{MONTH})\.?{YEAR}"
)
_MONTH_FIRST: Final = re.compile(
    rf"(?<!\w)(?<!\bin\s)(?<!\bim\s)(?P<month>{_ENGLISH})\.?\s{{1,3}}(?:the\s)?(?P<day>{_DAY})"
    rf"(?P<ordinal>st|nd|rd|th)?(?![\w%€]|[:.,]\d|\s?(?:uur|uhr|u|h|am|pm|a\.m|p\.m|euro|years|jaar|\w{{2,}}en)(?!\w)){YEAR}"
)
_DIGITS: Final = (
    re.compile(r"(?<![\d.:/-])(?P<year>20\d\d)-(?P<month>[01]?\d)-(?P<day>[0-3]?\d)(?![\d-])"),
    re.compile(
        rf"(?<![\d.:/-])(?P<day>{_DAY})(?P<mark>[./-]) ?(?P<month>0?[1-9]|1[0-2])(?P=mark) ?(?P<year>(?:20)?\d\d)"
        r"(?![\d/-]|\.\d)"
    ),
    # Without a year only as Germans write it: “14.3.”; “10/12” may be anything.
    re.compile(rf"(?<![\d.:/,-])(?P<day>{_DAY})\. ?(?P<month>0?[1-9]|1[0-2])\.(?! ?\d|\w)"),
    # Or beside a weekday.
    re.compile(
        rf"(?<!\w)(?:{LONG}|{'|'.join(_SHORT_OF)})\.?,?\s{{1,2}}(?:de\s|den\s|le\s)?"
        rf"(?P<day>{_DAY})(?P<mark>[./-])(?P<month>0?[1-9]|1[0-2])(?![\d/:-]|[.,]\d|\s?(?:uur|uhr|h|u|am|pm|euro)(?!\w))"
    ),
)
_DAY_ALONE: Final = re.compile(
    rf"(?<!\w)(?P<weekday>{LONG})(?:,?\s(?:de|den|dem|le|the))?\s{{1,2}}(?P<day>{_DAY})(?:st|nd|rd|th|ste|de|e|\.)?"
    r"(?![\w%€]|[.:,/-] ?\d|\s?(?:-|uur|uhr|u|h|heures|am|pm|a\.m|p\.m|o'clock|tot|bis|to|a|euro)(?!\w))"
)
_THE_DAY: Final = re.compile(
    rf"(?<!\w)(?:on|by|until|till|before|after|for|is|not|from) the (?P<day>{_DAY})(?:st|nd|rd|th)(?![\w-])"
    r"(?!\s(?:of\s)?(?:floor|century|time|year|birthday|anniversary|one|place|person|attempt|edition)\b)"
)
DONE: Final = (
    r"(?=\s{0,2}(?:[,;:!?)]|\.(?!\d)|$|\n)|\s(?:om|vanaf|tussen|dus|ab|um|zwischen|at|between|in the)(?!\w)"
    r"|\s(?:van|tot|bis|von|from|until|till|de|a|des|entre) (?:\d|half|halb|neuf|midi))"
)
"""What follows a day where it might be something else: the end of what is said, or an hour."""

Found = tuple[int, int, Kind, Any]


def dates(plain: str, small: str, written: date) -> Iterator[Found]:
    """The dates in a text of the day ``written``."""
    for match in _WORDS.finditer(small):
        month = MONTH_OF[match["month"]]
        if _is_verb(match, plain):
            continue
        day = meant(match["day"], month, match["year"], written)
        if day and match["first"] and (first := _date_of(day.year, month, int(match["first"]))):
            yield *match.span("first"), "date", first
            yield match.start("day"), _end(match), "date", day
        elif day:
            yield match.start("day"), _end(match), "date", day
    for match in _MONTH_FIRST.finditer(small):
        day = meant(match["day"], MONTH_OF[match["month"]], match["year"], written)
        if day and not _is_verb(match, plain):
            yield *match.span(), "date", day
    for form in _DIGITS:
        for match in form.finditer(small):
            if day := meant(match["day"], int(match["month"]), match.groupdict().get("year"), written):
                yield match.start("year" if form is _DIGITS[0] else "day"), match.end(), "date", day
    yield from _without_month(small, written)


def _end(match: re.Match[str]) -> int:
    """Without the full stop of a sentence: one stays where it ends a name that is shortened."""
    is_whole = len(match["month"]) > 5 or match["month"] in _WHOLE
    return match.end() - 1 if match[0].endswith(".") and is_whole else match.end()


def _is_verb(match: re.Match[str], plain: str) -> bool:
    given = plain[match.start("month")]
    return match["month"] in _VERBS and given.islower() and match["ordinal"] not in ("st", "nd", "rd", "th")


def _without_month(small: str, written: date) -> Iterator[Found]:
    for match in _DAY_ALONE.finditer(small):
        wanted = WEEKDAY_OF[match["weekday"]]
        if day := next((each for each in next_days(int(match["day"]), written) if each.weekday() == wanted), None):
            yield match.start("day"), match.end(), "date", day
    for match in _THE_DAY.finditer(small):
        if day := next(next_days(int(match["day"]), written), None):
            yield match.start("day"), match.end(), "date", day


def next_days(day: int, written: date) -> Iterator[date]:
    """The days to come that are the ``day`` of their month."""
    days = (written + timedelta(days=more) for more in range(_SOON))
    return (each for each in days if each.day == day)


def weekdays(small: str, at: Sequence[int]) -> Iterator[Found]:
    """The weekdays in a text; ``at`` has where a date begins."""
    for match in _WEEKDAY.finditer(small):
        yield *match.span(), "weekday", WEEKDAY_OF[match[1]]
    for start in at:
        before = max(0, start - _BACK)
        if short := _BEFORE_DAY.search(small[before:start]):
            yield before + short.start(1), before + short.end(1), "weekday", _SHORT_OF[short[1]]


def meant(day: str, month: int, year: str | None, written: date) -> date | None:
    """The day that is meant; None where there is none such."""
    if year:
        return _date_of(int(year) % 100 + 2000, month, int(day))
    years = (_date_of(written.year + more, month, int(day)) for more in (-1, 0, 1))
    return next((each for each in years if each and each >= written - _BEFORE), None)


def year_meant(month: int, year: str | None, written: date) -> int:
    """The year of a month as it is meant for one of its days."""
    middle = meant("15", month, year, written)
    return middle.year if middle else written.year


def _date_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
