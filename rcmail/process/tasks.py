"""Background tasks whose death is noticed, and work that several wait for."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final, TypeVar

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
