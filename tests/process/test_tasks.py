"""Background tasks: their death is told, and they begin again."""

import asyncio
from functools import partial

import pytest

from rcmail.process.tasks import InTurn, shared, supervised


async def test_a_task_that_dies_is_logged_at_once_and_begun_again(caplog: pytest.LogCaptureFixture) -> None:
    begun = 0
    lives = asyncio.Event()

    async def work() -> None:
        nonlocal begun
        begun += 1
        if begun < 3:
            raise RuntimeError("no")
        lives.set()
        await asyncio.Event().wait()

    async with supervised("counting", work, pause=0.001):
        async with asyncio.timeout(20):
            await lives.wait()
    died = [record for record in caplog.records if record.message == "background_task_died"]
    assert [(record.levelname, record.__dict__["task"]) for record in died] == [("ERROR", "counting")] * 2


async def test_a_task_ends_with_its_block_and_in_silence(caplog: pytest.LogCaptureFixture) -> None:
    ended = False

    async def work() -> None:
        nonlocal ended
        try:
            await asyncio.Event().wait()
        finally:
            ended = True

    async with supervised("waiting", work):
        await asyncio.sleep(0)
    assert ended
    assert caplog.records == []


async def test_a_task_that_has_done_its_work_is_not_begun_again() -> None:
    begun = 0

    async def work() -> None:
        nonlocal begun
        begun += 1

    async with supervised("once", work, pause=0):
        await asyncio.sleep(0.05)
    assert begun == 1


async def test_who_goes_away_takes_nothing_from_the_others() -> None:
    work = asyncio.create_task(asyncio.sleep(0.05, "done"))
    impatient = asyncio.create_task(shared(work))
    await asyncio.sleep(0)
    impatient.cancel()
    assert await shared(work) == "done"


async def test_work_in_turn_is_done_one_after_the_other_and_all_of_it() -> None:
    done: list[str] = []

    async def work(name: str) -> None:
        done.append(f"begin {name}")
        await asyncio.sleep(0.01)
        done.append(f"end {name}")

    async with InTurn() as turn:
        for name in "ab":
            await turn.begin(partial(work, name))
            done.append(f"begun {name}")
    assert done == ["begun a", "begin a", "end a", "begun b", "begin b", "end b"]


async def test_work_in_turn_that_fails_is_told_before_the_next_begins() -> None:
    async def fail() -> None:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        async with InTurn() as turn:
            await turn.begin(fail)
            await turn.begin(asyncio.Event().wait)  # type: ignore[arg-type] # never begun
    with pytest.raises(RuntimeError):
        async with InTurn() as turn:
            await turn.begin(fail)


async def test_work_in_turn_comes_to_its_end_where_the_block_fails_and_not_where_it_is_cancelled() -> None:
    ended: list[str] = []

    async def work(name: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        ended.append(name)

    with pytest.raises(ValueError):
        async with InTurn() as turn:
            await turn.begin(partial(work, "short", 0.01))
            raise ValueError
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05), InTurn() as turn:
            await turn.begin(partial(work, "long", 60))
            await asyncio.sleep(60)
    assert ended == ["short"]
