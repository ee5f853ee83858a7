"""Connecting, using and disconnecting Gmail: by consent, by GMAIL_REFRESH_TOKEN, and whatever goes wrong."""

import dataclasses
import re
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest

from rcmail.client import make_http_client
from rcmail.config import PostgresConfig
from rcmail.connection.connected import Connected, State
from rcmail.connection.gmail import Connection
from rcmail.db.pool import Database
from rcmail.errors import (
    ConsentFailed,
    MailboxBusy,
    MailboxDisconnected,
    MailboxScopeMissing,
    MailboxUnavailable,
    MailboxWrongClient,
    Unconfigured,
)
from rcmail.log.redaction import Secret
from tests.fakes.google import ADDRESS, SCOPES, FakeGoogle
from tests.support import gmail_config, make_config

Make = Callable[..., Connection]


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with make_http_client() as client:
        yield client


@pytest.fixture
def make(
    database: Database, database_config: PostgresConfig, http: aiohttp.ClientSession, google: FakeGoogle
) -> Make:
    """A connection as a process that starts has it."""

    def connection(refresh_token: str = "", **changes: Any) -> Connection:
        config = make_config(database_config, gmail=google.config(refresh_token=refresh_token))
        return Connection(database, http, dataclasses.replace(config, **changes))

    return connection


async def connect(connection: Connection, google: FakeGoogle) -> str:
    return await connection.finish(google.consent(await connection.begin()))


async def state(connection: Connection) -> tuple[State, str]:
    now = await connection.look()
    return now.state, now.address


async def test_a_consent_connects_and_nothing_is_asked_before(
    make: Make, google: FakeGoogle, database: Database
) -> None:
    connection = make()
    assert await state(connection) == (State.NOT_CONNECTED, "")
    address = await connection.begin()
    assert google.calls == []
    assert await connection.finish(google.consent(address)) == ADDRESS
    assert await state(connection) == (State.CONNECTED, ADDRESS)
    assert await make().ask(3) == ADDRESS, "so it is for every process"


async def test_the_token_is_in_no_table_in_clear(make: Make, google: FakeGoogle, database: Database) -> None:
    await connect(make(), google)
    [token] = google.tokens
    [row] = await database.fetch("SELECT connections::text AS text, token FROM connections")
    assert token not in row.text
    assert token.encode().hex() not in row.text
    assert len(row.token) > len(token)


@pytest.mark.parametrize("present", [(), ("client_id",), ("client_secret",), ("refresh_token",)])
async def test_what_is_missing_is_named(
    database: Database, database_config: PostgresConfig, http: aiohttp.ClientSession, present: tuple[str, ...]
) -> None:
    config = make_config(database_config, gmail=gmail_config(**dict.fromkeys(present, "value")))
    connection = Connection(database, http, config)
    names = {"client_id", "client_secret", "refresh_token"} - {*present}
    now = await connection.look()
    assert now.state is State.NOT_CONNECTED
    assert set(re.findall(r"GMAIL_(\w+)", now.why)) == {name.upper() for name in names}
    assert not connection.can_begin
    for use in (connection.open, connection.begin):
        with pytest.raises(Unconfigured, match="not set: GMAIL"):
            await use()


async def test_without_a_connection_nothing_is_opened_and_nobody_asked(make: Make, google: FakeGoogle) -> None:
    with pytest.raises(Unconfigured, match="no mailbox is connected"):
        await make().open()
    assert google.calls == []


async def test_a_token_of_the_environment_is_taken_over_at_the_first_use(make: Make, google: FakeGoogle) -> None:
    connection = make(google.grant())
    now = await connection.look()
    assert (now.state, now.can_sync, google.calls) == (State.CONNECTED, True, [])
    await connection.open()
    assert google.calls == ["token", "profile"]
    assert await state(connection) == (State.CONNECTED, ADDRESS)
    assert await make().ask(3) == ADDRESS, "the variable is not needed any more"


