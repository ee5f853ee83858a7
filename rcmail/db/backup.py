"""Backups that have proved they can be restored, and the way back from one.

PostgreSQL's own programs do the work: https://www.postgresql.org/docs/current/app-pgdump.html and
app-pgrestore.html. A dump counts once it was restored into a scratch database; a restore fills a scratch
database too and then changes names with the live one, so that it happens whole or not at all.
"""

import asyncio
import json
import logging
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from rcmail.config import PostgresConfig
from rcmail.db import embedded
from rcmail.db.migrations import applied, available, migrate
from rcmail.db.pool import Database
from rcmail.errors import BackupError, DatabaseUnavailable, EmbeddedDatabaseError, MigrationError, SchemaTooNew

logger = logging.getLogger("rcmail.db")

KEEP: Final = 14
VERIFIED_FILE: Final = "last-verified.json"
_MAGIC: Final = b"PGDMP"  # how every dump in the custom format begins
_TIME: Final = "%Y%m%dT%H%M%SZ"  # UTC; names in this form sort by age
_MAINTENANCE_DATABASE: Final = "postgres"
# A scratch database this old belongs to a process that a power cut ended.
_FORGOTTEN: Final = timedelta(days=1)
# Seconds for creating, dropping or renaming a database on a slow card; the server's own limit is shorter.
_ADMIN_TIMEOUT: Final = 120.0
_SWAP_ATTEMPTS: Final = 10


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
    async with _server(config) as server:
        programs = await _programs(server)
        partial = folder / f".{config.database}-{began.strftime(_TIME)}-{secrets.token_hex(4)}.partial"
        try:
            _prepare(folder)
            await _run(programs / "pg_dump", config, "--format=custom", f"--file={partial}")
            async with _scratch(server, config) as copy:
                await _fill(programs, copy, partial)
                _flush(partial)
                file = partial.rename(folder / f"{config.database}-{began.strftime(_TIME)}.dump")
                verified = _note(folder, file)
                logger.info("backup_verified", extra={"file": str(file), "bytes": verified.size})
                _prune(folder, config.database, keep)
                await _rehearse(copy)
        except OSError as error:
            raise BackupError(f"{folder} cannot be written: {error.strerror}; nothing was backed up") from error
        finally:
            partial.unlink(missing_ok=True)
    return verified


async def restore(config: PostgresConfig, file: Path) -> str:
    """Put the contents of ``file`` in place of the database's; the name under which the replaced one is kept.

    A dump of an older version is brought up to date on the way. On any error the database is as it was.
    Raises BackupError, DatabaseUnavailable.
    """
    try:
        with file.open("rb") as opened:
            start = opened.read(len(_MAGIC))
    except OSError as error:
        raise BackupError(f"{file} cannot be read: {error.strerror}; nothing was changed") from error
    if start != _MAGIC:
        raise BackupError(f"{file} is not a backup made by rcmail; nothing was changed")
    async with _server(config) as server:
        programs = await _programs(server)
        async with _scratch(server, config) as copy:
            await _fill(programs, copy, file)
            database = Database(copy)
            try:
                await migrate(database, copy)
            except SchemaTooNew as error:
                raise BackupError(
                    f"{file} was made by a newer version of rcmail; install that one first. Nothing was changed"
                ) from error
            except MigrationError as error:
                raise BackupError(f"{file} cannot be brought up to date: {error}. Nothing was changed") from error
            finally:
                await database.close()
            replaced = await _swap(server, config.database, copy.database)
    logger.warning("backup_restored", extra={"file": str(file), "replaced_database": replaced})
    return replaced


