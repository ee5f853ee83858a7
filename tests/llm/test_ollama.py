"""Ollama's adapter against servers that refuse, hang, reset, stream garbage and talk nonsense."""

import asyncio
import json
import shlex
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rcmail.client import make_http_client
from rcmail.config import load
from rcmail.errors import LLMUnreachable, WrongServer
from rcmail.llm.base import Model
from rcmail.llm.ollama import CONTEXT, DEFAULT_ENDPOINT, OllamaAdapter, is_installed
from rcmail.llm.room import is_here, room_here
from rcmail.validation import MODEL_NAME
from tests.fakes.ollama import FakeOllama, loaded
from tests.support import ROOT, SECRET_KEY, free_port


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


async def test_a_list_of_hundreds_of_models_is_taken(session: aiohttp.ClientSession, ollama: FakeOllama) -> None:
    details = {
        "parent_model": "",
        "format": "gguf",
        "family": "llama",
        "families": ["llama"],
        "parameter_size": "3.2B",
        "quantization_level": "Q4_K_M",
    }
    entry = {"size": 2019393189, "digest": "a" * 64, "details": details, "capabilities": ["completion", "tools"]}
    names = [f"hf.co/somebody/Some-Model-{number}-GGUF:Q4_K_M" for number in range(490)]
    ollama.answers["/api/tags"] = {"models": [{"name": name, "model": name} | entry for name in names]}
    assert (await OllamaAdapter(session, ollama.url).examine()).models == tuple(names)


@pytest.mark.parametrize(
    "body", [b'{"models": [' + b"[]," * 5000 + b"[]]}", b'{"models": [1' + b",1" * 140_000 + b"]}"]
)
async def test_what_is_too_large_or_too_deep_is_refused_unparsed(
    body: bytes, session: aiohttp.ClientSession, ollama: FakeOllama, monkeypatch: pytest.MonkeyPatch
) -> None:
    ollama.answers["/api/tags"] = body
    monkeypatch.setattr(json, "loads", None)
    with pytest.raises(WrongServer):
        await OllamaAdapter(session, ollama.url).examine()


async def test_a_refusal_is_told(session: aiohttp.ClientSession) -> None:
    with pytest.raises(LLMUnreachable, match="connection refused"):
        await ping(session, f"http://127.0.0.1:{free_port()}")


async def test_an_unknown_name_is_told(session: aiohttp.ClientSession) -> None:
    with pytest.raises(LLMUnreachable, match=r"host name is not known|no name server answers"):
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
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
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


NAMES = ["m", "hf.co/bartowski/Llama-3.2-3B-GGUF:Q4_K_M", "/srv/models/a.gguf", "x:7b+Q4_0@sha256-12ab"]
NO_NAMES = ["", " ", "a b", "`id`", "x; rm -rf ~", "$(id)", "-x", "a\x1b[2J", "a\n", "a\x9b", "ü", "x" * 201]


@pytest.mark.parametrize("name", NO_NAMES)
async def test_what_cannot_be_the_name_of_a_model_is_not_taken_from_a_server(
    name: str, session: aiohttp.ClientSession, ollama: FakeOllama
) -> None:
    ollama.answers |= {
        "/api/tags": {"models": [{"name": each} for each in [*NAMES, name]]},
        "/api/version": {"version": name},
    }
    found = await OllamaAdapter(session, ollama.url).examine()
    assert (found.server, found.models) == ("Ollama", tuple(NAMES))


@given(st.from_regex(MODEL_NAME, fullmatch=True))
def test_the_command_to_install_a_model_is_safe_to_paste(name: str) -> None:
    [command] = OllamaAdapter(None, "http://x").how_to_install(name).split("`")[1::2]  # type: ignore[arg-type]
    assert shlex.split(command) == ["ollama", "pull", name]
    assert shlex.quote(name) == name
    assert not name.startswith("-")
    assert name.isprintable()
    assert "`" not in name


@pytest.mark.parametrize(
    "trace", ["etc/systemd/system/ollama.service", "opt/ollama/current/bin/ollama", "usr/local/bin/ollama"]
)
def test_ollama_is_found_where_it_was_installed(
    trace: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not is_installed(tmp_path)
    (tmp_path / trace).parent.mkdir(parents=True)
    (tmp_path / trace).touch()
    assert is_installed(tmp_path)


def test_ollama_is_found_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "ollama").touch(mode=0o755)
    assert is_installed(tmp_path / "nothing")


def test_the_address_that_nobody_chose_is_the_one_of_our_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # no .env
    monkeypatch.delenv("OLLAMA_BASE_URL", raising=False)
    (tmp_path / "empty.toml").touch()
    config = load(tmp_path / "empty.toml", override={"SECRET_KEY": SECRET_KEY})
    assert config.ollama_base_url == DEFAULT_ENDPOINT


async def test_an_inspection_tells_of_one_model_in_three_calls_that_load_nothing(
    session: aiohttp.ClientSession, ollama: FakeOllama
) -> None:
    adapter = OllamaAdapter(session, ollama.url)
    found = await adapter.inspect("Llama3.2")
    assert (found.server, found.count, found.model) == ("Ollama 0.12.3", 1, Model("llama3.2:latest", 2019393189))
    assert found.is_loaded is False
    assert found.room is not None
    assert found.room.memory == psutil.virtual_memory().total
    assert sorted(ollama.requests) == [f"GET /api/{name} HTTP/1.1" for name in ("ps", "tags", "version")]
    ollama.answers["/api/ps"] = loaded("other:latest", "llama3.2:latest")
    assert (await adapter.inspect("llama3.2")).is_loaded is True
    assert (await adapter.inspect("llama3.2:1b")).model is None
    assert (await adapter.inspect("")).model is None
    assert {request.split()[0] for request in ollama.requests} == {"GET"}


