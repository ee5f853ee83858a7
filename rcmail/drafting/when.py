"""Which of the event's dates a visitor asks for, where it is another than the next one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from rcmail.answers.facts import Facts
from rcmail.mail.mentions import mentions
from rcmail.mail.question import statements
from rcmail.mail.words import as_typed, fold

# Sentences that are looked at, letters of one, and dates of one answer.
_SENTENCES: Final = 40
_LONGEST: Final = 600
_MOST: Final = 3
_MONTHS: Final = (
    "januari januar january janvier janner", "februari februar february fevrier", "maart marz march mars",
    "april avril", "mei mai may", "juni june juin", "juli july juillet", "augustus august aout",
    "september septembre", "oktober october octobre", "november novembre", "december dezember decembre",
)  # fmt: skip
_NUMBERS: Final = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
# “may” and “mars” are other words, too.
_MONTH: Final = re.compile(
    rf"\b(?:(?:in|im|en|ab|vanaf|from|dans|de|tot|bis|und|and|et|of|oder|or|ou|fin|eind|ende|anfang|begin|debut|mitte)\s)"
    rf"(?P<name>{'|'.join(_NUMBERS)})\b"
)
# What was so then is not asked for.
_PAST: Final = re.compile(
    r"\b(?:war|waren|hatte|hatten|gekauft|bekommen|seit|letzte[nrs]?|vorige[nrs]?|was|were|had|bought|got|since"
    r"|last|ago|gekocht|gekregen|gehad|sinds|vorige?|afgelopen|etais|etait|avais|avait|achete|recu|depuis"
    r"|derniere?)\b"
)
# Somebody asks when one is there, and not whether a thing is repaired.
_THERE: Final = re.compile(
    r"\b(?:da|offen|geoffnet|auf|treff\w*|termin\w*|statt|mal|open|dicht|bijeenkomst\w*|er|keer|plaats|door|there"
    r"|session\w*|meeting\w*|event\w*|on|running|again|date\w*|data|atelier\w*|seance\w*|ouvert\w*|fois|lieu|la"
    r"|kom\w*|vorbei\w*|langs\w*|come|venir|passer|wieder|weer|wann|wanneer|when|quand|repair cafe)\b"
)
_UNABLE: Final = re.compile(
    r"\b(?:kann|konnen|konnte|schaffe\w*|passt|geht|klappt|habe|haben|bin|sind)\b[^!?]{0,60}"
    r"\b(?:nicht|keine zeit|verhindert|verreist|weg|im urlaub)\b"
    r"|\b(?:kan|kunnen|lukt|past|komt|ben|zijn|heb|hebben)\b[^!?]{0,60}"
    r"\b(?:niet|geen tijd|verhinderd|weg|op vakantie|op reis)\b"
    r"|\b(?:can't|can ?not|couldn't|won't|unable|not able|am away|are away|on holiday|not free|doesn't suit"
    r"|no time)\b"
    r"|\b(?:ne (?:peux|pouvons|pourrai|pourrons|suis|sommes|convient)|n'ai|n'avons)\b[^!?]{0,60}"
    r"\b(?:pas|libres?|disponibles?)\b"
    r"|\b(?:suis|serai|sommes|serons) (?:absent|empeche|en vacances)|\b(?:auch nicht|ook niet|either|non plus)\b"
)
_THE_NEXT: Final = re.compile(
    r"\b(?:nachste[nsrm]*|kommende[nsrm]*)\b|\b(?:eerst)?(?:volgende|komende)\b|\bnext\b|\bprochaine?\b"
)
# The one after the next, or after a day that is named.
_A_DAY: Final = rf"(?:\d{{1,2}}\.? ?(?:{'|'.join(_NUMBERS)}|[./]\d{{1,2}})|{'|'.join(_NUMBERS)})\b"
_AFTER: Final = re.compile(
    rf"\b(?:nach (?:dem |den |der )?|na (?:de |die |het )?|after (?:the )?|apres (?:le |la )?)"
    rf"(?:{_A_DAY}|(?:nachst|kommend|eerst|volgend|komend|next|prochain)\w*|termin\b|treffen\b|that\b|this\b|cel\w+)"
    r"|\b(?:ubernachste\w*|danach|darauf|daarna|erna|daaropvolgend\w*|next but one|the following|d'apres"
    r"|suivante?s?)\b"
    r"|\b(?:spatere?\w*|weitere\w*|andere\w*) (?:termin\w*|treffen|mal)\b"
    r"|\b(?:latere?|verdere|andere?) (?:data|datum|keer|bijeenkomst\w*)\b"
    r"|\b(?:later|further|other|another) (?:dates?|sessions?|meetings?|events?|one)\b"
    r"|\bautres? (?:dates?|ateliers?|seances?|fois)\b"
)
_SEVERAL: Final = re.compile(r"\b(?:weitere\w*|andere\w* termin\w*|termine|dates|data)\b")
_ONLY: Final = re.compile(r"\b(?:nur|alleen|enkel|only|uniquement|seulement|que)\b")

Span = tuple[int, int]
"""A day, or a month, of the year and of it: (month, day), day 0 for all of it."""


@dataclass(frozen=True)
class Wish:
    """``days`` are those that are asked for in place of the next one; ``is_open`` where no date fits, and
    ``is_ruled_out`` where the next one does not either."""

    days: Sequence[date] = ()
    is_open: bool = False
    is_ruled_out: bool = False


def wish(texts: Sequence[str], facts: Facts) -> Wish:
    """Which dates are asked for in ``texts``; nothing where it is the next one."""
    coming = [day for day in facts.settings.event_dates if day >= facts.today]
    said = [part for text in texts for each in statements(text)[:_SENTENCES] for part in _clauses(each)]
    out = [span for part in said if _rules_out(part) for span in _named(part, facts.today, coming)]
    left = [day for day in coming if not _fits(day, out)]
    asking = [part for part in said if part.endswith("?") and not _rules_out(part) and not _PAST.search(part)]
    spans = [span for part in asking for span in _named(part, facts.today) if not _AFTER.search(part)]
    is_ruled_out = bool(coming) and left[:1] != coming[:1]
    if spans:
        days = [day for day in left if _fits(day, spans)]
        is_there = any(_THERE.search(part) and _named(part, facts.today) for part in asking)
        found = Wish(() if days[:1] == coming[:1] else days[:_MOST], not days and is_there)
    else:
        found = _later(asking, left, coming, facts) or Wish(
            left[:1] if is_ruled_out else (), is_ruled_out and not left
        )
    return replace(found, is_ruled_out=is_ruled_out)


def _later(asking: Sequence[str], left: Sequence[date], coming: Sequence[date], facts: Facts) -> Wish | None:
    """Those after the next one, or after a day that is named; None where that is not asked."""
    parts = [part for part in asking if _AFTER.search(part) and (_THERE.search(part) or _THE_NEXT.search(part))]
    if not parts:
        return None
    named = [day for day in coming for part in parts if _fits(day, _named(part, facts.today))]
    after = max(named, default=coming[0] if coming else facts.today)
    days = [day for day in left if day > after]
    most = _MOST if any(map(_SEVERAL.search, parts)) else 1
    return Wish(days[:most], not days)


def only_in(lines: Sequence[str], facts: Facts) -> Wish:
    """The first date in the months that ``lines`` name, where they say that something is done only then."""
    coming = [day for day in facts.settings.event_dates if day >= facts.today]
    for line in lines:
        months = months_of(line)
        if len(months) > 1 and _ONLY.search(fold(line)) and coming and coming[0].month not in months:
            days = [day for day in coming if day.month in months][:1]
            return Wish(days, not days)
    return Wish()


def months_of(text: str) -> set[int]:
    """The months that are named in ``text``."""
    return {_NUMBERS[name] for name in re.findall(r"[a-z]+", fold(text)) if name in _NUMBERS}


def _clauses(sentence: str) -> Iterator[str]:
    """The clauses of a sentence; those of a question all ask."""
    text = as_typed(sentence[:_LONGEST]).strip()
    parts = [each.strip() for each in re.split(r"[,;:–](?=\s)|\b(?:aber|maar|but|mais)\b", text.rstrip("?!. "))]
    for part in filter(None, parts):
        yield f"{part}?" if text.endswith("?") else part


def _rules_out(part: str) -> bool:
    return _UNABLE.search(part) is not None and not re.match(r"(?:kann|konn|kan|kun|can|could|peu|pou)", part)


def _named(part: str, today: date, coming: Sequence[date] = ()) -> list[Span]:
    """The days and months that are named; where there are none, the next one of ``coming`` that is called so."""
    days = [each.value for each in mentions(part, today) if each.kind == "date"]
    found = [(day.month, day.day) for day in days if day >= today]
    found += [(_NUMBERS[each["name"]], 0) for each in _MONTH.finditer(part)]
    if not found and coming and _THE_NEXT.search(part):
        found.append((coming[0].month, coming[0].day))
    return found


def _fits(day: date, spans: Sequence[Span]) -> bool:
    return any(day.month == month and number in (0, day.day) for month, number in spans)
