"""How long a draft takes here: a short answer that the language model is asked for, beside the requests."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rcmail.errors import InvalidSettings, RcmailError
from rcmail.health.connections import ConnectionTests
from rcmail.health.llm import NAME
from rcmail.llm.current import CurrentLLM
from rcmail.llm.speed import Speed, measure

logger = logging.getLogger("rcmail.config")

# A model that is not in memory is loaded first.
_SECONDS: Final = 180.0


class TimingState(StrEnum):
    """Where it is."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Timed:
    """How far it is, or how it ended, with a sentence for the operator."""

    state: TimingState
    detail: str
    seconds: float | None = None
    """How long a typical draft takes."""


class Timing:
    """One at a time: a second press shows the one that runs. ``limit`` in seconds."""

    def __init__(self, llm: CurrentLLM, tests: ConnectionTests, *, limit: float = _SECONDS) -> None:
        self._llm = llm
        self._tests = tests
        self._limit = limit
        self._task: asyncio.Task[None] | None = None
        self._began = 0.0
        self._result: Timed | None = None

    @property
    def now(self) -> Timed | None:
        """None where there was none yet."""
        if self._task is None:
            return self._result
        seconds = asyncio.get_running_loop().time() - self._began
        return Timed(TimingState.RUNNING, f"The model writes a few words: {seconds:.0f} s so far.")

    def start(self, typed: Mapping[str, str]) -> None:
        """Begin with what is ``typed``, else what is saved."""
        if self._task is not None:
            return
        if refusal := self._tests.refusal(NAME, typed):
            self._result = Timed(TimingState.FAILED, refusal)
            return
        self._began = asyncio.get_running_loop().time()
        self._task = asyncio.create_task(self._run(dict(typed)), name="timing")

    async def stop(self) -> None:
        """Hang up, which ends the model's work too."""
        if (task := self._task) is not None:
            task.cancel()
            await asyncio.wait([task])

    async def _run(self, typed: Mapping[str, str]) -> None:
        self._result = Timed(TimingState.STOPPED, "Stopped.")
        try:
            self._result = await self._outcome(typed)
        finally:
            self._task = None
            logger.info("llm_timed", extra={"state": self._result.state.value, "detail": self._result.detail})

    async def _outcome(self, typed: Mapping[str, str]) -> Timed:
        try:
            async with asyncio.timeout(self._limit):
                adapter, model = await self._llm.use(typed)
                if adapter is None:
                    return Timed(TimingState.FAILED, "No LLM endpoint is set; save one on the configuration page.")
                return _told(await measure(adapter, model))
        except InvalidSettings as error:
            name, what = next(iter(error.problems.items()))
            return Timed(TimingState.FAILED, f"{name} {what}.")
        except TimeoutError:
            return Timed(TimingState.FAILED, f"It wrote nothing to the end within {self._limit:g} s.")
        except RcmailError as error:
            return Timed(TimingState.FAILED, f"It did not work: {str(error).rstrip('.')}.")
        except Exception:
            logger.exception("llm_timing_crashed")
            return Timed(TimingState.FAILED, "It failed; see the log.")


def _told(speed: Speed) -> Timed:
    seconds = speed.draft_seconds
    detail = (
        f"A typical draft will take about {_rounded(seconds)} here: the model reads {speed.reading:.0f} and writes"
        f" {speed.writing:.1f} tokens a second."
    )
    return Timed(TimingState.DONE, detail, round(seconds, 1))


def _rounded(seconds: float) -> str:
    if seconds < 10:
        return f"{max(seconds, 1):.0f} s"
    return f"{round(seconds / 5) * 5} s" if seconds < 120 else f"{seconds / 60:.0f} min"
