"""The machine turns against the process itself: its log, its descriptors, its clock, its event loop."""

import json
import os
import resource
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from rcmail.db.embedded import EmbeddedPostgres
from tests.faults.conftest import HTML, Env, Note, env_for, is_ok, until
from tests.support import Service, poll_address, serving, with_inside


@contextmanager
def a_service_that_writes_to(stdout: int, env: Env, folder: Path) -> Iterator[Service]:
    service = Service(folder, env)
    service.stdout = stdout
    service.start()
    try:
        yield service
    finally:
        if service.process is not None and service.process.poll() is None:
            service.stop(signal.SIGKILL)


def ask_until_a_pipe_is_full(service: Service) -> float:
    """More records than any pipe holds; the seconds of the slowest answer."""
    slowest = 0.0
    for number in range(700):
        began = time.monotonic()
        assert service.get(f"/nowhere/{number}/{'x' * 200}").status == 404
        slowest = max(slowest, time.monotonic() - began)
    return slowest


def test_a_log_that_nobody_reads_stops_nothing_and_says_afterwards_what_is_missing(
    service_env: Env, folder: Path, note: Note
) -> None:
    reading, writing = os.pipe()
    with a_service_that_writes_to(writing, service_env, folder) as service:
        os.close(writing)
        slowest = ask_until_a_pipe_is_full(service)
        assert service.get("/", HTML).status == 200
        assert service.post("/config", {"event_location": "here"}).status == 200
        assert "/nowhere/699/" in service.get("/logs?q=nowhere", HTML).text
        began = time.monotonic()
        text = b""
        with os.fdopen(reading, "rb", buffering=0) as log:  # somebody reads again
            os.set_blocking(reading, False)

            def complete() -> bool:
                nonlocal text
                text += log.read(1 << 20) or b""
                return b"config_saved" in text or b"log_entries_lost" in text

            recovery = until(complete)
            assert service.get("/nowhere/again").status == 404

            def again() -> bool:
                nonlocal text
                text += log.read(1 << 20) or b""
                return b"/nowhere/again" in text

            until(again)
        assert time.monotonic() - began < 20
        for line in text.splitlines():
            json.loads(line)
        assert service.stop() == 0
    note(
        "nobody reads stdout (a pipe that is full)",
        f"every answer as usual, the slowest {slowest:.2f} s",
        recovery,
    )


def test_a_log_that_nobody_ever_reads_does_not_hold_up_the_end(service_env: Env, folder: Path) -> None:
    reading, writing = os.pipe()
    with a_service_that_writes_to(writing, service_env, folder) as service:
        os.close(writing)
        ask_until_a_pipe_is_full(service)
        assert service.stop(timeout=5) == 0
    os.close(reading)


def test_a_log_whose_reader_has_gone_stops_nothing(service_env: Env, folder: Path, note: Note) -> None:
    reading, writing = os.pipe()
    with a_service_that_writes_to(writing, service_env, folder) as service:
        os.close(writing)
        os.close(reading)
        assert service.get("/nowhere").status == 404
        assert service.post("/config", {"event_location": "here"}).status == 200
        assert "config_saved" in service.get("/logs", HTML).text
        assert service.stop() == 0
    assert service.output == ""
    note("the reader of stdout is gone", "every answer as usual; /logs has the entries")


def test_a_service_without_any_stdout_starts_and_serves(service_env: Env, folder: Path, note: Note) -> None:
    service = Service(folder, service_env)
    service._command = ["sh", "-c", 'exec "$@" >&-', "sh", *service._command]
    service.start()
    try:
        assert service.get("/", HTML).status == 200
        assert service.post("/config", {"event_location": "here"}).status == 200
        assert "config_saved" in service.get("/logs", HTML).text
        assert service.stop() == 0
    finally:
        service.stop(signal.SIGKILL)
    assert service.output == ""
    note("stdout is closed at the start", "every answer as usual; /logs has the entries")


def test_a_full_disk_under_the_log_stops_nothing(service_env: Env, folder: Path, note: Note) -> None:
    with (
        Path("/dev/full").open("wb") as full,
        a_service_that_writes_to(full.fileno(), service_env, folder) as service,
    ):
        assert service.get("/", HTML).status == 200
        assert service.post("/config", {"event_location": "here"}).status == 200
        assert "config_saved" in service.get("/logs", HTML).text
        assert service.stop() == 0
    assert service.output == ""
    note("the disk under the log is full", "every answer as usual; /logs has the entries")


