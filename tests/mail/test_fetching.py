"""A run over a mailbox that gives its messages one by one: how many at a time, and what one that fails costs."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rcmail.db.pool import Database, Session
from rcmail.errors import (
    MailboxBusy,
    MailboxDisconnected,
    MailboxUnavailable,
    MessageGone,
    MessageUnreadable,
    OutcomeUnknown,
)
from rcmail.mail import fetching
from rcmail.mail.fetching import AT_ONCE, PIECE
from rcmail.mail.incoming import Run
from rcmail.mail.store import Store
from rcmail.mailbox.base import Flag, Page, RawMessage
from tests.mail.letters import GROUP, letter
from tests.mail.remote import Remote
from tests.mail.room import AWAY, HereReader, bring_in

Noted = tuple[int, int | None, str | None, dict[str, int]]


class Runs:
    """Runs over one mailbox, as jobs are that are tried again with the numbers that were written last."""

    def __init__(self, database: Database, mailbox: Remote) -> None:
        self.database = database
        self.mailbox = mailbox
        self.noted: list[Noted] = []
        self.fail_at: int | None = None

    async def run(
        self, is_stopped: Callable[[], bool] = lambda: False, numbers: Mapping[str, int] | None = None
    ) -> bool:
        async def note(_session: Session, page: Page, counted: Mapping[str, int]) -> None:
            if page.done == self.fail_at:
                raise OutcomeUnknown
            self.noted.append((page.done, page.total, page.cursor, dict(counted)))

        reader = HereReader()
        self.work = Run(
            Store(self.database, reader.make_texts, AWAY), reader, [GROUP], datetime.now(UTC), numbers or {}, note
        )
        return await self.work.bring_in(self.mailbox, None, is_stopped)

    @property
    def counted(self) -> dict[str, int]:
        return dict(self.work.counted)

    async def messages(self) -> int:
        [row] = await self.database.fetch("SELECT count(*) AS messages FROM messages")
        return int(row.messages)


def letters(number: int) -> list[bytes]:
    return [letter(subject=f"s{each}", Message_ID=f"<{each}@x>") for each in range(number)]


@pytest.fixture
def runs(database: Database) -> Runs:
    return Runs(database, Remote(*letters(3 * PIECE + 2)))


async def test_everything_is_listed_then_kept_in_small_transactions_with_the_cursor_in_the_last(
    runs: Runs,
) -> None:
    assert await runs.run()
    total = 3 * PIECE + 2
    assert runs.counted == {"new": total, "known": 0, "skipped": 0, "failed": 0}
    fetched = [each for each in runs.noted if each[0]]
    assert [done for done, *_ in fetched] == [PIECE, 2 * PIECE, 3 * PIECE, total]
    assert {each[1] for each in fetched} == {total}
    assert [each[2] for each in runs.noted] == [None] * (len(runs.noted) - 1) + [str(total)]
    assert await runs.messages() == total


async def test_while_it_is_listed_one_sees_how_much_was_found(runs: Runs) -> None:
    await runs.run()
    found = [total or 0 for done, total, *_ in runs.noted if not done]
    assert found == sorted(found)
    assert found[0] == runs.mailbox.list_page


async def test_some_are_fetched_at_the_same_time_and_never_more(runs: Runs) -> None:
    runs.mailbox.take = lambda _key: 0.01
    await runs.run()
    assert runs.mailbox.most_under_way == AT_ONCE
    assert len(runs.mailbox.fetched) == len(set(runs.mailbox.fetched))


async def test_while_a_large_one_waits_for_its_turn_no_more_are_begun(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 10_000)
    large = letter(subject="large", text="a " * 10_000)
    runs = Runs(database, Remote(letter(subject="slow"), large, *letters(2 * AT_ONCE)))
    come, goes_on = asyncio.Event(), asyncio.Event()
    begun: list[str] = []
    fetch = runs.mailbox.fetch

    async def held(key: str) -> RawMessage:
        raw = await fetch(key)
        if key == "k0":
            await goes_on.wait()
        return raw

    def take(key: str) -> float:
        begun.append(key)
        if key == f"k{AT_ONCE - 1}":
            come.set()
        return 0.0

    runs.mailbox.take = take
    monkeypatch.setattr(runs.mailbox, "fetch", held)
    task = asyncio.create_task(runs.run())
    await asyncio.wait_for(come.wait(), 60)
    await asyncio.sleep(0.1)
    assert len(begun) == AT_ONCE
    goes_on.set()
    assert await task
    assert await runs.messages() == 2 + 2 * AT_ONCE


async def test_a_second_run_fetches_nothing_and_keeps_the_cursor(runs: Runs) -> None:
    await runs.run()
    runs.mailbox.fetched.clear()
    runs.noted.clear()
    assert await runs.run()
    assert runs.mailbox.fetched == []
    total = 3 * PIECE + 2
    assert runs.counted == {"new": 0, "known": total, "skipped": 0, "failed": 0}
    assert runs.noted[-1][:3] == (total, total, str(total))


async def test_an_empty_mailbox_has_a_cursor_too(database: Database) -> None:
    runs = Runs(database, Remote())
    assert await runs.run()
    assert runs.noted[-1][:3] == (0, 0, "0")


async def test_what_is_gone_is_skipped_and_asked_for_again_where_it_is_listed_again(runs: Runs) -> None:
    gone = runs.mailbox.mails["k3"]
    runs.mailbox.mails["k3"] = b""
    runs.mailbox.faults["k3"] = MessageGone()
    assert await runs.run()
    assert runs.counted["skipped"] == 1
    runs.mailbox.mails["k3"] = gone
    runs.mailbox.faults.clear()
    assert await runs.run()
    assert runs.counted["new"] == 1


async def test_a_draft_is_not_remembered_and_comes_when_it_was_sent_and_a_chat_is(runs: Runs) -> None:
    runs.mailbox.flags = {"k1": {Flag.DRAFT}, "k2": {Flag.CHAT}}
    await runs.run()
    assert runs.counted["skipped"] == 2
    runs.mailbox.flags = {"k1": {Flag.SENT}}
    runs.mailbox.fetched.clear()
    await runs.run()
    assert runs.mailbox.fetched == ["k1"]
    assert runs.counted["new"] == 1


async def test_one_that_cannot_be_had_is_counted_named_and_tried_again(runs: Runs) -> None:
    fault = MessageUnreadable("HTML came")
    runs.mailbox.faults["k5"] = fault
    assert await runs.run()
    assert runs.counted == {"new": 3 * PIECE + 1, "known": 0, "skipped": 0, "failed": 1}
    assert runs.noted[-1][2] == str(3 * PIECE + 2)
    [row] = await runs.database.fetch("SELECT key, reason FROM seen WHERE reason IS NOT NULL")
    assert tuple(row) == ("k5", str(fault))
    del runs.mailbox.faults["k5"]
    runs.mailbox.fetched.clear()
    assert await runs.run()
    assert runs.mailbox.fetched == ["k5"]
    assert runs.counted["new"] == 1
    assert await runs.database.fetch("SELECT key FROM seen WHERE reason IS NOT NULL") == []


async def test_one_that_could_not_be_had_and_is_gone_is_not_asked_for_for_ever(runs: Runs) -> None:
    runs.mailbox.faults["k5"] = MessageUnreadable("HTML came")
    await runs.run()
    del runs.mailbox.faults["k5"], runs.mailbox.mails["k5"]
    await runs.run()
    assert runs.counted["skipped"] == 1
    runs.mailbox.fetched.clear()
    await runs.run()
    assert runs.mailbox.fetched == []


async def test_of_those_that_could_not_be_had_any_number_may_fail_again(runs: Runs) -> None:
    await runs.run()
    unread = [f"u{number}" for number in range(2 * PIECE)]
    await runs.database.execute(
        "INSERT INTO seen (account, key, reason) SELECT id, unnest(%s::text[]), '503' FROM accounts", (unread,)
    )
    runs.mailbox.faults = {key: MessageUnreadable("503") for key in unread}
    assert await runs.run()
    assert runs.counted["failed"] == 2 * PIECE
    assert runs.noted[-1][2] == str(3 * PIECE + 2)


async def test_several_in_a_row_that_cannot_be_had_are_no_matter_of_the_single_message(runs: Runs) -> None:
    runs.mailbox.faults = {f"k{number}": MessageUnreadable("503") for number in range(30, 77)}
    with pytest.raises(MailboxUnavailable, match="503"):
        await runs.run()
    assert await runs.messages() == 30
    numbers = runs.noted[-1][3]
    assert runs.noted[-1][2] is None
    runs.mailbox.faults.clear()
    assert await runs.run(numbers=numbers)
    assert runs.counted == {"new": 77, "known": 0, "skipped": 0, "failed": 0}


@pytest.mark.parametrize(
    "fault", [MailboxBusy("wait", 7), MailboxDisconnected("revoked"), MailboxUnavailable("away")]
)
async def test_what_is_about_the_whole_mailbox_ends_the_run_at_once_and_what_came_is_in(
    runs: Runs, fault: Exception
) -> None:
    runs.mailbox.faults["k30"] = fault
    with pytest.raises(type(fault)):
        await runs.run()
    assert await runs.messages() == 30
    assert all(cursor is None for _, _, cursor, _ in runs.noted)
    assert len(runs.mailbox.fetched) <= 30 + 1 + AT_ONCE


async def test_an_attempt_goes_on_where_the_one_before_it_was(runs: Runs) -> None:
    await runs.database.execute("INSERT INTO accounts (provider, address) VALUES ('gmail', %s)", (GROUP,))
    await runs.database.execute("INSERT INTO seen (account, key) SELECT id, 'k70' FROM accounts")
    runs.fail_at = 2 * PIECE + 1
    with pytest.raises(OutcomeUnknown):
        await runs.run()
    numbers = runs.noted[-1][3]
    assert numbers["new"] == await runs.messages() == PIECE
    runs.fail_at = None
    runs.mailbox.fetched.clear()
    assert await runs.run(numbers=numbers)
    total = 3 * PIECE + 2
    assert len(runs.mailbox.fetched) == total - 1 - PIECE
    assert runs.counted == {"new": total - 1, "known": 1, "skipped": 0, "failed": 0}


async def test_stopped_it_keeps_what_has_come(runs: Runs) -> None:
    assert not await runs.run(lambda: len(runs.mailbox.fetched) > PIECE + AT_ONCE + 3)
    came = await runs.messages()
    assert PIECE < came < 3 * PIECE
    assert runs.counted["new"] == came
    assert all(cursor is None for _, _, cursor, _ in runs.noted)
    assert await runs.run()
    assert await runs.messages() == 3 * PIECE + 2


async def test_cancelled_it_leaves_nothing_running(runs: Runs) -> None:
    runs.mailbox.take = lambda key: 60.0 if key == "k40" else 0.0
    task = asyncio.create_task(runs.run())
    while runs.mailbox.under_way != 1 or len(runs.mailbox.fetched) < 40:
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert runs.mailbox.under_way == 0


async def test_what_came_as_a_file_first_is_not_doubled_and_its_thread_is_learnt(
    database: Database, tmp_path: Path
) -> None:
    first, second = letters(2)
    await bring_in(database, tmp_path, first)
    runs = Runs(database, Remote(first, second))
    assert await runs.run()
    assert runs.counted == {"new": 1, "known": 1, "skipped": 0, "failed": 0}
    rows = await database.fetch(
        "SELECT provider, thread FROM messages JOIN accounts ON accounts.id = account ORDER BY message_id"
    )
    assert [tuple(row) for row in rows] == [("gmail", "t-k0"), ("gmail", "t-k1")]
    # The file once more changes nothing of it.
    assert (await bring_in(database, tmp_path, first))["new"] == 0
    rows = await database.fetch("SELECT DISTINCT provider FROM messages JOIN accounts ON accounts.id = account")
    assert [row.provider for row in rows] == ["gmail"]
