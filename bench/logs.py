"""What the log costs: records per second with and without redaction, losses, memory, and a reader who never reads.

``python -m bench.logs [RECORDS [SECONDS]]`` prints it; ``bench_logs()`` returns it; ``make bench`` runs it.
"""

import asyncio
import json
import logging
import resource
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from rcmail import keys
from rcmail.log import setup as log
from rcmail.log.formatter import RedactingFormatter
from rcmail.log.logbook import Logbook
from rcmail.log.redaction import Redactor
from rcmail.web.logs import setup_logs, stream
from rcmail.web.templating import setup_templating

RECORDS = 100_000
SECRETS = [secrets.token_hex(24) for _ in range(3)] + ["p@ss w/rd&é", "1//0" + secrets.token_urlsafe(40)]
logger = logging.getLogger("rcmail.http")


class NoRedactor(Redactor):
    """The same chain with redaction taken out."""

    def redact(self, value: object) -> Any:
        return value


def ordinary(count: int) -> None:
    """What an ordinary day writes: mostly requests, some checks, now and then a sentence with a value in it."""
    for number in range(count):
        if number % 10 == 9:
            logger.info(
                "loaded %d settings from %s", number, "postgresql://rcmail@db/rcmail", extra={"took": 0.25}
            )
        elif number % 10 == 8:
            logger.info(
                "health_check", extra={"check": "llm", "status": "ok", "detail": "Ollama answers, 3 models"}
            )
        else:
            logger.info(
                "http_request",
                extra={
                    "method": "GET",
                    "path": f"/config/{number}",
                    "status": 200,
                    "duration_ms": 1.5,
                    "remote": "::1",
                },
            )


def traces(count: int) -> None:
    """The dearest records: exceptions with a traceback."""
    for number in range(count):
        try:
            int(f"host=db password={SECRETS[0]} attempt={number}")
        except ValueError:
            logger.exception("request_failed", extra={"method": "GET", "path": "/"})


@contextmanager
def chain(redactor: Redactor) -> Iterator[Path]:
    """The chain of the service, into a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log"
        with path.open("w") as stream:
            log.configure("INFO", "json", SECRETS, stream)
            logging.getLogger().handlers[0].setFormatter(RedactingFormatter(redactor))
            yield path
            logging.getLogger().handlers[:] = []


def rate(redactor: Redactor, work: Callable[[int], None], count: int) -> float:
    """Records per second."""
    with chain(redactor) as path:
        started = time.perf_counter()
        work(count)
        took = time.perf_counter() - started
        assert sum(1 for _ in path.open()) == count
    return count / took


def threads(count: int, number: int = 8) -> dict[str, int]:
    """Lines lost or mixed when ``number`` threads write."""
    with chain(Redactor(SECRETS)) as path:
        workers = [threading.Thread(target=ordinary, args=(count // number,)) for _ in range(number)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        mixed = written = 0
        for line in path.open():
            written += 1
            try:
                json.loads(line)
            except ValueError:
                mixed += 1
    return {"lost": count // number * number - written, "mixed": mixed}


def memory_mb() -> float:
    """Resident now, not at its peak."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * resource.getpagesize() / 1e6, 1)


async def latencies(port: int, seconds: float) -> list[float]:
    """Of /live, one after the other over one connection, in ms, while the log is written to."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    found: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        ordinary(20)
        started = time.perf_counter()
        writer.write(b"GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]))
        found.append((time.perf_counter() - started) * 1000)
    writer.close()
    return sorted(found)


async def never_reading(seconds: float) -> dict[str, Any]:
    """A service without followers, then with three that never read: its latency and its memory."""
    app = web.Application()
    setup_templating(app)
    setup_logs(app, Logbook(log.recent, None))

    async def live(_request: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    app.router.add_get("/live", live)
    app.router.add_get("/logs/stream", stream)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    result: dict[str, Any] = {}
    for name, followers in (("alone", 0), ("three that never read", 3)):
        idle = []
        for _ in range(followers):
            _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
            writer.write(b"GET /logs/stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
            idle.append(writer)
        before = memory_mb()
        found = await latencies(port, seconds)
        result[name] = {
            "p50_ms": round(found[len(found) // 2], 3),
            "p99_ms": round(found[len(found) * 99 // 100], 3),
            "grew_mb": round(memory_mb() - before, 1),
        }
        for writer in idle:
            writer.transport.abort()
    assert app[keys.LOGBOOK] is not None
    await runner.cleanup()
    return result


def bench_logs(records: int = RECORDS, seconds: float = 4.0) -> dict[str, Any]:
    """Everything, in one run; ``seconds`` for each look at a reader that never reads."""
    result: dict[str, Any] = {"records": records}
    rate(Redactor(SECRETS), ordinary, records // 10)  # warm
    for name, work, count in (("ordinary", ordinary, records), ("tracebacks", traces, records // 10)):
        # Alternating, so that a busy moment of the machine hits both; the best of each.
        rounds = [(rate(Redactor(SECRETS), work, count), rate(NoRedactor(), work, count)) for _ in range(2)]
        with_, without = (max(round_[place] for round_ in rounds) for place in (0, 1))
        result[name] = {"per_second": round(with_), "without_redaction": round(without)}
        result[name]["redaction_us"] = round((1 / with_ - 1 / without) * 1e6, 1)
    before = memory_mb()
    result["memory_mb"] = {"before": before}
    rate(Redactor(SECRETS), ordinary, records)
    result["memory_mb"]["after"] = memory_mb()
    result["threads"] = threads(records)
    with chain(Redactor(SECRETS)):
        result["reader"] = asyncio.run(never_reading(seconds))
    return result


if __name__ == "__main__":
    print(json.dumps(bench_logs(*map(int, sys.argv[1:2]), *map(float, sys.argv[2:])), indent=2))
