"""The lines of a mail while it is told apart what its author wrote: which are gone, which are known already."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rcmail.mail.newtext.attribution import VERB
from rcmail.mail.newtext.shingles import compare

# Not the end of an address whose line was broken before its bracket: “> wrote:”.
_QUOTED: Final = re.compile(
    rf"[\s\u200b\ufeff]{{0,20}}>(?! ?(?:(?:\w+ )?{VERB.pattern} ?)?:\s*$)[ \ufeff]?", re.IGNORECASE
)
# A number, an address, a page: what a signature has and a closing has not.
CONTACT: Final = re.compile(r"(?:\d[\s./()-]{0,3}){6}|\w\.\w{2,}/|www\.|https?:|\w@\w")


class Lines:
    """A mail's lines; ``gone`` has a 1 for each that is not the author's."""

    def __init__(self, texts: list[str], earlier: Sequence[str]) -> None:
        self.texts = texts
        self.gone = bytearray(len(texts))
        self.announced = bytearray(len(texts))
        self.is_forward = False
        self._next = [len(texts)] * (len(texts) + 1)
        for place in range(len(texts) - 1, -1, -1):
            self._next[place] = place if texts[place].strip() else self._next[place + 1]
        self._words, self._known = compare(texts, earlier)

    def __len__(self) -> int:
        return len(self.texts)

    def next(self, place: int) -> int:
        """The first line at or after ``place`` that is not blank; the number of lines where there is none."""
        return self._next[min(place, len(self.texts))]

    def quoted(self, place: int) -> str | None:
        """What a line quotes, if it begins with “>”."""
        found = _QUOTED.match(self.texts[place]) if place < len(self.texts) else None
        return self.texts[place][found.end() :] if found else None

    def drop(self, start: int, stop: int) -> None:
        """The lines from ``start`` on, before ``stop``, are not the author's."""
        self.gone[start:stop] = b"\x01" * (stop - start)

    def announce(self, start: int, stop: int) -> None:
        """These lines announce history: they are nobody's words, whatever stands below them."""
        self.announced[start:stop] = b"\x01" * (stop - start)
        self.drop(start, stop)

    def segments(self) -> list[tuple[int, int]]:
        """Each run of lines that are left, without the blank ones around it."""
        return list(self._segments())

    def _segments(self) -> Iterator[tuple[int, int]]:
        start = 0
        while (start := self.gone.find(0, start)) >= 0:
            stop = self.gone.find(1, start)
            stop = stop if stop >= 0 else len(self.texts)
            first, end = self.next(start), stop
            while end > first and not self.texts[end - 1].strip():
                end -= 1
            if first < end:
                yield first, end
            start = stop

    def words(self, start: int, stop: int) -> int:
        """How many words these lines have."""
        return self._words[stop] - self._words[start]

    @property
    def messages(self) -> range:
        """The numbers of the earlier messages."""
        return range(len(self._known))

    def share_in(self, message: int, start: int, stop: int) -> float:
        """The share of these lines' words that stands in one earlier message; 0 where they have none."""
        words, known = self.words(start, stop), self._known[message].words
        return (known[stop] - known[start]) / words if words else 0.0

    def share(self, start: int, stop: int) -> float:
        """The share in the earlier message that knows most of them."""
        return max((self.share_in(message, start, stop) for message in self.messages), default=0.0)

    def beginning(self, message: int, start: int, stop: int) -> int:
        """The first of these lines with which an earlier message begins; ``stop`` where none does."""
        beginnings = self._known[message].beginnings
        first = bisect_left(beginnings, start)
        return min(beginnings[first], stop) if first < len(beginnings) else stop

    def left(self) -> str:
        """The text that is left, folded."""
        return folded(text for text, gone in zip(self.texts, self.gone, strict=True) if not gone)


def folded(texts: Iterable[str]) -> str:
    """Lines as one text, without blank lines at its ends and with at most one between others."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(text.rstrip() for text in texts)).strip("\n")
