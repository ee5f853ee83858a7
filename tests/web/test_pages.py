"""The pages as a person gets them, and errors as a person and as a program get them."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.web import Application
from hypothesis import given
from hypothesis import strategies as st

from rcmail import keys
from rcmail.app import create_app
from rcmail.config import Config, PostgresConfig
from rcmail.web.dashboard import _days_until
from rcmail.web.negotiation import wants_html
from tests.conftest import Client
from tests.support import free_port, make_config

HTML = {"Accept": "text/html"}


async def text_of(client: Client, path: str = "/") -> str:
    response = await client.get(path, headers=HTML)
    assert response.status == 200
    return await response.text()


async def test_the_dashboard_invites_to_set_the_next_event(client: Client) -> None:
    text = await text_of(client)
    assert "No date is set yet" in text
    assert '<a class="button" href="/config">Go to Config →</a>' in text
    assert 'hx-get="/health/fragment"' in text


async def test_under_make_run_no_page_names_the_journal(
    database_config: PostgresConfig, tmp_path: Path, aiohttp_client: Callable[[Application], Awaitable[Client]]
) -> None:
    app = create_app(make_config(replace(database_config, own_log=tmp_path / "postgresql.log")))
    app.router.add_get("/explode", explode)
    client = await aiohttp_client(app)
    for path, told in (("/explode", "where “make run” runs"), ("/logs", "All of it is where “make run” runs")):
        text = await (await client.get(path, headers=HTML)).text()
        assert told in text
        assert "journalctl" not in text


async def test_the_dashboard_shows_the_next_event(client: Client) -> None:
    await client.app[keys.SETTINGS].save(
        {"event_date": "2026-03-28", "event_location": "5 Mill Lane", "event_offerings": "Toasters, Bikes"}
    )
    text = await text_of(client)
    assert "Saturday, 28 March 2026" in text
    assert "5 Mill Lane" in text
    assert text.count("<li><bdi>") == 2


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (12, "in 12 days"), (-30, "30 days ago")],
)
def test_the_distance_to_the_event_is_in_words(days: int, words: str) -> None:
    today = date.today()  # noqa: DTZ011 - as the page reckons
    assert _days_until(today + timedelta(days=days)) == words


async def test_the_banner_tells_that_no_llm_is_configured(client: Client) -> None:
    await client.get("/health")
    for path in ("/", "/health"):
        assert "AI features unavailable — no LLM configured" in await text_of(client, path)


async def test_the_banner_tells_that_the_llm_is_unreachable(
    database_config: PostgresConfig, aiohttp_client: Callable[[Application], Awaitable[Client]]
) -> None:
    nobody_there = f"http://127.0.0.1:{free_port()}"
    client = await aiohttp_client(create_app(make_config(database_config, ollama_base_url=nobody_there)))
    await client.get("/health")
    assert "AI features unavailable — LLM unreachable" in await text_of(client)


async def test_hostile_text_is_shown_as_text(client: Client) -> None:
    hostile = "<script>alert(1)</script>\" ' {{7*7}} \u202e"
    await client.app[keys.SETTINGS].save({"event_location": hostile, "event_offerings": hostile})
    text = await text_of(client)
    assert "<script>alert" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;&#34; &#39; {{7*7}}") == 2
    assert "\u202e" not in text, "nothing turns around what follows"


async def test_an_unknown_address_is_a_page_for_people_and_json_for_programs(client: Client) -> None:
    page = await client.get("/nowhere", headers=HTML)
    assert page.status == 404
    assert "<nav" in await page.text()
    answer = await client.get("/nowhere")
    assert await answer.json() == {"status": 404, "error": "There is no page at this address."}


async def test_a_wrong_method_says_which_are_right(client: Client) -> None:
    response = await client.delete("/health")
    assert response.status == 405
    assert response.headers["Allow"] == "GET,HEAD"


async def explode(_request: web.Request) -> web.Response:
    raise RuntimeError("hunter2 in a traceback")


@pytest.fixture
async def exploding(config: Config, aiohttp_client: Callable[[Application], Awaitable[Client]]) -> Client:
    app = create_app(config)
    app.router.add_get("/explode", explode)
    return await aiohttp_client(app)


async def test_a_failure_is_a_page_without_details_and_is_logged_with_them(
    exploding: Client, caplog: pytest.LogCaptureFixture
) -> None:
    page = await exploding.get("/explode", headers=HTML)
    text = await page.text()
    assert page.status == 500
    assert "<nav" in text
    assert "hunter2" not in text
    answer = await exploding.get("/explode")
    assert (answer.status, answer.content_type) == (500, "application/json")
    assert "hunter2" not in await answer.text()
    assert [r.message for r in caplog.records if r.levelname == "ERROR"] == ["request_failed", "request_failed"]


async def test_a_failing_error_page_is_still_an_answer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> web.Response:
        raise RuntimeError

    monkeypatch.setattr("rcmail.web.errors.render", broken)
    response = await client.get("/nowhere", headers=HTML)
    assert (response.status, await response.text()) == (404, "There is no page at this address.")


async def test_static_files_are_kept_for_a_year_and_change_their_address_with_their_content(
    client: Client,
) -> None:
    import re

    text = await text_of(client)
    addresses = re.findall(r'(?:src|href)="(/static/[^"]+)"', text)
    assert len(set(addresses)) == 4
    for address in addresses:
        response = await client.get(address)
        assert response.status == 200
        assert "immutable" in response.headers["Cache-Control"]
    assert (await client.get("/static/rcmail.css")).headers["Cache-Control"] == "no-cache"
    assert (await client.get("/static/../config.py")).status == 404


async def test_the_largest_file_travels_compressed_and_is_not_sent_again_to_who_has_it(client: Client) -> None:
    path = "/static/htmx/htmx.min.js"
    packed = await client.get(path, headers={"Accept-Encoding": "gzip"})
    plain = await client.get(path, headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) < int(plain.headers["Content-Length"]) / 2
    assert await packed.read() == await plain.read()
    again = await client.get(path, headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]})
    assert again.status == 304


async def test_a_page_that_is_made_once_is_made_anew_for_other_values(client: Client) -> None:
    for host in ("one.local", "two.local", "one.local"):
        page = await (await client.get("/health", headers={**HTML, "Host": host})).text()
        assert f"http://{host}/health" in page
    for place in ("Mill Lane", "Town Hall", "Mill Lane"):
        await client.post("/config", json={"event_location": place})
        assert place in await text_of(client)
        assert place in await text_of(client)


class _Request:
    def __init__(self, *accept: str, **headers: str) -> None:
        from multidict import CIMultiDict

        self.headers = CIMultiDict([*(("Accept", value) for value in accept), *headers.items()])


@pytest.mark.parametrize(
    ("accept", "html"),
    [
        ([], False),
        (["*/*"], False),
        (["text/html"], True),
        (["application/json"], False),
        (["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"], True),
        (["text/html;q=0.5, application/json"], False),
        (["application/json;q=0.5, text/html;q=0.9"], True),
        (["text/html;q=0"], False),
        (["TEXT/HTML ; Q=1"], True),
        (["application/json", "text/html;q=0.1"], False),
        (["text/html;q=abc"], False),
    ],
)
def test_a_caller_gets_html_only_where_it_prefers_it(accept: list[str], html: bool) -> None:
    assert wants_html(_Request(*accept)) is html  # type: ignore[arg-type]


@given(st.lists(st.text(max_size=40), max_size=3))
def test_any_accept_header_is_decided(accept: list[str]) -> None:
    assert wants_html(_Request(*accept)) in (True, False)  # type: ignore[arg-type]
