"""llama.cpp's server. Its API: https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md

It has one model, which is chosen when it is started: an empty name is that one.
"""

import re
import shutil
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from itertools import islice
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from rcmail.errors import LLMFailed, LLMLoading, LLMMissing, PromptTooLong, RcmailError, WrongServer
from rcmail.llm.base import (
    TEMPERATURE,
    Ending,
    Examination,
    Inspection,
    Limits,
    LLMAdapter,
    Message,
    Model,
    Reason,
    TokenCount,
    Usage,
    Writing,
)
from rcmail.llm.room import is_here
from rcmail.llm.wire import Refused, Wire
from rcmail.llm.writing import Parts, count, seconds, texts, writing
from rcmail.validation import is_model_name

_NAME: Final = "llama.cpp’s server"
_NOT_IT: Final = f"something answers there, but it is not {_NAME}"
_MAX_MODELS: Final = 500
_MAX_SIZE: Final = 10**14  # bytes
_BUILD: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._+-]{0,39}")
_CHAT: Final = "/v1/chat/completions"


class LlamaCppAdapter(LLMAdapter):
    """llama.cpp's server at ``base_url``, spoken to through the one ``client`` that all share."""

    def __init__(self, client: aiohttp.ClientSession, base_url: str) -> None:
        self._host = urlsplit(base_url).hostname or ""
        self._wire = Wire(client, base_url, f"it is not {_NAME}", _meant)

    @property
    def where_to_look(self) -> str:
        if self.is_here:
            return (
                "see whether llama.cpp’s server (`llama-server`) runs on this machine; if it runs elsewhere, save"
                " its address on the configuration page"
            )
        return (
            "see that its machine is on and that llama.cpp’s server there listens to the network (`--host`); the"
            " address is on the configuration page"
        )

    @property
    def is_here(self) -> bool:
        return is_here(self._host)

    def is_installed(self) -> bool:
        return shutil.which("llama-server") is not None

    async def ping(self) -> str:
        # GET /health; 503 while it loads
        if not isinstance((await self._wire.get("/health")).get("status"), str):
            raise WrongServer(_NOT_IT)
        return f"{_NAME} answers"

    async def examine(self) -> Examination:
        models = await self._models()
        return Examination(_server(await self._properties()), tuple(name for name, _ in models))

    async def inspect(self, model: str) -> Inspection:
        models = await self._models()
        properties = await self._properties()
        found = next((Model(name, size) for name, size in models if not model or _is_same(name, model)), None)
        # Asked for its properties it does not wake up: README, "Sleeping on Idle".
        return Inspection(_server(properties), len(models), found, properties.get("is_sleeping") is not True, None)

    def has(self, examination: Examination, model: str) -> bool:
        return any(not model or _is_same(name, model) for name in examination.models)

    def how_to_install(self, model: str) -> str:
        if model:
            return (
                "start it with this one (`llama-server -m FILE`), or leave the LLM model empty to have the one it"
                " runs"
            )
        return "start it with a model on the machine it runs on (`llama-server -m FILE`)"

    @asynccontextmanager
    async def generate(
        self, model: str, messages: Sequence[Message], limits: Limits, schema: Mapping[str, Any] | None = None
    ) -> AsyncIterator[Writing]:
        # POST /v1/chat/completions
        body = _chat(model, messages) | {
            "stream": True,
            "stream_options": {"include_usage": True},
            "max_tokens": limits.tokens,
            "temperature": TEMPERATURE,
            "cache_prompt": True,
            # How far it has read, after each batch: that is when it notices that nobody listens any more.
            "return_progress": True,
        }
        if schema is not None:
            body["response_format"] = {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema}}
        async with writing(self._wire, _CHAT, body, limits, self._read) as written:
            yield written

    async def count_tokens(self, model: str, messages: Sequence[Message]) -> TokenCount:
        try:
            told = (await self._wire.post(f"{_CHAT}/input_tokens", _chat(model, messages))).get("input_tokens")
        except Refused as error:
            if error.status != 404:
                raise
            return TokenCount(await self._tokenize(model, messages), is_exact=True)
        return TokenCount(_insist(count(told)), is_exact=True)

    async def context_size(self, model: str) -> int:  # noqa: ARG002 - it has one
        settings = texts((await self._properties()).get("default_generation_settings"))
        return _insist(count(settings.get("n_ctx")))

    async def _tokenize(self, model: str, messages: Sequence[Message]) -> int:
        """For a server of before the summer of 2026: POST /apply-template, POST /tokenize."""
        prompt = (await self._wire.post("/apply-template", _chat(model, messages))).get("prompt")
        body = {"content": prompt, "add_special": True, "parse_special": True}
        tokens = (await self._wire.post("/tokenize", body)).get("tokens")
        return _insist(len(tokens) if isinstance(tokens, list) else None)

    async def _models(self) -> list[tuple[str, int | None]]:
        # GET /v1/models
        entries = (await self._wire.get("/v1/models")).get("data")
        if not isinstance(entries, list):
            raise WrongServer(_NOT_IT)
        named = ((_short(entry["id"]), entry) for entry in entries if is_model_name(texts(entry).get("id")))
        return list(islice(((name, _size(entry)) for name, entry in named), _MAX_MODELS))

    async def _properties(self) -> dict[str, Any]:
        # GET /props
        return await self._wire.get("/props")

    async def _read(self, lines: AsyncIterator[bytes]) -> Parts:
        reason: Reason | None = None
        usage = Usage()
        async for line in lines:
            name, _, data = line.partition(b":")
            # Another line is a comment that keeps the connection open, or a field that says nothing here:
            # https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
            if name not in (b"data", b"error"):
                continue
            if data.strip() == b"[DONE]":
                break
            said = self._wire.parse(data)
            if name == b"error" or "error" in said:
                raise _meant(Refused(200, said))
            usage = _usage(said) or usage
            for choice in _list(said.get("choices")):
                if isinstance(text := texts(texts(choice).get("delta")).get("content"), str):
                    yield text
                if ended := texts(choice).get("finish_reason"):
                    reason = Reason.TOKENS if ended == "length" else Reason.DONE
        if reason is not None:
            yield Ending(reason, usage)


