"""Where drafts lie: for mailboxes that are files a folder."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from rcmail.db.pool import Database
from rcmail.mail import clearing
from rcmail.mail.imports import STATE
from rcmail.mailbox.base import DEMONSTRATION, FILE, DraftBox
from rcmail.mailbox.drafts import FileDrafts


def drafts(state: Path | None) -> Path:
    """The folder of the drafts, in ``state``, the one that belongs to rcmail."""
    return (state or STATE) / "drafts"


class Boxes:
    """Where drafts go, by the provider of the mailbox; invented mail has a folder of its own, which goes with it.

    ``elsewhere`` opens the drafts of a mailbox that is connected; that is done once, when they are first needed.
    """

    def __init__(
        self, state: Path | None, elsewhere: Mapping[str, Callable[[], Awaitable[DraftBox]]] = MappingProxyType({})
    ) -> None:
        here = drafts(state)
        self._open: dict[str, DraftBox] = {
            FILE: FileDrafts(here),
            DEMONSTRATION: FileDrafts(here / DEMONSTRATION),
        }
        self._elsewhere = elsewhere

    async def get(self, provider: str, /) -> DraftBox | None:
        """None where there is no place. Raises what ``elsewhere`` does."""
        if provider in self._elsewhere and provider not in self._open:
            self._open[provider] = await self._elsewhere[provider]()
        return self._open.get(provider)


async def sweep(database: Database, state: Path | None) -> None:
    """Remove the drafts of a demonstration that is not here any more. Raises DatabaseUnavailable."""
    if not await clearing.is_here(database):
        await asyncio.to_thread(shutil.rmtree, drafts(state) / DEMONSTRATION, ignore_errors=True)
