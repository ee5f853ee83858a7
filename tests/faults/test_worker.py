"""``kill -9`` of worker, PostgreSQL and service while jobs run, and a child that hangs or eats memory."""

import asyncio
import random
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from rcmail.db.embedded import EmbeddedPostgres
from rcmail.db.pool import Database
from rcmail.jobs.queue import Put, Queue
from tests.faults.conftest import Env, Note, env_for, until
from tests.faults.test_kills import kill_server
from tests.jobs.counting import EFFECTS
from tests.support import Service, clean_environment, postgres_config, run_rcmail, serving

ROUNDS = 30


class Ours:
    """A database with the effects of counting, asked anew each time: its server is killed in between."""

    def __init__(self, server: EmbeddedPostgres, env: Env, folder: Path) -> None:
        self._config = postgres_config(str(server.socket))
        assert run_rcmail("migrate", env=env, cwd=folder).returncode == 0
        self.ask(EFFECTS)

    def ask(self, sql: str, *parameters: object) -> list[Any]:
        async def run() -> list[Any]:
            database = Database(self._config)
            try:
                return await database.execute(sql, parameters)
            finally:
                await database.close()

        return asyncio.run(run())

    def put(self, kind: str, payload: dict[str, object]) -> int:
        async def run() -> Put:
            database = Database(self._config)
            try:
                return await Queue(database).put(kind, payload)
            finally:
                await database.close()

        return asyncio.run(run()).id

    def state(self, job: int) -> str:
        [(state,)] = self.ask("SELECT state FROM jobs WHERE id = %s", job)
        return str(state)

    def count(self, job: int) -> int:
        [(count,)] = self.ask("SELECT count(*) FROM effects WHERE job = %s", job)
        return int(count)

    def stop_and_compare(self, job: int) -> int:
        """How far it came; every number up to there is there once, and the progress says the same."""
        self.ask("UPDATE jobs SET stop_wanted = true WHERE id = %s", job)
        until(lambda: self.state(job) == "stopped")
        numbers = self.ask("SELECT number FROM effects WHERE job = %s ORDER BY number", job)
        assert numbers == [(number + 1,) for number in range(len(numbers))]
        assert self.ask("SELECT (progress->>'done')::int FROM jobs WHERE id = %s", job) == [(len(numbers),)]
        return len(numbers)


@contextmanager
def counting(folder: Path, env: Env) -> Iterator[Service]:
    """A worker that counts."""
    worker = Service(folder, env)
    worker._command = [sys.executable, "-m", "tests.jobs.counting"]
    worker.start(wait=0)
    try:
        yield worker
    finally:
        if worker.process is not None and worker.process.poll() is None:
            worker.stop(signal.SIGKILL)


@pytest.mark.timeout(300)
def test_of_30_kills_of_the_worker_none_doubles_or_loses_anything(
    own_postgres: EmbeddedPostgres, folder: Path, note: Note
) -> None:
    """What starts it again is a loop here, and systemd on the Pi."""
    env = env_for(own_postgres)
    ours, randomly = Ours(own_postgres, env, folder), random.Random(1)
    job = ours.put("count", {"to": 10_000_000})
    recoveries = []
    with counting(folder, env) as worker:
        for _ in range(ROUNDS):
            seen = ours.count(job)
            recoveries.append(until(lambda seen=seen: ours.count(job) > seen, 30))  # type: ignore[misc]
            time.sleep(randomly.uniform(0, 0.2))
            worker.stop(signal.SIGKILL)
            worker.start(wait=0)
        counted = ours.stop_and_compare(job)
        assert len(worker.events("job_recovered")) == ROUNDS
        assert worker.stop() == 0
    told = f"of {counted} steps none doubled, none lost"
    note(f"{ROUNDS} × kill -9 of the worker during a job", told, max(recoveries))


