"""Both servers behind one setting: which one it is, how it stands with llama.cpp's, and what is outside."""

import json
from typing import Any

import aiohttp
import pytest
from hypothesis import given, settings

from rcmail.client import make_http_client
from rcmail.db.pool import Database
from rcmail.errors import InvalidSettings, LLMLoading, LLMOutside, LLMUnreachable, WrongServer
from rcmail.health import llm
from rcmail.health.base import ConnectionStatus, ServiceStatus, Tried, Verdict
from rcmail.health.llm import as_finding
from rcmail.llm import outside
from rcmail.llm.auto import AutoAdapter, Kind, recognise
from rcmail.llm.base import Limits, Message
from rcmail.llm.current import CurrentLLM
from rcmail.llm.llamacpp import LlamaCppAdapter
from rcmail.llm.ollama import OllamaAdapter
from rcmail.llm.outside import is_outside
from rcmail.llm.state import LLMState, find_out
from rcmail.resolver import Found
from rcmail.settings.store import SettingsStore
from tests.fakes.llamacpp import MODEL, FakeLlamaCpp, models, properties
from tests.fakes.ollama import FakeOllama, Refusal
from tests.llm.test_ollama import NONSENSE
from tests.support import free_port

ASKED = [Message("user", "Hello?")]


async def test_each_server_is_recognised(
    llama: FakeLlamaCpp, ollama: FakeOllama, client: aiohttp.ClientSession
) -> None:
    assert await recognise(client, ollama.url) is OllamaAdapter
    assert await recognise(client, llama.url) is LlamaCppAdapter
    assert ollama.requests == ["GET /api/version HTTP/1.1"]
    assert llama.requests == ["GET /api/version HTTP/1.1", "GET /props HTTP/1.1"]
    llama.load()
    assert await recognise(client, llama.url) is LlamaCppAdapter


@pytest.mark.parametrize("behaviour", ["html", "redirect", "garbage", "flood"])
async def test_what_is_neither_is_another_server(
    behaviour: str, client: aiohttp.ClientSession, ollama: FakeOllama
) -> None:
    ollama.behaviour = behaviour
    with pytest.raises(WrongServer):
        await recognise(client, ollama.url)


@pytest.mark.parametrize("answers", [{}, {"/props": {}}, {"/api/version": {"version": 5}, "/props": [1]}])
async def test_an_answer_like_theirs_is_not_enough(
    answers: dict[str, Any], client: aiohttp.ClientSession, ollama: FakeOllama
) -> None:
    ollama.answers = answers
    with pytest.raises(WrongServer, match="it is neither Ollama nor"):
        await recognise(client, ollama.url)


async def test_a_server_with_a_fault_is_not_called_another_one(
    client: aiohttp.ClientSession, ollama: FakeOllama
) -> None:
    ollama.behaviour = "500"
    with pytest.raises(LLMUnreachable, match="HTTP status 500") as caught:
        await recognise(client, ollama.url)
    assert not isinstance(caught.value, WrongServer)


async def test_what_was_found_is_remembered_until_it_fails(
    llama: FakeLlamaCpp, client: aiohttp.ClientSession
) -> None:
    known: dict[str, Kind] = {}
    for _ in range(3):
        assert await AutoAdapter(client, llama.url, known).ping() == "llama.cpp’s server answers"
    assert sum("/api/version" in request for request in llama.requests) == 1
    llama.load()
    with pytest.raises(LLMLoading):
        await AutoAdapter(client, llama.url, known).ping()
    assert known, "loading is no failure"
    llama.behaviour = "500"
    with pytest.raises(LLMUnreachable):
        await AutoAdapter(client, llama.url, known).ping()
    assert not known


async def test_another_server_at_the_same_address_is_found(
    ollama: FakeOllama, client: aiohttp.ClientSession
) -> None:
    known: dict[str, Kind] = {ollama.url: LlamaCppAdapter}
    with pytest.raises(LLMUnreachable):
        await AutoAdapter(client, ollama.url, known).inspect("")
    assert (await AutoAdapter(client, ollama.url, known).inspect("")).server == "Ollama 0.12.3"


async def test_all_that_an_adapter_does_is_done_by_the_one_found(
    llama: FakeLlamaCpp, client: aiohttp.ClientSession
) -> None:
    adapter = AutoAdapter(client, llama.url)
    assert (await adapter.count_tokens("", ASKED)).tokens == 33
    assert await adapter.context_size("") == 4096
    async with adapter.generate("", ASKED, Limits()) as writing:
        assert [piece async for piece in writing] == ["Dear", " visitor"]
    assert adapter.has(await adapter.examine(), "gemma-4-e2b-it-q4_k_m")


