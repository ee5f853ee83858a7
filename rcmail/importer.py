"""``rcmail import``: an mbox file of any size, read where it lies, with a bar that shows how far it is.

The command is its own worker: the file may be one that the service must not read, a copy of two gigabytes in the
state directory would wear the card, and a copy in the database would stand in tonight's backup (docs/adr).
"""

import asyncio
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from rcmail.answers.work import ask_for_all
from rcmail.config import Config
from rcmail.db.pool import Database
from rcmail.db.schema import look
from rcmail.errors import ConfigError, JobStopped
from rcmail.jobs.here import do_here
from rcmail.jobs.job import Job
from rcmail.mail import imports
from rcmail.mail.forgotten import Away
from rcmail.mail.incoming import COUNTED
from rcmail.mail.reader import reader
from rcmail.settings.store import SettingsStore
from rcmail.validation import clean_mail_address

_WIDTH: Final = 30


async def bring_in(config: Config, path: Path, address: str) -> dict[str, int]:
    """How many mails of the file were new, known, skipped and failed.

    Raises ConfigError for an address that is none, MailboxUnavailable for a file that is none, JobStopped where
    somebody stopped it, and DatabaseUnavailable.
    """
    database = Database(config.postgres)
    try:
        await database.connect()
        await look(database)
        try:
            address = await imports.whose(SettingsStore(database), clean_mail_address(address) if address else "")
        except ValueError as error:
            raise ConfigError({"--address": str(error)}) from None
        return await _done(database, Away(config.secret_key), path, address)
    finally:
        await database.close()


async def _done(database: Database, away: Away, path: Path, address: str) -> dict[str, int]:
    task = asyncio.ensure_future(_brought_in(database, away, path, address))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        raise JobStopped from None


async def _brought_in(database: Database, away: Away, path: Path, address: str) -> dict[str, int]:
    async with reader() as reading:
        work = imports.Imports(database, reading, away, _show)

        async def handler(job: Job) -> None:
            await work.bring_in(job, path)

        try:
            job = await do_here(database, imports.KIND, {"address": address}, handler)
            await ask_for_all(database)
        finally:
            _show({})
    return {name: job.numbers.get(name, 0) for name in COUNTED}


def _show(numbers: Mapping[str, int]) -> None:
    """A bar on the terminal, where there is one; nothing of the file's content in it."""
    if not sys.stderr.isatty():
        return
    if not numbers:
        print(file=sys.stderr, flush=True)
        return
    done, total = numbers["done"], max(numbers["total"], 1)
    bar = "█" * (_WIDTH * done // total)
    print(f"\r{bar:░<{_WIDTH}} {done:,} of {total:,}, {numbers['new']:,} new", end="", file=sys.stderr, flush=True)
