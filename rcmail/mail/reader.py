"""The child that reads hostile mail: what it dies of costs that one mail."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from rcmail.errors import ChildFailed
from rcmail.process.child import Child

PREFIX: Final = "rcmail.mail"
# Seconds for one mail. The slowest that is known takes two on a laptop, and a Pi is slower.
_TIMEOUT: Final = 20.0


class ChildReader:
    """Reads mail in ``child``, one by one."""

    def __init__(self, child: Child) -> None:
        self._child = child

    async def read(self, items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """``reading.read`` of each, or ``{"unreadable": reason}``."""
        found = await self._child.map("rcmail.mail.reading:read", items, timeout=_TIMEOUT)
        return [{"unreadable": str(each)} if isinstance(each, ChildFailed) else each for each in found]

    async def make_texts(self, items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """``reading.make_text`` of each; where that fails the whole text is the new one, and nothing is lost."""
        found = await self._child.map("rcmail.mail.reading:make_text", items, timeout=_TIMEOUT)
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
        found = await self._child.map("rcmail.mail.reading:whose", items, timeout=_TIMEOUT)
        return [{} if isinstance(each, ChildFailed) else each for each in found]
