"""What each theme gives back: its lines."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One figure beside its bound; ``is_met`` is None where it could not be measured, and ``value`` says why."""

    what: str
    value: str
    bound: str
    is_met: bool | None
    misses: tuple[str, ...] = ()
