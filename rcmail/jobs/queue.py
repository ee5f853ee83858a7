"""The queue as pages and handlers see it: put a job, look at runs, stop one.

One row a job; it stays when the job has ended, so that pages can tell of the last run. Every time in it is
PostgreSQL's.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from rcmail.db.pool import Database, Row, Session

NOW: Final = 0
"""The priority of what somebody waits for, seconds long: it is never behind a run of half an hour."""
SOON: Final = 10
"""Of a run that somebody has begun and watches: a sync, an import."""
LATER: Final = 20
"""Of what is done by itself."""
WRITING: Final = 30
"""Of what a language model writes: it does one thing at a time."""

# Ended runs of a kind that stay.
KEPT: Final = 100

_PUT: Final = """
WITH there AS (
    SELECT id FROM jobs WHERE once = %s AND state IN ('queued', 'running')
), added AS (
    INSERT INTO jobs (kind, payload, account, once, priority, run_at)
    SELECT %s, %s::jsonb, %s::bigint, %s, %s::integer, now() + %s * interval '1 s'
    WHERE NOT EXISTS (SELECT FROM there)
    ON CONFLICT DO NOTHING RETURNING id
)
SELECT id, true AS is_new FROM added UNION ALL SELECT id, false FROM there
"""
_PUT_LATER: Final = "INSERT INTO jobs (kind, priority) SELECT unnest(%s::text[]), %s::smallint"
_RUN: Final = (
    "SELECT id, kind, account, state, progress, stop_wanted, error, created_at, started_at, ended_at,"
    " extract(epoch FROM now() - started_at)::float8 AS started_ago,"
    " extract(epoch FROM now() - ended_at)::float8 AS ended_ago,"
    " extract(epoch FROM run_at - now())::float8 AS due_in FROM jobs"
)


class Put(NamedTuple):
    id: int
    is_new: bool
    """False where a job of the same ``once`` is queued or running: ``id`` is that one's."""


@dataclass(frozen=True, slots=True)
class Run:
    """A job as it stands; ``progress`` are whole numbers by name, times have PostgreSQL's zone, UTC."""

    id: int
    kind: str
    account: int | None
    state: str
    """``queued``, ``running``, ``done``, ``stopped`` or ``failed``."""
    progress: Mapping[str, int]
    stop_wanted: bool
    error: str | None
    """A sentence for people; of a queued one, why it has to be tried again."""
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    started_ago: float | None
    """Seconds by PostgreSQL's clock, which alone may be compared with these times; so is the next."""
    ended_ago: float | None
    due_in: float
    """Seconds until it may begin, or go on, where it is queued."""


class Queue:
    """Each method raises DatabaseUnavailable where PostgreSQL does not answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(
        self,
        kind: str,
        payload: Mapping[str, object] | None = None,
        *,
        account: int | None = None,
        once: str | None = None,
        priority: int = SOON,
        wait: float = 0,
        session: Session | None = None,
    ) -> Put:
        """Queue a job; of those with the same ``once`` one is queued or running at a time.

        ``payload`` is what JSON can say, without the NUL character. ``wait`` in seconds before it may begin. With
        the ``session`` of a transaction the job is there when, and only if, that is committed.
        """
        values = (once, kind, json.dumps(payload or {}), account, once, priority, wait)
        while True:  # again where the other one has ended, or begun, between two looks of the same statement
            found = await (
                session.fetch_planned("put", _PUT, values) if session else self._database.execute(_PUT, values)
            )
            if found:
                return Put(*found[0])

    async def put_later(self, kinds: Sequence[str], session: Session) -> None:
        """Queue a job of each of ``kinds``, done by itself once the transaction of ``session`` is committed."""
        await session.fetch_planned("put_later", _PUT_LATER, (list(kinds), LATER))

    async def is_asked_again(self, kind: str) -> bool:
        """Whether another job of ``kind`` waits that may begin: what goes through everything is left to that one.

        For jobs that are put without ``once``, because one that runs may have looked before what was done now.
        """
        return bool(
            await self._database.fetch(
                "SELECT id FROM jobs WHERE kind = %s AND state = 'queued' AND run_at <= now() LIMIT 1", (kind,)
            )
        )

    async def newest(self, kinds: Sequence[str], account: int | None = None) -> Run | None:
        """The run that was begun last of these ``kinds``, of one ``account`` or of any."""
        rows = await self._database.fetch(
            f"{_RUN} WHERE kind = ANY(%s) AND (%s IS NULL OR account = %s) ORDER BY id DESC LIMIT 1",
            (list(kinds), account, account),
        )
        return _run(rows[0]) if rows else None

    async def get(self, job: int) -> Run | None:
        rows = await self._database.fetch(f"{_RUN} WHERE id = %s", (job,))
        return _run(rows[0]) if rows else None

    async def stop(self, job: int) -> bool:
        """Stop a job that has not ended: at once where it is queued, else its worker is told within a second.

        False where it has ended already.
        """
        rows = await self._database.execute(
            "UPDATE jobs SET stop_wanted = true,"
            " state = CASE state WHEN 'queued' THEN 'stopped' ELSE state END,"
            " ended_at = CASE state WHEN 'queued' THEN now() END"
            " WHERE id = %s AND state IN ('queued', 'running') RETURNING id",
            (job,),
        )
        return bool(rows)


def _run(row: Row) -> Run:
    return Run(*row)
