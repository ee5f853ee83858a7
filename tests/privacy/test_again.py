"""An older backup is restored: who was forgotten since is forgotten in it too."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from rcmail.config import PostgresConfig
from rcmail.db import backup
from rcmail.db.pool import Database
from rcmail.log.redaction import Secret
from rcmail.mail.forgotten import Names, count
from rcmail.privacy.again import forget_again
from rcmail.privacy.backups import Holding, holding, is_replaced_here
from rcmail.privacy.forget import AFTER, forget
from tests.drafting.kept import Room
from tests.mail.letters import letter
from tests.mail.room import AWAY, bring_in
from tests.privacy.test_forget import ADDRESS, asks, left

PIET = letter("Piet <piet@example.net>", text="Mijn fiets?", day=3)


@pytest.fixture
async def dump(database_config: PostgresConfig, tmp_path: Path) -> AsyncIterator[Path]:
    """A backup with her in it; in the database she is forgotten."""
    database = Database(database_config)
    try:
        await Room(database, tmp_path).bring_in([asks(), PIET])
        made = await backup.back_up(database_config, tmp_path / "backups")
        await forget(database, AWAY, ADDRESS)
        yield made.file
    finally:
        await database.close()


async def restored(config: PostgresConfig, file: Path, names: Names = AWAY.names) -> Database:
    await backup.restore(config, file, partial(forget_again, names=names))
    return Database(config)


async def test_she_does_not_come_back_and_others_do(
    database_config: PostgresConfig, dump: Path, tmp_path: Path
) -> None:
    database = await restored(database_config, dump)
    try:
        assert left(database_config) == []
        rows = await database.fetch("SELECT new_text FROM messages")
        assert [row.new_text for row in rows] == ["Mijn fiets?"]
        assert await database.fetch("SELECT 1 FROM jobs WHERE kind = %s AND state = 'queued'", (AFTER,))
        assert (await bring_in(database, tmp_path, asks(X_Copy="1")))["skipped"] == 1
        assert await is_replaced_here(database)
    finally:
        await database.close()


@pytest.mark.usefixtures("dump")
async def test_mail_of_hers_from_after_that_stays(database_config: PostgresConfig, tmp_path: Path) -> None:
    database = Database(database_config)
    await bring_in(database, tmp_path, asks("Ik ben er weer.", day=100_000, Message_ID="<later@x>"))
    await database.close()
    made = await backup.back_up(database_config, tmp_path / "backups")
    database = await restored(database_config, made.file)
    try:
        rows = await database.fetch("SELECT new_text FROM messages ORDER BY id")
        assert [row.new_text for row in rows] == ["Mijn fiets?", "Ik ben er weer."]
    finally:
        await database.close()


async def test_with_another_secret_key_it_is_told_that_they_are_not_known(
    database_config: PostgresConfig, dump: Path
) -> None:
    other = Names(Secret("another"))
    database = await restored(database_config, dump, other)
    try:
        assert "hupsa" in left(database_config)
        found = await count(database, other)
        assert (found.people, found.unknown) == (1, 1)
        assert (await count(database, AWAY.names)).unknown == 0
    finally:
        await database.close()


def test_of_backups_from_before_it_is_told(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 29, 12, tzinfo=UTC)
    assert holding(tmp_path, moment) == Holding(0, backup.KEEP)
    folder = tmp_path / "backups"
    folder.mkdir()
    names = ("rcmail-20261128T013000Z.dump", "rcmail-20261129T013000Z.dump", "rcmail-20261130T013000Z.dump")
    for name in (*names, "rcmail-mine.dump", ".rcmail-20261128T013000Z-0.partial", "last-verified.json"):
        (folder / name).touch()
    assert holding(tmp_path, moment) == Holding(2, backup.KEEP - 1)
    assert holding(None, moment) == Holding(0, backup.KEEP)
    assert holding(folder / names[0], moment) is None
