"""GET /logs and its stream, over a real socket."""

import asyncio
import io
import json
import logging
import os
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp import ClientConnectionResetError, ClientError, ClientResponse
from aiohttp.web import Application, BaseRequest, StreamResponse

from rcmail import keys
from rcmail.app import create_app
from rcmail.config import Config, PostgresConfig
from rcmail.log import setup as log
from rcmail.log.entries import RecentEntries
from rcmail.log.journal import Journal
from rcmail.log.logbook import Logbook
from tests.conftest import Client
from tests.fakes.journalctl import FakeJournal
from tests.support import SECRET_KEY, Service, service_environment, serving

MakeClient = Callable[[Application], Awaitable[Client]]
HTML = {"Accept": "text/html"}
HOSTILE = "<script>alert(1)</script>\n" + '{"level":"INFO","event":"forged"}\x1b[31m\u2028" onclick="x'


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing has been logged yet."""
    monkeypatch.setattr(log, "recent", RecentEntries())
    log.configure("DEBUG", "json", [SECRET_KEY])
    logging.getLogger("asyncio").setLevel(logging.INFO)
    yield
    logging.getLogger("asyncio").setLevel(logging.NOTSET)


@pytest.fixture
async def log_client(fresh: None, client: Client) -> Client:
    return client


async def entries(client: Client, query: str = "") -> list[dict[str, Any]]:
    response = await client.get(f"/logs{query}")
    assert response.status == 200, await response.text()
    return list((await response.json())["entries"])


async def test_json_has_the_entries_newest_first_and_their_source(log_client: Client) -> None:
    for number in range(3):
        logging.getLogger("rcmail.db").warning("numbered", extra={"number": number, "nested": {"a": [1]}})
    answer = await (await log_client.get("/logs?service=db&level=warning")).json()
    assert answer["source"] == "memory"
    assert "systemd" in answer["reason"]
    assert answer["filter"] == {"service": "db", "level": "warning"}
    assert [entry["number"] for entry in answer["entries"]] == [2, 1, 0]
    assert answer["entries"][0]["nested"] == {"a": [1]}


async def test_service_level_text_and_limit_let_through_what_they_say(log_client: Client) -> None:
    logging.getLogger("rcmail.db").error("lost", extra={"host": "Pi-EINS"})
    logging.getLogger("rcmail.llm").warning("slow", extra={"deep": {"list": ["pi-eins too"]}})
    logging.getLogger("rcmail.db").debug("chatter")
    assert [e["event"] for e in await entries(log_client, "?q=pi-eins")] == ["slow", "lost"]
    assert [e["event"] for e in await entries(log_client, "?q=pi-eins&service=db")] == ["lost"]
    assert {e["level"] for e in await entries(log_client, "?level=ERROR")} == {"ERROR"}
    assert {e["service"] for e in await entries(log_client, "?service=db&level=&q=")} == {"db"}
    assert len(await entries(log_client, "?limit=1")) == 1


@pytest.mark.parametrize(
    "query",
    f"level=loud service=a%20b service=%00 q={'x' * 201} limit=0 limit=1001 limit=many limit=%D9%A1 lvl=warning"
    " q=a&q=b after=x".split(),
)
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
async def test_a_parameter_that_is_not_understood_is_a_400_with_a_sentence(
    log_client: Client, query: str, accept: str
) -> None:
    response = await log_client.get(f"/logs?{query}", headers={"Accept": accept})
    assert response.status == 400
    text = await response.text()
    if accept == "text/html":
        assert "</html>" in text
    assert re.search(r"must be|may have|may be given|no parameter", text)


async def test_the_page_says_where_the_entries_come_from_and_keeps_what_was_chosen(log_client: Client) -> None:
    logging.getLogger("rcmail.db").warning("seen", extra={"attempt": 4})
    text = await (await log_client.get("/logs?service=db&level=warning&q=seen", headers=HTML)).text()
    assert "rcmail does not run under systemd" in text
    assert "<option selected>db</option>" in text
    assert '<option value="warning" selected>warning</option>' in text
    assert 'value="seen"' in text
    assert text.count('<li class="entry') == 1
    assert "attempt: 4" in text
    assert '<a href="/logs" aria-current="page">Logs</a>' in text


async def test_hostile_text_is_text(log_client: Client) -> None:
    logging.getLogger(f"rcmail.{HOSTILE}").warning(HOSTILE, extra={HOSTILE: HOSTILE})
    text = await (await log_client.get("/logs", headers=HTML)).text()
    assert "<script>alert" not in text
    assert 'onclick="x' not in text
    assert "&lt;script&gt;alert(1)" in text
    assert '"forged"' not in text
    (entry,) = await entries(log_client, "?q=alert&limit=1")
    assert entry["event"] == HOSTILE


async def test_every_record_of_a_request_has_its_id_and_the_answer_too(log_client: Client) -> None:
    answers = await asyncio.gather(
        *(
            log_client.get(path, headers={"X-Request-ID": "forged\tid"})
            for path in ("/nowhere", "/", "/logs?level=x")
        )
    )
    ids = {answer.headers["X-Request-ID"]: answer.url.path for answer in answers}
    assert len(ids) == 3
    assert all(re.fullmatch("[0-9a-f]{16}", request_id) for request_id in ids)


async def test_a_page_that_breaks_can_be_found_in_the_log_by_its_id(
    fresh: None, config: Config, aiohttp_client: MakeClient
) -> None:
    app = create_app(config)

    async def broken(_request: Any) -> Any:
        logging.getLogger("some.library").info("on the way")
        raise ValueError(f"with {SECRET_KEY}")

    app.router.add_get("/broken", broken)
    client = await aiohttp_client(app)
    response = await client.get("/broken", headers=HTML)
    assert response.status == 500
    request_id = response.headers["X-Request-ID"]
    text = await response.text()
    assert f'href="/logs?q={request_id}"' in text
    assert SECRET_KEY not in text
    found = await entries(client, f"?q={request_id}")
    own = [entry for entry in found if entry["event"] in ("request_failed", "on the way")]
    assert [entry["event"] for entry in own] == ["request_failed", "on the way"]
    assert "ValueError: with [redacted]" in own[0]["exception"]
    assert all(entry["request_id"] == request_id for entry in found)


async def test_a_failed_connection_test_is_in_the_log_and_on_the_page(log_client: Client) -> None:
    """The seed's own test: a wrong LLM endpoint, a failed connection test, the entry is there."""
    form = {"llm_endpoint": "http://127.0.0.1:9/"}
    answer = await (await log_client.post("/config/test/llm", json=form)).json()
    assert answer["status"] == "unreachable"
    (entry,) = await entries(log_client, "?service=config&level=warning")
    assert list(entry)[:4] == ["timestamp", "level", "service", "event"]
    assert (entry["level"], entry["service"], entry["event"]) == ("WARNING", "config", "connection_test_result")
    assert (entry["target"], entry["status"]) == ("llm", "unreachable")
    page = await (await log_client.get("/logs?service=config", headers=HTML)).text()
    assert "connection_test_result" in page
    assert "status: unreachable" in page


