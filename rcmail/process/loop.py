"""What is watched of the event loop: errors where nobody waits for them, and whether it turns at all."""

import asyncio
import errno
import faulthandler
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

logger = logging.getLogger("rcmail.app")

# Seconds: how often the loop says that it turns, how long it may stand still, how often the same trouble is told.
_TURN: Final = 1.0
_LIMIT: Final = 4.0
_PAUSE: Final = 10.0
_NO_ROOM: Final = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}


@contextmanager
def watched(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Log what goes wrong in ``loop`` where nobody waits for it.

    Where it stands still, every thread's place is written to stderr: lines of code, no values.
    """
    loop.set_exception_handler(ErrorLog())
    timer: asyncio.Handle

    def turn() -> None:
        nonlocal timer
        timer = loop.call_later(_TURN, turn)
        faulthandler.dump_traceback_later(_LIMIT)  # instead of the one before

    timer = loop.call_soon(turn)
    try:
        yield
    finally:
        timer.cancel()
        faulthandler.cancel_dump_traceback_later()


class ErrorLog:
    """An exception handler for an event loop that logs under names of ours."""

    def __init__(self) -> None:
        self._told_at = float("-inf")

    def __call__(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """The keys: asyncio's ``loop.call_exception_handler``."""
        error = context.get("exception")
        if isinstance(error, OSError) and error.errno in _NO_ROOM and "socket" in context:
            # asyncio's accept(): on CPython 3.11 a hundred times a second. It tries again by itself.
            if time.monotonic() - self._told_at >= _PAUSE:
                self._told_at = time.monotonic()
                logger.error("connections_exhausted", extra={"reason": error.strerror})
            return
        task = context.get("task") or context.get("future")
        extra = {
            "problem": context.get("message"),
            "task": task.get_name() if isinstance(task, asyncio.Task) else None,
        }
        logger.error("task_failed" if task else "event_loop_error", exc_info=error, extra=extra)
