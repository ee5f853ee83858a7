"""“Sync incoming” on the pages and for programs: the press, how far it is, and what it brought."""

import json
import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from aiohttp.web import Application

from rcmail.app import create_app
from rcmail.config import PostgresConfig
from rcmail.db.pool import Database
from tests.conftest import Client
from tests.fakes.google import FakeGoogle
from tests.support import make_config
from tests.web.test_mailbox import connect

HTML = {"Accept": "text/html"}
HTMX = HTML | {"HX-Request": "true"}
PATH = "/mail/sync"
Make = Callable[[Application], Awaitable[Client]]
pytestmark = pytest.mark.usefixtures("state")


@pytest.fixture
async def connected(database_config: PostgresConfig, google: FakeGoogle, aiohttp_client: Make) -> Client:
    """The pages of a house whose mailbox is connected."""
    client = await aiohttp_client(create_app(make_config(database_config, gmail=google.config())))
    await connect(client, google)
    return client


async def text_of(client: Client, path: str = "/mail", headers: dict[str, str] = HTML) -> str:
    return await (await client.get(path, headers=headers)).text()


async def run_is(database: Database, state: str, error: str = "", *, wait: int = 0, **progress: int) -> None:
    """The newest run, a sync, stands like this; it goes on in ``wait`` seconds, or ended three days ago."""
    await database.execute("DELETE FROM jobs")
    await database.execute(
        "INSERT INTO jobs (kind, once, priority, state, owner, progress, error, run_at, started_at, ended_at)"
        " VALUES ('sync', 'sync', 10, %s, %s, %s::jsonb, %s, now() + %s * interval '1 s',"
        " now() - interval '10 s', CASE WHEN %s THEN now() - interval '3 days' END)",
        (
            state,
            1 if state == "running" else None,
            json.dumps(progress),
            error or None,
            wait,
            state in ("done", "failed", "stopped"),
        ),
    )


async def test_a_program_begins_one_sees_it_and_stops_it(connected: Client, database: Database) -> None:
    response = await connected.post(PATH)
    assert response.status == 202
    run = {"state": "queued", "error": None} | dict.fromkeys(
        ("done", "total", "new", "known", "skipped", "failed"), 0
    )
    assert await response.json() == run
    assert await (await connected.get(PATH)).json() == run
    assert [tuple(row) for row in await database.fetch("SELECT kind, once FROM jobs WHERE kind <> 'own'")] == [
        ("sync", "sync")
    ]
    assert (await (await connected.delete(PATH)).json())["state"] == "stopped"


async def test_a_second_press_shows_the_one_under_way_also_behind_a_newer_import(
    connected: Client, database: Database
) -> None:
    await run_is(database, "running", done=7, total=70, new=7)
    await database.execute("INSERT INTO jobs (kind, priority, state) VALUES ('import', 10, 'queued')")
    response = await connected.post(PATH)
    assert (response.status, (await response.json())["done"]) == (202, 7)
    assert len(await database.fetch("SELECT id FROM jobs")) == 2


async def test_without_a_mailbox_a_program_is_told_what_to_do(client: Client, database: Database) -> None:
    response = await client.post(PATH)
    assert response.status == 409
    assert (await response.json())["error"] == (
        "No mailbox is connected: connect Gmail on the configuration page, then sync."
    )
    assert await database.fetch("SELECT id FROM jobs") == []
    assert "connect Gmail on the configuration page" in await (await client.post(PATH, headers=HTML)).text()


async def test_without_a_mailbox_the_button_leads_to_the_configuration_page(client: Client) -> None:
    page = await text_of(client)
    assert '<a id="sync-incoming" class="button quiet" href="/config#mailbox">Sync incoming</a>' in page
    assert 'action="/mail/sync"' not in page
    assert '<a id="connect" class="button" href="/config#mailbox">Connect Gmail</a>' in await text_of(client, "/")


