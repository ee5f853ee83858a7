"""What became of the runs before this one: was the machine shut down, or did it lose its power?

A small file in rcmail's own folder says in which start of the machine rcmail began, and whether it was asked to
end. Where the machine has started anew without that, its power went away, or it was killed.
"""

import json
import logging
import re
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from rcmail import __version__
from rcmail.files import write_whole
from rcmail.machine.place import Place

logger = logging.getLogger("rcmail.app")

FILE: Final = "run.json"


@dataclass(frozen=True, slots=True)
class Run:
    """What is known of this run and of those before it."""

    boot: str
    """The kernel's id of this start of the machine: random(4), boot_id."""
    installed: float
    """When rcmail first ran here, in seconds since 1970."""
    version: str = __version__
    replaced: str = ""
    """The version that ran before the first run of this one."""
    is_ended: bool = False
    shutdown: str = ""
    """How the machine went down the last time: clean, power lost; empty where that was before rcmail's time."""
    power: int = 0
    """The firmware's bits about the power supply that were seen in this start of the machine: power.py."""


def read(folder: Path) -> Run | None:
    """What the file says; None where there is none, or only half of one."""
    try:
        found = json.loads((folder / FILE).read_bytes())
        run = Run(**found)
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    texts = (run.boot, run.version, run.replaced, run.shutdown)
    numbers = isinstance(run.installed, int | float) and not isinstance(run.installed, bool)
    is_sound = all(isinstance(text, str) and len(text) < 100 for text in texts) and numbers
    is_sound = is_sound and isinstance(run.is_ended, bool) and type(run.power) is int
    return run if is_sound else None


def note_begin(place: Place) -> None:
    """Note that a run begins. Where that cannot be written the service runs all the same."""
    if place.state is None:
        return
    try:
        if boot := _boot(place):
            begin(place.state, boot)
    except OSError as error:
        logger.warning("run_not_noted", extra={"folder": str(place.state), "reason": error.strerror})


def note_end(place: Place) -> None:
    """Note that the run was asked to end."""
    try:
        if place.state is not None and (run := read(place.state)):
            _write(place.state, replace(run, is_ended=True))
    except OSError as error:
        logger.warning("run_not_noted", extra={"folder": str(place.state), "reason": error.strerror})


def remember(place: Place, power: int) -> int:
    """The bits of ``power``, and those seen before in this start of the machine."""
    run = read(place.state) if place.state else None
    if place.state is None or run is None or run.boot != _boot(place):
        return power
    if power & ~run.power:
        with suppress(OSError):  # a full card, which is told elsewhere
            _write(place.state, replace(run, power=run.power | power))
    return run.power | power


def _boot(place: Place) -> str:
    """The kernel's name for this start of the machine, random(4); empty where it has none."""
    found = place.text("proc/sys/kernel/random/boot_id")
    return found if re.fullmatch(r"[0-9a-f-]{32,36}", found) else ""


def begin(folder: Path, boot: str) -> Run:
    """What is known of the run that begins in the start ``boot`` of the machine, written down. Raises OSError."""
    before = read(folder)
    if before is None:
        run = Run(boot, time.time())
    else:
        run = replace(before, boot=boot, is_ended=False)
        if before.version != __version__:
            run = replace(run, version=__version__, replaced=before.version)
        if before.boot != boot:
            run = replace(run, shutdown="clean" if before.is_ended else "power lost", power=0)
    _write(folder, run)
    return run


def _write(folder: Path, run: Run) -> None:
    write_whole(folder / FILE, json.dumps(asdict(run)))