def test_without_free_descriptors_it_waits_and_then_serves_those_who_waited(
    service_env: Env, folder: Path, note: Note
) -> None:
    with serving(folder, service_env) as service, ExitStack() as clients:
        process = psutil.Process(service.pid)
        assert service.get("/", HTML).status == 200
        kept = clients.enter_context(socket.create_connection(("127.0.0.1", service.port)))
        kept.sendall(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert kept.recv(1000).startswith(b"HTTP/1.1 200")
        in_use = max(int(name) for name in os.listdir(f"/proc/{service.pid}/fd")) + 1
        resource.prlimit(service.pid, resource.RLIMIT_NOFILE, (in_use + 5, 4096))
        began_cpu, began = sum(process.cpu_times()[:2]), time.monotonic()
        waiting = [clients.enter_context(socket.create_connection(("127.0.0.1", service.port))) for _ in range(40)]
        for client in waiting:
            client.settimeout(10)
            client.sendall(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        idle = [clients.enter_context(socket.create_connection(("127.0.0.1", service.port))) for _ in range(40)]
        time.sleep(4)
        kept.sendall(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert kept.recv(1000).startswith(b"HTTP/1.1 200")  # who is connected is served
        assert (sum(process.cpu_times()[:2]) - began_cpu) / (time.monotonic() - began) < 0.5, "it spins"
        told = service.events("connections_exhausted")
        assert 1 <= len(told) <= 5, service.output[:3000]
        assert not service.events("event_loop_error")
        resource.prlimit(service.pid, resource.RLIMIT_NOFILE, (4096, 4096))
        for client in idle:
            client.close()
        for client in waiting:
            assert client.recv(1000).startswith(b"HTTP/1.1 200")
        recovery = until(lambda: service.get("/", HTML).status == 200)
        assert service.stop() == 0
    note("no file descriptor is free", "who is connected is served, others wait and are served then", recovery)


class Manager:
    """What systemd does about a service: hears its signs of life."""

    def __init__(self, folder: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(folder / "notify"))
        self.env = {"NOTIFY_SOCKET": str(folder / "notify"), "WATCHDOG_USEC": "2000000"}

    def hears(self, state: str, seconds: float) -> bool:
        """Whether ``state`` comes within ``seconds``; what comes before it does not count."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                if self._socket.recv(200).decode().startswith(state):
                    return True
            except TimeoutError:
                break
        return False

    def forget(self) -> None:
        self._socket.settimeout(0)
        try:
            while self._socket.recv(200):
                pass
        except BlockingIOError:
            pass

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def manager(folder: Path) -> Iterator[Manager]:
    manager = Manager(folder)
    yield manager
    manager.close()


def test_an_event_loop_that_stands_still_gives_no_sign_of_life_and_says_where_it_hangs(
    service_env: Env, folder: Path, manager: Manager, note: Note
) -> None:
    with serving(folder, with_inside(service_env, folder) | manager.env) as service:
        assert manager.hears("READY=1", 30)
        assert manager.hears("WATCHDOG=1", 30)
        assert manager.hears("WATCHDOG=1", 30)
        (folder / "block").write_text("8")
        os.kill(service.pid, signal.SIGUSR1)
        until((folder / "blocked").exists)
        ends = time.monotonic() + 8
        manager.forget()
        assert not manager.hears("WATCHDOG=1", 3), "it gives signs of life and does not live"
        until(lambda: "sitecustomize.py" in service.output, 5)
        assert "Timeout (0:00:04)!" in service.output
        with pytest.raises(OSError, match="timed out"):
            service.get("/", HTML, timeout=0.5)
        until(lambda: service.get("/", HTML).status == 200)
        recovery = max(0.0, time.monotonic() - ends)
        assert manager.hears("WATCHDOG=1", 20)
        note("the event loop stands still for 8 s", "no answer; pages come as soon as it turns", recovery)

        (folder / "block").write_text("600")
        (folder / "blocked").unlink()
        os.kill(service.pid, signal.SIGUSR1)
        until((folder / "blocked").exists)
        manager.forget()
        began = time.monotonic()
        assert not manager.hears("WATCHDOG=1", 2)  # WatchdogSec=
        assert service.stop(signal.SIGABRT) == -signal.SIGABRT
        assert "Fatal Python error: Aborted" in service.output
        service.start()
        assert service.get("/", HTML).status == 200
        note("it stands still for ever, WatchdogSec=2", "no answer until restarted", time.monotonic() - began)


def test_a_process_that_was_stopped_goes_on_as_if_nothing_had_been(
    service_env: Env, folder: Path, note: Note
) -> None:
    with serving(folder, service_env) as service:
        process = psutil.Process(service.pid)
        process.suspend()
        with pytest.raises(OSError, match="timed out"):
            service.get("/", HTML, timeout=1)
        time.sleep(6)
        process.resume()
        recovery = until(lambda: service.get("/", HTML).status == 200)
        assert is_ok(service, "db")
        note("the whole process is stopped for 7 s (SIGSTOP)", "no answer meanwhile", recovery)


class Reader:
    """One who follows ``/logs``, as a page does."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._address = poll_address(service.get("/logs?service=config&follow=1", HTML).text)

    def until(self, text: str) -> None:
        """Ask until ``text`` is among the news."""

        def is_told() -> bool:
            answer = self._service.get(self._address, HTML)
            assert "HX-Refresh" not in answer.headers
            if answer.status == 200:
                self._address = poll_address(answer.text)
            return text in answer.text

        until(is_told)


@pytest.mark.parametrize(("days", "what"), [(400, "forward by 400 days"), (-400, "back by 400 days")])
def test_a_clock_that_jumps_changes_the_times_shown_and_nothing_else(
    days: int, what: str, own_postgres: EmbeddedPostgres, folder: Path, note: Note
) -> None:
    (folder / "clock").write_text("0")
    with serving(folder, with_inside(env_for(own_postgres), folder)) as service:
        assert service.post("/config", {"event_location": "before"}).status == 200
        assert is_ok(service, "db")
        reader = Reader(service)
        (folder / "clock.new").write_text(str(days * 86400))
        (folder / "clock.new").rename(folder / "clock")
        assert service.post("/config", {"event_location": "after"}).status == 200
        reader.until("config_saved")
        now = datetime.now(UTC).timestamp() + days * 86400
        told = service.events("config_saved")[-1]["timestamp"]
        assert abs(datetime.fromisoformat(told).timestamp() - now) < 60
        shown = service.get("/logs?service=config&limit=1").json()["entries"]
        assert [entry["timestamp"] for entry in shown] == [told]
        # What is measured in seconds goes on as before: freshness, limits, the reader's place.
        own_postgres.stop()
        until(lambda: not is_ok(service, "db"))
        own_postgres.start()
        recovery = until(lambda: is_ok(service, "db"))
        assert service.post("/config", {"event_offerings": "later"}).status == 200
        reader.until("event_offerings")
        assert service.get("/", HTML).status == 200
    note(f"the clock jumps {what}", "new times in the log; checks, saves and readers go on", recovery)