@pytest.mark.parametrize("path", ["/", "/mail"])
async def test_where_one_is_connected_there_is_a_button_that_works_without_javascript(
    connected: Client, path: str
) -> None:
    page = await text_of(connected, path)
    assert re.search(r'<form method="post" action="/mail/sync" hx-post="/mail/sync"', page)
    response = await connected.post(PATH, headers=HTML, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/mail")
    page = await text_of(connected, path)
    assert 'id="sync-incoming"' not in page
    assert 'hx-get="/mail/sync"' in page


async def test_with_javascript_what_is_pressed_gives_way_to_how_far_it_is(connected: Client) -> None:
    response = await connected.post(PATH, headers=HTMX)
    text = await response.text()
    assert response.status == 200
    assert text.lstrip().startswith('<section id="incoming" class="run"')
    assert "A sync is about to begin." in text
    assert 'hx-trigger="every 2s"' in text
    assert "<html" not in text


@pytest.mark.parametrize(
    ("state", "progress", "expected"),
    [
        ("running", {}, "Looking what there is."),
        ("running", {"total": 3500}, "Looking what there is: 3,500 mails so far."),
        (
            "running",
            {"done": 1200, "total": 3000, "new": 200, "known": 1000, "left": 360},
            "Syncing: 1,200 of 3,000 mails, 6 minutes to go.",
        ),
        ("running", {"done": 1200, "total": 3000, "left": 0}, "Syncing: 1,200 of 3,000 mails."),
    ],
)
async def test_how_far_it_is_is_told(
    connected: Client, database: Database, state: str, progress: dict[str, int], expected: str
) -> None:
    await run_is(database, state, "", **progress)
    for path, headers in (("/mail", HTML), (PATH, HTMX)):
        assert f"<p>{expected}</p>" in await text_of(connected, path, headers)


async def test_asked_to_wait_it_says_until_when(connected: Client, database: Database) -> None:
    await run_is(database, "queued", "Gmail asks rcmail to wait", wait=600, done=50, total=100, new=50, left=9)
    until = datetime.now().astimezone() + timedelta(seconds=600)
    moments = {f"{until - timedelta(seconds=each):%H:%M}" for each in (0, 60)}
    page = await text_of(connected)
    found = re.findall(r"<p>Gmail asks rcmail to wait. It goes on at ([0-9:]{5}).</p>", page)
    assert len(found) == 1
    assert set(found) <= moments
    assert 'id="stop-run"' in page


async def test_what_the_last_one_brought_and_when_stays_in_sight(connected: Client, database: Database) -> None:
    await run_is(database, "done", done=9, total=9, new=5, known=2, skipped=1, failed=1, left=0)
    page = await text_of(connected)
    assert "Last sync 3 days ago. 5 new, 2 known, 1 skipped, 1 unreadable." in page
    assert 'id="sync-incoming"' in page
    await run_is(database, "failed", "must be connected again: revoked; press “Connect again”", new=3)
    text = await text_of(connected, PATH, HTMX)
    assert (
        "The last sync failed 3 days ago: must be connected again: revoked; press “Connect again”. 3 new" in text
    )
    await run_is(database, "stopped", new=3)
    assert "The last sync was stopped 3 days ago; what it brought in stays. 3 new" in await text_of(connected)


async def test_the_dashboard_tells_of_it_too(connected: Client, database: Database) -> None:
    await run_is(database, "done", done=9, total=9, new=5)
    assert "The last sync was 3 days ago: 5 new." in await text_of(connected, "/")
    await run_is(database, "running", done=9, total=90, new=9)
    page = await text_of(connected, "/")
    assert "The sync goes on: 9 new so far." in page
    assert 'hx-get="/mail/sync" hx-trigger="load"' in page


async def test_the_list_follows_while_mail_comes_in(connected: Client, database: Database) -> None:
    await run_is(database, "running", done=50, total=3000, new=25)
    assert """hx-vals='{"new": 25}'""" in await text_of(connected)
    for seen, trigger in (("25", None), ("0", "mail-came")):
        response = await connected.get(PATH, params={"new": seen}, headers=HTMX)
        assert response.headers.get("HX-Trigger") == trigger
