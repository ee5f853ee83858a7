"""Whole databases: made, filled on trial, renamed and dropped, from a connection beside them."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from rcmail.config import PostgresConfig
from rcmail.db.pool import Database
from rcmail.errors import BackupError, DatabaseUnavailable

TIME_FORMAT: Final = "%Y%m%dT%H%M%SZ"  # UTC; names in this form sort by age
# What is this old and only meant for the moment belongs to a process that a power cut ended.
FORGOTTEN: Final = timedelta(days=1)
_MAINTENANCE_DATABASE: Final = "postgres"
# Seconds for creating, dropping or renaming a database on a slow card; the server's own limit is shorter.
_ADMIN_TIMEOUT: Final = 120.0
_SWAP_ATTEMPTS: Final = 10


@asynccontextmanager
async def maintenance(config: PostgresConfig) -> AsyncIterator[Database]:
    """A connection beside the database: one cannot rename the room one stands in.

    Raises BackupError where the role may not create databases, DatabaseUnavailable.
    """
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
async def scratch(server: Database, config: PostgresConfig) -> AsyncIterator[PostgresConfig]:
    """An empty database of its own, gone after the block unless it was renamed."""
    prefix = f"{config.database[:20]}_scratch_"
    now = datetime.now(UTC)
    rows = await server.fetch("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (prefix,))
    for (forgotten,) in rows:
        if forgotten.removeprefix(prefix)[:16].upper() < (now - FORGOTTEN).strftime(TIME_FORMAT):
            await _administer(server, f"DROP DATABASE IF EXISTS {_quoted(forgotten)} WITH (FORCE)")
    name = f"{prefix}{now.strftime(TIME_FORMAT).lower()}_{secrets.token_hex(4)}"
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


async def swap(server: Database, live: str, fresh: str) -> str:
    """Give the database ``fresh`` the name ``live``, in one transaction with taking it from the old one.

    The name under which the old one is kept, empty where there was none. Raises BackupError, DatabaseUnavailable.
    """
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


async def _administer(server: Database, statement: str) -> None:
    """A statement that no transaction may hold, and that a slow card may keep busy for long."""
    await server.fetch("SET statement_timeout = 0")  # the pool has one connection: this one
    await server.fetch(statement, timeout=_ADMIN_TIMEOUT)


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
