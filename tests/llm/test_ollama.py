"""Ollama's adapter against servers that refuse, hang, reset, stream garbage and talk nonsense."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rcmail.app import make_http_client
from rcmail.errors import LLMUnreachable
from rcmail.llm.ollama import OllamaAdapter
from tests.fakes.ollama import FakeOllama
from tests.support import free_port


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with make_http_client() as session:
        yield session


async def ping(session: aiohttp.ClientSession, url: str) -> str:
    async with asyncio.timeout(1.5):
        return await OllamaAdapter(session, url).ping()


async def test_a_healthy_ollama_tells_how_many_models_it_has(
    session: aiohttp.ClientSession, ollama: FakeOllama
) -> None:
    assert await ping(session, ollama.url + "/") == "Ollama answers, 1 model installed"
    assert ollama.requests == ["GET /api/tags HTTP/1.1"]


@pytest.mark.parametrize(
    ("behaviour", "says"),
    [
        ("html", "not Ollama"),
        ("500", "HTTP status 500"),
        ("redirect", "sends us elsewhere"),
        ("reset", "the connection broke off"),
        ("garbage", "does not speak HTTP as it should"),
        ("flood", "far too much data"),
    ],
)
async def test_whatever_else_answers_is_told_truly(
    behaviour: str, says: str, session: aiohttp.ClientSession, ollama: FakeOllama
) -> None:
    ollama.behaviour = behaviour
    with pytest.raises(LLMUnreachable, match=says):
        await ping(session, ollama.url)


@pytest.mark.parametrize("behaviour", ["hang", "hang-after-headers", "trickle"])
async def test_whoever_does_not_come_to_an_end_is_left_to_the_caller_s_limit(
    behaviour: str, session: aiohttp.ClientSession, ollama: FakeOllama
) -> None:
    ollama.behaviour = behaviour
    with pytest.raises(TimeoutError):
        await ping(session, ollama.url)


async def test_a_flood_does_not_fill_the_memory(session: aiohttp.ClientSession, ollama: FakeOllama) -> None:
    ollama.behaviour = "flood"
    process = psutil.Process()
    before = process.memory_info().rss
    for _ in range(3):
        with pytest.raises(LLMUnreachable):
            await ping(session, ollama.url)
    assert process.memory_info().rss - before < 30 * 1024 * 1024


async def test_a_refusal_is_told(session: aiohttp.ClientSession) -> None:
    with pytest.raises(LLMUnreachable, match="connection refused"):
        await ping(session, f"http://127.0.0.1:{free_port()}")


async def test_an_unknown_name_is_told(session: aiohttp.ClientSession) -> None:
    with pytest.raises(LLMUnreachable, match="host name is not known"):
        await ping(session, "http://ollama.invalid:11434")


async def test_https_where_there_is_none_is_told(session: aiohttp.ClientSession, ollama: FakeOllama) -> None:
    with pytest.raises(LLMUnreachable, match="secure connection failed"):
        await ping(session, ollama.url.replace("http:", "https:"))


async def test_the_sentence_never_tells_the_address(session: aiohttp.ClientSession, ollama: FakeOllama) -> None:
    ollama.behaviour = "reset"
    for url in (ollama.url, "http://ollama.invalid", f"http://127.0.0.1:{free_port()}"):
        with pytest.raises(LLMUnreachable) as caught:
            await ping(session, url)
        assert "127.0.0.1" not in str(caught.value)
        assert "invalid" not in str(caught.value).replace("not valid", "")


@given(body=st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_any_body_is_a_sentence_and_never_a_traceback(body: bytes) -> None:
    async def run() -> None:
        async with FakeOllama("answer") as ollama, make_http_client() as session:
            ollama.answer = body
            try:
                assert (await ping(session, ollama.url)).startswith("Ollama answers")
            except LLMUnreachable as error:
                assert str(error)

    asyncio.run(run())


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"models": 5}', b"[]", b"5", b"null", b'{"models"', b"\xff\xfe", b""]
)
async def test_nonsense_in_json_is_not_ollama(
    body: bytes, session: aiohttp.ClientSession, ollama: FakeOllama
) -> None:
    ollama.behaviour = "answer"
    ollama.answer = body
    with pytest.raises(LLMUnreachable, match="not Ollama"):
        await ping(session, ollama.url)


async def test_an_examination_tells_version_and_models(session: aiohttp.ClientSession, ollama: FakeOllama) -> None:
    adapter = OllamaAdapter(session, ollama.url)
    found = await adapter.examine()
    assert (found.server, found.models) == ("Ollama 0.12.3", ("llama3.2:latest",))
    assert [adapter.has(found, name) for name in ("llama3.2", "Llama3.2:latest", "llama3.2:1b", "x/llama3.2")] == [
        True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("body", [b'{"models": [5, {}, {"name": 7}, null]}', b'{"models": []}'])
async def test_a_list_of_nonsense_holds_no_model(
    body: bytes, session: aiohttp.ClientSession, ollama: FakeOllama
) -> None:
    ollama.behaviour = "answer"
    ollama.answer = body
    assert (await OllamaAdapter(session, ollama.url).examine()).models == ()


def test_the_command_to_install_a_model_is_safe_to_paste() -> None:
    adapter = OllamaAdapter(None, "http://x")  # type: ignore[arg-type]
    assert adapter.how_to_install("llama3.2") == "ollama pull llama3.2"
    assert adapter.how_to_install("x; rm -rf ~") == "ollama pull 'x; rm -rf ~'"
