"""The worker: what becomes of a job that is done, fails, is stopped, or whose worker dies."""

import asyncio
from contextlib import suppress
from typing import Any

import pytest

from rcmail.db.pool import Database
from rcmail.errors import JobLost, JobStopped, RcmailError, Retry
from rcmail.jobs.claims import DEATHS, Claims
from rcmail.jobs.job import ATTEMPTS, Job
from rcmail.jobs.queue import LATER, NOW, SOON, Queue
from rcmail.jobs.worker import Worker
from tests.jobs.conftest import ended, eventually, in_state, working

MAIL = "Beste Jansen, mijn lamp is kapot"


async def for_ever(job: Job) -> None:
    await asyncio.Event().wait()


async def test_a_job_is_done_with_its_payload_and_its_progress_stays(queue: Queue, database: Database) -> None:
    async def count(job: Job) -> None:
        for number in range(job.payload["to"]):
            async with database.transaction() as session:
                await job.progress(session, done=number + 1, total=job.payload["to"])
        assert (job.kind, job.account, job.attempt) == ("count", 7, 1)

    put = await queue.put("count", {"to": 3}, account=7)
    async with working(database, {"count": count}):
        run = await ended(queue, put.id)
    assert (run.state, run.progress, run.error) == ("done", {"done": 3, "total": 3}, None)
    assert run.started_at is not None
    assert run.ended_at is not None
    assert run.created_at <= run.started_at <= run.ended_at


