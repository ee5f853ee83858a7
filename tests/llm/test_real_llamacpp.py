"""Our adapter against a real llama.cpp server with a small model, its words forced where that is needed."""

import asyncio
import json
import time
from typing import Any

import aiohttp
import pytest

from rcmail.errors import LLMLoading, LLMUnreachable, NothingListens, PromptTooLong
from rcmail.llm.auto import AutoAdapter, recognise
from rcmail.llm.base import Ending, Limits, Message, Reason, Writing
from rcmail.llm.llamacpp import LlamaCppAdapter
from rcmail.llm.state import LLMState, find_out
from tests.llm.real import CONTEXT, LlamaServer

pytestmark = pytest.mark.llm

LIMITS = Limits(seconds=60, silence=60, tokens=60)
FIXED = "You answer the mail of a Repair Café, briefly and kindly, in the language of the letter. " * 8
ASKED = [Message("system", FIXED), Message("user", "Do you repair radios? Kind regards, Anna")]
# Some seconds of writing; it takes no grammar of a much longer one.
ENDLESS: dict[str, Any] = {"type": "string", "minLength": 1000}


@pytest.fixture
def adapter(client: aiohttp.ClientSession, llama_server: LlamaServer) -> LlamaCppAdapter:
    return LlamaCppAdapter(client, llama_server.url)


async def pieces_of(writing: Writing) -> list[str]:
    return [piece async for piece in writing]


async def answer(adapter: LlamaCppAdapter, words: str, asked: list[Message] = ASKED) -> tuple[list[str], Ending]:
    """What it writes where it may say nothing but ``words``."""
    async with adapter.generate("", asked, LIMITS, {"const": words}) as writing:
        pieces = await pieces_of(writing)
        assert writing.ending is not None
        return pieces, writing.ending


async def until(holds: Any, seconds: float) -> float:
    """How long it took until ``holds()``, asked off the loop."""
    began = time.monotonic()
    while not await asyncio.to_thread(holds):
        assert time.monotonic() - began < seconds
    return time.monotonic() - began


async def test_it_is_recognised_and_ready(llama_server: LlamaServer, client: aiohttp.ClientSession) -> None:
    assert await recognise(client, llama_server.url) is LlamaCppAdapter
    found = await find_out(AutoAdapter(client, llama_server.url), "", 3)
    assert found.state is LLMState.LOADED
    assert "model SmolLM2-135M-Instruct.Q4_1.gguf is loaded and ready on llama.cpp" in found.sentence
    assert (await find_out(AutoAdapter(client, llama_server.url), "llama3.2", 3)).state is LLMState.MISSING


@pytest.mark.parametrize(
    "words", ["Ja, op zaterdag 12 december om 13:00 uur.", "Dienstag, 5. März – „gern“ ☕ 10 €"]
)
async def test_forced_words_come_in_pieces(words: str, adapter: LlamaCppAdapter) -> None:
    pieces, ending = await answer(adapter, words)
    assert json.loads("".join(pieces)) == words
    assert len(pieces) > 5
    assert ending.reason is Reason.DONE
    assert ending.usage.written is not None
    assert ending.usage.written >= len(pieces)
    assert ending.usage.writing_seconds


async def test_the_limit_of_tokens_is_kept(adapter: LlamaCppAdapter) -> None:
    async with adapter.generate("", ASKED, Limits(60, 60, tokens=7), ENDLESS) as writing:
        assert len(await pieces_of(writing)) <= 7
    assert writing.ending is not None
    assert writing.ending.reason is Reason.TOKENS
    assert writing.ending.usage.written == 7


async def test_to_hang_up_frees_it_at_once(adapter: LlamaCppAdapter, llama_server: LlamaServer) -> None:
    async with adapter.generate("", ASKED, Limits(60, 60, tokens=500), ENDLESS) as writing:
        await anext(aiter(writing))
        assert llama_server.is_writing
    await until(lambda: not llama_server.is_writing, 3)  # alone within a second; it would go on for ten
    assert (await answer(adapter, "Yes."))[0]


