"""“Time a short answer”: for a browser with and without JavaScript, and for programs."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from rcmail import keys
from rcmail.health.timing import Timing
from rcmail.llm.speed import Speed
from tests.conftest import Client
from tests.fakes.llamacpp import LOADING, FakeLlamaCpp, chunk, models
from tests.fakes.ollama import HANGS, FakeOllama, Stream, said

HTML = {"Accept": "text/html"}
HTMX = {"HX-Request": "true"}
CHAT = "/v1/chat/completions"


@pytest.fixture
async def llama() -> AsyncIterator[FakeLlamaCpp]:
    async with FakeLlamaCpp() as llama:
        yield llama


async def begin(client: Client, **typed: str) -> dict[str, Any]:
    response = await client.post("/config/timing", json=typed)
    assert response.status == 202
    return dict(await response.json())


async def ended(client: Client) -> dict[str, Any]:
    async with asyncio.timeout(60):
        while True:
            told = dict(await (await client.get("/config/timing")).json())
            if told["state"] != "running":
                return told
            await asyncio.sleep(0.02)


async def test_it_says_how_long_a_typical_draft_takes_here(client: Client, llama: FakeLlamaCpp) -> None:
    assert (await (await client.get("/config/timing")).json())["state"] is None
    assert (await begin(client, llm_endpoint=llama.url))["state"] == "running"
    told = await ended(client)
    # 10 new tokens read in 0.6005 s, 8 written in 0.25 s.
    assert told["seconds"] == pytest.approx(700 * 0.06005 + 160 / 32, abs=0.1)
    assert told["detail"] == (
        "A typical draft will take about 45 s here: the model reads 17 and writes 32.0 tokens a second."
    )
    [asked] = llama.bodies
    assert asked["max_tokens"] <= 50


async def test_no_two_questions_begin_alike_so_that_nothing_is_known_beforehand(
    client: Client, llama: FakeLlamaCpp
) -> None:
    for _ in range(2):
        await begin(client, llm_endpoint=llama.url)
        await ended(client)
    first, second = (body["messages"][0]["content"] for body in llama.bodies)
    assert first[:16] != second[:16]


async def test_a_server_that_tells_no_times_is_timed_by_our_clock(client: Client, ollama: FakeOllama) -> None:
    ollama.answers["/api/chat"] = Stream([said("Yes"), said(" "), said("we do", done=True)])
    await begin(client, llm_endpoint=ollama.url, llm_model="llama3.2")
    told = await ended(client)
    assert told["state"] == "done"
    assert told["seconds"] > 0


async def test_one_at_a_time_and_stop_hangs_up(client: Client, llama: FakeLlamaCpp) -> None:
    llama.answers[CHAT] = Stream([chunk("Yes"), HANGS])
    await begin(client, llm_endpoint=llama.url)
    while not llama.bodies:
        await asyncio.sleep(0.01)
    assert "s so far" in (await begin(client, llm_endpoint="http://127.0.0.1:9"))["detail"]
    assert len(llama.bodies) == 1
    for path in ("/", "/health/live", "/config"):
        assert (await client.get(path)).status == 200, "pages are not kept waiting"
    told = await (await client.delete("/config/timing")).json()
    assert told["state"] == "stopped"
    async with asyncio.timeout(20):
        await llama.hung_up.wait()


async def test_a_browser_is_shown_how_far_it_is(client: Client, llama: FakeLlamaCpp) -> None:
    llama.answers[CHAT] = Stream([chunk("Yes"), HANGS])
    typed = {"llm_endpoint": llama.url, "event_location": "not saved yet"}
    text = await (await client.post("/config/timing", data=typed, headers=HTMX)).text()
    assert 'hx-get="/config/timing"' in text
    assert "<html" not in text
    page = await (await client.post("/config/timing/look", data=typed, headers=HTML)).text()
    assert "not saved yet" in page, "nothing typed is lost without JavaScript"
    assert re.search(r'formaction="/config/timing/stop[^>]*>Stop<', page)
    page = await (await client.post("/config/timing/stop", data=typed, headers=HTML)).text()
    assert 'data-timing="stopped"' in page
    assert "not saved yet" in page
    text = await (await client.get("/config/timing", headers=HTMX)).text()
    assert "hx-get" not in text, "nothing more is asked for when it has ended"


@pytest.mark.parametrize(
    ("answers", "typed", "says"),
    [
        ({}, {"llm_endpoint": "nonsense"}, "llm_endpoint must begin with http"),
        ({}, {"llm_endpoint": "http://127.0.0.1:1"}, "connection refused"),
        ({}, {}, "No LLM endpoint is set"),
        ({}, {"llm_endpoint": "http://8.8.8.8"}, "outside of this house"),
        ({CHAT: LOADING}, None, "still loading its model"),
        ({CHAT: Stream([chunk(finish="stop")])}, None, "without a word"),
        ({CHAT: Stream([chunk("Ye")])}, None, "gave up"),
        ({"/v1/models": models()}, {"llm_server": "ollama"}, "HTTP status 404"),
    ],
)
async def test_what_kept_it_from_being_timed_is_told(
    answers: dict[str, Any], typed: dict[str, str] | None, says: str, client: Client, llama: FakeLlamaCpp
) -> None:
    llama.answers |= answers
    if typed is None or "llm_server" in typed:
        typed = {"llm_endpoint": llama.url} | (typed or {})
    await begin(client, **typed)
    told = await ended(client)
    assert told["state"] == "failed"
    assert says in told["detail"]
    assert told["seconds"] is None


async def test_it_ends_with_its_limit(client: Client, llama: FakeLlamaCpp) -> None:
    llama.answers[CHAT] = Stream([chunk("Yes"), HANGS])
    timing = Timing(client.app[keys.LLM], client.app[keys.CONNECTION_TESTS], limit=0.2)
    timing.start({"llm_endpoint": llama.url})
    while timing.now is None or timing.now.state == "running":
        await asyncio.sleep(0.02)
    assert "within 0.2 s" in timing.now.detail


async def test_it_is_no_scanner_of_ports_either(client: Client) -> None:
    for port in range(1, 31):
        await begin(client, llm_endpoint=f"http://127.0.0.1:{port}")
        told = await ended(client)
    assert "other addresses were tried in the last minute" in told["detail"]


def test_a_draft_is_reckoned_from_what_it_reads_and_writes() -> None:
    assert Speed(reading=30, writing=6.5).draft_seconds == pytest.approx(700 / 30 + 160 / 6.5)
