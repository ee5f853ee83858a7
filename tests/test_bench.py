"""The benchmark measures what it says: timings themselves are no test."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from email import message_from_bytes
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bench import letters, mail
from bench.__main__ import BEGIN, END, bounds, markdown, put_into
from bench.house import House, running
from bench.measure import wrk
from bench.soak import Soak
from tests.support import ROOT

needs_wrk = pytest.mark.skipif(not shutil.which("wrk") and "CI" not in os.environ, reason="wrk is not installed")


def figures(**changes: float) -> dict[str, Any]:
    """A run in which every bound is met, each just so, but for ``changes``."""
    found = {"health": 0.6, "page": 0.25, "p99": 1999.0, "save": 2.5, "start": 0.6, "ratio": 9.0, "idle": 55.0,
             "after": 60.0} | changes  # fmt: skip
    row = {"per_second": 1, "of JSON": 1, "of SELECT": 1, "p50_ms": 1.0, "p99_ms": 1.0, "requests": 1}
    good = [{**row, "name": name, "connections": 1} for name in ("/health", "/", "POST /config")]
    worst = [
        {**row, "name": "/health", "connections": 50, "of JSON": found["health"], "p99_ms": found["p99"]},
        {**row, "name": "/", "connections": 50, "of SELECT": found["page"]},
        {**row, "name": "POST /config", "connections": 50, "p50_ms": 99.0},
    ]
    good[2]["p50_ms"] = found["save"]
    return {
        "machine": {"processor": "one"},
        "speed": good + worst,
        "memory": {"idle": found["idle"], "bare, idle": 99.0, "after 100 requests": found["after"]},
        "start": {"rcmail": found["start"], "bare": 0.1, "ratio": found["ratio"]},
        "log": {"a second": 1},
    }


def missed(found: dict[str, Any]) -> list[str]:
    return [what for what, _, _, is_met in bounds(found) if not is_met]


def test_what_is_just_within_its_bound_is_met() -> None:
    assert missed(figures()) == []
    assert missed(figures(start=2.0, ratio=3.5)) == []  # a slow machine's start is compared with the bare one's
    assert markdown(figures()).count("| met |") == len(bounds(figures()))


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"health": 0.59}, "`/health`, of a bare handler"),
        ({"page": 0.24}, "`/`, of a bare handler"),
        ({"p99": 2000.0}, "`/health`, all reachable"),
        ({"save": 2.51}, "`POST /config`"),
        ({"start": 0.61, "ratio": 3.51}, "start"),
        ({"idle": 55.1}, "memory at idle, schema current"),
        ({"after": 60.1}, "memory after"),
    ],
)
def test_what_is_beyond_its_bound_is_missed(changes: dict[str, float], what: str) -> None:
    [named] = missed(figures(**changes))
    assert named.startswith(what)
    assert markdown(figures(**changes)).count("| **missed** |") == 1


def test_the_figures_take_the_place_of_the_old_ones_and_of_nothing_else() -> None:
    document = (ROOT / "docs/figures.md").read_text()
    once = put_into(document, "new figures")
    assert put_into(once, "new figures") == once
    assert once == document.partition(BEGIN)[0] + f"{BEGIN}\nnew figures\n\n{END}" + document.partition(END)[2]
    with pytest.raises(ValueError):
        put_into("a document without a place for them", "new figures")


def test_who_has_no_wrk_is_told_what_to_install(tmp_path: Path) -> None:
    done = bench(PATH=str(tmp_path))
    assert done.returncode == 2
    assert "apt install wrk" in done.stderr
    assert "Traceback" not in done.stderr


@needs_wrk
def test_what_is_refused_is_no_measurement(tmp_path: Path) -> None:
    bare = House(tmp_path, SimpleNamespace(socket="none"), None).bare({}, with_database=False)  # type: ignore[arg-type]
    with running(bare):
        assert wrk(("/health", {}, ""), bare, 2)["requests"] > 0
        with pytest.raises(RuntimeError, match="/nowhere was refused"):
            wrk(("/nowhere", {}, ""), bare, 2)
        with pytest.raises(RuntimeError, match="/select was refused"):
            wrk(("/select", {}, ""), bare, 2)


@needs_wrk
def test_a_quick_run_measures_everything_and_its_exit_code_is_the_verdict(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    done = bench("--quick", "--json", str(path))
    assert done.returncode in (0, 1), done.stderr  # 1: a bound is missed, as it may be on a busy machine
    found = json.loads(path.read_text())
    assert Counter(row["name"] for row in found["speed"]) == dict.fromkeys(
        ("bare: JSON", "bare: SELECT", "/health", "/", "/config", "POST /config"), 2
    )
    assert all(row["requests"] > 0 and row["p50_ms"] > 0 for row in found["speed"])
    assert all(20 < mb < 200 for mb in found["memory"].values())
    assert all(0 < seconds < 60 for seconds in found["start"].values())
    assert markdown(found) in done.stdout
    assert done.returncode == bool(missed(found))
    assert all(what in done.stderr for what in missed(found))


def test_a_soak_finds_growth_mistakes_and_trouble_that_no_fault_explains(tmp_path: Path) -> None:
    (tmp_path / "stdout").write_text('{"level": "WARNING", "event": "fine"}\n{"level": "ERROR", "event": "bad"}\n')
    service: Any = SimpleNamespace(folder=tmp_path)
    built: Any = SimpleNamespace(postgres=None, ollama=None)
    run = Soak(built, service)
    run.faults = [(10.0, 20.0)]
    run.troubles = [(19.0, 21.0, "explained"), (20.5, 21.0, "too late"), (8.0, 9.5, "too early")]
    run.at_rest = [{"memory_mb": 50 + 2 * n, "descriptors": 10 + n, "threads": 3} for n in range(4)]
    assert run.wrong() == ["too late", "too early", "memory_mb grew: [50, 52, 54, 56]", "logged: bad"]


def test_a_small_run_over_mail_measures_everything(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"  # fewer may be in before anybody has looked how large the child is
    done = bench("600", "--asks", "3", "--json", str(path), module="bench.mail")
    assert done.returncode in (0, 1), done.stderr  # 1: so few mails do not come in at 200 a second
    found = json.loads(path.read_text())["600"]
    assert all(value > 0 for value in found.values())
    assert {"mails a second", "memory of the child that parses, MB", "/, while mail comes in, p95 ms",
            "search, two words, p95 ms", "a conversation, p95 ms", "vectors: mails read a second of one core",
            "similar, with the helper warm, p95 ms", "memory of the helper, MB"} <= found.keys()  # fmt: skip
    assert done.returncode == bool(mail.beyond({600: found}))
    assert mail.markdown({600: found}, {}).partition("| what")[2] in done.stdout


@pytest.mark.parametrize(
    ("what", "least", "most"),
    [
        ("mails a second", 200, 1e9),
        ("memory of the command, MB", 0, 150),
        ("/health, while mail comes in, p95 ms", 0, 100),
        ("search, two words, p95 ms", 0, 100),
        ("the page, waiting, p95 ms", 0, 50),
        ("the page, waiting, p50 ms", 0, 1e9),
        ("the database, MB", 0, 1e9),
        ("vectors: mails read a second of one core", 150, 1e9),
        ("vectors: past requests a second of one core", 0, 1e9),
        ("similar, with the helper warm, p95 ms", 0, 300),
        ("memory of the helper, MB", 0, 230),
    ],
)
def test_each_figure_of_mail_has_its_bound_where_there_is_one(what: str, least: float, most: float) -> None:
    assert mail.beyond({200: {what: least}, 20_000: {what: most}}) == []
    assert mail.beyond({200: {what: least - 1}}) == [what] * (least > 0)
    assert mail.beyond({200: {what: most + 1}}) == [what] * (most < 1e9)
    assert mail.beyond({100_000: {what: most + 1}}) == []  # told, not judged


def test_invented_mail_is_of_conversations_and_each_mail_is_its_own() -> None:
    found = [message_from_bytes(each.partition(b"\n")[2]) for each in letters.mbox(300)]
    assert len({each["Message-ID"] for each in found}) == len({str(each.get_payload()) for each in found}) == 300
    assert 150 < sum(each["In-Reply-To"] is not None for each in found) < 210
    assert 140 < sum(each.is_multipart() for each in found) < 220


def bench(*arguments: str, module: str = "bench", **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=dict(os.environ) | variables,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
