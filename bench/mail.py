"""How fast mail comes in, and how fast the pages are with it and meanwhile: ``python -m bench.mail N …``.

By hand, on a quiet machine: 20,000 mails take seven minutes.
"""

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import psutil

from bench.__main__ import machine, put_into, table
from bench.asking import asked_meanwhile, p95, pages
from bench.house import House, house, memory_mb, running
from bench.letters import GROUP, mbox
from bench.similar import answers
from rcmail.db.pool import Database
from rcmail.errors import RcmailError
from tests.support import Service, postgres_config

BEGIN, END = "<!-- what bench.mail printed -->\n", "<!-- as far as here, of bench.mail -->\n"
ASKS: Final = 200
"""Of each page, where nothing else is said."""
# Seconds between two looks at the memory.
_WEIGHED_EVERY: Final = 0.5
Figures = dict[str, float]


def measured(number: int, asks: int) -> Figures:
    """All figures with so many mails. Raises RuntimeError where something cannot be measured."""
    with house() as built, running(service := built.service()):
        service.come_in()
        path = built.folder / "mail.mbox"
        with path.open("wb") as file:
            file.writelines(mbox(number))
        found: Figures = {"the file, MB": path.stat().st_size / 2**20}
        with asked_meanwhile(service) as times:
            found |= _imported(built, service, path, number)
        found |= {f"{page}, while mail comes in, p95 ms": p95(each) for page, each in times.items()}
        found["the database, MB"] = _database_mb(built)
        return found | pages(service, asks) | answers(built)


def _imported(built: House, service: Service, path: Path, number: int) -> Figures:
    """What ``rcmail import`` takes: mails a second from its start to its end, and memory at the most."""
    command = [sys.executable, "-m", "rcmail", "import", str(path), "--address", GROUP, "--json"]
    began, worked = time.perf_counter(), _worked(built)
    process = subprocess.Popen(
        command, env=service.env, cwd=built.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    most: Figures = defaultdict(float)
    while process.poll() is None:
        with suppress(psutil.Error):
            for name, pid in (("command", process.pid), *_children(process.pid)):
                most[f"memory of the {name}, MB"] = max(most[f"memory of the {name}, MB"], memory_mb(pid))
        with suppress(subprocess.TimeoutExpired):
            process.wait(_WEIGHED_EVERY)
    seconds = time.perf_counter() - began
    said, why = process.communicate()
    if process.returncode or json.loads(said)["new"] != number:
        raise RuntimeError(f"the import ended with {process.returncode}: {said}{why}")
    took = 1000 * (_worked(built) - worked) / number
    return {
        "mails a second": number / seconds,
        "processor time of a mail, in all processes, ms": took,
        "processes that wanted a core in the last minute": os.getloadavg()[0],
        **most,
    }


def _worked(built: House) -> float:
    """Seconds of the processor that PostgreSQL has had, and the commands that have ended."""
    ended, server = resource.getrusage(resource.RUSAGE_CHILDREN), psutil.Process(built.postgres.pid)
    times = [server.cpu_times(), *(each.cpu_times() for each in server.children())]
    backends = sum(each.user + each.system + each.children_user + each.children_system for each in times)
    return ended.ru_utime + ended.ru_stime + backends


def _children(pid: int) -> list[tuple[str, int]]:
    return [("child that parses", child.pid) for child in psutil.Process(pid).children()]


def _database_mb(built: House) -> float:
    async def size() -> float:
        database = Database(postgres_config(str(built.postgres.socket)))
        try:
            [row] = await database.fetch("SELECT pg_database_size(current_database()) AS bytes")
            return float(row.bytes) / 2**20
        finally:
            await database.close()

    return asyncio.run(size())


def bound(what: str) -> tuple[str, float]:
    """MAIL.md §26's of a figure, in words and as a number; nothing where there is none."""
    if what == "mails a second":
        return "≥ 200", 200
    if what.startswith("vectors: mails"):
        return "≥ 150", 150
    bounds = {"while mail": 100, "memory of the command": 150, "memory of the helper": 230, "search": 100}
    for part, most in (bounds | {"similar, with": 300, "p95": 50}).items():
        if part in what and "p50" not in what:
            return f"≤ {most}", most
    return "", 0


def is_met(what: str, value: float) -> bool:
    words, limit = bound(what)
    return not words or (value >= limit if words[0] == "≥" else value <= limit)


def beyond(figures: Mapping[int, Figures]) -> list[str]:
    """What misses its bound; with more than 20,000 mails nothing does: those figures are told only."""
    small = [each for number, each in figures.items() if number <= 20_000]
    return [what for each in small for what, value in each.items() if not is_met(what, value)]


def markdown(figures: Mapping[int, Figures], about: Mapping[str, str]) -> str:
    """A column for each number of mails, as docs/figures.md has it; the bounds are those of 20,000."""
    names = [what for what in next(iter(figures.values())) if "p50" not in what]
    lines = [[what, bound(what)[0], *(_shown(each[what]) for each in figures.values())] for what in names]
    head = ("what", "bound", *(f"{number:,} mails" for number in figures))
    return f"{table(('machine', ''), about.items())}\n\n{table(head, lines)}"


def _shown(value: float) -> str:
    return f"{value:,.1f}" if value < 10 else f"{value:,.0f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """0: every bound is met, with 20,000 mails or less; 1: one is missed; 2: it could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m bench.mail", description=__doc__)
    parser.add_argument("numbers", type=int, nargs="*", default=[20_000], metavar="N", help="how many mails")
    parser.add_argument("--asks", type=int, default=ASKS, metavar="N", help="how often each page is asked for")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there too")
    parser.add_argument("--update", type=Path, metavar="FILE", help="put the tables into docs/figures.md")
    options = parser.parse_args(arguments)
    about, figures = machine(), dict[int, Figures]()
    try:
        for number in options.numbers:
            print(f"… {number:,} mails", file=sys.stderr)
            figures[number] = measured(number, options.asks)
            if options.json:  # the next one may take half an hour, and be ended
                options.json.write_text(json.dumps(figures, indent=2) + "\n")
    except (RuntimeError, AssertionError, OSError, psutil.Error, RcmailError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    print(text := markdown(figures, about))
    if options.update:
        options.update.write_text(put_into(options.update.read_text(), text, BEGIN, END))
    if missed := beyond(figures):
        print(f"bench: missed: {'; '.join(missed)}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
