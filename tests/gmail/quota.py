"""Google's quota: units per user and minute, and what each call costs.

https://developers.google.com/workspace/gmail/api/reference/quota: a project registered since May 2026 has 6,000
units, and ``messages.get`` costs 20 of them.
"""

import re
import time
from collections import deque
from typing import Final

UNITS: Final = 6000
_MINUTE: Final = 60.0
_COSTS: Final = [
    (re.compile(pattern), units)
    for pattern, units in (
        (r"^GET .*/messages/[^/]+$", 20), (r"^GET .*/messages$", 5), (r"^GET .*/history$", 2),
        (r"^GET .*/attachments/", 5), (r"^GET .*/profile$", 1), (r"^GET .*/drafts", 5),
        (r"^POST .*/drafts$", 10), (r"^PUT .*/drafts/", 15), (r"^DELETE .*/drafts/", 10), (r"^GET .*/threads", 10),
        (r"^GET .*/labels", 1),
    )
]  # fmt: skip


class Quota:
    """So many ``units`` in any minute. ``lapse`` is how many times faster than ours its time runs."""

    def __init__(self, units: int = UNITS, lapse: float = 1) -> None:
        self._units = units
        self._minute = _MINUTE / lapse
        self._spent: deque[tuple[float, int]] = deque()
        self._in_window = 0
        self.granted = 0
        """Units in all."""
        self.refusals = 0

    def spend(self, what: str) -> bool:
        """Whether the request ``METHOD /path`` may be answered."""
        now, cost = time.monotonic(), _cost(what)
        while self._spent and self._spent[0][0] <= now - self._minute:
            self._in_window -= self._spent.popleft()[1]
        if self._in_window + cost > self._units:
            self.refusals += 1
            return False
        self._spent.append((now, cost))
        self._in_window += cost
        self.granted += cost
        return True

    def share(self, seconds: float) -> float:
        """Of what was allowed in so many ``seconds`` of ours: how much was granted, 0 to 1."""
        return self.granted / (self._units * seconds / self._minute)


def _cost(what: str) -> int:
    return next((units for pattern, units in _COSTS if pattern.search(what)), 5)
