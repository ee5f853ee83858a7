"""What of a text stands in earlier ones, word for word, wherever its lines are broken."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Final

WORDS: Final = 4  # in a shingle: fewer are in many mails, more are lost at each difference
MOST_MESSAGES: Final = 10  # the newest
MOST_LINES: Final = 2_000
MOST_WORDS: Final = 10_000  # of a message
_WORD: Final = re.compile(r"[^\W_]+")

Words = tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """What one earlier message knows of a text: its words up to each line, and which lines begin it."""

    words: list[int]
    beginnings: list[int]


def compare(lines: Sequence[str], earlier: Sequence[str]) -> tuple[list[int], list[Known]]:
    """How many words ``lines`` have up to each of them, and what each of the ten newest ``earlier`` texts knows.

    Both lists of counts are one longer than ``lines``. Lines beyond the limits have no words.
    """
    by_line = _words_by_line(lines)
    by_line += [()] * (len(lines) - len(by_line))
    words = [word for line in by_line for word in line]
    shingles = [tuple(words[n : n + WORDS]) for n in range(len(words) - WORDS + 1)]
    messages = [_words_by_line(text.split("\n")) for text in earlier[-MOST_MESSAGES:]]
    totals = list(accumulate(map(len, by_line), initial=0))
    return totals, [_known(message, by_line, totals, shingles) for message in messages]


def _words_by_line(lines: Sequence[str]) -> list[Words]:
    found: list[Words] = []
    total = 0
    for line in islice(lines, MOST_LINES):
        found.append(tuple(_WORD.findall(line.casefold()))[: MOST_WORDS - total])
        total += len(found[-1])
    return found


def _known(message: list[Words], by_line: list[Words], totals: list[int], shingles: list[Words]) -> Known:
    words = [word for line in message for word in line]
    theirs = {tuple(words[n : n + WORDS]) for n in range(len(words) - WORDS + 1)}
    # A line that is shorter than a shingle is known as a whole.
    short = {line for line in message if 0 < len(line) < WORDS}
    known = bytearray(totals[-1])
    for n, shingle in enumerate(shingles):
        if shingle in theirs:
            known[n : n + WORDS] = b"\x01" * WORDS
    counts = [
        len(line) if line in short else known.count(1, start, start + len(line))
        for line, start in zip(by_line, totals, strict=False)
    ]
    begins = _beginnings(message)
    places = (place for place, line in enumerate(by_line) if line)
    beginnings = [place for place in places if shingles[totals[place] : totals[place] + 1] in begins]
    return Known(list(accumulate(counts, initial=0)), beginnings)


def _beginnings(message: list[Words]) -> list[list[Words]]:
    """The shingles with which a message's first two lines begin: its greeting may have changed."""
    firsts = [place for place, line in enumerate(message) if line][:2]
    texts = ([word for line in message[place : place + 2 * WORDS] for word in line] for place in firsts)
    return [[tuple(text[:WORDS])] for text in texts if len(text) >= WORDS]
