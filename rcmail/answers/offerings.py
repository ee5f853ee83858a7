"""What was repaired before and is no more; loaded only where there is such a thing, for the tables it needs."""

import re
from collections.abc import Sequence
from typing import Final

from rcmail.answers.gone import VALUES, Former, Gone, flat, pattern
from rcmail.answers.naming import covered, covered_by_kind, kinds, things, words_of
from rcmail.answers.things import PARTS_OF_THINGS, THINGS
from rcmail.settings.store import Settings
from rcmail.settings.values import items, lines

_AND: Final = re.compile(r"\s(?:and|und|en|et|&)\s|[/()]")
_ENDING: Final = re.compile(r"(?<=\w{4})(?:'?s|en|e|n|er)$")


def offerings(settings: Settings, former: Former) -> Gone:
    """What was repaired before and is no more, and what is said not to be.

    Where today's offerings are not known, no former one is gone.
    """
    now = settings.event_offerings
    before = former.get("event_offerings", ())[:VALUES] if now else ()
    refused = settings.not_repaired
    names, known = _left_out([_parts_of(value) for value in before], now)
    known |= {thing for item in refused for thing in _refused(item, now)}
    forms = (_ENDING.sub("", name) for name in (*names, *map(flat, refused)))
    return Gone(pattern(forms, r"'?\w{0,2}"), words_of(known), words_of(covered_by_kind(now) - known))


def _left_out(values: Sequence[Sequence[str]], now: Sequence[str]) -> tuple[set[str], set[str]]:
    """Of each of ``values`` what is offered no more ``now``: in its words, and as things."""
    parts = {part for item in now for part in _parts(item)}
    offered = covered_by_kind(now) | {kind for item in now for kind in kinds(item)}
    names: set[str] = set()
    known: set[str] = set()
    for value in values:
        # What is offered in other words, or those of another language, is not gone.
        found = {part: _subjects(part) for part in value if part not in parts}
        gone = {part: named for part, named in found.items() if not named or named - offered}
        names.update(gone)
        # Something new that no table knows may be any of them.
        if all(map(_subjects, parts.difference(value))):
            known.update(*gone.values())
    return names, (known & THINGS.keys()) - offered - PARTS_OF_THINGS


def _subjects(part: str) -> frozenset[str]:
    return things(part) | kinds(part)


def _refused(item: str, now: Sequence[str]) -> frozenset[str]:
    """The one thing that ``item`` names; not where a thing that is offered is refused in part only."""
    found = things(item)
    if len(found) != 1:
        return frozenset()
    is_whole = (0, len(item)) in words_of(found).spans(item)
    return found - PARTS_OF_THINGS - (covered(now) if is_whole else covered_by_kind(now))


def _parts_of(value: str) -> list[str]:
    return [part for _, line in lines(value) for item in items(line) for part in _parts(item)]


def _parts(item: str) -> list[str]:
    return [part.strip() for part in _AND.split(flat(item)) if part.strip()]
