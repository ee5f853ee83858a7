"""Importing an mbox file: what a job does with an upload, and a command with a file that it reads itself."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rcmail.db.pool import Database, Session
from rcmail.errors import DatabaseUnavailable, JobLost, JobStopped, RcmailError, Retry
from rcmail.jobs.job import Job
from rcmail.mail.forgotten import Away
from rcmail.mail.identity import OwnAddresses
from rcmail.mail.incoming import Reader, Run
from rcmail.mail.settling import settle
from rcmail.mail.store import Store
from rcmail.mailbox.base import Page
from rcmail.mailbox.file import FileMailbox
from rcmail.settings.store import SettingsStore

logger = logging.getLogger("rcmail.mail")

KIND: Final = "import"
RUNS: Final = (KIND, "sync")
"""The kinds of jobs that bring mail in."""
PART: Final = ".part"
"""How the name of a file ends that is still being uploaded."""
_ENDED: Final = (
    "the command that read the file was ended; run it once more: what is in already stays and is not doubled"
)
_GONE: Final = "the uploaded file is no longer there; upload it once more: what is in already is not doubled"


def uploads(state: Path | None) -> Path:
    """The folder of the files that were uploaded, in ``state``, the one that belongs to rcmail."""
    return (state or STATE) / "uploads"


def remove_halves(state: Path | None) -> None:
    """Remove what a service that was killed has left of uploads; for its next start. Blocks."""
    for path in uploads(state).glob(f"*{PART}"):
        path.unlink(missing_ok=True)


async def sweep(database: Database, state: Path | None) -> None:
    """Remove the uploads that no job needs any more: one that was stopped, or died, before it came to its end.

    Raises DatabaseUnavailable.
    """
    rows = await database.fetch(
        "SELECT payload->>'file' AS file FROM jobs WHERE kind = %s AND state IN ('queued', 'running')", (KIND,)
    )
    needed = {row.file for row in rows}
    for path in uploads(state).glob("*"):
        if path.name not in needed and path.suffix != PART:
            path.unlink(missing_ok=True)


async def unreadable(database: Database) -> dict[str, int]:
    """Why mails could not be read, with how many there are of each. Raises DatabaseUnavailable."""
    rows = await database.fetch(
        "SELECT reason, count(*) AS mails FROM seen WHERE reason IS NOT NULL"
        " GROUP BY reason ORDER BY mails DESC LIMIT 10"
    )
    return {row.reason: row.mails for row in rows}


STATE: Final = Path("/var/lib/rcmail")
"""Where the unit's StateDirectory= is."""


async def whose(settings: SettingsStore, address: str) -> str:
    """Whose mail a file holds: ``address``, which is the group's from now on, or else the group's first one.

    Raises ValueError with a sentence where there is neither, InvalidSettings and DatabaseUnavailable.
    """
    known = (await settings.read()).group_addresses
    if not address:
        if not known:
            raise ValueError("is missing: whose mailbox is it? Give the group's own address")
        return known[0]
    if address not in OwnAddresses(known):
        await settings.save({"group_addresses": ", ".join([*known, address])})
    return address


class Imports:
    """Brings in files; ``told`` hears how far it is."""

    def __init__(
        self,
        database: Database,
        reader: Reader,
        away: Away,
        told: Callable[[Mapping[str, int]], None] = lambda _numbers: None,
    ) -> None:
        self._database = database
        self._reader = reader
        self._away = away
        self._told = told

    async def upload(self, job: Job, state: Path | None) -> None:
        """Do the job of an upload; the file, in ``state``, is gone when it has ended.

        ``file`` in its payload is the name in the folder, ``address`` whose mail it is.
        """
        if "file" not in job.payload:
            raise RcmailError(_ENDED)
        path = uploads(state) / Path(str(job.payload["file"])).name
        if not path.is_file():
            raise RcmailError(_GONE)
        try:
            await self.bring_in(job, path)
        except (DatabaseUnavailable, Retry, JobLost):
            raise  # somebody goes on with it
        except asyncio.CancelledError:
            if job.stop_wanted.is_set():
                path.unlink(missing_ok=True)
            raise
        except Exception:
            path.unlink(missing_ok=True)
            raise
        path.unlink(missing_ok=True)

    async def bring_in(self, job: Job, path: Path) -> None:
        """Import the file ``path`` for the address in the job's payload, from where an earlier attempt came to.

        Raises JobStopped, MailboxUnavailable for a file that cannot be read, and DatabaseUnavailable.
        """
        address = str(job.payload["address"])
        own = [*(await SettingsStore(self._database).read()).group_addresses, address]
        store = Store(self._database, self._reader.make_texts, self._away)

        async def note(session: Session, page: Page, counted: Mapping[str, int]) -> None:
            numbers = {"done": page.done, "total": page.total or 0, "place": int(page.cursor or 0), **counted}
            await job.progress(session, **numbers)
            self._told(numbers)

        run = Run(store, self._reader, own, datetime.now(UTC), job.numbers, note)
        mailbox = FileMailbox(path, address)
        if not await run.bring_in(mailbox, str(job.numbers.get("place", 0)), job.stop_wanted.is_set):
            raise JobStopped
        await settle(self._database, self._reader, own)
        logger.info("mail_imported", extra=dict(run.counted))
