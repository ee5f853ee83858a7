"""Where drafts lie for mailboxes that are files."""

import asyncio
import shutil
from collections.abc import Mapping
from pathlib import Path

from rcmail.db.pool import Database
from rcmail.mail import clearing
from rcmail.mail.imports import STATE
from rcmail.mailbox.base import DEMONSTRATION, DraftBox
from rcmail.mailbox.drafts import FileDrafts


def drafts(state: Path | None) -> Path:
    """The folder of the drafts, in ``state``, the one that belongs to rcmail."""
    return (state or STATE) / "drafts"


def boxes(state: Path | None) -> Mapping[str, DraftBox]:
    """By the provider of the mailbox; invented mail has a folder of its own, which goes with it."""
    return {"file": FileDrafts(drafts(state)), DEMONSTRATION: FileDrafts(drafts(state) / DEMONSTRATION)}


async def sweep(database: Database, state: Path | None) -> None:
    """Remove the drafts of a demonstration that is not here any more. Raises DatabaseUnavailable."""
    if not await clearing.is_here(database):
        await asyncio.to_thread(shutil.rmtree, drafts(state) / DEMONSTRATION, ignore_errors=True)
