"""Mixed use with faults mixed in, for as long as wanted: nothing may grow, and no 5xx comes without a fault.

``python -m bench.soak [SECONDS]`` (ten minutes) prints what was counted, beside what it may be; exit code 1 where
something grew or failed. ``soak(folder, seconds)`` returns it.
"""

import asyncio
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

import aiohttp
import psutil
import psycopg2

from bench.processes import weigh
from rcmail.db.embedded import SUPERUSER, EmbeddedPostgres
from rcmail.db.pool import POOL_SIZE
from tests.fakes.ollama import OllamaThread
from tests.support import Service, postgres_config, service_environment, with_inside

Work = Callable[[aiohttp.ClientSession], Awaitable[None]]

HALF_REQUESTS: Final = (
    b"",
    b"GET / HT",
    b"POST /config HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{",
)
HTML: Final = {"Accept": "text/html"}
# Seconds of quiet before it is weighed: idle connections are closed, checks have ended.
_QUIET: Final = 3.0
# Seconds for which a fault counts after its end: /health/ready may be one old, a save waits five.
_GRACE: Final = 1.5
# What the allocator may be uneven by; in the first half the memory of the log fills, and caches do.
_GROWTH_MB: Final = 2.5
# asyncio.to_thread's, which come as they are needed and stay; the loop, the one that watches it, and two to spare.
_MAX_THREADS: Final = min(32, (os.cpu_count() or 1) + 4) + 4


@dataclass(frozen=True)
class Weight:
    """The process when nobody uses it."""

    at_seconds: float
    memory_mb: float
    """Its PSS as if it were the only Python on the machine: others that come and go do not count."""
    descriptors: int
    threads: int
    tasks: int
    connections: int
    """Sessions that PostgreSQL has of it."""
    to_ollama: int
    """Connections that are kept open for the next question."""

    @property
    def own_descriptors(self) -> int:
        """Without those of the two pools, which come and go; both are bounded."""
        return self.descriptors - self.connections - self.to_ollama


@dataclass
class Book:
    """What happened. Times are seconds of the monotonic clock."""

    began: float = field(default_factory=time.monotonic)
    statuses: Counter[int] = field(default_factory=Counter)
    troubles: list[tuple[float, float, str]] = field(default_factory=list)
    """5xx answers and broken connections: from when, until when, what."""
    faults: list[tuple[float, float, str]] = field(default_factory=list)
    saves: int = 0
    entries_streamed: int = 0
    weights: list[Weight] = field(default_factory=list)

    def unannounced(self) -> list[str]:
        """The troubles that no fault of the database explains."""
        return [
            f"{start - self.began:.1f}–{end - self.began:.1f} s: {what}"
            for start, end, what in self.troubles
            if not any(start < until + _GRACE and end > since for since, until, _ in self.faults)
        ]


