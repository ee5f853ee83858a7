"""Hours in words: “half drie”, “Viertel vor vier”, “quarter to four”, “trois heures et quart”."""

import re
from collections.abc import Iterator
from datetime import time
from typing import Final

from rcmail.mail.mentions.around import AT, LASTED, LASTS, ends_range
from rcmail.mail.mentions.dates import Found
from rcmail.mail.mentions.hours import Hour, at, half, span
from rcmail.mail.mentions.numbers import number, pattern

_WORD: Final = pattern(12)
_HOUR: Final = rf"(?:1[0-2]|0?[1-9]|{_WORD})"
_MINUTES: Final = rf"(?:[12]?\d|{pattern(29)})"
_NO_MORE: Final = r"(?![\w:]|[.,-]\d|-\w)"
_CLOCK: Final = r"(?:\s(?P<clock>uur|uhr|o'clock)(?!\w))"
_TAIL: Final = rf"{_NO_MORE}{_CLOCK}?{half()}?"
_PATTERNS: Final = [
    re.compile(pattern)
    for pattern in (
        rf"(?<!\w)(?:(?P<off>{_MINUTES}) (?P<way>voor|over|vor|nach) )?(?P<half>half|halb) (?P<hour>{_HOUR})"
        rf"{_TAIL}",
        rf"(?<!\w)(?P<past>half past) (?P<hour>{_HOUR}){_TAIL}",
        r"(?<!\w)(?P<quarter>(?:een |a )?(?:kwart|kwartier|quarter)) (?P<way>voor|over|to|before|past|after) "
        rf"(?P<hour>{_HOUR}){_TAIL}",
        rf"(?<!\w)(?P<quarter>viertel) (?:(?P<way>vor|nach) )?(?P<hour>{_HOUR}){_TAIL}",
        rf"(?<!\w)(?P<three>dreiviertel|drei viertel) (?P<hour>{_HOUR}){_TAIL}",
        rf"(?<!\w)(?P<off>{_MINUTES})(?: (?:minuten|minuut|minutes|min))? (?P<way>voor|over|vor|nach|to|past) "
        rf"(?P<hour>{_HOUR})(?! (?:euros?|personen|stuks|people|cent)){_TAIL}",
        rf"(?<!\w)(?P<hour>[01]?\d|2[0-3]|{_WORD}) ?(?:heures?|h) (?P<french>et quart|et demie?|moins le quart"
        rf"|trois quarts|moins {_MINUTES}|(?:{pattern(59)})){_NO_MORE}(?! (?:minutes?|euros?)){half()}?",
        r"(?<![\w-])(?P<hour>midi|minuit)(?!\w)(?: (?P<french>et quart|et demie?|moins le quart))?",
        rf"(?<!\w)(?P<hour>{pattern(23)}) (?P<clock>uur|uhr|o'clock|heures?)(?!\w){half()}?",
        rf"(?<!\w)(?P<hour>{_WORD}){half()}",
        r"(?<!\w)(?P<hour>noon|midday|midnight)(?!\w)",
        # “At one” and “om een” may go on otherwise.
        rf"(?<=(?<!\w)(?:at|om|um)\s)(?!een|ein|one|un)(?P<hour>{_WORD})(?=\s{{0,2}}(?:[.,;!?)]|$|\n))",
    )
]
_SPAN: Final = re.compile(
    rf"(?<!\w)(?P<hour>{_WORD})(?: (?:uur|uhr|o'clock|heures?))? (?:tot|en|bis|und|to|until|and|a|et) "
    rf"(?P<last>{_WORD})"
    rf"(?:(?: (?:uur|uhr|o'clock|heures?)(?!\w)){half()}?|{half(2)})"
)
_NAMED: Final = {"midi": 12, "noon": 12, "midday": 12, "minuit": 0, "midnight": 0}
_ENGLISH: Final = frozenset(
    ["one", "two", "three", "four", "five", "seven", "eight", "nine", "ten", "eleven", "twelve"]
)
_EARLIER: Final = frozenset(["voor", "vor", "to", "before"])
# “Twee voor drie” may be a price, “from ten to four” is a span.
_SURE: Final = re.compile(
    r"(?<!\w)(?:om|tot|rond|vanaf|tegen|omstreeks|um|ab|bis|gegen|at|by|until|till|around|before|vor|voor|a|des|vers"
    r"|jusqu'a|avant|open)\s$"
)
_AROUND: Final = 28


def spoken(small: str) -> Iterator[Found]:
    """The hours in words in a text that is ``plain`` and ``small``; of two readings the longer comes first."""
    for match in _SPAN.finditer(small):
        if AT.search(_before(match)) or "uhr" in match[0] or match["pm2"] or match["am2"] or match["pm"]:
            pm, am = match["pm"] or match["pm2"], match["am"] or match["am2"]
            end = Hour(number(match["last"]), 0, "pm" if pm else "am" if am else "")
            if meant := span(Hour(number(match["hour"])), end):
                yield *match.span(), "time", meant
    for form in _PATTERNS:
        for match in form.finditer(small):
            if _is_time(match):
                yield *match.span(), "time", (_meant(match.groupdict()), None)


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _AROUND) : match.start()]


def _is_time(match: re.Match[str]) -> bool:
    before, said = _before(match), match.groupdict()
    if said.get("pm") or said.get("am") or said.get("clock") in ("uhr", "o'clock"):
        return True
    after = match.string[match.end() : match.end() + _AROUND]
    if LASTS.search(before) or LASTED.match(after) or ends_range(before):
        return False
    if said.get("half"):
        return True
    if said.get("off") is None:
        return said.get("clock") not in ("uur", "heure", "heures") or bool(_SURE.search(before))
    return said["way"] == "past" or bool(said["clock"] or _SURE.search(before))


def _meant(said: dict[str, str | None]) -> time:
    hour = said["hour"] or ""
    minutes = _minutes(said, hour)
    base = _NAMED[hour] if hour in _NAMED else number(hour)
    written = at(Hour(base, 0, "pm" if said.get("pm") else "am" if said.get("am") else ""))
    whole = (written.hour * 60 + minutes) % (24 * 60)
    return time(*divmod(whole, 60))


def _minutes(said: dict[str, str | None], hour: str) -> int:
    """How many after the full hour that is named, negative before it."""
    off = number(said["off"] or "0") if "off" in said else 15 if said.get("quarter") else 0
    if said.get("way") in _EARLIER:
        off = -off
    if said.get("half"):
        return off + (30 if hour in _ENGLISH else -30)
    if said.get("quarter") and not said.get("way"):
        return -45
    if said.get("past"):
        return 30
    return -15 if said.get("three") else off + _french(said.get("french") or "")


def _french(rest: str) -> int:
    fixed = {"": 0, "et quart": 15, "et demi": 30, "et demie": 30, "moins le quart": -15, "trois quarts": 45}
    if rest in fixed:
        return fixed[rest]
    less = rest.removeprefix("moins ")
    return number(less) if less == rest else -number(less)
