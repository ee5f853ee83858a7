"""How much of what Google allows is used, by a clock of our own: an hour takes a second."""

import asyncio
import heapq
import itertools
from collections import deque
from collections.abc import Callable

import pytest

from rcmail.mailbox.gmail.pace import Pace

Quota = Callable[[float], bool]
"""Whether a request at this moment is allowed."""


class OtherTime:
    """Seconds that pass when everybody waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._number = itertools.count()

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        wakes: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._number), wakes))
        await wakes

    async def pass_until(self, end: float) -> None:
        while True:
            for _ in range(5):
                await asyncio.sleep(0)
            if not self._sleepers or self._sleepers[0][0] > end:
                self.now = end
                return
            self.now, _, wakes = heapq.heappop(self._sleepers)
            if not wakes.cancelled():
                wakes.set_result(None)


def bucket(a_second: float, room: float) -> Quota:
    """It fills again all the time."""
    left, last = room, 0.0

    def take(now: float) -> bool:
        nonlocal left, last
        left, last = min(room, left + (now - last) * a_second), now
        left -= (is_allowed := left >= 1)
        return is_allowed

    return take


def of_the_last_minute(a_second: float) -> Quota:
    taken: deque[float] = deque()

    def take(now: float) -> bool:
        while taken and taken[0] <= now - 60:
            taken.popleft()
        if is_allowed := len(taken) < 60 * a_second:
            taken.append(now)
        return is_allowed

    return take


def by_the_minute(a_second: float) -> Quota:
    minute, taken = -1, 0

    def take(now: float) -> bool:
        nonlocal minute, taken
        if int(now + 13) // 60 != minute:
            minute, taken = int(now + 13) // 60, 0
        taken += (is_allowed := taken < 60 * a_second)
        return is_allowed

    return take


class Asking:
    """Sixteen who ask on and on, with so many seconds until there is an answer."""

    def __init__(self, quota: Quota, latency: float = 0.3) -> None:
        self.time = OtherTime()
        self.pace = Pace(self.time.clock, self.time.sleep)
        self.granted = self.refused = 0
        self.began: list[float] = []
        self._quota = quota
        self._latency = latency
        self._askers = [asyncio.create_task(self._ask()) for _ in range(16)]

    async def _ask(self) -> None:
        while True:
            began = await self.pace.turn()
            self.began.append(began)
            is_allowed = self._quota(began)
            await self.time.sleep(self._latency)
            if is_allowed:
                self.granted += 1
                self.pace.granted(began)
            else:
                self.refused += 1
                self.pace.refused(began)

    async def share(self, start: float, end: float, a_second: float) -> float:
        """How much of the quota is used between two moments."""
        await self.time.pass_until(start)
        before = self.granted
        await self.time.pass_until(end)
        return (self.granted - before) / (end - start) / a_second

    async def stop(self) -> None:
        for each in self._askers:
            each.cancel()
        await asyncio.gather(*self._askers, return_exceptions=True)


@pytest.fixture(autouse=True)
def in_a_hurry() -> None:
    """Here the waits are the product's own."""


@pytest.mark.parametrize(
    "quota",
    [bucket(5, 5), bucket(5, 50), bucket(5, 300), of_the_last_minute(5), by_the_minute(5)],
    ids=["small bucket", "bucket", "bucket of a minute", "last minute", "by the minute"],
)
async def test_of_300_a_minute_nineteen_of_twenty_are_used(quota: Quota) -> None:
    asking = Asking(quota)
    assert await asking.share(0, 1800, 5) >= 0.94
    assert await asking.share(1800, 5400, 5) >= 0.95
    assert asking.refused < 0.02 * asking.granted
    await asking.stop()


async def test_of_3000_a_minute_all_is_used_that_rcmail_asks_for() -> None:
    asking = Asking(of_the_last_minute(50))
    assert await asking.share(300, 600, 50) >= 0.9
    assert asking.refused == 0
    await asking.stop()


async def test_it_begins_with_four_and_grows_by_a_tenth_in_ten_seconds_and_never_beyond_45() -> None:
    asking = Asking(lambda _: True, latency=0)
    for start, rate in ((1, 4.0), (11, 4.4), (21, 4.84), (400, 45.0)):
        assert await asking.share(start, start + 8, 1) == pytest.approx(rate, rel=0.1)
        assert asking.pace.rate == pytest.approx(rate, rel=0.01)
    gaps = [after - before for before, after in itertools.pairwise(asking.began)]
    assert min(gaps) > 0.9 / 45
    await asking.stop()


async def test_a_refusal_halves_it_once_in_a_minute() -> None:
    pace = Pace((time := OtherTime()).clock, time.sleep)
    for moment, rate in ((0, 2.0), (0, 2.0), (59, 2.0), (60, 1.0), (61, 1.0)):
        time.now = moment
        pace.refused(moment)
        assert pace.rate == rate


async def test_it_stays_below_what_was_refused_and_after_a_quarter_of_an_hour_tries_again() -> None:
    asking = Asking(lambda now: not 5 <= now < 5.2)
    for start, least, most in ((6, 2, 2), (17, 3.79, 3.81), (900, 3.79, 3.81), (930, 3.9, 5), (1300, 40, 45)):
        await asking.time.pass_until(start)
        assert least <= asking.pace.rate <= most
    await asking.stop()


async def test_refusals_in_a_row_make_longer_waits_and_one_that_is_granted_ends_it() -> None:
    pace = Pace((time := OtherTime()).clock, time.sleep)
    waits = []
    for _ in range(8):
        waits.append(wait := pace.refused(time.now))
        time.now += wait
    assert waits == [1, 2, 4, 8, 16, 32, 32, 32]
    pace.granted(time.now)
    assert pace.refused(time.now) == 1
    pace.granted(time.now - 1)
    assert pace.refused(time.now) == 2, "it was under way before"


async def test_everybody_waits_as_long_as_was_asked_for() -> None:
    asking = Asking(lambda now: now >= 5)
    asking.pace.refused(0.0, 30.0)
    asking.pace.refused(0.0, 3.0)
    await asking.time.pass_until(29.9)
    assert asking.began == []
    await asking.time.pass_until(31)
    assert asking.began
    await asking.stop()


async def test_an_hour_in_which_nobody_asks_makes_it_no_faster_than_ten_seconds() -> None:
    pace = Pace((time := OtherTime()).clock, time.sleep)
    await pace.turn()
    time.now += 3600
    await pace.turn()
    await pace.turn()
    assert pace.rate == pytest.approx(4.4)


async def test_who_does_not_wait_any_more_holds_up_nobody() -> None:
    asking = Asking(lambda _: True)
    await asking.time.pass_until(1)
    for each in asking._askers[:15]:
        each.cancel()
    before = len(asking.began)
    await asking.time.pass_until(5)
    assert len(asking.began) > before + 5
    await asking.stop()
