"""Connecting and disconnecting Gmail on the pages: a form, a page, an address that is pasted; and for programs."""

import html
import io
import logging
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from unittest.mock import AsyncMock
from urllib.parse import urlencode

import pytest
from aiohttp.web import Application

from rcmail import keys
from rcmail.app import create_app
from rcmail.config import PostgresConfig
from rcmail.connection.gmail import Connection
from rcmail.db.pool import Database
from rcmail.errors import DatabaseUnavailable
from rcmail.log import setup as log
from tests.conftest import Client
from tests.fakes.google import ADDRESS, CLIENT_SECRET, SCOPES, FakeGoogle
from tests.mail.letters import letter
from tests.mail.room import bring_in as import_file
from tests.support import SECRET_KEY, make_config

HTML = {"Accept": "text/html"}
JSON = {"Accept": "application/json"}
CONNECT, FINISH, DISCONNECT = (f"/config/mailbox{rest}" for rest in ("", "/finish", "/disconnect"))
Make = Callable[[Application], Awaitable[Client]]
Serve = Callable[[], Awaitable[Client]]


@pytest.fixture
def serve(database_config: PostgresConfig, google: FakeGoogle, aiohttp_client: Make) -> Serve:
    async def start() -> Client:
        return await aiohttp_client(create_app(make_config(database_config, gmail=google.config())))

    return start


async def press(client: Client, path: str, **fields: str) -> str:
    response = await client.post(
        path, data=fields or b"", headers={**HTML, "Content-Type": "application/x-www-form-urlencoded"}
    )
    assert response.status == 200, await response.text()
    return await response.text()


def consent_in(page: str) -> str:
    (found,) = re.findall(r'id="consent" href="([^"]+)"', page)
    return html.unescape(found)


async def connect(client: Client, google: FakeGoogle) -> str:
    """As a person does; the page at the end."""
    return await press(client, FINISH, address=google.consent(consent_in(await press(client, CONNECT))))


async def test_a_person_connects_and_the_page_says_as_whom(serve: Serve, google: FakeGoogle) -> None:
    client = await serve()
    page = await (await client.get("/config", headers=HTML)).text()
    assert "No mailbox is connected." in page
    assert "Connect Gmail" in page
    page = await press(client, CONNECT)
    assert "a page that cannot be reached" in page
    assert 'target="_blank" rel="noopener noreferrer"' in page
    page = await press(client, FINISH, address=google.consent(consent_in(page)))
    assert "Connected. “Sync incoming”" in page
    assert f"Connected as {ADDRESS}." in page
    assert "Connect again" in page
    assert "Connected. “Sync incoming”" not in await (await client.get("/config", headers=HTML)).text()


async def test_what_a_connection_test_finds_stands_on_the_next_page(serve: Serve, google: FakeGoogle) -> None:
    client = await serve()
    await connect(client, google)
    assert "must be connected again" not in await (await client.get("/health/notices")).text()
    google.tokens.clear()
    await client.post("/config/test/mail")
    assert "Gmail must be connected again" in await (await client.get("/health/notices")).text()


async def test_the_account_is_one_of_the_groups_addresses_from_then_on(serve: Serve, google: FakeGoogle) -> None:
    client = await serve()
    await client.post("/config", json={"group_addresses": "old@example.org"})
    await connect(client, google)
    settings = await (await client.get("/config", headers=JSON)).json()
    assert settings["group_addresses"] == f"old@example.org, {ADDRESS}"


async def test_an_address_that_is_there_in_another_spelling_is_not_added(serve: Serve, google: FakeGoogle) -> None:
    client = await serve()
    await client.post("/config", json={"group_addresses": "repair.cafe@googlemail.com"})
    google.account = "Repaircafe@gmail.com"
    await connect(client, google)
    settings = await (await client.get("/config", headers=JSON)).json()
    assert settings["group_addresses"] == "repair.cafe@googlemail.com"


