"""Connecting, with a Gmail that rcmail's own authors have not written."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from rcmail.client import make_http_client
from rcmail.config import GmailConfig, PostgresConfig
from rcmail.connection.connected import State
from rcmail.connection.gmail import Connection
from rcmail.connection.source import Source
from rcmail.db import embedded, programs
from rcmail.db.pool import Database
from rcmail.errors import ConsentFailed, MailboxScopeMissing, MailboxUnavailable
from rcmail.jobs.job import Job
from rcmail.jobs.queue import Queue
from rcmail.log.redaction import Secret
from rcmail.mail import syncing
from tests.gmail import faults
from tests.gmail.faults import Fault
from tests.gmail.google import Google
from tests.gmail.grants import COMPOSE, READ
from tests.gmail.loading import generated
from tests.jobs.conftest import ended, working
from tests.mail.room import AWAY, HereReader
from tests.support import make_config, service_environment, serving

HTML = {"Accept": "text/html"}


def config_of(google: Google) -> GmailConfig:
    places = google.places
    client = (Secret(google.client_id), Secret(google.client_secret), Secret(""))
    return GmailConfig(*client, places.api, places.consent, places.token, places.revoke)


@pytest.fixture
async def connection(
    database: Database, database_config: PostgresConfig, google: Google
) -> AsyncIterator[Connection]:
    async with make_http_client() as http:
        yield Connection(database, http, make_config(database_config, gmail=config_of(google)))


async def connect(connection: Connection, google: Google) -> str:
    return await connection.finish(google.agree(await connection.begin()))


async def test_a_consent_connects_is_used_and_given_back(connection: Connection, google: Google) -> None:
    assert await connect(connection, google) == google.emulate.group
    assert await connection.ask(3) == google.emulate.group
    assert google.grants.is_held
    assert await connection.disconnect(keep_mail=True)
    assert not google.grants.is_held


async def test_an_address_counts_once(connection: Connection, google: Google) -> None:
    pasted = google.agree(await connection.begin())
    await connection.finish(pasted)
    with pytest.raises(ConsentFailed):
        await connection.finish(pasted)
    assert (await connection.look()).state is State.CONNECTED


@pytest.mark.parametrize(("unticked", "word"), [(READ, "read mail"), (COMPOSE, "write drafts")])
async def test_a_box_that_was_unticked_is_named(
    connection: Connection, google: Google, unticked: str, word: str
) -> None:
    with pytest.raises(MailboxScopeMissing, match=word):
        await connection.finish(google.agree(await connection.begin(), unticked=unticked))
    assert (await connection.look()).state is State.NOT_CONNECTED


async def test_a_project_in_testing_is_told_by_its_day(connection: Connection, google: Google) -> None:
    google.grants.is_testing = True
    await connect(connection, google)
    assert "because the Google project is in “Testing”" in (await connection.look()).sentence


async def test_access_tokens_that_expire_are_nobody_s_business(connection: Connection, google: Google) -> None:
    await connect(connection, google)
    await connection.ask(3)
    google.grants.expire()
    assert await connection.ask(3) == google.emulate.group


PROFILE = "GET .*/profile"
FAULTS = [
    (faults.REVOKED, "POST /token", State.CONNECT_AGAIN, "lets rcmail in no longer"),
    (faults.WRONG_CLIENT, "POST /token", State.WRONG_CLIENT, "GMAIL_CLIENT_ID"),
    (faults.dropped, "POST /token", State.UNREACHABLE, "cannot be reached"),
    (faults.EXPIRED, PROFILE, State.CONNECT_AGAIN, "connect again"),
    (faults.SCOPE, PROFILE, State.SCOPE_MISSING, "read mail"),
    (faults.NOT_ENABLED, PROFILE, State.UNREACHABLE, "enable “Gmail API”"),
    (faults.POLICY, PROFILE, State.UNREACHABLE, "administrator"),
    (faults.RATE, PROFILE, State.ASKED_TO_WAIT, "asks to wait until"),
    (faults.USER_RATE, PROFILE, State.ASKED_TO_WAIT, "asks to wait until"),
    (faults.DAILY, PROFILE, State.ASKED_TO_WAIT, "asks to wait until"),
    (faults.BUSY, PROFILE, State.ASKED_TO_WAIT, "asks to wait until"),
    (faults.busy_for(120), PROFILE, State.ASKED_TO_WAIT, "asks to wait until"),
    (faults.BACKEND, PROFILE, State.UNREACHABLE, "a fault of its own"),
    (faults.UNAVAILABLE, PROFILE, State.UNREACHABLE, "a fault of its own"),
    (faults.HTML, PROFILE, State.UNREACHABLE, "is not Gmail"),
    (faults.NONSENSE, PROFILE, State.UNREACHABLE, "is not Gmail"),
    (faults.broken_off, PROFILE, State.UNREACHABLE, "broke off"),
    (faults.dropped, PROFILE, State.UNREACHABLE, "cannot be reached"),
    (faults.silent, PROFILE, State.UNREACHABLE, "no good answer within"),
]


@pytest.mark.parametrize(("fault", "pattern", "state", "word"), FAULTS)
async def test_what_goes_wrong_is_told_and_over_when_it_is(
    connection: Connection, google: Google, fault: Fault, pattern: str, state: State, word: str
) -> None:
    await connect(connection, google)
    google.plan(fault, pattern, times=None)
    with pytest.raises(MailboxUnavailable):
        await connection.ask(3)
    now = await connection.look()
    assert (now.state, word in now.sentence) == (state, True)
    google.heal()
    assert await connection.ask(3) == google.emulate.group
    assert (await connection.look()).state is State.CONNECTED


@pytest.fixture
def env(database_config: PostgresConfig, google: Google) -> dict[str, str]:
    return service_environment(database_config, LOG_LEVEL="DEBUG", **google.variables())


async def dumped(database: PostgresConfig, file: Path) -> str:
    """The whole database as pg_dump writes it, and the bytes that stand there in hexadecimals."""
    await programs.run(embedded.programs() / "pg_dump", database, f"--file={file}")
    text = file.read_text()
    assert "COPY public.connections" in text
    hexadecimal = re.findall(r"\\\\x((?:[0-9a-f]{2})+)", text)
    assert hexadecimal, "the encrypted token"
    return text + "".join(bytes.fromhex(each).decode("latin-1") for each in hexadecimal)


async def test_no_token_stands_in_the_log_on_a_page_in_the_process_list_or_in_a_dump(
    env: dict[str, str], folder: Path, google: Google, database_config: PostgresConfig
) -> None:
    with serving(folder, env) as service:
        consent = service.post("/config/mailbox", {}).json()["consent"]
        pasted = google.agree(consent)
        assert service.post("/config/mailbox/finish", {"address": pasted}).status == 200
        assert service.post("/config/mailbox/finish", {"address": pasted}).status == 409
        assert service.post("/config/test/mail", {}).json()["status"] == "ok"
        google.grants.withdraw()
        google.grants.expire()
        assert service.post("/config/test/mail", {}).json()["status"] == "unreachable"
        pages = [service.get(path, HTML).text for path in ("/", "/config", "/health", "/logs", "/mail")]
        process = [Path(f"/proc/{service.pid}/{name}").read_text() for name in ("cmdline", "environ")]
    dump = await dumped(database_config, folder / "dump.sql")
    secrets = [
        *google.grants.all_tokens(),
        *re.findall(r"[?&](?:code|state)=([^&]+)", pasted),
        google.client_secret,
    ]
    assert len(secrets) >= 5
    for secret in secrets:
        # The client's secret was given in the environment; all else is in neither.
        for where in (service.output, *pages, dump, *(process if secret != google.client_secret else [])):
            assert secret not in where


async def counts(database: Database) -> tuple[int, ...]:
    tables = ("messages", "conversations", "accounts", "seen", "cursors")
    return tuple([(await database.fetch(f"SELECT count(*) AS n FROM {table}"))[0].n for table in tables])


async def test_what_a_sync_brought_goes_with_the_connection_and_comes_again_with_the_next(
    connection: Connection, google: Google, database: Database
) -> None:
    google.seed(generated(20))

    async def do(job: Job) -> None:
        await syncing.sync(database, Source(connection), AWAY, HereReader(), job)

    for _ in range(2):
        await connect(connection, google)
        put = await syncing.ask(database)
        async with working(database, {syncing.KIND: do}):
            run = await ended(Queue(database), put.id)
        assert (run.state, run.progress["new"]) == ("done", 20)
        assert (await counts(database))[0] == 20
        assert await connection.disconnect(keep_mail=False)
        assert await counts(database) == (0, 0, 0, 0, 0)


async def test_whoever_disconnects_in_the_midst_of_a_sync_leaves_nothing_behind(
    connection: Connection, google: Google, database: Database
) -> None:
    google.seed(generated(60))
    await connect(connection, google)
    held = google.hold(r"GET .*/messages/[^/]+$", skip=40)
    over = asyncio.Event()

    async def do(job: Job) -> None:
        try:
            await syncing.sync(database, Source(connection), AWAY, HereReader(), job)
        finally:
            over.set()

    await syncing.ask(database)
    async with working(database, {syncing.KIND: do}):
        await asyncio.to_thread(held.wait)
        await connection.disconnect(keep_mail=False)
        assert (await counts(database))[0] == 0
        held.release()
        await asyncio.wait_for(over.wait(), 30)
    assert await counts(database) == (0, 0, 0, 0, 0)
