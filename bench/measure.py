"""The measurements: each alternates between the service and the floor, several rounds, and takes medians."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from bench import wrk
from bench.house import DASHBOARD, FLOOR, FLOOR_SELECT, LOAD_CORE, SERVER_CORE, House, get
from bench.processes import Server
from bench.wrk import Load

# A page that is open asks at once and then every 15 s (templates/partials/_health_live.html).
POLLS_AN_HOUR: Final = 3600 // 15
# Results are shared for a second: polls closer together would not run the checks.
_BETWEEN_POLLS: Final = 1.01
_BETWEEN_RUNS: Final = 0.25

Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """How much of it."""

    rounds: int = 5
    seconds: int = 1
    connections: Sequence[int] = (1, 10, 50)
    starts: int = 7
    requests: int = 100_000
    polls: int = POLLS_AN_HOUR
    log_records: int = 20_000
    settled: float = 3.0
    """Seconds before something is weighed."""


FULL: Final = Plan()
QUICK: Final = Plan(rounds=1, starts=3, requests=20_000, polls=20, log_records=5_000)
TINY: Final = Plan(rounds=1, connections=(2,), starts=1, requests=100, polls=1, log_records=100, settled=0.1)


def everything(house: House, plan: Plan, say: Say) -> dict[str, Any]:
    """All figures, as they go into the JSON."""
    figures: dict[str, Any] = {}
    # A poll that fails raises when its result is taken; where something else failed, it ends with its service.
    with ThreadPoolExecutor(1) as beside, house.service() as polled:
        body = _expect_well(polled)
        time.sleep(plan.settled)
        figures["memory"] = memory = {"idle": polled.memory_mb()}
        polls = beside.submit(_poll, polled, plan.polls)
        with house.bare(body) as bare:
            time.sleep(plan.settled)
            memory["bare, idle"] = bare.memory_mb()
            with house.service() as service:
                figures["throughput"] = throughput(house, service, bare, plan, say)
                saved = json.loads(get(f"{service.url}/config"))
                if None in saved.values():
                    raise RuntimeError(f"what POST /config was sent is not there: {saved}")
                _expect_well(service)
                asked = sum(
                    row["requests"] for row in figures["throughput"] if not row["name"].startswith("floor")
                )
                _ask(service, plan.requests - asked, say)
                time.sleep(plan.settled)
                memory[f"after {plan.requests} requests"] = service.memory_mb()
        figures["start"] = starts(house, body, plan, say)
        say("log records")
        figures["log"] = _log(plan)
        say("waiting for the last poll")
        polls.result()
        memory[f"after {plan.polls} polls"] = polled.memory_mb()
    return figures


def _expect_well(service: Server) -> Any:
    """What it says of its health. Raises RuntimeError where that is not ``ok``: trouble costs a page more."""
    body = json.loads(get(f"{service.url}/health"))
    if body["status"] != "ok":
        raise RuntimeError(f"what is measured is not in order: {body}")
    return body


def throughput(house: House, service: Server, bare: Server, plan: Plan, say: Say) -> list[dict[str, Any]]:
    """A row for each load and number of connections. ``ratio``s are to the floor in the same round."""
    pairs = [(bare, FLOOR), (bare, FLOOR_SELECT), *((service, load) for load in house.loads(service))]
    rows = []
    for connections in plan.connections:
        found: dict[str, list[dict[str, float]]] = {load.name: [] for _, load in pairs}
        for number in range(plan.rounds):
            say(f"{connections} connections, round {number + 1} of {plan.rounds}")
            for server, load in pairs:
                found[load.name].append(_once(server, load, connections, plan.seconds))
        floor = found[FLOOR.name]
        for _, load in pairs:
            runs = found[load.name]
            row = {name: median(run[name] for run in runs) for name in runs[0]}
            row["requests"] = sum(run["requests"] for run in runs)
            for ratio, name, power in (("ratio", "per_second", 1), ("cpu_ratio", "cpu_us", -1)):
                row[ratio] = median(
                    (run[name] / least[name]) ** power for run, least in zip(runs, floor, strict=True)
                )
            rows.append({"name": load.name, "connections": connections, **row})
    return rows


def _once(server: Server, load: Load, connections: int, seconds: int) -> dict[str, float]:
    # The connections of the run before must be gone, also from the server's view. What it answers now, it answers
    # after it has seen them end.
    time.sleep(_BETWEEN_RUNS)
    get(server.url + "/health")
    before = server.cpu_seconds()
    result = wrk.run(load, server.url, connections, seconds, LOAD_CORE)
    return {
        "requests": result.requests,
        "per_second": result.per_second,
        "p50_ms": result.p50_ms,
        "p99_ms": result.p99_ms,
        "cpu_us": (server.cpu_seconds() - before) / result.requests * 1e6,
    }


def _ask(service: Server, missing: float, say: Say) -> None:
    """Have it serve the requests that are ``missing``, and a few more."""
    while missing > 0:
        say(f"{missing:.0f} requests to go")
        missing -= wrk.run(DASHBOARD, service.url, 10, 5 if missing > 10_000 else 1, LOAD_CORE).requests


def _poll(service: Server, count: int) -> None:
    """What a page does that lies open, with the waiting left out."""
    for _ in range(count):
        get(f"{service.url}/health/fragment", {"HX-Request": "true"})
        time.sleep(_BETWEEN_POLLS)


def starts(house: House, body: object, plan: Plan, say: Say) -> dict[str, float]:
    """Seconds from exec to READY=1, medians: the service with its schema current, the floor without database."""
    found: dict[str, list[float]] = {"service": [], "bare": []}
    for number in range(plan.starts):
        say(f"start {number + 1} of {plan.starts}")
        for name, server in (("bare", house.bare(body, with_database=False)), ("service", house.service())):
            with server:
                found[name].append(server.start_seconds)
    ratios = [ours / least for ours, least in zip(found["service"], found["bare"], strict=True)]
    return {**{name: median(times) for name, times in found.items()}, "ratio": median(ratios)}


def _log(plan: Plan) -> dict[str, Any]:
    """In a process of its own: it sets logging up anew."""
    command = ["taskset", "--cpu-list", str(SERVER_CORE), sys.executable, "-m", "bench.logs"]
    command += [str(plan.log_records), str(plan.settled)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found
