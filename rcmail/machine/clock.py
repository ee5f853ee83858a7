"""Is the clock right? A Raspberry Pi has none of its own that runs on, and a wrong one breaks TLS and tokens."""

import time
from typing import Final

from rcmail.health.base import Finding, Verdict, not_here
from rcmail.machine.place import Place
from rcmail.machine.words import span

# systemd-timesyncd(8): touched at each synchronisation, every 34 minutes at most (PollIntervalMaxSec=2048).
_FOLDER: Final = "run/systemd/timesync"
_STALE: Final = 12 * 3600
_RELEASED: Final = 1_763_000_000  # this version was not written before then: November 2025
_ADVICE: Final = "`timedatectl timesync-status` shows with which server; the network or the router may block it"


def look(place: Place) -> Finding:
    now = time.time()
    if now < _RELEASED:
        return Finding(
            "wrong: it is in the past",
            Verdict.ERROR,
            "mail and updates fail: connect to the internet, or"
            + (" set it by hand" if place.is_make_run else " `sudo date --set 'YYYY-MM-DD HH:MM'`"),
        )
    if not place.exists(_FOLDER):
        return not_here("it cannot be told, because systemd-timesyncd does not run here")
    if not place.exists(f"{_FOLDER}/synchronized"):
        return Finding("not synchronised since it was switched on", Verdict.WARNING, _ADVICE)
    age = now - place.modified(f"{_FOLDER}/synchronized")
    if age > _STALE:
        return Finding(f"last synchronised {span(age)} ago", Verdict.WARNING, _ADVICE)
    return Finding("synchronised")
