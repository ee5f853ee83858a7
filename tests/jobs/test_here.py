"""A job that a command does itself: what stands of it in the queue, and what of a crash is told."""

import asyncio

import pytest

from rcmail.db.pool import Database
from rcmail.errors import JobCrashed, JobStopped, MailboxUnavailable
from rcmail.jobs.here import do_here
from rcmail.jobs.job import Job
from rcmail.jobs.queue import Queue, Run


async def newest(database: Database) -> Run:
    run = await Queue(database).newest(["import"])
    assert run is not None
    return run


async def test_it_stands_there_as_running_and_then_as_done(database: Database) -> None:
    async def handler(job: Job) -> None:
        assert (await newest(database)).state == "running"
        await job.progress(done=2, new=2)

    job = await do_here(database, "import", {"address": "repair@example.org"}, handler)
    run = await newest(database)
    assert (run.id, run.state, run.progress, run.error) == (job.id, "done", {"done": 2, "new": 2}, None)


async def test_what_cannot_be_done_is_told_in_its_own_sentence(database: Database) -> None:
    async def handler(_job: Job) -> None:
        raise MailboxUnavailable("this is no mbox file")

    with pytest.raises(MailboxUnavailable, match="no mbox file"):
        await do_here(database, "import", {}, handler)
    run = await newest(database)
    assert (run.state, run.error) == ("failed", "this is no mbox file")


async def test_of_a_mistake_the_place_is_told_and_nothing_that_it_quotes(database: Database) -> None:
    async def handler(_job: Job) -> None:
        raise ValueError("Dear repairers, my toaster")

    with pytest.raises(JobCrashed, match=r"ValueError at .*test_here.py") as caught:
        await do_here(database, "import", {}, handler)
    assert (caught.value.__cause__, caught.value.__suppress_context__) == (None, True)
    run = await newest(database)
    assert run.state == "failed"
    assert run.error is not None
    assert "toaster" not in f"{run.error}{caught.value}"


async def test_a_page_may_stop_it_and_so_may_whoever_began_it(database: Database) -> None:
    begun = asyncio.Event()

    async def handler(job: Job) -> None:
        begun.set()
        await job.stop_wanted.wait()
        raise JobStopped

    task = asyncio.create_task(do_here(database, "import", {}, handler))
    await begun.wait()
    await Queue(database).stop((await newest(database)).id)
    with pytest.raises(JobStopped):
        await task
    assert (await newest(database)).state == "stopped"

    begun.clear()
    task = asyncio.create_task(do_here(database, "import", {}, handler))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await newest(database)).state == "stopped"