async def test_a_mistake_fails_the_job_and_the_log_has_its_place_but_no_word_of_the_mail(
    queue: Queue, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async def crash(job: Job) -> None:
        raise ValueError(MAIL)

    put = await queue.put("crash")
    async with working(database, {"crash": crash}):
        run = await ended(queue, put.id)
    assert run.state == "failed"
    assert run.error is not None
    assert "a mistake in rcmail" in run.error
    [record] = [record for record in caplog.records if record.message == "job_crashed"]
    assert record.__dict__["place"].startswith("ValueError at ")
    assert "test_worker.py" in record.__dict__["place"]
    assert MAIL not in run.error + str([record.__dict__ for record in caplog.records])


async def test_an_error_for_people_fails_the_job_with_its_sentence(queue: Queue, database: Database) -> None:
    async def refuse(job: Job) -> None:
        raise RcmailError("This file is no mailbox.")

    put = await queue.put("refuse")
    async with working(database, {"refuse": refuse}):
        run = await ended(queue, put.id)
    assert (run.state, run.error) == ("failed", "This file is no mailbox.")


async def test_what_may_pass_is_tried_again_until_it_works(queue: Queue, database: Database) -> None:
    attempts: list[int] = []

    async def at_last(job: Job) -> None:
        attempts.append(job.attempt)
        if len(attempts) < 3:
            raise Retry("Gmail asks to wait.", wait=0.05)

    put = await queue.put("at_last")
    async with working(database, {"at_last": at_last}):
        run = await ended(queue, put.id)
    assert (run.state, run.error, attempts) == ("done", None, [1, 2, 3])


async def test_what_does_not_pass_fails_in_the_end_and_tells_why_all_the_time(
    queue: Queue, database: Database
) -> None:
    seen: list[str | None] = []

    async def never(job: Job) -> None:
        run = await queue.get(job.id)
        assert run is not None
        seen.append(run.error)
        raise Retry("The network is away.", wait=0)

    put = await queue.put("never")
    async with working(database, {"never": never}):
        run = await ended(queue, put.id)
    assert (run.state, run.error) == ("failed", "The network is away.")
    assert seen == [None] + ["The network is away."] * (ATTEMPTS - 1)


async def test_the_waits_grow_by_themselves(queue: Queue, database: Database) -> None:
    async def never(job: Job) -> None:
        raise Retry

    put = await queue.put("never")
    waits = []
    async with working(database, {"never": never}):
        for _ in range(3):

            async def wait() -> Any:
                return await database.fetch(
                    "SELECT extract(epoch FROM run_at - now())::float FROM jobs"
                    " WHERE id = %s AND state = 'queued' AND run_at > now() + interval '1 s'",
                    (put.id,),
                )

            [(seconds,)] = await eventually(wait)
            waits.append(seconds)
            await database.execute("UPDATE jobs SET run_at = now() WHERE id = %s", (put.id,))
    assert [round(seconds, -1) for seconds in waits] == [10, 20, 40]


async def test_progress_makes_it_a_first_attempt_again(queue: Queue, database: Database) -> None:
    async def slowly(job: Job) -> None:
        await job.progress(done=job.numbers.get("done", 0) + 1)
        if job.numbers["done"] < ATTEMPTS + 3:
            raise Retry(wait=0)

    put = await queue.put("slowly")
    async with working(database, {"slowly": slowly}):
        run = await ended(queue, put.id)
    assert (run.state, run.progress) == ("done", {"done": ATTEMPTS + 3})


async def test_a_handler_that_looks_ends_by_itself_when_it_is_to_stop(queue: Queue, database: Database) -> None:
    async def politely(job: Job) -> None:
        await job.stop_wanted.wait()
        await job.progress(done=5)
        raise JobStopped

    put = await queue.put("politely")
    async with working(database, {"politely": politely}):
        await in_state(queue, put.id, "running")
        assert await queue.stop(put.id)
        run = await ended(queue, put.id)
    assert (run.state, run.progress, run.stop_wanted) == ("stopped", {"done": 5}, True)


async def test_a_handler_that_does_not_look_is_cancelled_when_it_is_to_stop(
    queue: Queue, database: Database
) -> None:
    put = await queue.put("for_ever")
    async with working(database, {"for_ever": for_ever}):
        await in_state(queue, put.id, "running")
        await queue.stop(put.id)
        assert (await ended(queue, put.id)).state == "stopped"


async def test_what_is_being_done_is_put_back_when_the_worker_ends(queue: Queue, database: Database) -> None:
    put = await queue.put("for_ever")
    async with working(database, {"for_ever": for_ever}):
        await in_state(queue, put.id, "running")
    assert await database.fetch("SELECT state, attempts, deaths, owner, error FROM jobs") == [
        ("queued", 0, 0, None, None)
    ]
    assert put.is_new


async def test_a_job_that_is_being_claimed_when_the_worker_ends_is_put_back_too(
    queue: Queue, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = Claims.claim

    async def claim_and_wait(claims: Claims, *which: Any) -> None:
        if await claim(claims, *which):
            await asyncio.Event().wait()

    monkeypatch.setattr(Claims, "claim", claim_and_wait)
    put = await queue.put("for_ever")
    async with working(database, {"for_ever": for_ever}):
        await in_state(queue, put.id, "running")
    assert await database.fetch("SELECT state, attempts, deaths, owner FROM jobs") == [("queued", 0, 0, None)]


async def test_what_somebody_waits_for_is_not_behind_a_long_run(queue: Queue, database: Database) -> None:
    async def at_once(job: Job) -> None:
        return

    later = await queue.put("for_ever", priority=LATER)
    soon = await queue.put("for_ever", priority=SOON)
    also_soon = await queue.put("for_ever", priority=SOON)
    async with working(database, {"for_ever": for_ever, "at_once": at_once}):
        await in_state(queue, later.id, "running")
        await in_state(queue, soon.id, "running")
        now = await queue.put("at_once", priority=NOW)
        assert (await ended(queue, now.id)).state == "done"
        run = await queue.get(also_soon.id)
        assert run is not None
        assert run.state == "queued"


async def test_of_one_class_the_lower_number_comes_first_and_then_the_older(
    queue: Queue, database: Database
) -> None:
    order: list[int] = []

    async def note(job: Job) -> None:
        order.append(job.id)

    third = await queue.put("note", priority=SOON + 1)
    first = await queue.put("note", priority=SOON)
    second = await queue.put("note", priority=SOON)
    async with working(database, {"note": note}):
        await ended(queue, third.id)
    assert order == [first.id, second.id, third.id]


async def test_two_workers_do_each_job_once(queue: Queue, database: Database) -> None:
    done: list[int] = []

    async def note(job: Job) -> None:
        done.append(job.id)

    jobs = [(await queue.put("note", priority=number % 30)).id for number in range(90)]
    async with working(database, {"note": note}), working(database, {"note": note}):
        for job in jobs:
            await ended(queue, job)
    assert sorted(done) == jobs


async def test_a_job_of_a_kind_that_nobody_here_can_do_stays_in_the_queue(
    queue: Queue, database: Database
) -> None:
    async def at_once(job: Job) -> None:
        return

    unknown = await queue.put("unknown")
    known = await queue.put("known")
    async with working(database, {"known": at_once}):
        await ended(queue, known.id)
    await in_state(queue, unknown.id, "queued")


class DeadWorker:
    """A worker that claimed a job and is killed: its session ends, and nothing is put down."""

    def __init__(self, database: Database) -> None:
        self.claims = Claims(database)
        self._database = database

    async def take(self, kind: str) -> Job:
        """Claim a job and die."""
        async with self._database.session() as session:
            await self.claims.hold(session)
            row = await self.claims.claim([kind], -100, 100)
        assert row is not None
        return Job(self.claims, row)


async def test_a_job_whose_worker_died_is_taken_up_at_once_and_goes_on_where_it_was(
    queue: Queue, database: Database
) -> None:
    put = await queue.put("count")
    dead = await DeadWorker(database).take("count")
    await dead.progress(done=41)
    numbers: list[int] = []

    async def go_on(job: Job) -> None:
        numbers.append(job.numbers["done"])

    async with working(database, {"count": go_on}):
        assert (await ended(queue, put.id)).state == "done"
    assert numbers == [41]


async def test_who_lost_its_job_to_another_worker_changes_nothing_any_more(
    queue: Queue, database: Database
) -> None:
    put = await queue.put("for_ever")
    late = await DeadWorker(database).take("for_ever")
    async with working(database, {"for_ever": for_ever}):
        await eventually(lambda: database.fetch("SELECT 1 FROM jobs WHERE deaths = 1 AND state = 'running'"))
        await database.execute("CREATE TABLE effects (n integer)")
        with pytest.raises(JobLost):
            async with database.transaction() as session:
                await session.fetch("INSERT INTO effects VALUES (1)")
                await late.progress(session, done=1)
        assert await database.fetch("SELECT count(*) FROM effects") == [(0,)]
        assert not await DeadWorker(database).claims.end(put.id, "done")
        run = await queue.get(put.id)
        assert run is not None
        assert (run.state, run.progress) == ("running", {})


async def test_a_job_over_which_worker_after_worker_dies_fails_with_a_sentence(
    queue: Queue, database: Database
) -> None:
    put = await queue.put("deadly")
    for _ in range(DEATHS):
        await DeadWorker(database).take("deadly")
        await eventually(lambda: Claims(database).recover([]))
    run = await queue.get(put.id)
    assert run is not None
    assert run.state == "failed"
    assert run.error is not None
    assert "many times" in run.error


async def test_a_job_of_a_living_worker_is_left_to_it(queue: Queue, database: Database) -> None:
    put = await queue.put("for_ever")
    async with working(database, {"for_ever": for_ever}):
        await in_state(queue, put.id, "running")
        assert await Claims(database).recover([]) == []


async def test_a_job_that_was_claimed_without_our_knowing_is_taken_up_again(
    queue: Queue, database: Database
) -> None:
    put = await queue.put("note")
    claims = Claims(database)
    async with database.session() as session:
        await claims.hold(session)
        assert await claims.claim(["note"], 0, 100) is not None
        assert (await claims.look(session, ["note"], [put.id])).has_orphans is False
        assert (await claims.look(session, ["note"], [])).has_orphans is True
        [row] = await claims.recover([])
        assert (row.id, row.state) == (put.id, "queued")


async def test_the_worker_waits_for_a_database_that_is_away_and_goes_on(
    queue: Queue, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "rcmail.jobs")

    async def at_once(job: Job) -> None:
        return

    async with working(database, {"note": at_once}):
        first = await queue.put("note")
        await ended(queue, first.id)
        await database.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        second = await queue.put("note")
        assert (await ended(queue, second.id)).state == "done"
    assert [record.message for record in caplog.records if "worker" in record.message] == [
        "worker_waits",
        "worker_goes_on",
    ]


async def test_a_worker_that_has_nothing_to_do_writes_nothing(database: Database) -> None:
    async def written() -> int:
        [(bytes_,)] = await database.fetch("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint")
        return int(bytes_)

    looks = 0

    class Counting(Worker):
        async def _look(self, session: Any) -> None:
            nonlocal looks
            await super()._look(session)
            looks += 1

    task = asyncio.create_task(Counting(database, {"for_ever": for_ever}, is_fit=database.probe, tick=0.001).run())

    async def has_looked() -> bool:
        return looks > 50

    await eventually(has_looked)
    before, seen = await written(), looks

    async def has_looked_more() -> bool:
        return looks > seen + 200

    await eventually(has_looked_more)
    assert await written() - before < 20_000  # other databases of the cluster, and the server's own
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
