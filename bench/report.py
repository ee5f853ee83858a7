"""The figures beside the bounds of SPEC.md §10, as Markdown."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

Figures = dict[str, Any]


@dataclass(frozen=True)
class Bound:
    """One line of §10: ``measured`` picks the number and says it, ``is_met`` judges it."""

    what: str
    bound: str
    measured: Callable[[Figures], str]
    is_met: Callable[[Figures], bool]


def share(figures: Figures, name: str) -> float:
    """Of the floor, at the worst number of connections: by requests per second or by CPU time, the lower."""
    return min(float(row[ratio]) for row in rows(figures, name) for ratio in ("ratio", "cpu_ratio"))


def rows(figures: Figures, name: str) -> list[Figures]:
    """Of one load, a row for each number of connections, the fewest first."""
    return [row for row in figures["throughput"] if row["name"] == name]


def heaviest(figures: Figures, *, idle: bool) -> float:
    """MB at idle, or the most after anything."""
    wanted = "idle" if idle else "after"
    return max(float(mb["alone"]) for name, mb in figures["memory"].items() if name.startswith(wanted))


def _percent(name: str) -> Callable[[Figures], str]:
    return lambda figures: f"{share(figures, name):.0%}"


BOUNDS: Final = (
    Bound("`/health`, of a bare handler", "≥ 60 %", _percent("/health"), lambda f: share(f, "/health") >= 0.6),
    Bound("`/`, of a bare handler", "≥ 35 %", _percent("/"), lambda f: share(f, "/") >= 0.35),
    Bound(
        "start to ready, schema current",
        "≤ 0.6 s, or ≤ 3.5 × bare",
        lambda f: f"{f['start']['service']:.2f} s, {f['start']['ratio']:.1f} ×",
        lambda f: f["start"]["service"] <= 0.6 or f["start"]["ratio"] <= 3.5,
    ),
    Bound(
        "memory at idle",
        "≤ 50 MB",
        lambda f: f"{heaviest(f, idle=True):.1f} MB",
        lambda f: heaviest(f, idle=True) <= 50,
    ),
    Bound(
        "memory after the requests, and after an hour's polls",
        "≤ 60 MB",
        lambda f: f"{heaviest(f, idle=False):.1f} MB",
        lambda f: heaviest(f, idle=False) <= 60,
    ),
    Bound(
        "`POST /config` of five fields, p50",
        "≤ 2.5 ms",
        lambda f: f"{rows(f, 'POST /config')[0]['p50_ms']:.2f} ms",
        lambda f: rows(f, "POST /config")[0]["p50_ms"] <= 2.5,
    ),
    Bound(
        "`/health`, all reachable, p99", "< 2 s", lambda f: f"{_slowest(f):.0f} ms", lambda f: _slowest(f) < 2000
    ),
)


def _slowest(figures: Figures) -> float:
    return max(float(row["p99_ms"]) for row in rows(figures, "/health"))


def missed(figures: Figures) -> list[str]:
    """What every bound that is not met is about."""
    return [bound.what for bound in BOUNDS if not bound.is_met(figures)]


def markdown(figures: Figures) -> str:
    """Everything, as docs/figures.md has it."""
    parts = [
        _table(("machine", ""), figures["machine"].items()),
        _table(
            ("what", "bound", "measured", ""),
            ((b.what, b.bound, b.measured(figures), "met" if b.is_met(figures) else "**missed**") for b in BOUNDS),
        ),
        _table(
            ("", "connections", "requests/s", "of the floor", "CPU µs", "of the floor", "p50 ms", "p99 ms"),
            (
                (
                    row["name"],
                    row["connections"],
                    f"{row['per_second']:.0f}",
                    f"{row['ratio']:.0%}",
                    f"{row['cpu_us']:.0f}",
                    f"{row['cpu_ratio']:.0%}",
                    f"{row['p50_ms']:.2f}",
                    f"{row['p99_ms']:.2f}",
                )
                for row in figures["throughput"]
            ),
        ),
        _table(
            ("memory", "MB, if it were the only Python", "MB, PSS as it was"),
            ((name, mb["alone"], mb["pss"]) for name, mb in figures["memory"].items()),
        ),
        _table(
            ("start to ready", "s"),
            (
                ("rcmail serve, schema current", f"{figures['start']['service']:.2f}"),
                ("bare application, no database", f"{figures['start']['bare']:.2f}"),
            ),
        ),
        _table(
            ("log records", "a second", "without redaction"),
            (
                (name, figures["log"][key]["per_second"], figures["log"][key]["without_redaction"])
                for name, key in (("of an ordinary day", "ordinary"), ("with a traceback", "tracebacks"))
            ),
        ),
    ]
    return "\n\n".join(parts)


BEGIN, END = "<!-- what make bench printed -->\n", "<!-- as far as here -->\n"


def put_into(document: str, text: str) -> str:
    """``document`` with ``text`` between the two marks. Raises ValueError where it has none."""
    head, begin, rest = document.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"there is no {BEGIN.strip()} … {END.strip()} to put the figures into")
    return f"{head}{BEGIN}\n{text}\n\n{END}{tail}"


def _table(head: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    every = [head, ["---"] * len(head), *lines]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in every)
