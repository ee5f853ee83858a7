"""What in an old answer is out of date: days that are past, addresses that are not today's; in four languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rcmail.mail.words import words

# Letters of an answer that are looked at.
_LETTERS: Final = 20_000
# A date without a year is the first that comes after the answer, or was shortly before it.
_BEFORE: Final = timedelta(days=60)

_MONTHS: Final = {
    "jan": 1, "feb": 2, "fév": 2, "fev": 2, "mrt": 3, "maa": 3, "mär": 3, "mar": 3, "mrz": 3, "apr": 4, "avr": 4,
    "mei": 5, "mai": 5, "may": 5, "jun": 6, "juin": 6, "jul": 7, "juil": 7, "aug": 8, "aoû": 8, "aou": 8, "sep": 9,
    "okt": 10, "oct": 10, "nov": 11, "dec": 12, "dez": 12, "déc": 12,
}  # fmt: skip
_MONTH: Final = (
    r"(?P<month>jan(?:uari|uar|uary|vier|\.)?|jän(?:ner)?|feb(?:ruari|ruar|ruary|\.)?|f[ée]v(?:rier|\.)?|mrt\.?|maart"
    r"|märz?|mrz\.?|mars|march|mar\.|apr(?:il|\.)?|avr(?:il|\.)?|mei|mai|may|jun(?:i|e|\.)?|juin|jul(?:i|y|\.)?"
    r"|juil(?:let|\.)?|aug(?:ustus|ust|\.)?|ao[ûu]t|sept?(?:ember|embre|\.)?|[ok][ck]t(?:ober|obre|\.)?"
    r"|nov(?:ember|embre|\.)?|de[cz](?:ember|embre|\.)?|déc(?:embre|\.)?)"
)
_YEAR: Final = r"(?:,?\s{1,3}(?:van\s|of\s)?(?P<year>20\d\d)\b)?"
_DAY: Final = r"(?P<day>[0-3]?\d)"
_FORMS: Final = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d.:,/-]){_DAY}(?:\.|st|nd|rd|th|er|e)?\s{{0,3}}(?:of\s)?{_MONTH}(?!\w){_YEAR}",
        rf"(?<!\w){_MONTH}\s{{1,3}}(?:the\s)?{_DAY}(?:st|nd|rd|th)?(?![\d:.]\d|\d|\s?(?:uur|uhr|h\b|am\b|pm\b)){_YEAR}",
        r"(?<![\d.:/-])(?P<year>20\d\d)-(?P<month>[01]?\d)-(?P<day>[0-3]?\d)(?![\d-])",
        rf"(?<![\d.:/-]){_DAY}(?P<mark>[./-])\s?(?P<month>[01]?\d)(?P=mark)\s?(?P<year>(?:20)?\d\d)(?![\d./-])",
        # Without a year only as Germans write it: “14.3.”; “10/12” may be anything.
        rf"(?<![\d.:/-]){_DAY}\.\s?(?P<month>[01]?\d)\.(?!\s?\d)",
    )
]


_STREETS: Final = re.compile(
    r"\b[A-ZÀ-Þ][\w'’-]{1,40}(?:straat|laan|weg|plein|dijk|gracht|kade|hof|pad|singel|steeg|markt|dreef|straße|strasse"
    r"|str\.|platz|allee|gasse|ring|damm|ufer)\s\d{1,4}[a-z]?\b"
    r"|\b\d{1,4}[a-z]?\s(?:[A-Z][\w'’-]{1,40}\s){1,3}(?:Street|Road|Lane|Avenue|Square|Drive|Way|Close)\b"
    r"|\b\d{1,4}(?:\s?bis)?,?\s(?:rue|avenue|place|boulevard|chemin|quai|allée)\s(?:d[eu]s?\s(?:la\s|l['’])?)?"
    r"[A-ZÀ-Þ][\w'’-]{1,40}"
)


@dataclass(frozen=True, slots=True)
class Outdated:
    """Letters ``start`` to ``end`` of a text, which are ``text``, and why they are out of date."""

    start: int
    end: int
    text: str
    why: str


def outdated(answer: str, written: date, today: date, place: str = "") -> list[Outdated]:
    """What in ``answer``, of the day ``written``, is out of date, in the order of the text.

    ``place`` is where the group is today; where that is not known, no address is out of date.
    """
    text = answer[:_LETTERS]
    found: list[Outdated] = []
    for each in (*_past_days(text, written, today), *_elsewhere(text, set(words(place)))):
        if not any(each.start < other.end and other.start < each.end for other in found):
            found.append(each)
    return sorted(found, key=lambda each: each.start)


def _past_days(text: str, written: date, today: date) -> Iterator[Outdated]:
    for start, end, day in _dates(text, written):
        if day < today:
            yield Outdated(start, end, text[start:end], "the date is past")


def _elsewhere(text: str, known: set[str]) -> Iterator[Outdated]:
    for match in _STREETS.finditer(text) if known else ():
        if not known.issuperset(words(match[0])):
            yield Outdated(*match.span(), match[0], "the group is elsewhere now")


def _dates(text: str, written: date) -> Iterator[tuple[int, int, date]]:
    for form in _FORMS:
        for match in form.finditer(text):
            given = match.groupdict()
            if day := _day(given["day"], given["month"], given.get("year"), written):
                yield match.start(), match.end(), day


def _day(day: str, month: str, year: str | None, written: date) -> date | None:
    """The day that is meant; None where there is none such."""
    number = int(month) if month.isdecimal() else _month(month.casefold())
    if year:
        return _date(int(year) % 100 + 2000, number, int(day))
    years = (_date(written.year + more, number, int(day)) for more in (-1, 0, 1))
    return next((each for each in years if each and each >= written - _BEFORE), None)


def _month(name: str) -> int:
    # “juin” and “juil” differ in the fourth letter only.
    return _MONTHS.get(name[:4]) or _MONTHS.get(name[:3]) or 1


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
