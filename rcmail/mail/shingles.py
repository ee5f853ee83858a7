"""What of a text stands in earlier ones, word for word, wherever its lines are broken."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

WORDS: Final = 4  # in a shingle: fewer are in many mails, more are lost at each difference
MOST_MESSAGES: Final = 10  # the newest
MOST_LINES: Final = 2_000
MOST_WORDS: Final = 20_000  # of a message
_WORD: Final = re.compile(r"\w+")

Words = tuple[str, ...]


class Earlier:
    """The words of earlier messages (oldest first; the newest ten count), to be held against a later one's lines."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._messages = [_shingles(_words_by_line(text.split("\n"))) for text in texts[-MOST_MESSAGES:]]

    def known(self, lines: Sequence[str]) -> tuple[list[list[int]], list[int]]:
        """For each earlier message the number of known words in each line; and how many words each line has.

        Lines beyond the limits have no words.
        """
        by_line = _words_by_line(lines)
        sizes = [len(line) for line in by_line] + [0] * (len(lines) - len(by_line))
        return [_known(message, by_line) + [0] * (len(lines) - len(by_line)) for message in self._messages], sizes


def _words_by_line(lines: Sequence[str]) -> list[Words]:
    found, total = [], 0
    for line in islice(lines, MOST_LINES):
        words = tuple(_WORD.findall(line.casefold()))[: MOST_WORDS - total]
        total += len(words)
        found.append(words)
    return found


def _shingles(by_line: Sequence[Words]) -> set[Words]:
    """Every run of words of a shingle's length, over the ends of lines; and each line that is shorter, as a whole."""
    words = [word for line in by_line for word in line]
    runs = {tuple(words[n : n + WORDS]) for n in range(len(words) - WORDS + 1)}
    return runs | {line for line in by_line if 0 < len(line) < WORDS}


def _known(message: set[Words], by_line: Sequence[Words]) -> list[int]:
    words = [word for line in by_line for word in line]
    known = bytearray(len(words))
    for n in range(len(words) - WORDS + 1):
        if tuple(words[n : n + WORDS]) in message:
            known[n : n + WORDS] = b"\x01" * WORDS
    counts, start = [], 0
    for line in by_line:
        stop = start + len(line)
        counts.append(len(line) if line in message else sum(known[start:stop]))
        start = stop
    return counts
