"""The words of health: a status, a check, a result."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class ServiceStatus(StrEnum):
    """How a service that rcmail needs is doing."""

    OK = "ok"
    UNREACHABLE = "unreachable"
    UNCONFIGURED = "unconfigured"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found, with a sentence that anybody may read."""

    name: str
    status: ServiceStatus
    detail: str


class Check(Protocol):
    """One thing to look at. Adding one is a file with a class and an entry in ``app.py``."""

    @property
    def name(self) -> str: ...

    async def run(self) -> str:
        """Look, and return a public sentence about what is well.

        Raises Unconfigured or Unreachable, with a public sentence, where it is not. The monitor sets the limit.
        """
