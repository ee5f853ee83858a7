"""Ollama. Its API: https://github.com/ollama/ollama/blob/main/docs/api.md"""

import asyncio
import os
import re
import shutil
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeGuard
from urllib.parse import urlsplit

import aiohttp

from rcmail.errors import (
    LLMBusy,
    LLMFailed,
    LLMMissing,
    LLMOutside,
    LLMUnreachable,
    PromptTooLong,
    RcmailError,
    WrongServer,
)
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
from rcmail.llm.room import is_here, room_here
from rcmail.llm.wire import Refused, Wire
from rcmail.llm.writing import Parts, count, seconds, texts, writing
from rcmail.process.threads import in_daemon_thread
from rcmail.validation import is_model_name

# Where it listens unless told otherwise, and what config/settings.toml says.
DEFAULT_ENDPOINT: Final = "http://127.0.0.1:11434"
CONTEXT: Final = 4096
"""Tokens that we have it make room for. Always the same: with another number it loads the model anew."""
# What its installer, the playbook or a package leaves, where the program is not on the PATH.
_TRACES: Final = (
    "etc/systemd/system/ollama.service",
    "usr/lib/systemd/system/ollama.service",
    "opt/ollama/current/bin/ollama",
    "usr/local/bin/ollama",
)
_MAX_MODELS: Final = 500
_VERSION: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._+-]{0,39}")
_MAX_SIZE: Final = 10**14  # bytes; a hundred terabytes is no model but a mistake or a joke
# What is good to know and no more must not take the whole time that the caller has.
_MORE_SECONDS: Final = 0.7
_NOT_OLLAMA: Final = "something answers there, but it is not Ollama"
# It counts for nobody. Of Dutch, German, English and French a token is 3 to 4.5 characters; around each message a
# template puts about eight.
_CHARACTERS_A_TOKEN: Final = 3
_TOKENS_A_MESSAGE: Final = 8


