"""How often a password may be tried: in the database, so that switching the Pi off and on gives nobody new tries.

Five wrong ones a minute from one address, thirty in all. Where ten were wrong within a minute each address has
one, and where more than twenty addresses try, one in a longer time. So there is always room for one that has not
tried lately, and nobody locks the house out by trying.
"""

import asyncio
import ipaddress
import time
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

from rcmail.db.pool import Database
from rcmail.errors import TooManyTries

EACH: Final = 5
ALL: Final = 30
_CALM: Final = 10
_CROWD: Final = 20
_MINUTE: Final = 60.0
# For so long an address counts as one that tries; then its tries are forgotten.
_LATELY: Final = 600.0
_MOST_REFUSED: Final = 1_000
_DEVICE: Final = "device "

# A try that lies ahead is from before the clock was set back: it must not count until that time comes.
_LOOK: Final = f"""
    LOCK TABLE door_tries IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM door_tries
        WHERE at NOT BETWEEN clock_timestamp() - interval '{_LATELY} seconds' AND clock_timestamp();
    SELECT who, extract(epoch FROM clock_timestamp() - at)::float8 AS age FROM door_tries
"""  # noqa: S608


def address(remote: str | None) -> str:
    """Who tries from ``remote``: an IPv4 address, or the network of an IPv6 one (/64), of which one has many."""
    try:
        found = ipaddress.ip_address((remote or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def device(name: str) -> str:
    """Who tries from a browser that was signed in before, wherever it is."""
    return f"{_DEVICE}{name}"


def is_device(who: str) -> bool:
    return who.startswith(_DEVICE)


def wait(tries: Sequence[tuple[str, float]], who: str, asking: Collection[str] = ()) -> float:
    """Seconds until ``who`` may try, 0 for now, after ``tries``: who it was, and how many seconds ago.

    Those ``asking`` were refused lately, so they count among the many.
    """
    mine = sorted(age for each, age in tries if each == who)
    if is_device(who):  # nobody else's tries count
        return _until(mine, EACH, _MINUTE)
    others = [(each, age) for each, age in tries if not is_device(each)]
    ages = sorted(age for _, age in others)
    is_calm = sum(age < _MINUTE for age in ages) < _CALM
    crowd = len({each for each, _ in others} | {who, *asking})
    period = min(_MINUTE * max(crowd / _CROWD, 1), _LATELY)
    return max(_until(mine, EACH if is_calm else 1, period), _until(ages, ALL, _MINUTE))


def _until(ages: Sequence[float], most: int, period: float) -> float:
    """Seconds until fewer than ``most`` of ``ages`` (ascending) are within ``period``."""
    return max(period - ages[most - 1], 0.0) if len(ages) >= most else 0.0


class Tries:
    """The tries in the database. Every method raises DatabaseUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = asyncio.Lock()
        self._waiting: Counter[str] = Counter()
        self._refused: dict[str, float] = {}
        """Addresses that were refused, and when, by a clock that nobody sets; the oldest one first."""

    async def begin(self, who: str) -> int:
        """Note a try as a wrong one before the password is looked at; its number, for ``take_back``.

        Raises TooManyTries, with the seconds to wait.
        """
        if self._waiting[who] >= EACH:  # else one address could keep all others waiting for their turn
            raise TooManyTries(1)
        self._waiting[who] += 1
        try:
            async with self._turn, self._database.transaction(_LOOK) as session:
                seconds = wait([(row.who, row.age) for row in session.opening], who, self._refused)
                noted = [] if seconds else await session.fetch(
                    "INSERT INTO door_tries (who) VALUES (%s) RETURNING id", (who,)
                )  # fmt: skip
        finally:
            self._waiting[who] -= 1
            self._waiting += Counter()  # drops those that nobody waits under
        if not noted:
            self._note_refused(who)
            raise TooManyTries(seconds)
        number: int = noted[0].id
        return number

    def _note_refused(self, who: str) -> None:
        if not is_device(who):
            self._refused.pop(who, None)
            self._refused[who] = now = time.monotonic()
            oldest, at = next(iter(self._refused.items()))
            if now - at > _LATELY or len(self._refused) > _MOST_REFUSED:
                del self._refused[oldest]

    async def take_back(self, number: int) -> None:
        """It was the right password: no try."""
        await self._database.execute("DELETE FROM door_tries WHERE id = %s", (number,))
