"""A queue, and workers that look more often than those of the product."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

import pytest

from rcmail.db.pool import Database
from rcmail.db.schema import look
from rcmail.jobs.job import Handler
from rcmail.jobs.queue import Queue, Run
from rcmail.jobs.worker import Worker


@pytest.fixture
def queue(database: Database) -> Queue:
    return Queue(database)


@asynccontextmanager
async def working(database: Database, handlers: Mapping[str, Handler]) -> AsyncIterator[None]:
    """A worker beside the block; at its end it puts down what it has, and is gone."""
    task = asyncio.create_task(Worker(database, handlers, is_fit=partial(look, database), tick=0.02).run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def eventually(look: Callable[[], Awaitable[Any]], seconds: float = 60) -> Any:
    """What ``look`` finds, as soon as that is true."""
    async with asyncio.timeout(seconds):
        while not (found := await look()):
            await asyncio.sleep(0.01)
    return found


async def ended(queue: Queue, job: int) -> Run:
    async def look() -> Run | None:
        run = await queue.get(job)
        return run if run and run.ended_at else None

    found: Run = await eventually(look)
    return found


async def in_state(queue: Queue, job: int, state: str) -> Run:
    async def look() -> Run | None:
        run = await queue.get(job)
        return run if run and run.state == state else None

    found: Run = await eventually(look)
    return found
