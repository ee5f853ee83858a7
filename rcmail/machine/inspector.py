"""Looks at the machine: everything at once, within a limit, once for however many ask, and quietly."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from inspect import iscoroutinefunction
from typing import Final, cast

from rcmail.machine.base import TROUBLE, Examination, Fact, Finding, NotTold, Verdict, not_here
from rcmail.process.threads import in_daemon_thread

logger = logging.getLogger("rcmail.health")

LIMIT: Final = 3.0  # seconds one look may take
MAX_AGE: Final = 2.0  # seconds a fact may be older than the request it answers
INTERVAL: Final = 30.0  # seconds between looks while nobody asks
CALM: Final = 600.0  # seconds something must be well before its trouble counts as over


class Inspector:
    """The facts of the machine. ``limit`` and ``max_age`` are in seconds, as is what ``clock`` tells."""

    def __init__(
        self,
        examinations: Iterable[Examination],
        *,
        limit: float = LIMIT,
        max_age: float = MAX_AGE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._examinations = tuple(examinations)
        self._limit = limit
        self._max_age = max_age
        self._clock = clock
        self._round: asyncio.Task[None] | None = None
        self._began = float("-inf")
        self._busy: dict[str, asyncio.Future[Finding]] = {}
        # The verdict that was logged, and when it was last seen.
        self._troubles: dict[str, tuple[Verdict, float]] = {}
        self.latest: tuple[Fact, ...] = ()
        """What is known without waiting; empty until the first look has ended."""
        self.troubles: tuple[Fact, ...] = ()
        """Those of ``latest`` that somebody should do something about, the worst first."""

    async def current(self) -> tuple[Fact, ...]:
        """The facts, none more than ``max_age`` older than this call. Takes ``limit`` at most."""
        oldest = self._clock() - self._max_age
        while self._began < oldest:
            # Shielded: whoever asked first may go away, the others still want the answer.
            await asyncio.shield(self._start())
        return self.latest

    def look_again(self) -> None:
        """Begin a look where the facts are older than ``max_age``, without waiting for it."""
        if self._began < self._clock() - self._max_age:
            self._start()

    async def watch(self, interval: float = INTERVAL) -> None:
        """Keep the facts from growing old; runs until cancelled."""
        while True:
            await self.current()
            await asyncio.sleep(interval)

    async def close(self) -> None:
        """End the look under way; what hangs in a thread is left behind."""
        pending = [task for task in (self._round, *self._busy.values()) if task]
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)

    def _start(self) -> asyncio.Task[None]:
        if self._round is None:
            self._round = asyncio.create_task(self._look(), name="machine")
        return self._round

    async def _look(self) -> None:
        began = self._clock()
        try:
            findings = await asyncio.gather(*map(self._finding, self._examinations))
            self.latest = tuple(
                Fact.of(each, finding) for each, finding in zip(self._examinations, findings, strict=True)
            )
            self.troubles = worst(self.latest)
            self._began = began
            for fact in self.latest:
                self._log(fact)
        finally:
            self._round = None

    async def _finding(self, examination: Examination) -> Finding:
        """Never raises, and begins nothing that still hangs from before: threads must not pile up."""
        task = self._busy.get(examination.name)
        if task is None:
            task = self._busy[examination.name] = asyncio.ensure_future(_run(examination))
            task.add_done_callback(lambda _: self._busy.pop(examination.name, None))
        done, _ = await asyncio.wait([task], timeout=self._limit)
        return task.result() if done else not_here(f"it did not answer within {self._limit:g} s")

    def _log(self, fact: Fact) -> None:
        """Once when it begins or becomes another trouble, once when it has been well for a while."""
        now = self._clock()
        known = self._troubles.get(fact.name)
        context = {"fact": fact.name, "value": fact.value}
        if fact.is_loud:
            self._troubles[fact.name] = (fact.verdict, now)
            if known is None or known[0] != fact.verdict:
                more = {"verdict": fact.verdict.value, "advice": fact.advice}
                logger.warning("machine_trouble", extra=context | more)
        elif known is not None and fact.verdict is Verdict.OK and now - known[1] >= CALM:
            del self._troubles[fact.name]
            logger.info("machine_trouble_over", extra=context)


async def _run(examination: Examination) -> Finding:
    try:
        if iscoroutinefunction(examination.look):
            return await cast("Awaitable[Finding]", examination.look())
        look = cast("Callable[[], Finding]", examination.look)
        return await in_daemon_thread(look, f"look at {examination.name}")
    except NotTold as error:
        return not_here(str(error))
    except FileNotFoundError:
        return not_here("this machine does not tell")
    except OSError as error:
        return not_here(f"it cannot be read: {error.strerror}")
    except ValueError:
        return not_here("what the system tells is not understood")
    except Exception:
        logger.exception("machine_look_crashed", extra={"fact": examination.name})
        return not_here("the look failed; see the log")


def worst(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts that somebody should do something about, the worst first."""
    return worst_first(fact for fact in facts if fact.is_loud)


def worst_first(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Errors, then warnings, then the rest as it was."""
    order = {verdict: number for number, verdict in enumerate(TROUBLE)}
    return tuple(sorted(facts, key=lambda fact: order.get(fact.verdict, len(order))))
