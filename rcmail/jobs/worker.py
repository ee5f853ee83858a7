"""The loop that empties the queue: look, claim, have it done, and put down what became of it.

It looks once a second, in one statement that also is its sign of life (``claims``): that costs a Pi less than a
thousandth of a core, and needs no second way (NOTIFY) beside it.

Four jobs are done at a time, one of each class of priorities. So what somebody waits for is never behind a sync
of half an hour, nor that behind what rcmail does by itself, and no job needs to be asked to make room. The
language model has a class to itself: it writes for minutes, one thing at a time.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Final

from rcmail.db.pool import Database, Session
from rcmail.errors import DatabaseUnavailable
from rcmail.jobs.claims import Claims
from rcmail.jobs.job import Handler, Job, Outcome, as_coroutine, outcome, place
from rcmail.jobs.queue import LATER, SOON, WRITING

logger = logging.getLogger("rcmail.jobs")

_LANES: Final = ((-(2**15), SOON - 1), (SOON, LATER - 1), (LATER, WRITING - 1), (WRITING, 2**15 - 1))
# Seconds: between two looks; from the wish to stop to the cancellation; for what is being done when all ends.
_TICK: Final = 1.0
_GRACE: Final = 3.0
_CLOSING: Final = 3.0


class Worker:
    """Does jobs with ``handlers``, by their kinds; other kinds stay in the queue.

    ``is_fit`` raises DatabaseUnavailable as long as the database is not what the handlers need.
    """

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, Handler],
        *,
        is_fit: Callable[[], Awaitable[object]],
        tick: float = _TICK,
    ) -> None:
        self._database = database
        self._handlers = handlers
        self._kinds = list(handlers)
        self._is_fit = is_fit
        self._tick = tick
        self._claims = Claims(database)
        self._lanes: list[_Lane | None] = [None] * len(_LANES)
        self._wake = asyncio.Event()
        self._closing = asyncio.Event()

    async def run(self) -> None:
        """Work until cancelled; then what is being done is put back into the queue, within 3 s."""
        self._closing.clear()
        try:
            is_told = False
            while True:
                try:
                    await self._is_fit()
                    async with self._database.session() as session:
                        if is_told:
                            logger.info("worker_goes_on")
                        is_told = False
                        await self._work(session)
                except DatabaseUnavailable as error:
                    if not is_told:
                        logger.warning("worker_waits", extra={"reason": str(error)})
                    is_told = True
                await asyncio.sleep(self._tick)
        finally:
            await self._close()

    async def _work(self, session: Session) -> None:
        await self._claims.hold(session)
        while True:
            self._wake.clear()
            await self._look(session)
            with suppress(TimeoutError):
                async with asyncio.timeout(self._tick):
                    await self._wake.wait()

    async def _look(self, session: Session) -> None:
        """Looking and claiming go one after the other: what is ours and not in a lane is nobody's."""
        mine = {lane.job.id: lane for lane in self._lanes if lane}
        seen = await self._claims.look(session, self._kinds, list(mine))
        for number in seen.to_stop:
            if number in mine:
                mine[number].stop()
        if seen.has_orphans:
            for row in await self._claims.recover(list(mine)):
                logger.warning("job_recovered", extra={"job": row.id, "kind": row.kind, "state": row.state})
        if seen.is_due or seen.has_orphans:
            for number, (first, last) in enumerate(_LANES):
                if self._lanes[number] is None:
                    await self._fill(number, first, last)

    async def _fill(self, number: int, first: int, last: int) -> None:
        row = await self._claims.claim(self._kinds, first, last)
        if row is not None:
            job = Job(self._claims, row)
            self._lanes[number] = lane = _Lane(job, self._handlers[job.kind])
            lane.done = asyncio.create_task(self._finish(number, lane), name=f"job {job.id}")

    async def _finish(self, number: int, lane: "_Lane") -> None:
        try:
            await asyncio.wait({lane.task})
            became = outcome(lane.job, lane.task, is_closing=self._closing.is_set())
            while not await self._is_put_down(lane.job, became):
                if self._closing.is_set():
                    return  # the next worker finds that this one is dead
                await asyncio.sleep(self._tick)
        finally:
            self._lanes[number] = None
            self._wake.set()

    async def _is_put_down(self, job: Job, became: Outcome) -> bool:
        """False where the database does not answer. To put it down twice does no harm: then it is not ours."""
        try:
            if became.state == "lost":
                is_ours = False
            elif became.state == "queued":
                is_ours = await self._claims.put_back(job.id, wait=became.wait, error=became.error)
            else:
                is_ours = await self._claims.end(job.id, became.state, became.error)
        except DatabaseUnavailable:
            return False
        _tell(job, became if is_ours else Outcome("lost"))
        return True

    async def _close(self) -> None:
        self._closing.set()
        lanes = [lane for lane in self._lanes if lane]
        for lane in lanes:
            lane.task.cancel()
        if lanes:
            await asyncio.wait([lane.done for lane in lanes], timeout=_CLOSING)
        for lane in lanes:
            lane.done.cancel()
        with suppress(DatabaseUnavailable):  # the next worker finds that this one is dead
            await self._claims.release()


class _Lane:
    """A job while it is done."""

    done: "asyncio.Task[None]"

    def __init__(self, job: Job, handler: Handler) -> None:
        self.job = job
        self.task = asyncio.create_task(as_coroutine(handler, job), name=f"{job.kind} {job.id}")

    def stop(self) -> None:
        """Called at each look for as long as it goes on: what does not end by itself is cancelled."""
        if not self.job.stop_wanted.is_set():
            self.job.stop_wanted.set()
            self._stop_by = asyncio.get_running_loop().time() + _GRACE
        elif asyncio.get_running_loop().time() >= self._stop_by:
            self.task.cancel()


def _tell(job: Job, became: Outcome) -> None:
    known: dict[str, object] = {"job": job.id, "kind": job.kind, "progress": job.numbers}
    if became.crash is not None:
        logger.error("job_crashed", extra=known | {"place": place(became.crash)})
    elif became.state == "failed":
        logger.warning("job_failed", extra=known | {"reason": became.error})
    elif became.state == "queued" and became.error:
        logger.warning("job_retried", extra=known | {"reason": became.error, "wait": became.wait})
    elif became.state == "queued":
        logger.info("job_put_back", extra=known)
    elif became.state == "lost":
        logger.warning("job_lost", extra=known)
    else:
        logger.info("job_done" if became.state == "done" else "job_stopped", extra=known)
