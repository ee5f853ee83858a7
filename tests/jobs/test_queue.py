"""The queue: what is put into it, once and in whose transaction, and what pages read of it."""

import asyncio

import pytest

from rcmail.db.pool import Database
from rcmail.jobs.queue import KEPT, Queue
from tests.jobs.conftest import ended, working


async def nothing(job: object) -> None:
    return


async def test_a_second_press_gets_the_run_that_is_there(queue: Queue) -> None:
    first = await queue.put("sync", {"how": "all"}, account=3, once="sync 3")
    second = await queue.put("sync", account=3, once="sync 3")
    assert first.is_new
    assert not second.is_new
    assert second.id == first.id
    run = await queue.newest(["sync", "import"], 3)
    assert run is not None
    assert (run.id, run.state, run.progress, run.error, run.ended_at) == (first.id, "queued", {}, None, None)
    assert await queue.newest(["sync"], 4) is None


async def test_twenty_presses_at_once_make_one_run(queue: Queue, database: Database) -> None:
    found = await asyncio.gather(*(queue.put("sync", once="sync") for _ in range(20)))
    assert len({put.id for put in found}) == 1
    assert sum(put.is_new for put in found) == 1
    assert await database.fetch("SELECT count(*) FROM jobs") == [(1,)]


async def test_when_a_run_has_ended_the_next_press_makes_another(queue: Queue, database: Database) -> None:
    first = await queue.put("sync", once="sync")
    async with working(database, {"sync": nothing}):
        assert (await ended(queue, first.id)).state == "done"
    second = await queue.put("sync", once="sync")
    assert second.is_new
    assert second.id > first.id


async def test_a_job_is_there_when_the_transaction_it_was_put_in_is_committed_and_only_then(
    queue: Queue, database: Database
) -> None:
    with pytest.raises(RuntimeError):
        async with database.transaction() as session:
            await queue.put("draft", session=session)
            raise RuntimeError
    assert await queue.newest(["draft"]) is None
    async with database.transaction() as session:
        put = await queue.put("draft", session=session)
        assert await queue.newest(["draft"]) is None
    assert (await queue.get(put.id)) is not None


async def test_a_press_beside_an_open_transaction_that_tells_of_progress_does_not_wait_for_it(
    queue: Queue, database: Database
) -> None:
    put = await queue.put("sync", once="sync")
    async with database.transaction() as session:
        await session.fetch("UPDATE jobs SET progress = '{\"done\": 1}' WHERE id = %s", (put.id,))
        assert await asyncio.wait_for(queue.put("sync", once="sync"), 10) == (put.id, False)


async def test_a_queued_job_is_stopped_at_once_and_an_ended_one_not_at_all(queue: Queue) -> None:
    put = await queue.put("sync")
    assert await queue.stop(put.id)
    run = await queue.get(put.id)
    assert run is not None
    assert run.state == "stopped"
    assert run.ended_at is not None
    assert not await queue.stop(put.id)


async def test_the_last_runs_of_each_kind_stay(queue: Queue, database: Database) -> None:
    old = await queue.put("other")
    await queue.stop(old.id)
    await database.execute(
        "INSERT INTO jobs (kind, priority, state, ended_at) SELECT 'sync', 10, 'done', now()"
        " FROM generate_series(1, 150)"
    )
    put = await queue.put("sync")
    async with working(database, {"sync": nothing}):
        await ended(queue, put.id)
    [(kept, newest)] = await database.fetch("SELECT count(*), max(id) FROM jobs WHERE kind = 'sync'")
    assert (kept, newest) == (KEPT, put.id)
    assert await queue.get(old.id) is not None
