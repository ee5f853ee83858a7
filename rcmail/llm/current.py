"""Which language model counts at this moment: what is saved, else what the environment says."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from rcmail.errors import DatabaseUnavailable, InvalidSettings, LLMOutside, LLMUnreachable
from rcmail.llm.auto import KINDS, AutoAdapter, Kind
from rcmail.llm.base import LLMAdapter
from rcmail.llm.ollama import DEFAULT_ENDPOINT
from rcmail.llm.outside import is_outside
from rcmail.llm.state import LLMFinding, find_out, unreachable
from rcmail.settings.keys import clean, clean_all
from rcmail.settings.store import Settings, SettingsStore

_ENDPOINT: Final = "llm_endpoint"
_MODEL: Final = "llm_model"
_SERVER: Final = "llm_server"
_MAY_BE_REMOTE: Final = "llm_may_be_remote"
_ALL: Final = (_ENDPOINT, _MODEL, _SERVER, _MAY_BE_REMOTE)
# For finding out where a name leads to.
_SECONDS: Final = 5.0
_SAVE_SECONDS: Final = 1.0
_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Choice:
    """Where the server is, empty where there is none, and which model of it."""

    endpoint: str
    model: str | None
    """Empty where none is chosen, None where that is not known."""
    is_made: bool
    """Whether anybody has chosen anything; True where that is not known."""
    server: str = ""
    """What it is said to be; empty where rcmail finds that out."""
    may_be_remote: bool = False
    """Whether visitors' mail may go to an address outside of the house."""

    @property
    def host(self) -> str:
        return urlsplit(self.endpoint).hostname or ""


class CurrentLLM:
    """The one answer to which endpoint and which model hold. ``default`` is the endpoint while none is saved."""

    def __init__(self, settings: SettingsStore, client: aiohttp.ClientSession, default: str) -> None:
        self._settings = settings
        self._client = client
        self._default = default
        self._kinds: dict[str, Kind] = {}
        """Which server was found at an address."""

    @property
    def last_known(self) -> Choice:
        """By the settings last read; for those who cannot wait."""
        known = self._settings.last_known
        if not self._settings.is_known:
            return Choice(self._default, None, is_made=True)
        return self._choice(known.values, known.stored)

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
        adapter = self._adapter(choice)
        try:
            is_remote = await self._is_remote(choice, limit)
        except LLMUnreachable as error:
            return unreachable(adapter, error)
        left = limit - (loop.time() - began)
        finding = await find_out(adapter, choice.model, left, limit, is_chosen=choice.is_made)
        return replace(finding, remote=choice.host) if is_remote else finding

    async def use(self, typed: Mapping[str, str] | None = None) -> tuple[LLMAdapter | None, str]:
        """The adapter (None without an endpoint) and the model: what is typed, else what is saved.

        Raises InvalidSettings for what is typed, DatabaseUnavailable where what is saved is needed, and LLMOutside
        where visitors' mail would leave the house and nobody has said that it may.
        """
        typed = typed or {}
        saved = await self._settings.read() if {*_ALL} - typed.keys() else Settings()
        choice = self._typed(typed, saved)
        await self._is_remote(choice)
        return self._adapter(choice), choice.model or ""

    async def check(self, changes: Mapping[str, str | None]) -> None:
        """Before ``changes`` are saved. Raises InvalidSettings where visitors' mail would leave the house.

        By the settings last known: a save goes to PostgreSQL often enough, and it is looked at before each use.
        """
        if not {_ENDPOINT, _MAY_BE_REMOTE} & changes.keys():
            return
        try:
            typed = {name: text or "" for name, text in changes.items()}
            choice = self._typed(typed, self._settings.last_known)
        except InvalidSettings:
            return  # that is for the save to tell
        try:
            await self._is_remote(choice, _SAVE_SECONDS)
        except LLMOutside:
            problem = "has no private address, so visitors’ mail would leave the house; if it may, say so below"
            raise InvalidSettings({_ENDPOINT: problem}) from None
        except LLMUnreachable:
            return

    def address(self, typed: Mapping[str, str]) -> str:
        """Host and port that ``typed`` leads to, by the settings last known; empty where there is none."""
        try:
            endpoint = clean(_ENDPOINT, typed[_ENDPOINT]) if _ENDPOINT in typed else self.last_known.endpoint
        except ValueError:
            return ""
        url = urlsplit(endpoint or self._default)
        host = url.hostname or ""
        return f"{f'[{host}]' if ':' in host else host}:{url.port or _PORTS[url.scheme]}" if host else ""

    def _typed(self, typed: Mapping[str, str], saved: Settings) -> Choice:
        values = {name: saved.get(name) or "" for name in _ALL}
        values |= clean_all({name: typed[name] for name in _ALL if name in typed})
        return self._choice(values, values)

    def _choice(self, values: Mapping[str, str], stored: Mapping[str, str]) -> Choice:
        server = values.get(_SERVER, "")
        return Choice(
            values.get(_ENDPOINT) or self._default,
            values.get(_MODEL) or "",
            is_made=self._default != DEFAULT_ENDPOINT or any(stored.get(name) for name in _ALL),
            server="" if server == "auto" else server,
            may_be_remote=values.get(_MAY_BE_REMOTE) == "yes",
        )

    async def _is_remote(self, choice: Choice, limit: float = _SECONDS) -> bool:
        """Raises LLMOutside where it is and must not be, LLMUnreachable where it cannot be said."""
        if not choice.endpoint or not await is_outside(choice.host, limit):
            return False
        if not choice.may_be_remote:
            raise LLMOutside
        return True

    def _adapter(self, choice: Choice) -> LLMAdapter | None:
        if not choice.endpoint:
            return None
        if kind := KINDS.get(choice.server):
            return kind(self._client, choice.endpoint)
        return AutoAdapter(self._client, choice.endpoint, self._kinds)