async def test_a_program_connects_with_three_calls(serve: Serve, google: FakeGoogle) -> None:
    client = await serve()
    begun = await (await client.post(CONNECT, headers=JSON)).json()
    finished = await client.post(FINISH, json={"address": google.consent(begun["consent"])}, headers=JSON)
    assert (finished.status, await finished.json()) == (200, {"state": "connected", "address": ADDRESS})
    assert (await (await client.get("/health")).json())["details"]["mail"] == f"connected as {ADDRESS}"
    ended = await client.post(DISCONNECT, json={"mail": "keep"}, headers=JSON)
    assert await ended.json() == {"state": "not connected", "revoked": True}
    assert (await (await client.get("/health")).json())["checks"]["mail"] == "unconfigured"


async def test_without_a_client_there_is_no_button_and_a_call_is_told_why(client: Client) -> None:
    page = await (await client.get("/config", headers=HTML)).text()
    assert f'action="{CONNECT}"' not in page
    assert "docs/gmail.md" in page
    response = await client.post(CONNECT, headers=JSON)
    assert response.status == 409
    assert "GMAIL_CLIENT_ID, GMAIL_CLIENT_SECRET" in (await response.json())["error"]


@pytest.mark.parametrize("path", [CONNECT, FINISH, DISCONNECT])
async def test_another_sites_page_connects_and_disconnects_nothing(
    serve: Serve, google: FakeGoogle, path: str, database: Database
) -> None:
    client = await serve()
    response = await client.post(path, json={"mail": "remove"}, headers={"Origin": "http://evil.example"})
    assert response.status == 403
    assert await database.fetch("SELECT 1 FROM consents") == []


