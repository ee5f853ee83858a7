"""Runs the checks: concurrently, within a limit each, once for however many ask."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from rcmail import __version__
from rcmail.errors import Unconfigured, Unreachable
from rcmail.health.base import Check, CheckResult, ServiceStatus

logger = logging.getLogger("rcmail.health")

LIMIT: Final = 3.0  # seconds a check may take
MAX_AGE: Final = 1.0  # seconds a result may be older than the request it answers
INTERVAL: Final = 30.0  # seconds between rounds while nobody asks: the banner's worst age


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """The latest result of every check that has one. While none changes it is the same object, so it can stand
    for its content."""

    results: tuple[CheckResult, ...]

    @property
    def is_ok(self) -> bool:
        return bool(self.results) and all(result.status is ServiceStatus.OK for result in self.results)

    def as_dict(self) -> dict[str, object]:
        """What ``GET /health`` answers."""
        return {
            "status": "ok" if self.is_ok else "degraded",
            "checks": {result.name: result.status.value for result in self.results},
            "details": {result.name: result.detail for result in self.results},
            "version": __version__,
        }

    def get(self, name: str) -> CheckResult | None:
        return next((result for result in self.results if result.name == name), None)


def _running() -> float:
    """Seconds since the machine was started, asleep or not: nobody sets this clock."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class _Probe:
    """One check with its last result and the run under way."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self.result: CheckResult | None = None
        self.finished = float("-inf")
        self.since = 0.0
        """When the run began that first found the present status, by ``_running``."""
        self.task: asyncio.Task[None] | None = None
        self.is_outdated = False


class Monitor:
    """The health of everything, as fresh as asked for.

    ``limit`` and ``max_age`` are in seconds; ``clock`` tells the time of day.
    """

    def __init__(
        self,
        checks: Iterable[Check],
        *,
        limit: float = LIMIT,
        max_age: float = MAX_AGE,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._probes = {check.name: _Probe(check) for check in checks}
        self._limit = limit
        self._max_age = max_age
        self._clock = clock
        self.latest = Report(())
        """What is known without waiting; empty until the first check has ended."""

    async def current(self, *names: str) -> Report:
        """The report, with no result of ``names`` (all) more than ``max_age`` older than this call."""
        oldest = time.monotonic() - self._max_age
        probes = [self._probes[name] for name in names or self._probes]
        while stale := [probe for probe in probes if probe.finished < oldest]:
            # Shielded: whoever asked first may go away, the others still want the answer.
            await asyncio.gather(*(asyncio.shield(self._start(probe)) for probe in stale))
        return self.latest

    def since(self, name: str) -> datetime | None:
        """When the present status of ``name`` was first found, None before its first result.

        Reckoned back from now: a Pi starts with the time of its last shutdown and is set right minutes later,
        and what was noted by the wrong clock would stay wrong.
        """
        probe = self._probes.get(name)
        if probe is None or probe.result is None:
            return None
        return self._clock() - timedelta(seconds=_running() - probe.since)

    def expire(self) -> None:
        """What is looked at has changed: no result from before this call is fresh any more."""
        for probe in self._probes.values():
            probe.finished = float("-inf")
            probe.is_outdated = probe.task is not None

    def look_again(self) -> None:
        """Begin a round where results are older than ``max_age``, without waiting for it."""
        oldest = time.monotonic() - self._max_age
        for probe in self._probes.values():
            if probe.finished < oldest:
                self._start(probe)

    async def watch(self, interval: float = INTERVAL) -> None:
        """Keep the latest report from growing old; runs until cancelled."""
        while True:
            await self.current()
            await asyncio.sleep(interval)

    async def close(self) -> None:
        """End the checks under way."""
        tasks = [probe.task for probe in self._probes.values() if probe.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _start(self, probe: _Probe) -> asyncio.Task[None]:
        if probe.task is None:
            probe.task = asyncio.create_task(self._run(probe), name=f"check {probe.check.name}")
        return probe.task

    async def _run(self, probe: _Probe) -> None:
        began = _running()
        try:
            result = await self._outcome(probe.check)
            previous, probe.result = probe.result, result
            if previous is None or previous.status is not result.status:
                probe.since = began
            probe.finished = float("-inf") if probe.is_outdated else time.monotonic()
            probe.is_outdated = False
            self._log(result, has_changed=result != previous)
            if result != previous:
                results = (each.result for each in self._probes.values())
                self.latest = Report(tuple(result for result in results if result))
        finally:
            probe.task = None

    async def _outcome(self, check: Check) -> CheckResult:
        try:
            async with asyncio.timeout(self._limit):
                return CheckResult(check.name, ServiceStatus.OK, await check.run())
        except Unconfigured as error:
            return CheckResult(check.name, ServiceStatus.UNCONFIGURED, str(error))
        except Unreachable as error:
            return CheckResult(check.name, ServiceStatus.UNREACHABLE, str(error))
        except TimeoutError:
            return CheckResult(check.name, ServiceStatus.UNREACHABLE, f"timed out after {self._limit:g} s")
        except Exception:
            logger.exception("health_check_crashed", extra={"check": check.name})
            return CheckResult(check.name, ServiceStatus.UNREACHABLE, "the check failed; see the log")

    def _log(self, result: CheckResult, *, has_changed: bool) -> None:
        level = logging.DEBUG
        if has_changed:
            unreachable = result.status is ServiceStatus.UNREACHABLE
            level = logging.WARNING if unreachable else logging.INFO
        logger.log(
            level,
            "health_check",
            extra={"check": result.name, "status": result.status.value, "detail": result.detail},
        )
