"""“Sync incoming”: the job that brings in what is new in the mailbox that is connected, and when it is due."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from typing import Final, Protocol

from rcmail.clock import today
from rcmail.db.pool import Database, Session
from rcmail.errors import (
    InvalidSettings,
    JobStopped,
    MailboxBusy,
    MailboxDisconnected,
    MailboxScopeMissing,
    MailboxUnavailable,
    MailboxWrongClient,
    RcmailError,
    Retry,
)
from rcmail.jobs.job import Job
from rcmail.jobs.queue import Put, Queue
from rcmail.mail.cursors import cursor_of, keep_cursor
from rcmail.mail.forgotten import Away
from rcmail.mail.identity import OwnAddresses
from rcmail.mail.imports import whose
from rcmail.mail.incoming import Reader, Run
from rcmail.mail.settling import settle
from rcmail.mail.store import Store
from rcmail.mailbox.base import Mailbox, Page
from rcmail.settings.store import SettingsStore

logger = logging.getLogger("rcmail.mail")

KIND: Final = "sync"
# What does not pass by itself.
_FOR_A_PERSON: Final = (MailboxDisconnected, MailboxScopeMissing, MailboxWrongClient)
_FAR_BACK: Final = timedelta(days=730)
# What has ended in the future did so by a clock that was wrong.
_IS_DUE: Final = """
SELECT NOT EXISTS (
    SELECT FROM jobs WHERE kind = %s
    AND (state IN ('queued', 'running') OR ended_at BETWEEN now() - %s * interval '1 min' AND now())
) AS is_due
"""


class Source(Protocol):
    """The mailbox that is connected."""

    async def mailbox(self, since: date, /) -> Mailbox:
        """Its mail since that day. Raises Unconfigured where none is connected, and MailboxUnavailable."""

    async def note(self, error: MailboxUnavailable | None, /) -> str:
        """Have it known how the use of it ended; how it stands with it now, for people, with what they can do."""


async def ask(database: Database) -> Put:
    """Have it done; one that is under way goes on. Raises DatabaseUnavailable."""
    return await Queue(database).put(KIND, once=KIND)


async def ask_where_due(database: Database, minutes: int) -> None:
    """Have it done where the last one ended ``minutes`` ago, or longer. Raises DatabaseUnavailable."""
    [row] = await database.fetch(_IS_DUE, (KIND, minutes))
    if row.is_due:
        await ask(database)


@asynccontextmanager
async def noted(source: Source) -> AsyncIterator[None]:
    """How the use of ``source`` in the block ends is known afterwards, and what of it passes is tried again.

    Raises Retry for that, and RcmailError with what to do for the rest.
    """
    try:
        yield
    except MailboxUnavailable as error:
        said = await source.note(error)
        if isinstance(error, _FOR_A_PERSON):
            raise RcmailError(said) from error
        raise Retry(str(error), error.wait if isinstance(error, MailboxBusy) else None) from error
    await source.note(None)


async def sync(database: Database, source: Source, away: Away, reader: Reader, job: Job) -> None:
    """Do the job; who is ``away`` stays so.

    Raises JobStopped, what ``noted`` raises, Unconfigured and DatabaseUnavailable.
    """
    settings = SettingsStore(database)
    since = (await settings.read()).mail_since or today() - _FAR_BACK
    async with noted(source):
        mailbox = await source.mailbox(since)
        own = await _own(settings, (await mailbox.account()).address)
        store = Store(database, reader.make_texts, away)
        counted = await _brought_in(database, store, mailbox, reader, job, own)
    await settle(database, reader, own)
    logger.info("mail_synced", extra=counted)


async def _own(settings: SettingsStore, address: str) -> list[str]:
    """The group's addresses: that of the mailbox is one of them from now on."""
    known = (await settings.read()).group_addresses
    if address not in OwnAddresses(known):
        with suppress(InvalidSettings):  # there are too many already
            await whose(settings, address)
    return [*known, address]


async def _brought_in(
    database: Database, store: Store, mailbox: Mailbox, reader: Reader, job: Job, own: Sequence[str]
) -> dict[str, int]:
    account = await mailbox.account()
    number = await store.account(account.provider, account.address)
    cursor = await cursor_of(database, number)

    pace = _Pace()

    async def note(session: Session, page: Page, counted: Mapping[str, int]) -> None:
        done = max(page.done, job.numbers.get("done", 0))  # a list is begun anew, what was brought in stays
        left = pace.seconds_left(page)
        await job.progress(session, done=done, total=max(page.total or 0, done), left=left, **counted)
        if page.cursor is not None:
            await keep_cursor(session, number, page.cursor, is_listed=cursor is None)

    run = Run(store, reader, own, datetime.now(UTC), job.numbers, note)
    if not await run.bring_in(mailbox, cursor, job.stop_wanted.is_set):
        raise JobStopped
    return dict(run.counted)


class _Pace:
    """How fast mails have come lately: it grows from a few a second to many, and falls where Gmail says so."""

    def __init__(self) -> None:
        self._lately: deque[tuple[float, int]] = deque(maxlen=20)

    def seconds_left(self, page: Page) -> int:
        """For all mails after ``page``; 0 where that cannot be told, as long as they are listed."""
        if not page.keys:
            self._lately.clear()
        self._lately.append((asyncio.get_running_loop().time(), page.done))
        (began, before), (now, done) = self._lately[0], self._lately[-1]
        if done <= before or page.total is None:
            return 0
        return round((now - began) * (page.total - done) / (done - before))
