"""The words of health: a check, what it found, and what that means."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

LIMIT: Final = 3.0  # seconds a look may take


class ServiceStatus(StrEnum):
    """Whether a service that rcmail needs answers."""

    OK = "ok"
    UNREACHABLE = "unreachable"
    UNCONFIGURED = "unconfigured"


class Verdict(StrEnum):
    """What a finding means for the operator."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"
    NOT_HERE = "not here"
    """Not set up, this machine has no such thing, or it does not tell: no reason to worry."""


TROUBLE: Final = (Verdict.ERROR, Verdict.WARNING)
"""What somebody should do something about, the worst first."""


class Group(StrEnum):
    """Where a check belongs."""

    SERVICES = "services"
    """What rcmail needs. All that they find is told, in ``GET /health`` too."""
    MACHINE = "machine"
    """What is under it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found: a sentence or a value for the eye, and what to do where something is wrong."""

    value: str
    verdict: Verdict = Verdict.OK
    advice: str = ""
    """Commands stand between back-ticks: of what others say only what a pattern without them has let through."""
    status: ServiceStatus = ServiceStatus.OK
    """Whether it answers: a service that does may still need somebody."""
    notice: str = ""
    """What stands above every page while it is so."""
    setting: str = ""
    """The setting that mends it."""
    alarm: str = ""
    """What stands above every page in red while it is so, whatever else is."""


class NotTold(Exception):
    """The machine does not tell; the message is a sentence why."""


def not_here(why: str) -> Finding:
    """Nothing to judge, with a sentence why."""
    return Finding(why, Verdict.NOT_HERE)


class ConnectionStatus(StrEnum):
    """How a connection test ended."""

    OK = "ok"
    UNREACHABLE = "unreachable"
    UNCONFIGURED = "unconfigured"
    MODEL_NOT_FOUND = "model_not_found"
    INVALID = "invalid"
    """What was typed is not valid, so nothing was tried."""
    BUSY = "busy"
    """Too many are tried, so nothing was."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How a connection test ended, with a sentence for the operator, and what was found out on the way."""

    status: ConnectionStatus
    detail: str
    models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at. Adding one is a file that makes it and a line in a catalogue.

    ``look`` may block: a plain function runs in a thread of its own, a coroutine function on the event loop. Where
    there is nothing to judge it raises Unconfigured, Unreachable, NotTold, OSError or ValueError.
    """

    name: str
    label: str
    look: Callable[[], Finding] | Callable[[], Awaitable[Finding]] = field(repr=False)
    group: Group = Group.MACHINE
    limit: float = LIMIT
    """Seconds."""
    silence: Verdict = Verdict.WARNING
    """What it means where a service does not answer."""
    test: Callable[[Mapping[str, str]], Awaitable[Tried]] | None = field(default=None, repr=False)
    """The connection test of the configuration page. It is given what is typed there, by key; what is not in it is
    taken as saved. Raises what ``look`` raises, and InvalidSettings."""
    address: Callable[[Mapping[str, str]], str] = field(default=lambda _: "", repr=False)
    """Host and port that ``test`` would try, empty where nobody can type one."""


@dataclass(frozen=True, slots=True)
class Result:
    """A finding under its check."""

    check: Check
    finding: Finding

    @property
    def name(self) -> str:
        return self.check.name

    @property
    def label(self) -> str:
        return self.check.label

    @property
    def is_trouble(self) -> bool:
        return self.finding.verdict in TROUBLE

    def as_dict(self) -> dict[str, str]:
        """What programs get."""
        found = self.finding
        return {
            "name": self.name,
            "label": self.label,
            "value": found.value,
            "verdict": found.verdict.value,
            "advice": found.advice,
        }


def worst_first(results: tuple[Result, ...]) -> tuple[Result, ...]:
    """Errors, then warnings, then the rest as it was."""
    order = {verdict: number for number, verdict in enumerate(TROUBLE)}
    return tuple(sorted(results, key=lambda result: order.get(result.finding.verdict, len(order))))
