"""A weekday by its number in a month: “the second Saturday of December”, “immer am ersten Samstag im Monat”."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rcmail.mail.mentions.dates import LONG, MONTH, MONTH_OF, WEEKDAY_OF, YEAR, Found, year_meant
from rcmail.mail.mentions.ordinals import ordinal

_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Rule:
    """A weekday that is one of ``numbers`` in whichever month; −1 is the last, −2 the one before."""

    numbers: frozenset[int]
    weekday: int

    def fits(self, day: date) -> bool:
        """Whether ``day`` is such a one."""
        left = sum((day + n * _WEEK).month == day.month for n in range(1, 5))
        return day.weekday() == self.weekday and not self.numbers.isdisjoint(((day.day + 6) // 7, -left - 1))


_NUMBERS: Final = {
    "deuxieme": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4, "cinquieme": 5,
    "laatste": -1, "letzte": -1, "last": -1, "dernier": -1,
    "voorlaatste": -2, "vorletzte": -2, "penultimate": -2, "avant-dernier": -2,
}  # fmt: skip
_MOST: Final = 5
_N: Final = r"(?:[1-5](?:st|nd|rd|th|de|ste|er|eme|e|\.)|[a-z][a-z-]{3,13})"
_AND: Final = r"\s(?:en|und|and|et|of|oder|or|ou|&)\s(?:(?:de|den|the|le)\s)?"
_BEFORE: Final = re.compile(rf"(?<![\w-])(?:(?P<other>{_N}){_AND})?(?P<number>{_N})\s$")
_OF: Final = r"\s(?:(?:van|in|of|im|von|des|du|de|eines|per|a)\s(?:de |the |le |het |der )?|v\.d\. ?|d')"
_AFTER: Final = re.compile(
    rf"{_OF}(?:(?:maand|month of|monats?|mois de|mois d')\s?)?(?P<month>{MONTH}){YEAR}"
    rf"|(?:{_OF}|\s)(?P<relative>(?:deze|this|diese[sm]|ce|volgende|next|nachste[nrs])"
    r" (?:maand|month|monats?|mois(?:-ci)?)|mois (?:prochain|suivant))(?!\w)"
    rf"|{_OF}(?:(?:elke|iedere|each|every|jede[nsr]|chaque)\s)?(?P<rule>maand|month|monats?|mois)(?!\w)"
)
_LATER: Final = re.compile(r"volgende|next|nachst|prochain|suivant")
_DAYS_NAME: Final = re.compile(rf"(?<!\w)(?P<weekday>{LONG})\w{{0,10}}")
# Letters on either side of a weekday.
_AROUND: Final = 44


def nth_weekdays(small: str, written: date) -> Iterator[Found]:
    """Those in a text of the day ``written``, each as a date, as days of a month beside that day, or as a rule."""
    for match in _DAYS_NAME.finditer(small):
        start = max(0, match.start() - _AROUND)
        before = _BEFORE.search(small[start : match.start()])
        after = _AFTER.match(small, match.end()) if before else None
        if not before or not after or (number := _number(before["number"])) is None:
            continue
        weekday, other = WEEKDAY_OF[match["weekday"]], _number(before["other"] or "")
        numbers = frozenset(each for each in (number, other) if each)
        place = start + before.start("other" if other else "number")
        yield from _meant(after, Rule(numbers, weekday), written, (place, after.end()))


def _number(said: str) -> int | None:
    """From one to five, or counted from the end; None where the word is no such number."""
    if said[:1].isdigit():
        return int(said[0])
    number = _NUMBERS.get(said) or _NUMBERS.get(said[:-1]) or ordinal(said) or 0
    return number if number in (-2, -1) or 0 < number <= _MOST else None


def _meant(after: re.Match[str], rule: Rule, written: date, place: tuple[int, int]) -> Iterator[Found]:
    if after["rule"]:
        yield *place, "rule", rule
        return
    if after["relative"]:
        later = written.month if _LATER.search(after["relative"]) else written.month - 1
        year, month = written.year + later // 12, later % 12 + 1
    else:
        month = MONTH_OF[after["month"]]
        year = year_meant(month, after["year"], written)
    days = frozenset(_days(rule, year, month))
    if len(days) == 1 and not after["relative"]:
        yield *place, "date", next(iter(days))
    elif days:
        yield *place, "days", days


def _days(rule: Rule, year: int, month: int) -> Iterator[date]:
    days = (date(year, month, 1) + timedelta(days=more) for more in range(31))
    return (each for each in days if each.month == month and rule.fits(each))
