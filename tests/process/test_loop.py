"""What is told of the event loop."""

import asyncio
import errno
import faulthandler
import io
import json
import sys
import time
from pathlib import Path
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


async def test_a_loop_that_stands_still_leaves_its_place_on_stderr(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    written = tmp_path / "stderr"

    def the_mistake() -> None:
        deadline = time.monotonic() + 20
        while "in the_mistake" not in written.read_text():
            assert time.monotonic() < deadline
            time.sleep(0.1)

    monkeypatch.setattr(loop_module, "_LIMIT", 0.2)
    with written.open("w") as stderr:
        monkeypatch.setattr(sys, "stderr", stderr)
        with watched(asyncio.get_running_loop()):
            await asyncio.sleep(0)
            the_mistake()
    assert __file__ in written.read_text()


async def test_a_loop_that_turns_puts_the_moment_off_again_and_again_and_its_end_calls_it_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[object] = []
    monkeypatch.setattr(loop_module, "_TURN", 0.01)
    monkeypatch.setattr(faulthandler, "dump_traceback_later", said.append)
    monkeypatch.setattr(faulthandler, "cancel_dump_traceback_later", lambda: said.append("never"))
    with watched(asyncio.get_running_loop()):
        while len(said) < 3:
            await asyncio.sleep(0)
    await asyncio.sleep(0.05)
    assert said[:3] == [4.0, 4.0, 4.0]
    assert said.index("never") == len(said) - 1
