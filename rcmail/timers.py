"""What the worker asks for by itself: once after its start, with each day, and every so many minutes."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Final

from rcmail.answers import work as answers
from rcmail.clock import today
from rcmail.connection.gmail import Connection
from rcmail.db.pool import Database
from rcmail.db.schema import look
from rcmail.drafting.asking import ask_for_all as ask_for_drafts
from rcmail.errors import DatabaseUnavailable
from rcmail.jobs.queue import Queue
from rcmail.mail import syncing
from rcmail.mail.kinds import teaching
from rcmail.mail.remake import is_outdated
from rcmail.privacy import retention
from rcmail.settings.store import SettingsStore

# Seconds between two tries of what can wait.
_PATIENCE: Final = 5.0
# Seconds between two looks whether a sync is due that begins by itself.
_EVERY_NOW_AND_THEN: Final = 15.0


def timers(database: Database, connection: Connection) -> Mapping[str, Callable[[], Awaitable[None]]]:
    """What is to run beside the worker, by name."""
    return {
        "kinds": partial(once, database, partial(ask_to_sort, database)),
        "answers": partial(once, database, partial(answers.ask_for_all, database)),
        "days": partial(ask_for_drafts_each_day, database),
        "syncs": partial(sync_by_itself, database, connection),
        "retention": partial(ask_to_remove_each_day, database),
    }


async def once(database: Database, ask: Callable[[], Awaitable[None]]) -> None:
    """``ask`` as soon as the database is there: what a restored backup lacks, or this version makes otherwise, is
    made again after each start."""
    while True:
        with suppress(DatabaseUnavailable):
            await look(database)
            return await ask()
        await asyncio.sleep(_PATIENCE)


async def ask_to_sort(database: Database) -> None:
    """Where this version reads mail otherwise than the one that has read it. Raises DatabaseUnavailable."""
    if await is_outdated(database):
        await teaching.ask(Queue(database))


async def ask_for_drafts_each_day(database: Database) -> None:
    """With the day the next event may be another one, and what is drafted for the last one stale."""
    day = today()
    while True:
        await asyncio.sleep(_PATIENCE)
        if today() != day:
            with suppress(DatabaseUnavailable):
                await ask_for_drafts(database)
                day = today()


async def ask_to_remove_each_day(database: Database) -> None:
    """Old mail goes in the night; where the machine was off then, after the start."""
    asked = None
    while True:
        if today() != asked:
            with suppress(DatabaseUnavailable):
                await look(database)
                await retention.ask(database)
                asked = today()
        await asyncio.sleep(_PATIENCE)


async def sync_by_itself(database: Database, connection: Connection) -> None:
    """Where a setting says so; not while a person has to do something before it can work."""
    settings = SettingsStore(database)
    while True:
        await asyncio.sleep(_EVERY_NOW_AND_THEN)
        with suppress(DatabaseUnavailable):
            minutes = (await settings.read()).sync_every_minutes
            if minutes and (await connection.look()).can_sync:
                await syncing.ask_where_due(database, minutes)
