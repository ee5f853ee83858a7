"""How fast Gmail is asked: Google allows so much a minute, tells nobody how much, and refuses what is more.

https://developers.google.com/workspace/gmail/api/reference/quota
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

# Requests a second; what is allowed is 5 for a project since May 2026, 50 for an older one.
_FIRST: Final = 4.0
_MOST: Final = 45.0
_LEAST: Final = 0.25
_GROWTH: Final = 1.1
_STEP: Final = 10.0
# How near to the rate that was refused, and how long that is remembered: so 95 to 100 % of what is allowed is
# used, whether Google counts by the minute, by the last sixty seconds, or by a bucket that fills again. Without
# it, it were 77 to 100 %: by tenths it takes more than a minute to be as fast again.
_BELOW: Final = 0.95
_REMEMBERED: Final = 900.0
# The quota is one a minute: a second refusal in it tells the same as the first.
_MINUTE: Final = 60.0
# Seconds after one refusal, twice as many after each further one in a row.
_FIRST_WAIT: Final = 1.0
_LONGEST_WAIT: Final = 32.0
# What was lost to a late wake-up is made good, as far as this.
_SLACK: Final = 0.5


class Pace:
    """When the next request may begin. One for all that ask in the name of one account.

    It grows by a tenth every ten seconds in which none is refused, and halves where one is; what was refused is
    known then: after ten seconds it is just below it, and grows again a quarter of an hour later. ``clock`` and
    ``sleep`` count in seconds.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._turn = asyncio.Lock()
        self.rate = _FIRST
        """Requests a second, now."""
        self._ceiling = _MOST
        self._next = self._held_until = self._refused_at = now = clock()
        self._halved_at = now - _REMEMBERED
        self._grows_at = now + _STEP
        self._in_a_row = 0

    async def turn(self) -> float:
        """Wait until it is; returns the moment, which ``granted`` or ``refused`` is told."""
        async with self._turn:
            while (wait := max(self._next, self._held_until) - self._clock()) > 0:
                await self._sleep(wait)
            now = self._clock()
            self._grow(now)
            self._next = max(self._next, now - _SLACK) + 1 / self.rate
            return now

    def granted(self, began: float) -> None:
        """That the request of the turn ``began`` was not refused."""
        if began >= self._refused_at:
            self._in_a_row = 0

    def refused(self, began: float, asked: float = 0.0) -> float:
        """That it was; returns the seconds until the next turn, ``asked`` for or our own, whichever is more."""
        now = self._clock()
        if began >= self._refused_at:  # what was under way meanwhile tells nothing new
            self._refused_at = now
            self._grows_at = now + _STEP
            self._in_a_row += 1
            if now >= self._halved_at + _MINUTE:
                self._halved_at = now
                self._ceiling = self.rate * _BELOW
                self.rate = max(self.rate / 2, _LEAST)
        wait = min(_FIRST_WAIT * 2 ** (self._in_a_row - 1), _LONGEST_WAIT) if self._in_a_row else 0.0
        return self.hold(max(wait, asked))

    def hold(self, seconds: float) -> float:
        """Let no turn begin for so many ``seconds``; returns those that there are now."""
        now = self._clock()
        self._held_until = max(self._held_until, now + seconds)
        self._next = max(self._next, self._held_until)  # nothing of this is made good
        return self._held_until - now

    def _grow(self, now: float) -> None:
        if now >= self._grows_at:
            is_known = now < self._halved_at + _REMEMBERED
            self.rate = self._ceiling if is_known else min(self.rate * _GROWTH, _MOST)
            self._grows_at = now + _STEP
