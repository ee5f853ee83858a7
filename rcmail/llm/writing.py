"""What a model writes, as it comes: made text of, bounded, and stopped when nobody listens any more."""

import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from typing import Any, Final, Self

from rcmail.errors import LLMFailed
from rcmail.llm.base import Ending, Limits, Reason
from rcmail.llm.wire import Wire

Parts = AsyncGenerator[str | Ending, None]
"""Pieces of text, and after them how it ended."""

# What PostgreSQL's TEXT cannot hold, and what steers a terminal.
_NO_TEXT: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\ud800-\udfff]")
_LARGEST: Final = 10**9


class Stream:
    """``Writing``, from what ``parts`` yields."""

    def __init__(self, parts: Parts, characters: int) -> None:
        self._parts = parts
        self._left = characters
        self.ending: Ending | None = None

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> str:
        while self.ending is None:
            part = await anext(self._parts, None)
            if part is None:
                raise LLMFailed
            if isinstance(part, Ending):
                self.ending = part
            elif piece := self._within(_NO_TEXT.sub("", part)):
                return piece
        raise StopAsyncIteration

    def _within(self, piece: str) -> str:
        if len(piece) > self._left:
            self.ending = Ending(Reason.CHARACTERS)
        piece = piece[: self._left]
        self._left -= len(piece)
        return piece


@asynccontextmanager
async def writing(
    wire: Wire, path: str, body: Mapping[str, Any], limits: Limits, read: Callable[[AsyncIterator[bytes]], Parts]
) -> AsyncIterator[Stream]:
    """Have the server write; ``read`` makes parts of its lines. Raises as ``LLMAdapter.generate``."""
    async with wire.stream(path, body, limits) as lines, aclosing(read(lines)) as parts:
        yield Stream(parts, limits.characters)


def count(value: object) -> int | None:
    """A number of tokens or bytes as a server told it, None for what is none."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and isinstance(value, int) and 0 <= value <= _LARGEST else None


def seconds(value: object, unit: float) -> float | None:
    """A time as a server told it, of which there are so many ``unit`` in a second; None for what is none."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value / unit if is_number and isinstance(value, int | float) and 0 <= value <= _LARGEST * unit else None


def texts(value: object) -> dict[str, Any]:
    """``value`` where it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}
