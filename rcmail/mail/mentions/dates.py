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
    "maart marz maerz march mars mrt mrz mar mar", "april avril apr avr", "mei mai may", "juni june juin jun",
    "juli july juillet juil jul", "augustus august aout aug", "september septembre sept sep",
    "oktober october octobre okt oct", "november novembre nov", "december dezember decembre dec dez",
)  # fmt: skip
_MONTH_OF: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
MONTH: Final = rf"(?:{'|'.join(sorted(_MONTH_OF, key=len, reverse=True))})(?![a-z])"
"""A month's name, of a text that is ``plain`` and ``small``."""
_ENGLISH: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_WHOLE: Final = frozenset(
    [
        "maart",
        "marz",
        "maerz",
        "march",
        "mars",
        "april",
        "avril",
        "mei",
        "mai",
        "may",
        "juni",
        "june",
        "juin",
        "juli",
        "july",
        "aout",
    ]
)
# What may stand in small letters for something else.
_VERBS: Final = frozenset(["may", "march", "mar"])

_WEEKDAYS: Final = (
    "maandag montag monday lundi", "dinsdag dienstag tuesday mardi", "woensdag mittwoch wednesday mercredi",
    "donderdag donnerstag thursday jeudi", "vrijdag freitag friday vendredi",
    "zaterdag samstag sonnabend saturday samedi", "zondag sonntag sunday dimanche",
)  # fmt: skip
# Only before a day: alone they are words of their own.
_SHORT: Final = (
    "ma mo mon lun", "di tue tues mar", "wo mi wed mer", "do don thu thur thurs jeu", "vr fr fri ven",
    "za sa sat sam", "zo so sun dim",
)  # fmt: skip
_WEEKDAY_OF: Final = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
_SHORT_OF: Final = {name: number for number, names in enumerate(_SHORT) for name in names.split()}
_LONG: Final = "|".join(_WEEKDAY_OF)
_PART: Final = (
    r"(?:s|en|e)?(?:morgens?|ochtends?|middags?|namiddags?|avonds?|vormittags?|mittags?|nachmittags?|abends?)?"
)
_WEEKDAY: Final = re.compile(rf"(?<!\w)({_LONG}){_PART}(?!\w)")
WEEKDAY: Final = rf"(?:{_LONG})(?:s?(?:middag|ochtend|morgen|avond|nachmittag|vormittag|mittag|abend))?"
_BEFORE_DAY: Final = re.compile(rf"(?<!\w)({'|'.join(_SHORT_OF)})\.?,?\s{{1,2}}(?:(?:de|den|le|the)\s)?$")
# Letters before a date that are looked at for such a weekday.
_BACK: Final = 14

