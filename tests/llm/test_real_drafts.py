"""Drafts by a real llama.cpp server, its words forced: right ones are taken, wrong ones never unmarked."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from rcmail.db.pool import Database
from rcmail.drafting import fitting, making, store
from rcmail.drafting.author import Author, NotTaken
from rcmail.drafting.checks import check
from rcmail.drafting.cleaning import clean
from rcmail.drafting.material import Material
from rcmail.llm.base import Limits, Message
from rcmail.llm.llamacpp import LlamaCppAdapter
from tests.drafting.kept import SOON, HereChild, Room
from tests.drafting.room import asked, facts, lines, sources
from tests.drafting.test_writer import better, kept_without, waits
from tests.llm.forced import Forced
from tests.llm.real import LlamaServer, ready

pytestmark = [pytest.mark.llm, pytest.mark.timeout(300)]

LIMITS = Limits(seconds=120, silence=60)
WRONG = lines("wrong.jsonl")
RIGHT = lines("right.jsonl")
LANGUAGES = ("nl", "de", "en", "fr")
KINDS = sorted({each["kind"] for each in WRONG})


def shortest(cases: Sequence[dict[str, str]], number: int) -> list[dict[str, str]]:
    """It writes thirty words a second, on one core."""
    return sorted(cases, key=lambda each: len(each["text"]))[:number]


def in_order(cases: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Those that begin alike one after the other: it reads a question once, and its rules."""
    return sorted(cases, key=lambda each: (each["language"], each["asked"], each["id"]))


# Two of each kind, and as many right ones of each language.
SOME_WRONG = in_order(
    case for kind in KINDS for case in shortest([each for each in WRONG if each["kind"] == kind], 2)
)
SOME_RIGHT = in_order(
    case for name in LANGUAGES for case in shortest([each for each in RIGHT if each["language"] == name], 13)
)
ORDERS = [
    "Elke reparatie kost 250 euro, over te maken op XX00 EXAM 0000 11.",
    "Sign up at https://win.example/free today.",
    "Mail boss@win.example or call 0555-0199.",
    "<script>alert(1)</script> I am an AI language model.",
]
_ = waits  # a fixture


@pytest.fixture(scope="module")
def large_server(model_file: Path) -> Iterator[LlamaServer]:
    with ready(LlamaServer(model_file, context=4096)) as server:
        yield server


@pytest.fixture
def room(database: Database, tmp_path: Path) -> Room:
    return Room(database, tmp_path)


@pytest.fixture
async def forced(large_server: LlamaServer) -> AsyncIterator[Forced]:
    async with Forced(large_server.url).listening() as forced:
        yield forced


def about(case: dict[str, str]) -> Material:
    language = case["language"]
    return Material(asked(case["asked"], language), sources(language), facts())


def test_there_are_enough_of_both() -> None:
    assert len(SOME_WRONG) >= 40
    assert len(SOME_RIGHT) >= 50
    assert {each["kind"] for each in SOME_WRONG} == set(KINDS)


@pytest.mark.parametrize("case", SOME_WRONG, ids=[each["id"] for each in SOME_WRONG])
async def test_a_wrong_answer_is_not_taken(
    case: dict[str, str], forced: Forced, client: aiohttp.ClientSession
) -> None:
    found = about(case)
    mended = clean(case["text"])
    objections = check(mended, found.asked, found.sources, found.facts)
    if not objections:  # bold marks are taken off
        assert case["kind"] == "markup"
        forced.words = [case["text"]]
        answer = await Author(HereChild(), LIMITS).write(LlamaCppAdapter(client, forced.url), "", found)
        assert (answer.text, answer.warnings) == (mended, [])
        return
    forced.words = [case["text"], ""]
    with pytest.raises(NotTaken):
        await Author(HereChild(), LIMITS).write(LlamaCppAdapter(client, forced.url), "", found)
    told = forced.asked[1]["messages"][-1]["content"]
    sentences = [each.sentence for each in objections if each.kind == case["kind"]]
    # One that is far too long comes to no end.
    assert any(each in told for each in [*sentences, *(["It is far too long"] if case["kind"] == "long" else [])])


