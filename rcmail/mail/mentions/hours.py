"""An hour of the day: how its half of the day is said, and which one is meant where that is not said.

Of the twelve hours on a clock's face 1 to 7 are those of the afternoon then, when a house is open, and the others
those of the morning and of noon.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from itertools import product
from typing import Final, Literal

Half = Literal["", "am", "pm"]
Span = tuple[time, time | None]

_PM: Final = (
    r"(?:(?:p\.\s?m\.?|p\s?m)(?!\w)|'?s (?:na)?middags|'?s avonds|nachmittags|abends|in the (?:afternoon|evening)"
    r"|de l'apres-midi|du soir|am nachmittag|am abend)"
)
# In German “am” is a word: “16.30 am Samstag”.
_AM: Final = (
    r"(?:a\.\s?m\.?(?!\w)|am(?=\s{0,2}(?:$|[^\w\s]|(?:to|until|till|and|or|on|at|in|for|if|we|every)(?!\w)))"
    r"|'?s (?:ochtends|morgens|nachts)|morgens|vormittags|nachts|in the morning|du matin|am morgen|am vormittag)"
)


def half(n: str | int = "") -> str:
    """A pattern for the half of the day after an hour, its groups ``pm`` and ``am`` with ``n`` behind them."""
    return rf"(?:\s?(?:(?P<pm{n}>{_PM})|(?P<am{n}>{_AM})))"


@dataclass(frozen=True, slots=True)
class Hour:
    """As it is written."""

    hour: int
    minute: int = 0
    half: Half = ""


def at(hour: Hour, other: Half = "") -> time:
    """The time that is meant; ``other`` is the half of the day of the hour beside it."""
    number, said = hour.hour % 24, hour.half or other
    if (said == "pm" and number < 12) or (not said and 1 <= number <= 7):
        number += 12
    elif said == "am" and number == 12:
        number = 0
    return time(number, hour.minute)


def span(start: Hour, end: Hour) -> Span | None:
    """From and to: “2 to 5 pm” is 14 to 17, “11 to 2 pm” 11 to 14. None where it would not be forward."""
    # Which half is said at the end is that of the beginning too, unless it would be later than the end.
    shared = end.half if (start.hour % 12, start.minute) < (end.hour % 12, end.minute) else ""
    first, last = at(start, shared), at(end, start.half if start.half == "am" and end.hour > start.hour else "")
    if first >= last and last.hour < 12:
        last = last.replace(hour=last.hour + 12)
    if first >= last and first.hour >= 12 and not start.half and start.hour < 12:
        first = first.replace(hour=first.hour - 12)
    return (first, last) if first < last else None


# What leaves no choice: a half of the day, an hour of the 24, or one with a name.
_SURE: Final = re.compile(
    rf"{_PM}|{_AM}|(?<!\w)(?:midi|minuit|noon|midday|midnight)(?!\w)"
    r"|(?<![\d:.,])(?<!\dh)(?<!\du)(?:0\d|1[3-9]|2[0-4])(?!\d)"
)


def readings(small: str, meant: Span) -> Iterator[Span]:
    """``meant``, and with the other half of the day where ``small``, in which it is written, says none."""
    yield meant
    if _SURE.search(small):
        return
    for first, last in product(*map(_halves, meant)):
        if first is not None and (last is None or first < last) and (first, last) != meant:
            yield first, last


def _halves(hour: time | None) -> list[time | None]:
    return [hour, hour and hour.replace(hour=(hour.hour + 12) % 24)]
