"""What the log costs: records per second with and without redaction, losses, memory.

``python -m bench.logs [RECORDS]`` prints it; ``bench_logs()`` returns it; ``make bench`` runs it.
"""

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

from rcmail.log import setup as log
from rcmail.log.formatter import RedactingFormatter
from rcmail.log.redaction import Redactor

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


def bench_logs(records: int = RECORDS) -> dict[str, Any]:
    """Everything, in one run."""
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
    return result


if __name__ == "__main__":
    print(json.dumps(bench_logs(*map(int, sys.argv[1:2])), indent=2))