async def test_a_wrong_endpoint_is_reported_by_the_health_check_once_and_its_repeats_at_debug(
    fresh: None, database_config: PostgresConfig, aiohttp_client: MakeClient
) -> None:
    from tests.support import make_config

    client = await aiohttp_client(create_app(make_config(database_config, ollama_base_url="http://127.0.0.1:9")))
    for _ in range(3):
        client.app[keys.MONITOR].expire()
        await client.get("/health")
    checks = [entry for entry in await entries(client, "?service=health") if entry["check"] == "llm"]
    assert [entry["level"] for entry in checks][-1] == "WARNING"
    assert {entry["level"] for entry in checks[:-1]} == {"DEBUG"}
    assert len(checks) >= 3


async def test_what_is_no_http_is_told_in_a_line_and_is_no_error_of_ours(log_client: Client) -> None:
    for line in (b"User-Agent: a\x1b[31m", b"Authorization: Bearer wN3-held\x00", b"no colon"):
        reader, writer = await asyncio.open_connection("127.0.0.1", log_client.port)
        writer.write(b"GET /logs HTTP/1.1\r\nHost: localhost\r\n" + line + b"\r\n\r\n")
        assert (await reader.read()).startswith(b"HTTP/1.0 400")
        writer.close()
    found = await entries(log_client, "?service=http&q=malformed")
    assert [entry["level"] for entry in found] == ["INFO"] * 3
    assert all("127.0.0.1" in entry["remote"] for entry in found)
    assert await entries(log_client, "?level=warning&service=http") == []
    assert "wN3" not in json.dumps(await entries(log_client))