class Users:
    """Those who use the service until told to stop: browsers, savers, monitoring, readers of the log."""

    def __init__(self, service: Service, book: Book) -> None:
        self._url = f"http://127.0.0.1:{service.port}"
        self._port = service.port
        self._book = book
        self._random = random.Random(5)

    async def use(self, stop: asyncio.Event) -> None:
        everyone: list[Work] = [self._monitor, self._test, self._leave_in_the_middle]
        for _ in range(3):
            everyone += [self._browse, self._save, self._follow]
        timeout = aiohttp.ClientTimeout(total=20)
        async with aiohttp.ClientSession(timeout=timeout) as session, asyncio.TaskGroup() as group:
            for each in everyone:
                group.create_task(self._again_and_again(each, session, stop))

    async def _again_and_again(self, work: Work, session: aiohttp.ClientSession, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await work(session)
            await asyncio.sleep(self._random.uniform(0, 0.2))

    async def _ask(
        self, session: aiohttp.ClientSession, method: str, path: str, **options: Any
    ) -> tuple[int, str]:
        began = time.monotonic()
        try:
            async with session.request(method, self._url + path, allow_redirects=False, **options) as response:
                text = await response.text()
                status = response.status
        except (aiohttp.ClientError, TimeoutError) as error:
            self._book.troubles.append((began, time.monotonic(), f"{method} {path}: {error!r}"))
            return 0, ""
        self._book.statuses[status] += 1
        if status >= 500:
            self._book.troubles.append((began, time.monotonic(), f"{method} {path}: {status} {text[:200]}"))
        return status, text

    async def _browse(self, session: aiohttp.ClientSession) -> None:
        paths = ["/", "/health", "/config", "/logs", "/logs?level=warning", "/health/fragment", "/nowhere"]
        status, text = await self._ask(session, "GET", self._random.choice(paths), headers=HTML)
        assert not status or "Repair Café Mail Assistant" in text or "checks" in text

    async def _monitor(self, session: aiohttp.ClientSession) -> None:
        for path in ("/health", "/health/ready", "/health/live"):
            await self._ask(session, "GET", path)

    async def _save(self, session: aiohttp.ClientSession) -> None:
        place = f"place {self._random.random()}"
        values = {"event_location": place, "event_offerings": f"Toasters, {place}"}
        is_form = self._random.random() < 0.5
        sent: dict[str, Any] = {"data": values, "headers": HTML} if is_form else {"json": values}
        status, _ = await self._ask(session, "POST", "/config", **sent)
        self._book.saves += status in (200, 303)

    async def _test(self, session: aiohttp.ClientSession) -> None:
        service = self._random.choice(["db", "llm", "mail"])
        status, text = await self._ask(session, "POST", f"/config/test/{service}", json={})
        assert status in (0, 200), text
        await asyncio.sleep(1)

    async def _follow(self, session: aiohttp.ClientSession) -> None:
        """Read the log as it is written, for some seconds, and go without a word."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._random.uniform(1, 4)):
                async with session.get(f"{self._url}/logs/stream") as response:
                    assert response.status == 200
                    async for line in response.content:
                        self._book.entries_streamed += line.startswith(b"id: ")

    async def _leave_in_the_middle(self, session: aiohttp.ClientSession) -> None:  # noqa: ARG002
        _, writer = await asyncio.open_connection("127.0.0.1", self._port)
        writer.write(self._random.choice(HALF_REQUESTS))
        await asyncio.sleep(self._random.uniform(0, 1))
        writer.transport.abort()


class Faults:
    """What goes wrong, one after the other, each for ``seconds`` with as much calm before it."""

    def __init__(self, postgres: EmbeddedPostgres, ollama: OllamaThread, book: Book) -> None:
        self._postgres = postgres
        self._ollama = ollama
        self._book = book

    async def all(self, seconds: float) -> None:
        """One of each. PostgreSQL is started from this thread alone: it ends with the one that started it."""
        each = seconds / 16
        fine = partial(self._behave, "ok")
        faults: list[tuple[str, Callable[[], None], Callable[[], None]]] = [
            ("restarted", self._postgres.stop, self._postgres.start),
            ("ollama hangs", partial(self._behave, "hang"), fine),
            ("hung", partial(self._signal, signal.SIGSTOP), partial(self._signal, signal.SIGCONT)),
            ("ollama refuses", self._ollama.refuse, self._ollama.start_again),
            ("killed", partial(self._postgres.stop, signal.SIGKILL), self._postgres.start),
            ("ollama floods", partial(self._behave, "flood-for-ever"), fine),
            ("sessions ended", self._end_sessions, fine),
            ("ollama talks nonsense", partial(self._behave, "garbage"), fine),
        ]
        for name, begin, end in faults:
            await asyncio.sleep(each)
            began = time.monotonic()
            begin()
            await asyncio.sleep(min(each, 8))
            end()
            if "ollama" not in name:
                self._book.faults.append((began, time.monotonic(), name))

    def _behave(self, behaviour: str) -> None:
        self._ollama.fake.behaviour = behaviour

    def _signal(self, number: signal.Signals) -> None:
        assert self._postgres.pid is not None
        postmaster = psutil.Process(self._postgres.pid)
        for process in (postmaster, *postmaster.children(recursive=True)):
            process.send_signal(number)

    def _end_sessions(self) -> None:
        ask(self._postgres, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'rcmail'")


def ask(postgres: EmbeddedPostgres, statement: str) -> Any:
    """The first value that the superuser is told."""
    connection = psycopg2.connect(host=str(postgres.socket), user=SUPERUSER, dbname="rcmail")
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return (cursor.fetchone() or [None])[0]
    finally:
        connection.close()


def weigh_up(service: Service, postgres: EmbeddedPostgres, ollama: OllamaThread, folder: Path, book: Book) -> None:
    """Weigh the process in a moment of quiet."""
    (folder / "tasks").unlink(missing_ok=True)
    os.kill(service.pid, signal.SIGUSR2)
    while not (folder / "tasks").exists():
        time.sleep(0.02)
    book.weights.append(
        Weight(
            at_seconds=round(time.monotonic() - book.began, 1),
            memory_mb=weigh(Path(f"/proc/{service.pid}/smaps").read_text())["alone"],
            descriptors=len(list(Path(f"/proc/{service.pid}/fd").iterdir())),
            threads=psutil.Process(service.pid).num_threads(),
            tasks=len((folder / "tasks").read_text().splitlines()),
            to_ollama=sum(
                bool(connection.raddr) and connection.raddr.port == ollama.fake.port
                for connection in psutil.Process(service.pid).net_connections("tcp")
            ),
            connections=ask(postgres, "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'rcmail'"),
        )
    )


@contextmanager
def house(folder: Path) -> Iterator[tuple[Service, EmbeddedPostgres, OllamaThread]]:
    """The real service with a real database and a language model that does as it is told."""
    with EmbeddedPostgres(folder / "pg") as postgres:
        ollama = OllamaThread()
        env = service_environment(postgres_config(str(postgres.socket)), LOG_FORMAT="json")
        service = Service(folder, with_inside(env | {"OLLAMA_BASE_URL": ollama.url}, folder))
        try:
            service.start()
            yield service, postgres, ollama
        finally:
            if service.process is not None and service.process.poll() is None:
                service.stop(signal.SIGKILL)
            ollama.close()


async def rounds(
    service: Service, postgres: EmbeddedPostgres, ollama: OllamaThread, folder: Path, seconds: float, number: int
) -> Book:
    """Use and faults in ``number`` rounds, each weighed at its end."""
    book = Book()
    users, faults = Users(service, book), Faults(postgres, ollama, book)
    for _ in range(number):
        stop = asyncio.Event()
        using = asyncio.create_task(users.use(stop))
        await faults.all(seconds / number - _QUIET - _GRACE)
        await asyncio.sleep(_GRACE)
        stop.set()
        await using
        await asyncio.sleep(_QUIET - 1)
        # A follower that left without a word is noticed at the next entry, or after 15 s.
        assert (await asyncio.to_thread(service.get, "/nowhere")).status == 404
        await asyncio.sleep(1)
        weigh_up(service, postgres, ollama, folder, book)
    return book


def verdict(book: Book, service: Service) -> dict[str, Any]:
    """What was counted, and in ``wrong`` what may not be."""
    warm, last = book.weights[: len(book.weights) // 2], book.weights[-1]
    mistakes = [name for name in ("request_failed", "task_failed", "event_loop_error",
                                  "health_check_crashed", "connection_test_crashed", "unraisable_exception",
                                  "error_page_failed", "python_warning", "log_entries_lost")
                if service.events(name)]  # fmt: skip
    wrong = book.unannounced()
    wrong += [f"logged: {name}" for name in mistakes]
    wrong += ["the event loop stood still"] * ("Timeout (" in service.output)  # rcmail/process/loop.py
    for name, allowed, after in (
        ("memory", max(weight.memory_mb for weight in warm) + _GROWTH_MB, last.memory_mb),
        ("descriptors", max(weight.own_descriptors for weight in warm), last.own_descriptors),
        ("tasks", max(weight.tasks for weight in warm), last.tasks),
        ("threads", _MAX_THREADS, last.threads),
    ):
        if after > allowed:
            wrong.append(f"{name}: {after} at the end, {allowed} in the first half")
    if max(weight.connections for weight in book.weights) > POOL_SIZE + 1:
        wrong.append("more connections than the pool may have")
    return {
        "seconds": round(time.monotonic() - book.began),
        "answers": {str(status): count for status, count in sorted(book.statuses.items())},
        "saves": book.saves,
        "log entries streamed": book.entries_streamed,
        "faults of the database": len(book.faults),
        "5xx and broken connections in a fault": len(book.troubles) - len(book.unannounced()),
        "5xx and broken connections outside of one": len(book.unannounced()),
        "at rest": [asdict(weight) for weight in book.weights],
        "wrong": wrong,
    }


def soak(folder: Path, seconds: float, number: int) -> dict[str, Any]:
    """Run it in ``folder``, for ``seconds`` in ``number`` rounds; at least two, to compare."""
    with house(folder) as (service, postgres, ollama):
        book = asyncio.run(rounds(service, postgres, ollama, folder, seconds, number))
        result = verdict(book, service)
        if (code := service.stop()) != 0:
            result["wrong"].append(f"it ended with {code}")
    return result


def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 600.0
    with tempfile.TemporaryDirectory(prefix="rcmail-soak-") as folder:
        result = soak(Path(folder), seconds, max(2, round(seconds / 75)))
    weights = result.pop("at rest")
    print(json.dumps(result, indent=2, ensure_ascii=False))
    print(f"\n| {' | '.join(weights[0])} |\n|{' ---: |' * len(weights[0])}")
    for weight in weights:
        print(f"| {' | '.join(str(value) for value in weight.values())} |")
    return 1 if result["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
