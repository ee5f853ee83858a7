"""What is no more, and has no form to be found by: names of former places, things that are not repaired now."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from rcmail.answers.facts import Facts
from rcmail.mail.mentions.mention import plain, small
from rcmail.settings.values import items, lines

ELSEWHERE: Final = "the group is elsewhere now"
NOT_NOW: Final = "this is not repaired now"

# Of a sentence with one of these it is true still that something is not repaired.
_NO: Final = re.compile(
    r"(?<!\w)(?:niet|geen|nooit|nicht|keine?[nrms]?|nie|leider|helaas|not|no|never|cannot|sorry|unfortunately|pas|ne|jamais"
    r"|aucune?|malheureusement|n'\w{1,20}|\w{1,10}n't)(?!\w)"
)
_SENTENCE: Final = re.compile(r"[^.!?\n]{1,600}[.!?\n]?")
_AND: Final = re.compile(r"\s(?:and|und|en|et|&)\s|[/()]")
_ENDING: Final = re.compile(r"(?<=\w{4})(?:'?s|en|e|n|er)$")
_LEAST: Final = 3
# So many are looked for in an answer.
_MOST: Final = 200


def gone(text: str, facts: Facts) -> Iterator[tuple[int, int, str]]:
    """Where ``text`` names what is gone, and why it is out of date."""
    low = small(plain(text))
    for found in _search(_places(facts), "", low):
        yield *found.span(), ELSEWHERE
    if things := {_ENDING.sub("", thing) for thing in _things(facts)}:
        for sentence in _SENTENCE.finditer(low):
            if not _NO.search(sentence[0]):
                for found in _search(things, r"'?\w{0,2}", sentence[0]):
                    yield sentence.start() + found.start(), sentence.start() + found.end(), NOT_NOW


def _search(words: Iterable[str], ending: str, low: str) -> Iterator[re.Match[str]]:
    """Where any of ``words`` stands, the longer ones first."""
    forms = sorted({word for word in words if len(word) >= _LEAST}, key=len, reverse=True)[:_MOST]
    if forms:
        yield from re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, forms))}){ending}(?!\w)", low)


def _places(facts: Facts) -> set[str]:
    """The names of former places, also without the word for what it is in front: “Het Anker”."""
    now = _flat(facts.settings.get("event_location") or "")
    found = set()
    for value in facts.former.get("event_location", ()):
        for part in re.split(r"[,\n()]", _flat(value)):
            words = part.split()
            found |= {" ".join(words), " ".join(words[1:])} if len(words) > 2 else {" ".join(words)}
    return {name for name in found if name and name not in now and not name.isdecimal()}


def _things(facts: Facts) -> set[str]:
    """What was repaired before, and is no more; and what is said not to be."""
    now = {part for item in facts.settings.event_offerings for part in _parts(item)}
    before = {part for value in facts.former.get("event_offerings", ()) for part in _parts_of(value)}
    return {part for part in before if part not in now} | {_flat(item) for item in facts.settings.not_repaired}


def _parts_of(value: str) -> list[str]:
    return [part for _, line in lines(value) for item in items(line) for part in _parts(item)]


def _parts(item: str) -> list[str]:
    return [part.strip() for part in _AND.split(_flat(item)) if part.strip()]


def _flat(text: str) -> str:
    return small(plain(text))
