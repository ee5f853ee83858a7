"""Syncs that begin by themselves: where a setting says so, and never in vain."""

import asyncio
from contextlib import suppress
from typing import cast

import pytest

from rcmail import timers
from rcmail.connection.connected import Connected, State
from rcmail.connection.gmail import Connection
from rcmail.db.pool import Database
from rcmail.settings.store import SettingsStore
from tests.jobs.conftest import eventually


class Standing:
    """A connection that stands like this."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.looks = 0

    async def look(self) -> Connected:
        self.looks += 1
        return Connected(self.state)


async def queued(database: Database) -> int:
    [row] = await database.fetch("SELECT count(*) AS jobs FROM jobs WHERE kind = 'sync' AND state = 'queued'")
    return int(row.jobs)


@pytest.mark.parametrize(
    ("state", "minutes", "expected"),
    [
        (State.CONNECTED, "30", 1),
        (State.UNREACHABLE, "30", 1),
        (State.ASKED_TO_WAIT, "30", 1),
        (State.CONNECT_AGAIN, "30", 0),
        (State.SCOPE_MISSING, "30", 0),
        (State.WRONG_CLIENT, "30", 0),
        (State.NOT_CONNECTED, "30", 0),
    ],
)
async def test_one_is_queued_where_it_may_come_to_something(
    database: Database, monkeypatch: pytest.MonkeyPatch, state: State, minutes: str, expected: int
) -> None:
    monkeypatch.setattr(timers, "_EVERY_NOW_AND_THEN", 0.01)
    await SettingsStore(database).save({"sync_every_minutes": minutes})
    connection = Standing(state)
    task = asyncio.create_task(timers.sync_by_itself(database, cast("Connection", connection)))

    async def has_looked() -> bool:
        return connection.looks > 3

    try:
        await eventually(has_looked)
        assert await queued(database) == expected
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_where_nobody_has_said_so_nothing_is_even_looked_at(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timers, "_EVERY_NOW_AND_THEN", 0.01)
    connection = Standing(State.CONNECTED)
    await SettingsStore(database).save({"sync_every_minutes": "0"})
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await timers.sync_by_itself(database, cast("Connection", connection))
    assert connection.looks == 0
    assert await queued(database) == 0