@pytest.mark.timeout(300)
def test_of_30_kills_of_postgresql_during_a_job_none_doubles_or_loses_anything(
    own_postgres: EmbeddedPostgres, folder: Path, note: Note
) -> None:
    env = env_for(own_postgres)
    ours, randomly = Ours(own_postgres, env, folder), random.Random(2)
    job = ours.put("count", {"to": 10_000_000})
    recoveries = []
    with counting(folder, env) as worker:
        for _ in range(ROUNDS):
            seen = ours.count(job)
            until(lambda seen=seen: ours.count(job) > seen, 30)  # type: ignore[misc]
            time.sleep(randomly.uniform(0, 0.1))
            kill_server(own_postgres)
            own_postgres.start()
            # The wait of a job that could not be done has nothing to tell here.
            began = time.monotonic()

            def goes_on(seen: int = ours.count(job)) -> bool:
                ours.ask("UPDATE jobs SET run_at = now() WHERE state = 'queued' AND run_at > now()")
                return ours.count(job) > seen

            until(goes_on, 30)
            recoveries.append(time.monotonic() - began)
        counted = ours.stop_and_compare(job)
        assert not worker.events("job_crashed")
        assert not worker.events("background_task_died")
        assert worker.stop() == 0
    told = f"of {counted} steps none doubled, none lost"
    note(f"{ROUNDS} × kill -9 of PostgreSQL during a job", told, max(recoveries))


def test_a_worker_that_hangs_loses_its_job_to_another_and_doubles_nothing_when_it_wakes_up(
    own_postgres: EmbeddedPostgres, folder: Path, note: Note
) -> None:
    env = env_for(own_postgres)
    ours = Ours(own_postgres, env, folder)
    job = ours.put("count", {"to": 10_000_000})
    other = folder / "other"
    other.mkdir()
    with counting(folder, env) as hung:
        until(lambda: ours.count(job) > 10)
        psutil.Process(hung.pid).suspend()
        began = time.monotonic()
        with counting(other, env) as worker:
            until(lambda: worker.events("job_recovered"), 60)
            recovery = time.monotonic() - began
            psutil.Process(hung.pid).resume()
            until(lambda: hung.events("job_lost"), 30)
            ours.stop_and_compare(job)
            assert worker.stop() == 0
        assert hung.stop() == 0
    note("a worker hangs (SIGSTOP) during a job", "another one goes on with it, nothing doubled", recovery)


def test_after_kill_9_of_the_service_of_make_run_its_worker_is_gone(folder: Path, note: Note) -> None:
    with serving(folder, clean_environment(OLLAMA_BASE_URL=""), ("dev",)) as service:
        until(lambda: service.events("worker_started"))
        children = psutil.Process(service.pid).children(recursive=True)
        [worker] = [child for child in children if "--with-parent" in child.cmdline()]
        service.stop(signal.SIGKILL)
        recovery = until(lambda: not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE)
    note("kill -9 of the service of make run", "its worker ends too", recovery)


@pytest.mark.parametrize(
    ("what", "sentence", "seen"),
    [("hang", "it took too long", "hangs"), ("eat", "too much memory", "eats memory")],
)
def test_what_one_mail_does_to_the_parser_costs_that_mail(
    what: str, sentence: str, seen: str, own_postgres: EmbeddedPostgres, folder: Path, note: Note
) -> None:
    env = env_for(own_postgres)
    ours = Ours(own_postgres, env, folder)
    job = ours.put("read", {"items": ["a", what, "b"]})
    with counting(folder, env) as worker:
        began = time.monotonic()
        until(lambda: ours.state(job) == "done", 60)
        took = time.monotonic() - began
        [(progress,)] = ours.ask("SELECT progress FROM jobs WHERE id = %s", job)
        assert progress == {"done": 3, "new": 2, "skipped": 1}
        [told] = worker.events("item_skipped")
        assert sentence in told["reason"]
        memory = psutil.Process(worker.pid).memory_full_info().pss
        assert memory < 60_000_000
        assert worker.stop() == 0
    note(f"a parser that {seen}", "that item is counted as skipped, the others are read", took)
