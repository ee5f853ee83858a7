"""Mail is kept only so long: what is older goes in the night, a batch at a time."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from rcmail.answers.work import ask_for_all
from rcmail.clock import today
from rcmail.db.pool import Database, Session
from rcmail.errors import JobStopped
from rcmail.jobs.job import Job
from rcmail.jobs.queue import LATER, Queue
from rcmail.mail.clearing import LOCK
from rcmail.mail.forgotten import oldest_kept
from rcmail.settings.store import SettingsStore

logger = logging.getLogger("rcmail.privacy")

KIND: Final = "retention"
# Conversations in one transaction, which nobody who writes mail waits for longer than some tenths of a second.
_AT_ONCE: Final = 100
# Seconds between two of them, for whoever waits.
_PAUSE: Final = 0.05
_TIMEOUT: Final = 60.0
# A clock that jumped ahead is not to cost years of mail: it is trusted for a month beyond the last thing that was
# done here, or came in.
_OLD: Final = """
SELECT least(%s::timestamptz, %s::timestamptz - (now() - '31 days'::interval - greatest(
    (SELECT max(created_at) FROM jobs WHERE id <> %s), (SELECT max(sent_at) FROM messages)
))) AS oldest
"""
_COUNT: Final = "SELECT count(*) AS conversations FROM conversations WHERE last_at < %s"
_REMOVE: Final = f"""
DELETE FROM conversations WHERE id IN (
    SELECT id FROM conversations WHERE last_at < %s ORDER BY last_at, id LIMIT {_AT_ONCE}
) RETURNING id
"""  # noqa: S608 - of a constant
_DERIVED: Final = """
DELETE FROM similar_answers WHERE EXISTS (
    SELECT FROM jsonb_array_elements(found) AS each
    WHERE NOT EXISTS (SELECT FROM messages WHERE id = (each->>'message')::bigint)
)
"""
# What was not kept because it was too old may come in again, where the mailbox has it still.
_READ_AGAIN: Final = "DELETE FROM seen WHERE message IS NULL AND reason IS NULL; DELETE FROM cursors"


async def ask(database: Database) -> None:
    """Have old mail removed, once a day; nothing where it is kept for ever. Raises DatabaseUnavailable."""
    if (await SettingsStore(database).read()).mail_keep_months:
        await Queue(database).put(KIND, once=KIND, priority=LATER)


async def follow(session: Session, settings: Sequence[str]) -> None:
    """Where mail is to be kept for another time than before, the next sync or import looks at all of it again."""
    if "mail_keep_months" in settings:
        await session.fetch(_READ_AGAIN, timeout=_TIMEOUT)


async def count(database: Database, months: int) -> int:
    """How many conversations are older than ``months``, for people. Raises DatabaseUnavailable."""
    oldest = oldest_kept(months, today())
    if oldest is None:
        return 0
    [row] = await database.fetch(_COUNT, (oldest,))
    return int(row.conversations)


async def remove(database: Database, job: Job) -> datetime | None:
    """Remove the conversations whose newest mail is too old; from which moment on mail is kept.

    Raises JobStopped, JobLost and DatabaseUnavailable; what was removed until then is.
    """
    months = (await SettingsStore(database).read()).mail_keep_months
    wanted = oldest_kept(months, today())
    if wanted is None:
        return None
    [row] = await database.fetch(_OLD, (wanted, wanted, job.id))
    oldest: datetime = row.oldest or wanted
    [found] = await database.fetch(_COUNT, (oldest,))
    total = job.numbers.get("done", 0) + int(found.conversations)
    while await _batch(database, job, oldest, total):
        if job.stop_wanted.is_set():
            raise JobStopped
        await asyncio.sleep(_PAUSE)
    if total:
        logger.info("mail_removed", extra={"conversations": job.numbers.get("done", 0)})
        await database.execute(_DERIVED, timeout=_TIMEOUT)
        await ask_for_all(database)
    return oldest


async def _batch(database: Database, job: Job, oldest: datetime, total: int) -> bool:
    """Remove some of them; False where there were none."""
    async with database.transaction("SELECT pg_advisory_xact_lock(%s)", (LOCK,), timeout=_TIMEOUT) as session:
        rows = await session.fetch(_REMOVE, (oldest,), timeout=_TIMEOUT)
        if rows:
            await job.progress(session, done=job.numbers.get("done", 0) + len(rows), total=total)
    return bool(rows)
