"""Backups that have proved they can be restored, and the way back from one.

PostgreSQL's own programs do the work. A dump counts once it was restored into a scratch database; a restore
fills a scratch database too and then changes names with the live one, so that it happens whole or not at all.
"""

import json
import logging
import os
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from rcmail.config import PostgresConfig
from rcmail.db import programs
from rcmail.db.databases import FORGOTTEN, TIME_FORMAT, maintenance, scratch, swap
from rcmail.db.migrations import applied, available, migrate
from rcmail.db.pool import Database
from rcmail.db.schema import NOT_IN_BACKUPS
from rcmail.errors import BackupError, MigrationError, SchemaTooNew
from rcmail.files import flush, write_whole

logger = logging.getLogger("rcmail.db")

KEEP: Final = 14
VERIFIED_FILE: Final = "last-verified.json"
_MAGIC: Final = b"PGDMP"  # how every dump in the custom format begins

Then = Callable[[Database, Database], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Verified:
    """A dump that was restored successfully."""

    file: Path
    at: datetime
    size: int
    """Bytes."""


def default_folder() -> Path:
    """Where systemd says the service's state belongs, else where the unit's StateDirectory= puts it."""
    return Path(os.environ.get("STATE_DIRECTORY") or "/var/lib/rcmail") / "backups"


def last_verified(folder: Path) -> Verified | None:
    """The newest dump that proved itself, None where there is none or its note is spoilt."""
    try:
        note = json.loads((folder / VERIFIED_FILE).read_text("utf-8"))
        return Verified(folder / note["file"], datetime.fromisoformat(note["verified_at"]), int(note["bytes"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


async def back_up(config: PostgresConfig, folder: Path, keep: int = KEEP) -> Verified:
    """Dump the database into ``folder``, prove that the dump can be restored, remove all but the newest ``keep``.

    Where this version brings migrations that the database does not have yet, they are rehearsed on the copy.
    Raises BackupError, MigrationError (the dump is kept then), DatabaseUnavailable.
    """
    began = datetime.now(UTC)
    async with maintenance(config) as server:
        commands = await programs.folder_of(server)
        partial = folder / f".{config.database}-{began.strftime(TIME_FORMAT)}-{secrets.token_hex(4)}.partial"
        try:
            _prepare(folder)
            leave = [f"--exclude-table-data={table}" for table in NOT_IN_BACKUPS]
            await programs.run(commands / "pg_dump", config, "--format=custom", f"--file={partial}", *leave)
            async with scratch(server, config) as copy:
                await _fill(commands, copy, partial)
                flush(partial)
                file = partial.rename(folder / f"{config.database}-{began.strftime(TIME_FORMAT)}.dump")
                verified = _note(folder, file)
                logger.info("backup_verified", extra={"file": str(file), "bytes": verified.size})
                _prune(folder, config.database, keep)
                await _rehearse(copy)
        except OSError as error:
            raise BackupError(f"{folder} cannot be written: {error.strerror}; nothing was backed up") from error
        finally:
            partial.unlink(missing_ok=True)
    return verified


async def restore(config: PostgresConfig, file: Path, then: Then | None = None) -> str:
    """Put the contents of ``file`` in place of the database's; the name under which the replaced one is kept.

    A dump of an older version is brought up to date on the way, and ``then`` is done to the copy before it takes
    the place of the database, which comes first. On any error the database is as it was.
    Raises BackupError, DatabaseUnavailable.
    """
    try:
        with file.open("rb") as opened:
            start = opened.read(len(_MAGIC))
    except OSError as error:
        raise BackupError(f"{file} cannot be read: {error.strerror}; nothing was changed") from error
    if start != _MAGIC:
        raise BackupError(f"{file} is not a backup made by rcmail; nothing was changed")
    async with maintenance(config) as server:
        commands = await programs.folder_of(server)
        async with scratch(server, config) as copy:
            await _fill(commands, copy, file)
            database = Database(copy)
            try:
                await migrate(database, copy)
                if then:
                    await _done(then, config, database)
            except SchemaTooNew as error:
                raise BackupError(
                    f"{file} was made by a newer version of rcmail; install that one first. Nothing was changed"
                ) from error
            except MigrationError as error:
                raise BackupError(f"{file} cannot be brought up to date: {error}. Nothing was changed") from error
            finally:
                await database.close()
            replaced = await swap(server, config.database, copy.database)
    logger.warning("backup_restored", extra={"file": str(file), "replaced_database": replaced})
    return replaced


async def _done(then: Then, config: PostgresConfig, copy: Database) -> None:
    live = Database(config)
    try:
        await then(live, copy)
    finally:
        await live.close()


async def _fill(commands: Path, copy: PostgresConfig, file: Path) -> None:
    """Restore ``file`` into the empty database of ``copy`` and see that it is one of ours."""
    await programs.run(
        commands / "pg_restore", copy, "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges",
        f"--dbname={copy.database}", str(file),
    )  # fmt: skip
    database = Database(copy)
    try:
        if not await applied(database):
            raise BackupError(f"{file} holds no database of rcmail; nothing was changed")
    finally:
        await database.close()


async def _rehearse(copy: PostgresConfig) -> None:
    database = Database(copy)
    try:
        found, wanted = set(await applied(database)), set(available())
        if found < wanted:
            logger.info("migrations_rehearsed_on_a_copy", extra={"migrations": sorted(wanted - found)})
            await migrate(database, copy)
    except MigrationError as error:
        raise MigrationError(f"on a copy of the database, {error} The database itself was not touched") from error
    finally:
        await database.close()


def _prepare(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left_behind in folder.glob(".*.partial"):
        if datetime.now(UTC) - datetime.fromtimestamp(left_behind.stat().st_mtime, UTC) > FORGOTTEN:
            left_behind.unlink(missing_ok=True)


def _note(folder: Path, file: Path) -> Verified:
    verified = Verified(file, datetime.now(UTC), file.stat().st_size)
    note: dict[str, Any] = {
        "file": file.name,
        "verified_at": verified.at.isoformat(timespec="seconds"),
        "bytes": verified.size,
    }
    write_whole(folder / VERIFIED_FILE, json.dumps(note) + "\n")
    return verified


def _prune(folder: Path, database: str, keep: int) -> None:
    for old in sorted(folder.glob(f"{database}-*Z.dump"))[:-keep]:
        old.unlink()
        logger.info("backup_removed", extra={"file": str(old)})
