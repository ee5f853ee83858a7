"""The monitor: concurrent, limited, shared, never older than asked for."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rcmail.errors import Unconfigured, Unreachable
from rcmail.health.base import Check, Finding, Group, ServiceStatus
from rcmail.health.monitor import Monitor, Report


class Fake:
    """A service whose look takes ``seconds`` and then says or raises what it was given."""

    def __init__(self, name: str, outcome: str | Exception = "well", seconds: float = 0, **more: Any) -> None:
        self.outcome = outcome
        self.seconds = seconds
        self.runs = 0
        self.check = Check(name, name.title(), self.look, Group.SERVICES, **more)

    async def look(self) -> Finding:
        self.runs += 1
        await asyncio.sleep(self.seconds)
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return Finding(self.outcome)


def monitor_of(*fakes: Fake, **options: Any) -> Monitor:
    return Monitor([fake.check for fake in fakes], **options)


def status_of(report: Report, name: str) -> str:
    finding = report.get(name)
    assert finding is not None
    return finding.status.value


@pytest.mark.parametrize(
    ("outcome", "status", "detail"),
    [
        ("all is well", ServiceStatus.OK, "all is well"),
        (Unreachable("gone"), ServiceStatus.UNREACHABLE, "gone"),
        (Unconfigured("not set"), ServiceStatus.UNCONFIGURED, "not set"),
        (ValueError("hunter2 in a traceback"), ServiceStatus.UNREACHABLE, "the check failed; see the log"),
        (TimeoutError(), ServiceStatus.UNREACHABLE, "timed out after 3 s"),
    ],
)
async def test_every_outcome_becomes_a_status_and_a_sentence(
    outcome: str | Exception, status: ServiceStatus, detail: str
) -> None:
    [result] = (await monitor_of(Fake("x", outcome)).current()).results
    assert (result.finding.status, result.finding.value) == (status, detail)


async def test_checks_run_at_the_same_time_and_each_has_its_limit() -> None:
    fakes = [Fake("a", seconds=60, limit=0.2), Fake("b", seconds=60, limit=0.1), Fake("c")]
    began = time.monotonic()
    report = await monitor_of(*fakes).current()
    assert time.monotonic() - began < 5
    assert {result.name: (result.finding.status.value, result.finding.value) for result in report.results} == {
        "a": ("unreachable", "timed out after 0.2 s"),
        "b": ("unreachable", "timed out after 0.1 s"),
        "c": ("ok", "well"),
    }


async def test_callers_of_the_same_moment_share_one_round() -> None:
    check = Fake("a", seconds=0.05)
    monitor = monitor_of(check)
    await asyncio.gather(*(monitor.current() for _ in range(50)))
    await monitor.current()
    assert check.runs == 1


async def test_a_result_older_than_allowed_is_looked_up_anew() -> None:
    check = Fake("a")
    monitor = monitor_of(check, max_age=0.05)
    await monitor.current()
    check.outcome = Unreachable("gone")
    await asyncio.sleep(0.06)
    assert status_of(await monitor.current(), "a") == "unreachable"


async def test_after_a_change_neither_old_results_nor_runs_under_way_count() -> None:
    check = Fake("a", seconds=0.05)
    monitor = monitor_of(check)
    await monitor.current()
    monitor.expire()
    under_way = asyncio.create_task(monitor.current())
    await asyncio.sleep(0.02)
    monitor.expire()
    check.outcome = Unreachable("the new one is gone")
    await monitor.current()
    await under_way
    assert check.runs == 3


async def test_only_the_named_checks_are_waited_for() -> None:
    slow = Fake("slow", seconds=60)
    monitor = monitor_of(slow, Fake("db"))
    async with asyncio.timeout(20):
        report = await monitor.current("db")
    assert report.get("db")
    assert slow.runs == 0


async def test_a_caller_that_goes_away_takes_nothing_with_it() -> None:
    check = Fake("a", seconds=0.1)
    monitor = monitor_of(check)
    first = asyncio.create_task(monitor.current())
    second = asyncio.create_task(monitor.current())
    await asyncio.sleep(0.02)
    first.cancel()
    assert status_of(await second, "a") == "ok"
    assert check.runs == 1


async def test_looking_again_does_not_wait_and_updates_what_is_known() -> None:
    check = Fake("a", seconds=0.02)
    monitor = monitor_of(check)
    monitor.look_again()
    monitor.look_again()
    assert monitor.latest.get("a") is None
    async with asyncio.timeout(20):
        while not monitor.latest.is_ok:
            await asyncio.sleep(0.01)
    assert check.runs == 1


async def test_watching_keeps_the_report_young_until_cancelled() -> None:
    check = Fake("a")
    monitor = monitor_of(check, max_age=0)
    watching = asyncio.create_task(monitor.watch(0.02))
    async with asyncio.timeout(20):
        while check.runs < 3:
            await asyncio.sleep(0.01)
    assert not watching.done()
    watching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await watching


async def test_closing_ends_the_checks_under_way() -> None:
    check = Fake("a", seconds=60)
    monitor = monitor_of(check)
    monitor.look_again()
    await asyncio.sleep(0)
    async with asyncio.timeout(20):
        await monitor.close()


async def test_a_change_is_logged_loudly_and_its_repetition_quietly(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "rcmail.health")
    check = Fake("llm")
    monitor = monitor_of(check, max_age=0)
    for outcome in ("well", "well", Unreachable("gone"), Unreachable("gone"), "well"):
        check.outcome = outcome
        await monitor.current()
    logged = [(record.levelname, record.__dict__["status"]) for record in caplog.records]
    assert logged == [
        ("INFO", "ok"), ("DEBUG", "ok"), ("WARNING", "unreachable"), ("DEBUG", "unreachable"), ("INFO", "ok"),
    ]  # fmt: skip
    assert {record.__dict__["check"] for record in caplog.records} == {"llm"}


class Clock:
    """A clock that can be set."""

    def __init__(self) -> None:
        self.shift = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.shift


async def test_it_remembers_since_when_a_status_has_been_as_it_is() -> None:
    check = Fake("a", Unreachable("refused"))
    monitor = monitor_of(check, max_age=0)
    assert monitor.since("a") is None
    assert monitor.since("nothing") is None
    before = datetime.now(UTC)
    await monitor.current()
    began = monitor.since("a")
    assert began is not None
    assert abs(began - before) < timedelta(seconds=1)
    await asyncio.sleep(0.5)
    check.outcome = Unreachable("timed out")  # another sentence, the same status
    await monitor.current()
    again = monitor.since("a")
    assert again is not None
    assert abs(again - began) < timedelta(seconds=0.3)
    check.outcome = "well"
    await monitor.current()
    well = monitor.since("a")
    assert well is not None
    assert well - began > timedelta(seconds=0.4)


async def test_a_status_began_when_the_run_began_that_found_it() -> None:
    monitor = monitor_of(Fake("a", seconds=60, limit=1))
    before = datetime.now(UTC)
    await monitor.current()
    began = monitor.since("a")
    assert began is not None
    assert began - before < timedelta(seconds=0.9)


async def test_since_when_is_right_although_the_clock_was_set_in_between() -> None:
    clock = Clock()
    clock.shift = -timedelta(days=20000)  # a Pi that thinks it is 1970
    monitor = monitor_of(Fake("a", Unreachable("gone")), clock=clock)
    await monitor.current()
    clock.shift = timedelta()
    began = monitor.since("a")
    assert began is not None
    assert abs(datetime.now(UTC) - began) < timedelta(seconds=30)
