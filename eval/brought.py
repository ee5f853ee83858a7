"""The invented mailbox as rcmail keeps it: imported, and read from the tables beside its labels."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from rcmail.config import PostgresConfig
from rcmail.db.embedded import PORT, EmbeddedPostgres
from rcmail.db.migrations import migrate
from rcmail.db.pool import Database, Row, Session
from rcmail.log.redaction import Secret
from rcmail.mail.incoming import Run
from rcmail.mail.listing import Wanted, found
from rcmail.mail.reader import PREFIX, ChildReader
from rcmail.mail.remake import remake
from rcmail.mail.store import Store
from rcmail.mailbox.base import Page
from rcmail.mailbox.file import FileMailbox
from rcmail.process.child import Child

FOLDER: Final = Path(__file__).resolve().parent.parent / "tests/data/mailbox"
TODAY: Final = date(2026, 11, 22)
"""The day that the labels were written for (README.md of the mailbox)."""
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


@cache
def brought() -> Brought:
    """The mailbox, imported once for all themes. Raises AssertionError where a mail is missing or doubled."""
    return asyncio.run(_brought())


async def _brought() -> Brought:
    with TemporaryDirectory() as folder, EmbeddedPostgres(Path(folder) / "pg", {"fsync": "off"}) as server:
        config = PostgresConfig(str(server.socket), PORT, "rcmail", "rcmail", Secret(""), 5, 0.5)
        database = Database(config)
        try:
            await migrate(database, config)
            await _bring_in(database)
            days = 60 + (date.today() - TODAY).days  # noqa: DTZ011 - as the café's calendar
            rows = await database.fetch(_MESSAGES)
            return Brought(_paired(rows), await _states(database, days), await _states(database, 100_000))
        finally:
            await database.close()


async def _bring_in(database: Database) -> None:
    own = json.loads((FOLDER / "settings.json").read_text())["_beyond_rcmail"]["group_address"]

    async def note(session: Session, page: Page, counted: Mapping[str, int]) -> None:
        """Nobody watches."""

    async with Child(PREFIX) as child:
        reader = ChildReader(child)
        run = Run(Store(database, reader.make_texts), reader, [own], datetime.now(UTC), {}, note)
        await run.bring_in(FileMailbox(FOLDER / "mailbox.mbox", own), None, lambda: False)
        await remake(database, reader.make_texts)


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


async def _states(database: Database, waiting_days: int) -> dict[int, str]:
    states: dict[int, str] = {}
    before = ""
    while True:
        page = await found(database, Wanted(limit=100, before=before), waiting_days)
        states |= {row.id: row.state for row in page.conversations}
        if page.next is None:
            return states
        before = page.next
