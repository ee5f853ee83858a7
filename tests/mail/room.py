"""A run over a file without a child: what is hostile has its own tests, with the child."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rcmail.db.pool import Database, Session
from rcmail.log.redaction import Secret
from rcmail.mail import reading
from rcmail.mail.forgotten import Away
from rcmail.mail.incoming import Run
from rcmail.mail.kinds.teaching import teach
from rcmail.mail.remake import remake
from rcmail.mail.store import Store
from rcmail.mailbox.base import Page
from rcmail.mailbox.file import FileMailbox
from tests.mail.letters import GROUP, mbox
from tests.support import SECRET_KEY

AWAY = Away(Secret(SECRET_KEY))


class HereReader:
    """Reads in this process; in a thread, because the database is asked meanwhile."""

    async def read(self, items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        return await asyncio.to_thread(lambda: [reading.read(item) for item in items])

    async def make_texts(self, items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        return await asyncio.to_thread(lambda: [reading.make_text(item) for item in items])

    async def whose(self, items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        return await asyncio.to_thread(lambda: [reading.whose(item) for item in items])


async def bring_in(
    database: Database, folder: Path, *letters: bytes, own: str = GROUP, others: Sequence[str] = ()
) -> dict[str, int]:
    """Import these mails as one file; how many were new, known, skipped and failed."""
    path = folder / "mail.mbox"
    path.write_bytes(mbox(*letters))

    async def note(session: Session, page: Page, counted: Mapping[str, int]) -> None:
        pass

    reader = HereReader()
    run = Run(Store(database, reader.make_texts, AWAY), reader, [own, *others], datetime.now(UTC), {}, note)
    assert await run.bring_in(FileMailbox(path, own), None, lambda: False)
    await remake(database, reader.make_texts)
    await teach(database)
    return dict(run.counted)