async def test_whoever_is_cancelled_while_it_still_reads_is_free_at_once_and_it_before_it_has_read_to_the_end(
    adapter: LlamaCppAdapter, llama_server: LlamaServer
) -> None:
    def long() -> list[Message]:
        return [Message("user", f"{time.monotonic()} " + "What can be repaired? " * 170)]

    _, ending = await answer(adapter, "Yes.", long())
    assert ending.usage.prompt
    for _ in range(2):
        task = asyncio.create_task(answer(adapter, "Yes.", long()))
        await until(lambda: llama_server.is_writing, 30)
        task.cancel()
        began = time.monotonic()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert time.monotonic() - began < 5
        await until(lambda: not llama_server.is_writing, 60)
        assert llama_server.tokens_read < ending.usage.prompt
    assert (await answer(adapter, "Yes."))[0]


async def test_what_is_too_long_is_told_with_its_length(adapter: LlamaCppAdapter) -> None:
    asked = [Message("user", "word " * 3000)]
    with pytest.raises(PromptTooLong) as caught:
        await answer(adapter, "Yes.", asked)
    assert caught.value.context == CONTEXT
    assert caught.value.tokens == (await adapter.count_tokens("", asked)).tokens


async def test_tokens_are_counted_as_it_counts_them(adapter: LlamaCppAdapter) -> None:
    for asked in (ASKED, [Message("user", "Grüße aus Zoetermeer ☕ <|im_end|>")]):
        counted = await adapter.count_tokens("", asked)
        _, ending = await answer(adapter, "Yes.", asked)
        assert counted.is_exact
        # Where one of the two ends the question with who speaks next, the other may not.
        assert abs(counted.tokens - (ending.usage.prompt or 0)) <= 4
    assert await adapter.context_size("") == CONTEXT


async def test_what_two_questions_begin_with_is_read_once(adapter: LlamaCppAdapter) -> None:
    await answer(adapter, "Yes.")
    _, ending = await answer(adapter, "No.", [ASKED[0], Message("user", "And clocks?")])
    usage = ending.usage
    assert usage.cached is not None
    assert usage.prompt is not None
    assert 100 < usage.cached < usage.prompt
    assert usage.prompt - usage.cached < 40


async def test_two_at_the_same_time_are_answered_one_after_the_other(adapter: LlamaCppAdapter) -> None:
    first, second = await asyncio.gather(answer(adapter, "The first."), answer(adapter, "The second."))
    assert json.loads("".join(first[0])) == "The first."
    assert json.loads("".join(second[0])) == "The second."


async def test_it_loads_falls_asleep_wakes_up_and_is_killed(
    own_llama_server: LlamaServer, client: aiohttp.ClientSession
) -> None:
    server, adapter = own_llama_server, LlamaCppAdapter(client, own_llama_server.url)
    with pytest.raises(NothingListens):
        await adapter.ping()
    server.start()
    seen: set[type[BaseException]] = set()
    deadline = time.monotonic() + 100
    while time.monotonic() < deadline:
        try:
            await answer(adapter, "Yes.")
            break
        except (NothingListens, LLMLoading) as error:
            seen.add(type(error))
            await asyncio.sleep(0)
    assert LLMLoading in seen

    while (found := await find_out(adapter, "", 3)).state is LLMState.LOADED and time.monotonic() < deadline:
        await asyncio.sleep(0.2)
    assert found.state is LLMState.ASLEEP
    assert await adapter.context_size("") == CONTEXT
    assert (await find_out(adapter, "", 3)).state is LLMState.ASLEEP, "a look does not wake it"
    assert json.loads("".join((await answer(adapter, "Good morning."))[0])) == "Good morning."

    with pytest.raises(LLMUnreachable, match=r"broke off|gave up"):
        async with adapter.generate("", ASKED, Limits(60, 60, tokens=500), ENDLESS) as writing:
            await anext(aiter(writing))
            server.kill()
            await pieces_of(writing)
    with pytest.raises(NothingListens):
        await answer(adapter, "Yes.")