@pytest.mark.parametrize(
    ("answers", "model", "state", "says", "remedy"),
    [
        ({}, "", LLMState.LOADED, "model gemma-4-E2B-it-Q4_K_M.gguf is loaded and ready on llama.cpp b11549", ""),
        ({}, MODEL, LLMState.LOADED, "is loaded", ""),
        ({}, "Gemma-4-E2B-it-Q4_K_M", LLMState.LOADED, "is loaded", ""),
        ({}, "llama3.2", LLMState.MISSING, "model llama3.2 is not", "leave the LLM model empty"),
        ({"/props": properties(is_sleeping=True)}, "", LLMState.ASLEEP, "asleep; the next question wakes it", ""),
        ({"/v1/models": models()}, "", LLMState.EMPTY, "no model", "`llama-server -m FILE`"),
        ({"/v1/models": models("a`b", "ü")}, "", LLMState.EMPTY, "no model", "`llama-server -m FILE`"),
        ({"/props": properties(build_info="`id`")}, "", LLMState.LOADED, "ready on llama.cpp", ""),
        ({"/v1/models": {"data": 5}}, "", LLMState.WRONG_SERVER, "it is not llama.cpp’s server", "port is 11434"),
        ({"/v1/models": Refusal("500 Oops", {})}, "", LLMState.NO_ANSWER, "HTTP status 500", "`llama-server`"),
    ],
)
async def test_how_it_stands_with_llama_cpp_is_told_in_its_own_words(
    answers: dict[str, Any],
    model: str,
    state: LLMState,
    says: str,
    remedy: str,
    llama: FakeLlamaCpp,
    client: aiohttp.ClientSession,
) -> None:
    llama.answers |= answers
    found = await find_out(LlamaCppAdapter(client, llama.url), model, 3)
    assert found.state is state
    assert says in found.sentence
    assert remedy in found.remedy
    assert bool(found.remedy) is bool(remedy)
    assert "ollama pull" not in found.remedy
    assert all(request.startswith("GET ") for request in llama.requests), "nothing that wakes it"


async def test_loading_is_neither_ill_nor_unreachable(llama: FakeLlamaCpp, client: aiohttp.ClientSession) -> None:
    llama.load()
    for adapter in (LlamaCppAdapter(client, llama.url), AutoAdapter(client, llama.url)):
        finding = as_finding(await find_out(adapter, "", 3))
        assert (finding.verdict, finding.status) == (Verdict.OK, ServiceStatus.OK)
        assert "is loading its model" in finding.value


async def test_while_nobody_knows_what_it_is_both_are_named(client: aiohttp.ClientSession) -> None:
    found = await find_out(AutoAdapter(client, f"http://127.0.0.1:{free_port()}"), "", 3)
    assert found.state is LLMState.NO_ANSWER
    assert found.remedy.split("`")[1::2] == ["ollama list", "llama-server"]


@given(models=NONSENSE, props=NONSENSE)
@settings(max_examples=40)
def test_an_inspection_of_anything_is_sound_or_told(models: Any, props: Any) -> None:
    import asyncio

    async def run() -> None:
        async with FakeLlamaCpp() as llama, make_http_client() as client:
            for answers in ({"/v1/models": models}, {"/v1/models": {"data": models}}, {"/props": props}):
                coded = {path: json.dumps(answer).encode() for path, answer in answers.items()}
                llama.answers = FakeLlamaCpp().answers | coded
                found = await find_out(LlamaCppAdapter(client, llama.url), "m", 3)
                assert found.sentence.isprintable()

    asyncio.run(run())


# The setting.


def current(database: Database, client: aiohttp.ClientSession, default: str = "") -> CurrentLLM:
    return CurrentLLM(SettingsStore(database), client, default)


async def test_the_setting_says_which_server_it_is(
    database: Database, client: aiohttp.ClientSession, llama: FakeLlamaCpp, ollama: FakeOllama
) -> None:
    store = SettingsStore(database)
    chosen = CurrentLLM(store, client, "")
    await store.save({"llm_endpoint": llama.url})
    assert (await chosen.find_out(3)).state is LLMState.LOADED
    await store.save({"llm_server": "ollama"})
    assert (await chosen.find_out(3)).state is LLMState.NO_ANSWER
    await store.save({"llm_server": "llama.cpp"})
    assert (await chosen.find_out(3)).state is LLMState.LOADED
    await store.save({"llm_endpoint": ollama.url, "llm_server": "auto", "llm_model": "llama3.2"})
    assert (await chosen.find_out(3)).state is LLMState.ASLEEP


async def tried(database: Database, client: aiohttp.ClientSession, **typed: str) -> Tried:
    test = llm.check(current(database, client)).test
    assert test is not None
    return await test(typed)


