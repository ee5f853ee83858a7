"""What each theme gives back: its lines."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One figure beside its bound; ``is_met`` is None where there is no bound, or it could not be measured.

    ``misses`` name the cases behind the figure, never their words.
    """

    what: str
    value: str
    bound: str = ""
    is_met: bool | None = None
    misses: tuple[str, ...] = ()
