"""GET /health and its relatives, over a real socket."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest
from aiohttp.web import Application

from rcmail import __version__
from rcmail.app import create_app
from rcmail.config import PostgresConfig
from tests.conftest import Client
from tests.fakes.ollama import FakeOllama
from tests.support import gmail_config, make_config

MakeClient = Callable[[Application], Awaitable[Client]]
GMAIL = gmail_config("gmail-id", "gmail-secret", "gmail-refresh")


async def test_health_is_ok_when_all_three_are(
    database_config: PostgresConfig, ollama: FakeOllama, aiohttp_client: MakeClient
) -> None:
    client = await aiohttp_client(
        create_app(make_config(database_config, ollama_base_url=ollama.url, gmail=GMAIL))
    )
    response = await client.get("/health")
    assert response.status == 200
    assert await response.json() == {
        "status": "ok",
        "checks": {"db": "ok", "llm": "ok", "mail": "ok"},
        "details": {
            "db": "PostgreSQL answers",
            "llm": "Ollama 0.12.3 answers and has 1 model, but none is chosen",
            "mail": "connected; GMAIL_REFRESH_TOKEN is set, and is taken over when the mailbox is used first",
        },
        "version": __version__,
    }


async def test_health_is_degraded_and_still_200_when_something_is_not_set_up(client: Client) -> None:
    response = await client.get("/health")
    assert response.status == 200
    answer = await response.json()
    assert answer["status"] == "degraded"
    assert answer["checks"] == {"db": "ok", "llm": "unconfigured", "mail": "unconfigured"}
    assert answer["details"]["mail"] == "not set: GMAIL_CLIENT_ID, GMAIL_CLIENT_SECRET, GMAIL_REFRESH_TOKEN"


async def test_fifty_callers_share_one_probe_of_a_language_model_that_hangs(
    database_config: PostgresConfig, ollama: FakeOllama, aiohttp_client: MakeClient
) -> None:
    ollama.behaviour = "hang"
    client = await aiohttp_client(create_app(make_config(database_config, ollama_base_url=ollama.url)))
    started = time.monotonic()
    responses = await asyncio.gather(*(client.get("/health") for _ in range(50)))
    answers = [await response.json() for response in responses]
    assert time.monotonic() - started < 20  # 3, and some for a machine with much to do; it would hang for 60
    assert all(answer["checks"]["llm"] == "unreachable" for answer in answers)
    assert all(answer["details"]["llm"] == "timed out after 3 s" for answer in answers)
    assert ollama.requests == ["GET /api/version HTTP/1.1"]


async def test_a_browser_gets_the_page_and_curl_gets_json(client: Client) -> None:
    page = await client.get("/health", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.content_type == "text/html"
    assert "<h1>Health</h1>" in await page.text()
    assert (await client.get("/health", headers={"Accept": "*/*"})).content_type == "application/json"
    assert "Accept" in page.headers["Vary"]


async def test_no_page_waits_for_a_check(
    database_config: PostgresConfig,
    ollama: FakeOllama,
    aiohttp_client: MakeClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rcmail.health.llm.LIMIT", 60.0)
    ollama.behaviour = "hang"
    client = await aiohttp_client(create_app(make_config(database_config, ollama_base_url=ollama.url)))
    for path, status in (("/", 200), ("/health", 200), ("/nowhere", 404)):
        async with asyncio.timeout(20):
            response = await client.get(path, headers={"Accept": "text/html"})
            assert "</html>" in await response.text()
            assert response.status == status


async def test_the_fragment_has_the_rows_and_brings_the_banner_along(client: Client) -> None:
    response = await client.get("/health/fragment", headers={"HX-Request": "true"})
    text = await response.text()
    assert response.content_type == "text/html"
    assert "<html" not in text
    assert 'data-check="db" data-status="ok"' in text
    assert 'id="notices" hx-swap-oob' in text
    assert "AI features unavailable — no LLM configured" in text


async def test_liveness_touches_nothing(client: Client) -> None:
    response = await client.get("/health/live")
    assert (response.status, await response.json()) == (200, {"status": "alive"})


async def test_readiness_is_200_while_the_database_answers(client: Client) -> None:
    response = await client.get("/health/ready")
    assert (response.status, await response.json()) == (200, {"status": "ready"})


@pytest.mark.parametrize("path", ["/health", "/health/live", "/health/ready", "/health/fragment", "/"])
async def test_head_is_answered_as_get_is(client: Client, path: str) -> None:
    response = await client.head(path)
    assert response.status == 200
    assert await response.read() == b""