async def test_a_token_that_was_taken_over_is_not_taken_over_again(make: Make, google: FakeGoogle) -> None:
    given = google.grant()
    await make(given).open()
    await connect(connection := make(given), google)
    newest = list(google.tokens)[-1]
    del google.tokens[given]
    assert await make(given).ask(3) == ADDRESS
    assert list(google.tokens) == [newest]
    assert (await connection.look()).state is State.CONNECTED


async def test_another_token_in_the_variable_takes_the_place_of_the_old_one(
    make: Make, google: FakeGoogle
) -> None:
    await make(first := google.grant()).open()
    del google.tokens[first]
    with pytest.raises(MailboxDisconnected):
        await make(first).ask(3)
    connection = make(google.grant())
    assert (await connection.look()).state is State.CONNECTED
    assert await connection.ask(3) == ADDRESS


async def test_a_dead_token_of_the_environment_is_told_and_not_tried_again(make: Make, google: FakeGoogle) -> None:
    connection = make("dead")
    with pytest.raises(MailboxDisconnected):
        await connection.ask(3)
    assert (await connection.look()).state is State.CONNECT_AGAIN
    google.calls.clear()
    with pytest.raises(MailboxDisconnected):
        await make("dead").ask(3)
    assert google.calls == []


async def test_a_token_that_cannot_be_tried_yet_is_tried_later(make: Make, google: FakeGoogle) -> None:
    connection = make(google.grant())
    google.fail["profile"] = (500, {}, {})
    with pytest.raises(MailboxUnavailable):
        await connection.ask(3)
    assert (await connection.look()).state is State.UNREACHABLE
    google.fail.clear()
    assert await make(next(iter(google.tokens))).ask(3) == ADDRESS


async def test_a_token_of_another_account_is_refused_and_the_connected_one_goes_on(
    make: Make, google: FakeGoogle
) -> None:
    await connect(make(), google)
    connection = make(google.grant("other@gmail.example"))
    with pytest.raises(MailboxDisconnected, match=f"another account than {ADDRESS}"):
        await connection.ask(3)
    assert await connection.ask(3) == ADDRESS


async def test_who_disconnects_is_not_connected_again_by_the_variable(make: Make, google: FakeGoogle) -> None:
    await make(given := google.grant()).open()
    assert await make(given).disconnect(keep_mail=True)
    assert google.tokens == {}
    assert await state(make(given)) == (State.NOT_CONNECTED, "")
    with pytest.raises(Unconfigured):
        await make(given).open()
    assert await make(google.grant()).ask(3) == ADDRESS, "another one is meant"


async def test_a_token_that_was_never_used_is_disconnected_too(make: Make, google: FakeGoogle) -> None:
    given = google.grant()
    assert await make(given).disconnect(keep_mail=True)
    assert google.tokens == {}
    assert (await make(given).look()).state is State.NOT_CONNECTED


async def test_another_account_is_refused_and_its_grant_given_back(make: Make, google: FakeGoogle) -> None:
    await connect(connection := make(), google)
    [kept] = google.tokens
    google.account = "other@gmail.example"
    with pytest.raises(ConsentFailed, match=f"You chose other@gmail.example .* but {ADDRESS} is connected"):
        await connect(connection, google)
    assert list(google.tokens) == [kept]
    assert await make().ask(3) == ADDRESS


async def test_the_same_account_may_be_spelled_otherwise(make: Make, google: FakeGoogle) -> None:
    google.account = "repair.cafe@googlemail.com"
    await connect(connection := make(), google)
    google.account = "Repaircafe@gmail.com"
    assert await connect(connection, google) == "Repaircafe@gmail.com"


async def test_after_disconnecting_any_account_may_be_connected(make: Make, google: FakeGoogle) -> None:
    await connect(connection := make(), google)
    await connection.disconnect(keep_mail=True)
    google.account = "other@gmail.example"
    assert await connect(connection, google) == "other@gmail.example"


