"""The fact of the worker: alive, about to start, or away, with what to do."""

import pytest

from rcmail.db.pool import Database
from rcmail.health.base import Verdict
from rcmail.jobs.queue import Queue
from rcmail.machine.place import Place
from rcmail.machine.worker import looking
from tests.jobs.conftest import eventually, in_state, working
from tests.jobs.test_worker import for_ever


async def test_it_tells_what_a_living_worker_has_to_do(database: Database) -> None:
    queue = Queue(database)
    first, _, later = [await queue.put("for_ever") for _ in range(3)]
    await database.execute("UPDATE jobs SET run_at = now() + interval '1 hour' WHERE id = %s", (later.id,))
    look = looking(database, Place(None, None))
    async with working(database, {"for_ever": for_ever}):
        await in_state(queue, first.id, "running")
        found = await look()
        assert (found.value, found.verdict) == ("at work: 1 under way, 1 waiting", Verdict.OK)

    async def is_missed() -> bool:
        return (await look()).verdict is Verdict.WARNING

    await eventually(is_missed)


@pytest.mark.parametrize(("is_make_run", "advice"), [(True, "make run"), (False, "journalctl -u rcmail-worker")])
async def test_one_that_is_away_is_a_warning_with_a_remedy(
    database: Database, is_make_run: bool, advice: str
) -> None:
    found = await looking(database, Place(None, None, is_make_run=is_make_run))()
    assert found.verdict is Verdict.WARNING
    assert "not running" in found.value
    assert advice in found.advice
    assert ("sudo" in found.advice) is not is_make_run


async def test_one_that_starts_after_the_service_is_waited_for(database: Database) -> None:
    found = await looking(database, Place(None, None), patience=60)()
    assert (found.value, found.verdict) == ("is about to start", Verdict.OK)


async def test_another_advisory_lock_is_no_worker(database: Database) -> None:
    async with database.session() as session:
        await session.fetch("SELECT pg_advisory_lock_shared(1, 1)")
        assert (await looking(database, Place(None, None))()).verdict is Verdict.WARNING
