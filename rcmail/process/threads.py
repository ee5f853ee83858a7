"""Blocking work in threads that nobody waits for at the end.

asyncio's own executor is joined before the process may end: a name look-up on a dead network, or the wait for
another process's migration, would hold up SIGTERM for as long as it takes.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


async def in_daemon_thread(work: Callable[[], T], name: str) -> T:
    """Run ``work`` in a daemon thread called ``name`` and return, or raise, what it does."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def finish(setter: Callable[[Any], None], value: object) -> None:
        if not future.done():
            setter(value)

    def run() -> None:
        try:
            result = work()
        except BaseException as error:
            outcome = (future.set_exception, error)
        else:
            outcome = (future.set_result, result)  # type: ignore[assignment]
        with suppress(RuntimeError):  # the loop is closed: nobody wants to know any more
            loop.call_soon_threadsafe(finish, *outcome)

    threading.Thread(target=run, name=name, daemon=True).start()
    return await future
