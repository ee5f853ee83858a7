"""What did not work is done again, with growing waits. The only module that speaks to backoff."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import backoff

T = TypeVar("T")


async def patiently(
    work: Callable[[], Awaitable[T]],
    error: type[Exception],
    *,
    attempts: int,
    first: float,
    most: float,
    is_useless: Callable[[Any], bool] = lambda _: False,
    note: Callable[[Any], None] | None = None,
) -> T:
    """Do ``work`` until it raises no ``error``, or one for which trying again ``is_useless``; the last is raised.

    The ``first`` wait is so many seconds, each further one twice as long, and none longer than ``most``. ``note``
    is given backoff's details before each: ``tries``, ``wait`` and ``exception``.
    """
    attempt = backoff.on_exception(
        backoff.expo,
        error,
        giveup=is_useless,
        max_tries=attempts,
        factor=first,
        max_value=most,
        jitter=None,
        on_backoff=note,
        logger=None,
    )
    result: T = await attempt(work)()
    return result
