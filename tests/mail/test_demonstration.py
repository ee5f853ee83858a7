"""The demonstration in the tables: loaded as every mailbox is, and gone without a trace."""

import asyncio
import json
from collections.abc import Sequence
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from rcmail.clock import today
from rcmail.db.migrations import roll_back
from rcmail.db.pool import Database
from rcmail.errors import MailIsHere
from rcmail.jobs.job import Job
from rcmail.jobs.queue import Queue
from rcmail.mail import listing
from rcmail.mail.demonstration import KIND, Demonstration, bring_in
from rcmail.mail.store import Store
from rcmail.settings.store import SettingsStore
from tests.jobs.conftest import ended, eventually, working
from tests.mail.letters import letter
from tests.mail.room import AWAY, HereReader
from tests.mail.room import bring_in as import_file

Counts = dict[str, int]


@pytest.fixture
def settings(database: Database) -> SettingsStore:
    return SettingsStore(database)


@pytest.fixture
def demo(database: Database, settings: SettingsStore) -> Demonstration:
    return Demonstration(database, Queue(database), settings)


async def counts(database: Database) -> Counts:
    """How many rows each table has, but the one line that remembers the demonstration."""
    tables = await database.fetch(
        "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'demonstration'"
    )
    return {
        table.name: (await database.fetch(f'SELECT count(*) AS n FROM "{table.name}"'))[0].n for table in tables
    }


async def loaded(database: Database, demo: Demonstration) -> None:
    """Load it, and return when it is there."""
    await demo.load()
    [job] = await database.fetch("SELECT id FROM jobs")

    async def load(job: Job) -> None:
        await bring_in(database, HereReader(), AWAY, job)

    async with working(database, {KIND: load}):
        run = await ended(Queue(database), job.id)
    assert (run.state, run.error) == ("done", None)


async def conversations(database: Database, **wanted: Any) -> Sequence[listing.Conversation]:
    found = await listing.found(database, listing.Wanted(limit=100, **wanted), 60)
    return found.conversations


async def test_a_dozen_questions_wait_among_some_fifty_conversations(
    database: Database, demo: Demonstration
) -> None:
    await loaded(database, demo)
    waiting = await conversations(database, states=["waiting"])
    assert len(await conversations(database)) == 50
    assert len(waiting) == 12
    assert {row.language for row in waiting} == {"nl", "de", "en", "fr"}
    assert all(row.last_direction == "in" for row in waiting)
    assert all(today() - timedelta(days=7) <= row.last_at.astimezone().date() < today() for row in waiting)
    assert [row.messages for row in waiting if row.subject == "hond mee?"] == [2], "two mails, one request"
    [form] = [row for row in waiting if row.visitor_address == "cor.stilstaand@example.com"]
    assert form.visitor_name == "Cor Stilstaand"


@pytest.mark.parametrize("later", range(7))
async def test_as_many_wait_on_each_day_of_the_week(
    database: Database, demo: Demonstration, monkeypatch: pytest.MonkeyPatch, later: int
) -> None:
    day = today() + timedelta(days=later)
    monkeypatch.setattr("rcmail.mail.demonstration.today", lambda: day)
    monkeypatch.setattr("rcmail.mail.listing.today", lambda: day)
    await loaded(database, demo)
    assert len(await conversations(database, states=["waiting"])) == 12


async def test_what_needs_no_answer_is_closed_with_its_reason(database: Database, demo: Demonstration) -> None:
    await loaded(database, demo)
    why = {row.subject: row.state_why for row in await conversations(database, states=["closed"])}
    assert why["Nieuwsbrief: recht op reparatie, verzekering"] == "it has an unsubscribe header"
    assert why["versnelling ratelt"] == "the visitor only says thanks"
    assert why["Elektrische grasmaaier en een benzine"] == "it has waited for longer than a question waits"


