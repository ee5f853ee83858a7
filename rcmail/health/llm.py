"""Does the language model answer?"""

from collections.abc import Awaitable, Callable
from typing import Protocol

from rcmail.errors import Unconfigured


class Pingable(Protocol):
    """All that this check needs of an LLM adapter."""

    async def ping(self) -> str: ...


class LLMCheck:
    """A ping through the adapter for the endpoint that counts at this moment, None where there is none."""

    name = "llm"

    def __init__(self, adapter: Callable[[], Awaitable[Pingable | None]]) -> None:
        self._adapter = adapter

    async def run(self) -> str:
        adapter = await self._adapter()
        if adapter is None:
            raise Unconfigured("no LLM endpoint is set; save one on the configuration page")
        return await adapter.ping()