class OllamaAdapter(LLMAdapter):
    """Ollama at ``base_url``, spoken to through the one ``client`` that all share."""

    def __init__(self, client: aiohttp.ClientSession, base_url: str) -> None:
        self._host = urlsplit(base_url).hostname or ""
        self._wire = Wire(client, base_url, "it is not Ollama", _meant)

    @property
    def where_to_look(self) -> str:
        if self.is_here:
            return (
                "see whether Ollama runs on this machine (`ollama list`); if it runs elsewhere, save its address"
                " on the configuration page"
            )
        return (
            "see that its machine is on and that Ollama there listens to the network (OLLAMA_HOST); the address is"
            " on the configuration page"
        )

    @property
    def is_here(self) -> bool:
        return is_here(self._host)

    def is_installed(self) -> bool:
        return is_installed()

    async def ping(self) -> str:
        count = len(await self._models())
        return f"Ollama answers, {count} model{'' if count == 1 else 's'} installed"

    async def examine(self) -> Examination:
        models = await self._models()
        return Examination(server=await self._server(), models=tuple(model.name for model in models))

    async def inspect(self, model: str) -> Inspection:
        models = await self._models()
        found = next((each for each in models if _full_name(each.name) == _full_name(model)), None)
        if found is None or found.is_remote:
            return Inspection(await self._server_if_told(), len(models), found, None, None)
        server, is_loaded = await asyncio.gather(self._server_if_told(), self._is_loaded(found))
        room = await in_daemon_thread(room_here, "memory") if self.is_here else None
        return Inspection(server, len(models), found, is_loaded, room)

    def has(self, examination: Examination, model: str) -> bool:
        return _full_name(model) in {_full_name(name) for name in examination.models}

    def how_to_install(self, model: str) -> str:
        if model:
            return f"run `ollama pull {model}` on the machine it runs on"
        return (
            "install one on the machine it runs on (`ollama pull NAME`), then choose it on the configuration page"
        )

    @asynccontextmanager
    async def generate(
        self, model: str, messages: Sequence[Message], limits: Limits, schema: Mapping[str, Any] | None = None
    ) -> AsyncIterator[Writing]:
        await self._insist_on(model)
        # POST /api/chat, "Generate a chat completion"
        body: dict[str, Any] = {
            "model": model,
            "messages": [{"role": message.role, "content": message.text} for message in messages],
            "stream": True,
            # Otherwise it leaves out the middle of what is too long, and says nothing.
            "truncate": False,
            "shift": False,
            "think": False,
            "options": {"num_ctx": CONTEXT, "num_predict": limits.tokens, "temperature": TEMPERATURE},
        }
        if schema is not None:
            body["format"] = schema
        async with writing(self._wire, "/api/chat", body, limits, self._read) as written:
            yield written

    async def count_tokens(self, model: str, messages: Sequence[Message]) -> TokenCount:  # noqa: ARG002 - a guess
        characters = sum(len(message.text) for message in messages)
        around = _TOKENS_A_MESSAGE * (len(messages) + 1)
        return TokenCount(characters // _CHARACTERS_A_TOKEN + around, is_exact=False)

    async def context_size(self, model: str) -> int:
        # POST /api/show, "Show Model Information"
        info = texts((await self._wire.post("/api/show", {"model": model})).get("model_info"))
        told = (count(value) for name, value in info.items() if name.endswith(".context_length"))
        return min(CONTEXT, next((size for size in told if size), CONTEXT))

    async def _insist_on(self, model: str) -> None:
        """Raises LLMMissing, and LLMOutside for a model in the cloud, wherever the endpoint may be."""
        found = next((each for each in await self._models() if _full_name(each.name) == _full_name(model)), None)
        if found is None:
            raise LLMMissing("the model is not installed there")
        if found.is_remote:
            raise LLMOutside("the model only passes on what it is asked to a computer outside of this house")

    async def _read(self, lines: AsyncIterator[bytes]) -> Parts:
        async for line in lines:
            said = self._wire.parse(line)
            if "error" in said:
                raise _meant(Refused(200, said))
            if isinstance(text := texts(said.get("message")).get("content"), str):
                yield text
            if said.get("done") is True:
                reason = Reason.TOKENS if said.get("done_reason") == "length" else Reason.DONE
                yield Ending(reason, _usage(said))
                return

    async def _models(self) -> list[Model]:
        # GET /api/tags, "List Local Models"
        models = (await self._wire.get("/api/tags")).get("models")
        if not isinstance(models, list):
            raise WrongServer(_NOT_OLLAMA)
        return list(islice((_model(entry) for entry in models if _is_named(entry)), _MAX_MODELS))

    async def _is_loaded(self, model: Model) -> bool | None:
        try:
            # GET /api/ps, "List Running Models"; not in Ollama before 0.1.33
            async with asyncio.timeout(_MORE_SECONDS):
                models = (await self._wire.get("/api/ps")).get("models")
        except (LLMUnreachable, TimeoutError):
            return None
        if not isinstance(models, list):
            return None
        wanted = _full_name(model.name)
        return any(_full_name(entry["name"]) == wanted for entry in models if _is_named(entry))

    async def _server(self) -> str:
        # GET /api/version, "Version"
        version = (await self._wire.get("/api/version")).get("version")
        is_told = isinstance(version, str) and _VERSION.fullmatch(version)
        return f"Ollama {version}" if is_told else "Ollama"

    async def _server_if_told(self) -> str:
        try:
            async with asyncio.timeout(_MORE_SECONDS):
                return await self._server()
        except (LLMUnreachable, TimeoutError):
            return "Ollama"


def is_installed(root: Path = Path("/")) -> bool:
    """Whether Ollama was ever installed on this machine, as far as can be seen."""
    traces = (root / trace for trace in _TRACES)
    return shutil.which("ollama") is not None or any(os.access(trace, os.F_OK) for trace in traces)


def _full_name(name: str) -> str:
    """``name`` for comparing. "Model names": the tag is optional and defaults to latest."""
    return (name if ":" in name.rpartition("/")[2] else f"{name}:latest").casefold()


def _is_named(entry: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(entry, dict) and is_model_name(entry.get("name"))


def _model(entry: dict[str, Any]) -> Model:
    size = entry.get("size")
    is_size = isinstance(size, int) and not isinstance(size, bool) and 0 < size <= _MAX_SIZE
    # ListModelResponse of https://github.com/ollama/ollama/blob/main/api/types.go: set for models in the cloud.
    is_remote = bool(entry.get("remote_host") or entry.get("remote_model"))
    return Model(entry["name"], size if is_size else None, is_remote)


def _usage(said: dict[str, Any]) -> Usage:
    # What is known from the last question is among the tokens, and not in the time.
    return Usage(
        prompt=count(said.get("prompt_eval_count")),
        written=count(said.get("eval_count")),
        reading_seconds=seconds(said.get("prompt_eval_duration"), 1e9),
        writing_seconds=seconds(said.get("eval_duration"), 1e9),
    )


def _meant(refused: Refused) -> RcmailError:
    """What a refusal means. Its words change: https://github.com/ollama/ollama/blob/main/server/routes.go"""
    told = refused.answer.get("error")
    words = told.casefold() if isinstance(told, str) else ""
    if "exceed" in words and "context" in words:
        return PromptTooLong()
    if refused.status == 404 and "model" in words:
        return LLMMissing("the model is not installed there")
    if "memory" in words:
        return LLMFailed("there is not enough memory for the model")
    if refused.status == 503 and "busy" in words:
        return LLMBusy("it has too many questions waiting already")
    if refused.status == 200:
        return LLMFailed()
    return refused
