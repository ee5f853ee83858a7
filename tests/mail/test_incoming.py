"""A run over a mailbox: what it does at the same time, and what it leaves where it is stopped."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rcmail.db.pool import Database, Session
from rcmail.errors import MailboxUnavailable
from rcmail.mail.incoming import Note, Run
from rcmail.mail.store import Store
from rcmail.mailbox.base import Page
from rcmail.mailbox.file import PAGE_MESSAGES, FileMailbox
from tests.mail.letters import GROUP, letter, mbox
from tests.mail.room import AWAY, HereReader


class Counting(HereReader):
    """Notices how many pages it has begun to read."""

    def __init__(self) -> None:
        self.second = asyncio.Event()
        self.pages = 0

    async def read(self, items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        self.pages += 1
        if self.pages == 2:
            self.second.set()
        return await super().read(items)


@pytest.fixture
def mailbox(tmp_path: Path) -> FileMailbox:
    """Three pages."""
    path = tmp_path / "mail.mbox"
    path.write_bytes(mbox(*(letter(subject=f"s{number}") for number in range(2 * PAGE_MESSAGES + 1))))
    return FileMailbox(path, GROUP)


def run_of(database: Database, reader: Counting, note: Note) -> Run:
    return Run(Store(database, reader.make_texts, AWAY), reader, [GROUP], datetime.now(UTC), {}, note)


async def test_while_a_page_is_written_the_next_one_is_read(database: Database, mailbox: FileMailbox) -> None:
    reader = Counting()

    async def note(_session: Session, page: Page, _counted: Mapping[str, int]) -> None:
        if page.done == PAGE_MESSAGES:
            await asyncio.wait_for(reader.second.wait(), 20)

    run = run_of(database, reader, note)
    assert await run.bring_in(mailbox, None, lambda: False)
    assert run.counted["new"] == 2 * PAGE_MESSAGES + 1


async def test_what_was_read_until_it_was_stopped_is_in(database: Database, mailbox: FileMailbox) -> None:
    reader = Counting()

    async def note(_session: Session, _page: Page, _counted: Mapping[str, int]) -> None:
        await asyncio.sleep(0.1)

    run = run_of(database, reader, note)
    assert not await run.bring_in(mailbox, None, lambda: reader.pages == 1)
    [row] = await database.fetch("SELECT count(*) AS messages FROM messages")
    assert row.messages == run.counted["new"] == PAGE_MESSAGES


async def test_what_was_read_until_the_mailbox_broke_off_is_in(
    database: Database, mailbox: FileMailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Counting()

    async def note(_session: Session, _page: Page, _counted: Mapping[str, int]) -> None:
        await asyncio.sleep(0.1)

    async def broken(_items: object) -> list[Mapping[str, Any]]:
        raise MailboxUnavailable("gone")

    run = run_of(database, reader, note)

    def is_stopped() -> bool:
        if reader.pages == 1:
            monkeypatch.setattr(reader, "read", broken)
        return False

    with pytest.raises(MailboxUnavailable):
        await run.bring_in(mailbox, None, is_stopped)
    [row] = await database.fetch("SELECT count(*) AS messages FROM messages")
    assert row.messages == run.counted["new"] == PAGE_MESSAGES
