"""The job “sync”: from where it goes on, what it does when the mailbox does not, and when it is due."""

from datetime import date, timedelta

import pytest

from rcmail.clock import today
from rcmail.db.pool import Database
from rcmail.errors import (
    MailboxBusy,
    MailboxDisconnected,
    MailboxScopeMissing,
    MailboxUnavailable,
    MailboxWrongClient,
    Unconfigured,
)
from rcmail.jobs.job import Job
from rcmail.jobs.queue import Queue, Run
from rcmail.mail import syncing
from rcmail.mailbox.base import Mailbox
from rcmail.settings.store import SettingsStore
from tests.jobs.conftest import ended, eventually, in_state, working
from tests.mail.letters import GROUP, letter
from tests.mail.remote import Remote
from tests.mail.room import AWAY, HereReader

NUMBERS = {"done": 5, "total": 5, "new": 5, "known": 0, "skipped": 0, "failed": 0, "left": 0}
REVOKED = MailboxDisconnected("the access was taken back")


class Connected:
    """A connection to ``mailbox``; what it was told, and from which day on the mailbox was wanted."""

    def __init__(self, mailbox: Remote) -> None:
        self.remote = mailbox
        self.notes: list[MailboxUnavailable | None] = []
        self.since: list[date] = []
        self.closed: Exception | None = None

    async def mailbox(self, since: date) -> Mailbox:
        self.since.append(since)
        if self.closed:
            raise self.closed
        return self.remote

    async def note(self, error: MailboxUnavailable | None) -> str:
        self.notes.append(error)
        return f"{error}; press “Connect again”"


