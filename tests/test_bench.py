"""The benchmark measures what it says: timings themselves are no test."""

import json
import os
import shutil
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import report, wrk
from bench.processes import weigh
from tests.support import ROOT

TOLD = {"requests": 300, "microseconds": 2_000_000, "p50_us": 700, "p99_us": 9000, "failed": 0, "refused": 0}
needs_wrk = pytest.mark.skipif(not shutil.which("wrk") and "CI" not in os.environ, reason="wrk is not installed")


def output(**changes: Any) -> str:
    """What wrk prints, with the line of our script in it."""
    return f"Running 2s test @ http://127.0.0.1/\n\nRESULT {json.dumps(TOLD | changes)}\nRequests/sec: 150.00\n"


def test_the_result_of_wrk_is_read() -> None:
    result = wrk.parse(output(), "/")
    assert result == wrk.Result(requests=300, seconds=2.0, p50_ms=0.7, p99_ms=9.0)
    assert result.per_second == 150


@pytest.mark.parametrize(
    "text",
    [
        "",
        "RESULT",
        "RESULT ",
        "RESULT []",
        "RESULT 7",
        "RESULT {}",
        "RESULT " + "[" * 100_000,
        "unable to connect to 127.0.0.1:1 Connection refused",
        output(requests=None),
        output(requests="many"),
        output(requests=float("inf")),
        output(requests=float("nan")),
        output(requests=0),
        output(requests=-5),
        output(microseconds=0),
        output(p50_us=[1]),
        output(failed=3),
        output(refused=3),
        output().replace("RESULT", " RESULT"),
        output().replace("}", ""),
    ],
)
def test_what_is_no_result_is_no_measurement(text: str) -> None:
    with pytest.raises(wrk.WrkError, match=r"^/config: "):
        wrk.parse(text, "/config")


@given(st.text() | st.text().map("RESULT {}".format) | st.from_type(dict[str, int]).map(json.dumps))
def test_nothing_that_wrk_may_print_breaks_the_reader(text: str) -> None:
    with pytest.raises(wrk.WrkError):
        wrk.parse(text, "/")


def test_who_has_no_wrk_is_told_what_to_install(tmp_path: Path) -> None:
    done = bench("--tiny", PATH=str(tmp_path))
    assert done.returncode == 2
    assert "apt install wrk" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_interpreter_shared_with_others_is_weighed_in_full_and_a_library_is_not() -> None:
    mapping = (
        "{} r-xp 00000000 08:01 42{}\nSize: 9999 kB\nRss: {} kB\nPss: {} kB\nPss_Dirty: 7 kB\nVmFlags: rd ex\n"
    )
    smaps = (
        mapping.format("55d0c0000000-55d0c0200000", "   /usr/lib/python3.13/with space/x.so", 2048, 1024)
        + mapping.format("7f00a0000000-7f00a0200000", "   /usr/lib/libc.so.6", 4096, 1024)
        + mapping.format("7f00b0000000-7f00b0200000", "", 3072, 3072)
        + "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 [vsyscall]\nSize: 4 kB\n"
    )
    assert weigh(smaps) == {"pss": 5.0, "alone": 6.0}


@pytest.fixture
def figures() -> dict[str, Any]:
    """A run in which every bound is met, each just so."""
    shares = {"floor: JSON": 1, "/health": 0.6, "/": 0.35, "/config": 0.1, "POST /config": 0.05}
    return {
        "machine": {"processor": "one"},
        "throughput": [
            {
                "name": name, "connections": connections, "requests": 1000, "per_second": 5000 * ratio,
                "ratio": ratio, "cpu_us": 50 / ratio, "cpu_ratio": ratio, "p50_ms": 2.5 * connections, "p99_ms": 9,
            }
            for name, ratio in shares.items()
            for connections in (1, 10)
        ],
        "memory": {
            "idle": {"pss": 40, "alone": 50},
            "bare, idle": {"pss": 30, "alone": 35},
            "after 100000 requests": {"pss": 41, "alone": 60},
            "after 240 polls": {"pss": 41, "alone": 55},
        },
        "start": {"service": 0.6, "bare": 0.3, "ratio": 4.0},
        "log": {kind: {"per_second": 9, "without_redaction": 10} for kind in ("ordinary", "tracebacks")},
    }  # fmt: skip


def test_what_is_just_within_its_bound_is_met(figures: dict[str, Any]) -> None:
    assert report.missed(figures) == []
    assert report.markdown(figures).count("| met |") == len(report.BOUNDS)


@pytest.mark.parametrize(
    ("where", "value", "what"),
    [
        (("throughput", 2, "ratio"), 0.59, "`/health`, of"),
        (("throughput", 3, "cpu_ratio"), 0.59, "`/health`, of"),
        (("throughput", 5, "ratio"), 0.34, "`/`"),
        (("throughput", 8, "p50_ms"), 2.51, "`POST /config`"),
        (("throughput", 3, "p99_ms"), 2000, "p99"),
        (("memory", "idle", "alone"), 50.1, "at idle"),
        (("memory", "after 240 polls", "alone"), 60.1, "after"),
        (("start", "service"), 0.61, "start"),
    ],
)
def test_what_is_beyond_its_bound_is_missed(
    figures: dict[str, Any], where: tuple[Any, ...], value: float, what: str
) -> None:
    spoilt = deepcopy(figures)
    place: Any = spoilt
    for step in where[:-1]:
        place = place[step]
    place[where[-1]] = value
    [missed] = report.missed(spoilt)
    assert what in missed
    assert report.markdown(spoilt).count("**missed**") == 1


def test_a_slow_machine_s_start_is_compared_with_the_bare_application_s(figures: dict[str, Any]) -> None:
    figures["start"] = {"service": 2.0, "bare": 0.6, "ratio": 3.4}
    assert report.missed(figures) == []


def test_the_figures_take_the_place_of_the_old_ones_and_of_nothing_else(figures: dict[str, Any]) -> None:
    document = (ROOT / "docs/figures.md").read_text()
    text = report.markdown(figures)
    once = report.put_into(document, text)
    assert text in once
    assert report.put_into(once, text) == once
    assert once.partition(report.BEGIN)[0] == document.partition(report.BEGIN)[0]
    assert once.partition(report.END)[2] == document.partition(report.END)[2]
    with pytest.raises(ValueError, match="figures"):
        report.put_into("a document without a place for them", text)


@needs_wrk
def test_a_tiny_run_measures_everything(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    done = bench("--tiny", "--json", str(path))
    assert done.returncode in (0, 1), done.stderr  # 1: a bound is missed, as it may be on a busy machine
    figures = json.loads(path.read_text())
    assert [row["name"] for row in figures["throughput"]] == [
        "floor: JSON", "floor: SELECT 1", "/health", "/health/fragment", "/", "/config", "POST /config",
    ]  # fmt: skip
    assert all(
        row["requests"] > 0 and row["per_second"] > 0 and row["p50_ms"] > 0 for row in figures["throughput"]
    )
    assert all(10 < mb["pss"] <= mb["alone"] < 500 for mb in figures["memory"].values())
    assert 0 < figures["start"]["bare"] < 60
    assert figures["log"]["threads"] == {"lost": 0, "mixed": 0}
    assert report.markdown(figures) in done.stdout
    assert done.returncode == bool(report.missed(figures))


def bench(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bench", *arguments],
        cwd=ROOT,
        env=dict(os.environ) | variables,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