async def test_an_inspection_bears_a_server_without_ps_and_version(
    session: aiohttp.ClientSession, ollama: FakeOllama
) -> None:
    del ollama.answers["/api/ps"], ollama.answers["/api/version"]
    found = await OllamaAdapter(session, ollama.url).inspect("llama3.2")
    assert (found.server, found.is_loaded, found.count) == ("Ollama", None, 1)


async def test_a_model_in_the_cloud_is_told_from_one_that_is_here(
    session: aiohttp.ClientSession, ollama: FakeOllama
) -> None:
    entry = {"name": "big:cloud", "size": 384, "remote_model": "big", "remote_host": "https://ollama.com:443"}
    ollama.answers["/api/tags"] = {"models": [entry]}
    found = await OllamaAdapter(session, ollama.url).inspect("big:cloud")
    assert found.model == Model("big:cloud", 384, is_remote=True)


@pytest.mark.parametrize("behaviour", ["html", "redirect", "garbage", "flood"])
async def test_what_is_something_else_is_told_from_what_does_not_answer(
    behaviour: str, session: aiohttp.ClientSession, ollama: FakeOllama
) -> None:
    ollama.behaviour = behaviour
    with pytest.raises(WrongServer):
        await OllamaAdapter(session, ollama.url).inspect("m")
    ollama.behaviour = "500"
    with pytest.raises(LLMUnreachable) as caught:
        await OllamaAdapter(session, ollama.url).inspect("m")
    assert not isinstance(caught.value, WrongServer)


NONSENSE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
ENTRIES = st.lists(
    NONSENSE
    | st.fixed_dictionaries(
        {"name": st.sampled_from(["m", "m:latest", "M:LATEST", "a\nb", "\ud800", "", "x" * 300]) | NONSENSE},
        optional={"size": NONSENSE, "remote_host": NONSENSE, "remote_model": NONSENSE},
    ),
    max_size=4,
)
ANSWERS = st.fixed_dictionaries({}, optional={"models": ENTRIES | NONSENSE, "version": NONSENSE}) | NONSENSE


@given(tags=ANSWERS, ps=ANSWERS, version=ANSWERS)
@settings(max_examples=60)
def test_an_inspection_of_anything_is_sound_or_told(tags: Any, ps: Any, version: Any) -> None:
    async def run() -> None:
        async with FakeOllama() as ollama, make_http_client() as session:
            ollama.answers = {
                path: json.dumps(answer).encode()
                for path, answer in (("/api/tags", tags), ("/api/ps", ps), ("/api/version", version))
            }
            try:
                found = await OllamaAdapter(session, ollama.url).inspect("m")
            except LLMUnreachable as error:
                assert str(error).isprintable()
                return
            assert found.server.isprintable()
            assert found.count <= 4
            if found.model:
                assert found.model.name.casefold() in ("m", "m:latest")
                assert found.model.size is None or 0 < found.model.size <= 10**14

    asyncio.run(run())


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("1073741824\n", 2**30),
        ("max\n", None),
        ("", None),
        ("-5", None),
        ("0", None),
        ("9" * 40, None),
        ("\xff", None),
    ],
)
def test_the_ceiling_of_ollama_s_unit_counts_where_there_is_one(
    text: str, limit: int | None, tmp_path: Path
) -> None:
    (tmp_path / "memory.max").write_text(text, "latin-1")
    room = room_here(tmp_path / "memory.max")
    assert room is not None
    assert (room.memory, room.ceiling) == (psutil.virtual_memory().total, limit)


def test_without_control_groups_there_is_no_ceiling(tmp_path: Path) -> None:
    for path in (tmp_path / "memory.max", tmp_path):
        room = room_here(path)
        assert room is not None
        assert room.ceiling is None


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("LOCALHOST.", True),
        ("127.0.0.1", True),
        ("127.5.5.5", True),
        (socket.gethostname(), True),
        (f"{socket.gethostname()}.local", True),
        ("192.0.2.1", False),
        ("2001:db8::1", False),
        ("ollama.lan", False),
        ("", False),
        ("a\0b", False),
        ("ü" * 300, False),
    ],
)
def test_only_what_is_this_machine_for_certain_counts_as_it(host: str, here: bool) -> None:
    assert is_here(host) is here


def test_the_playbook_s_ollama_has_the_context_that_we_ask_for() -> None:
    unit = (ROOT / "deploy/systemd/ollama.service").read_text()
    defaults = yaml.safe_load((ROOT / "deploy/ansible/roles/ollama/defaults/main.yml").read_text())
    assert f"Environment=OLLAMA_CONTEXT_LENGTH={CONTEXT}\n" in unit
    assert defaults["ollama_context_length"] == CONTEXT
    assert f"Environment=OLLAMA_KEEP_ALIVE={defaults['ollama_keep_alive']}\n" in unit
