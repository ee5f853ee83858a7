"""Whose mail one is, and why. Apart from the words that tell it: the service needs none of their patterns."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Verdict:
    """``kind`` is “visitor”, “other” or “unsure”, ``why`` the reason in words that follow “because”."""

    kind: str
    why: str


# These are stored with each mail and compared with what is stored: another wording needs a new TEXT_VERSION.
OWN_BROKEN: Final = "it tells of something of the writer's own that is broken"
"""The reason that says most."""
ABOUT: Final = "it asks about something that can be repaired"
ASKS: Final = "a person asks something, and nothing in it is another's"
ONLY_THANKS: Final = "it only says thanks for what was done"
"""The reason of a visitor's mail that needs no answer, though none was given."""
VAGUE: Final = frozenset({ABOUT, ASKS})
"""Reasons in which nobody asks to come, or for a repair."""
LEANING: Final = Verdict("unsure", "it asks as visitors do, in words that are more often somebody else's")
UNSURE: Final = Verdict("unsure", "nothing tells yet whose it is")