async def _fill(programs: Path, copy: PostgresConfig, file: Path) -> None:
    """Restore ``file`` into the empty database of ``copy`` and see that it is one of ours."""
    await _run(
        programs / "pg_restore", copy, "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges",
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


async def _swap(server: Database, live: str, fresh: str) -> str:
    """Give the database ``fresh`` the name ``live``, in one transaction with taking it from the old one."""
    replaced = f"{live}_before_restore"
    await _administer(server, f"DROP DATABASE IF EXISTS {_quoted(replaced)} WITH (FORCE)")
    exists = await server.fetch("SELECT 1 FROM pg_database WHERE datname = %s", (live,))
    for attempt in range(_SWAP_ATTEMPTS):
        # A running service connects anew at once; the rename itself then keeps it out until it is done.
        await server.fetch(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname IN (%s, %s) AND usename = current_user",
            (live, fresh),
        )
        try:
            async with server.transaction(timeout=_ADMIN_TIMEOUT) as session:
                for old, new in [(live, replaced)] * bool(exists) + [(fresh, live)]:
                    await session.fetch(
                        f"ALTER DATABASE {_quoted(old)} RENAME TO {_quoted(new)}", timeout=_ADMIN_TIMEOUT
                    )
        except DatabaseUnavailable as error:
            if attempt == _SWAP_ATTEMPTS - 1:
                raise BackupError(
                    f"{error}; close it (an open psql, for example) and try again. Nothing was changed"
                ) from error
        else:
            break
    return replaced if exists else ""


@asynccontextmanager
async def _server(config: PostgresConfig) -> AsyncIterator[Database]:
    """A connection beside the database: one cannot rename the room one stands in."""
    server = Database(replace(config, database=_MAINTENANCE_DATABASE), size=1)
    try:
        [(allowed,)] = await server.fetch(
            "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        )
        if not allowed:
            raise BackupError(
                f"the role {config.user} may not create databases, which a verified backup needs;"
                f" as PostgreSQL's superuser: ALTER ROLE {config.user} CREATEDB"
            )
        yield server
    finally:
        await server.close()


@asynccontextmanager
async def _scratch(server: Database, config: PostgresConfig) -> AsyncIterator[PostgresConfig]:
    """An empty database of its own, gone after the block unless it was renamed."""
    prefix = f"{config.database[:20]}_scratch_"
    now = datetime.now(UTC)
    rows = await server.fetch("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (prefix,))
    for (forgotten,) in rows:
        if forgotten.removeprefix(prefix)[:16].upper() < (now - _FORGOTTEN).strftime(_TIME):
            await _administer(server, f"DROP DATABASE IF EXISTS {_quoted(forgotten)} WITH (FORCE)")
    name = f"{prefix}{now.strftime(_TIME).lower()}_{secrets.token_hex(4)}"
    # Not the cluster's defaults: where the system had no locale, Debian's are SQL_ASCII.
    [(encoding, collate, ctype)] = await server.fetch(
        "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database"
        " WHERE datname IN (%s, 'template1') ORDER BY datname = 'template1' LIMIT 1",
        (config.database,),
    )
    await _administer(
        server,
        f"CREATE DATABASE {_quoted(name)} TEMPLATE template0 ENCODING '{encoding}'"
        f" LC_COLLATE '{collate}' LC_CTYPE '{ctype}'",
    )
    try:
        yield replace(config, database=name)
    finally:
        await _administer(server, f"DROP DATABASE IF EXISTS {_quoted(name)} WITH (FORCE)")


async def _administer(server: Database, statement: str) -> None:
    """A statement that no transaction may hold, and that a slow card may keep busy for long."""
    await server.fetch("SET statement_timeout = 0")  # the pool has one connection: this one
    await server.fetch(statement, timeout=_ADMIN_TIMEOUT)


async def _programs(server: Database) -> Path:
    """The folder with pg_dump and pg_restore: Debian's of the server's own version, else the wheel's."""
    [(number,)] = await server.fetch("SHOW server_version_num")
    major = int(number) // 10_000
    debian = Path(f"/usr/lib/postgresql/{major}/bin")  # /usr/bin/pg_dump is a wrapper in Perl that guesses
    if (debian / "pg_dump").exists():
        return debian
    try:
        return embedded.programs()
    except EmbeddedDatabaseError:
        raise BackupError(f"pg_dump is not installed; on Debian: apt install postgresql-client-{major}") from None


async def _run(program: Path, config: PostgresConfig, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; where it leads to goes by the environment, which ``ps`` does not show."""
    environment = {
        "PATH": os.defpath,
        "LC_ALL": "C",
        "PGHOST": config.host,
        "PGPORT": str(config.port),
        "PGUSER": config.user,
        "PGDATABASE": config.database,
        "PGCONNECT_TIMEOUT": "10",
    }
    if config.password:
        environment["PGPASSWORD"] = config.password.reveal()
    process = await asyncio.create_subprocess_exec(
        str(program), "--no-password", *arguments, env=environment, cwd="/",
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        _, words = await process.communicate()
    except BaseException:
        process.kill()
        await process.wait()
        raise
    if process.returncode:
        last = words.decode("utf-8", "replace").strip().splitlines()[-1:] or ["nothing"]
        raise BackupError(f"{program.name} failed, nothing was changed; it says: {last[0]}")


def _prepare(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left_behind in folder.glob(".*.partial"):
        if datetime.now(UTC) - datetime.fromtimestamp(left_behind.stat().st_mtime, UTC) > _FORGOTTEN:
            left_behind.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    """Onto the disk: a rename must not outrun what it names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _note(folder: Path, file: Path) -> Verified:
    verified = Verified(file, datetime.now(UTC), file.stat().st_size)
    note: dict[str, Any] = {
        "file": file.name,
        "verified_at": verified.at.isoformat(timespec="seconds"),
        "bytes": verified.size,
    }
    fresh = folder / f"{VERIFIED_FILE}.new"
    fresh.write_text(json.dumps(note) + "\n", "utf-8")
    _flush(fresh)
    fresh.rename(folder / VERIFIED_FILE)
    _flush(folder)
    return verified


def _prune(folder: Path, database: str, keep: int) -> None:
    for old in sorted(folder.glob(f"{database}-*Z.dump"))[:-keep]:
        old.unlink()
        logger.info("backup_removed", extra={"file": str(old)})


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
