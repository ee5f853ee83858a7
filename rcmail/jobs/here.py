"""A job that a command does itself, in its own process: it stands in the queue as one that is running."""

import asyncio
from collections.abc import Mapping

from rcmail.db.pool import Database
from rcmail.errors import JobStopped
from rcmail.jobs.claims import Claims
from rcmail.jobs.job import Handler, Job

# Seconds between two signs of life.
_TICK = 1.0


async def do_here(database: Database, kind: str, payload: Mapping[str, object], handler: Handler) -> Job:
    """Do a job of ``kind`` now; it is not taken up again by itself, should this process die.

    Raises JobStopped where a page stopped it, and whatever ``handler`` raises.
    """
    claims = Claims(database)
    async with database.session() as session:
        await claims.hold(session)
        job = Job(claims, await claims.begin(kind, payload))
        task = asyncio.ensure_future(handler(job))
        try:
            while not task.done():
                seen = await claims.look(session, [], [job.id])
                if job.id in seen.to_stop:
                    job.stop_wanted.set()
                await asyncio.wait({task}, timeout=_TICK)
            await task
        except BaseException as error:
            task.cancel()
            await asyncio.wait({task})
            is_stopped = isinstance(error, JobStopped | asyncio.CancelledError)
            await claims.end(job.id, "stopped" if is_stopped else "failed", None if is_stopped else str(error))
            raise
        await claims.end(job.id, "done")
        return job
