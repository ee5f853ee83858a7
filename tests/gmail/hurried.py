"""``rcmail work`` whose pace with Gmail and whose waits run ``PACE_LAPSE`` times faster: half an hour in minutes.

``WIRE_SECONDS``, where it is there, is how long it waits for an answer.
"""

import asyncio
import os
import sys
import time
from types import ModuleType

from rcmail.cli import main
from rcmail.mailbox.gmail import calls, oauth, pace, wire
from rcmail.mailbox.gmail.pace import Pace

_LAPSE = float(os.environ["PACE_LAPSE"])


def _clock() -> float:
    return time.monotonic() * _LAPSE


async def _sleep(seconds: float) -> None:
    await asyncio.sleep(seconds / _LAPSE)


def _hurry() -> None:
    Pace.__init__.__defaults__ = (_clock, _sleep)
    values: list[tuple[ModuleType, str, float]] = [(pace, "_SLACK", _LAPSE / 2)]  # nobody is woken up earlier
    for module in (calls, oauth):
        values += [(module, "_FIRST_WAIT", module._FIRST_WAIT / _LAPSE)]
        values += [(module, "_LONGEST_WAIT", module._LONGEST_WAIT / _LAPSE)]
    values += [(wire, "_SECONDS", float(os.environ.get("WIRE_SECONDS", wire._SECONDS)))]
    for module, name, value in values:
        setattr(module, name, value)


if __name__ == "__main__":
    _hurry()
    sys.exit(main(["work"]))
