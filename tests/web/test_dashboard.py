"""The first page: who waits, what was brought in last, health in a line; fast, and there without a database."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rcmail import keys
from rcmail.clock import today
from rcmail.db.pool import Database, Session
from rcmail.jobs.queue import Queue
from tests.conftest import Client
from tests.mail.letters import GROUP, letter
from tests.mail.room import bring_in

HTML = {"Accept": "text/html"}
NOW = datetime.now(UTC).replace(microsecond=0)


async def text_of(client: Client) -> str:
    response = await client.get("/", headers=HTML)
    assert response.status == 200
    return " ".join((await response.text()).split())


def question(number: int, days: float, **changes: Any) -> bytes:
    return letter(
        sender=changes.pop("sender", f"Visitor {number} <v{number}@example.com>"),
        subject=f"thing {number}",
        date=NOW - timedelta(days=days),
        **changes,
    )


async def test_it_tells_how_many_wait_and_shows_the_newest_of_them(
    client: Client, database: Database, tmp_path: Path
) -> None:
    await bring_in(
        database,
        tmp_path,
        *[question(number, days=number + 1.5) for number in range(7)],
        question(20, days=80),
        question(21, days=1, sender="news@example.net", List_Id="<news.example.net>"),
        letter(sender=GROUP, to="v6@example.com", subject="Re: thing 6", date=NOW),
    )
    text = await text_of(client)
    assert '<span class="count">6</span> wait for an answer' in text
    shown = re.findall(
        r'<bdi class="who">(.*?)</bdi> <span class="since">(.*?)</span> <bdi class="subject">(.*?)<', text
    )
    assert shown == [(f"Visitor {n}", f"{n + 1} day{'s' * (n > 0)} ago", f"thing {n}") for n in range(5)]
    assert 'href="/mail">All who wait' in text
    [waiting] = [await (await client.get("/mail?state=waiting")).json()]
    assert len(waiting["conversations"]) == 6, "the same as the page of the mail"


async def test_one_who_waits_is_said_in_the_singular_and_leads_to_the_conversation(
    client: Client, database: Database, tmp_path: Path
) -> None:
    await bring_in(database, tmp_path, question(1, 3, sender='"<b>Eve" <eve@example.com>'))
    text = await text_of(client)
    assert '<span class="count">1</span> waits for an answer' in text
    assert "&lt;b&gt;Eve" in text
    assert "All who wait" not in text
    [number] = re.findall(r'href="/mail/(\d+)"', text)
    assert (await client.get(f"/mail/{number}")).status == 200


async def test_when_all_are_answered_it_says_so(client: Client, database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, question(1, 80))
    assert "Nobody waits for an answer" in await text_of(client)


async def test_how_long_a_question_waits_is_the_setting(
    client: Client, database: Database, tmp_path: Path
) -> None:
    await bring_in(database, tmp_path, question(1, 3))
    await client.app[keys.SETTINGS].save({"waiting_days": "2"})
    assert "Nobody waits for an answer" in await text_of(client)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("done", "The last import was 3 days ago: 12 new, 1 unreadable."),
        ("stopped", "The last import was stopped 3 days ago: 12 new, 1 unreadable."),
        ("failed", "The last import failed 3 days ago: 12 new, 1 unreadable."),
        ("running", "The import goes on: 12 new so far."),
    ],
)
async def test_the_last_import_is_told_with_its_result(
    client: Client, database: Database, state: str, told: str
) -> None:
    job = await Queue(database).put("import")
    await database.execute(
        "UPDATE jobs SET state = %s, progress = %s::jsonb, owner = CASE WHEN %s = 'running' THEN 1 END,"
        " ended_at = CASE WHEN %s <> 'running' THEN now() - interval '3 days 1 hour' END WHERE id = %s",
        (state, '{"new": 12, "failed": 1}', state, state, job.id),
    )
    assert told in await text_of(client)


@pytest.mark.parametrize("kinds", [("import", "sync"), ("sync", "import")])
async def test_of_syncs_and_imports_the_newest_is_told_whatever_was_done_since(
    client: Client, database: Database, kinds: tuple[str, str]
) -> None:
    for kind in (*kinds, "answers"):
        await Queue(database).put(kind)
    assert f"The {kinds[-1]} goes on: 0 new so far." in await text_of(client)


async def test_health_is_one_line_while_nothing_is_wrong(client: Client) -> None:
    await client.get("/health")
    text = await text_of(client)
    [line] = re.findall(r'<p class="line">(.*?)</p>', text)
    assert re.findall(r'data-check="(\w+)" data-status="(\w+)"', line) == [
        ("db", "ok"), ("llm", "unconfigured"), ("mail", "unconfigured"),
    ]  # fmt: skip
    assert "GMAIL" not in text


async def test_a_past_date_is_warned_of(client: Client) -> None:
    await client.app[keys.SETTINGS].save({"event_date": "2026-03-28"})
    text = await text_of(client)
    assert "Last Repair Café" in text
    assert "This day is past" in text


async def test_a_further_date_takes_the_place_of_one_that_is_past(client: Client) -> None:
    later = (today() + timedelta(days=1)).isoformat()
    await client.app[keys.SETTINGS].save(
        {"event_date": "2026-03-28", "event_further_dates": f"2026-05-02, {later}", "event_time": "13:00–16:30"}
    )
    text = await text_of(client)
    assert "Next Repair Café" in text
    assert f'<time datetime="{later}">' in text
    assert "tomorrow" in text
    assert "13:00–16:30" in text
    assert "This day is past" not in text


async def test_when_the_further_dates_are_past_too_the_last_is_warned_of(client: Client) -> None:
    await client.app[keys.SETTINGS].save({"event_date": "2026-03-28", "event_further_dates": "2026-05-02"})
    text = await text_of(client)
    assert '<time datetime="2026-05-02">' in text
    assert "This day is past" in text


async def test_a_place_in_several_languages_is_shown_in_each(client: Client) -> None:
    await client.app[keys.SETTINGS].save({"event_location": "nl: Zaal, Weg 1\nde: Saal, Weg 1"})
    text = await text_of(client)
    assert re.findall(r"Place</span> <bdi>(.*?)</bdi>", text) == ["Zaal, Weg 1", "Saal, Weg 1"]


async def test_it_asks_the_database_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    await client.get("/health")
    await text_of(client)
    asked: list[str] = []
    fetch = Session.fetch

    async def counting(self: Session, sql: str, *arguments: Any, **options: Any) -> Any:
        asked.append(sql)
        return await fetch(self, sql, *arguments, **options)

    monkeypatch.setattr(Session, "fetch", counting)
    await text_of(client)
    # A connection that has not made the plan yet makes it first; which one is free depends on the moment.
    asked = [sql for sql in asked if not sql.startswith("PREPARE")]
    assert [sql for sql in asked if "settings" in sql or "overview" in sql] == ["EXECUTE overview (%s)"]
