"""Since when the machine runs, and how it went down before."""

import re

from rcmail.health.base import Finding, not_here
from rcmail.machine import runs
from rcmail.machine.place import Place
from rcmail.machine.words import span


def look(place: Place) -> Finding:
    found = re.match(r"([0-9]{1,12})\.[0-9]+\b", place.text("proc/uptime"))  # proc_uptime(5)
    if not found:
        raise ValueError("no uptime")
    return Finding(span(int(found[1])))


def look_at_shutdown(place: Place) -> Finding:
    """Not a reason to worry where the power is cut every night: what was saved is kept."""
    if place.is_make_run:
        return not_here("only where rcmail is installed it is known how the machine went down")
    run = runs.read(place.state) if place.state else None
    if run is None or not run.shutdown:
        return not_here("the machine has not been restarted since rcmail was installed")
    if run.shutdown == "clean":
        return Finding("clean")
    return Finding(
        "not clean: the power went away",
        advice="nothing that was saved is lost; kinder to the card is `sudo poweroff` before the power goes",
    )
