"""Does the language model answer?"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from rcmail.errors import Unconfigured
from rcmail.health.connections import ConnectionResult, ConnectionStatus

_NO_ENDPOINT = "no LLM endpoint is set; save one on the configuration page"


class Adapter(Protocol):
    """What is needed here of an LLM adapter (rcmail/llm/base.py says what each does)."""

    async def ping(self) -> str: ...
    async def examine(self) -> Any: ...
    def has(self, examination: Any, model: str) -> bool: ...
    def how_to_install(self, model: str) -> str: ...


class LLMCheck:
    """A ping through the adapter for the endpoint that counts at this moment, None where there is none."""

    name = "llm"

    def __init__(self, adapter: Callable[[], Awaitable[Adapter | None]]) -> None:
        self._adapter = adapter

    async def run(self) -> str:
        adapter = await self._adapter()
        if adapter is None:
            raise Unconfigured(_NO_ENDPOINT)
        return await adapter.ping()


class LLMConnectionTest:
    """Reachable, really what it should be, and the model there.

    ``target`` makes an adapter and a model name of what is typed, else of what is saved.
    """

    name = "llm"

    def __init__(self, target: Callable[[Mapping[str, str]], Awaitable[tuple[Adapter | None, str]]]) -> None:
        self._target = target

    async def run(self, typed: Mapping[str, str]) -> ConnectionResult:
        adapter, model = await self._target(typed)
        if adapter is None:
            raise Unconfigured(_NO_ENDPOINT)
        found = await adapter.examine()
        if model and not adapter.has(found, model):
            return ConnectionResult(
                self.name,
                ConnectionStatus.MODEL_NOT_FOUND,
                f"{found.server} answered, but model {model} is not installed:"
                f" run `{adapter.how_to_install(model)}` on the machine it runs on",
                found.models,
            )
        count = f"{len(found.models)} model{'' if len(found.models) == 1 else 's'} installed"
        has = f"model {model} is installed" if model else f"{count}, none is chosen yet"
        return ConnectionResult(self.name, ConnectionStatus.OK, f"{found.server} answers; {has}", found.models)