async def test_a_scope_that_was_unticked_is_named_and_nothing_is_kept(make: Make, google: FakeGoogle) -> None:
    google.scope = SCOPES.split()[0]
    connection = make()
    with pytest.raises(MailboxScopeMissing, match="write drafts"):
        await connect(connection, google)
    assert await state(connection) == (State.NOT_CONNECTED, "")


@pytest.mark.parametrize("fault", ["token", "profile"])
async def test_google_away_in_the_midst_of_it_connects_nothing(make: Make, google: FakeGoogle, fault: str) -> None:
    connection = make()
    google.fail[fault] = (404, {}, {})
    with pytest.raises(MailboxUnavailable):
        await connect(connection, google)
    assert await state(connection) == (State.NOT_CONNECTED, "")


async def test_disconnecting_without_google_forgets_it_here_all_the_same(make: Make, google: FakeGoogle) -> None:
    await connect(connection := make(), google)
    google.fail["revoke"] = (503, {}, {})
    assert not await connection.disconnect(keep_mail=True)
    assert await state(connection) == (State.NOT_CONNECTED, "")
    with pytest.raises(Unconfigured):
        await connection.open()


async def test_a_token_that_google_knows_no_more_is_no_error(make: Make, google: FakeGoogle) -> None:
    await connect(connection := make(), google)
    google.tokens.clear()
    assert await connection.disconnect(keep_mail=True)


async def test_after_a_restore_with_another_key_it_is_to_be_connected_again(
    make: Make, google: FakeGoogle
) -> None:
    await connect(make(), google)
    elsewhere = make(secret_key=Secret("o" * 40))
    now = await elsewhere.look()
    assert (now.state, now.address) == (State.CONNECT_AGAIN, ADDRESS)
    assert "another SECRET_KEY" in now.sentence
    assert "Connect again" in now.sentence
    google.calls.clear()
    with pytest.raises(MailboxDisconnected, match="another SECRET_KEY"):
        await elsewhere.open()
    assert google.calls == []
    google.account = "other@gmail.example"
    with pytest.raises(ConsentFailed):
        await connect(elsewhere, google)
    google.account = ADDRESS
    assert await connect(elsewhere, google) == ADDRESS


async def test_after_such_a_restore_the_variable_counts_again(make: Make, google: FakeGoogle) -> None:
    await make(given := google.grant()).open()
    assert await make(given, secret_key=Secret("o" * 40)).ask(3) == ADDRESS


ERRORS = [
    (MailboxUnavailable("gone for a walk"), State.UNREACHABLE, "gone for a walk"),
    (MailboxDisconnected("thrown out"), State.CONNECT_AGAIN, f"must be connected again as {ADDRESS}. thrown out"),
    (MailboxScopeMissing("may not read"), State.SCOPE_MISSING, "may not read"),
    (MailboxWrongClient("who are you"), State.WRONG_CLIENT, "who are you"),
]


@pytest.mark.parametrize(("error", "expected", "sentence"), ERRORS)
async def test_what_the_last_use_told_is_told_until_the_next_one(
    make: Make, google: FakeGoogle, error: MailboxUnavailable, expected: State, sentence: str
) -> None:
    await connect(connection := make(), google)
    await connection.open()
    await connection.note(error)
    now = await make().look()
    assert (now.state, now.sentence, now.is_connected) == (expected, sentence, True)
    assert now.remedy == ("the next sync tries again" if expected is State.UNREACHABLE else "")
    assert now.used_ago is not None
    await connection.note(None)
    assert await state(make()) == (State.CONNECTED, ADDRESS)


async def test_who_is_asked_to_wait_is_connected_until_then_and_after(
    make: Make, google: FakeGoogle, database: Database
) -> None:
    await connect(connection := make(), google)
    await connection.open()
    await connection.note(MailboxBusy(wait=90))
    now = await connection.look()
    assert now.state is State.ASKED_TO_WAIT
    assert now.wait_until is not None
    assert f"wait until {now.wait_until.astimezone():%H:%M}" in now.sentence
    await database.execute("UPDATE connections SET wait_until = now() - interval '1 s'")
    assert (await connection.look()).state is State.CONNECTED


