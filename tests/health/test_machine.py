"""Looking at the machine: in threads, limited, shared, quiet."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable

import pytest

from rcmail.health.base import Check, Finding, Group, Result, Verdict, worst_first
from rcmail.health.monitor import Monitor
from rcmail.health.telling import CALM, Telling


def fact(name: str, look: Callable[[], Finding], limit: float = 3) -> Check:
    return Check(name, name.title(), look, limit=limit)


async def values(monitor: Monitor) -> list[str]:
    return [result.finding.value for result in (await monitor.current(Group.MACHINE)).results]


async def test_a_look_that_hangs_holds_up_nobody_and_is_not_begun_twice() -> None:
    release = threading.Event()
    begun = []

    def hang() -> Finding:
        begun.append(1)
        release.wait(20)
        return Finding("late")

    monitor = Monitor([fact("a", hang, 0.1), fact("b", lambda: Finding("well"))], max_age=0)
    began = time.monotonic()
    first = await values(monitor)
    second = await values(monitor)
    assert time.monotonic() - began < 5
    assert first == second == ["timed out after 0.1 s", "well"]
    assert (await monitor.current()).results[0].finding.verdict is Verdict.NOT_HERE
    assert len(begun) == 1
    release.set()
    async with asyncio.timeout(10):
        while (await values(monitor))[0] != "late":
            await asyncio.sleep(0.01)
    await monitor.close()


async def test_callers_of_the_same_moment_share_one_look() -> None:
    looks = []

    def look() -> Finding:
        looks.append(1)
        time.sleep(0.05)  # in a thread of its own
        return Finding("x")

    monitor = Monitor([fact("a", look)], max_age=5)
    await asyncio.gather(*(monitor.current() for _ in range(50)))
    await monitor.current()
    assert len(looks) == 1


async def test_a_caller_that_goes_away_takes_nothing_from_the_others() -> None:
    def look() -> Finding:
        time.sleep(0.1)
        return Finding("x")

    monitor = Monitor([fact("a", look)])
    impatient = asyncio.create_task(monitor.current())
    patient = asyncio.create_task(monitor.current())
    await asyncio.sleep(0.01)
    impatient.cancel()
    assert [result.finding.value for result in (await patient).results] == ["x"]


async def test_a_look_that_crashes_is_logged_and_told_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    def crash() -> Finding:
        raise RuntimeError("hunter2")

    [result] = (await Monitor([fact("a", crash)]).current()).results
    assert (result.finding.verdict, result.finding.value) == (Verdict.NOT_HERE, "the check failed; see the log")
    assert "health_check_crashed" in caplog.text


async def test_a_trouble_is_logged_once_when_it_begins_and_once_when_it_is_over(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    now = 1000.0
    telling = Telling(clock=lambda: now)
    check = fact("disk", lambda: Finding("v"))

    def told(verdict: Verdict, seconds: float) -> list[str]:
        nonlocal now
        now += seconds
        caplog.clear()
        telling.tell(Result(check, Finding("v", verdict, "do")), has_changed=True)
        return [record.message for record in caplog.records if record.name == "rcmail.health"]

    assert told(Verdict.OK, 30) == []
    assert told(Verdict.WARNING, 30) == ["machine_trouble"]
    assert told(Verdict.WARNING, 30) == []
    assert told(Verdict.ERROR, 30) == ["machine_trouble"]
    assert told(Verdict.OK, 30) == []  # it may come back
    assert told(Verdict.ERROR, 30) == []
    assert told(Verdict.NOT_HERE, CALM) == []  # not told is not well
    assert told(Verdict.OK, CALM) == ["machine_trouble_over"]
    assert told(Verdict.OK, 30) == []


async def test_the_worst_come_first() -> None:
    given = [Verdict.WARNING, Verdict.OK, Verdict.ERROR, Verdict.NOT_HERE, Verdict.WARNING]
    looks = [fact(str(n), lambda v=v: Finding("v", v, "do")) for n, v in enumerate(given)]  # type: ignore[misc]
    report = await Monitor(looks).current()
    assert [result.name for result in worst_first(report.facts)] == ["2", "0", "4", "1", "3"]
