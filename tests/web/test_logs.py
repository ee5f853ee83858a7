"""GET /logs, and following it, over a real socket."""

import asyncio
import io
import json
import logging
import os
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp.web import Application

from rcmail import keys
from rcmail.app import create_app
from rcmail.config import Config, PostgresConfig
from rcmail.log import setup as log
from rcmail.log.entries import RecentEntries
from rcmail.log.journal import Journal
from rcmail.log.logbook import MOST_NEW, Logbook
from tests.conftest import Client
from tests.fakes.journalctl import FakeJournal
from tests.support import SECRET_KEY, poll_address, serving

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
    f"level=loud service=a%20b service=%00 q={'x' * 201} limit=0 limit=201 limit=many limit=%D9%A1 lvl=warning"
    " q=a&q=b after=x follow=2 follow=yes".split(),
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
    assert all("127.0.0.x" in entry["remote"] for entry in found)
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
    live = asyncio.create_task(client.get("/health/live"))
    first, _ = await asyncio.wait([live, *waiting], return_when=asyncio.FIRST_COMPLETED)
    assert live in first
    assert (await live).status == 200
    for answer in await asyncio.gather(*waiting):
        assert (await answer.json())["source"] == "memory"


# Following


async def follow(client: Client, query: str = "") -> str:
    """Open the page that follows; where it asks next."""
    response = await client.get(f"/logs?follow=1{query}", headers=HTML)
    assert response.status == 200
    return poll_address(await response.text())


async def news(client: Client, address: str) -> tuple[list[str], str]:
    """The events of the new entries, the newest first, and where to ask next."""
    response = await client.get(address, headers={"HX-Request": "true"})
    if response.status == 204:
        return [], address
    assert response.status == 200
    assert "HX-Refresh" not in response.headers
    text = await response.text()
    return re.findall('<bdi class="name">(.*?)</bdi>', text), poll_address(text)


async def is_loaded_anew(client: Client, address: str) -> bool:
    response = await client.get(address, headers={"HX-Request": "true"})
    return response.status == 200 and response.headers.get("HX-Refresh") == "true"


async def test_following_brings_what_is_logged_from_now_on_through_the_filter(log_client: Client) -> None:
    log = logging.getLogger("rcmail.db")
    log.warning("before")
    address = await follow(log_client, "&service=db&level=warning")
    log.info("too unimportant")
    logging.getLogger("rcmail.llm").error("of another service")
    found, address = await news(log_client, address)
    assert found == []
    log.warning("one")
    log.error("two")
    found, address = await news(log_client, address)
    assert found == ["two", "one"]
    assert (await news(log_client, address))[0] == []


async def test_a_poll_that_has_nothing_to_tell_touches_nothing(log_client: Client) -> None:
    logging.disable()
    try:
        assert (await log_client.get(await follow(log_client))).status == 204
    finally:
        logging.disable(logging.NOTSET)


async def test_new_entries_are_put_on_top_and_the_rest_is_left_alone(log_client: Client) -> None:
    address = await follow(log_client, "&service=db")
    logging.getLogger("rcmail.db").warning(HOSTILE, extra={"attempt": 7})
    text = await (await log_client.get(address)).text()
    assert re.fullmatch(
        r'<span id="poll" [^>]*></span><ol hx-swap-oob="afterbegin:#entries">\s*<li .*</li>\s*</ol>\s*', text, re.S
    )
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    address = poll_address(text)
    logging.getLogger("rcmail.llm").info("of another service")
    text = await (await log_client.get(address)).text()
    assert re.fullmatch(r'<span id="poll" [^>]*></span>', text)


async def test_what_is_new_is_found_by_its_place_when_the_clock_was_put_back(
    log_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = await follow(log_client, "&service=db")
    monkeypatch.setattr(time, "time", lambda: 1_000_000_000.0)
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000_000_000_000)
    logging.getLogger("rcmail.db").warning("long ago")
    assert log.recent.after()[1][-1].startswith('{"timestamp": "2001-')
    assert (await news(log_client, address))[0] == ["long ago"]


