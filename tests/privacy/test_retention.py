"""Mail is kept only so long: what is older goes, stays away, and nothing else does."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from rcmail import timers
from rcmail.db.pool import Database
from rcmail.errors import JobStopped
from rcmail.jobs.here import do_here
from rcmail.jobs.job import Job
from rcmail.jobs.queue import Queue
from rcmail.mail.forgotten import oldest_kept
from rcmail.privacy import retention
from rcmail.process.tasks import supervised
from rcmail.settings.store import SettingsStore
from tests.answers.room import asked, compare, keep
from tests.drafting.kept import Room
from tests.jobs.conftest import eventually
from tests.mail.letters import TODAY, letter
from tests.mail.room import AWAY, bring_in


def mail(days_ago: float, subject: str, **headers: Any) -> bytes:
    return letter(
        "anna@example.com", text=subject, subject=subject, date=TODAY - timedelta(days=days_ago), **headers
    )


async def remove(database: Database) -> dict[str, int]:
    """The nightly job; its progress."""

    async def handler(job: Job) -> None:
        await retention.remove(database, job)

    return (await do_here(database, retention.KIND, {}, handler)).numbers


async def subjects(database: Database) -> list[str]:
    return [row.subject for row in await database.fetch("SELECT subject FROM conversations ORDER BY last_at")]


@pytest.mark.parametrize(
    ("months", "day", "oldest"),
    [
        (0, date(2026, 5, 31), None),
        (1, date(2026, 5, 31), date(2026, 4, 30)),
        (3, date(2026, 5, 31), date(2026, 2, 28)),
        (12, date(2028, 2, 29), date(2027, 2, 28)),
        (5, date(2026, 5, 1), date(2025, 12, 1)),
    ],
)
def test_the_first_day_that_is_kept(months: int, day: date, oldest: date | None) -> None:
    found = oldest_kept(months, day)
    assert found == (datetime(oldest.year, oldest.month, oldest.day, tzinfo=UTC) if oldest else None)


async def test_what_is_older_goes_and_what_goes_on_stays(database: Database, tmp_path: Path) -> None:
    await SettingsStore(database).save({"mail_keep_months": "12"})
    old = [mail(500, "old"), mail(400, "older than a year"), mail(300, "younger")]
    ongoing = [mail(500, "goes on", Message_ID="<a@x>"), mail(10, "Re: goes on", In_Reply_To="<a@x>")]
    await SettingsStore(database).save({"mail_keep_months": ""})
    await bring_in(database, tmp_path, *old, *ongoing)
    assert await remove(database) == {}
    await SettingsStore(database).save({"mail_keep_months": "12"})
    assert await retention.count(database, 12) == 2
    assert await remove(database) == {"done": 2, "total": 2}
    assert await subjects(database) == ["younger", "goes on"]
    assert await database.fetch("SELECT 1 FROM jobs WHERE kind = 'answers' AND state = 'queued'")


async def test_what_is_too_old_does_not_come_in_and_does_once_it_is_kept_longer(
    database: Database, tmp_path: Path
) -> None:
    settings = SettingsStore(database, retention.follow)
    await settings.save({"mail_keep_months": "12"})
    mails = (mail(400, "old"), mail(300, "younger"))
    assert await bring_in(database, tmp_path, *mails) == {"new": 1, "known": 0, "skipped": 1, "failed": 0}
    assert await bring_in(database, tmp_path, *mails) == {"new": 0, "known": 2, "skipped": 0, "failed": 0}
    await settings.save({"mail_keep_months": "24"})
    assert await bring_in(database, tmp_path, *mails) == {"new": 1, "known": 1, "skipped": 0, "failed": 0}


async def test_what_was_removed_stays_away(database: Database, tmp_path: Path) -> None:
    mails = (mail(400, "old"), mail(300, "younger"))
    await bring_in(database, tmp_path, *mails)
    settings = SettingsStore(database, retention.follow)
    await settings.save({"mail_keep_months": "12"})
    await remove(database)
    again = (mail(400, "old", X_Copy="1"), mail(300, "younger", X_Copy="1"))
    assert await bring_in(database, tmp_path, *again) == {"new": 0, "known": 1, "skipped": 1, "failed": 0}


async def test_drafts_vectors_and_what_was_found_go_too(room: Room) -> None:
    await keep(room.database, room.folder, asked("Mijn broodrooster?", "Ja, neem hem mee.", day=-400))
    await room.bring_in(asked("Onze broodrooster springt niet op.", day=20))
    await room.make_all()
    assert await room.database.fetch("SELECT 1 FROM past_vectors")
    assert (await room.draft()).sources
    await room.settings.save({"mail_keep_months": "6"})
    await remove(room.database)
    for table in ("past_requests", "past_vectors", "similar_answers"):
        assert await room.database.fetch(f"SELECT 1 FROM {table}") == []
    await compare(room.database, room.helper)
    assert await room.database.fetch("SELECT 1 FROM similar_answers")


async def test_it_goes_on_after_a_stop(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "_REMOVE", retention._REMOVE.replace("LIMIT 100", "LIMIT 1"))
    await bring_in(
        database, tmp_path, mail(1, "new"), *(mail(400 + number, f"old {number}") for number in range(4))
    )
    await SettingsStore(database).save({"mail_keep_months": "12"})

    async def stopped(job: Job) -> None:
        job.stop_wanted.set()
        await retention.remove(database, job)

    with pytest.raises(JobStopped):
        await do_here(database, retention.KIND, {}, stopped)
    assert len(await subjects(database)) == 4
    await remove(database)
    assert await subjects(database) == ["new"]


async def test_a_clock_that_jumped_ahead_costs_a_month_at_most(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await SettingsStore(database).save({"mail_keep_months": "12"})
    await bring_in(database, tmp_path, mail(355, "eleven months"), mail(300, "ten months"), mail(1, "yesterday"))
    # As PostgreSQL sees it: all that was ever done or written was so ten years ago.
    await database.execute("UPDATE messages SET sent_at = sent_at - interval '3650 days'")
    await database.execute("UPDATE conversations SET last_at = last_at - interval '3650 days'")
    await database.execute("UPDATE jobs SET created_at = created_at - interval '3650 days'")
    await remove(database)
    assert await subjects(database) == ["ten months", "yesterday"]


async def test_it_is_asked_for_only_where_mail_is_not_kept_for_ever(database: Database) -> None:
    await retention.ask(database)
    assert await Queue(database).newest([retention.KIND]) is None
    await SettingsStore(database).save({"mail_keep_months": "12"})
    await retention.ask(database)
    await retention.ask(database)
    assert len(await database.fetch("SELECT 1 FROM jobs")) == 1


async def test_the_worker_asks_for_it_after_its_start_and_with_each_day(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = [date(2026, 11, 29)]
    monkeypatch.setattr(timers, "today", lambda: day[0])
    monkeypatch.setattr(timers, "_PATIENCE", 0.01)
    await SettingsStore(database).save({"mail_keep_months": "12"})

    async def asked() -> bool:
        return bool(await database.execute("DELETE FROM jobs WHERE kind = 'retention' RETURNING id"))

    async with supervised("retention", partial(timers.ask_to_remove_each_day, database)):
        await eventually(asked)
        await asyncio.sleep(0.1)
        assert not await asked()
        day[0] += timedelta(days=1)
        await eventually(asked)


async def test_the_limit_is_not_about_who_was_forgotten(database: Database) -> None:
    rules = await AWAY.rules(database)
    assert (rules.oldest, rules.forgotten) == (None, {})
    await SettingsStore(database).save({"mail_keep_months": "1"})
    assert (await AWAY.rules(database)).oldest is not None