async def test_an_old_connection_says_nothing_of_the_new_one(make: Make, google: FakeGoogle) -> None:
    await connect(slow := make(), google)
    await slow.open()
    await connect(make(), google)
    await slow.note(MailboxDisconnected("the old token is dead"))
    assert (await make().look()).state is State.CONNECTED


async def test_a_process_that_has_it_open_notices_another_connection_and_the_end(
    make: Make, google: FakeGoogle
) -> None:
    await connect(page := make(), google)
    worker = make()
    first = await worker.open()
    assert await worker.open() is first, "what the pace has learned goes on"
    await connect(page, google)
    assert await worker.open() is not first
    await page.disconnect(keep_mail=True)
    with pytest.raises(Unconfigured):
        await worker.open()


@pytest.mark.parametrize(
    ("status", "headers", "state", "word"),
    [
        (429, {}, State.ASKED_TO_WAIT, "asks to wait until"),
        (429, {"Retry-After": "120"}, State.ASKED_TO_WAIT, "asks to wait until"),
        (503, {}, State.UNREACHABLE, "fault of its own"),
    ],
)
async def test_who_tests_hears_the_reason_at_once(
    make: Make, google: FakeGoogle, status: int, headers: dict[str, str], state: State, word: str
) -> None:
    await connect(connection := make(), google)
    google.calls.clear()
    google.fail["profile"] = (status, {}, headers)
    with pytest.raises(MailboxUnavailable):
        await connection.ask(3)
    now = await connection.look()
    assert (now.state, word in now.sentence) == (state, True)
    assert google.calls == ["token", "profile"]


async def test_the_test_has_an_end_where_google_has_none(make: Make, google: FakeGoogle) -> None:
    await connect(connection := make(), google)
    google.hang = 5
    with pytest.raises(MailboxUnavailable, match="no good answer within"):
        await connection.ask(0.2)
    google.hang = 0
    assert (await connection.look()).state is State.UNREACHABLE


@pytest.mark.parametrize(("days", "is_trouble"), [(7, False), (3.1, False), (2.9, True), (0.1, True)])
async def test_the_seven_days_of_testing_are_told_before_they_end(
    make: Make, google: FakeGoogle, days: float, is_trouble: bool
) -> None:
    google.lasts = int(days * 86_400)
    began = datetime.now().astimezone()
    await connect(connection := make(), google)
    now = await connection.look()
    ends = {f"{at + timedelta(days=days):%A, %-d %B}" for at in (began, datetime.now().astimezone())}
    assert now.why in {f"Google ends it on {day}, because the Google project is in “Testing”" for day in ends}
    assert ("publish the Google project" in now.remedy) is is_trouble


async def test_and_named_when_they_are_over(make: Make, google: FakeGoogle, database: Database) -> None:
    google.lasts = 604_799
    await connect(connection := make(), google)
    await database.execute("UPDATE connections SET expires_at = now() - interval '1 minute'")
    google.tokens.clear()
    with pytest.raises(MailboxDisconnected):
        await connection.ask(3)
    now = await connection.look()
    assert (now.state, "publish the Google project" in now.remedy) == (State.CONNECT_AGAIN, True)
    assert "Its seven days are over" in now.sentence


@pytest.mark.parametrize("lasts", [None, 0, -5, 10**12])
async def test_a_token_without_an_end_is_said_to_have_none(
    make: Make, google: FakeGoogle, lasts: int | None
) -> None:
    google.lasts = lasts
    await connect(connection := make(), google)
    assert await connection.look() == Connected(
        State.CONNECTED, ADDRESS, connected_at=(await connection.look()).connected_at
    )
