"""The demonstration on the pages: offered where there is no mail, marked everywhere, removed with one press."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp.web import Application

from rcmail.app import create_app
from rcmail.clock import today
from rcmail.config import Config, PostgresConfig
from rcmail.db.pool import Database
from rcmail.drafting import folder, push
from rcmail.drafting.material import signature
from rcmail.jobs.here import do_here
from rcmail.jobs.job import Job
from rcmail.mail.demonstration import KIND, bring_in
from rcmail.mail.mime.parse import parse
from rcmail.mailbox.demo.mailbox import ADDRESS
from rcmail.settings.store import SettingsStore
from tests.conftest import Client
from tests.jobs.conftest import eventually, working
from tests.mail.letters import letter, mbox
from tests.mail.room import AWAY, HereReader
from tests.mail.room import bring_in as import_file
from tests.support import make_config

HTML = {"Accept": "text/html"}
FORM = {**HTML, "Content-Type": "application/x-www-form-urlencoded"}
LOAD, REMOVE = "/mail/demonstration", "/mail/demonstration/remove"
MARK = "This is the demonstration"
Make = Callable[[Application], Awaitable[Client]]
pytestmark = pytest.mark.usefixtures("state")


async def text_of(client: Client, path: str = "/") -> str:
    response = await client.get(path, headers=HTML)
    assert response.status in (200, 404)
    return await response.text()


async def done(database: Database) -> None:
    """As the worker does it."""

    async def load(job: Job) -> None:
        await bring_in(database, HereReader(), AWAY, job)

    async with working(database, {KIND: load}):
        await eventually(lambda: database.fetch("SELECT 1 FROM jobs WHERE state = 'done'"))


async def press(client: Client, path: str) -> str:
    """A form's button, without JavaScript; the page that it leads to."""
    response = await client.post(path, headers=FORM, data=b"")
    assert response.status == 200
    assert str(response.url.path) == "/"
    return await response.text()


async def test_where_there_is_no_mail_it_is_offered_and_nothing_comes_by_itself(client: Client) -> None:
    text = await text_of(client)
    assert "There is no mail here yet" in text
    assert f'<form method="post" action="{LOAD}">' in text
    assert 'href="/config#import"' in text
    assert MARK not in text
    assert (await (await client.get("/mail")).json())["conversations"] == []


async def test_one_press_loads_it_every_page_is_marked_and_one_press_removes_it(
    client: Client, database: Database
) -> None:
    text = await press(client, LOAD)
    assert "The demonstration is being loaded" in text
    assert 'hx-trigger="every 1s"' in text
    page = await text_of(client, "/mail")
    assert "The demonstration is being loaded" in page
    assert "There is no mail here yet" not in page
    assert 'hx-trigger="mail-came from:body, every 1s"' in page
    await done(database)
    for path in ("/", "/mail", "/mail?state=all", "/health", "/config", "/logs", "/door", "/nowhere"):
        text = await text_of(client, path)
        assert MARK in text, path
        assert f'action="{REMOVE}"' in text[: text.index("<main")], path
    text = await text_of(client)
    assert '<span class="count">12</span> wait for an answer' in text
    assert 'hx-trigger="every 1s"' not in text
    text = await press(client, REMOVE)
    assert MARK not in text
    assert "There is no mail here yet" in text
    for path in ("/mail", "/health", "/config", "/logs"):
        assert MARK not in await text_of(client, path), path


async def test_the_page_of_its_mail_shows_who_waits(client: Client, database: Database) -> None:
    await press(client, LOAD)
    await done(database)
    text = await text_of(client, "/mail")
    assert "Okke Snoerhaspel" in text
    assert "stofzuiger ruikt" in text


async def test_programs_load_and_remove_it_too(client: Client, database: Database) -> None:
    for status in (202, 202):
        response = await client.post(LOAD)
        assert (response.status, await response.json()) == (status, {"state": "here"})
    health = await (await client.get("/health")).json()
    assert health["checks"]["mail"] == "unconfigured"
    assert health["details"]["mail"].startswith(
        "what is here is the demonstration’s invented mail; not set: GMAIL"
    )
    response = await client.post(REMOVE)
    assert (response.status, await response.json()) == (200, {"state": "removed"})
    health = await (await client.get("/health")).json()
    assert health["details"]["mail"].startswith("not set")
    assert await (await client.get("/mail/sync")).json() == {"state": None}, "it is neither a sync nor an import"