async def test_it_brings_its_own_event_where_none_is_set(
    database: Database, demo: Demonstration, settings: SettingsStore
) -> None:
    await demo.load()
    event = (await settings.read()).event_date
    assert event is not None
    assert timedelta(days=5) < event - today() < timedelta(days=14)
    assert (await settings.read()).event_time == (time(13), time(16, 30))
    assert (await settings.read()).text("house_facts", "en") == "Last entry is at 3.45 pm."
    assert not (await settings.read()).group_addresses, "a later import must not be taken for the invented café's"


async def test_beside_facts_of_the_groups_own_it_fills_in_none(
    demo: Demonstration, settings: SettingsStore
) -> None:
    await settings.save({"event_location": "5 Mill Lane"})
    await demo.load()
    assert (await settings.read()).stored == {"event_location": "5 Mill Lane"}
    await demo.remove()
    assert (await settings.read()).stored == {"event_location": "5 Mill Lane"}


async def test_removed_it_leaves_not_one_row(database: Database, demo: Demonstration) -> None:
    before = await counts(database)
    await loaded(database, demo)
    during = await counts(database)
    assert all(during[table] for table in ("accounts", "conversations", "messages", "seen", "jobs", "settings"))
    await demo.remove()
    assert await counts(database) == before
    assert not demo.is_here
    [kept] = await database.fetch("SELECT settings, removed_at IS NULL AS is_here FROM demonstration")
    assert (kept.settings, kept.is_here) == ({}, False)


async def test_removed_it_takes_back_only_the_settings_that_nobody_changed(
    demo: Demonstration, settings: SettingsStore
) -> None:
    await demo.load()
    await settings.save({"event_date": "2031-05-03", "waiting_days": "30"})
    await demo.remove()
    assert (await settings.read()).stored == {"event_date": "2031-05-03", "waiting_days": "30"}


async def test_removed_it_leaves_no_invented_value_among_the_former_ones(
    database: Database, demo: Demonstration, settings: SettingsStore
) -> None:
    await demo.load()
    await settings.save({"event_location": "5 Mill Lane"})
    await settings.save({"event_location": "7 Mill Lane"})
    await demo.remove()
    rows = await database.fetch("SELECT value FROM former_settings")
    assert [row.value for row in rows] == ["5 Mill Lane"]


async def test_a_volunteers_notes_on_it_go_with_it(database: Database, demo: Demonstration) -> None:
    await loaded(database, demo)
    await database.execute("UPDATE conversations SET note = 'asked Gerrit', decision = 'closed'")
    await demo.remove()
    assert await conversations(database) == []


async def test_removed_while_it_is_being_loaded_nothing_comes_after(
    database: Database, demo: Demonstration
) -> None:
    before = await counts(database)
    reached, go_on, over = asyncio.Event(), asyncio.Event(), asyncio.Event()

    class Slow(HereReader):
        async def read(self, items: Any) -> Any:
            reached.set()
            await go_on.wait()
            return await super().read(items)

    async def load(job: Job) -> None:
        try:
            await bring_in(database, Slow(), AWAY, job)
        finally:
            over.set()

    await demo.load()
    async with working(database, {KIND: load}):
        await asyncio.wait_for(reached.wait(), 60)
        await demo.remove()
        go_on.set()
        await asyncio.wait_for(over.wait(), 60)
    assert await counts(database) == before


