"""Bringing the schema up to date with yoyo, so that a power cut at any moment needs nobody.

All pending migrations and yoyo's own book-keeping are one transaction: either all of it happened or none.
An advisory lock, which the server frees when a session dies, lets one process at a time at it.
"""

import logging
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NoReturn

import psycopg2
from psycopg2.errors import DuplicateTable

from rcmail import paths
from rcmail.config import PostgresConfig
from rcmail.db.driver import connect_keywords, translate
from rcmail.db.pool import Database
from rcmail.errors import MigrationError, SchemaTooNew
from rcmail.process.threads import in_daemon_thread

logger = logging.getLogger("rcmail.db")

TABLE: Final = "_yoyo_migration"
# Any number will do as long as it is always this one: "rcmail" in ASCII.
_LOCK: Final = 0x72636D61696C
# How long to wait for another process that migrates.
_LOCK_TIMEOUT: Final = "120s"


def available(folder: Path = paths.MIGRATIONS) -> list[str]:
    """The ids of the migrations this version brings, in their order."""
    files = (path.name.removesuffix(".sql") for path in folder.glob("*.sql"))
    return sorted(name for name in files if not name.endswith(".rollback"))


async def applied(database: Database) -> list[str]:
    """The ids of the migrations the database has, in their order."""
    [(table,)] = await database.fetch("SELECT to_regclass(%s)::text", (TABLE,))
    if table is None:
        return []
    rows = await database.fetch("SELECT migration_id FROM _yoyo_migration ORDER BY migration_id")
    return [name for (name,) in rows]


async def migrate(database: Database, config: PostgresConfig, folder: Path = paths.MIGRATIONS) -> list[str]:
    """Apply what is pending and return its ids; nothing is loaded and nothing locked where nothing is.

    Raises SchemaTooNew, MigrationError, DatabaseUnavailable.
    """
    wanted, found = available(folder), await applied(database)
    if newer := [name for name in found if name not in wanted]:
        raise SchemaTooNew(newer_sentence(newer))
    if wanted == found:
        return []
    done = await in_daemon_thread(lambda: _apply(config, folder), "migrate")
    if done:
        logger.info("db_migrated", extra={"migrations": done})
    if missing := set(wanted) - set(await applied(database)):  # yoyo passes over a file it cannot load
        raise MigrationError(f"these migrations could not be applied: {', '.join(sorted(missing))}")
    return done


def newer_sentence(newer: list[str]) -> str:
    """What to do about a database with the migrations ``newer``, which this version does not bring."""
    return (
        f"the database schema is newer than this version of rcmail: it has {', '.join(newer)};"
        " install the newer rcmail again, or restore a backup made with this one"
    )


async def roll_back(
    database: Database, config: PostgresConfig, last: str, folder: Path = paths.MIGRATIONS
) -> list[str]:
    """Undo, newest first and all or nothing, every migration after ``last``; the ids of those undone.

    This is for the way back from a release that did not become healthy: only the newer release knows how.
    Raises MigrationError, DatabaseUnavailable.
    """
    found = await applied(database)
    if last not in found:
        raise MigrationError(
            f"the database does not have the migration {last}; it has {', '.join(found) or 'none'}"
        )
    undone = found[found.index(last) + 1 :][::-1]
    if no_way_back := [name for name in undone if not (folder / f"{name}.rollback.sql").exists()]:
        raise MigrationError(f"this version of rcmail cannot undo {', '.join(no_way_back)}")
    if undone:
        await in_daemon_thread(lambda: _undo(config, folder, set(undone)), "migrate")
        logger.warning("db_rolled_back", extra={"migrations": undone})
    if left := set(undone) & set(await applied(database)):  # as above
        raise MigrationError(f"these migrations could not be undone: {', '.join(sorted(left))}")
    return undone


def _apply(config: PostgresConfig, folder: Path) -> list[str]:
    with _locked_backend(config) as backend:
        pending = backend.to_apply(_read(folder))
        with backend.transaction():
            backend.apply_migrations(pending)
        return [migration.id for migration in pending]


def _undo(config: PostgresConfig, folder: Path, names: set[str]) -> None:
    with _locked_backend(config) as backend:
        migrations = _read(folder).filter(lambda migration: migration.id in names)
        with backend.transaction():
            backend.rollback_migrations(backend.to_rollback(migrations))


def _read(folder: Path) -> Any:
    from yoyo import read_migrations

    return read_migrations(str(folder))


@contextmanager
def _locked_backend(config: PostgresConfig) -> Iterator[Any]:
    """Everything here is synchronous: yoyo is, and it brings connections of its own."""
    # Loaded only here: most starts have nothing to migrate, and yoyo costs time and memory.
    from yoyo.connections import DatabaseURI

    try:
        with (
            _one_transaction_backend(config)(
                DatabaseURI("postgresql", None, None, None, None, config.database, {}), TABLE
            ) as backend,
            _advisory_lock(backend.connection),
        ):
            backend.init_database()
            # Left behind by a process that was killed; whoever was alive would hold the advisory lock.
            backend.break_lock()
            with backend.lock():
                backend.ensure_internal_schema_updated()
                yield backend
    except psycopg2.Error as error:
        if ours := translate(error):
            raise ours from error
        said = error.diag.message_primary or type(error).__name__
        advice = ""
        if isinstance(error, DuplicateTable):
            advice = ". The tables are newer than the list of migrations in the database says; restore a backup"
        raise MigrationError(
            f"a migration failed and was rolled back; the schema is as it was. PostgreSQL says: {said}{advice}"
        ) from error


def _one_transaction_backend(config: PostgresConfig) -> type[Any]:
    from yoyo.backends.core.postgresql import PostgresqlBackend

    class OneTransactionBackend(PostgresqlBackend):
        """yoyo's backend for PostgreSQL, made to do a migration and its book-keeping in one transaction.

        yoyo runs the steps on a second connection and marks the migration afterwards: killed in between,
        it would run the same steps again at the next start and fail.
        """

        def connect(self, dburi: object) -> Any:  # noqa: ARG002 - keywords, never a DSN
            connection = psycopg2.connect(connect_timeout=10, **connect_keywords(config))
            connection.autocommit = True  # yoyo sends its own BEGIN
            # A migration may take its time; only the wait for other processes is bounded.
            with connection.cursor() as cursor:
                cursor.execute(f"SET statement_timeout = 0; SET lock_timeout = '{_LOCK_TIMEOUT}'")
            return connection

        def init_database(self) -> None:
            self.create_lock_table()  # and no trial whether DDL can be rolled back: it can

        @contextmanager
        def copy(self) -> Iterator[Any]:
            yield self

        def disable_transactions(self) -> NoReturn:
            raise MigrationError("a migration must not leave the transaction (-- transactional: false)")

        def get_log_data(self, migration: Any = None, operation: str = "apply") -> dict[str, Any]:
            # yoyo asks for the machine's full name, which can wait half a minute for DNS at boot.
            return {
                "id": str(uuid.uuid4()),
                "migration_id": migration.id if migration else None,
                "migration_hash": migration.hash if migration else None,
                "username": config.user,
                "hostname": socket.gethostname(),
                "created_at_utc": datetime.now(UTC).replace(tzinfo=None),
                "operation": operation,
            }

    return OneTransactionBackend


@contextmanager
def _advisory_lock(connection: Any) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        try:
            yield
        finally:
            if not connection.closed:
                cursor.execute("SELECT pg_advisory_unlock(%s)", (_LOCK,))
