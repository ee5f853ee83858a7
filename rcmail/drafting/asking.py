"""Asking the worker for the drafts that are missing or stale; small, for the pages' process."""

from typing import Final

from rcmail.db.pool import Database, Session
from rcmail.jobs.queue import LATER, Queue

ALL: Final = "drafts"
"""The kind of the job that makes them."""


async def ask_for_all(database: Database, session: Session | None = None) -> None:
    """Have every draft made that is missing or stale. Raises DatabaseUnavailable.

    A job of its own each time: one that runs may have looked before what was done now. With nothing to do it is
    one statement.
    """
    await Queue(database).put(ALL, priority=LATER, session=session)