@pytest.mark.parametrize("path", [CONNECT, FINISH, DISCONNECT])
async def test_the_address_of_an_answer_opened_anew_leads_to_the_configuration(serve: Serve, path: str) -> None:
    response = await (await serve()).get(path, headers=HTML, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/config")


@pytest.mark.parametrize(
    ("pasted", "status", "sentence"),
    [
        ("", 422, "The address is not the whole one"),
        ("http://127.0.0.1:29417/", 422, "The address is not the whole one"),
        ("http://127.0.0.1:29417/?state=unknown&code=1", 409, "used already, or is older than 10 minutes"),
    ],
)
async def test_what_is_pasted_wrongly_is_told_and_the_page_goes_on(
    serve: Serve, google: FakeGoogle, pasted: str, status: int, sentence: str
) -> None:
    client = await serve()
    response = await client.post(FINISH, data={"address": pasted}, headers=HTML)
    page = await response.text()
    assert response.status == status
    assert sentence in page
    assert "Connected. “Sync" in await press(client, FINISH, address=google.consent(consent_in(page)))


async def test_who_refuses_on_googles_page_is_told_so(serve: Serve) -> None:
    client = await serve()
    state = re.findall("state=([^&]+)", consent_in(await press(client, CONNECT)))[0]
    refused = f"http://127.0.0.1:29417/?{urlencode({'error': 'access_denied', 'state': state})}"
    response = await client.post(FINISH, json={"address": refused}, headers=JSON)
    assert response.status == 409
    assert "the access was refused" in (await response.json())["error"]


async def test_a_box_that_was_unticked_is_named(serve: Serve, google: FakeGoogle) -> None:
    client = await serve()
    google.scope = SCOPES.split()[1]
    consent = consent_in(await press(client, CONNECT))
    response = await client.post(FINISH, data={"address": google.consent(consent)}, headers=HTML)
    assert response.status == 502
    assert "read mail" in await response.text()


async def test_another_account_is_refused_by_name(serve: Serve, google: FakeGoogle) -> None:
    client = await serve()
    await connect(client, google)
    google.account = "other@gmail.example"
    consent = consent_in(await press(client, CONNECT))
    assert f"login_hint={ADDRESS.replace('@', '%40')}" in consent
    response = await client.post(FINISH, data={"address": google.consent(consent)}, headers=HTML)
    assert response.status == 409
    assert f"You chose other@gmail.example on Google’s page, but {ADDRESS} is connected" in await response.text()
    assert f"Connected as {ADDRESS}." in await (await client.get("/config", headers=HTML)).text()


async def test_google_that_cannot_be_told_is_said_and_the_token_is_gone(
    serve: Serve, google: FakeGoogle, database: Database
) -> None:
    client = await serve()
    await connect(client, google)
    google.fail["revoke"] = (500, {}, {})
    page = await press(client, DISCONNECT, mail="keep")
    assert "Google could not be told; remove rcmail at myaccount.google.com/connections yourself" in page
    assert "No mailbox is connected." in page
    [row] = await database.fetch("SELECT token, address FROM connections")
    assert tuple(row) == (None, None)


@pytest.mark.parametrize("mail", ["", "all", None])
async def test_whether_the_mail_stays_has_to_be_said(serve: Serve, google: FakeGoogle, mail: str | None) -> None:
    client = await serve()
    await connect(client, google)
    response = await client.post(DISCONNECT, json={} if mail is None else {"mail": mail}, headers=JSON)
    assert response.status == 422
    assert f"Connected as {ADDRESS}." in await (await client.get("/config", headers=HTML)).text()


async def test_connecting_leaves_the_demonstration_until_mail_comes(serve: Serve, google: FakeGoogle) -> None:
    client = await serve()
    await client.app[keys.DEMONSTRATION].load()
    await connect(client, google)
    assert await client.app[keys.DEMONSTRATION].look()
    told = (await (await client.get("/health")).json())["details"]["mail"]
    assert told.endswith(f"the first sync with {ADDRESS} removes it")


async def test_mail_of_the_account_goes_where_that_is_wanted_and_no_other(
    serve: Serve, google: FakeGoogle, database: Database, tmp_path: Path
) -> None:
    client = await serve()
    await connect(client, google)
    await import_file(
        database, tmp_path, letter("Toaster?", subject="Gmail's"), letter("Bike?", subject="Another")
    )
    await database.execute(
        "WITH moved AS (INSERT INTO accounts (provider, address) VALUES ('gmail', %s) RETURNING id)"
        " UPDATE messages SET account = moved.id FROM moved WHERE subject = 'Gmail''s'",
        (ADDRESS,),
    )
    await database.execute("DELETE FROM seen")
    await press(client, DISCONNECT, mail="keep")
    assert len(await database.fetch("SELECT 1 FROM messages")) == 2
    await connect(client, google)
    await press(client, DISCONNECT, mail="remove")
    assert [row.subject for row in await database.fetch("SELECT subject FROM messages")] == ["Another"]
    assert [row.subject for row in await database.fetch("SELECT subject FROM conversations")] == ["Another"]
    assert [row.provider for row in await database.fetch("SELECT provider FROM accounts")] == ["file"]


async def test_neither_code_nor_token_stands_in_the_log_or_on_a_page(serve: Serve, google: FakeGoogle) -> None:
    written = io.StringIO()
    log.configure("DEBUG", "json", [SECRET_KEY], written)
    client = await serve()
    pasted = google.consent(consent_in(await press(client, CONNECT)))
    page = await press(client, FINISH, address=pasted)
    await client.post(FINISH, data={"address": pasted}, headers=HTML)
    [token] = google.tokens
    logging.getLogger("rcmail.mail").warning("told %s", token, extra={"beside": f"<{token}>"})
    await press(client, DISCONNECT, mail="keep")
    code = re.findall("code=([^&]+)", pasted)[0]
    for word in ("mailbox_connected", "told [redacted]", "mailbox_disconnected"):
        assert word in written.getvalue()
    for secret in (code, token, CLIENT_SECRET):
        assert secret not in written.getvalue()
        assert secret not in page


async def test_without_the_database_the_page_says_that_it_cannot_tell(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Health looks by itself, at whatever moment: it finds nothing either.
    monkeypatch.setattr(Connection, "look", AsyncMock(side_effect=DatabaseUnavailable("connection refused")))
    client = await serve()
    response = await client.post("/config", data={"event_date": "soon"}, headers=HTML)
    assert "cannot be told just now" in await response.text()
