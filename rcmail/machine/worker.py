"""Whether a worker is alive: without one nothing is fetched, and no draft is made."""

import time
from collections.abc import Awaitable, Callable

from rcmail.db.pool import Database
from rcmail.health.base import Finding, Verdict
from rcmail.jobs.claims import census
from rcmail.machine.place import Place


def looking(database: Database, place: Place, patience: float = 0) -> Callable[[], Awaitable[Finding]]:
    """A look at the worker, which may be away for ``patience`` seconds: it starts after the service."""
    last_seen = time.monotonic()

    async def look() -> Finding:
        nonlocal last_seen
        found = await census(database)
        if found.workers:
            last_seen = time.monotonic()
            return Finding(f"at work: {found.running} under way, {found.queued} waiting")
        if time.monotonic() - last_seen < patience:
            return Finding("is about to start")
        return Finding(
            "is not running: no mail is fetched and no draft is made",
            Verdict.WARNING,
            "`make run` starts it beside the service: Ctrl-C there, and `make run` again"
            if place.is_make_run
            else "`systemctl status rcmail-worker` and `journalctl -u rcmail-worker` say why;"
            " `sudo systemctl restart rcmail-worker` starts it",
        )

    return look
