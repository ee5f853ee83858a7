"""Who was forgotten, and what still holds them: older backups, and the database before the last restore."""

import asyncio
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from rcmail.config import Config
from rcmail.db.pool import Database
from rcmail.health.base import Check, Finding, Verdict, not_here
from rcmail.mail.forgotten import Names, count
from rcmail.privacy.backups import holding, is_replaced_here

NAME: Final = "forgotten"
_DROP: Final = "`sudo -u postgres dropdb {}_before_restore`"


def check(config: Config, database: Database, state: Path | None) -> Check:
    """How many were forgotten, and whether old copies still have them; ``state`` is rcmail's own folder."""
    return Check(NAME, "People who were forgotten", partial(_look, config, database, state))


async def _look(config: Config, database: Database, state: Path | None) -> Finding:
    found = await count(database, Names(config.secret_key))
    if found.newest is None:
        return not_here("nobody asked for it")
    told = f"{found.people}, the last one on {found.newest.astimezone():%-d %b %Y}"
    if found.unknown:
        return Finding(
            f"{told}; {found.unknown} of them are unknown to this SECRET_KEY: old mail of theirs would come in",
            Verdict.WARNING,
            "put the SECRET_KEY back that was used then",
        )
    if await is_replaced_here(database):
        return Finding(
            f"{told}; the database from before the last restore may still hold them",
            Verdict.WARNING,
            "when nobody needs it any more: "
            + ("the next restore removes it" if config.is_make_run else _DROP.format(config.postgres.database)),
        )
    return Finding(f"{told}; {await _backups(state, found.newest)}")


async def _backups(state: Path | None, newest: datetime) -> str:
    held = await asyncio.to_thread(holding, state, newest)
    if held is None:
        return "whether backups from before still hold that person cannot be seen from here"
    if not held.older:
        return "no backup here is from before that"
    if held.older == 1:
        return f"a backup from before that still holds that person; it goes {held.nights} backups later"
    return (
        f"{held.older} backups from before that still hold that person; the last goes {held.nights} backups later"
    )
