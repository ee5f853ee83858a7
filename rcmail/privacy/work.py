"""The jobs: old mail goes in the night; and what a transaction cannot reach goes after somebody was forgotten."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from rcmail.answers import past
from rcmail.answers.helper import Helper
from rcmail.db.pool import Database
from rcmail.drafting.folder import drafts
from rcmail.jobs.job import Handler, Job
from rcmail.jobs.queue import LATER, Queue
from rcmail.mail.forgotten import Away, Rules
from rcmail.mail.reader import reader
from rcmail.mailbox.base import MAX_BYTES
from rcmail.privacy import retention
from rcmail.privacy.forget import AFTER

VACUUM: Final = "vacuum"
"""The kind of the job after it, which takes as long as the tables are large."""
# Files of the folder that are read in one go.
_AT_ONCE: Final = 20
_ADDRESS: Final = re.compile(r"[^\s<>()\[\]\",;:@]{1,64}@[\w.-]{1,200}")
# Their pages keep what was deleted until it is written over.
_TABLES: Final = (
    *("messages", "conversations", "decisions", "seen", "past_requests", "past_vectors", "past_grams"),
    *("similar_answers", "drafts", "draft_versions", "pushes", "push_results", "sent_drafts", "said_facts"),
)
# A GIN index keeps each word that ever was in it (gin-implementation): these are made anew, beside who reads.
_INDEXES: Final = ("messages_by_word", "messages_by_reference", "past_requests_by_gram")


def handlers(database: Database, away: Away, helper: Helper, state: Path | None) -> Mapping[str, Handler]:
    """The three kinds, for files below ``state``, rcmail's own folder."""
    return {
        AFTER: partial(clean_up, database, away, helper, state),
        VACUUM: partial(vacuum, database),
        retention.KIND: partial(remove_old, database, away, state),
    }


async def remove_old(database: Database, away: Away, state: Path | None, job: Job) -> None:
    """Remove old mail, and the files of drafts that are as old."""
    await retention.remove(database, job)
    await sweep(await away.rules(database), drafts(state))


async def clean_up(database: Database, away: Away, helper: Helper, state: Path | None, _job: Job) -> None:
    """See to it that nothing of those who were forgotten is in a file or in a process; soon, for that is quick.

    May be done any number of times, as ``vacuum`` may. Raises DatabaseUnavailable.
    """
    helper.end()  # it holds the vectors of the past, and starts anew when it is asked
    await sweep(await away.rules(database), drafts(state))
    await Queue(database).put(VACUUM, priority=LATER)


async def vacuum(database: Database, _job: Job) -> None:
    """Free the space of the rows that went, and have nothing of them in an index, when there is time."""
    if await Queue(database).is_asked_again(VACUUM):
        return
    await past.count_grams_anew(database)
    async with database.session() as session:
        await session.fetch("SET statement_timeout = 0")
        for table in _TABLES:
            await session.fetch(f"VACUUM (ANALYZE) {table}", timeout=3600)
        for index in _INDEXES:  # what a worker that was killed has left of it first
            await session.fetch(f"DROP INDEX IF EXISTS {index}_ccnew, {index}_ccold", timeout=60)
            await session.fetch(f"REINDEX INDEX CONCURRENTLY {index}", timeout=3600)


async def sweep(rules: Rules, folder: Path) -> None:
    """Remove the drafts in ``folder`` that name who was forgotten since, and those that are older
    than mail is kept."""
    paths = await asyncio.to_thread(_files, folder) if rules.forgotten or rules.oldest else []
    if not paths:
        return
    async with reader() as reading:
        for start in range(0, len(paths), _AT_ONCE):
            page = paths[start : start + _AT_ONCE]
            contents = [await asyncio.to_thread(_content, path) for path in page]
            items = [{"raw": each, "own": [], "is_sent": True, "is_spam": False} for each in contents]
            for path, found in zip(page, await reading.read(items), strict=True):
                await asyncio.to_thread(_remove, path, rules, found)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.eml"))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES)
    except FileNotFoundError:
        return b""


def _remove(path: Path, rules: Rules, found: Mapping[str, Any]) -> None:
    try:
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return
    is_old = rules.oldest is not None and written < rules.oldest
    if is_old or any(rules.is_forgotten(each, written) for each in _addresses(found)):
        path.unlink(missing_ok=True)


def _addresses(found: Mapping[str, Any]) -> Iterator[str]:
    """Those in the fields and in the text of what ``reading.read`` made of a draft."""
    if "unreadable" not in found:
        headers = [each["address"] for name in ("to", "cc", "reply_to") for each in found["recipients"][name]]
        yield from {*filter(None, headers), *_ADDRESS.findall(found["whole_text"])}
