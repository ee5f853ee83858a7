"""``make bench``: measures rcmail beside a bare aiohttp application, and says which bound is missed."""

import argparse
import json
import os
import platform
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from bench.measure import everything

Figures = dict[str, Any]
BEGIN, END = "<!-- what make bench printed -->\n", "<!-- as far as here -->\n"
COLUMNS: Final = {"name": "", "connections": "", "per_second": ".0f", "of JSON": ".0%", "of SELECT": ".0%",
                  "p50_ms": ".2f", "p99_ms": ".2f"}  # fmt: skip


def machine() -> dict[str, str]:
    """Its kind, not its name: what somebody else needs to compare."""
    models = re.findall(r"^(?:Model|model name)\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return {
        "processor": f"{models[0] if models else platform.machine()}, {os.cpu_count()} cores",
        "system": f"{platform.freedesktop_os_release().get('PRETTY_NAME')}, Linux {platform.release()}",
        "python": f"CPython {platform.python_version()}, aiohttp {version('aiohttp')}, aiopg {version('aiopg')}",
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "load": f"{os.getloadavg()[0]:.1f} processes wanted a core before the run began",
    }


def bounds(figures: Figures) -> list[tuple[str, str, str, bool]]:
    """What, its bound, what was measured, and whether it is met. The worst number of connections counts."""

    def of(name: str, column: str) -> list[float]:
        return [row[column] for row in figures["speed"] if row["name"] == name]

    health, page, slowest = min(of("/health", "of JSON")), min(of("/", "of SELECT")), max(of("/health", "p99_ms"))
    save = of("POST /config", "p50_ms")[0]  # with the fewest connections: people save one at a time
    seconds, ratio = figures["start"]["rcmail"], figures["start"]["ratio"]
    start, is_quick = f"{seconds:.2f} s, {ratio:.1f} ×", seconds <= 0.6 or ratio <= 3.5
    idle, _, after, *_ = figures["memory"].values()
    return [
        ("`/health`, of a bare handler with the same JSON", "≥ 60 %", f"{health:.0%}", health >= 0.6),
        ("`/`, of a bare handler with one `SELECT`", "≥ 25 %", f"{page:.0%}", page >= 0.25),
        ("`/health`, all reachable, p99", "< 2 s", f"{slowest:.0f} ms", slowest < 2000),
        ("`POST /config` of five fields, p50", "≤ 2.5 ms", f"{save:.2f} ms", save <= 2.5),
        ("start to ready, schema current", "≤ 0.6 s, or ≤ 3.5 × bare", start, is_quick),
        ("memory at idle, schema current", "≤ 55 MB", f"{idle:.1f} MB", idle <= 55),
        ("memory after the requests", "≤ 60 MB", f"{after:.1f} MB", after <= 60),
    ]


def markdown(figures: Figures) -> str:
    """Everything, as docs/figures.md has it."""
    judged = [(*told, "met" if is_met else "**missed**") for *told, is_met in bounds(figures)]
    speed = [[format(row[name], style) for name, style in COLUMNS.items()] for row in figures["speed"]]
    others = [(f"memory, {name}, MB", f"{mb:.1f}") for name, mb in figures["memory"].items()]
    others += [(f"start, {name}, s", f"{figures['start'][name]:.2f}") for name in ("rcmail", "bare")]
    others += [(f"log records, {name}", f"{number}") for name, number in figures["log"].items()]
    first = table(("machine", ""), figures["machine"].items())
    second = table(("what", "bound", "measured", ""), judged)
    return "\n\n".join((first, second, table(list(COLUMNS), speed), table(("memory, start, log", ""), others)))


def table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *lines))


def put_into(document: str, text: str, begin: str = BEGIN, end: str = END) -> str:
    """``document`` with ``text`` between the two marks. Raises ValueError where it has none."""
    head, rest = document.split(begin)
    _, tail = rest.split(end)
    return f"{head}{begin}\n{text}\n\n{end}{tail}"


def main() -> int:
    """0: every bound is met; 1: one is missed; 2: it could not be measured."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there too")
    parser.add_argument("--update", type=Path, metavar="FILE", help="put the tables into docs/figures.md")
    parser.add_argument("--quick", action="store_true", help="one round, in half a minute")
    options = parser.parse_args()
    try:
        figures = {"machine": machine(), **everything(quick=options.quick)}
    except (RuntimeError, AssertionError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    print(text := markdown(figures))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")
    if options.update:
        options.update.write_text(put_into(options.update.read_text(), text))
    if missed := [what for what, *_, is_met in bounds(figures) if not is_met]:
        print(f"bench: missed: {'; '.join(missed)}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
