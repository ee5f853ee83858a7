"""What of a person may stand in what others wrote: the address, and the name in full."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rcmail.mail.identity import pattern
from rcmail.mail.words import words

REMOVED: Final = "[removed]"
"""What stands in the place of a trace."""
# Words of so many letters, of which a full name has two; and names that one person goes by.
_NAME_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_FULL: Final = 2
_MOST_NAMES: Final = 30


@dataclass(frozen=True, slots=True)
class Traces:
    """``names`` are as the person writes them; of one word there are many, and they are left where they stand."""

    address: str
    names: frozenset[str]

    @property
    def pattern(self) -> str:
        """A regular expression for PostgreSQL and Python, in which small letters and capitals are the same."""
        return "|".join([pattern(self.address), *map(_of_name, sorted(self.names))])

    @property
    def query(self) -> str:
        """A ``tsquery`` for ``messages.words`` that finds every text with a trace, and some without."""
        local, _, domain = self.address.rpartition("@")
        # Gmail's local part may have dots, and be other words with each of them.
        parts = [f"{local} {domain}"] if domain != "gmail.com" else [domain, "googlemail.com"]
        found = [words(text) for text in (*parts, *sorted(self.names))]
        return " | ".join(f"({' & '.join(map(repr, each))})" for each in found if each)

    def removed(self, text: str) -> str:
        """``text`` with something else in the place of each."""
        return re.sub(self.pattern, REMOVED, text, flags=re.IGNORECASE)


def full(names: Iterable[str]) -> set[str]:
    """Those of ``names`` that are no words of every day: “De Man” may stand anywhere."""
    return set(sorted(name for name in names if len(_NAME_WORD.findall(name)) >= _FULL)[:_MOST_NAMES])


def _of_name(name: str) -> str:
    words = r"\s+".join(re.escape(word) for word in name.split())
    return rf"(?<!\w){words}(?!\w)"
