"""The children that read hostile mail: what one dies of costs that one mail."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from rcmail.errors import ChildFailed
from rcmail.process.child import Child

_PREFIX: Final = "rcmail.mail"
# Seconds for one mail. The slowest that is known takes two on a laptop, and a Pi is slower.
_TIMEOUT: Final = 20.0


class ChildReader:
    """Reads mail in ``children``, which share each page of it."""

    def __init__(self, *children: Child) -> None:
        self._children = children

    async def read(self, items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """``reading.read`` of each, or ``{"unreadable": reason}``."""
        found = await self._map("read", items)
        return [{"unreadable": str(each)} if isinstance(each, ChildFailed) else each for each in found]

    async def make_texts(self, items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """``reading.make_text`` of each; where that fails the whole text is the new one, and nothing is lost."""
        found = await self._map("make_text", items)
        return [
            {
                "new_text": item["whole_text"],
                "language": None,
                "is_thanks": False,
                "says": "unsure",
                "says_why": "",
            }
            if isinstance(each, ChildFailed)
            else each
            for item, each in zip(items, found, strict=True)
        ]

    async def whose(self, items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """``reading.whose`` of each; empty where that fails."""
        found = await self._map("whose", items)
        return [{} if isinstance(each, ChildFailed) else each for each in found]

    async def _map(self, function: str, items: Sequence[Mapping[str, Any]]) -> list[Any]:
        """In turns, so that each child has mails of every length."""
        number = len(self._children)
        parts = await asyncio.gather(
            *(
                child.map(f"rcmail.mail.reading:{function}", items[first::number], timeout=_TIMEOUT)
                for first, child in enumerate(self._children)
            )
        )
        found: list[Any] = [None] * len(items)
        for first, part in enumerate(parts):
            found[first::number] = part
        return found


@asynccontextmanager
async def reader() -> AsyncIterator[ChildReader]:
    """A reader with two children, for the block: the smallest machine has as many cores."""
    async with Child(_PREFIX) as one, Child(_PREFIX) as other:
        yield ChildReader(one, other)
