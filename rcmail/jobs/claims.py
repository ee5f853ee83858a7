"""The queue as a worker sees it: who is alive, what is to be done, and who has which job.

A worker has a number, and holds the advisory lock of that number for as long as one session of PostgreSQL lasts;
once a second it asks there what is to be done. So PostgreSQL knows, without a write to the card, which workers
live: whose session has ended is dead, and whose session has been silent for 30 s counts as dead. A job of a dead
worker is queued again. Should that worker wake up, it finds that the job is no longer its own and changes nothing.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from rcmail.db.pool import Database, Row, Session
from rcmail.errors import JobLost
from rcmail.jobs.queue import KEPT, SOON

DEATHS: Final = 20
"""So many workers may end over a job that makes no progress in between: a worker that somebody or something kills
again and again, a second after its start, is not the job's fault, and an upload that has failed is gone."""
_DIED: Final = "The worker ended while it did this, many times in a row; the log of the worker may say why."

# Any number will do as long as it is always this one: "work" in ASCII. The second key is the worker's number.
_LOCKS: Final = 0x776F726B
# Of the sessions of other roles PostgreSQL tells no times: they count as alive.
_LIVING: Final = f"""
SELECT objid::bigint FROM pg_locks JOIN pg_stat_activity AS activity USING (pid)
WHERE locktype = 'advisory' AND classid = {_LOCKS} AND objsubid = 2 AND granted
AND activity.datname = current_database()
AND coalesce(activity.state_change > clock_timestamp() - interval '30 s', true)
"""
_LOOK: Final = f"""
SELECT
    EXISTS (
        SELECT FROM jobs WHERE state = 'queued' AND run_at <= now() AND kind = ANY(%s)
    ) AS is_due,
    EXISTS (
        SELECT FROM jobs WHERE state = 'running'
        AND CASE owner WHEN %s THEN id <> ALL(%s::bigint[]) ELSE owner NOT IN ({_LIVING}) END
    ) AS has_orphans,
    ARRAY(SELECT id FROM jobs WHERE state = 'running' AND owner = %s AND stop_wanted) AS to_stop
"""
_CLAIM: Final = """
UPDATE jobs SET state = 'running', owner = %s, attempts = attempts + 1,
    started_at = coalesce(started_at, now())
WHERE id = (
    SELECT id FROM jobs
    WHERE state = 'queued' AND run_at <= now() AND kind = ANY(%s) AND priority BETWEEN %s AND %s
    ORDER BY priority, id FOR UPDATE SKIP LOCKED LIMIT 1
)
RETURNING id, kind, account, payload, progress, attempts
"""
_RECOVER: Final = f"""
UPDATE jobs SET owner = NULL, deaths = deaths + 1,
    state = CASE WHEN stop_wanted THEN 'stopped' WHEN deaths + 1 < {DEATHS} THEN 'queued' ELSE 'failed' END,
    error = CASE WHEN stop_wanted OR deaths + 1 < {DEATHS} THEN error ELSE %s END,
    ended_at = CASE WHEN stop_wanted OR deaths + 1 >= {DEATHS} THEN now() END
WHERE id IN (
    SELECT id FROM jobs WHERE state = 'running'
    AND CASE owner WHEN %s THEN id <> ALL(%s::bigint[]) ELSE owner NOT IN ({_LIVING}) END
    FOR UPDATE SKIP LOCKED
)
RETURNING id, kind, state
"""
_BEGIN: Final = """
INSERT INTO jobs (kind, payload, priority, state, owner, attempts, run_at, started_at)
VALUES (%s, %s::jsonb, %s, 'running', %s, 1, now(), now())
RETURNING id, kind, account, payload, progress, attempts
"""
_PROGRESS: Final = """
UPDATE jobs SET progress = progress || %s::jsonb,
    attempts = CASE WHEN has_moved THEN 1 ELSE attempts END, deaths = CASE WHEN has_moved THEN 0 ELSE deaths END
FROM (SELECT %s > coalesce((SELECT (progress->>'done')::bigint FROM jobs WHERE id = %s), 0) AS has_moved) AS moved
WHERE id = %s AND owner = %s RETURNING id
"""
_END: Final = """
UPDATE jobs SET state = %s, error = %s, owner = NULL, ended_at = now() WHERE id = %s AND owner = %s RETURNING kind
"""
_PRUNE: Final = f"""
DELETE FROM jobs WHERE kind = %s AND state NOT IN ('queued', 'running') AND id <= (
    SELECT id FROM jobs WHERE kind = %s AND state NOT IN ('queued', 'running')
    ORDER BY id DESC OFFSET {KEPT} LIMIT 1
)
"""