async def test_the_page_is_loaded_anew_after_a_restart_of_the_service(
    fresh: None, config: Config, aiohttp_client: MakeClient
) -> None:
    before, after = await aiohttp_client(create_app(config)), await aiohttp_client(create_app(config))
    address = await follow(before)
    assert await is_loaded_anew(after, address)
    assert not await is_loaded_anew(before, address)


async def test_the_page_is_loaded_anew_where_too_much_came_at_once(log_client: Client) -> None:
    address = await follow(log_client, "&service=nobody")
    for number in range(MOST_NEW + 1):
        logging.getLogger("rcmail.db").info("flood %d", number)
    assert await is_loaded_anew(log_client, address)


async def test_the_page_is_loaded_anew_before_it_grows_beyond_what_a_browser_likes(log_client: Client) -> None:
    logging.getLogger("rcmail.db").info("the first")
    address = await follow(log_client, "&service=db&limit=1")
    for _ in range(5):
        for number in range(99):
            logging.getLogger("rcmail.db").info("number %d", number)
        found, address = await news(log_client, address)
        assert len(found) == 99
    for number in range(4):
        logging.getLogger("rcmail.db").info("number %d", number)
    assert (await news(log_client, address))[0] == ["number 3", "number 2", "number 1", "number 0"]
    _, address = await news(log_client, address)
    logging.getLogger("rcmail.db").info("the 501st")
    assert await is_loaded_anew(log_client, address)


async def test_a_poll_costs_no_look_at_the_journal(journal_client: tuple[Client, FakeJournal]) -> None:
    client, fake = journal_client
    fake.add_entry(second=1, event="of an earlier run", service="db")
    address = await follow(client, "&service=db")
    looks = len(fake.calls)
    fake.behave("hang")
    logging.getLogger("rcmail.db").info("now")
    assert (await news(client, address))[0] == ["now"]
    assert len(fake.calls) == looks


def test_who_follows_is_no_news(service_env: dict[str, str], folder: Path) -> None:
    """Else the page would tell of its own polls for ever."""
    with serving(folder, service_env) as service:
        address = poll_address(service.get("/logs?follow=1", HTML).text)
        service.get(address, HTML)
        service.get("/logs?service=http&follow=1", HTML)  # without JavaScript that is the poll
        for path in ("/mail/sync", "/mail/drafts/sync", "/mail/1/draft", "/mail/1/similar"):
            service.get(path, HTML)  # of a page that shows how far something is
        service.get("/nowhere?follow=1")
        service.get("/logs?q=follow", HTML)
        service.stop()
        paths = [record["path"] for record in service.events("http_request")]
    assert paths == ["/nowhere", "/logs"]


async def test_following_is_begun_and_ended_with_a_link_that_keeps_what_was_chosen(log_client: Client) -> None:
    logging.getLogger("rcmail.db").warning("seen")
    page = await (await log_client.get("/logs?service=db&q=a%26b&limit=7", headers=HTML)).text()
    assert 'href="/logs?service=db&amp;q=a%26b&amp;limit=7&amp;follow=1">Follow live</a>' in page
    assert "http-equiv" not in page
    assert "/logs/new" not in page
    assert 'name="follow"' not in page
    page = await (await log_client.get("/logs?service=db&q=a%26b&limit=7&follow=1", headers=HTML)).text()
    assert 'href="/logs?service=db&amp;q=a%26b&amp;limit=7">Stop following</a>' in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert '<input type="hidden" name="follow" value="1">' in page
    page = await (await log_client.get("/logs?follow=1", headers=HTML)).text()
    assert 'href="/logs">Stop following</a>' in page


@pytest.mark.parametrize(
    "query",
    ["after=x", "after=-1", f"after={'9' * 5000}", "after=%D9%A1", "shown=501", "limit=1", "service=a%20b"],
)
async def test_a_poll_that_is_not_understood_is_a_400_with_a_sentence(log_client: Client, query: str) -> None:
    response = await log_client.get(f"/logs/new?{query}")
    assert response.status == 400
    assert re.search(r"must be|no parameter", await response.text())


@pytest.mark.parametrize("query", ["", "?after=0", "?after=999999999999999"])
async def test_a_place_that_is_none_of_this_run_has_the_page_loaded_anew(log_client: Client, query: str) -> None:
    assert await is_loaded_anew(log_client, f"/logs/new{query}")
