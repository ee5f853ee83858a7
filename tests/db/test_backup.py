"""Backup and restore against a real PostgreSQL, with its own pg_dump and pg_restore."""

import asyncio
import itertools
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from psycopg2 import sql

from rcmail import paths
from rcmail.config import PostgresConfig
from rcmail.db import backup, databases, embedded, migrations, programs
from rcmail.db.embedded import EmbeddedPostgres
from rcmail.db.pool import Database
from rcmail.door.house import Door
from rcmail.door.sessions import Sessions
from rcmail.errors import BackupError, DatabaseUnavailable, MigrationError
from rcmail.settings.store import SettingsStore
from tests.conftest import execute_as_superuser
from tests.support import SECRET_KEY, clean_environment, run_rcmail

OWN = migrations.available()
SAVED = {"event_location": "Gemeindehaus, Mühlweg 5", "event_date": "2026-12-05"}


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


async def settings_of(config: PostgresConfig) -> Mapping[str, str]:
    database = Database(config)
    try:
        return (await SettingsStore(database).read()).values
    finally:
        await database.close()


async def save(config: PostgresConfig, changes: Mapping[str, str]) -> None:
    database = Database(config)
    try:
        await SettingsStore(database).save(changes)
    finally:
        await database.close()


async def names_of_databases(config: PostgresConfig) -> set[str]:
    database = Database(config)
    try:
        rows = await database.fetch("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%%'")
        return {name for (name,) in rows if name.startswith(config.database)}
    finally:
        await database.close()


