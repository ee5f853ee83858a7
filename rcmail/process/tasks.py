"""Background tasks whose death is noticed, and work that several wait for."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from types import TracebackType
from typing import Any, Final, Self, TypeVar

logger = logging.getLogger("rcmail.app")

T = TypeVar("T")

# Seconds before a task that died is begun again; twice as long each time it dies at once.
_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 60.0


@asynccontextmanager
async def supervised(
    name: str, work: Callable[[], Awaitable[None]], *, pause: float = _PAUSE
) -> AsyncIterator[None]:
    """``work`` runs beside the block and ends with it; where it dies that is logged at once, and it begins again.

    A task that nobody awaits dies without a word as long as something refers to it. ``pause`` in seconds.
    """
    task = asyncio.create_task(_again_and_again(name, work, pause), name=name)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _again_and_again(name: str, work: Callable[[], Awaitable[None]], pause: float) -> None:
    loop = asyncio.get_running_loop()
    wait = pause
    while True:
        began = loop.time()
        try:
            await work()
        except Exception:
            logger.exception("background_task_died", extra={"task": name})
        else:
            return
        wait = pause if loop.time() - began > _LONGEST_PAUSE else min(2 * wait, _LONGEST_PAUSE)
        await asyncio.sleep(wait)


async def shared(task: "asyncio.Future[T]") -> T:
    """The result of ``task``, which others wait for too: whoever asked first may go away, it goes on."""
    return await asyncio.shield(task)


class InTurn:
    """Work that is done beside the block, one after the other: what comes next can be prepared meanwhile.

    The block ends when the last one has, also where it fails; where it is cancelled, so is the last one.
    """

    def __init__(self) -> None:
        self._last: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._last is None:
            return
        if error is None:
            await self._last
            return
        if isinstance(error, asyncio.CancelledError):
            self._last.cancel()
        await asyncio.gather(self._last, return_exceptions=True)

    async def begin(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Begin it as soon as the one before has ended. Raises what that one has raised."""
        if self._last is not None:
            await self._last
        self._last = asyncio.create_task(work())
