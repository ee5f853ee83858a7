"""The mail check tells of the last use and calls nobody; its connection test really asks."""

import itertools
from collections.abc import AsyncIterator

import pytest

from rcmail.client import make_http_client
from rcmail.config import Config, GmailConfig
from rcmail.connection.connected import Connected, State
from rcmail.connection.gmail import Connection
from rcmail.db.pool import Database
from rcmail.errors import DatabaseUnavailable
from rcmail.health import mail
from rcmail.health.base import Finding, Verdict
from rcmail.health.connections import ConnectionTests
from rcmail.health.monitor import Monitor
from tests.fakes.google import ADDRESS, FakeGoogle
from tests.support import gmail_config, make_config

NAMES = ("client_id", "client_secret", "refresh_token")


async def nothing_invented() -> bool:
    return False


async def invented() -> bool:
    return True


class Given:
    """A connection for each configuration."""

    def __init__(self, database: Database, config: Config) -> None:
        self._database = database
        self._config = config
        self._http = make_http_client()

    def with_(self, gmail: GmailConfig) -> Connection:
        return Connection(self._database, self._http, make_config(self._config.postgres, gmail=gmail))

    async def close(self) -> None:
        await self._http.close()


@pytest.fixture
async def given(database: Database, config: Config) -> AsyncIterator[Given]:
    found = Given(database, config)
    yield found
    await found.close()


async def look(connection: Connection, is_demonstration: mail.IsDemonstration = nothing_invented) -> Finding:
    [result] = (await Monitor([mail.check(connection, is_demonstration)]).current()).results
    return result.finding


@pytest.mark.parametrize("present", list(itertools.product([True, False], repeat=3)))
@pytest.mark.parametrize("blank", ["", "  \t"])
async def test_the_sentence_names_what_is_missing(given: Given, present: tuple[bool, ...], blank: str) -> None:
    values = {name: "value" if is_there else blank for name, is_there in zip(NAMES, present, strict=True)}
    found = await look(given.with_(gmail_config(**values)))
    missing = {f"GMAIL_{name.upper()}" for name, is_there in zip(NAMES, present, strict=True) if not is_there}
    assert found.status.value == ("unconfigured" if missing else "ok")
    named = {word for word in found.value.replace(",", " ").split() if word.startswith("GMAIL_")}
    assert named == (missing or {"GMAIL_REFRESH_TOKEN"})


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([], "not set: GMAIL_CLIENT_ID, GMAIL_CLIENT_SECRET, GMAIL_REFRESH_TOKEN"),
        (
            ["a", "b"],
            "no mailbox is connected: connect Gmail on the configuration page, or set GMAIL_REFRESH_TOKEN",
        ),
        (["a", "b", "c"], "the first sync with Gmail removes it"),
    ],
)
async def test_the_demonstration_is_no_mailbox(given: Given, values: list[str], sentence: str) -> None:
    found = await look(given.with_(gmail_config(*values)), invented)
    assert found.status.value == "unconfigured"
    assert found.value == f"what is here is the demonstration’s invented mail; {sentence}"


async def test_the_demonstration_beside_a_connected_mailbox_is_none_either(
    given: Given, google: FakeGoogle
) -> None:
    connection = given.with_(google.config(refresh_token=google.grant()))
    await connection.ask(3)
    found = await look(connection, invented)
    assert found.status.value == "unconfigured"
    assert found.value.endswith(f"the first sync with {ADDRESS} removes it")


async def test_a_database_that_does_not_answer_is_told_by_its_own_check(given: Given) -> None:
    async def unknown() -> bool:
        raise DatabaseUnavailable

    connection = given.with_(gmail_config("a", "b", "c"))
    assert (await look(connection, unknown)).status.value == "ok"
    await look(connection)
    assert "GMAIL_REFRESH_TOKEN" in (await look(connection, unknown)).value, "as it was last known"


@pytest.mark.parametrize(
    ("state", "status", "verdict", "is_notice"),
    [
        (State.NOT_CONNECTED, "unconfigured", Verdict.NOT_HERE, False),
        (State.CONNECTED, "ok", Verdict.OK, False),
        (State.ASKED_TO_WAIT, "ok", Verdict.OK, False),
        (State.UNREACHABLE, "unreachable", Verdict.WARNING, False),
        (State.CONNECT_AGAIN, "unreachable", Verdict.WARNING, True),
        (State.SCOPE_MISSING, "unreachable", Verdict.WARNING, True),
        (State.WRONG_CLIENT, "unreachable", Verdict.WARNING, True),
    ],
)
def test_what_each_state_means(state: State, status: str, verdict: Verdict, is_notice: bool) -> None:
    found = mail.as_finding(Connected(state, ADDRESS, "because of this"))
    assert (found.status.value, found.verdict, bool(found.notice)) == (status, verdict, is_notice)
    if state is not State.ASKED_TO_WAIT:
        assert "because of this" in found.value


def test_an_end_that_comes_near_is_a_warning_and_well() -> None:
    found = mail.as_finding(Connected(State.CONNECTED, ADDRESS, "it ends", "publish it"))
    assert (found.status.value, found.verdict, found.advice) == ("ok", Verdict.WARNING, "publish it")


async def test_looking_asks_nobody_and_trying_does(given: Given, google: FakeGoogle) -> None:
    connection = given.with_(google.config(refresh_token=google.grant()))
    assert (await look(connection)).status.value == "ok"
    assert google.calls == []
    tried = await ConnectionTests([mail.check(connection, nothing_invented)]).run("mail", {})
    assert (tried.status.value, tried.detail) == ("ok", f"Gmail answers; this is the mailbox of {ADDRESS}")
    assert google.calls[:2] == ["token", "profile"]


async def test_the_test_tells_what_is_wrong_and_health_does_so_afterwards(
    given: Given, google: FakeGoogle
) -> None:
    connection = given.with_(google.config(refresh_token=google.grant()))
    await connection.ask(3)
    google.tokens.clear()
    connection = given.with_(google.config())
    tried = await ConnectionTests([mail.check(connection, nothing_invented)]).run("mail", {})
    assert tried.status.value == "unreachable"
    found = await look(connection)
    assert (found.status.value, tried.detail in found.value) == ("unreachable", True)
    assert "must be connected again" in found.notice


@pytest.mark.parametrize("values", [[], ["a", "b"]])
async def test_without_a_connection_the_test_says_so(given: Given, values: list[str]) -> None:
    tried = await ConnectionTests([mail.check(given.with_(gmail_config(*values)), nothing_invented)]).run(
        "mail", {}
    )
    assert tried.status.value == "unconfigured"
    assert "GMAIL_REFRESH_TOKEN" in tried.detail
