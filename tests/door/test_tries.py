"""How often a password may be tried, and that nobody is kept out for ever."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.config import PostgresConfig
from rcmail.db.pool import Database
from rcmail.door.tries import ALL, EACH, Tries, address, device, wait
from rcmail.errors import TooManyTries

TRIES = st.lists(
    st.tuples(
        st.sampled_from([f"192.0.2.{n}" for n in range(40)] + [device("a"), device("b")]), st.floats(0, 600)
    ),
    max_size=120,
)


@pytest.mark.parametrize(
    ("remote", "who"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_an_address_is_one_and_a_network_of_ipv6_too(remote: str | None, who: str) -> None:
    assert address(remote) == who


@given(TRIES, st.sampled_from(["192.0.2.1", "198.51.100.9", device("a")]))
def test_nobody_waits_for_longer_than_ten_minutes(tries: list[tuple[str, float]], who: str) -> None:
    seconds = wait(tries, who)
    assert 0 <= seconds <= 600
    assert not wait([(each, age + seconds) for each, age in tries if age + seconds <= 600], who)


@given(TRIES)
def test_a_browser_that_was_signed_in_before_waits_for_its_own_tries_only(tries: list[tuple[str, float]]) -> None:
    assert wait([(who, age) for who, age in tries if who != device("a")], device("a")) == 0


def crowd(addresses: int, seconds: int, *, owner_at: int) -> tuple[int, int, float | None]:
    """So many addresses try whenever they may, each second; the owner tries once, from an address of its own.

    Tries in all, the most within a minute, and how many seconds the owner waited.
    """
    noted: list[tuple[str, float]] = []
    waited = None
    refused: set[str] = set()
    for now in range(seconds):
        lately = [(who, now - at) for who, at in noted if now - at <= 600]
        for who in [
            *(f"guest {n}" for n in range(addresses)),
            *(["owner"] * (waited is None and now >= owner_at)),
        ]:
            while not wait(lately, who, refused):
                if who == "owner":
                    waited = float(now - owner_at)
                    break
                noted.append((who, float(now)))
                lately.append((who, 0.0))
            refused.add(who)
    most = max(sum(0 <= now - at < 60 for _, at in noted) for now in range(seconds))
    return len(noted), most, waited


@pytest.mark.parametrize(
    ("addresses", "owner_at"), [(1, 1), (2, 40), (5, 1), (6, 40), (20, 1), (20, 40), (20, 400), (60, 1), (60, 400)]
)
def test_a_crowd_that_never_stops_keeps_the_owner_waiting_for_a_bounded_time(
    addresses: int, owner_at: int
) -> None:
    tried, most, waited = crowd(addresses, 900, owner_at=owner_at)
    assert most <= ALL
    assert tried <= min(addresses * EACH, ALL) * (900 / 60 + 1)
    assert waited is not None
    assert waited <= (0 if addresses <= 20 else 600)


async def test_the_sixth_wrong_try_of_an_address_waits_and_others_do_not(database: Database) -> None:
    tries = Tries(database)
    for _ in range(EACH):
        await tries.begin("192.0.2.1")
    with pytest.raises(TooManyTries) as refused:
        await tries.begin("192.0.2.1")
    assert 55 < refused.value.seconds <= 60
    await tries.begin("192.0.2.2")


async def test_a_restart_forgets_no_try_and_a_right_one_is_none(
    database: Database, database_config: PostgresConfig
) -> None:
    for _ in range(EACH):
        await Tries(database).begin("192.0.2.1")
    after_restart = Database(database_config)
    with pytest.raises(TooManyTries):
        await Tries(after_restart).begin("192.0.2.1")
    await after_restart.close()
    tries = Tries(database)
    for _ in range(2 * EACH):
        await tries.take_back(await tries.begin("192.0.2.2"))


async def test_as_many_at_the_same_moment_are_no_more_than_one_after_the_other(database: Database) -> None:
    tries = Tries(database)
    done = await asyncio.gather(*(tries.begin("192.0.2.1") for _ in range(50)), return_exceptions=True)
    assert sum(isinstance(one, int) for one in done) == EACH
    assert sum(isinstance(one, TooManyTries) for one in done) == 50 - EACH
    everybody = [f"198.51.100.{n % 250}" for n in range(500)]
    done = await asyncio.gather(*(tries.begin(who) for who in everybody), return_exceptions=True)
    assert sum(isinstance(one, int) for one in done) == ALL - EACH


async def test_a_clock_that_was_put_back_locks_nobody_out(database: Database) -> None:
    for _ in range(EACH):
        await database.execute("INSERT INTO door_tries (who, at) VALUES ('192.0.2.1', now() + interval '9 years')")
    await Tries(database).begin("192.0.2.1")
    [row] = await database.fetch("SELECT count(*) AS tries FROM door_tries")
    assert row.tries == 1
