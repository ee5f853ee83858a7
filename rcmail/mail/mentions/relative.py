"""Weekdays that count from the day they are written: “this Saturday”, “übernächsten Samstag”, “samedi en huit”."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from rcmail.mail.mentions.dates import DAY_NAME, WEEKDAY_OF, Found
from rcmail.mail.mentions.numbers import number, pattern

Reading = Callable[[date, int, int], set[date]]
_WEEK: Final = timedelta(days=7)


def in_week(written: date, weekday: int, weeks: int) -> set[date]:
    """The weekday of the week that is ``weeks`` after this one, from Monday."""
    return {written + timedelta(days=weekday - written.weekday()) + weeks * _WEEK}


def _coming(written: date, weekday: int, weeks: int) -> set[date]:
    """``weeks`` after the first to come; on that weekday itself today's or the one after."""
    first = written + timedelta(days=(weekday - written.weekday()) % 7) + weeks * _WEEK
    return {first, first + _WEEK} if weekday == written.weekday() else {first}


def _next(written: date, weekday: int, weeks: int) -> set[date]:
    """“Next Saturday”: some say it of the first to come, some of the one after."""
    first = written + timedelta(days=(weekday - written.weekday() - 1) % 7 + 1) + weeks * _WEEK
    return {first, first + _WEEK}


def _after(written: date, weekday: int, weeks: int) -> set[date]:
    """“Saturday in two weeks”: counted from Saturday, or by weeks."""
    return _coming(written, weekday, weeks) | in_week(written, weekday, weeks)


N: Final = rf"(?P<n>\d{{1,2}}|einer|a|{pattern(12)})"
"""How many weeks or days."""
WEEKS: Final = r"(?:weken|week|wochen?|weeks?|semaines?)(?!\w)"
NEXT_WEEK: Final = (
    r"(?:next week|volgende week|komende week|(?:nae?chste|kommende)[rn]? woche|semaine prochaine)(?!\w)"
)
THIS_WEEK: Final = r"(?:this week|deze week|diese[rn]? woche|cette semaine)(?!\w)"
_ON: Final = r",?\s(?:(?:on|op|am|le)\s)?$"
_PART: Final = (
    r"(?:\s(?:morning|afternoon|evening|matin|apres-midi|soir|nachmittag|vormittag|abend|middag|ochtend|avond))?"
)
_RULES_AFTER: Final[list[tuple[re.Pattern[str], Reading, int]]] = [
    (re.compile(_PART + rule), reading, weeks)
    for rule, reading, weeks in (
        (rf"\s(?:in|over|dans) {N} {WEEKS}(?:'?s? time(?!\w))?", _after, 0),
        (r"\s(?:in|over|dans) (?:8|acht|huit|eight) (?:dagen|tagen|days|jours)(?!\w)", _after, 1),
        (
            r"\s(?:in|over|dans) (?:1[45]|veertien|vierzehn|fourteen|quinze) (?:dagen|tagen|days|jours)(?!\w)",
            _after,
            2,
        ),
        (rf"\s(?:(?:of|in|van|der|de|la)\s){{0,2}}{NEXT_WEEK}", in_week, 1),
        (rf"\s(?:(?:of|in|van|der|de)\s){{0,2}}{THIS_WEEK}", in_week, 0),
        (r"\s(?:(?:in )?der )?ue?bernae?chste[rn] woche(?!\w)", in_week, 2),
        (r"\s(?:week(?![\w-]| \d)|en (?:huit|8)(?!\w))", _coming, 1),
        (r"\s(?:fortnight|en (?:quinze|15))(?!\w)", _coming, 2),
        (r"\safter next(?!\w)", _next, 1),
        (r"\s(?:prochain|next)(?!\w)", _next, 0),
        (r"\s(?:(?:qui vient|aanstaande)(?!\w)|a\.s\.)", _coming, 0),
    )
]
_RULES_BEFORE: Final[list[tuple[re.Pattern[str], Reading, int]]] = [
    (re.compile(r"(?<!\w)" + rule), reading, weeks)
    for rule, reading, weeks in (
        (rf"(?:in|over|dans) {N} {WEEKS}{_ON}", _after, 0),
        (rf"{NEXT_WEEK}{_ON}", in_week, 1),
        (rf"{THIS_WEEK}{_ON}", in_week, 0),
        (r"(?:a|one) week (?:on|from)\s$", _coming, 1),
        (r"(?:a fortnight|two weeks) (?:on|from)\s$", _coming, 2),
        (r"ue?bernae?chste[nrm]?\s$", _coming, 1),
        (r"(?:next|volgende|nae?chste[nrm]?|prochain)\s$", _next, 0),
        (
            r"(?:(?:this |the )?coming|this|aanstaande|aankomende|eerstkomende|eerstvolgende|komende|deze|a\.s\."
            r"|ce|diese[nrm]|kommende[nrm]?)\s$",
            _coming,
            0,
        ),
    )
]
# “Our next Saturday is 5 December” is not counted from today, nor is “the next Saturday that we are open”.
_OURS: Final = re.compile(r"(?<!\w)(?:our|your|onze|uw|unser\w{0,2}|euer|eure\w?|ihre\w?|notre|votre)\s$")
_THE: Final = re.compile(r"(?<!\w)(?:the|de|der|le)\s$")
_TOLD: Final = re.compile(
    r",?\s(?:that|when|on which|where|waarop|waar|dat|an dem|wo|ou|is|ist|est|wordt|wird|sera|will be|valt|fallt)"
    r"(?!\w)|\s?:"
)
_AROUND: Final = 36

_Read = tuple[int, int, Reading, int]


def relative_weekdays(small: str, written: date) -> Iterator[Found]:
    """Those in a text of the day ``written``, with the days that may be meant."""
    for day in DAY_NAME.finditer(small):
        if found := _told_after(day) or _told_before(day):
            start, end, reading, weeks = found
            yield start, end, "days", frozenset(reading(written, WEEKDAY_OF[day["weekday"]], weeks))


def _told_after(day: re.Match[str]) -> _Read | None:
    for rule, reading, weeks in _RULES_AFTER:
        if match := rule.match(day.string, day.end()):
            return day.start(), match.end(), reading, weeks + count(match)
    return None


def _told_before(day: re.Match[str]) -> _Read | None:
    place = max(0, day.start() - _AROUND)
    before = day.string[place : day.start()]
    for rule, reading, weeks in _RULES_BEFORE:
        if match := rule.search(before):
            rest = before[: match.start()]
            is_any = _THE.search(rest) and _TOLD.match(day.string, day.end())
            if _OURS.search(rest) or is_any:
                return None
            return place + match.start(), day.end(), reading, weeks + count(match)
    return None


def count(match: re.Match[str]) -> int:
    """How many weeks or days are said; 0 where none are."""
    said = match.groupdict().get("n")
    return 0 if said is None else 1 if said in ("a", "einer") else number(said)
