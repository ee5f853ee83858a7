"""Names of people where a letter greets somebody and where somebody signs it."""

import re
from collections.abc import Iterator
from typing import Final

from rcmail.mail.courtesy import BETWEEN, CLOSING, DEAR, HELLO, SOMEBODY, THANKS
from rcmail.mail.mentions.dates import Found
from rcmail.mail.mentions.mention import folded

# Lines at the beginning and at the end that are looked at, and how long such a line is.
_FIRST: Final = 4
_LAST: Final = 8
_LINE: Final = 100
_WORD: Final = re.compile(r"[^\W\d_](?:[\w'’.-]{0,40}[\w.])?")
_SMALL: Final = "van von vom de der den des du la le ter ten zu zum zur und en et and"
_PREFIX: Final = frozenset(_SMALL.split())
_BEFORE: Final = "dr dr. prof prof. mr mr. mrs mrs. ms ms. mme mme. m. dhr dhr. mevr mevr. fam fam. st"
_TITLES: Final = frozenset(_BEFORE.split())
_NO_NAMES: Final = re.compile(r"(?i)(?:team|repair|caf[eé]|namens|vrijwilliger|volunteer|bezoek|ps|p\.s)\b")
_NAME_WORDS: Final = 4


def greeted(text: str) -> Iterator[Found]:
    """The name in the greeting of ``text``."""
    for start, line in list(_lines(text))[:_FIRST]:
        if found := HELLO.match(line[:_LINE]) or DEAR.match(line[:_LINE]):
            yield from _name(line, found.end(), start)
            break


def signed(text: str) -> Iterator[Found]:
    """The names below its closing."""
    below = False
    for start, line in list(_lines(text))[-_LAST:]:
        found = CLOSING.match(line) or THANKS.match(line) if len(line) <= _LINE else None
        if found:
            yield from _name(line, found.start("rest"), start)
            below = True
        elif below and len(line.split()) <= _NAME_WORDS + 1 and not _NO_NAMES.search(line):
            yield from _name(line, 0, start)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Those that are not empty, each with where it begins."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, line
        start += len(line) + 1


def _name(line: str, place: int, start: int) -> Iterator[Found]:
    """The name that begins at ``place`` of a line, behind whom else it names."""
    first = last = None
    for word in _WORD.finditer(line, place):
        said, gap = word[0], line[place : word.start()]
        if first is not None and gap.strip():
            break
        place = word.end()
        if said[0].isupper() and not SOMEBODY.fullmatch(said.rstrip(".")) and said.lower() not in _TITLES:
            first, last = first or word, word
        elif first is None and (said.lower() in BETWEEN or SOMEBODY.fullmatch(said) or said.lower() in _TITLES):
            continue
        elif first is None or said.lower() not in _PREFIX:
            break
    if first and last and not _NO_NAMES.match(first[0]):
        text = line[first.start() : last.end()]
        yield start + first.start(), start + last.end(), "name", folded(text)
