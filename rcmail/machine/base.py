"""The words for the machine: a finding, its verdict, the fact it becomes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What a finding means for the operator."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"
    NOT_HERE = "not here"
    """This machine has no such thing, or does not tell: no reason to worry."""


TROUBLE = (Verdict.ERROR, Verdict.WARNING)
"""What somebody should do something about, the worst first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found: a value for the eye, and a sentence about what to do where something is wrong."""

    value: str
    verdict: Verdict = Verdict.OK
    advice: str = ""
    is_told: bool = False
    """A health check says so too: it is not to be raised a second time."""


class NotTold(Exception):
    """The machine does not tell; the message is a sentence why."""


def not_here(why: str) -> Finding:
    """Nothing to judge, with a sentence why."""
    return Finding("", Verdict.NOT_HERE, why)


@dataclass(frozen=True, slots=True)
class Examination:
    """One thing to look at.

    ``look`` may block: a plain function runs in a thread of its own, a coroutine function on the event loop. It
    may raise NotTold, OSError, or ValueError where what the machine tells cannot be understood.
    """

    name: str
    label: str
    look: Callable[[], Finding] | Callable[[], Awaitable[Finding]]


@dataclass(frozen=True, slots=True)
class Fact:
    """A finding under its name."""

    name: str
    label: str
    value: str
    verdict: Verdict
    advice: str
    is_loud: bool
    """Somebody should do something about it, and nothing else says so."""

    @classmethod
    def of(cls, examination: Examination, finding: Finding) -> "Fact":
        is_loud = finding.verdict in TROUBLE and not finding.is_told
        return cls(examination.name, examination.label, finding.value, finding.verdict, finding.advice, is_loud)

    def as_dict(self) -> dict[str, str]:
        """What programs get."""
        return {
            "name": self.name,
            "label": self.label,
            "value": self.value,
            "verdict": self.verdict.value,
            "advice": self.advice,
        }


def size(count: float) -> str:
    """``count`` bytes as a person says it: “3.1 GB”, in powers of 1000 as on the package of a card."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 999.5:
            return f"{count:.1f} {unit}" if unit == "GB" and count < 100 else f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"


def span(seconds: float) -> str:
    """A length of time in its two largest units: “3 days 4 hours”."""
    left = max(0, int(seconds))
    parts = []
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        count, left = divmod(left, length)
        if count:
            parts.append(f"{count} {unit}{'' if count == 1 else 's'}")
    return " ".join(parts[:2]) or "less than a minute"