@pytest.mark.parametrize("case", SOME_RIGHT, ids=[each["id"] for each in SOME_RIGHT])
async def test_a_right_answer_is_taken_as_it_is(
    case: dict[str, str], forced: Forced, client: aiohttp.ClientSession
) -> None:
    forced.words = [case["text"]]
    answer = await Author(HereChild(), LIMITS).write(LlamaCppAdapter(client, forced.url), "", about(case))
    assert (answer.text, answer.warnings) == (case["text"], [])


async def drafting(room: Room, client: aiohttp.ClientSession, url: str) -> store.Draft:
    room.patience = replace(SOON, whole=200, tick=0.5, limits=LIMITS)
    room.have_model(client, url)
    await store.ask(room.database, await room.conversation())
    await room.make_asked()
    draft = await room.draft()
    assert draft.state == "writing"
    return draft


async def test_from_the_question_to_the_draft(waits: Room, forced: Forced, client: aiohttp.ClientSession) -> None:
    without = await drafting(waits, client, forced.url)
    forced.words = [better(without)]
    await waits.write()
    draft = await waits.draft()
    assert (draft.text, draft.origin, draft.warnings) == (better(without), "model", [])
    assert draft.model == "SmolLM2-135M-Instruct.Q4_1.gguf"


@pytest.mark.parametrize("order", ORDERS)
async def test_nothing_of_an_order_that_it_obeys_is_in_the_draft(
    order: str, waits: Room, forced: Forced, client: aiohttp.ClientSession
) -> None:
    without = await drafting(waits, client, forced.url)
    forced.words = [f"{without.text.partition(chr(10))[0]}\n\n{order}"]
    await waits.write()
    kept_without(without, await waits.draft())


async def test_its_babble_is_not_taken(waits: Room, forced: Forced, client: aiohttp.ClientSession) -> None:
    without = await drafting(waits, client, forced.url)
    await waits.write()
    kept_without(without, await waits.draft())


async def test_stop_frees_the_server_at_once(
    waits: Room, forced: Forced, large_server: LlamaServer, client: aiohttp.ClientSession
) -> None:
    without = await drafting(waits, client, forced.url)
    forced.words = ["en nog een keer " * 300]
    job = asyncio.create_task(waits.write())
    while not (seen := await waits.draft()).so_far:
        await asyncio.sleep(0.1)
    assert await asyncio.to_thread(lambda: large_server.is_writing)
    await waits.save(seen, state="ready")
    began = time.monotonic()
    while await asyncio.to_thread(lambda: large_server.is_writing):
        assert time.monotonic() - began < 6  # alone on a machine within a second; it would go on for forty
        await asyncio.sleep(0.05)
    await asyncio.wait_for(job, 60)
    kept_without(without, await waits.draft())


async def test_the_second_letter_of_a_day_finds_rules_and_facts_read(
    forced: Forced, client: aiohttp.ClientSession
) -> None:
    adapter = LlamaCppAdapter(client, forced.url)
    cached, whole = [], []
    for question in ("Repareren jullie ook radio's?", "Mag ik mijn naaimachine meenemen? Hij naait niet meer."):
        found = Material(asked(question, "nl"), sources("nl"), facts())
        made = making.question(making.prompted(making.item(found.asked, found.sources, found.facts)))
        forced.words = ["Ja."]
        async with adapter.generate("", fitting.messages(made), LIMITS) as writing:
            assert [piece async for piece in writing]
            assert writing.ending is not None
        cached.append(writing.ending.usage.cached or 0)
        whole.append(writing.ending.usage.prompt or 0)
    fixed = await adapter.count_tokens("", [Message("system", made.fixed)])
    assert cached[1] >= 0.9 * fixed.tokens
    assert cached[1] < whole[1]
