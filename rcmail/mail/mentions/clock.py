"""Hours in digits, and spans of them; of a text that is ``plain`` and ``small``."""

import re
from collections.abc import Iterator
from typing import Final

from rcmail.mail.mentions.around import AT, ENDS, LASTED, LASTS, after_day, ends_range
from rcmail.mail.mentions.dates import MONTH, Found
from rcmail.mail.mentions.hours import Hour, at, half, span

_H: Final = r"(?:[01]?\d|2[0-4])"
_M: Final = r"[0-5]\d"
_UNIT: Final = r"(?:\s?(?:uur|uhr|u|h|hrs?|heures?|o'clock)(?!\w))"
_TO: Final = (
    r"\s{0,2}(?:-{1,2}|/|tot en met|tot|t/m|en|bis um|bis|und|to|until|till|and|a|et|jusqu'a)"
    r"\s{0,2}(?:ongeveer |circa |ca\.? |about |around |gegen |um |vers )?"
)
_BEFORE: Final = r"(?<![\w€$£+])(?<!\d[.,:/-])(?<!€ )(?<!eur )"
# What is measured, and days.
_AFTER: Final = (
    r"(?!\s?(?:[€%°]|(?:euros?|eur|ct|cents?|[cmk]?m|meter|metres?|k?g|volt|k?v|k?w|watt|m?ah|x|stuks?|stuck)(?!\w))"
    rf"|[./-]\d|,\d|\.?\s{{1,2}}{MONTH})"
)


def _hour(n: int) -> str:
    """``14:00``, ``14.00``, ``14u30``, ``14 h 30``, ``14 Uhr 30``, ``14``; with a unit, or a half of the day."""
    return (
        rf"(?P<hour{n}>{_H})(?:(?P<mark{n}>[:.])(?P<minute{n}>{_M})(?!\d)"
        rf"|\s?(?:h|u|uhr|heures?|uur)\s?(?P<rest{n}>{_M})(?!\d|[.:]\d)|(?![\d:]|[.,]\d))"
        rf"(?P<unit{n}>{_UNIT})?{half(n)}?"
    )


_SPAN: Final = re.compile(rf"{_BEFORE}{_hour(1)}(?P<to>{_TO}){_hour(2)}{_AFTER}")
_ONE: Final = re.compile(rf"{_BEFORE}{_hour(1)}{_AFTER}")
# Letters on either side that are looked at.
_AROUND: Final = 28


def spans(small: str) -> Iterator[Found]:
    """From an hour to another."""
    for match in _SPAN.finditer(small):
        if _is_span(match) and (meant := span(_said(match, 1), _said(match, 2))):
            yield *match.span(), "time", meant


def hours(small: str) -> Iterator[Found]:
    """Hours alone."""
    for match in _ONE.finditer(small):
        if _is_time(match):
            yield *match.span(), "time", (at(_said(match, 1)), None)


def _said(match: re.Match[str], n: int) -> Hour:
    minute = int(match[f"minute{n}"] or match[f"rest{n}"] or 0)
    return Hour(int(match[f"hour{n}"]), minute, "pm" if match[f"pm{n}"] else "am" if match[f"am{n}"] else "")


def _around(match: re.Match[str]) -> tuple[str, str]:
    start, end = match.span()
    return match.string[max(0, start - _AROUND) : start], match.string[end : end + _AROUND]


def _is_clock(match: re.Match[str], n: int) -> bool:
    """Whether it can be nothing else."""
    unit = (match[f"unit{n}"] or "").strip()
    return bool(match[f"pm{n}"] or match[f"am{n}"] or match[f"mark{n}"] == ":") or unit in ("uhr", "o'clock")


def _has_minutes(match: re.Match[str], n: int) -> bool:
    return bool(match[f"minute{n}"] or match[f"rest{n}"])


def _is_span(match: re.Match[str]) -> bool:
    if _is_clock(match, 1) or _is_clock(match, 2):
        return True
    before, after = _around(match)
    if LASTS.search(before):
        return False
    has_minutes = _has_minutes(match, 1) or _has_minutes(match, 2)
    if match["unit1"] or match["unit2"]:
        is_of_day = has_minutes or max(int(match["hour1"]), int(match["hour2"])) >= 8
        return (is_of_day and not LASTED.match(after)) or bool(AT.search(before) or after_day(before))
    if has_minutes:
        return match["to"].strip() != "/"
    is_between = bool(AT.search(before)) and match["to"].strip() not in ("-", "/")
    return after_day(before) or (is_between and bool(ENDS.match(after)))


def _is_time(match: re.Match[str]) -> bool:
    if _is_clock(match, 1):
        return True
    if match["rest1"] or (match["minute1"] and match["unit1"]):
        return True
    before, after = _around(match)
    hour = int(match["hour1"])
    if match["minute1"]:
        return not LASTED.match(after) and _is_at(before)
    if match["unit1"]:
        is_long = hour == 24 or LASTED.match(after) or LASTS.search(before) or ends_range(before)
        return not is_long and (hour >= 8 or _is_at(before))
    return hour > 0 and bool(ENDS.match(after)) and bool(AT.search(before))


def _is_at(before: str) -> bool:
    return bool(AT.search(before)) or after_day(before)
