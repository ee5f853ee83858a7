"""``rcmail work`` as a process: ready, waiting, ending, and how much it takes."""

import signal
import socket
import time
from pathlib import Path

import psutil
import pytest

from rcmail.config import PostgresConfig
from rcmail.db.pool import Database
from rcmail.jobs.queue import Queue
from rcmail.mail import own
from rcmail.settings.store import SettingsStore
from tests.jobs.conftest import eventually, in_state
from tests.jobs.counting import EFFECTS
from tests.mail.letters import letter
from tests.mail.room import bring_in
from tests.support import Service, run_rcmail, serving

Env = dict[str, str]
WORK = ("work",)


def started(service: Service) -> None:
    deadline = time.monotonic() + 30
    while not service.events("worker_started"):
        assert time.monotonic() < deadline, service.output
        time.sleep(0.02)


async def at_work(database: Database) -> None:
    """Returns when a worker holds its lock."""
    await eventually(lambda: database.fetch("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted"), 30)


async def test_it_is_ready_proves_that_it_turns_and_ends_with_0(
    service_env: Env, folder: Path, database: Database
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(folder / "notify"))
        manager.settimeout(20)
        env = service_env | {"NOTIFY_SOCKET": str(folder / "notify"), "WATCHDOG_USEC": "1000000"}
        with serving(folder, env, WORK, wait=0) as worker:
            assert manager.recv(200).startswith(b"READY=1\n")
            assert manager.recv(200) == b"WATCHDOG=1"
            await at_work(database)
            assert worker.stop(timeout=5) == 0
            while (state := manager.recv(200)) == b"WATCHDOG=1":
                pass
            assert state == b"STOPPING=1"
            assert worker.events("worker_ended")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_within_five_seconds_and_what_it_did_is_back_in_the_queue(
    how: signal.Signals, service_env: Env, folder: Path, database: Database
) -> None:
    queue = Queue(database)
    await database.execute(EFFECTS)
    put = await queue.put("count", {"to": 1_000_000})
    worker = Service(folder, service_env)
    worker._command = [worker._command[0], "-m", "tests.jobs.counting"]
    worker.start(wait=0)
    try:
        await in_state(queue, put.id, "running")
        assert worker.stop(how, timeout=5) == 0
    finally:
        worker.stop(signal.SIGKILL)
    run = await queue.get(put.id)
    assert run is not None
    assert run.state == "queued"
    assert await database.fetch("SELECT attempts, deaths FROM jobs WHERE id = %s", (put.id,)) == [(0, 0)]


async def test_before_its_database_is_there_it_waits_and_says_so_once(
    empty_database: PostgresConfig, service_env: Env, folder: Path
) -> None:
    env = service_env | {"POSTGRES_DB": empty_database.database}
    with serving(folder, env, WORK, wait=0) as worker:
        started(worker)
        deadline = time.monotonic() + 20
        while not worker.events("worker_waits"):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        time.sleep(2.5)
        [told] = worker.events("worker_waits")
        assert "not there yet" in told["reason"]
        assert run_rcmail("migrate", env=env, cwd=folder).returncode == 0
        database = Database(empty_database)
        await at_work(database)
        await database.close()
        assert worker.events("worker_goes_on")
        assert worker.stop() == 0


async def test_an_invalid_configuration_ends_it_with_78(service_env: Env, folder: Path) -> None:
    result = run_rcmail("work", env=service_env | {"SECRET_KEY": "tiny"}, cwd=folder)
    assert result.returncode == 78


async def test_it_tells_the_mail_that_is_in_of_an_address_of_the_group(
    service_env: Env, folder: Path, database: Database
) -> None:
    await bring_in(database, folder, letter("mieke@example.net", "anna@example.com"))
    await SettingsStore(database).save({"group_addresses": "mieke@example.net"})
    await Queue(database).put(own.KIND)

    async def told() -> bool:
        [row] = await database.fetch("SELECT direction, text_version > 0 AS is_made FROM messages")
        return tuple(row) == ("out", True)

    with serving(folder, service_env, WORK, wait=0) as worker:
        await eventually(told, 30)
        assert worker.stop() == 0


async def test_idle_it_takes_less_than_fifty_megabytes_and_next_to_no_processor(
    service_env: Env, folder: Path, database: Database
) -> None:
    with serving(folder, service_env, WORK, wait=0) as worker:
        await at_work(database)
        process = psutil.Process(worker.pid)
        began, used = time.monotonic(), sum(process.cpu_times()[:2])
        time.sleep(5)
        share = (sum(process.cpu_times()[:2]) - used) / (time.monotonic() - began)
        memory = process.memory_full_info().pss / 1024 / 1024
        print(f"worker idle: PSS {memory:.1f} MB, {share:.2%} of a core")
        assert memory < 50
        assert share < 0.05
        assert worker.stop() == 0