_YEAR: Final = r"(?:,?\s{1,3}(?:van\s|of\s|de\s)?(?P<year>20\d\d)(?![\d.:]\d|\d))?"
_ORDINAL: Final = r"(?:\.|st|nd|rd|th|ste|de|er|eme|e)?"
_D: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_WORDS: Final = re.compile(
    rf"(?<![\w.:,/])(?<!\d-)(?:(?P<first>{_D}){_ORDINAL}\s?(?:-|/|&|en|und|and|et|or|of|oder|ou|tot|bis|to|au|t/m)\s?)?"
    rf"(?P<day>{_D})(?P<ordinal>{_ORDINAL})[ \n]{{0,3}}(?:of\s)?(?P<month>{MONTH})\.?{_YEAR}"
)
_MONTH_FIRST: Final = re.compile(
    rf"(?<!\w)(?<!\bin\s)(?<!\bim\s)(?P<month>{_ENGLISH})\.?\s{{1,3}}(?:the\s)?(?P<day>{_D})"
    rf"(?P<ordinal>st|nd|rd|th)?(?![\w%€]|[:.,]\d|\s?(?:uur|uhr|u|h|am|pm|a\.m|p\.m|euro|years|jaar|\w{{2,}}en)(?!\w)){_YEAR}"
)
_DIGITS: Final = (
    re.compile(r"(?<![\d.:/-])(?P<year>20\d\d)-(?P<month>[01]?\d)-(?P<day>[0-3]?\d)(?![\d-])"),
    re.compile(
        rf"(?<![\d.:/-])(?P<day>{_D})(?P<mark>[./-]) ?(?P<month>0?[1-9]|1[0-2])(?P=mark) ?(?P<year>(?:20)?\d\d)"
        r"(?![\d/-]|\.\d)"
    ),
    # Without a year only as Germans write it: “14.3.”; “10/12” may be anything.
    re.compile(rf"(?<![\d.:/,-])(?P<day>{_D})\. ?(?P<month>0?[1-9]|1[0-2])\.(?! ?\d|\w)"),
    # Or beside a weekday.
    re.compile(
        rf"(?<!\w)(?:{_LONG}|{'|'.join(_SHORT_OF)})\.?,?\s{{1,2}}(?:de\s|den\s|le\s)?"
        rf"(?P<day>{_D})(?P<mark>[./-])(?P<month>0?[1-9]|1[0-2])(?![\d/:-]|[.,]\d|\s?(?:uur|uhr|h|u|am|pm|euro)(?!\w))"
    ),
)
_DAY_ALONE: Final = re.compile(
    rf"(?<!\w)(?P<weekday>{_LONG})(?:,?\s(?:de|den|dem|le|the))?\s{{1,2}}(?P<day>{_D})(?:st|nd|rd|th|e|\.)?"
    r"(?![\w%€]|[.:,/-] ?\d|\s?(?:-|uur|uhr|u|h|heures|am|pm|a\.m|p\.m|o'clock|tot|bis|to|a|euro)(?!\w))"
)
_THE_DAY: Final = re.compile(
    rf"(?<!\w)(?:on|by|until|till|before|after|for|is|not|from) the (?P<day>{_D})(?:st|nd|rd|th)(?![\w-])"
    r"(?!\s(?:of\s)?(?:floor|century|time|year|birthday|anniversary|one|place|person|attempt|edition)\b)"
)

Found = tuple[int, int, Kind, Any]


def dates(plain: str, small: str, written: date) -> Iterator[Found]:
    """The dates in a text of the day ``written``."""
    for match in _WORDS.finditer(small):
        month = _MONTH_OF[match["month"]]
        if _is_verb(match, plain):
            continue
        day = _meant(match["day"], month, match["year"], written)
        if day and match["first"] and (first := _date(day.year, month, int(match["first"]))):
            yield *match.span("first"), "date", first
            yield match.start("day"), _end(match), "date", day
        elif day:
            yield match.start("day"), _end(match), "date", day
    for match in _MONTH_FIRST.finditer(small):
        day = _meant(match["day"], _MONTH_OF[match["month"]], match["year"], written)
        if day and not _is_verb(match, plain):
            yield *match.span(), "date", day
    for form in _DIGITS:
        for match in form.finditer(small):
            if day := _meant(match["day"], int(match["month"]), match.groupdict().get("year"), written):
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
        wanted = _WEEKDAY_OF[match["weekday"]]
        if day := next((each for each in _next(match["day"], written) if each.weekday() == wanted), None):
            yield match.start("day"), match.end(), "date", day
    for match in _THE_DAY.finditer(small):
        if day := next(_next(match["day"], written), None):
            yield match.start("day"), match.end(), "date", day


def _next(day: str, written: date) -> Iterator[date]:
    days = (written + timedelta(days=more) for more in range(_SOON))
    return (each for each in days if each.day == int(day))


def weekdays(small: str, at: Sequence[int]) -> Iterator[Found]:
    """The weekdays in a text; ``at`` has where a date begins."""
    for match in _WEEKDAY.finditer(small):
        yield *match.span(), "weekday", _WEEKDAY_OF[match[1]]
    for start in at:
        before = max(0, start - _BACK)
        if short := _BEFORE_DAY.search(small[before:start]):
            yield before + short.start(1), before + short.end(1), "weekday", _SHORT_OF[short[1]]


def _meant(day: str, month: int, year: str | None, written: date) -> date | None:
    """The day that is meant; None where there is none such."""
    if year:
        return _date(int(year) % 100 + 2000, month, int(day))
    years = (_date(written.year + more, month, int(day)) for more in (-1, 0, 1))
    return next((each for each in years if each and each >= written - _BEFORE), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
