"""The database as the rest of rcmail sees it: ``fetch``, ``execute``, ``transaction`` and ``probe``.

The connections are aiopg's; the pool is ours (docs/adr/0003): aiopg's own opens connections under one lock,
so that a single hung connect holds up everyone, and it hands out connections whose server has gone.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any, Final, TypeVar
from weakref import WeakKeyDictionary

import aiopg
import psycopg2
from psycopg2.extras import NamedTupleCursor

from rcmail.config import PostgresConfig
from rcmail.db.driver import (
    connect_keywords,
    is_server_full,
    is_session_lost,
    limits,
    translated,
    vagueness,
)
from rcmail.db.patience import patiently
from rcmail.db.ways import ways
from rcmail.errors import DatabaseUnavailable, OutcomeUnknown


class Row(tuple[Any, ...]):
    """What NamedTupleCursor makes of a row, for those who check types: each has a class of its own, with the names
    of its columns."""

    def __getattr__(self, name: str) -> Any: ...


T = TypeVar("T")

POOL_SIZE: Final = 5
# Seconds for one statement, and for opening a connection.
TIMEOUT: Final = 5.0
# Rows of one statement.
_PAGE: Final = 1_000
# The names of the plans that each connection has.
_plans: Final[WeakKeyDictionary[aiopg.Connection, set[str]]] = WeakKeyDictionary()


class Session:
    """One connection while it is borrowed."""

    def __init__(self, connection: aiopg.Connection) -> None:
        self._connection = connection
        self.opening: list[Row] = []
        """The rows of the statement that came along with BEGIN."""

    async def fetch(
        self, sql: str, parameters: Sequence[object] = (), *, timeout: float | None = TIMEOUT
    ) -> list[Row]:
        """Run one statement; its rows, or an empty list where it returns none. ``timeout`` in seconds."""
        async with asyncio.timeout(timeout), self._connection.cursor() as cursor:
            await cursor.execute(sql, parameters or None)
            return list(await cursor.fetchall()) if cursor.description else []

    async def fetch_planned(
        self, name: str, sql: str, parameters: Sequence[object], *, timeout: float | None = TIMEOUT
    ) -> list[Row]:
        """Run ``sql`` by the plan that this connection has for ``name``, made at the first time.

        https://www.postgresql.org/docs/current/sql-prepare.html
        """
        known = _plans.setdefault(self._connection, set())
        if name not in known:
            numbers = count(1)
            await self.fetch(
                f"PREPARE {name} AS {re.sub('%s', lambda _: f'${next(numbers)}', sql)}", timeout=timeout
            )
            known.add(name)
        values = f" ({', '.join(['%s'] * len(parameters))})" if parameters else ""
        return await self.fetch(f"EXECUTE {name}{values}", parameters, timeout=timeout)

    async def fetch_values(
        self, sql: str, rows: Sequence[Sequence[object]], *, timeout: float = TIMEOUT
    ) -> list[Row]:
        """Run ``sql`` with ``rows`` in place of its one ``%s``, as in ``INSERT INTO t (a, b) VALUES %s``.

        What it returns, of all rows. A statement takes a thousand of them; ``timeout`` in seconds is for each.
        """
        found: list[Row] = []
        head, tail = sql.split("%s")
        async with self._connection.cursor() as cursor:
            for start in range(0, len(rows), _PAGE):
                page = rows[start : start + _PAGE]
                marks = f"({', '.join(['%s'] * len(page[0]))})"
                values = b", ".join(cursor.mogrify(marks, row) for row in page)
                async with asyncio.timeout(timeout):
                    await cursor.execute(head.encode() + values + tail.encode())
                found += await cursor.fetchall() if cursor.description else []
        return found


class Database:
    """A bounded pool of connections to PostgreSQL, opened when needed.

    Rows are tuples whose values also go by the names of their columns, each of which has to have its own. Every
    method raises DatabaseUnavailable where PostgreSQL does not answer; a connection that a restart of PostgreSQL
    has cut is replaced.
    """

    def __init__(self, config: PostgresConfig, *, size: int = POOL_SIZE) -> None:
        self._config = config
        self._idle: list[aiopg.Connection] = []
        self._lent = 0
        self._opening = 0
        self._returned = asyncio.Event()
        self._slots = asyncio.Semaphore(size)
        # A slot of its own: a busy pool must not look like an unreachable database.
        self._probe_slot = asyncio.Semaphore(1)
        self._closed = False

    async def fetch(self, sql: str, parameters: Sequence[object] = (), *, timeout: float = TIMEOUT) -> list[Row]:
        """Run one statement that reads. ``timeout`` in seconds, for waiting and running; 15 at most on the server.

        It may be sent twice where the first connection broke: what changes something goes through ``execute``.
        """
        return await self._run(lambda session: session.fetch(sql, parameters, timeout=None), self._slots, timeout)

    async def fetch_planned(self, name: str, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """As ``fetch``, for a statement that takes longer to plan than to run: each connection keeps its plan.

        ``name`` is an identifier, and always means the same ``sql``.
        """
        return await self._run(
            lambda session: session.fetch_planned(name, sql, parameters, timeout=None), self._slots, TIMEOUT
        )

    async def execute(self, sql: str, parameters: Sequence[object] = (), *, timeout: float = TIMEOUT) -> list[Row]:
        """Run one statement that changes something: once or not at all. Raises as ``transaction`` does."""
        async with self.transaction(sql, parameters, timeout=timeout) as session:
            return session.opening

    async def probe(self, sql: str = "SELECT 1") -> list[Row]:
        """Ask the server for a sign of life; the caller sets the limit."""
        return await self._run(lambda session: session.fetch(sql, timeout=None), self._probe_slot, TIMEOUT)

    @asynccontextmanager
    async def transaction(
        self, opening: str = "", parameters: Sequence[object] = (), *, timeout: float = TIMEOUT
    ) -> AsyncIterator[Session]:
        """One transaction: committed at the end of the block, rolled back where the block raises.

        ``opening`` is its first statement, sent in one round trip with BEGIN; its rows are in ``session.opening``.
        ``timeout`` in seconds for the whole of it, on the server too. After OutcomeUnknown it may be saved, or
        not; after any other DatabaseUnavailable it is not.
        """
        begin = f"BEGIN; {limits(timeout)}{opening}"
        is_committing = False
        try:
            with translated():
                async with asyncio.timeout(timeout), self._slots:
                    # Sent again on another connection where this one is gone: without its COMMIT nothing happened.
                    connection, rows = await self._begin(
                        lambda session: session.fetch(begin, parameters, timeout=None)
                    )
                    session = Session(connection)
                    session.opening = rows
                    try:
                        yield session
                        is_committing = True
                        await session.fetch("COMMIT")
                    except BaseException:
                        # Closing is a rollback that cannot fail, unless the server has its COMMIT already.
                        await self._discard(connection)
                        raise
                    self._give_back(connection)
        except DatabaseUnavailable as error:
            if is_committing:
                raise OutcomeUnknown(str(error)) from error
            raise

    @asynccontextmanager
    async def session(self) -> AsyncIterator[Session]:
        """A connection of the block's own, beside the pool's and outside of any transaction, closed at its end.

        For what lasts as long as a session of PostgreSQL does: an advisory lock.
        """
        with translated():
            async with asyncio.timeout(TIMEOUT):
                connection, _ = await self._begin(lambda session: session.fetch("SELECT 1"))
            try:
                yield Session(connection)
            finally:
                await self._discard(connection)

    async def close(self) -> None:
        """Close every connection that is not in use; those in use are closed when given back."""
        self._closed = True
        while self._idle:
            await _close(self._idle.pop())

    async def connect(self) -> None:
        """Open the first connection, as ``insist`` does."""
        await self.insist(self.probe)

    async def insist(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do ``work``, with the attempts and the growing delay of the configuration: what a start needs.

        Raises DatabaseRefused at once where trying again is useless, DatabaseUnavailable after the last attempt.
        """
        return await patiently(self._config, work)

    async def _run(self, work: Callable[[Session], Awaitable[T]], slots: asyncio.Semaphore, timeout: float) -> T:
        with translated():
            async with asyncio.timeout(timeout), slots:
                connection, result = await self._begin(work)
                self._give_back(connection)
                return result

    async def _begin(self, work: Callable[[Session], Awaitable[T]]) -> tuple[aiopg.Connection, T]:
        """Do ``work`` on a connection that stays borrowed; again where that one was cut while it lay idle."""
        while True:
            connection, is_fresh = await self._borrow()
            try:
                return connection, await work(Session(connection))
            except BaseException as error:
                # After a timeout, a cancellation or an error nobody knows what state it is in.
                await self._discard(connection)
                if is_fresh or not isinstance(error, psycopg2.Error) or not is_session_lost(error):
                    raise
                await self._drop_idle()  # they were cut with it

    async def _borrow(self) -> tuple[aiopg.Connection, bool]:
        """A connection, and whether it was opened just now. Whoever gets one gives it back or discards it."""
        while True:
            while self._idle:
                connection = self._idle.pop()
                if not connection.closed:
                    self._lent += 1
                    return connection, False
            self._opening += 1
            try:
                connection = await self._open()
            except psycopg2.OperationalError as error:
                # Others have taken all connections that the server has: those that are ours go round.
                if not is_server_full(error) or not (self._idle or self._lent or self._opening > 1):
                    raise
            else:
                self._lent += 1
                return connection, True
            finally:
                self._opening -= 1
                self._returned.set()
            if not self._idle:  # somebody has one, or is about to: it comes back, or that fails
                self._returned.clear()
                await self._returned.wait()

    async def _open(self) -> aiopg.Connection:
        failures: list[psycopg2.Error] = []
        for way in await ways(self._config):
            try:
                # The extra types would cost a query for their numbers; we use none of them. And none of aiopg's
                # limits of time: they go through wait_for, which on CPython 3.11 may swallow a cancellation.
                async with asyncio.timeout(TIMEOUT):
                    return await aiopg.connect(
                        timeout=None, enable_json=False, enable_hstore=False, enable_uuid=False,
                        cursor_factory=NamedTupleCursor, **connect_keywords(self._config) | way,
                    )  # fmt: skip
            except psycopg2.OperationalError as error:
                failures.append(error)
        # A server that refuses us tells more than one that is not there or speaks no TLS.
        raise min(failures, key=vagueness)

    def _give_back(self, connection: aiopg.Connection) -> None:
        if self._closed:
            connection.close()
        elif not connection.closed:
            self._idle.append(connection)
        self._is_back()

    async def _discard(self, connection: aiopg.Connection) -> None:
        try:
            await _close(connection)
        finally:
            self._is_back()

    def _is_back(self) -> None:
        self._lent -= 1
        self._returned.set()

    async def _drop_idle(self) -> None:
        while self._idle:
            await _close(self._idle.pop())


async def _close(connection: aiopg.Connection) -> None:
    with suppress(psycopg2.Error, OSError):
        await connection.close()
