"""Runs the checks: concurrently, within a limit each, once for however many ask."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from inspect import iscoroutinefunction
from typing import Final, cast

from rcmail import __version__
from rcmail.errors import Unconfigured, Unreachable
from rcmail.health.base import (
    Check,
    Finding,
    Group,
    NotTold,
    Result,
    ServiceStatus,
    Verdict,
    not_here,
)
from rcmail.health.telling import Telling
from rcmail.process.tasks import shared
from rcmail.process.threads import in_daemon_thread

logger = logging.getLogger("rcmail.health")

MAX_AGE: Final = 1.0  # seconds a result may be older than the request it answers
INTERVAL: Final = 30.0  # seconds between rounds while nobody asks: the banner's worst age


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """The latest result of every check that has one, in the order of the checks.

    While none changes it is the same object, so it can stand for its content.
    """

    services: tuple[Result, ...] = ()
    facts: tuple[Result, ...] = ()
    """Of the machine."""

    @classmethod
    def of(cls, results: Sequence[Result]) -> "Report":
        services, facts = (tuple(r for r in results if r.check.group is group) for group in Group)
        return cls(services, facts)

    @property
    def results(self) -> tuple[Result, ...]:
        return self.services + self.facts

    @property
    def is_ok(self) -> bool:
        """Whether every service answers."""
        return bool(self.services) and all(r.finding.status is ServiceStatus.OK for r in self.services)

    @property
    def is_well(self) -> bool:
        """Whether every service was looked at, and none needs anybody."""
        return bool(self.services) and not any(result.is_trouble for result in self.services)

    def get(self, name: str) -> Finding | None:
        return next((result.finding for result in self.results if result.name == name), None)

    def as_dict(self, *, is_full: bool = False) -> dict[str, object]:
        """What ``GET /health`` answers; in full with the verdict and the advice of every check."""
        told: dict[str, object] = {
            "status": "ok" if self.is_ok else "degraded",
            "checks": {result.name: result.finding.status for result in self.services},
            "details": {result.name: result.finding.value for result in self.services},
            "version": __version__,
        }
        return told | {"machine": [result.as_dict() for result in self.results]} if is_full else told


def _running() -> float:
    """Seconds since the machine was started, asleep or not: nobody sets this clock."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class _Probe:
    """One check with its last finding and the run under way."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self.finding: Finding | None = None
        self.finished = float("-inf")
        self.since = 0.0
        """When the run began that first found the present status, by ``_running``."""
        self.task: asyncio.Task[None] | None = None
        self.is_outdated = False
        self.thread: asyncio.Future[Finding] | None = None
        """A look in a thread, which cannot be ended: one that hangs is not begun a second time."""


class Monitor:
    """The health of everything, as fresh as asked for.

    ``max_age`` is in seconds; ``clock`` tells the time of day. Checks are asked for by name or by group.
    """

    def __init__(
        self,
        checks: Iterable[Check],
        *,
        max_age: float = MAX_AGE,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._probes = {check.name: _Probe(check) for check in checks}
        self._known: dict[tuple[str, ...], list[_Probe]] = {}
        self._max_age = max_age
        self._clock = clock
        self._telling = Telling()
        self.latest = Report()
        """What is known without waiting; empty until the first check has ended."""

    async def current(self, *wanted: str) -> Report:
        """The report, with no result of ``wanted`` (all) more than ``max_age`` older than this call."""
        oldest = time.monotonic() - self._max_age
        while stale := self._stale(wanted, oldest):
            await asyncio.gather(*(shared(self._start(probe)) for probe in stale))
        return self.latest

    def look_again(self, *wanted: str) -> None:
        """Begin a round where results are older than ``max_age``, without waiting for it."""
        for probe in self._stale(wanted, time.monotonic() - self._max_age):
            self._start(probe)

    def since(self, name: str) -> datetime | None:
        """When the present status of ``name`` was first found, None before its first result.

        Reckoned back from now: a Pi starts with the time of its last shutdown and is set right minutes later,
        and what was noted by the wrong clock would stay wrong.
        """
        probe = self._probes.get(name)
        if probe is None or probe.finding is None:
            return None
        return self._clock() - timedelta(seconds=_running() - probe.since)

    def expire(self) -> None:
        """What is looked at has changed: no result from before this call is fresh any more."""
        for probe in self._probes.values():
            probe.finished = float("-inf")
            probe.is_outdated = probe.task is not None

    async def watch(self, interval: float = INTERVAL) -> None:
        """Keep the latest report from growing old; runs until cancelled."""
        while True:
            await self.current()
            await asyncio.sleep(interval)

    async def close(self) -> None:
        """End the checks under way; what hangs in a thread is left behind."""
        probes = self._probes.values()
        tasks = [task for probe in probes for task in (probe.task, probe.thread) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _stale(self, wanted: tuple[str, ...], oldest: float) -> list[_Probe]:
        return [probe for probe in self._wanted(wanted) if probe.finished < oldest]

    def _wanted(self, wanted: tuple[str, ...]) -> list[_Probe]:
        """Those that are asked for by name or by group; all of them where nothing is."""
        if wanted not in self._known:
            probes = self._probes.items()
            self._known[wanted] = [p for name, p in probes if not wanted or {name, p.check.group} & {*wanted}]
        return self._known[wanted]

    def _start(self, probe: _Probe) -> asyncio.Task[None]:
        if probe.task is None:
            probe.task = asyncio.create_task(self._run(probe), name=f"check {probe.check.name}")
        return probe.task

    async def _run(self, probe: _Probe) -> None:
        began = _running()
        try:
            finding = await _outcome(probe)
            previous, probe.finding = probe.finding, finding
            if previous is None or previous.status is not finding.status:
                probe.since = began
            probe.finished = float("-inf") if probe.is_outdated else time.monotonic()
            probe.is_outdated = False
            self._telling.tell(Result(probe.check, finding), has_changed=finding != previous)
            if finding == previous:
                return
            known = ((each.check, each.finding) for each in self._probes.values())
            self.latest = Report.of([Result(check, finding) for check, finding in known if finding])
        finally:
            probe.task = None


async def _outcome(probe: _Probe) -> Finding:
    """What the look finds; never raises."""
    check = probe.check
    try:
        if iscoroutinefunction(check.look):
            async with asyncio.timeout(check.limit):
                return await cast("Awaitable[Finding]", check.look())
        return await _in_thread(probe)
    except Unconfigured as error:
        return Finding(str(error), Verdict.NOT_HERE, status=ServiceStatus.UNCONFIGURED)
    except Unreachable as error:
        return _silent(check, str(error))
    except TimeoutError:
        return _silent(check, f"timed out after {check.limit:g} s")
    except Exception as error:
        if check.group is Group.MACHINE and (why := _not_told(error)):
            return not_here(why)
        logger.exception("health_check_crashed", extra={"check": check.name})
        return _silent(check, "the check failed; see the log")


def _not_told(error: Exception) -> str:
    """Why the machine does not tell; empty where ``error`` is a mistake of ours."""
    if isinstance(error, NotTold):
        return str(error)
    if isinstance(error, FileNotFoundError):
        return "this machine does not tell"
    if isinstance(error, OSError):
        return f"it cannot be read: {error.strerror}"
    return "what the system tells is not understood" if isinstance(error, ValueError) else ""


async def _in_thread(probe: _Probe) -> Finding:
    look = cast("Callable[[], Finding]", probe.check.look)
    if probe.thread is None:
        probe.thread = asyncio.ensure_future(in_daemon_thread(look, f"look at {probe.check.name}"))
    done, _ = await asyncio.wait([probe.thread], timeout=probe.check.limit)
    if not done:
        raise TimeoutError
    found, probe.thread = probe.thread, None
    return found.result()


def _silent(check: Check, why: str) -> Finding:
    """A service has to answer; what the machine does not tell is no reason to worry."""
    if check.group is Group.MACHINE:
        return not_here(why)
    return Finding(why, check.silence, status=ServiceStatus.UNREACHABLE)
