"""What a model writes, through either adapter, from servers in every shape they come in."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rcmail.client import make_http_client
from rcmail.errors import (
    LLMFailed,
    LLMLoading,
    LLMMissing,
    LLMOutside,
    LLMTooSlow,
    LLMUnreachable,
    PromptTooLong,
    RcmailError,
    WrongServer,
)
from rcmail.llm.base import Ending, Limits, LLMAdapter, Message, Reason, Usage
from rcmail.llm.llamacpp import LlamaCppAdapter
from rcmail.llm.ollama import CONTEXT, OllamaAdapter
from tests.fakes.llamacpp import BEGIN, DONE, LOADING, NOT_FOUND, TOO_LONG, USAGE, FakeLlamaCpp, chunk, streamed
from tests.fakes.ollama import HANGS, FakeOllama, Refusal, Stream, said, written

ASKED = [Message("system", "Answer kindly."), Message("user", "Do you repair radios?")]
LIMITS = Limits(seconds=20, silence=20, tokens=50, characters=1000)
CHAT = {"ollama": "/api/chat", "llama.cpp": "/v1/chat/completions"}


@dataclass
class Pair:
    """A server and the adapter that speaks to it."""

    kind: str
    fake: FakeOllama
    adapter: LLMAdapter

    def says(self, *texts: str) -> None:
        self.fake.answers[CHAT[self.kind]] = written(*texts) if self.kind == "ollama" else streamed(*texts)

    def line(self, text: str) -> bytes:
        return said(text) if self.kind == "ollama" else chunk(text)

    def answers(self, answer: Any) -> None:
        self.fake.answers[CHAT[self.kind]] = answer


@pytest.fixture(params=["ollama", "llama.cpp"])
async def pair(request: pytest.FixtureRequest) -> AsyncIterator[Pair]:
    async with make_http_client() as client:
        if request.param == "ollama":
            async with FakeOllama() as ollama:
                yield Pair("ollama", ollama, OllamaAdapter(client, ollama.url))
        else:
            async with FakeLlamaCpp() as llama:
                yield Pair("llama.cpp", llama, LlamaCppAdapter(client, llama.url))


async def write(
    adapter: LLMAdapter, limits: Limits = LIMITS, model: str = "llama3.2", **more: Any
) -> tuple[list[str], Ending | None]:
    if isinstance(adapter, LlamaCppAdapter):
        model = ""
    async with adapter.generate(model, ASKED, limits, **more) as writing:
        return [piece async for piece in writing], writing.ending


async def test_what_it_writes_comes_piece_by_piece_and_ends_with_what_it_took(pair: Pair) -> None:
    pair.says("Yes", ", we do", " ☕")
    pieces, ending = await write(pair.adapter)
    assert pieces == ["Yes", ", we do", " ☕"]
    assert ending is not None
    assert ending.reason is Reason.DONE
    usages = {"ollama": Usage(26, None, 3, 0.52, 0.5), "llama.cpp": Usage(323, 313, 8, 0.6005, 0.25)}
    assert ending.usage == usages[pair.kind]


async def test_a_piece_is_there_before_the_next_one_is_written(pair: Pair) -> None:
    pair.answers(Stream([pair.line("Yes"), HANGS]))
    async with pair.adapter.generate("llama3.2", ASKED, LIMITS) as writing:
        assert await anext(aiter(writing)) == "Yes"
        assert writing.ending is None
        assert not pair.fake.hung_up.is_set()
    async with asyncio.timeout(20):
        await pair.fake.hung_up.wait()


@pytest.mark.parametrize("first", [True, False])
async def test_whoever_is_cancelled_hangs_up(first: bool, pair: Pair) -> None:
    pair.answers(Stream([HANGS] if first else [pair.line("Yes"), HANGS]))
    task = asyncio.create_task(write(pair.adapter))
    while not pair.fake.bodies:
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(20):
        await pair.fake.hung_up.wait()


async def test_what_is_asked_of_ollama_never_has_it_leave_out_the_middle_or_load_anew(
    ollama: FakeOllama, client: aiohttp.ClientSession
) -> None:
    ollama.answers["/api/chat"] = written("Yes")
    adapter = OllamaAdapter(client, ollama.url)
    schema = {"type": "object", "properties": {"answer": {"type": "string"}}}
    for tokens in (50, 700):
        await write(adapter, Limits(tokens=tokens), schema=schema if tokens == 50 else None)
    first, second = ollama.bodies
    for body in (first, second):
        assert (body["stream"], body["truncate"], body["shift"], body["think"]) == (True, False, False, False)
        assert body["options"]["num_ctx"] == CONTEXT
        assert body["messages"] == [{"role": each.role, "content": each.text} for each in ASKED]
    assert [body["options"]["num_predict"] for body in (first, second)] == [50, 700]
    assert first["format"] == schema
    assert "format" not in second


async def test_what_is_asked_of_llama_cpp(llama: FakeLlamaCpp, client: aiohttp.ClientSession) -> None:
    schema = {"const": "yes"}
    await write(LlamaCppAdapter(client, llama.url), schema=schema)
    [body] = llama.bodies
    assert (body["stream"], body["max_tokens"]) == (True, 50)
    assert body["cache_prompt"]
    assert body["return_progress"]
    assert body["stream_options"] == {"include_usage": True}
    assert body["chat_template_kwargs"] == {"enable_thinking": False}
    assert body["response_format"]["json_schema"]["schema"] == schema
    assert "model" not in body


async def test_thoughts_are_not_part_of_the_answer(
    llama: FakeLlamaCpp, ollama: FakeOllama, client: aiohttp.ClientSession
) -> None:
    thought = b'data: {"choices":[{"delta":{"reasoning_content":"Hmm"},"finish_reason":null}]}\n\n'
    llama.answers["/v1/chat/completions"] = Stream([BEGIN, thought, chunk("Yes"), chunk(finish="stop"), DONE])
    assert (await write(LlamaCppAdapter(client, llama.url)))[0] == ["Yes"]
    line = b'{"message": {"role": "assistant", "content": "", "thinking": "Hmm"}, "done": false}\n'
    ollama.answers["/api/chat"] = Stream([line, *written("Yes").parts])
    assert (await write(OllamaAdapter(client, ollama.url)))[0] == ["Yes"]


async def test_lines_may_come_cut_anywhere_and_with_comments_between(pair: Pair) -> None:
    whole = b"".join((written if pair.kind == "ollama" else streamed)("É", "té ☕").parts)
    if pair.kind == "llama.cpp":
        whole = whole.replace(b"\n\n", b"\r\n\r\n: ping\r\n\r\nevent: x\r\nid: 5\r\n\r\n")
    pair.answers(Stream([whole[place : place + 1] for place in range(len(whole))]))
    assert (await write(pair.adapter))[0] == ["É", "té ☕"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [("a\0b", "ab"), ("a\ud83db", "ab"), ("a\r\nb\tc", "a\nb\tc"), ("\x1b[2Ja", "[2Ja"), ("a\x9bb", "ab")],
)
async def test_what_is_no_text_is_left_out(text: str, kept: str, pair: Pair) -> None:
    pair.says(text, "\0")
    assert (await write(pair.adapter))[0] == [kept]


async def test_no_more_characters_are_taken_than_were_allowed(pair: Pair) -> None:
    pair.answers(Stream([pair.line("x" * 30), pair.line("y" * 30), HANGS]))
    pieces, ending = await write(pair.adapter, Limits(20, 20, tokens=50, characters=45))
    assert "".join(pieces) == "x" * 30 + "y" * 15
    assert ending == Ending(Reason.CHARACTERS)
    async with asyncio.timeout(20):
        await pair.fake.hung_up.wait()


async def test_the_limit_of_tokens_is_told(
    llama: FakeLlamaCpp, ollama: FakeOllama, client: aiohttp.ClientSession
) -> None:
    llama.answers["/v1/chat/completions"] = streamed("Yes", finish="length")
    ollama.answers["/api/chat"] = Stream([said("Yes"), said("", done=True, done_reason="length")])
    for adapter in (LlamaCppAdapter(client, llama.url), OllamaAdapter(client, ollama.url)):
        _, ending = await write(adapter)
        assert ending is not None
        assert ending.reason is Reason.TOKENS


async def test_an_endless_answer_ends_with_the_time(pair: Pair) -> None:
    pair.answers(Stream([pair.line("x"), HANGS]))
    with pytest.raises(LLMTooSlow, match=r"within 0\.3 s"):
        await write(pair.adapter, Limits(seconds=0.3, silence=20))


@pytest.mark.parametrize("first", [True, False])
async def test_silence_is_no_answer(first: bool, pair: Pair) -> None:
    pair.answers(HANGS if first else Stream([pair.line("x"), HANGS]))
    with pytest.raises(LLMUnreachable, match="timed out"):
        await write(pair.adapter, Limits(seconds=20, silence=0.3))


@pytest.mark.parametrize("breaks_off", [True, False])
async def test_an_answer_without_an_end_is_a_failure(breaks_off: bool, pair: Pair) -> None:
    pair.answers(Stream([pair.line("Ye")], breaks_off=breaks_off))
    with pytest.raises(LLMUnreachable) as caught:
        await write(pair.adapter)
    assert "Ye" not in str(caught.value)


SECRET = "anna@example.org asked about her radio"
BROKEN = "500 Internal Server Error"


def llama_refusal(status: str, message: str, kind: str) -> Refusal:
    return Refusal(status, {"error": {"code": int(status[:3]), "message": message, "type": kind}})


def failing(line: bytes) -> Callable[[Pair], Any]:
    return lambda pair: Stream([pair.line("Ye"), line])


@pytest.mark.parametrize(
    ("pair", "answer", "error"),
    [
        ("ollama", Refusal("404 Not Found", {"error": f"model '{SECRET}' not found"}), LLMMissing),
        ("ollama", Refusal("400 Bad Request", {"error": f"{SECRET} exceeds the context length"}), PromptTooLong),
        ("ollama", Refusal(BROKEN, {"error": f"llama runner exceeded context {SECRET}"}), PromptTooLong),
        ("ollama", Refusal(BROKEN, {"error": f"model requires more system memory {SECRET}"}), LLMFailed),
        (
            "ollama",
            Refusal("503 Service Unavailable", {"error": f"server busy, please try again {SECRET}"}),
            LLMFailed,
        ),
        ("ollama", Refusal(BROKEN, {"error": SECRET}), LLMUnreachable),
        ("ollama", Refusal("418 I'm a teapot", [SECRET]), LLMUnreachable),
        ("ollama", failing(json.dumps({"error": SECRET}).encode() + b"\n"), LLMFailed),
        ("ollama", failing(json.dumps({"error": {"message": SECRET}}).encode() + b"\n"), LLMFailed),
        ("ollama", failing(SECRET.encode() + b"\n"), WrongServer),
        ("ollama", failing(b"[" * 2000 + b"\n"), WrongServer),
        ("ollama", failing(b'"' + b"x" * 300_000), WrongServer),
        ("ollama", failing(b"\xff\xfe\n"), WrongServer),
        ("llama.cpp", LOADING, LLMLoading),
        ("llama.cpp", TOO_LONG, PromptTooLong),
        ("llama.cpp", llama_refusal("401 Unauthorized", SECRET, "authentication_error"), LLMFailed),
        ("llama.cpp", llama_refusal(BROKEN, SECRET, "server_error"), LLMUnreachable),
        ("llama.cpp", llama_refusal("404 Not Found", f"model {SECRET}", "not_found_error"), LLMMissing),
        ("llama.cpp", Refusal("418 I'm a teapot", SECRET), LLMUnreachable),
        (
            "llama.cpp",
            failing(b'data: {"error": {"code": 500, "message": "%s"}}\n\n' % SECRET.encode()),
            LLMFailed,
        ),
        ("llama.cpp", failing(b'error: {"code": 500, "message": "%s"}\n\n' % SECRET.encode()), LLMFailed),
        ("llama.cpp", failing(b"data: %s\n\n" % SECRET.encode()), WrongServer),
        ("llama.cpp", failing(b"data: " + b"[" * 2000 + b"\n"), WrongServer),
        ("llama.cpp", failing(b"data: " + b"x" * 300_000), WrongServer),
        ("llama.cpp", failing(DONE), LLMFailed),
    ],
    indirect=["pair"],
)
async def test_every_refusal_is_told_for_what_it_is_and_without_a_word_of_theirs(
    pair: Pair, answer: Any, error: type[RcmailError]
) -> None:
    pair.answers(answer(pair) if callable(answer) else answer)
    with pytest.raises(error) as caught:
        await write(pair.adapter)
    assert SECRET not in str(caught.value)
    assert str(caught.value).isprintable()


async def test_how_much_too_long_it_was_is_told(llama: FakeLlamaCpp, client: aiohttp.ClientSession) -> None:
    llama.answers["/v1/chat/completions"] = TOO_LONG
    with pytest.raises(PromptTooLong) as caught:
        await write(LlamaCppAdapter(client, llama.url))
    assert (caught.value.tokens, caught.value.context) == (3031, 1024)


@pytest.mark.parametrize("behaviour", ["reset", "garbage", "html", "flood", "flood-for-ever", "500", "redirect"])
async def test_whatever_else_answers_is_an_error_of_ours(behaviour: str, pair: Pair) -> None:
    pair.fake.behaviour = behaviour
    with pytest.raises(LLMUnreachable):
        await write(pair.adapter)


async def test_a_flood_in_good_order_ends_and_fills_no_memory(pair: Pair) -> None:
    pair.answers(Stream([pair.line("") * 500] * 100))
    before = psutil.Process().memory_info().rss
    with pytest.raises(LLMUnreachable):
        await write(pair.adapter, Limits(20, 20, tokens=1, characters=1000))
    assert psutil.Process().memory_info().rss - before < 20 * 1024 * 1024


async def test_a_model_in_the_cloud_is_asked_nothing(ollama: FakeOllama, client: aiohttp.ClientSession) -> None:
    ollama.answers["/api/tags"] = {"models": [{"name": "big:cloud", "remote_host": "https://ollama.com:443"}]}
    with pytest.raises(LLMOutside):
        await write(OllamaAdapter(client, ollama.url), model="big:cloud")
    with pytest.raises(LLMMissing):
        await write(OllamaAdapter(client, ollama.url), model="llama3.2")
    assert ollama.bodies == []


async def test_a_connection_that_was_closed_meanwhile_is_no_failure(pair: Pair) -> None:
    pair.says("Yes")
    for _ in range(3):  # each stream ends with the connection
        assert (await write(pair.adapter))[0] == ["Yes"]


async def test_tokens_are_counted_by_the_server_that_can_and_guessed_for_the_other(
    llama: FakeLlamaCpp, ollama: FakeOllama, client: aiohttp.ClientSession
) -> None:
    counted = await LlamaCppAdapter(client, llama.url).count_tokens("", ASKED)
    assert (counted.tokens, counted.is_exact) == (33, True)
    guessed = await OllamaAdapter(client, ollama.url).count_tokens("m", [Message("user", "Hebt u tijd?" * 100)])
    assert (guessed.tokens, guessed.is_exact) == (416, False)


async def test_an_older_llama_cpp_counts_in_two_steps(llama: FakeLlamaCpp, client: aiohttp.ClientSession) -> None:
    llama.answers |= {
        "/v1/chat/completions/input_tokens": NOT_FOUND,
        "/apply-template": {"prompt": "<|im_start|>user\nHi"},
        "/tokenize": {"tokens": [1, 2, 3, 4]},
    }
    assert (await LlamaCppAdapter(client, llama.url).count_tokens("", ASKED)).tokens == 4


async def test_the_room_for_question_and_answer_is_told(
    llama: FakeLlamaCpp, ollama: FakeOllama, client: aiohttp.ClientSession
) -> None:
    assert await LlamaCppAdapter(client, llama.url).context_size("") == 4096
    adapter = OllamaAdapter(client, ollama.url)
    for told, size in ((2048, 2048), (131072, CONTEXT), (0, CONTEXT), ("x", CONTEXT)):
        ollama.answers["/api/show"] = {"model_info": {"llama.context_length": told}}
        assert await adapter.context_size("m") == size
    ollama.answers["/api/show"] = {}
    assert await adapter.context_size("m") == CONTEXT


NONSENSE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
OLLAMA = st.fixed_dictionaries(
    {},
    optional={
        "message": NONSENSE | st.fixed_dictionaries({"content": NONSENSE}),
        "done": NONSENSE,
        "error": NONSENSE,
        "eval_count": NONSENSE,
        "eval_duration": NONSENSE,
    },
)
CHOICE = st.fixed_dictionaries({}, optional={"delta": NONSENSE | st.fixed_dictionaries({"content": NONSENSE})})
LLAMA = st.fixed_dictionaries(
    {},
    optional={
        "choices": NONSENSE | st.lists(CHOICE | NONSENSE, max_size=2),
        "usage": NONSENSE | st.fixed_dictionaries({"prompt_tokens": NONSENSE}),
        "timings": NONSENSE | st.fixed_dictionaries({"prompt_ms": NONSENSE}),
        "error": NONSENSE,
    },
)


@given(lines=st.lists(OLLAMA | NONSENSE, max_size=4), events=st.lists(LLAMA | NONSENSE, max_size=4))
@settings(max_examples=60)
def test_whatever_is_streamed_is_text_or_an_error_of_ours(lines: list[Any], events: list[Any]) -> None:
    async def run() -> None:
        async with FakeOllama() as ollama, FakeLlamaCpp() as llama, make_http_client() as client:
            ollama.answers["/api/chat"] = Stream([json.dumps(line).encode() + b"\n" for line in lines])
            parts = [b"data: " + json.dumps(event).encode() + b"\n\n" for event in events]
            llama.answers["/v1/chat/completions"] = Stream([*parts, chunk(finish="stop"), USAGE, DONE])
            for adapter in (OllamaAdapter(client, ollama.url), LlamaCppAdapter(client, llama.url)):
                try:
                    pieces, ending = await write(adapter)
                except LLMUnreachable as error:
                    assert str(error).isprintable()
                    continue
                assert ending is not None
                "".join(pieces).encode()

    asyncio.run(run())
