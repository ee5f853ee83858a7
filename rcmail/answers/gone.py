"""What is no more, and has no form to be found by: names of former places, things that are not repaired now."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from rcmail.mail.mentions.mention import plain, small
from rcmail.settings.store import Settings
from rcmail.settings.values import items, lines

# Of a sentence with one of these it is true still that something is not repaired.
_NO: Final = re.compile(
    r"(?<!\w)(?:niet|geen|nooit|nicht|keine?[nrms]?|nie|leider|helaas|not|no|never|cannot|sorry|unfortunately|pas"
    r"|ne|jamais|aucune?|malheureusement|n'\w{1,20}|\w{1,10}n't)(?!\w)"
)
_SENTENCE: Final = re.compile(r"[^.!?\n]{1,600}[.!?\n]?")
_AND: Final = re.compile(r"\s(?:and|und|en|et|&)\s|[/()]")
_ENDING: Final = re.compile(r"(?<=\w{4})(?:'?s|en|e|n|er)$")
_LEAST: Final = 3
# So many are looked for in an answer, in so many former values.
_MOST: Final = 200
_VALUES: Final = 20

Former = Mapping[str, Sequence[str]]


def places(settings: Settings, former: Former) -> re.Pattern[str] | None:
    """The names of former places, also without the word for what it is in front: “Het Anker”; None without any."""
    now = _flat(settings.get("event_location") or "")
    found: set[str] = set()
    for value in former.get("event_location", ())[:_VALUES]:
        for part in re.split(r"[,\n()]", _flat(value)):
            words = part.split()
            found |= {" ".join(words), " ".join(words[1:])} if len(words) > 2 else {" ".join(words)}
    return _pattern((name for name in found if name not in now and not name.isdecimal()), "")


def things(settings: Settings, former: Former) -> re.Pattern[str] | None:
    """What was repaired before and is no more, and what is said not to be, whatever ending it has."""
    now = {part for item in settings.event_offerings for part in _parts(item)}
    before = {part for value in former.get("event_offerings", ())[:_VALUES] for part in _parts_of(value)}
    gone = (before - now) | {_flat(item) for item in settings.not_repaired}
    return _pattern((_ENDING.sub("", name) for name in gone), r"'?\w{0,2}")


def named(text: str, names: re.Pattern[str] | None) -> Iterator[tuple[int, int]]:
    """Where ``text`` has any of ``names``."""
    for found in names.finditer(small(plain(text))) if names else ():
        yield found.span()


def offered(text: str, names: re.Pattern[str] | None) -> Iterator[tuple[int, int]]:
    """Where ``text`` has any of ``names``, in sentences that say no “not”."""
    low = small(plain(text))
    for sentence in _SENTENCE.finditer(low) if names else ():
        found = list(names.finditer(low, *sentence.span())) if names else []
        if found and not _NO.search(sentence[0]):
            yield from (each.span() for each in found)


def _pattern(names: Iterable[str], ending: str) -> re.Pattern[str] | None:
    """The longer ones first."""
    forms = sorted({name for name in names if len(name) >= _LEAST}, key=len, reverse=True)[:_MOST]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))}){ending}(?!\w)") if forms else None


def _parts_of(value: str) -> list[str]:
    return [part for _, line in lines(value) for item in items(line) for part in _parts(item)]


def _parts(item: str) -> list[str]:
    return [part.strip() for part in _AND.split(_flat(item)) if part.strip()]


def _flat(text: str) -> str:
    return small(plain(text))
