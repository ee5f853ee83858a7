"""What is watched of the event loop: errors where nobody waits for them, and whether it turns at all."""

import asyncio
import errno
import logging
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

logger = logging.getLogger("rcmail.app")

# Seconds: how often it is looked at, how long it may stand still, how often the same trouble is told.
_LOOK: Final = 1.0
_LIMIT: Final = 4.0
_PAUSE: Final = 10.0
_NO_ROOM: Final = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}


@contextmanager
def watched(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Log what goes wrong in ``loop`` where nobody waits for it, and where it stands still.

    Enter it in the thread of the loop.
    """
    loop.set_exception_handler(ErrorLog())
    pulse = _Pulse(loop)
    try:
        yield
    finally:
        pulse.stop()


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


class _Pulse:
    """A thread that looks whether the loop turns: from inside nothing can be told while it does not."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._thread_of_loop = threading.get_ident()
        self._turned_at = time.monotonic()
        self._timer = loop.call_soon(self._turn)
        self._is_over = threading.Event()
        threading.Thread(target=self._look, name="event loop watch", daemon=True).start()

    def stop(self) -> None:
        self._is_over.set()
        self._timer.cancel()

    def _turn(self) -> None:
        self._turned_at = time.monotonic()
        self._timer = self._loop.call_later(_LOOK, self._turn)

    def _look(self) -> None:
        blocked_since = None
        looked_at = time.monotonic()
        while not self._is_over.wait(_LOOK):
            now, before = time.monotonic(), looked_at
            looked_at = now
            if blocked_since is not None:
                if self._turned_at > blocked_since:
                    seconds = round(self._turned_at - blocked_since, 1)
                    logger.warning("event_loop_turns_again", extra={"after_seconds": seconds})
                    blocked_since = None
            # Where this thread was late as well, the whole process stood still, or the machine.
            elif now - self._turned_at > _LIMIT and now - before < 2 * _LOOK:
                blocked_since = self._turned_at
                extra = {"for_seconds": round(now - blocked_since, 1), "stack": self._stack()}
                logger.error("event_loop_blocked", extra=extra)

    def _stack(self) -> str:
        """Where the loop stands: lines of code, no values."""
        frame = sys._current_frames().get(self._thread_of_loop)
        return "".join(traceback.format_stack(frame))
