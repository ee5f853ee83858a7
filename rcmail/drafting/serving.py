"""The language model that counts, as the worker knows it: is it there, and for how long has it been silent?"""

import asyncio
import time
from typing import Final

from rcmail.errors import (
    LLMBusy,
    LLMFailed,
    LLMLoading,
    LLMMissing,
    LLMOutside,
    LLMTooSlow,
    LLMUnreachable,
    RcmailError,
    WrongServer,
)
from rcmail.llm.base import LLMAdapter
from rcmail.llm.current import CurrentLLM

SILENT: Final = 60.0
"""Seconds without an answer after which there is no model."""
# Seconds for a sign of life, and where somebody waits for the draft without.
_LOOK: Final = 5.0
_GLANCE: Final = 2.0
_THERE: Final = (LLMBusy, LLMFailed, LLMLoading, LLMTooSlow)
_WRONG: Final = (LLMMissing, LLMOutside, WrongServer)


class NoModel(RcmailError):
    """There is no language model."""


class Serving:
    """``silent`` is for how many seconds a server may not answer before it counts as none."""

    def __init__(self, llm: CurrentLLM, silent: float = SILENT) -> None:
        self._llm = llm
        self._silent = silent
        self._since: float | None = None
        """Since when it does not answer."""

    async def look(self, limit: float = _LOOK) -> tuple[LLMAdapter, str, str]:
        """The adapter, the model by its setting, and what the server calls it, within ``limit`` seconds.

        Raises NoModel where none is chosen, the chosen one is not there, or it has been silent for too long; as
        ``LLMAdapter.generate`` where it cannot be used now; and DatabaseUnavailable.
        """
        if not (await self._llm.choice()).is_made:
            raise NoModel("none is chosen")
        try:
            adapter, model = await self._llm.use()
            if adapter is None:
                raise NoModel("none is chosen")
            async with asyncio.timeout(limit):
                found = await adapter.inspect(model)
        except TimeoutError:
            error = LLMUnreachable(f"timed out after {limit:g} s")
            self.note(error)
            raise error from None
        except LLMUnreachable as error:
            self.note(error)
            raise
        self._since = None
        if found.model is None or found.model.is_remote:
            raise NoModel("the chosen one is not there")
        return adapter, model, found.model.name

    async def is_there(self) -> bool:
        """Whether it answers now, if only to say that it is busy. Raises NoModel and DatabaseUnavailable."""
        try:
            await self.look(_GLANCE)
        except LLMUnreachable as error:
            return isinstance(error, _THERE)
        return True

    def note(self, error: LLMUnreachable) -> None:
        """What the model has failed with. Raises NoModel where that says that there is none."""
        if isinstance(error, _WRONG):
            raise NoModel(str(error)) from error
        if isinstance(error, _THERE):
            self._since = None
            return
        now = time.monotonic()
        self._since = now if self._since is None else self._since
        if now - self._since >= self._silent:
            raise NoModel(f"it has not answered for {self._silent:g} s") from error
