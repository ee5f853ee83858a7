"""Which rcmail this is, what it replaced, and how much memory it takes."""

import re
from pathlib import Path

from rcmail import __version__
from rcmail.health.base import Finding
from rcmail.machine import runs
from rcmail.machine.place import Place
from rcmail.machine.words import size


def look(place: Place) -> Finding:
    run = runs.read(place.state) if place.state else None
    replaced = f", which replaced {run.replaced}" if run and run.replaced else ""
    return Finding(f"{__version__}{replaced}")


def look_at_memory() -> Finding:
    """Of this process, with its share of what it shares: Pss of /proc/pid/smaps_rollup, proc(5)."""
    found = re.search(r"^Pss: +([0-9]+) kB$", Path("/proc/self/smaps_rollup").read_text(), re.MULTILINE)
    if not found:
        raise ValueError("no Pss")
    return Finding(size(int(found[1]) * 1024))