async def test_the_connection_test_knows_both(
    database: Database, client: aiohttp.ClientSession, llama: FakeLlamaCpp, ollama: FakeOllama
) -> None:
    found = await tried(database, client, llm_endpoint=llama.url)
    assert found.status is ConnectionStatus.OK
    assert found.detail == "llama.cpp b11549-0ab1c2d3 answers; it has model gemma-4-E2B-it-Q4_K_M.gguf"
    found = await tried(database, client, llm_endpoint=llama.url, llm_model="llama3.2")
    assert found.status is ConnectionStatus.MODEL_NOT_FOUND
    assert "ollama pull" not in found.detail
    with pytest.raises(LLMUnreachable):
        await tried(database, client, llm_endpoint=llama.url, llm_server="ollama")
    found = await tried(database, client, llm_endpoint=ollama.url)
    assert found.detail == "Ollama 0.12.3 answers; 1 model installed, none is chosen yet"
    llama.load()
    found = await tried(database, client, llm_endpoint=llama.url)
    assert (found.status, found.detail[:31]) == (ConnectionStatus.OK, "It answers, but is still loadin")


# Outside of the house.


@pytest.mark.parametrize(
    ("host", "is_it"),
    [
        ("127.0.0.1", False),
        ("localhost", False),
        ("10.1.2.3", False),
        ("172.31.255.255", False),
        ("192.168.1.5", False),
        ("169.254.1.1", False),
        ("[fd00::1]", False),
        ("fe80::1", False),
        ("::1", False),
        ("::ffff:192.168.1.5", False),
        ("no-such-name.invalid", False),
        ("8.8.8.8", True),
        ("172.32.0.1", True),
        ("100.64.0.1", True),
        ("2606:4700::1111", True),
        ("::ffff:8.8.8.8", True),
    ],
)
async def test_only_private_addresses_are_in_the_house(host: str, is_it: bool) -> None:
    assert await is_outside(host, 10) is is_it


def leads_to(*addresses: str) -> Any:
    async def look_up(host: str, port: int) -> Found:
        return [(2, 6, address, 0) for address in addresses]

    return look_up


@pytest.mark.parametrize(
    ("addresses", "is_it"), [(["192.168.1.5"], False), (["192.168.1.5", "1.1.1.1"], True), (["1.1.1.1"], True)]
)
async def test_a_name_is_where_its_addresses_are(
    addresses: list[str], is_it: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "look_up", leads_to(*addresses))
    assert await is_outside("model.example", 5) is is_it


async def test_an_endpoint_outside_is_asked_nothing_until_somebody_has_allowed_it(
    database: Database, client: aiohttp.ClientSession, llama: FakeLlamaCpp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "look_up", leads_to("1.1.1.1"))
    store = SettingsStore(database)
    chosen = CurrentLLM(store, client, llama.url.replace("127.0.0.1", "localhost"))
    found = as_finding(await chosen.find_out(3))
    assert (found.verdict, found.status) == (Verdict.ERROR, ServiceStatus.UNREACHABLE)
    assert "outside of this house" in found.value
    with pytest.raises(LLMOutside):
        await chosen.use()
    with pytest.raises(LLMOutside):
        await tried(database, client, llm_endpoint="http://1.1.1.1")
    assert llama.requests == []
    await store.save({"llm_may_be_remote": "yes"})
    found = as_finding(await chosen.find_out(3))
    assert (found.verdict, found.status) == (Verdict.WARNING, ServiceStatus.OK)
    assert found.alarm == "Visitors’ mail is sent to localhost, outside this house"
    adapter, _ = await chosen.use()
    assert adapter is not None


@pytest.mark.parametrize(
    ("stored", "changes", "is_refused"),
    [
        ({}, {"llm_endpoint": "http://1.1.1.1"}, True),
        ({}, {"llm_endpoint": "http://1.1.1.1", "llm_may_be_remote": "no"}, True),
        ({}, {"llm_endpoint": "http://1.1.1.1", "llm_may_be_remote": "YES"}, False),
        ({"llm_may_be_remote": "yes"}, {"llm_endpoint": "http://1.1.1.1"}, False),
        ({"llm_may_be_remote": "yes", "llm_endpoint": "http://1.1.1.1"}, {"llm_may_be_remote": None}, True),
        ({"llm_may_be_remote": "yes", "llm_endpoint": "http://1.1.1.1"}, {"llm_model": "m"}, False),
        ({}, {"llm_endpoint": "http://192.168.1.5:11434"}, False),
        ({}, {"llm_endpoint": "nonsense"}, False),  # refused by the save itself
        ({}, {"event_location": "here"}, False),
    ],
)
async def test_a_save_that_would_have_mail_leave_the_house_is_refused(
    stored: dict[str, str | None],
    changes: dict[str, str | None],
    is_refused: bool,
    database: Database,
    client: aiohttp.ClientSession,
) -> None:
    store = SettingsStore(database)
    await store.save(stored)
    chosen = CurrentLLM(store, client, "")
    if is_refused:
        with pytest.raises(InvalidSettings) as caught:
            await chosen.check(changes)
        assert "would leave the house" in caught.value.problems["llm_endpoint"]
    else:
        await chosen.check(changes)
