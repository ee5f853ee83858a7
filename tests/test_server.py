"""The service as a process: readiness, draining, SIGTERM at any moment, and PostgreSQL going away under it."""

import asyncio
import os
import signal
import socket
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from rcmail.config import PostgresConfig
from tests.fakes.ollama import FakeOllama
from tests.support import SECRET_KEY, Service, clean_environment, service_environment, serving

Env = dict[str, str]
HTML = {"Accept": "text/html"}


def test_readiness_is_told_only_once_the_socket_listens(service_env: Env, folder: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(folder / "notify"))
        manager.settimeout(20)
        env = service_env | {"NOTIFY_SOCKET": str(folder / "notify"), "WATCHDOG_USEC": "1000000"}
        with serving(folder, env, wait=0) as service:
            assert manager.recv(200).startswith(b"READY=1\n")
            assert service.get("/health/live").status == 200
            assert service.events("startup_complete")
            assert manager.recv(200) == b"WATCHDOG=1"
            assert service.stop() == 0
            while (state := manager.recv(200)) == b"WATCHDOG=1":
                pass
            assert state == b"STOPPING=1"


def test_startup_complete_tells_version_endpoint_and_event_after_everything_else(
    service_env: Env, folder: Path
) -> None:
    with serving(folder, service_env | {"OLLAMA_BASE_URL": "http://127.0.0.1:9/"}) as service:
        [record] = service.events("startup_complete")
        assert record["llm_endpoint"] == "http://127.0.0.1:9"
        assert record["event_date"] is None
        assert record["version"]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_0_within_five_seconds(how: signal.Signals, service_env: Env, folder: Path) -> None:
    with serving(folder, service_env) as service:
        with socket.create_connection(("127.0.0.1", service.port)) as idle:
            idle.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")  # a client that never ends its request
            assert service.stop(how, timeout=5) == 0
    assert service.events("shutdown_complete")


def is_asked(service: Service) -> bool:
    """Whether it has taken somebody's connection."""
    there = psutil.Process(service.pid).net_connections("tcp")
    return any(each.laddr.port == service.port and each.raddr for each in there)


async def test_a_request_under_way_is_answered_before_the_end(
    service_env: Env, folder: Path, ollama: FakeOllama
) -> None:
    ollama.behaviour = "trickle"  # so that /health takes its 3 s
    service = Service(folder, service_env | {"OLLAMA_BASE_URL": ollama.url})
    await asyncio.to_thread(service.start)
    try:
        await asyncio.sleep(1)
        answer = asyncio.create_task(asyncio.to_thread(service.get, "/health"))
        while not is_asked(service):
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.3)
        assert await asyncio.to_thread(service.stop, signal.SIGTERM, 20) == 0
        assert (await answer).json()["checks"]["db"] == "ok"
    finally:
        await asyncio.to_thread(service.stop, signal.SIGKILL)


def test_sigterm_while_it_waits_for_the_database_ends_it_at_once(folder: Path) -> None:
    env = clean_environment(SECRET_KEY=SECRET_KEY, POSTGRES_HOST=str(folder))
    service = Service(folder, env)
    service.start(wait=0)
    deadline = time.monotonic() + 20
    while not service.events("db_connect_retry"):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert service.stop(timeout=10) == 0  # it would try for half a minute


def test_sigterm_while_another_process_holds_the_migration_lock_ends_it_at_once(
    empty_database: PostgresConfig, folder: Path
) -> None:
    import psycopg2

    from rcmail.db.migrations import _LOCK

    holder = psycopg2.connect(host=empty_database.host, port=empty_database.port, user="rcmail",
                              dbname=empty_database.database)  # fmt: skip
    try:
        with holder.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
            service = Service(folder, service_environment(empty_database))
            service.start(wait=0)
            waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            deadline = time.monotonic() + 20
            while True:
                cursor.execute(waiting)
                if cursor.fetchone() == (1,):
                    break
                assert time.monotonic() < deadline
                time.sleep(0.05)
            assert service.stop(timeout=10) == 0
    finally:
        holder.close()


def test_make_run_and_its_kill_9_keep_the_data(folder: Path) -> None:
    """What `make run` runs: the service and its own PostgreSQL in one go."""
    env = clean_environment()
    with serving(folder, env, ("dev",)) as service:
        assert service.get("/health").json()["checks"]["db"] == "ok"
        key = (folder / ".rcmail/secret_key").read_text()
        assert len(key) == 64
        assert (folder / ".rcmail/secret_key").stat().st_mode & 0o777 == 0o600
        for _ in range(3):
            service.stop(signal.SIGKILL)
            service.start()
            assert service.get("/health").json()["checks"]["db"] == "ok"
        assert (folder / ".rcmail/secret_key").read_text() == key
        assert service.stop(signal.SIGINT) == 0
    assert len(service.events("db_migrated")) == 1
    assert f"open http://127.0.0.1:{service.port}/" in service.output
    assert key not in service.output


def test_under_make_run_the_pages_lead_to_the_log_of_a_database_that_ended(folder: Path) -> None:
    with serving(folder, clean_environment(), ("dev",)) as service:
        pid_file = folder / ".rcmail/postgresql-16/data/postmaster.pid"
        os.kill(int(pid_file.read_text().splitlines()[0]), signal.SIGINT)
        deadline = time.monotonic() + 30
        while service.get("/health/ready").status == 200:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        log = folder / ".rcmail/postgresql-16/postgresql.log"
        while "shut down" not in log.read_text():
            assert time.monotonic() < deadline
            time.sleep(0.1)
        text = service.get("/logs", HTML).text
        assert "<code>tail .rcmail/postgresql-16/postgresql.log</code>" in text
        assert "“make run” again starts it anew" in text
        assert service.stop(signal.SIGINT) == 0
        service.start()
        assert service.get("/health/ready").status == 200


def test_the_service_takes_the_languages_of_http_1_0_and_of_nobody(service_env: Env, folder: Path) -> None:
    with serving(folder, service_env) as service:
        for nonsense in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", b"GET /\r\n\r\n", b"\r\n\r\n\r\n", b"A" * 20000):
            with socket.create_connection(("127.0.0.1", service.port), timeout=5) as client:
                with suppress(ConnectionError):  # it may have hung up before all of it was sent
                    client.sendall(nonsense)
                    client.shutdown(socket.SHUT_WR)
                    client.recv(1000)
        assert urllib.request.urlopen(f"http://127.0.0.1:{service.port}/health/live").status == 200
        assert service.stop() == 0
