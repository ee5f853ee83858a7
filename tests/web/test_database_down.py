"""Every page while PostgreSQL is stopped, hung or refuses: it renders, tells what is known, and loses nothing."""

import asyncio
import html
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp.web import Application
from psycopg2 import sql

from rcmail import keys
from rcmail.app import create_app
from rcmail.config import PostgresConfig
from rcmail.db.embedded import EmbeddedPostgres
from rcmail.errors import OutcomeUnknown
from rcmail.health.db import where_to_look
from tests.conftest import Client, execute_as_superuser
from tests.db.test_pool import hung
from tests.support import make_config, postgres_config

HTML = {"Accept": "text/html"}
JSON = {"Accept": "application/json"}
PAGES = [("/", 200), ("/health", 200), ("/config", 200), ("/logs", 200), ("/nowhere", 404)]
ROLE = sql.Identifier("rcmail")
CUT = sql.SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'rcmail'")


@contextmanager
def stopped(server: EmbeddedPostgres) -> Iterator[None]:
    server.stop()
    try:
        yield
    finally:
        server.start()


@contextmanager
def refusing(server: EmbeddedPostgres) -> Iterator[None]:
    execute_as_superuser(server, sql.SQL("ALTER ROLE {} NOLOGIN").format(ROLE), CUT)
    try:
        yield
    finally:
        execute_as_superuser(server, sql.SQL("ALTER ROLE {} LOGIN").format(ROLE))


Outage = Callable[[EmbeddedPostgres], AbstractContextManager[None]]
OUTAGES = pytest.mark.parametrize(
    ("outage", "says"),
    [
        (stopped, "connection refused: PostgreSQL is not running there"),
        (hung, "timed out after 3 s"),
        (refusing, "the PostgreSQL role may not log in; ALTER ROLE … LOGIN"),
    ],
    ids=["stopped", "hung", "refusing"],
)


@pytest.fixture
async def own_client(
    own_postgres: EmbeddedPostgres, aiohttp_client: Callable[[Application], Awaitable[Client]]
) -> Client:
    return await aiohttp_client(create_app(make_config(postgres_config(str(own_postgres.socket)))))


async def known_to_be(status: str, client: Client) -> None:
    """Returns once health says so."""
    async with asyncio.timeout(20):
        while (await (await client.get("/health")).json())["checks"]["db"] != status:
            await asyncio.sleep(0.1)


async def text_of(client: Client, path: str, status: int = 200) -> str:
    async with asyncio.timeout(20):  # the 2 s that settings are waited for, on a machine that is busy
        response = await client.get(path, headers=HTML)
        assert response.status == status
        return html.unescape(await response.text())


@OUTAGES
async def test_every_page_renders_in_time_and_tells_what_is_known_until_it_is_back(
    outage: Outage, says: str, own_postgres: EmbeddedPostgres, own_client: Client
) -> None:
    await own_client.post("/config", json={"event_location": "5 Mill Lane", "event_date": "2031-05-06"})
    with outage(own_postgres):
        await known_to_be("unreachable", own_client)
        for path, status in PAGES:
            text = await text_of(own_client, path, status)
            assert re.search(
                rf"The database does not answer</strong>, since \d\d:\d\d \([^)]*\): {re.escape(says)}\.", text
            ), path
            assert "Nothing can be saved until it is back" in text
            assert "<code>systemctl status 'postgresql@*'</code>" in text
            assert '<a href="/logs">the log</a>' in text
        assert "5 Mill Lane" in await text_of(own_client, "/"), "what was last known"
        assert 'value="5 Mill Lane"' in await text_of(own_client, "/config")
        assert re.search(
            rf"{re.escape(says)} <span class=\"since\">· since \d\d", await text_of(own_client, "/health")
        )
        fragment = await text_of(own_client, "/health/notices")
        assert "<html" not in fragment
        assert "The database does not answer" in fragment
    await known_to_be("ok", own_client)
    assert (await text_of(own_client, "/health/notices")).count("notice") == 1, "the language model's"
    for path, status in PAGES:
        text = await text_of(own_client, path, status)
        assert "does not answer" not in text.replace("rcmail itself does not answer", "")
        assert "cannot be read" not in text


@OUTAGES
async def test_a_save_is_refused_with_everything_as_typed_and_works_when_it_is_back(
    outage: Outage, says: str, own_postgres: EmbeddedPostgres, own_client: Client
) -> None:
    await own_client.post("/config", json={"event_location": "known"})
    typed = {"event_location": "typed <&", "was_event_location": "known", "event_date": "2031-05-06"}
    with outage(own_postgres):
        async with asyncio.timeout(30):
            response = await own_client.post("/config", data=typed, headers=HTML, allow_redirects=False)
            text = html.unescape(await response.text())
        assert response.status == 503
        assert "Nothing was saved: " in text
        assert "What you typed is still here" in text
        assert 'value="typed <&"' in text
        assert 'value="2031-05-06"' in text
        for name, value in re.findall(r'name="(was_\w+)" value="([^"]*)"', text):
            assert value == ("known" if name == "was_event_location" else ""), "what it was loaded with stays"
        for body in ({"json": {"event_location": "x"}}, {"data": {"event_location": "x"}, "headers": JSON}):
            async with asyncio.timeout(30):
                response = await own_client.post("/config", **body)  # type: ignore[arg-type]
                answer = await response.json()
            assert (response.status, answer["status"]) == (503, 503)
            assert answer["error"].startswith("The database is not available: ")
            assert "Nothing was changed" in answer["error"]
        assert (await own_client.get("/config", headers=JSON)).status == 503
    async with asyncio.timeout(20):
        while (await own_client.post("/config", data=typed, allow_redirects=False)).status != 303:
            await asyncio.sleep(0.1)
    answer = await (await own_client.get("/config", headers=JSON)).json()
    assert (answer["event_location"], answer["event_date"]) == ("typed <&", "2031-05-06")


async def test_an_uncertain_save_is_told_to_a_form_that_wants_json_too(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unknown(*_: object, **__: object) -> None:
        raise OutcomeUnknown("PostgreSQL did not answer in time")

    monkeypatch.setattr(client.app[keys.SETTINGS], "save", unknown)
    response = await client.post("/config", data={"llm_model": "m"}, headers=JSON)
    assert (response.status, response.content_type) == (503, "application/json")
    assert "not certain whether this was saved" in await response.text()


@pytest.mark.parametrize(
    ("host", "where"),
    [
        ("/run/postgresql", "More on the machine itself"),
        ("localhost", "More on the machine itself"),
        ("127.0.0.1", "More on the machine itself"),
        ("::1", "More on the machine itself"),
        ("192.168.1.5", "More on the machine of the database"),
        ("db.lan", "More on the machine of the database"),
    ],
)
def test_where_to_look_depends_on_where_the_database_is(host: str, where: str) -> None:
    look = where_to_look(postgres_config(host))
    assert look.where.startswith(where)
    assert look.command == "systemctl status 'postgresql@*'"


def test_under_make_run_it_is_the_log_of_the_embedded_server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    config: PostgresConfig = postgres_config("/run/x", own_log=tmp_path / ".rcmail/a b/postgresql.log")
    assert where_to_look(config).command == "tail '.rcmail/a b/postgresql.log'"
    assert "make run" in where_to_look(config).then
    elsewhere = replace(config, own_log=Path("/elsewhere/postgresql.log"))
    assert where_to_look(elsewhere).command == "tail /elsewhere/postgresql.log"
