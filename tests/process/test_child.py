"""The child process: what hangs, eats memory or dies in it costs one item, and it ends when its parent does."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from rcmail.errors import ChildFailed
from rcmail.process.child import Child
from tests.support import ROOT, clean_environment

HOSTILE = "tests.process.hostile"
DO = f"{HOSTILE}:do"


@pytest.fixture
async def child(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Child]:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    async with Child("tests.process") as child:
        yield child
    assert [each for each in psutil.Process().children() if "child_main" in " ".join(each.cmdline())] == []


def told(results: list[Any]) -> list[Any]:
    """The results with the sentences in place of the failures."""
    return [f"failed: {result}" if isinstance(result, ChildFailed) else result for result in results]


async def test_it_calls_functions_and_answers_what_json_can_say(child: Child) -> None:
    assert await child.call(f"{HOSTILE}:double", 21, timeout=20) == 42
    assert await child.map(f"{HOSTILE}:length", [b"", b"\x00\xff", bytes(3_000_000)], timeout=20) == [
        0,
        2,
        3_000_000,
    ]
    text = {"surrogate": "\udce9", "nul": "\x00", "list": [1, 2.5, None, True], "emoji": "🔧"}
    assert await child.call(f"{HOSTILE}:echo", text, timeout=20) == text
    assert await child.map(f"{HOSTILE}:double", [], timeout=20) == []


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("hang", "it took too long"),
        ("sleep", "it took too long"),
        ("eat", "it needs too much memory"),
        ("die", "the process died of it (SIGSEGV)"),
        ("raise", "reading it ended with ValueError"),
        ("much", "reading it ended with TooLarge"),
        ("object", "reading it ended with TypeError"),
    ],
)
async def test_what_one_item_does_costs_that_item_and_no_other(child: Child, what: str, sentence: str) -> None:
    seconds = 2 if sentence == "it took too long" else 20
    results = await child.map(DO, ["a", "b", what, "c", what, "d"], timeout=seconds)
    assert told(results) == ["a", "b", f"failed: {sentence}", "c", f"failed: {sentence}", "d"]
    assert await child.call(DO, "e", timeout=20) == "e"
    with pytest.raises(ChildFailed, match=sentence.partition("(")[0]):
        await child.call(DO, what, timeout=seconds)


async def test_an_item_whose_child_was_ended_by_somebody_else_is_read_by_the_next(
    child: Child, tmp_path: Path
) -> None:
    marks = [str(tmp_path / name) for name in "abc"]
    assert await child.map(f"{HOSTILE}:die_once", marks, timeout=20) == ["well"] * 3


async def test_a_child_that_died_while_it_had_nothing_to_do_is_replaced(child: Child) -> None:
    pid = await child.call(DO, "pid", timeout=20)
    os.kill(pid, signal.SIGKILL)
    assert await child.call(DO, "pid", timeout=20) != pid


async def test_one_that_is_well_is_kept(child: Child) -> None:
    """However soon the next request comes: the signal that ends it with its parent is not for that."""
    assert len({await child.call(DO, "pid", timeout=20) for _ in range(500)}) == 1


async def test_what_a_parser_prints_gets_nowhere(child: Child, capfd: pytest.CaptureFixture[str]) -> None:
    assert await child.map(DO, ["print", "a"], timeout=20) == ["print", "a"]
    assert capfd.readouterr() == ("", "")


async def test_the_secrets_of_our_environment_do_not_reach_it(
    child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    assert "SECRET_KEY" not in await child.call(DO, "environment", timeout=20)


async def test_only_functions_below_its_prefix_are_called(child: Child) -> None:
    for name in ("os:getcwd", "tests.process_other:do", "tests.support:free_port"):
        with pytest.raises(ChildFailed):
            await child.call(name, "", timeout=20)


async def test_a_call_that_is_cancelled_takes_its_child_along(child: Child) -> None:
    pid = await child.call(DO, "pid", timeout=20)
    process = psutil.Process(pid)
    idle = process.cpu_times().user
    call = asyncio.create_task(child.call(DO, "hang", timeout=60))
    async with asyncio.timeout(20):
        while process.cpu_times().user < idle + 0.1:  # it computes, on a busy machine with less than half a core
            await asyncio.sleep(0.01)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert not process.is_running()
    assert await child.call(DO, "a", timeout=20) == "a"


async def test_two_callers_take_turns(child: Child) -> None:
    calls = [child.map(f"{HOSTILE}:double", list(range(n)), timeout=20) for n in range(20)]
    assert await asyncio.gather(*calls) == [[2 * i for i in range(n)] for n in range(20)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_meant_for_its_parent_loses_no_item(child: Child, number: signal.Signals) -> None:
    """systemd sends SIGTERM to every process of the unit, a terminal Ctrl-C to every one in front."""
    pid = await child.call(DO, "pid", timeout=20)
    os.kill(pid, number)
    assert await child.call(DO, "pid", timeout=20) == pid


PARENT = """
import asyncio, sys
from rcmail.process.child import Child

async def main():
    async with Child("tests.process") as child:
        print(await child.call("tests.process.hostile:do", "pid", timeout=20), flush=True)
        await child.call("tests.process.hostile:do", sys.argv[1], timeout=600)

asyncio.run(main())
"""


@pytest.mark.parametrize("what", ["hang", "sleep"])
def test_it_ends_with_its_parent_also_after_kill_9_and_while_it_computes(what: str, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, what], env=clean_environment(), cwd=tmp_path, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        time.sleep(0.3)
        was_running = child.is_running()
        parent.kill()
        assert was_running
        began = time.monotonic()
        with suppress(psutil.NoSuchProcess):  # it may be gone between two questions
            while child.status() != psutil.STATUS_ZOMBIE:
                assert time.monotonic() - began < 20
                time.sleep(0.01)


async def test_a_thousand_small_calls_take_less_than_a_second(child: Child) -> None:
    await child.call(f"{HOSTILE}:double", 1, timeout=20)
    began = time.process_time(), time.monotonic()
    for _ in range(20):
        await child.map(f"{HOSTILE}:double", list(range(50)), timeout=20)
    used, took = time.process_time() - began[0], time.monotonic() - began[1]
    print(f"1,000 calls in batches of 50: {took:.3f} s, {used:.3f} s of our own processor time")
    assert used < 1


async def test_one_with_nothing_to_do_ends_by_itself_and_a_call_keeps_it_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    loop, passed = asyncio.get_running_loop(), 0.0
    real = loop.time
    monkeypatch.setattr(loop, "time", lambda: real() + passed)
    async with Child("tests.process", idle=1000) as child:
        pid = await child.call(DO, "pid", timeout=20)
        for _ in range(4):
            passed += 600
            await asyncio.sleep(0.01)
            assert await child.call(DO, "pid", timeout=20) == pid
        passed += 1001
        process = psutil.Process(pid)
        while process.is_running():
            await asyncio.sleep(0.01)
        assert await child.call(DO, "pid", timeout=20) != pid


async def test_it_gets_the_environment_that_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    async with Child("tests.process", environment={"OPENBLAS_NUM_THREADS": "1"}) as child:
        assert (await child.call(DO, "environment", timeout=20))["OPENBLAS_NUM_THREADS"] == "1"