async def test_beside_mail_it_is_neither_offered_nor_loaded(
    client: Client, database: Database, tmp_path: Path
) -> None:
    await import_file(database, tmp_path, letter())
    assert LOAD not in await text_of(client)
    response = await client.post(LOAD)
    assert response.status == 409
    assert "There is mail here already" in (await response.json())["error"]
    assert MARK not in await text_of(client)


async def test_an_upload_of_real_mail_takes_its_place(client: Client, database: Database) -> None:
    await press(client, LOAD)
    await done(database)
    response = await client.post(
        "/mail/import",
        params={"address": "repair@example.org"},
        data=mbox(letter()),
        headers={"Content-Type": "application/mbox"},
    )
    assert response.status == 202
    assert MARK not in await text_of(client, "/mail")
    assert await database.fetch("SELECT 1 FROM messages") == []


async def test_a_failed_upload_leaves_it_where_it_is(client: Client, database: Database) -> None:
    await press(client, LOAD)
    params = {"address": "repair@example.org"}
    response = await client.post("/mail/import", params=params, headers={"Content-Type": "application/mbox"})
    assert response.status == 422
    assert MARK in await text_of(client, "/mail")


async def test_where_the_configuration_says_so_it_comes_by_itself_once(
    config: Config, database_config: PostgresConfig, aiohttp_client: Make, database: Database
) -> None:
    first = await aiohttp_client(create_app(make_config(database_config, demo=True)))
    assert MARK in await text_of(first, "/logs"), "before anybody has looked at the first page"
    assert (await (await first.get("/config")).json())["event_location"] == "Wijkcentrum De Brug, Molenlaan 5"
    await first.post(REMOVE)
    await first.close()
    second = await aiohttp_client(create_app(make_config(database_config, demo=True)))
    assert MARK not in await text_of(second)
    assert "There is no mail here yet" in await text_of(second)
    assert await database.fetch("SELECT 1 FROM jobs") == []


async def test_a_start_with_the_demonstration_in_the_tables_marks_the_pages(
    config: Config, aiohttp_client: Make, client: Client, database: Database
) -> None:
    await press(client, LOAD)
    again = await aiohttp_client(create_app(config))
    assert MARK in await text_of(again, "/health")


async def test_one_that_could_not_be_loaded_says_so(client: Client, database: Database) -> None:
    await press(client, LOAD)
    await database.execute("UPDATE jobs SET state = 'failed', ended_at = now()")
    assert "The demonstration could not be loaded" in await text_of(client)
    assert "There is no mail here yet" in await press(client, REMOVE)


async def test_the_event_is_shown_with_it_and_goes_with_it(client: Client, database: Database) -> None:
    text = await press(client, LOAD)
    assert "Wijkcentrum De Brug, Molenlaan 5" in text
    assert "This day is past" not in text
    assert str(today().year) in text or str(today().year + 1) in text
    assert "No date is set yet" in await press(client, REMOVE)


async def test_its_approved_drafts_are_written_as_any_other_and_go_with_it(
    client: Client, database: Database, tmp_path: Path
) -> None:
    await press(client, LOAD)
    await done(database)
    facts = signature(await SettingsStore(database).read(), today())
    newest = (
        "(SELECT id FROM messages WHERE conversation = conversations.id ORDER BY sent_at DESC, id DESC LIMIT 1)"
    )
    await database.execute(
        "INSERT INTO drafts (conversation, state, text, newest, facts)"
        f" SELECT id, 'approved', 'Kom gerust langs.', {newest}, %s FROM conversations WHERE state = 'waiting'",
        (facts,),
    )

    async def handler(job: Job) -> None:
        await push.push_all(database, folder.Boxes(tmp_path), job)

    await do_here(database, push.KIND, {}, handler)
    run = await (await client.get("/mail/drafts/sync")).json()
    assert run["new"] == run["done"] > 10
    mails = [parse(path.read_bytes()) for path in (tmp_path / "drafts").rglob("*.eml")]
    assert len(mails) == run["new"]
    assert {mail.from_.address for mail in mails} == {ADDRESS}
    assert ADDRESS not in {each.address for mail in mails for each in mail.to}
    await press(client, REMOVE)
    assert list((tmp_path / "drafts").rglob("*")) == []
