"""Python runs this first in a service under test (``PYTHONPATH``): it does what cannot be done to it from outside.

``FAULTS_FOLDER`` is where it is told things: ``block`` (seconds that the event loop stands still at SIGUSR1),
``tasks`` (written at SIGUSR2: the names of all asyncio tasks), ``clock`` (seconds that the wall clock is wrong).
A time namespace moves the monotonic clock only, and the wall clock is the whole machine's: so it is moved where
Python reads it, which is everywhere that rcmail, aiohttp and logging do.
"""

import asyncio
import datetime
import os
import signal
import time
from pathlib import Path
from typing import Any

_FOLDER = Path(os.environ["FAULTS_FOLDER"])


def _block(*_: object) -> None:
    (_FOLDER / "blocked").touch()
    time.sleep(float((_FOLDER / "block").read_text()))


def _tell_tasks(*_: object) -> None:
    names = sorted(f"{task.get_name()}: {task.get_coro()!r}" for task in asyncio.all_tasks())
    fresh = _FOLDER / "tasks.new"
    fresh.write_text("\n".join(names))
    fresh.rename(_FOLDER / "tasks")


def _move_the_wall_clock() -> None:
    real_time, real_time_ns = time.time, time.time_ns

    def offset() -> float:
        return float((_FOLDER / "clock").read_text())

    class Datetime(datetime.datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return cls.fromtimestamp(time.time(), tz)

    class Date(datetime.date):
        @classmethod
        def today(cls) -> Any:
            return cls.fromtimestamp(time.time())

    time.time = lambda: real_time() + offset()
    time.time_ns = lambda: real_time_ns() + int(offset() * 1e9)
    datetime.datetime, datetime.date = Datetime, Date  # type: ignore[misc]


signal.signal(signal.SIGUSR1, _block)
signal.signal(signal.SIGUSR2, _tell_tasks)
if (_FOLDER / "clock").exists():
    _move_the_wall_clock()
