"""The invented mailbox as rcmail keeps it: imported, and read from the tables beside its labels."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from rcmail.answers.helper import Helper
from rcmail.config import PostgresConfig
from rcmail.db.embedded import PORT, EmbeddedPostgres
from rcmail.db.migrations import migrate
from rcmail.db.pool import Database, Row, Session
from rcmail.log.redaction import Secret
from rcmail.mail.decisions import decide
from rcmail.mail.forgotten import Away
from rcmail.mail.incoming import Run
from rcmail.mail.kinds.meaning import Listen
from rcmail.mail.kinds.teaching import teach
from rcmail.mail.listing import Wanted, found
from rcmail.mail.reader import reader
from rcmail.mail.remake import remake
from rcmail.mail.store import Store
from rcmail.mailbox.base import Page
from rcmail.mailbox.file import FileMailbox

FOLDER: Final = Path(__file__).resolve().parent.parent / "tests/data/mailbox"
TODAY: Final = date(2026, 11, 22)
"""The day that the labels were written for (README.md of the mailbox)."""
CORRECTIONS: Final = 10
_MESSAGES: Final = """
SELECT id, message_id, from_address, sent_at, direction, conversation, visitor_address, new_text, language,
    is_thanks FROM messages
"""


@dataclass(frozen=True)
class Brought:
    """``mails`` are pairs of a label and what is kept; ``states`` those of the conversations on TODAY, and
    ``ageless`` what they were if no question ever became too old."""

    mails: list[tuple[dict[str, Any], Row]]
    states: Mapping[int, str]
    ageless: Mapping[int, str]
    kinds: Mapping[int, str]
    """What each conversation is called, and after ten corrections those that were not corrected."""
    taught: Mapping[int, str]


@cache
def brought() -> Brought:
    """The mailbox, imported once for all themes. Raises AssertionError where a mail is missing or doubled."""
    return asyncio.run(_brought())


async def _brought() -> Brought:
    own = json.loads((FOLDER / "settings.json").read_text())["_beyond_rcmail"]["group_address"]
    async with empty_database() as database, helping() as helper:
        await bring_in(database, FOLDER / "mailbox.mbox", own, helper.alike)
        days = 60 + (date.today() - TODAY).days  # noqa: DTZ011 - as the café's calendar
        rows = await database.fetch(_MESSAGES)
        states, ageless = await _states(database, days), await _states(database, 100_000)
        pairs = _paired(rows)
        right = {row.conversation: "visitor" if label["is_visitor"] else "other" for label, row in pairs}
        return Brought(
            pairs, states, ageless, await kinds(database), await corrected(database, right, helper.alike)
        )


@asynccontextmanager
async def helping() -> AsyncIterator[Helper]:
    """A helper that ends with the block."""
    helper = Helper()
    try:
        yield helper
    finally:
        helper.end()


@asynccontextmanager
async def empty_database() -> AsyncIterator[Database]:
    """A database with rcmail's tables, on a PostgreSQL that ends with the block."""
    with TemporaryDirectory() as folder, EmbeddedPostgres(Path(folder) / "pg", {"fsync": "off"}) as server:
        config = PostgresConfig(str(server.socket), PORT, "rcmail", "rcmail", Secret(""), 5, 0.5)
        database = Database(config)
        try:
            await migrate(database, config)
            yield database
        finally:
            await database.close()


async def bring_in(database: Database, path: Path, own: str, listen: Listen | None = None) -> None:
    """Import the mbox file ``path`` of the group with the address ``own``; ``listen`` as in ``teach``."""

    async def note(session: Session, page: Page, counted: Mapping[str, int]) -> None:
        """Nobody watches."""

    async with reader() as reading:
        store = Store(database, reading.make_texts, Away(Secret("nobody is forgotten")))
        run = Run(store, reading, [own], datetime.now(UTC), {}, note)
        await run.bring_in(FileMailbox(path, own), None, lambda: False)
        await remake(database, reading.make_texts)
        await teach(database, listen)


def _paired(rows: list[Row]) -> list[tuple[dict[str, Any], Row]]:
    labels = [json.loads(line) for line in (FOLDER / "labels.jsonl").read_text().splitlines()]
    by_id = {row.message_id: row for row in rows if row.message_id}
    by_date = {(row.from_address, row.sent_at): row for row in rows}
    pairs = [
        (
            label,
            by_id.get(label["message_id"])
            or by_date[label["from_address"], datetime.fromisoformat(label["date"])],
        )
        for label in labels
    ]
    if not len({row.id for _, row in pairs}) == len(labels) == len(rows):
        raise AssertionError("a mail is missing, or doubled")
    return pairs


async def kinds(database: Database) -> dict[int, str]:
    """What each conversation is called, the newest first."""
    rows = await database.fetch("SELECT id, kind FROM conversations ORDER BY last_at DESC, id DESC")
    return {row.id: row.kind for row in rows}


async def corrected(database: Database, right: Mapping[int, str], listen: Listen) -> dict[int, str]:
    """What all others are called when a volunteer has corrected the first ten that she sees, the newest first.

    She sees what is called a visitor's, or unsure; ``right`` is what she knows of each.
    """
    seen = [key for key, kind in (await kinds(database)).items() if kind != "other" and kind != right[key]]
    for key in seen[:CORRECTIONS]:
        await decide(database, key, kind=right[key])
    await teach(database, listen)
    return {key: kind for key, kind in (await kinds(database)).items() if key not in seen[:CORRECTIONS]}


async def _states(database: Database, waiting_days: int) -> dict[int, str]:
    states: dict[int, str] = {}
    before = ""
    while True:
        page = await found(database, Wanted(limit=100, before=before), waiting_days)
        states |= {row.id: row.state for row in page.conversations}
        if page.next is None:
            return states
        before = page.next
