"""What psycopg2 needs to connect, and what its errors mean in plain words.

psycopg2 is libpq: https://www.postgresql.org/docs/current/libpq-connect.html
"""

import asyncio
import logging
import re
from typing import Any, Final

import psycopg2
from psycopg2 import errorcodes

from rcmail.config import PostgresConfig
from rcmail.errors import DatabaseDamaged, DatabaseRefused, DatabaseUnavailable

logger = logging.getLogger("rcmail.db")

APPLICATION_NAME: Final = "rcmail"

# Seconds the server itself lets a statement, or a transaction left open, live: what we have given up
# waiting for must not go on there.
SERVER_LIMIT: Final = 15

# A refused connection carries no SQLSTATE in psycopg2, only the server's words, in the server's language: only a
# superuser may ask for another one (runtime-config-client, lc_messages), and only after the refusals.
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
# These sentences say little: the server's own words go into the log.
_NOT_UNDERSTOOD: Final = "PostgreSQL refuses the connection in words that rcmail does not know; the log has them"
_BROKE: Final = "the connection to PostgreSQL broke"
_TROUBLE: Final = "PostgreSQL reports trouble; see its log"
_DAMAGED: Final = (
    "a table of rcmail is missing, or not as rcmail made it;"
    " restart rcmail, and where that does not help restore a backup (rcmail restore)"
)
_GENERAL: Final = (_NOT_UNDERSTOOD, _BROKE, _TROUBLE, _DAMAGED)
# How libpq passes the server's words on: the severity, in its language too, and two spaces. Its own are English.
_SERVER_SAYS: Final = re.compile(r"(?:^|failed: )\w+:  ", re.MULTILINE)
# The class of those whose first sentence quotes a value.
_DATA_EXCEPTION: Final = "22"
_BY_SQLSTATE: Final = {
    errorcodes.DISK_FULL: "the disk of the database is full",
    errorcodes.TOO_MANY_CONNECTIONS: "PostgreSQL has no free connection",
    errorcodes.READ_ONLY_SQL_TRANSACTION: "the database is read-only",
    errorcodes.QUERY_CANCELED: "PostgreSQL gave up on a statement that took too long",
    errorcodes.OBJECT_IN_USE: "another program is connected to the database",
    errorcodes.DATA_CORRUPTED: "the files of the database are damaged; restore a backup (rcmail restore)",
    errorcodes.INDEX_CORRUPTED: "the files of the database are damaged; restore a backup (rcmail restore)",
    errorcodes.INSUFFICIENT_PRIVILEGE: "the PostgreSQL role may not use rcmail's tables; make it their owner",
    errorcodes.LOCK_NOT_AVAILABLE: "another program holds a lock in the database",
    errorcodes.ADMIN_SHUTDOWN: "PostgreSQL is shutting down",
    errorcodes.CRASH_SHUTDOWN: "PostgreSQL is restarting after a crash",
    errorcodes.CANNOT_CONNECT_NOW: "PostgreSQL is starting up",
}
# What our own statements come to where somebody has changed the tables by hand.
_NOT_AS_MADE: Final = {
    errorcodes.UNDEFINED_TABLE,
    errorcodes.UNDEFINED_COLUMN,
    errorcodes.WRONG_OBJECT_TYPE,
    errorcodes.DATATYPE_MISMATCH,
    errorcodes.INVALID_COLUMN_REFERENCE,  # no index that ON CONFLICT could go by
}
# The session is gone with these: the statement was not carried out and may be sent again.
_SESSION_ENDED: Final = {
    errorcodes.ADMIN_SHUTDOWN,
    errorcodes.CRASH_SHUTDOWN,
    errorcodes.CANNOT_CONNECT_NOW,
    errorcodes.IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
    errorcodes.IDLE_SESSION_TIMEOUT,
}


class _Connection(psycopg2.extensions.connection):
    """A server refuses before an encoding is agreed on: its words may be in any."""

    def poll(self) -> int:
        try:
            return super().poll()
        except UnicodeDecodeError as error:  # of which aiopg knows nothing: it would poll again, for ever
            raise psycopg2.OperationalError(error.object.decode("latin-1")) from None


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
        "connection_factory": _Connection,
        # What is set for the role or the database is overridden: every table is in the schema public.
        "options": f"-c search_path=public -c statement_timeout={SERVER_LIMIT}s"
        f" -c idle_in_transaction_session_timeout={SERVER_LIMIT}s -c timezone=UTC",
    }