async def test_an_account_that_came_after_the_removal_goes_too(
    database: Database, demo: Demonstration, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await counts(database)
    over = asyncio.Event()

    class Late(Store):
        async def account(self, provider: str, address: str) -> int:
            await demo.remove()
            return await super().account(provider, address)

    async def load(job: Job) -> None:
        try:
            await bring_in(database, HereReader(), AWAY, job)
        finally:
            over.set()

    monkeypatch.setattr("rcmail.mail.demonstration.Store", Late)
    await demo.load()
    async with working(database, {KIND: load}):
        await asyncio.wait_for(over.wait(), 60)
    assert await counts(database) == before


async def test_pressed_twice_it_comes_once(database: Database, demo: Demonstration) -> None:
    await asyncio.gather(demo.load(), demo.load())
    assert len(await database.fetch("SELECT 1 FROM jobs")) == 1
    await loaded(database, demo)
    await demo.load()
    assert len(await conversations(database)) == 50


async def test_it_comes_by_itself_once_and_never_again_after_it_was_removed(
    database: Database, demo: Demonstration
) -> None:
    await demo.begin(by_itself=False)
    assert not await demo.look()
    await demo.begin(by_itself=True)
    assert demo.is_here
    await demo.remove()
    await demo.begin(by_itself=True)
    assert not await demo.look()
    await demo.load()  # asked for
    assert await demo.look()


async def test_it_never_comes_to_mail_that_is_there_or_on_its_way(
    database: Database, demo: Demonstration, tmp_path: Path
) -> None:
    job = await Queue(database).put("import", {"file": "x", "address": "a@example.org"})
    with pytest.raises(MailIsHere):
        await demo.load()
    await Queue(database).stop(job.id)
    await import_file(database, tmp_path, letter())
    with pytest.raises(MailIsHere):
        await demo.load()
    await demo.begin(by_itself=True)
    assert not await demo.look()
    assert (await SettingsStore(database).read()).stored == {}


async def test_before_the_first_real_letter_comes_the_invented_ones_are_gone(
    database: Database, demo: Demonstration, tmp_path: Path
) -> None:
    await loaded(database, demo)
    counted = await import_file(database, tmp_path, letter(subject="a real one"))
    assert counted["new"] == 1
    assert [row.subject for row in await conversations(database)] == ["a real one"]
    assert not await demo.look()


async def test_a_removal_never_takes_a_real_letter(
    database: Database, demo: Demonstration, tmp_path: Path
) -> None:
    """Also where one should, against all rules, stand in an invented conversation."""
    await loaded(database, demo)
    await database.execute("INSERT INTO accounts (provider, address) VALUES ('file', 'a@example.org')")
    await database.execute(
        "UPDATE messages SET account = accounts.id FROM accounts WHERE provider = 'file'"
        " AND messages.id IN (SELECT max(id) FROM messages WHERE subject = 'hond mee?')"
    )
    await demo.remove()
    assert [row.subject for row in await conversations(database)] == ["hond mee?"]
    assert len(await database.fetch("SELECT id FROM messages")) == 1


async def test_an_old_one_is_loaded_anew_at_a_start(database: Database, demo: Demonstration) -> None:
    await loaded(database, demo)
    for days, is_anew in ((7, False), (8, True)):
        await database.execute("UPDATE demonstration SET day = %s", (today() - timedelta(days=days),))
        await demo.begin(by_itself=False)
        [found] = await database.fetch("SELECT day FROM demonstration")
        assert (found.day == today()) is is_anew
    [job] = await database.fetch("SELECT state, payload FROM jobs")
    assert (job.state, job.payload) == ("queued", {"today": today().isoformat()})


async def test_a_job_that_is_tried_again_the_next_day_stays_with_its_own_day(
    database: Database, demo: Demonstration
) -> None:
    day = date(2024, 2, 29)
    await demo.load()
    await database.execute("UPDATE jobs SET payload = %s::jsonb", (json.dumps({"today": day.isoformat()}),))

    async def load(job: Job) -> None:
        await bring_in(database, HereReader(), AWAY, job)

    async with working(database, {KIND: load}):
        await eventually(lambda: database.fetch("SELECT 1 FROM jobs WHERE state = 'done'"))
    newest = (await conversations(database))[0]
    assert newest.last_at.astimezone().date() == day - timedelta(days=1)


async def test_a_step_back_of_the_schema_takes_it_along(database: Database, demo: Demonstration) -> None:
    """An earlier rcmail would not mark it."""
    await loaded(database, demo)
    await roll_back(database, database._config, "0004.create-mail")
    for table in ("conversations", "messages", "accounts", "seen", "jobs", "settings"):
        [found] = await database.fetch(f"SELECT count(*) AS n FROM {table}")
        assert found.n == 0, table