async def test_injected_lines_stay_inside_their_json(
    log_client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = '\n{"level":"INFO","event":"forged"}\x1b[2J\u2028'
    written = io.StringIO()
    log.configure("DEBUG", "json", stream=written)
    await log_client.get("/nowhere/" + evil, params={"q": evil})
    await log_client.get("/", headers={"User-Agent": 'x"}{"level":"INFO"', "X-Request-ID": '{"event":"forged"}'})
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    await log_client.post("/config", data=urlencode({"llm_model": evil, evil: evil}), headers=form)
    await log_client.post("/config", json={"llm_endpoint": f"http://{evil}/", evil: evil})
    await log_client.post("/config/test/llm", json={"llm_endpoint": f"http://x/{evil}"})
    await log_client.get("/logs", params={"q": evil[:100]})
    lines = written.getvalue().splitlines()
    assert len(lines) >= 6
    for line in lines:
        assert line.isascii()
        assert line.isprintable()
        assert json.loads(line)["event"] != "forged"


# The journal


@pytest.fixture
async def journal_client(
    fresh: None,
    config: Config,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    aiohttp_client: MakeClient,
) -> tuple[Client, FakeJournal]:
    fake = FakeJournal(tmp_path / "journal")
    monkeypatch.setenv("PATH", f"{tmp_path / 'journal'}{os.pathsep}{os.environ['PATH']}")
    app = create_app(config)
    app[keys.LOGBOOK] = Logbook(log.recent, Journal("rcmail.service", log.redactor, time_limit=1))
    return await aiohttp_client(app), fake


async def test_entries_of_earlier_runs_come_from_the_journal(journal_client: tuple[Client, FakeJournal]) -> None:
    client, fake = journal_client
    fake.add_entry(second=1, event="of an earlier run", service="db")
    text = await (await client.get("/logs", headers=HTML)).text()
    assert "From the system’s journal" in text
    assert "of an earlier run" in text
    answer = await (await client.get("/logs?service=db&q=earlier")).json()
    assert answer["source"] == "journal"
    assert "reason" not in answer
    assert [entry["event"] for entry in answer["entries"]] == ["of an earlier run"]


async def test_what_has_not_arrived_in_the_journal_yet_is_there_and_nothing_is_there_twice(
    journal_client: tuple[Client, FakeJournal],
) -> None:
    client, fake = journal_client
    fake.add_entry(second=1, event="earlier", service="db")
    logging.getLogger("rcmail.db").info("arrived")
    fake.add(log.recent.after()[1][-1], second=2)
    logging.getLogger("rcmail.db").info("on its way")
    events = [
        entry["event"] for entry in await entries(client, "?service=db&level=info") if "db_" not in entry["event"]
    ]
    assert events == ["on its way", "arrived", "earlier"]


async def test_a_journal_that_cannot_be_read_leaves_the_memory_and_the_page_says_why(
    journal_client: tuple[Client, FakeJournal],
) -> None:
    client, fake = journal_client
    fake.behave("closed")
    logging.getLogger("rcmail.db").info("remembered")
    text = await (await client.get("/logs", headers=HTML)).text()
    assert "group systemd-journal" in text
    assert "remembered" in text


async def test_a_search_that_was_cut_off_says_how_far_it_came(journal_client: tuple[Client, FakeJournal]) -> None:
    client, fake = journal_client
    fake.add_entry(second=1)
    assert "were not looked at" not in await (await client.get("/logs?q=nowhere", headers=HTML)).text()
    fake.behave("flood")
    text = await (await client.get("/logs?q=nowhere", headers=HTML)).text()
    assert "were not looked at" in text
    assert (await (await client.get("/logs?q=nowhere")).json())["cut_off"] == "2026-01-01T00:00:01.000Z"


async def test_a_journal_that_hangs_holds_up_nobody_else(journal_client: tuple[Client, FakeJournal]) -> None:
    client, fake = journal_client
    fake.behave("hang")
    waiting = [asyncio.create_task(client.get("/logs")) for _ in range(4)]
    await asyncio.sleep(0.2)
    async with asyncio.timeout(0.5):
        assert (await client.get("/health/live")).status == 200
    for answer in await asyncio.gather(*waiting):
        assert (await answer.json())["source"] == "memory"


# Following


async def test_a_follower_who_leaves_before_the_first_byte_is_no_failure_of_the_service(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def leave(self: StreamResponse, request: BaseRequest) -> None:
        assert request.transport is not None
        request.transport.abort()
        raise ClientConnectionResetError("Cannot write to closing transport")

    monkeypatch.setattr(StreamResponse, "prepare", leave)
    with pytest.raises(ClientError):
        await client.get("/logs/stream")
    monkeypatch.undo()
    assert (await client.get("/health/live")).status == 200
    assert "request_failed" not in caplog.text


class Stream:
    """What a browser's EventSource makes of a stream."""

    def __init__(self, response: ClientResponse) -> None:
        self._response = response

    async def event(self) -> dict[str, str]:
        """The next event; comments and ``retry`` are passed over."""
        while True:
            fields: dict[str, str] = {}
            while (line := (await self._response.content.readline()).decode()) not in ("\n", ""):
                name, _, value = line.rstrip("\n").partition(": ")
                fields[name] = f"{fields[name]}\n{value}" if name in fields else value
            if "event" in fields:
                return fields
            if not line:
                raise EOFError

    async def named(self, text: str) -> dict[str, str]:
        async with asyncio.timeout(5):
            while text not in (event := await self.event())["data"]:
                pass
        return event


async def test_following_brings_what_is_logged_from_now_on_through_the_filter(log_client: Client) -> None:
    log = logging.getLogger("rcmail.db")
    log.warning("before")
    async with log_client.get("/logs/stream?service=db&level=warning") as response:
        assert response.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        stream = Stream(response)
        await asyncio.to_thread(log.info, "too unimportant")
        logging.getLogger("rcmail.llm").error("of another service")
        await asyncio.to_thread(log.warning, HOSTILE, extra={"attempt": 7})
        event = await stream.named("attempt")
        assert "too unimportant" not in event["data"]
        assert "&lt;script&gt;" in event["data"]
        assert "<script" not in event["data"]
        assert re.fullmatch(r"\d{4}-.*Z~[0-9a-f]{16}", event["id"])


async def test_after_a_break_nothing_is_missing_and_nothing_told_twice(log_client: Client) -> None:
    log = logging.getLogger("rcmail.db")
    async with log_client.get("/logs/stream?service=db") as response:
        log.info("number one")
        last = (await Stream(response).named("number one"))["id"]
    log.info("number two")
    log.info("number three")
    async with log_client.get("/logs/stream?service=db", headers={"Last-Event-ID": last}) as response:
        stream = Stream(response)
        assert "number two" in (await stream.event())["data"]
        assert "number three" in (await stream.event())["data"]
        log.info("number four")
        assert "number four" in (await stream.event())["data"]


async def test_after_a_restart_the_last_words_of_the_earlier_run_come_from_the_journal(
    journal_client: tuple[Client, FakeJournal],
) -> None:
    client, fake = journal_client
    fake.add_entry(second=1, event="seen", service="db")
    fake.add_entry(second=2, event="last words", service="db")
    fake.add_entry(second=3, event="of this very process", service="db", pid=os.getpid())
    logging.getLogger("rcmail.db").warning("first words")
    last = "2026-01-01T00:00:01.500Z~0123456789abcdef"
    async with client.get("/logs/stream?service=db", headers={"Last-Event-ID": last}) as response:
        stream = Stream(response)
        assert "last words" in (await stream.event())["data"]
        assert "of this very process" not in (await stream.named("first words"))["data"]


@pytest.mark.parametrize(
    "last", ["", "garbage", "2025-13-45T99:99:99.999Z~0123456789abcdef", "\u00e9", "x" * 5000]
)
async def test_an_id_that_is_none_of_ours_does_no_harm(
    journal_client: tuple[Client, FakeJournal], last: str
) -> None:
    client, _ = journal_client
    async with client.get("/logs/stream", headers={"Last-Event-ID": last}, params={"q": "find me"}) as response:
        logging.getLogger("rcmail.db").info("find me")
        assert "find me" in (await Stream(response).named("find me"))["data"]


async def test_a_flood_is_told_of_in_part_and_the_rest_counted(log_client: Client) -> None:
    async with log_client.get("/logs/stream?service=db") as response:
        stream = Stream(response)
        for number in range(5_000):
            logging.getLogger("rcmail.db").info("flood %d", number)
        event = await stream.event()
        assert event["event"] == "skipped"
        assert int(event["data"]) >= 4_000
        await stream.named("flood 4999")


async def test_only_so_many_may_follow_and_the_next_one_is_told(log_client: Client) -> None:
    following = [await log_client.get("/logs/stream") for _ in range(10)]
    refused = await log_client.get("/logs/stream")
    assert refused.status == 503
    for response in following:
        response.close()


async def test_a_reader_that_never_reads_is_left_and_holds_nothing(
    log_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rcmail.web.logs._PATIENCE", 0.3)
    logbook = log_client.app[keys.LOGBOOK]
    reader, writer = await asyncio.open_connection("127.0.0.1", log_client.port, limit=1024)
    writer.write(b"GET /logs/stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
    await writer.drain()
    async with asyncio.timeout(20):
        while not logbook._followers:
            await asyncio.sleep(0.01)
        while logbook._followers:
            for number in range(200):
                logging.getLogger("rcmail.db").info("n%d", number, extra={"pad": "x" * 2_000})
            assert (await log_client.get("/health/live")).status == 200
            await asyncio.sleep(0.05)
    writer.close()
    del reader


def test_the_stream_ends_with_the_service_and_the_next_run_goes_on(
    database_config: PostgresConfig, folder: Path
) -> None:
    import threading
    import urllib.request

    env = service_environment(database_config)
    with serving(folder, env) as service:
        ended: list[bytes] = []

        def follow(running: Service) -> None:
            with urllib.request.urlopen(f"http://127.0.0.1:{running.port}/logs/stream", timeout=30) as response:
                ended.append(response.read())

        thread = threading.Thread(target=follow, args=(service,))
        thread.start()
        while not any(record["path"] == "/logs" for record in service.events("http_request")):
            service.get("/logs")
        assert service.stop(timeout=5) == 0
        thread.join(5)
        assert b"event: entry" in ended[0]
        assert [record["level"] for record in service.events("shutdown_complete")] == ["INFO"]
        assert not service.events("shutdown_cut_short")
