"""Whose mail one is, and why. Apart from the words that tell it: the service needs none of their patterns."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Verdict:
    """``kind`` is “visitor”, “other” or “unsure”, ``why`` the reason in words that follow “because”."""

    kind: str
    why: str


UNSURE: Final = Verdict("unsure", "nothing tells yet whose it is")