def is_session_lost(error: psycopg2.Error) -> bool:
    """Whether the connection itself ended, so that a fresh one may do better."""
    if error.pgcode is None:
        return isinstance(error, psycopg2.OperationalError | psycopg2.InterfaceError)
    return error.pgcode in _SESSION_ENDED


def is_server_full(error: psycopg2.Error) -> bool:
    """Whether a connection was refused because there are as many as there may be, or in words unknown to us."""
    words = str(error)
    is_full = re.search(_FULL, words, re.IGNORECASE) is not None
    return error.pgcode is None and (is_full or str(_of_words(words)) == _NOT_UNDERSTOOD)


def vagueness(error: psycopg2.Error) -> int:
    """How little a failed connection tells: a refusal tells most, then what the server says, then libpq."""
    if isinstance(translate(error), DatabaseRefused):
        return 0
    return 1 if _SERVER_SAYS.search(str(error)) else 2


def damage(error: psycopg2.Error) -> DatabaseDamaged | None:
    """``error`` as one of ours where the tables are not as our statements expect them."""
    return DatabaseDamaged(_DAMAGED) if error.pgcode in _NOT_AS_MADE else None


def translate(error: psycopg2.Error) -> DatabaseUnavailable | None:
    """``error`` as one of ours with a public sentence; None where it is a mistake in our own SQL."""
    if error.pgcode is not None:
        sentence = _BY_SQLSTATE.get(error.pgcode)
        if sentence is None and isinstance(error, psycopg2.OperationalError | psycopg2.InternalError):
            sentence = _TROUBLE
        kind = DatabaseRefused if error.pgcode == errorcodes.INSUFFICIENT_PRIVILEGE else DatabaseUnavailable
        return kind(sentence) if sentence else None
    if not isinstance(error, psycopg2.OperationalError | psycopg2.InterfaceError):
        return None
    return _of_words(str(error))


def without_values(error: psycopg2.Error) -> str:
    """What the server said, without what it quotes of rows and statements: a visitor's mail may be in these.

    https://www.postgresql.org/docs/current/protocol-error-fields.html
    """
    if error.pgcode is None:
        return str(error).strip()
    if error.pgcode.startswith(_DATA_EXCEPTION):
        return f"SQLSTATE {error.pgcode}"
    return f"{error.diag.message_primary} (SQLSTATE {error.pgcode})"


def says_little(error: DatabaseUnavailable) -> bool:
    """Whether the server's own words tell more than ``error``."""
    return str(error) in _GENERAL


def _of_words(words: str) -> DatabaseUnavailable:
    for pattern, sentence in _REFUSALS:
        if re.search(pattern, words, re.IGNORECASE):
            return DatabaseRefused(sentence)
    for pattern, sentence in _UNAVAILABLE:
        if re.search(pattern, words, re.IGNORECASE):
            return DatabaseUnavailable(sentence)
    return DatabaseUnavailable(_NOT_UNDERSTOOD if _SERVER_SAYS.search(words) else _BROKE)


def limits(timeout: float) -> str:
    """What has the server bear with a transaction for longer than it does by default."""
    if timeout <= SERVER_LIMIT:
        return ""
    names = ("statement_timeout", "idle_in_transaction_session_timeout")
    return "".join(f"SET LOCAL {name} = '{int(timeout)}s'; " for name in names)


class translated:  # noqa: N801 - reads as the statement it is
    """Turns what the driver and the clock raise into DatabaseUnavailable."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, TimeoutError):
            raise DatabaseUnavailable("PostgreSQL did not answer in time") from error
        if isinstance(error, psycopg2.Error):
            told = type(error)(without_values(error))
            if (ours := damage(error) or translate(error)) is None:
                raise told from None
            if says_little(ours):
                logger.warning("db_trouble", extra={"reason": str(ours), "words": str(told)})
            raise ours from told
        if isinstance(error, asyncio.CancelledError):
            # aiopg tells of a statement cancelled by the *server* as if our task had been cancelled.
            task = asyncio.current_task()
            if task is not None and not task.cancelling():
                raise DatabaseUnavailable("PostgreSQL gave up on a statement") from error
