"""Which language model counts at this moment: what is saved, else what the environment says."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from rcmail.errors import DatabaseUnavailable
from rcmail.llm.base import LLMAdapter
from rcmail.llm.ollama import DEFAULT_ENDPOINT, OllamaAdapter
from rcmail.llm.state import LLMFinding, find_out
from rcmail.settings.keys import clean, clean_all
from rcmail.settings.store import Settings, SettingsStore

_ENDPOINT: Final = "llm_endpoint"
_MODEL: Final = "llm_model"
_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Choice:
    """Where the server is, empty where there is none, and which model of it."""

    endpoint: str
    model: str | None
    """Empty where none is chosen, None where that is not known."""
    is_made: bool
    """Whether anybody has chosen anything; True where that is not known."""


class CurrentLLM:
    """The one answer to which endpoint and which model hold. ``default`` is the endpoint while none is saved."""

    def __init__(self, settings: SettingsStore, client: aiohttp.ClientSession, default: str) -> None:
        self._settings = settings
        self._client = client
        self._default = default

    @property
    def last_known(self) -> Choice:
        """By the settings last read; for those who cannot wait."""
        known = self._settings.last_known
        if not self._settings.is_known:
            return Choice(self._endpoint(known), None, is_made=True)
        is_made = self._default != DEFAULT_ENDPOINT or any(known.stored.get(key) for key in (_ENDPOINT, _MODEL))
        return Choice(self._endpoint(known), known.get(_MODEL) or "", is_made)

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
        adapter = self._adapter(choice.endpoint)
        return await find_out(adapter, choice.model, left, limit, is_chosen=choice.is_made)

    async def typed(self, typed: Mapping[str, str]) -> tuple[LLMAdapter | None, str]:
        """The adapter (None without an endpoint) and the model: what is typed, else what is saved.

        Raises InvalidSettings for what is typed, DatabaseUnavailable where what is saved is needed.
        """
        values = clean_all({name: typed[name] for name in (_ENDPOINT, _MODEL) if name in typed})
        if len(values) < 2:
            saved = await self._settings.read()
            values = {name: saved.get(name) or "" for name in (_ENDPOINT, _MODEL)} | values
        return self._adapter(values[_ENDPOINT] or self._default), values[_MODEL]

    def address(self, typed: Mapping[str, str]) -> str:
        """Host and port that ``typed`` leads to, by the settings last known; empty where there is none."""
        try:
            endpoint = clean(_ENDPOINT, typed[_ENDPOINT]) if _ENDPOINT in typed else self.last_known.endpoint
        except ValueError:
            return ""
        url = urlsplit(endpoint or self._default)
        host = url.hostname or ""
        return f"{f'[{host}]' if ':' in host else host}:{url.port or _PORTS[url.scheme]}" if host else ""

    def _endpoint(self, settings: Settings) -> str:
        return settings.get(_ENDPOINT) or self._default

    def _adapter(self, endpoint: str) -> LLMAdapter | None:
        return OllamaAdapter(self._client, endpoint) if endpoint else None
