"""Mixed use with faults mixed in: nothing may grow, and no 5xx comes without a fault. ``make soak`` runs it."""

import asyncio
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import aiohttp
import psutil

from bench.house import House, house, memory_mb, running
from tests.support import Service

GETS: Final = ("/", "/health", "/health/ready", "/config", "/logs", "/logs?level=error", "/nowhere")
POSTS: Final = ("/config/test/db", "/config/test/llm", "/config/test/mail", *["/config"] * 9)
# Seconds for which a fault counts after its end (/health/ready may be one old), and of quiet before the weighing.
_GRACE: Final = 1.5
_QUIET: Final = 3.0
# By how much each may be more at the end than in the first half: the allocator is uneven, descriptors are those of
# two pools that come and go, the threads those of asyncio.to_thread, which come as they are needed and stay.
_SPARE: Final = {"memory_mb": 2.5, "descriptors": 6, "threads": min(32, (os.cpu_count() or 1) + 4)}


class Soak:
    """Users, faults, and what came of them."""

    def __init__(self, built: House, service: Service) -> None:
        self._postgres = built.postgres
        self._ollama = built.ollama
        self._service = service
        self._random = random.Random(5)
        self._is_on = True
        self.answers: Counter[str] = Counter()
        self.troubles: list[tuple[float, float, str]] = []
        self.faults: list[tuple[float, float]] = []
        self.at_rest: list[dict[str, float]] = []

    async def round(self, seconds: float) -> None:
        """Use with one of each fault, and what the process weighs when nobody uses it any more."""
        self._is_on = True
        timeout = aiohttp.ClientTimeout(total=20)
        async with (
            aiohttp.ClientSession(timeout=timeout, headers=self._service.session) as session,
            asyncio.TaskGroup() as group,
        ):
            for _ in range(8):
                group.create_task(self._use(session))
            await self._do_faults((seconds - _GRACE - _QUIET) / 12)
            await asyncio.sleep(_GRACE)
            self._is_on = False
        await asyncio.sleep(_QUIET)
        process = psutil.Process(self._service.pid)
        counts = {"descriptors": process.num_fds(), "threads": process.num_threads()}
        self.at_rest.append({"memory_mb": round(memory_mb(process.pid), 1), **counts})

    async def _use(self, session: aiohttp.ClientSession) -> None:
        while self._is_on:
            method, paths = self._random.choice((("GET", GETS), ("POST", POSTS)))
            path = self._random.choice(paths)
            sent: dict[str, Any] = {"headers": {"Accept": "text/html"}}
            if method == "POST":
                sent = {self._random.choice(("json", "data")): {"event_location": f"{self._random.random()}"}}
            began = time.monotonic()
            url = f"http://127.0.0.1:{self._service.port}{path}"
            try:
                async with session.request(method, url, allow_redirects=False, **sent) as response:
                    answer, is_trouble = f"{response.status}", response.status >= 500
                    await response.read()
            except (aiohttp.ClientError, TimeoutError) as error:
                answer, is_trouble = type(error).__name__, True
            self.answers[f"{method} {answer}"] += 1
            if is_trouble:
                self.troubles.append((began, time.monotonic(), f"{method} {path}: {answer}"))
            await asyncio.sleep(self._random.uniform(0, 0.2))

    async def _do_faults(self, each: float) -> None:
        """PostgreSQL's and Ollama's in turns, each for ``each`` seconds with as much calm before it."""
        postgres, ollama, behave = self._postgres, self._ollama, partial(setattr, self._ollama.fake, "behaviour")
        faults: list[tuple[Callable[[], object], Callable[[], object]]] = [
            (postgres.stop, postgres.start),
            (partial(behave, "hang"), partial(behave, "ok")),
            (partial(self._signal, signal.SIGSTOP), partial(self._signal, signal.SIGCONT)),
            (ollama.refuse, ollama.start_again),
            (partial(postgres.stop, signal.SIGKILL), postgres.start),
            (partial(behave, "flood-for-ever"), partial(behave, "ok")),
        ]
        for number, (begin, end) in enumerate(faults):
            await asyncio.sleep(each)
            began = time.monotonic()
            begin()
            await asyncio.sleep(min(each, 8))
            end()
            if number % 2 == 0:  # what Ollama does is no excuse for a 5xx
                self.faults.append((began, time.monotonic() + _GRACE))

    def _signal(self, number: signal.Signals) -> None:
        postmaster = psutil.Process(self._postgres.pid)
        for process in (postmaster, *postmaster.children(recursive=True)):
            process.send_signal(number)

    def wrong(self) -> list[str]:
        """What may not be: trouble that no fault of the database explains, growth, mistakes in the log."""
        found = [
            what
            for start, end, what in self.troubles
            if not any(start < until and end > since for since, until in self.faults)
        ]
        for name, spare in _SPARE.items():
            weights = [weight[name] for weight in self.at_rest]
            if weights[-1] > max(weights[: len(weights) // 2]) + spare:
                found.append(f"{name} grew: {weights}")
        records = map(json.loads, (self._service.folder / "stdout").read_text().splitlines())
        mistakes = {record["event"] for record in records if record["level"] in ("ERROR", "CRITICAL")}
        return found + [f"logged: {event}" for event in sorted(mistakes)]


def soak(seconds: float, rounds: int) -> dict[str, Any]:
    """What was counted in so many ``rounds``, at least two to compare, and under ``wrong`` what may not be."""
    with house() as built, running(service := built.service()):
        service.come_in()
        run = Soak(built, service)
        for _ in range(rounds):
            asyncio.run(run.round(seconds / rounds))
        code = service.stop()
        return {
            "answers": dict(sorted(run.answers.items())),
            "faults of the database": len(run.faults),
            "5xx and broken connections": len(run.troubles),
            "at rest": run.at_rest,
            "wrong": run.wrong() + [f"it ended with {code}"] * bool(code),
        }


if __name__ == "__main__":
    wanted = float(sys.argv[1]) if len(sys.argv) > 1 else 600.0
    result = soak(wanted, max(2, round(wanted / 75)))
    print(json.dumps(result, indent=2))
    sys.exit(1 if result["wrong"] else 0)
