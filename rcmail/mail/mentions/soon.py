"""Days that count from the day they are written and name no weekday: “tomorrow”, “nächste Woche”, “ce week-end”.

They are said of much else (“I'll ask him tomorrow”): here they are days only where the clause says that one
comes, or that the house is open.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from rcmail.mail.mentions.dates import LONG, Found
from rcmail.mail.mentions.numbers import pattern
from rcmail.mail.mentions.relative import NEXT_WEEK, THIS_WEEK, WEEKS, N, count, in_week

_ONE: Final = timedelta(days=1)


def _in_days(first: int, last: int | None = None) -> Callable[[date, int], set[date]]:
    """From so many days on, until so many; a number that is said comes on top."""
    return lambda written, more: {
        written + (more + each) * _ONE for each in range(first, (first if last is None else last) + 1)
    }


def _week(weeks: int, days: range = range(7)) -> Callable[[date, int], set[date]]:
    """Those days of the week that is so many after this one, which are not past."""
    return lambda written, more: {
        day for each in days for day in in_week(written, each, weeks + more) if day >= written
    }


def _in_weeks(written: date, weeks: int) -> set[date]:
    """“In two weeks” is said of a few days more or less."""
    return _in_days(7 * weeks - 3, 7 * weeks + 3)(written, 0) | _week(weeks)(written, 0)


def _in_so_many_days(written: date, days: int) -> set[date]:
    """Eight days are a week, and “quinze jours” are two."""
    return _in_weeks(written, 1 + days // 14) if days in (7, 8, 14, 15) else _in_days(-1, 1)(written, days)


def _weekend(written: date, weeks: int) -> set[date]:
    """“Next weekend”: the one to come, or the one after."""
    return _week(weeks, range(5, 7))(written, 0) | _week(weeks + 1, range(5, 7))(written, 0)


def _month(written: date, more: int) -> set[date]:
    days = (written + each * _ONE for each in range(62))
    wanted = (written.month + more - 1) % 12 + 1
    return {day for day in days if day.month == wanted}


_NEXT: Final = r"(?:next|volgende?|nae?chste[snrm]?|komende?|kommende[snrm]?|le prochain)"
_THIS: Final = r"(?:this|this coming|dit|deze|diese[snrm]?|ce|cette|aanstaande?)"
_SAID: Final = [
    (re.compile(rf"(?<![\w-]){said}(?![\w-])"), reading)
    for said, reading in (
        (r"(?:overmorgen|ue?bermorgen|(?:the )?day after tomorrow|apres-demain)", _in_days(2)),
        (r"(?:morgen(?:ochtend|middag|namiddag|avond|vroeg)?|tomorrow|demain)", _in_days(1)),
        (
            r"(?:vandaag|vanavond|vanmiddag|heute(?: (?:abend|nachmittag|mittag))?|today|tonight|ce soir"
            r"|aujourd'hui|this (?:afternoon|evening)|cet apres-midi)",
            _in_days(0),
        ),
        (r"(?:ue?bernae?chste woche|(?:the )?week after next)", _week(2)),
        (NEXT_WEEK, _week(1)),
        (THIS_WEEK, _week(0)),
        (rf"(?:{_NEXT} (?:weekend|wochenende|week-end)|week-?end prochain)", _weekend),
        (rf"{_THIS} (?:weekend|wochenende|week-?end)", _week(0, range(5, 7))),
        (rf"(?:{_NEXT} (?:maand|monat|month)|mois prochain)", lambda written, _: _month(written, 1)),
        (rf"{_THIS} (?:maand|monat|month|mois(?:-ci)?)", lambda written, _: _month(written, 0)),
        (rf"(?:in|over|dans) {N} {WEEKS}(?:'?s? time)?", _in_weeks),
        (rf"binnen {N} {WEEKS}", lambda written, weeks: _in_days(0, 7 * weeks + 3)(written, 0)),
        (r"(?:in a fortnight(?:'s time)?|dans une quinzaine)", lambda written, _: _in_weeks(written, 2)),
        (
            rf"(?:in|over|dans) (?P<n>\d{{1,2}}|{pattern(20)}) (?:dagen|tagen|days|jours)(?:'? time)?",
            _in_so_many_days,
        ),
    )
]
# A word of each of them.
_ANY: Final = re.compile(
    r"morgen|tomorrow|demain|heute|vandaag|today|vanavond|vanmiddag|tonight|soir|evening|afternoon|apres-midi"
    r"|week|weken|woche|semaine|maand|monat|month|mois|dagen|tagen|days|jours|fortnight|quinzaine|aujourd"
)
# “Heute Morgen” is this morning, “jeden Morgen” any; and a mail is of today.
_OTHERWISE: Final = re.compile(
    rf"(?<!\w)(?:van|von|of|from|vanaf|ab|sinds|seit|since|depuis|d'|de|des|goede?|guten?|elke|iedere|jeden|am|heute"
    rf"|gestern|gisteren|diesen|jusqu'a|bis|'s|{LONG})\s?$"
)
_COMES: Final = re.compile(
    r"(?<!\w)(?:welkom|open|geopend|komt?|komen|langs\w{0,8}|terecht|breng\w{0,3}|meenemen|bijeenkomst|weer er"
    r"|we er|we zijn er|er weer|ons weer|willkommen|geoffnet|offnen|komm\w{0,2}|vorbei\w{0,10}|findet|statt"
    r"|bring\w{0,3}|mitbring\w{0,3}|sehen uns|wir (?:wieder )?da|wir sind(?=.{0,40} da(?!\w))|treffen|(?:we're"
    r"|we are|we'll be) (?:on|back|here|there|open)|nous (?:sommes|serons) (?:de nouveau )?la|on (?:est|sera) la"
    r"|welcome|come|coming|pop|drop|see you|meet|held|takes? place|join us|bienvenue?s?|ouver\w{1,4}|ouvr\w{1,4}"
    r"|venez|venir|passez|passer|accueill\w{1,4}|apporte[rz]|retrouv\w{1,4}|attendons|lieu|repair.?cafe)(?!\w)"
)
_NO: Final = re.compile(
    r"(?<!\w)(?:niet|geen|nicht|keine?[nmrs]?|not|no|never|nooit|pas|aucune?|closed|gesloten|geschlossen|fermes?"
    r"|ik|ich|i|back to you|terug op|darauf|let you)(?!\w)|n't(?!\w)|(?<!\w)j'"
)
_SINCE: Final = re.compile(r"(?<!\w)(?:sinds|seit|since|depuis)\s(?:de |dem |der |the |la |le )?$")
_GOODBYE: Final = re.compile(r"^\W{0,3}(?:tot|bis|a|until)\s$")
_ENDS: Final = re.compile(r"[.!?;,\n]")
_AROUND: Final = 90


def soon(plain: str, small: str, written: date) -> Iterator[Found]:
    """Those in a text of the day ``written``, with the days that may be meant."""
    if not _ANY.search(small):
        return
    for said, reading in _SAID:
        for match in said.finditer(small):
            if is_of_coming(match) and not _is_noun(match, plain):
                yield *match.span(), "days", frozenset(reading(written, count(match)))


def _clause(match: re.Match[str]) -> tuple[str, str]:
    """What is before and after it in its clause."""
    start, end = match.span()
    before = _ENDS.split(match.string[max(0, start - _AROUND) : start])[-1]
    return before, _ENDS.split(match.string[end : end + _AROUND])[0]


def is_of_coming(match: re.Match[str]) -> bool:
    """Whether the clause of a day says that one comes then."""
    before, after = _clause(match)
    if _SINCE.search(before):
        return False
    if _GOODBYE.search(before) and not after.strip():
        return True
    if " " not in match[0] and _OTHERWISE.search(before):
        return False
    clause = f"{before} {after}"
    return bool(_COMES.search(clause)) and not _NO.search(clause)


def _is_noun(match: re.Match[str], plain: str) -> bool:
    """“Der Morgen” is no tomorrow."""
    return match[0] == "morgen" and plain[match.start()].isupper() and bool(_clause(match)[0].strip())
