"""The demonstration in the place of a mailbox: loaded into empty tables only, by a job as every mailbox is."""

import json
import logging
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Final

from rcmail.clock import today
from rcmail.db.pool import Database, Session
from rcmail.errors import JobLost, JobStopped, MailIsHere, SettingsConflict
from rcmail.jobs.job import Job
from rcmail.jobs.queue import NOW, Queue
from rcmail.mail.clearing import LOCK, clear, is_here
from rcmail.mail.forgotten import Away
from rcmail.mail.imports import RUNS
from rcmail.mail.incoming import Reader, Run
from rcmail.mail.kinds.teaching import teach
from rcmail.mail.remake import remake
from rcmail.mail.store import Store
from rcmail.mailbox.base import DEMONSTRATION, Page
from rcmail.mailbox.demo.mailbox import ADDRESS, DemoMailbox
from rcmail.settings.store import SettingsStore

logger = logging.getLogger("rcmail.mail")

KIND: Final = DEMONSTRATION
"""The kind of the job that loads it."""
# It is to be of last week: an older one is loaded anew at a start.
_FRESH: Final = timedelta(days=7)
_IS_EMPTY: Final = """
SELECT NOT EXISTS (SELECT FROM conversations) AND NOT EXISTS (
    SELECT FROM jobs WHERE kind = ANY(%s) AND state IN ('queued', 'running')
) AS is_empty
"""
_PUT: Final = """
INSERT INTO demonstration (day, settings) VALUES (%s, %s::jsonb)
ON CONFLICT (id) DO UPDATE SET day = excluded.day, settings = excluded.settings, removed_at = NULL
"""


class Demonstration:
    """Whether invented mail is here, how it comes and how it goes. Every method raises DatabaseUnavailable."""

    def __init__(self, database: Database, queue: Queue, settings: SettingsStore) -> None:
        self._database = database
        self._queue = queue
        self._settings = settings
        self.is_here = False
        """As last known, for those who must not wait: every page is marked."""

    async def look(self) -> bool:
        """Whether it is here, or is being loaded."""
        self.is_here = await is_here(self._database)
        return self.is_here

    async def begin(self, *, by_itself: bool) -> None:
        """For the start of the service: an old one is loaded anew; where it is to come ``by_itself``, that is done
        once, into tables without mail."""
        [found] = await self._database.fetch(
            "SELECT (SELECT day FROM demonstration WHERE removed_at IS NULL) AS day,"
            " EXISTS (SELECT FROM demonstration) AS was_here"
        )
        self.is_here = found.day is not None
        if found.day and today() - found.day > _FRESH:
            await self.remove()
            await self.load()
        elif by_itself and not found.was_here:
            with suppress(MailIsHere):
                await self.load()

    async def load(self) -> None:
        """Have it loaded; nothing where it is here. Raises MailIsHere where there is mail, or some is coming."""
        mailbox = DemoMailbox(day := today())
        stored = (await self._settings.read()).stored
        # Beside facts of the group's own there are no invented ones.
        filled = {} if mailbox.settings().keys() & stored.keys() else mailbox.settings()
        async with self._database.transaction("SELECT pg_advisory_xact_lock(%s)", (LOCK,)) as session:
            if not await session.fetch("SELECT 1 FROM demonstration WHERE removed_at IS NULL"):
                await self._put(session, day, filled)
        self.is_here = True
        with suppress(SettingsConflict):  # somebody was quicker
            await self._settings.save(filled, dict.fromkeys(filled, ""))

    async def _put(self, session: Session, day: date, filled: Mapping[str, str]) -> None:
        [found] = await session.fetch(_IS_EMPTY, (list(RUNS),))
        if not found.is_empty:
            raise MailIsHere
        await session.fetch(_PUT, (day, json.dumps(filled)))
        await self._queue.put(KIND, {"today": day.isoformat()}, once=KIND, priority=NOW, session=session)

    async def make_room(self) -> None:
        """Remove it where it is here: the group's own mail is coming."""
        if await self.look():
            await self.remove()

    async def remove(self) -> None:
        """Remove it, with all that came with it; also while it is being loaded."""
        await clear(self._database)
        self.is_here = False


async def bring_in(database: Database, reader: Reader, away: Away, job: Job) -> None:
    """Do the job that loads it, for the day in its payload. Raises JobStopped, JobLost where it was removed
    meanwhile, MailboxUnavailable and DatabaseUnavailable."""

    async def note(session: Session, page: Page, counted: Mapping[str, int]) -> None:
        await job.progress(session, done=page.done, total=page.total or 0, **counted)

    run = Run(Store(database, reader.make_texts, away), reader, [ADDRESS], datetime.now(UTC), job.numbers, note)
    mailbox = DemoMailbox(date.fromisoformat(str(job.payload["today"])))
    try:
        if not await run.bring_in(mailbox, None, job.stop_wanted.is_set):
            raise JobStopped
    except JobLost:
        if not await is_here(database):
            await clear(database)  # what it had begun, its account, came after the removal
        raise
    await remake(database, reader.make_texts)
    await teach(database)
    logger.info("demonstration_loaded", extra=dict(run.counted))