def _chat(model: str, messages: Sequence[Message]) -> dict[str, Any]:
    body: dict[str, Any] = {
        "messages": [{"role": message.role, "content": message.text} for message in messages],
        # A template without thoughts does not look at it.
        "chat_template_kwargs": {"enable_thinking": False},
    }
    return body | {"model": model} if model else body


def _insist(number: int | None) -> int:
    if number is None:
        raise WrongServer(_NOT_IT)
    return number


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _short(name: str) -> str:
    """Started with a file, it calls its model by the whole path."""
    return name.rpartition("/")[2] if name.endswith(".gguf") else name


def _is_same(name: str, asked: str) -> bool:
    return _short(name).casefold().removesuffix(".gguf") == _short(asked).casefold().removesuffix(".gguf")


def _size(entry: dict[str, Any]) -> int | None:
    size = texts(entry.get("meta")).get("size")
    return size if isinstance(size, int) and not isinstance(size, bool) and 0 < size <= _MAX_SIZE else None


def _server(properties: dict[str, Any]) -> str:
    build = properties.get("build_info")
    return f"llama.cpp {build}" if isinstance(build, str) and _BUILD.fullmatch(build) else "llama.cpp"


def _usage(said: dict[str, Any]) -> Usage | None:
    used, timings = texts(said.get("usage")), texts(said.get("timings"))
    if not used:
        return None
    return Usage(
        prompt=count(used.get("prompt_tokens")),
        cached=count(texts(used.get("prompt_tokens_details")).get("cached_tokens")),
        written=count(used.get("completion_tokens")),
        reading_seconds=seconds(timings.get("prompt_ms"), 1e3),
        writing_seconds=seconds(timings.get("predicted_ms"), 1e3),
    )


def _meant(refused: Refused) -> RcmailError:
    """What a refusal means: https://github.com/ggml-org/llama.cpp/blob/master/tools/server/server-common.cpp"""
    told = texts(refused.answer.get("error")) or refused.answer
    kind = told.get("type")
    if kind == "exceed_context_size_error":
        return PromptTooLong(count(told.get("n_prompt_tokens")), count(told.get("n_ctx")))
    if kind == "unavailable_error":
        return LLMLoading()
    if refused.status in (401, 403):
        return LLMFailed("it asks for a key; start it without --api-key, rcmail has none")
    if refused.status == 404 and kind == "not_found_error" and "model" in str(told.get("message"))[:99].casefold():
        return LLMMissing("it has not this model")
    return LLMFailed() if refused.status == 200 else refused
