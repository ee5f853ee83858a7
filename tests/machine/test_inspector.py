"""Looking at the machine: at once, limited, shared, quiet."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable

import pytest

from rcmail.machine.base import Examination, Finding, Verdict
from rcmail.machine.inspector import CALM, Inspector, worst


def fact(name: str, look: Callable[[], Finding]) -> Examination:
    return Examination(name, name.title(), look)


async def test_a_look_that_hangs_holds_up_nobody_and_is_not_begun_twice() -> None:
    release = threading.Event()
    begun = []

    def hang() -> Finding:
        begun.append(1)
        release.wait(20)
        return Finding("late")

    inspector = Inspector([fact("a", hang), fact("b", lambda: Finding("well"))], limit=0.1, max_age=0)
    began = time.monotonic()
    first = await inspector.current()
    second = await inspector.current()
    assert time.monotonic() - began < 5
    assert [f.value for f in first] == [f.value for f in second] == ["", "well"]
    assert first[0].advice == "it did not answer within 0.1 s"
    assert len(begun) == 1
    release.set()
    while (await inspector.current())[0].value != "late":
        await asyncio.sleep(0.01)
    await inspector.close()


async def test_callers_of_the_same_moment_share_one_look() -> None:
    looks = []

    def look() -> Finding:
        looks.append(1)
        time.sleep(0.05)  # in a thread of its own
        return Finding("x")

    inspector = Inspector([fact("a", look)], max_age=5)
    await asyncio.gather(*(inspector.current() for _ in range(50)))
    await inspector.current()
    assert len(looks) == 1


async def test_a_caller_that_goes_away_takes_nothing_from_the_others() -> None:
    def look() -> Finding:
        time.sleep(0.1)
        return Finding("x")

    inspector = Inspector([fact("a", look)])
    impatient = asyncio.create_task(inspector.current())
    patient = asyncio.create_task(inspector.current())
    await asyncio.sleep(0.01)
    impatient.cancel()
    assert [f.value for f in await patient] == ["x"]


async def test_a_look_that_crashes_is_logged_and_told_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    def crash() -> Finding:
        raise RuntimeError("hunter2")

    [found] = await Inspector([fact("a", crash)]).current()
    assert (found.verdict, found.advice) == (Verdict.NOT_HERE, "the look failed; see the log")
    assert "machine_look_crashed" in caplog.text


async def test_a_trouble_is_logged_once_when_it_begins_and_once_when_it_is_over(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    now = 1000.0
    verdict = Verdict.OK
    inspector = Inspector([fact("disk", lambda: Finding("v", verdict, "do"))], max_age=0, clock=lambda: now)

    async def look(seen: Verdict, seconds: float) -> list[str]:
        nonlocal now, verdict
        verdict = seen
        now += seconds
        caplog.clear()
        await inspector.current()
        return [record.message for record in caplog.records if record.name == "rcmail.health"]

    assert await look(Verdict.OK, 30) == []
    assert await look(Verdict.WARNING, 30) == ["machine_trouble"]
    assert await look(Verdict.WARNING, 30) == []
    assert await look(Verdict.ERROR, 30) == ["machine_trouble"]
    assert await look(Verdict.OK, 30) == []  # it may come back
    assert await look(Verdict.ERROR, 30) == []
    assert await look(Verdict.NOT_HERE, CALM) == []  # not told is not well
    assert await look(Verdict.OK, CALM) == ["machine_trouble_over"]
    assert await look(Verdict.OK, 30) == []


async def test_what_a_check_says_already_is_not_raised_again(caplog: pytest.LogCaptureFixture) -> None:
    [found] = await Inspector(
        [fact("llm", lambda: Finding("gone", Verdict.WARNING, "do", is_told=True))]
    ).current()
    assert found.verdict is Verdict.WARNING
    assert worst([found]) == ()
    assert not caplog.records


async def test_the_worst_come_first_and_what_is_well_is_no_trouble() -> None:
    given = [Verdict.WARNING, Verdict.OK, Verdict.ERROR, Verdict.NOT_HERE, Verdict.WARNING, Verdict.WARNING]
    looks = [fact(str(n), lambda v=v: Finding("v", v, "do")) for n, v in enumerate(given)]  # type: ignore[misc]
    inspector = Inspector(looks)
    await inspector.current()
    assert [f.name for f in inspector.troubles] == ["2", "0", "4", "5"]
