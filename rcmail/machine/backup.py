"""When was the last backup made that has proved it can be restored?"""

import time
from typing import Final

from rcmail.db.backup import last_verified
from rcmail.health.base import Finding, Verdict, not_here
from rcmail.machine import runs
from rcmail.machine.place import Place
from rcmail.machine.words import size, span

# A night may be missed, and the next one too.
_OLD: Final = 3 * 86400
_ADVICE: Final = (
    "make one now with `sudo rcmail backup`; `journalctl -u rcmail-backup` says what went wrong at night"
)


def look(place: Place) -> Finding:
    # Where nothing makes one every night, as on a developer's machine, none is missed.
    is_nightly = not place.is_make_run and place.exists("etc/systemd/system/rcmail-backup.timer")
    verified = last_verified(place.state / "backups") if place.state else None
    now = time.time()
    if verified is None:
        run = runs.read(place.state) if place.state else None
        if not is_nightly:
            return not_here("no nightly backup is set up here")
        if run is None or now - run.installed < _OLD:
            return Finding("none yet", advice="the first one is made in the night, or now: `sudo rcmail backup`")
        return Finding("none", Verdict.WARNING, _ADVICE)
    age = now - verified.at.timestamp()
    value = f"{verified.at.astimezone():%d %b %Y %H:%M}, {span(age)} ago ({size(verified.size)})"
    if age > _OLD and is_nightly:
        return Finding(value, Verdict.WARNING, _ADVICE)
    return Finding(value)
