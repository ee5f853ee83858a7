"""Which of the servers that rcmail knows answers at an address, found out when it is first asked."""

from collections.abc import AsyncIterator, Mapping, MutableMapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

import aiohttp

from rcmail.errors import LLMLoading, LLMMissing, LLMUnreachable, WrongServer
from rcmail.llm.base import Examination, Inspection, Limits, LLMAdapter, Message, TokenCount, Writing
from rcmail.llm.llamacpp import LlamaCppAdapter
from rcmail.llm.ollama import OllamaAdapter
from rcmail.llm.wire import Refused, Wire
from rcmail.llm.writing import texts

Kind = type[OllamaAdapter] | type[LlamaCppAdapter]
KINDS: Final[Mapping[str, Kind]] = {"ollama": OllamaAdapter, "llama.cpp": LlamaCppAdapter}
"""By the value of the setting ``llm_server``."""

_NEITHER: Final = "it is neither Ollama nor llama.cpp’s server"


async def recognise(client: aiohttp.ClientSession, base_url: str) -> Kind:
    """What answers there. Raises LLMUnreachable, of it WrongServer for something else."""
    wire = Wire(client, base_url, _NEITHER, lambda refused: refused)
    try:
        # llama.cpp's server has no such address, and while it loads it refuses all of them.
        if isinstance((await wire.get("/api/version")).get("version"), str):
            return OllamaAdapter
    except Refused as error:
        if _is_loading(error):
            return LlamaCppAdapter
        if error.status >= 500:
            raise
    try:
        if "default_generation_settings" in await wire.get("/props"):
            return LlamaCppAdapter
    except Refused as error:
        if _is_loading(error):
            return LlamaCppAdapter
        if error.status not in (404, 405):
            raise
    raise WrongServer(f"something answers there, but {_NEITHER}")


def _is_loading(refused: Refused) -> bool:
    return texts(refused.answer.get("error")).get("type") == "unavailable_error"


class AutoAdapter(LLMAdapter):
    """Whichever answers at ``base_url``: asked once, and again after it has failed.

    ``known`` is where it is remembered, by address: an adapter lives for one question.
    """

    def __init__(
        self, client: aiohttp.ClientSession, base_url: str, known: MutableMapping[str, Kind] | None = None
    ) -> None:
        self._client = client
        self._base_url = base_url
        self._known = {} if known is None else known

    @property
    def where_to_look(self) -> str:
        if self._kind:
            return self._kind(self._client, self._base_url).where_to_look
        if self.is_here:
            return (
                "see whether Ollama (`ollama list`) or llama.cpp’s server (`llama-server`) runs on this machine;"
                " if it runs elsewhere, save its address on the configuration page"
            )
        return (
            "see that its machine is on and that the server there listens to the network (Ollama: OLLAMA_HOST;"
            " llama.cpp: `--host`); the address is on the configuration page"
        )

    @property
    def is_here(self) -> bool:
        return self._best_guess.is_here

    def is_installed(self) -> bool:
        return any(kind(self._client, self._base_url).is_installed() for kind in KINDS.values())

    async def ping(self) -> str:
        async with self._server() as server:
            return await server.ping()

    async def examine(self) -> Examination:
        async with self._server() as server:
            return await server.examine()

    async def inspect(self, model: str) -> Inspection:
        async with self._server() as server:
            return await server.inspect(model)

    def has(self, examination: Examination, model: str) -> bool:
        return self._best_guess.has(examination, model)

    def how_to_install(self, model: str) -> str:
        return self._best_guess.how_to_install(model)

    @asynccontextmanager
    async def generate(
        self, model: str, messages: Sequence[Message], limits: Limits, schema: Mapping[str, Any] | None = None
    ) -> AsyncIterator[Writing]:
        async with self._server() as server, server.generate(model, messages, limits, schema) as writing:
            yield writing

    async def count_tokens(self, model: str, messages: Sequence[Message]) -> TokenCount:
        async with self._server() as server:
            return await server.count_tokens(model, messages)

    async def context_size(self, model: str) -> int:
        async with self._server() as server:
            return await server.context_size(model)

    @property
    def _kind(self) -> Kind | None:
        return self._known.get(self._base_url)

    @property
    def _best_guess(self) -> LLMAdapter:
        return (self._kind or OllamaAdapter)(self._client, self._base_url)

    @asynccontextmanager
    async def _server(self) -> AsyncIterator[LLMAdapter]:
        if self._kind is None:
            kind = await recognise(self._client, self._base_url)
            self._known.clear()  # one address counts at a time
            self._known[self._base_url] = kind
        try:
            yield self._best_guess
        except (LLMLoading, LLMMissing):
            raise
        except LLMUnreachable:
            self._known.pop(self._base_url, None)
            raise
