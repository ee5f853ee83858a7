"""``rcmail work`` whose pace with Gmail runs ``PACE_LAPSE`` times faster: a run of half an hour in two minutes."""

import asyncio
import os
import sys
import time

from rcmail.cli import main
from rcmail.mailbox.gmail import pace
from rcmail.mailbox.gmail.pace import Pace

_LAPSE = float(os.environ["PACE_LAPSE"])


def _clock() -> float:
    return time.monotonic() * _LAPSE


async def _sleep(seconds: float) -> None:
    await asyncio.sleep(seconds / _LAPSE)


if __name__ == "__main__":
    Pace.__init__.__defaults__ = (_clock, _sleep)
    setattr(pace, "_SLACK", _LAPSE / 2)  # noqa: B010 - nobody is woken up earlier for it
    sys.exit(main(["work"]))
