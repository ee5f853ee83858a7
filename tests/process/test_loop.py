"""What is logged of the event loop."""

import asyncio
import errno
import io
import json
import time
from typing import Any

import pytest

from rcmail.log import setup as log
from rcmail.process import loop as loop_module
from rcmail.process.loop import ErrorLog, watched


class Told:
    """The records since this was made."""

    def __init__(self) -> None:
        self._stream = io.StringIO()
        log.configure("INFO", "json", stream=self._stream)

    def __call__(self, event: str = "") -> list[dict[str, Any]]:
        records = [json.loads(line) for line in self._stream.getvalue().splitlines()]
        return [record for record in records if record["event"] == (event or record["event"])]


def test_connections_that_cannot_be_taken_are_told_once_and_not_a_hundred_times_a_second() -> None:
    told = Told()
    tell = ErrorLog()
    with asyncio.Runner() as runner:
        for _ in range(300):
            error = OSError(errno.EMFILE, "Too many open files")
            tell(runner.get_loop(), {"message": "socket.accept()", "exception": error, "socket": object()})
    [record] = told()
    assert (record["event"], record["reason"]) == ("connections_exhausted", "Too many open files")


async def test_a_loop_that_stands_still_is_told_with_the_place_and_so_is_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = Told()
    monkeypatch.setattr(loop_module, "_LOOK", 0.05)
    monkeypatch.setattr(loop_module, "_LIMIT", 0.2)
    with watched(asyncio.get_running_loop()):
        await asyncio.sleep(0.1)
        deadline = time.monotonic() + 20
        while not told("event_loop_blocked"):
            assert time.monotonic() < deadline
            time.sleep(0.1)  # the mistake
        while not told("event_loop_turns_again"):
            assert time.monotonic() < deadline
            await asyncio.sleep(0.05)
    [blocked] = told("event_loop_blocked")
    assert "time.sleep(0.1)  # the mistake" in blocked["stack"]


async def test_a_loop_that_turns_is_not_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told()
    monkeypatch.setattr(loop_module, "_LOOK", 0.01)
    with watched(asyncio.get_running_loop()):
        await asyncio.sleep(0.3)
    assert told() == []
