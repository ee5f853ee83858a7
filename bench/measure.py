"""The measurements: rcmail and the bare application take turns, several rounds, and the median counts."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Any, Final
from urllib.parse import urlencode

from bench.house import House, house, memory_mb, running
from bench.logs import log_records
from tests.support import Service

# What is measured on the first core, the load generator on the last one: neither waits for the other.
CORES: Final = sorted(os.sched_getaffinity(0))
SETTLE: Final = 2  # seconds, before it is weighed
# Path, headers, and a body that makes it a POST; an "@" in it is a number that changes.
Load = tuple[str, Mapping[str, str], str]
HTML: Final = {"Accept": "text/html"}
BARE: Final[dict[str, Load]] = {"bare: JSON": ("/health", {}, ""), "bare: SELECT": ("/select", {}, "")}
PAGE: Final[Load] = ("/", HTML, "")
OURS: Final[dict[str, Load]] = {"/health": ("/health", {}, ""), "/": PAGE, "/config": ("/config", HTML, "")}


def everything(*, quick: bool) -> dict[str, Any]:
    """All figures, as they go into the JSON. Raises RuntimeError where something cannot be measured."""
    if not shutil.which("wrk"):
        raise RuntimeError("make bench needs wrk: on Debian and Raspberry Pi OS, apt install wrk")
    rounds, connections, requests = (1, (1, 10), 2_000) if quick else (5, (1, 10, 50), 100_000)
    with house() as built:
        os.sched_setaffinity(0, CORES[:1])  # also of whoever is started from now on
        with running(first := built.service()):  # it makes the tables, as once after an upgrade
            time.sleep(SETTLE)
            made = memory_mb(first.pid)
        with running(service := built.service()):
            service.come_in()
            body = service.get("/health").json()
            if body["status"] != "ok":
                raise RuntimeError(f"what is measured is not in order: {body}")
            time.sleep(SETTLE)
            memory = {"idle": memory_mb(service.pid)}
            with running(bare := built.bare(body)):
                memory["bare, idle"] = memory_mb(bare.pid)
                ours = OURS | {"POST /config": save(service, built)}
                speed = [row for number in connections for row in compare(number, rounds, service, ours, bare)]
            asked = sum(row["requests"] for row in speed if row["name"] in ours)
            while asked < requests:
                asked += wrk(PAGE, service, 10)["requests"]
            time.sleep(SETTLE)
            memory[f"after {requests:,} requests"] = memory_mb(service.pid)
            memory["idle, once the tables were made"] = made
        return {"speed": speed, "memory": memory, "start": starts(rounds, built, body), "log": log_records()}


def compare(
    connections: int, rounds: int, service: Service, ours: Mapping[str, Load], bare: Service
) -> Iterator[dict[str, Any]]:
    """A row for each load; ``of JSON`` and ``of SELECT`` are the shares of the bare application's in one round."""
    print(f"… {connections} connections", file=sys.stderr)
    found = []
    for _ in range(rounds):
        least = {name: wrk(load, bare, connections) for name, load in BARE.items()}
        found.append(least | {name: wrk(load, service, connections) for name, load in ours.items()})
    for name in found[0]:
        requests = sum(each[name]["requests"] for each in found)
        row = {key: median(each[name][key] for each in found) for key in ("per_second", "p50_ms", "p99_ms")}
        for kind in ("JSON", "SELECT"):
            pairs = [(each[name]["per_second"], each[f"bare: {kind}"]["per_second"]) for each in found]
            row[f"of {kind}"] = median(one / other for one, other in pairs)
        yield {"name": name, "connections": connections, "requests": requests, **row}


def save(service: Service, built: House) -> Load:
    """``POST /config`` of five fields."""
    form = {"event_date": "2027-03-@", "event_location": "@ Mill Lane", "event_offerings": "Bicycles, Textiles, @"}
    form |= {"llm_endpoint": built.ollama.url, "llm_model": "llama3.2"}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{service.port}"}
    return "/config", headers, urlencode(form, safe="@")


def wrk(load: Load, server: Service, connections: int) -> dict[str, Any]:
    """Have ``connections`` ask for a second as fast as they are answered; what wrk.lua counted.

    Raises RuntimeError where one was refused or not answered: then it is no measurement.
    """
    path, headers, body = load
    time.sleep(0.25)  # the connections before are gone: one address may have so many only
    command = ["taskset", "--cpu-list", str(CORES[-1]), "wrk", "--threads=1", f"--connections={connections}"]
    command += ["--duration=1s", "--timeout=5s", f"--script={Path(__file__).with_name('wrk.lua')}"]
    command += [f"--header={name}: {value}" for name, value in {**server.session, **headers}.items()]
    command += [f"http://127.0.0.1:{server.port}{path}", "--", body]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    _, found, told = done.stdout.partition("RESULT ")
    result: dict[str, Any] = json.loads(told) if found else {"requests": 0}
    if not result["requests"] or result["bad"]:
        raise RuntimeError(f"{path} was refused or not answered: {done.stdout}{done.stderr}")
    return result


def starts(rounds: int, built: House, body: object) -> dict[str, float]:
    """Seconds from exec to the first answer: rcmail with its schema current, the bare one without a database."""
    pairs = []
    for _ in range(rounds):
        with running(built.bare(body, with_database=False)) as bare, running(built.service()) as ours:
            pairs.append((bare, ours))
    times = {"rcmail": median(ours for _, ours in pairs), "bare": median(bare for bare, _ in pairs)}
    return times | {"ratio": median(ours / bare for bare, ours in pairs)}
