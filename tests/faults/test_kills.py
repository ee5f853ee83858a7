"""``kill -9`` of service and PostgreSQL, again and again: what was acknowledged is there, and nobody is needed."""

import itertools
import random
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import psutil
import pytest

from rcmail.db.embedded import EmbeddedPostgres
from tests.db.test_pool import server_processes
from tests.faults.conftest import Note, env_for, is_ok, until
from tests.support import Service, clean_environment, serving

ROUNDS = 30


class Saver:
    """Saves numbers without a pause, two settings at a time, and counts on."""

    def __init__(self, service: Service) -> None:
        self.tried = 0
        self.acknowledged = 0
        self.saves = 0
        self._service = service
        self._is_over = False
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._is_over:
            self.tried += 1
            values = {"llm_model": f"model-{self.tried}", "event_location": f"at {self.tried}"}
            try:
                status = self._service.post("/config", values, timeout=8).status
            except (OSError, ValueError):
                time.sleep(0.01)
                continue
            assert status in (200, 503)
            if status == 200:
                self.acknowledged = self.tried
                self.saves += 1

    def has_saved(self, number: int) -> bool:
        return self.saves >= number

    def stop(self) -> None:
        self._is_over = True
        self._thread.join()

    def assert_nothing_is_lost(self, acknowledged: int, now: dict[str, str | None]) -> None:
        """What was ``acknowledged`` before the kill, or a later one, stands there, and all of it does."""
        number = int((now["llm_model"] or "model-0").removeprefix("model-"))
        assert acknowledged <= number <= self.tried
        assert now["event_location"] == (f"at {number}" if number else None)


def kill_server(server: EmbeddedPostgres) -> None:
    """The postmaster and every process of it, at once: a power cut as far as they are concerned."""
    processes = server_processes(server)
    server.stop(signal.SIGKILL)
    for process in processes:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue


@pytest.mark.timeout(300)
def test_of_30_kills_of_service_and_postgresql_none_loses_an_acknowledged_save(
    own_postgres: EmbeddedPostgres, folder: Path, note: Note
) -> None:
    """SC-003. What starts them again is a loop here, and systemd on the Pi."""
    randomly = random.Random(1)
    recoveries: list[float] = []
    with serving(folder, env_for(own_postgres, DB_CONNECT_DELAY_SECONDS="0.1")) as service:
        saver = Saver(service)
        try:
            for number in range(ROUNDS + 6):
                enough = saver.saves + 3
                until(partial(saver.has_saved, enough))
                time.sleep(randomly.uniform(0, 0.15))
                acknowledged = saver.acknowledged
                kills: list[Callable[[], object]] = [
                    partial(service.stop, signal.SIGKILL),
                    partial(kill_server, own_postgres),
                ]
                if number >= ROUNDS:  # and one of them alone
                    kills = [kills[number % 2]]
                randomly.shuffle(kills)
                for kill in kills:
                    kill()
                began = time.monotonic()
                is_down = service.process is not None and service.process.poll() is not None
                if is_down and number % 3 == 0:
                    service.start(wait=0)  # before its database, as after a power cut
                if own_postgres.pid is None:
                    own_postgres.start()
                if is_down and number % 3:
                    service.start(wait=0)
                until(lambda: service.get("/config").status == 200)
                recoveries.append(time.monotonic() - began)
                saver.assert_nothing_is_lost(acknowledged, service.get("/config").json())
        finally:
            saver.stop()
        saver.assert_nothing_is_lost(saver.acknowledged, service.get("/config").json())
        assert is_ok(service, "db")
        assert not service.events("request_failed")
        assert service.stop() == 0
    seen = f"{saver.saves} saves acknowledged, none lost; no step by hand; the slowest of {len(recoveries)}"
    note(f"{ROUNDS} × kill -9 of service and PostgreSQL during saves, 6 × of one", seen, max(recoveries))


def test_killed_at_any_moment_of_its_start_the_next_start_comes_up(folder: Path, note: Note) -> None:
    """`make run` with its PostgreSQL, from nothing: initdb, migrations, the first reading."""
    service = Service(folder, clean_environment(), ("dev",))
    began = time.monotonic()
    try:
        for number in itertools.count():
            service.start(wait=0)
            moment = 0.15 * number
            time.sleep(moment)
            if number % 2:  # its PostgreSQL as well
                assert service.process is not None
                for child in psutil.Process(service.pid).children(recursive=True):
                    try:
                        child.kill()
                    except psutil.NoSuchProcess:
                        continue
            service.stop(signal.SIGKILL)
            if service.output.count("startup_complete") >= 3:
                break
            assert time.monotonic() - began < 90, service.output
        began = time.monotonic()
        service.start()
        recovery = time.monotonic() - began
        assert service.post("/config", {"event_location": "here"}).status == 200
        assert is_ok(service, "db")
        assert service.stop() == 0
        assert len(service.events("db_migrated")) <= 1 + number
    finally:
        if service.process and service.process.poll() is None:
            service.stop(signal.SIGKILL)
    note(f"{number + 1} kills during the start, 0 to {moment:.1f} s into it", "the next start comes up", recovery)
