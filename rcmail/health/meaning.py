"""Are past answers found by meaning too? The encoder is installed, and got through with what it was last asked."""

from functools import partial
from typing import Final

from rcmail.answers.helper import lacking
from rcmail.answers.work import ALL
from rcmail.db.pool import Database
from rcmail.health.base import Check, Finding, Verdict
from rcmail.jobs.queue import Queue

NAME: Final = "meaning"


def check(database: Database, *, is_make_run: bool) -> Check:
    """Whether the encoder is there, and what of it went wrong; neither loads it."""
    return Check(NAME, "Past answers", partial(_look, database, is_make_run))


async def _look(database: Database, is_make_run: bool) -> Finding:
    if reason := lacking():
        return Finding(
            f"found by words only: {reason}",
            Verdict.WARNING,
            "remove the folder .venv, and `make run` installs all that is needed"
            if is_make_run
            else "deploy rcmail again, which installs all of requirements/runtime.lock",
        )
    run = await Queue(database).newest([ALL])
    if run is not None and run.error and run.state != "done":
        return Finding(
            run.error,
            Verdict.WARNING,
            "it is tried again by itself; the worker's log says more: it is below that of `make run`"
            if is_make_run
            else "it is tried again by itself; `journalctl -u rcmail-worker` says more",
        )
    return Finding("found by words and by meaning")