class Census(NamedTuple):
    workers: int
    """Those that are alive."""
    running: int
    """Jobs under way."""
    queued: int
    """Jobs that are due and wait."""


async def census(database: Database) -> Census:
    """Who is there and how much there is to do."""
    [row] = await database.fetch(
        f"SELECT (SELECT count(*) FROM ({_LIVING}) AS living) AS workers,"
        " (SELECT count(*) FROM jobs WHERE state = 'running') AS running,"
        " (SELECT count(*) FROM jobs WHERE state = 'queued' AND run_at <= now()) AS queued"
    )
    return Census(*row)


class Claims:
    """What one worker does to the queue. Every method raises DatabaseUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._number = secrets.randbelow(2**31)

    async def hold(self, session: Session) -> None:
        """Be alive for as long as ``session`` lasts.

        Shared, so that an earlier session of ours, of which the server does not know yet that it is gone, is in
        nobody's way.
        """
        await session.fetch("SELECT pg_advisory_lock_shared(%s, %s)", (_LOCKS, self._number))

    async def look(self, session: Session, kinds: Sequence[str], mine: Sequence[int]) -> Row:
        """``is_due``, ``has_orphans`` and the ids ``to_stop``; and the sign of life.

        ``mine`` are the ids of the jobs that are being done here. What PostgreSQL takes for ours beside them was
        claimed with an outcome that we never learnt.
        """
        values = (list(kinds), self._number, list(mine), self._number)
        [found] = await session.fetch(_LOOK, values)
        return found

    async def recover(self, mine: Sequence[int]) -> list[Row]:
        """Queue the jobs of dead workers again; ``id``, ``kind`` and ``state`` of each."""
        return await self._database.execute(_RECOVER, (_DIED, self._number, list(mine)))

    async def claim(self, kinds: Sequence[str], first: int, last: int) -> Row | None:
        """The most urgent job that is due with a priority from ``first`` to ``last``; from now on it is ours."""
        rows = await self._database.execute(_CLAIM, (self._number, list(kinds), first, last))
        return rows[0] if rows else None

    async def begin(self, kind: str, payload: Mapping[str, object]) -> Row:
        """A new job that is ours from the beginning, and that no other worker may claim."""
        [row] = await self._database.execute(_BEGIN, (kind, json.dumps(payload), SOON, self._number))
        return row

    async def progress(self, job: int, numbers: Mapping[str, int], session: Session | None) -> None:
        """Raises JobLost where the job is no longer ours."""
        values = (json.dumps(numbers), numbers.get("done", 0), job, job, self._number)
        if not await (session.fetch if session else self._database.execute)(_PROGRESS, values):
            raise JobLost

    async def end(self, job: int, state: str, error: str | None = None) -> bool:
        """The job is ``done``, ``stopped`` or ``failed``; False where it is no longer ours."""
        async with self._database.transaction(_END, (state, error, job, self._number)) as session:
            for (kind,) in session.opening:
                await session.fetch(_PRUNE, (kind, kind))
            return bool(session.opening)

    async def put_back(self, job: int, *, wait: float = 0, error: str | None = None) -> bool:
        """Queue it again, or end it where it is to stop; without an ``error`` it counts as not tried.

        False where it is no longer ours.
        """
        rows = await self._database.execute(
            "UPDATE jobs SET state = CASE WHEN stop_wanted THEN 'stopped' ELSE 'queued' END,"
            " ended_at = CASE WHEN stop_wanted THEN now() END, owner = NULL,"
            " run_at = now() + %s * interval '1 s', error = %s, attempts = attempts - %s"
            " WHERE id = %s AND owner = %s RETURNING id",
            (wait, error, 0 if error else 1, job, self._number),
        )
        return bool(rows)

    async def release(self) -> None:
        """Queue what is ours again: claimed by a statement in whose midst we were cancelled. Takes 1 s at most."""
        await self._database.execute(
            "UPDATE jobs SET state = CASE WHEN stop_wanted THEN 'stopped' ELSE 'queued' END,"
            " ended_at = CASE WHEN stop_wanted THEN now() END, owner = NULL, attempts = attempts - 1"
            " WHERE state = 'running' AND owner = %s",
            (self._number,),
            timeout=1,
        )
