"""Which language model counts at this moment: what is saved, else what the environment says."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import aiohttp

from rcmail.errors import DatabaseUnavailable
from rcmail.llm.base import LLMAdapter
from rcmail.llm.ollama import OllamaAdapter
from rcmail.llm.state import LLMFinding, find_out
from rcmail.settings import Settings, SettingsStore, clean_all

_ENDPOINT = "llm_endpoint"
_MODEL = "llm_model"


@dataclass(frozen=True, slots=True)
class Choice:
    """Where the server is, empty where there is none, and which model of it."""

    endpoint: str
    model: str | None
    """Empty where none is chosen, None where that is not known."""


class CurrentLLM:
    """The one answer to which endpoint and which model hold. ``default`` is the endpoint while none is saved."""

    def __init__(self, settings: SettingsStore, client: aiohttp.ClientSession, default: str) -> None:
        self._settings = settings
        self._client = client
        self._default = default

    @property
    def last_known(self) -> Choice:
        """By the settings last read; for those who cannot wait."""
        model = self._settings.last_known.get(_MODEL) or ""
        return Choice(self._endpoint(self._settings.last_known), model if self._settings.is_known else None)

    async def choice(self) -> Choice:
        """By the settings as they are; while the database does not answer within a second, by those last known."""
        with suppress(DatabaseUnavailable):
            await self._settings.read(timeout=1.0)
        return self.last_known

    async def find_out(self, limit: float) -> LLMFinding:
        """How it stands with the chosen model, within ``limit`` seconds; loads no model, raises nothing."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        choice = await self.choice()
        left = limit - (loop.time() - began)
        return await find_out(self._adapter(choice.endpoint), choice.model, left, limit)

    async def typed(self, typed: Mapping[str, str]) -> tuple[LLMAdapter | None, str]:
        """The adapter (None without an endpoint) and the model: what is typed, else what is saved.

        Raises InvalidSettings for what is typed, DatabaseUnavailable where what is saved is needed.
        """
        values = clean_all({name: typed[name] for name in (_ENDPOINT, _MODEL) if name in typed})
        if len(values) < 2:
            saved = await self._settings.read()
            values = {name: saved.get(name) or "" for name in (_ENDPOINT, _MODEL)} | values
        return self._adapter(values[_ENDPOINT] or self._default), values[_MODEL]

    def _endpoint(self, settings: Settings) -> str:
        return settings.get(_ENDPOINT) or self._default

    def _adapter(self, endpoint: str) -> LLMAdapter | None:
        return OllamaAdapter(self._client, endpoint) if endpoint else None