class Sync:
    """The worker that does it, and the mailbox."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.queue = Queue(database)
        mails = [letter(subject=f"s{each}", Message_ID=f"<{each}@x>") for each in range(5)]
        self.mailbox = Remote(*mails)
        self.source = Connected(self.mailbox)

    async def handler(self, job: Job) -> None:
        await syncing.sync(self.database, self.source, AWAY, HereReader(), job)

    async def done(self) -> Run:
        """Ask for it, and wait for its end."""
        put = await syncing.ask(self.database)
        async with working(self.database, {syncing.KIND: self.handler}):
            return await ended(self.queue, put.id)

    async def put_back(self) -> tuple[Run, float]:
        """Ask for it, and wait until it is to be tried again, in so many seconds."""
        put, notes = await syncing.ask(self.database), len(self.source.notes)

        async def is_noted() -> bool:
            return len(self.source.notes) > notes

        async with working(self.database, {syncing.KIND: self.handler}):
            await eventually(is_noted)
            run = await in_state(self.queue, put.id, "queued")
        [row] = await self.database.fetch(
            "SELECT extract(epoch FROM run_at - now())::float8 AS wait FROM jobs WHERE id = %s", (put.id,)
        )
        return run, row.wait


@pytest.fixture
def sync(database: Database) -> Sync:
    return Sync(database)


async def test_it_brings_in_what_is_there_and_the_second_time_only_what_is_new(sync: Sync) -> None:
    run = await sync.done()
    assert (run.state, run.error) == ("done", None)
    assert run.progress == NUMBERS
    sync.mailbox.mails["k5"] = letter(subject="new")
    sync.mailbox.fetched.clear()
    run = await sync.done()
    assert run.progress["new"] == 1
    assert sync.mailbox.fetched == ["k5"]
    assert sync.mailbox.cursors == [None, "5"]
    assert sync.source.notes == [None, None]


async def test_without_news_it_is_done_too(sync: Sync) -> None:
    await sync.done()
    run = await sync.done()
    assert (run.state, run.progress["new"], run.progress["total"]) == ("done", 0, 0)


async def test_the_address_of_the_mailbox_is_one_of_the_groups_from_now_on(sync: Sync) -> None:
    settings = SettingsStore(sync.database)
    await settings.save({"group_addresses": "other@example.org"})
    await sync.done()
    assert (await settings.read()).group_addresses == ["other@example.org", GROUP]
    await settings.save({"group_addresses": GROUP.upper()})
    await sync.done()
    assert len((await settings.read()).group_addresses) == 1


async def test_what_the_group_wrote_elsewhere_is_an_answer(sync: Sync) -> None:
    sync.mailbox.mails = {
        "q": letter(Message_ID="<q@x>"),
        "a": letter(f"Mieke <{GROUP}>", "Anna <anna@example.com>", "Ja hoor!", In_Reply_To="<q@x>"),
    }
    await sync.done()
    [row] = await sync.database.fetch("SELECT state, messages FROM conversations")
    assert (row.state, row.messages) == ("answered", 2)


async def test_it_goes_two_years_back_or_as_far_as_is_set(sync: Sync) -> None:
    await sync.done()
    await SettingsStore(sync.database).save({"mail_since": "2019-05-01"})
    await sync.done()
    assert sync.source.since == [today() - timedelta(days=730), date(2019, 5, 1)]


async def test_once_a_week_all_is_listed(sync: Sync) -> None:
    await sync.done()
    await sync.done()
    await sync.database.execute("UPDATE cursors SET listed_at = listed_at - interval '8 days'")
    await sync.done()
    await sync.done()
    assert sync.mailbox.cursors == [None, "5", None, "5"]


async def test_where_the_last_page_is_not_written_the_cursor_is_not_either(sync: Sync) -> None:
    sync.mailbox.faults["k3"] = REVOKED
    run = await sync.done()
    assert run.state == "failed"
    assert await sync.database.fetch("SELECT cursor FROM cursors") == []
    assert run.progress["new"] == 3


async def test_asked_to_wait_it_goes_on_when_that_is_over(sync: Sync) -> None:
    busy = MailboxBusy("Gmail asks rcmail to wait", 40)
    sync.mailbox.faults["k3"] = busy
    run, wait = await sync.put_back()
    assert run.error == "Gmail asks rcmail to wait"
    assert 30 < wait <= 40
    assert sync.source.notes == [busy]
    assert run.progress["new"] == 3
    sync.mailbox.faults.clear()
    await sync.database.execute("UPDATE jobs SET run_at = now()")
    run = await sync.done()
    assert run.progress == NUMBERS


async def test_unreachable_it_is_tried_again_later_and_then_fails_with_a_sentence(sync: Sync) -> None:
    sync.source.closed = MailboxUnavailable("Gmail cannot be reached: no such name")
    run, wait = await sync.put_back()
    assert run.error == "Gmail cannot be reached: no such name"
    assert 5 < wait <= 10
    await sync.database.execute("UPDATE jobs SET run_at = now(), attempts = 9")
    run = await sync.done()
    assert (run.state, run.error) == ("failed", "Gmail cannot be reached: no such name")


@pytest.mark.parametrize(
    "error", [REVOKED, MailboxScopeMissing("a permission is missing"), MailboxWrongClient("wrong client")]
)
async def test_what_a_person_has_to_do_fails_at_once_and_says_what(sync: Sync, error: MailboxUnavailable) -> None:
    sync.source.closed = error
    run = await sync.done()
    assert (run.state, run.error) == ("failed", f"{error}; press “Connect again”")
    assert sync.source.notes == [error]


async def test_without_a_mailbox_it_fails_and_says_so(sync: Sync) -> None:
    sync.source.closed = Unconfigured("no mailbox is connected; connect Gmail on the configuration page")
    run = await sync.done()
    assert (run.state, run.error) == ("failed", str(sync.source.closed))
    assert sync.source.notes == []


async def test_a_second_press_has_the_one_that_is_under_way(sync: Sync) -> None:
    first = await syncing.ask(sync.database)
    assert await syncing.ask(sync.database) == (first.id, False)


async def test_a_list_that_is_begun_anew_takes_nothing_back_of_how_far_it_is(sync: Sync) -> None:
    sync.mailbox.faults["k3"] = MailboxBusy("wait", 40)
    run, _ = await sync.put_back()
    assert (run.progress["done"], run.progress["total"]) == (3, 5)
    del sync.mailbox.mails["k0"]
    sync.mailbox.faults = {"k3": MailboxBusy("wait", 40)}
    await sync.database.execute("UPDATE jobs SET run_at = now()")
    run, _ = await sync.put_back()
    assert run.progress["done"] == 3


async def is_asked(database: Database) -> bool:
    await syncing.ask_where_due(database, 30)
    rows = await database.execute("DELETE FROM jobs WHERE state = 'queued' RETURNING id")
    return bool(rows)


ENDED = "INSERT INTO jobs (kind, priority, state, ended_at) VALUES ('sync', 10, %s, now() - %s * interval '1 min')"


@pytest.mark.parametrize(
    ("state", "minutes", "expected"),
    [
        ("done", 29, False),
        ("done", 31, True),
        ("failed", 29, False),
        ("stopped", 31, True),
        ("done", -600, True),  # by a clock that was wrong
    ],
)
async def test_it_is_due_where_the_last_one_is_long_ago(
    database: Database, state: str, minutes: int, expected: bool
) -> None:
    await database.execute(ENDED, (state, minutes))
    assert await is_asked(database) is expected


async def test_the_first_one_is_due_and_one_that_waits_is_not_asked_for_again(database: Database) -> None:
    assert await is_asked(database)
    await database.execute(ENDED, ("done", 100))
    await syncing.ask(database)
    await syncing.ask_where_due(database, 30)
    [row] = await database.fetch("SELECT count(*) AS queued FROM jobs WHERE state = 'queued'")
    assert row.queued == 1
