"""A job that a command does itself, in its own process: it stands in the queue as one that is running."""

import asyncio
from collections.abc import Mapping

from rcmail.db.pool import Database
from rcmail.errors import JobCrashed
from rcmail.jobs.claims import Claims
from rcmail.jobs.job import Handler, Job, as_coroutine, outcome, place

# Seconds between two signs of life.
_TICK = 1.0


async def do_here(database: Database, kind: str, payload: Mapping[str, object], handler: Handler) -> Job:
    """Do a job of ``kind`` now; it is not taken up again by itself, should this process die.

    Raises JobStopped where a page stopped it, the RcmailError that ``handler`` raised, and JobCrashed for anything
    else: its place without its message, which may quote a mail.
    """
    claims = Claims(database)
    async with database.session() as session:
        await claims.hold(session)
        job = Job(claims, await claims.begin(kind, payload))
        task = asyncio.create_task(as_coroutine(handler, job), name=kind)
        try:
            while not task.done():
                seen = await claims.look(session, [], [job.id])
                if job.id in seen.to_stop:
                    job.stop_wanted.set()
                await asyncio.wait({task}, timeout=_TICK)
        finally:
            task.cancel()
            await asyncio.wait({task})
            became = outcome(job, task, is_closing=False)
            # Nobody else can go on with it.
            await claims.end(job.id, "failed" if became.state == "queued" else became.state, became.error)
    if became.crash is not None:
        raise JobCrashed(place(became.crash)) from None
    await task
    return job
