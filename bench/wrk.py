"""The load generator: wrk, one thread on a core of its own. https://github.com/wg/wrk"""

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

SCRIPT: Final = Path(__file__).with_name("wrk.lua")


class WrkError(Exception):
    """wrk is missing, or what it measured is no measurement."""


@dataclass(frozen=True)
class Load:
    """Requests of one kind. A ``body`` makes it a POST; its ``@`` is a number that changes."""

    name: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""


@dataclass(frozen=True)
class Result:
    """What wrk counted; latencies in milliseconds."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def require() -> None:
    """Raises WrkError where a program is missing."""
    for program, package in (("wrk", "wrk"), ("taskset", "util-linux")):
        if not shutil.which(program):
            raise WrkError(f"make bench needs {program}: on Debian and Raspberry Pi OS, apt install {package}")


def run(load: Load, url: str, connections: int, seconds: float, core: int) -> Result:
    """Have ``connections`` ask for ``seconds`` as fast as they are answered. WrkError where any is refused."""
    # wrk counts whole seconds only.
    command = ["taskset", "--cpu-list", str(core), "wrk", "--threads", "1", "--connections", str(connections)]
    command += ["--duration", f"{max(1, round(seconds))}s", "--timeout", "5s", "--script", str(SCRIPT)]
    for name, value in load.headers.items():
        command += ["--header", f"{name}: {value}"]
    command += [url + load.path, *(["--", load.body] if load.body else [])]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 30, check=False)
    if done.returncode:
        raise WrkError(f"{load.name}: wrk ended with {done.returncode}: {done.stderr or done.stdout}")
    return parse(done.stdout, load.name)


def parse(output: str, name: str) -> Result:
    """The line that wrk.lua writes. Raises WrkError where there is none, or where requests failed."""
    lines = [line for line in output.splitlines() if line.startswith("RESULT ")]
    try:
        told = json.loads(lines[-1].removeprefix("RESULT "))
        counts = {
            key: int(told[key]) for key in ("requests", "microseconds", "p50_us", "p99_us", "failed", "refused")
        }
    except (IndexError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise WrkError(f"{name}: wrk told nothing that can be read: {output[-500:]!r}") from None
    if counts["failed"] or counts["refused"]:
        raise WrkError(
            f"{name}: {counts['failed']} requests failed and {counts['refused']} were answered with 4xx or 5xx"
        )
    if counts["requests"] <= 0 or counts["microseconds"] <= 0:
        raise WrkError(f"{name}: nothing was answered")
    return Result(
        counts["requests"], counts["microseconds"] / 1e6, counts["p50_us"] / 1000, counts["p99_us"] / 1000
    )