@pytest.fixture
def more_migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a newer version would bring: write 9999… into it."""
    folder = tmp_path / "migrations"
    shutil.copytree(paths.MIGRATIONS, folder)
    for function in (migrations.migrate, migrations.roll_back, migrations.available):
        assert function.__defaults__ is not None
        monkeypatch.setattr(function, "__defaults__", (*function.__defaults__[:-1], folder))
    return folder


async def test_what_was_saved_before_a_backup_is_back_after_a_restore(
    database_config: PostgresConfig, backups: Path
) -> None:
    await save(database_config, SAVED)
    verified = await backup.back_up(database_config, backups)
    await save(database_config, {"event_location": "elsewhere", "event_date": ""})
    replaced = await backup.restore(database_config, verified.file)
    assert await settings_of(database_config) == SAVED
    kept = replace(database_config, database=replaced)
    assert await settings_of(kept) == {"event_location": "elsewhere"}


async def test_a_backup_leaves_one_private_file_its_note_and_no_scratch_database(
    database_config: PostgresConfig, backups: Path
) -> None:
    verified = await backup.back_up(database_config, backups)
    assert sorted(path.name for path in backups.iterdir()) == sorted([verified.file.name, backup.VERIFIED_FILE])
    assert verified.size == verified.file.stat().st_size
    noted = backup.last_verified(backups)
    assert noted is not None
    assert noted.file == verified.file
    assert abs(noted.at - datetime.now(UTC)) < timedelta(minutes=1)
    assert backups.stat().st_mode & 0o077 == 0
    assert await names_of_databases(database_config) == {database_config.database}


async def test_a_restore_goes_on_while_a_service_is_connected(
    database_config: PostgresConfig, backups: Path
) -> None:
    await save(database_config, SAVED)
    verified = await backup.back_up(database_config, backups)
    service = Database(database_config)
    store = SettingsStore(service)
    try:
        await store.save({"event_location": "elsewhere"})
        await backup.restore(database_config, verified.file)
        assert (await store.read()).values == SAVED
    finally:
        await service.close()


async def test_what_is_saved_while_a_restore_is_under_way_is_in_one_of_the_two_databases(
    database_config: PostgresConfig, backups: Path
) -> None:
    verified = await backup.back_up(database_config, backups)
    service = Database(database_config)
    acknowledged: list[str] = []
    restored = asyncio.Event()

    async def keep_saving() -> None:
        for number in itertools.count(1):
            after = restored.is_set()
            with suppress(DatabaseUnavailable):  # the moment of the exchange
                async with service.transaction() as session:
                    await session.fetch("INSERT INTO settings (key, value) VALUES (%s, '')", (f"number {number}",))
                acknowledged.append(f"number {number}")
                if after:
                    return

    async def keys_in(config: PostgresConfig) -> set[str]:
        database = Database(config)
        try:
            return {key for (key,) in await database.fetch("SELECT key FROM settings")}
        finally:
            await database.close()

    saving = asyncio.create_task(keep_saving())
    try:
        while len(acknowledged) < 5:
            assert not saving.done(), saving.exception()
            await asyncio.sleep(0.01)
        replaced = await backup.restore(database_config, verified.file)
        restored.set()
        await asyncio.wait_for(saving, 60)
    finally:
        saving.cancel()
        await service.close()
    old, new = await keys_in(replace(database_config, database=replaced)), await keys_in(database_config)
    assert set(acknowledged) <= old | new
    assert set(acknowledged[:5]) <= old
    assert acknowledged[-1] in new


@pytest.mark.parametrize("kept", [0.02, 0.5, 0.9, 0.999])
async def test_a_truncated_dump_is_refused_and_nothing_changes(
    database_config: PostgresConfig, backups: Path, kept: float
) -> None:
    verified = await backup.back_up(database_config, backups)
    await save(database_config, SAVED)
    whole = verified.file.read_bytes()
    verified.file.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(BackupError, match="nothing was changed"):
        await backup.restore(database_config, verified.file)
    assert await settings_of(database_config) == SAVED
    assert await names_of_databases(database_config) == {database_config.database}


async def test_a_file_that_is_no_dump_is_refused(database_config: PostgresConfig, tmp_path: Path) -> None:
    file = tmp_path / "holiday.jpg"
    file.write_bytes(b"\xff\xd8\xff")
    with pytest.raises(BackupError, match="is not a backup made by rcmail"):
        await backup.restore(database_config, file)
    with pytest.raises(BackupError, match="cannot be read: No such file"):
        await backup.restore(database_config, tmp_path / "missing.dump")


async def test_a_dump_of_another_program_is_refused(
    empty_database: PostgresConfig, database_config: PostgresConfig, tmp_path: Path
) -> None:
    file = tmp_path / "other.dump"
    foreign = Database(empty_database)
    await foreign.fetch("CREATE TABLE recipes (name text)")
    await foreign.close()
    await programs.run(embedded.programs() / "pg_dump", empty_database, "--format=custom", f"--file={file}")
    with pytest.raises(BackupError, match="holds no database of rcmail"):
        await backup.restore(database_config, file)
    assert await names_of_databases(database_config) == {database_config.database}


async def test_a_dump_of_an_older_version_is_brought_up_to_date(
    database_config: PostgresConfig, backups: Path, more_migrations: Path
) -> None:
    await save(database_config, SAVED)
    (more_migrations / "9999.more.sql").write_text("ALTER TABLE settings ADD COLUMN note text;")
    verified = await backup.back_up(database_config, backups)  # and rehearses it
    database = Database(database_config)
    assert await migrations.applied(database) == OWN
    await database.close()
    await backup.restore(database_config, verified.file)
    database = Database(database_config)
    assert await migrations.applied(database) == [*OWN, "9999.more"]
    await database.close()
    assert await settings_of(database_config) == SAVED


async def test_a_dump_of_a_newer_version_is_refused_and_nothing_changes(
    database_config: PostgresConfig, backups: Path, more_migrations: Path
) -> None:
    newer = more_migrations / "9999.more.sql"
    newer.write_text("ALTER TABLE settings ADD COLUMN note text;")
    database = Database(database_config)
    await migrations.migrate(database, database_config)
    verified = await backup.back_up(database_config, backups)
    newer.with_suffix(".rollback.sql").write_text("ALTER TABLE settings DROP COLUMN note;")
    assert await migrations.roll_back(database, database_config, OWN[-1]) == ["9999.more"]
    await database.close()
    newer.unlink()
    newer.with_suffix(".rollback.sql").unlink()
    await save(database_config, SAVED)
    with pytest.raises(BackupError, match="was made by a newer version of rcmail"):
        await backup.restore(database_config, verified.file)
    assert await settings_of(database_config) == SAVED


async def test_a_migration_that_fails_shows_on_the_copy_and_the_dump_is_kept(
    database_config: PostgresConfig, backups: Path, more_migrations: Path
) -> None:
    (more_migrations / "9999.broken.sql").write_text("ALTER TABLE nowhere ADD COLUMN note text;")
    with pytest.raises(MigrationError, match="on a copy of the database"):
        await backup.back_up(database_config, backups)
    assert len(list(backups.glob("*.dump"))) == 1
    database = Database(database_config)
    assert await migrations.applied(database) == OWN
    await database.close()
    assert await names_of_databases(database_config) == {database_config.database}


async def test_only_the_newest_backups_are_kept(database_config: PostgresConfig, backups: Path) -> None:
    backups.mkdir()
    old = [backups / f"{database_config.database}-2026010{day}T013000Z.dump" for day in range(1, 6)]
    for file in old:
        file.write_bytes(b"PGDMP")
    other = backups / "other-20260101T013000Z.dump"
    other.write_bytes(b"PGDMP")
    verified = await backup.back_up(database_config, backups, keep=3)
    assert sorted(backups.glob("*.dump")) == sorted([other, *old[-2:], verified.file])


async def test_a_scratch_database_left_by_a_power_cut_goes_after_a_day(
    database_config: PostgresConfig, backups: Path, postgres: EmbeddedPostgres
) -> None:
    name = database_config.database
    long_ago, recent = (
        f"{name}_scratch_{moment.strftime('%Y%m%dt%H%M%Sz')}_0000"
        for moment in (datetime.now(UTC) - timedelta(days=2), datetime.now(UTC))
    )
    for each in (long_ago, recent):
        execute_as_superuser(postgres, sql.SQL("CREATE DATABASE {} OWNER rcmail").format(sql.Identifier(each)))
    backups.mkdir()
    left_behind = backups / ".rcmail-20260101T013000Z-0000.partial"
    left_behind.touch()
    os.utime(left_behind, (0, 0))
    await backup.back_up(database_config, backups)
    assert await names_of_databases(database_config) == {name, recent}
    assert not left_behind.exists()
    execute_as_superuser(postgres, sql.SQL("DROP DATABASE {}").format(sql.Identifier(recent)))


async def test_a_session_that_is_not_ours_stops_a_restore_and_nothing_changes(
    database_config: PostgresConfig, backups: Path, postgres: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "_SWAP_ATTEMPTS", 1)  # each waits five seconds for the other to leave
    verified = await backup.back_up(database_config, backups)
    await save(database_config, SAVED)
    stranger = Database(replace(database_config, user="postgres"))
    await stranger.probe()
    try:
        with pytest.raises(BackupError, match=r"another program is connected.*Nothing was changed"):
            await backup.restore(database_config, verified.file)
    finally:
        await stranger.close()
    assert await settings_of(database_config) == SAVED


async def test_a_role_that_may_not_create_databases_is_told_how_to_get_there(
    database_config: PostgresConfig, backups: Path, postgres: EmbeddedPostgres
) -> None:
    execute_as_superuser(postgres, sql.SQL("CREATE ROLE poor LOGIN"))
    try:
        with pytest.raises(BackupError, match="ALTER ROLE poor CREATEDB"):
            await backup.back_up(replace(database_config, user="poor"), backups)
    finally:
        execute_as_superuser(postgres, sql.SQL("DROP ROLE poor"))


def test_a_spoilt_note_counts_as_no_backup(tmp_path: Path) -> None:
    assert backup.last_verified(tmp_path) is None
    endless = '{"file": "a", "verified_at": "2026-01-01T00:00:00Z", "bytes": Infinity}'
    for text in ("", "[]", "{}", "[" * 100_000, endless, endless.replace("2026-01-01T00:00:00Z", "yesterday")):
        (tmp_path / backup.VERIFIED_FILE).write_text(text)
        assert backup.last_verified(tmp_path) is None


def test_the_commands_back_up_restore_list_and_undo(
    service_env: dict[str, str], folder: Path, backups: Path
) -> None:
    done = run_rcmail("backup", "--folder", str(backups), "--keep", "2", env=service_env, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "is good" in done.stderr
    [file] = backups.glob("*.dump")
    done = run_rcmail("restore", str(file), env=service_env, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "is in place; what was there before is kept as the database" in done.stderr
    done = run_rcmail("migrate", "--list", env=service_env, cwd=folder)
    assert done.stdout == "\n".join([*OWN, ""])
    done = run_rcmail("migrate", "--back-to", "0000.nothing", env=service_env, cwd=folder)
    assert done.returncode == 1
    assert "does not have the migration 0000.nothing" in done.stdout


def test_a_backup_into_a_folder_that_cannot_be_made_says_so(
    service_env: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    done = run_rcmail("backup", "--folder", str(tmp_path / "file" / "b"), env=service_env, cwd=folder)
    assert done.returncode == 1
    assert "cannot be written: Not a directory" in done.stdout


def test_a_backup_without_postgresql_fails_with_a_sentence(folder: Path, tmp_path: Path) -> None:
    env = clean_environment(SECRET_KEY=SECRET_KEY, POSTGRES_HOST=str(tmp_path))
    done = run_rcmail("backup", "--folder", str(tmp_path / "b"), env=env, cwd=folder)
    assert done.returncode == 1
    assert json.loads(done.stdout)["reason"] == "connection refused: PostgreSQL is not running there"


async def test_a_backup_lets_nobody_in_again_who_was_signed_out_since(
    database_config: PostgresConfig, backups: Path
) -> None:
    database = Database(database_config)
    door = Door(database)
    await door.set("three friendly toasters")
    token = await door.sign_in("three friendly toasters", "192.0.2.1", "curl")
    verified = await backup.back_up(database_config, backups)
    await door.sessions.end_all()
    await database.close()
    await backup.restore(database_config, verified.file)
    database = Database(database_config)
    assert await Sessions(database).find(token) is None
    assert await Door(database).sign_in("three friendly toasters", "192.0.2.1", "curl")
    await database.close()
