"""sd_notify(3) and the watchdog, against a real socket."""

import asyncio
import itertools
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rcmail.process import systemd


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
        receiver.bind(str(tmp_path / "notify"))
        receiver.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield receiver


def test_a_state_arrives_as_it_was_sent(manager: socket.socket) -> None:
    assert systemd.notify("READY=1\nSTATUS=Serving")
    assert manager.recv(100) == b"READY=1\nSTATUS=Serving"


def test_an_abstract_socket_is_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
        receiver.bind("\0rcmail-test-notify")
        monkeypatch.setenv("NOTIFY_SOCKET", "@rcmail-test-notify")
        assert systemd.notify("READY=1")
        assert receiver.recv(100) == b"READY=1"


@pytest.mark.parametrize("address", [None, "", "relative", "/nowhere/notify", "@" + "x" * 200])
def test_without_a_manager_nothing_happens(address: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    if address is not None:
        monkeypatch.setenv("NOTIFY_SOCKET", address)
    assert not systemd.notify("READY=1")


@pytest.mark.parametrize(
    ("microseconds", "process", "seconds"),
    [("20000000", "", 10.0), ("0", "", None), ("", "", None), ("soon", "", None), ("20000000", "1", None)],
)
def test_the_watchdog_is_fed_twice_as_often_as_asked(
    microseconds: str, process: str, seconds: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", microseconds)
    monkeypatch.setenv("WATCHDOG_PID", process)
    assert systemd.watchdog_interval() == seconds


async def test_the_watchdog_barks_no_more_when_the_loop_stands_still(
    manager: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "20000")
    monkeypatch.delenv("WATCHDOG_PID", raising=False)
    feeding = asyncio.create_task(systemd.feed_watchdog())

    def received() -> int:
        """How many came since it was last asked."""
        for number in itertools.count():
            try:
                assert manager.recv(100) == b"WATCHDOG=1"
            except BlockingIOError:
                return number
        raise AssertionError

    heard = 0
    async with asyncio.timeout(20):
        while heard < 3:
            await asyncio.sleep(0.01)
            heard += received()
    time.sleep(0.1)  # the loop stands still
    assert received() == 0
    feeding.cancel()
