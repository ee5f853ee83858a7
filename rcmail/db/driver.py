"""What psycopg2 needs to connect, and what its errors mean in plain words.

psycopg2 is libpq: https://www.postgresql.org/docs/current/libpq-connect.html
"""

import re
from typing import Any, Final

import psycopg2
from psycopg2 import errorcodes

from rcmail.config import PostgresConfig
from rcmail.errors import DatabaseRefused, DatabaseUnavailable

APPLICATION_NAME: Final = "rcmail"

# Seconds the server itself lets a statement, or a transaction left open, live: what we have given up
# waiting for must not go on there.
SERVER_LIMIT: Final = 15

# A refused connection carries no SQLSTATE in psycopg2, only the server's words. A server that speaks another
# language falls through to "unavailable": it is tried again, and its own words are logged.
_REFUSALS: Final = (
    (r"password authentication failed", "PostgreSQL refused the password; check POSTGRES_PASSWORD"),
    (r"no password supplied", "PostgreSQL asks for a password; set POSTGRES_PASSWORD"),
    (r"role \".*\" does not exist", "PostgreSQL has no such role; check POSTGRES_USER or create the role"),
    (r"database \".*\" does not exist", "PostgreSQL has no such database; check POSTGRES_DB or create it"),
    (
        r"(peer|ident) authentication failed",
        "PostgreSQL accepts this role only from the system user of the same name; check POSTGRES_USER",
    ),
    (r"no pg_hba.conf entry", "PostgreSQL does not admit this connection; check pg_hba.conf"),
    (r"permission denied for database", "the PostgreSQL role may not use this database; GRANT CONNECT to it"),
    (r"is not permitted to log in", "the PostgreSQL role may not log in; ALTER ROLE … LOGIN"),
)
_FULL: Final = r"too many (clients|connections)|remaining connection slots"
_UNAVAILABLE: Final = (
    (r"starting up", "PostgreSQL is starting up"),
    (r"shutting down", "PostgreSQL is shutting down"),
    (r"recovery", "PostgreSQL is recovering"),
    (_FULL, "PostgreSQL has no free connection"),
    (r"No such file or directory|Connection refused", "connection refused: PostgreSQL is not running there"),
    (r"Permission denied", "the socket of PostgreSQL may not be opened by this user"),
    (r"timeout|timed out", "PostgreSQL did not answer in time"),
    (r"could not translate host name|Name or service", "the name in POSTGRES_HOST is not known"),
    (r"No route to host|unreachable", "no network to PostgreSQL"),
)
_BY_SQLSTATE: Final = {
    errorcodes.DISK_FULL: "the disk of the database is full",
    errorcodes.TOO_MANY_CONNECTIONS: "PostgreSQL has no free connection",
    errorcodes.READ_ONLY_SQL_TRANSACTION: "the database is read-only",
    errorcodes.QUERY_CANCELED: "PostgreSQL gave up on a statement that took too long",
    errorcodes.OBJECT_IN_USE: "another program is connected to the database",
    errorcodes.INSUFFICIENT_PRIVILEGE: "the PostgreSQL role may not use rcmail's tables; make it their owner",
    errorcodes.LOCK_NOT_AVAILABLE: "another program holds a lock in the database",
    errorcodes.ADMIN_SHUTDOWN: "PostgreSQL is shutting down",
    errorcodes.CRASH_SHUTDOWN: "PostgreSQL is restarting after a crash",
    errorcodes.CANNOT_CONNECT_NOW: "PostgreSQL is starting up",
}
# The session is gone with these: the statement was not carried out and may be sent again.
_SESSION_ENDED: Final = {
    errorcodes.ADMIN_SHUTDOWN,
    errorcodes.CRASH_SHUTDOWN,
    errorcodes.CANNOT_CONNECT_NOW,
    errorcodes.IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
    errorcodes.IDLE_SESSION_TIMEOUT,
}


def connect_keywords(config: PostgresConfig) -> dict[str, Any]:
    """libpq's connection keywords. Never a DSN: a password may hold any character."""
    return {
        "host": config.host,
        "port": config.port,
        "user": config.user,
        "dbname": config.database,
        "password": config.password.reveal() or None,
        "application_name": APPLICATION_NAME,
        "client_encoding": "UTF8",  # whatever PGCLIENTENCODING or the server's default says
        "options": f"-c statement_timeout={SERVER_LIMIT}s"
        f" -c idle_in_transaction_session_timeout={SERVER_LIMIT}s -c timezone=UTC",
    }


def is_session_lost(error: psycopg2.Error) -> bool:
    """Whether the connection itself ended, so that a fresh one may do better."""
    if error.pgcode is None:
        return isinstance(error, psycopg2.OperationalError | psycopg2.InterfaceError)
    return error.pgcode in _SESSION_ENDED


def is_server_full(error: psycopg2.Error) -> bool:
    """Whether a connection was refused because there are as many already as there may be."""
    return error.pgcode is None and re.search(_FULL, str(error), re.IGNORECASE) is not None


def translate(error: psycopg2.Error) -> DatabaseUnavailable | None:
    """``error`` as one of ours with a public sentence; None where it is a mistake in our own SQL."""
    if error.pgcode is not None:
        sentence = _BY_SQLSTATE.get(error.pgcode)
        if sentence is None and isinstance(error, psycopg2.OperationalError):
            sentence = "PostgreSQL reports trouble; see its log"
        if error.pgcode == errorcodes.INSUFFICIENT_PRIVILEGE:
            return DatabaseRefused(sentence)
        return DatabaseUnavailable(sentence) if sentence else None
    if not isinstance(error, psycopg2.OperationalError | psycopg2.InterfaceError):
        return None
    words = str(error)
    for pattern, sentence in _REFUSALS:
        if re.search(pattern, words, re.IGNORECASE):
            return DatabaseRefused(sentence)
    for pattern, sentence in _UNAVAILABLE:
        if re.search(pattern, words, re.IGNORECASE):
            return DatabaseUnavailable(sentence)
    return DatabaseUnavailable("the connection to PostgreSQL broke")
