"""What is new in the log, by its place."""

import pytest

from rcmail.log.entries import Filter, RecentEntries
from rcmail.log.logbook import MOST_NEW, Logbook
from tests.log.test_entries import entry


@pytest.fixture
def memory() -> RecentEntries:
    return RecentEntries(max_entries=MOST_NEW + 50)


def log(memory: RecentEntries, *numbers: int) -> None:
    for number in numbers:
        memory.append(entry(number=number).json)


async def place(logbook: Logbook) -> int:
    return (await logbook.latest(Filter(), 1)).place


def numbers(logbook: Logbook, after: int, wanted: Filter | None = None) -> list[int] | None:
    """Of the entries that are new; None where the page has to be made anew."""
    extract = logbook.news(after, wanted or Filter())
    return None if extract is None else [found.data["number"] for found in extract.entries]


async def test_new_is_what_came_after_a_place_though_it_looks_like_what_was_there(memory: RecentEntries) -> None:
    logbook = Logbook(memory, None)
    log(memory, 1, 1)
    after = await place(logbook)
    assert numbers(logbook, after) == []
    log(memory, 1, 2)
    assert numbers(logbook, after) == [2, 1]
    extract = logbook.news(after, Filter())
    assert extract is not None
    assert extract.place == await place(logbook)
    assert numbers(logbook, extract.place) == []


async def test_a_place_goes_on_over_what_is_not_wanted(memory: RecentEntries) -> None:
    logbook = Logbook(memory, None)
    after = await place(logbook)
    log(memory, 1)
    extract = logbook.news(after, Filter(level="ERROR"))
    assert extract is not None
    assert extract.entries == []
    assert extract.place == after + 1


async def test_more_than_is_told_at_once_is_not_told_in_part(memory: RecentEntries) -> None:
    logbook = Logbook(memory, None)
    after = await place(logbook)
    log(memory, *range(MOST_NEW))
    assert numbers(logbook, after, Filter(text="no such text")) == []
    assert numbers(logbook, after) == list(reversed(range(MOST_NEW)))
    log(memory, MOST_NEW)
    assert numbers(logbook, after) is None
    assert numbers(logbook, after + 1) == list(reversed(range(1, MOST_NEW + 1)))


async def test_where_some_are_forgotten_nothing_is_told(memory: RecentEntries) -> None:
    small = RecentEntries(max_entries=3)
    logbook = Logbook(small, None)
    after = await place(logbook)
    log(small, 1, 2, 3)
    assert numbers(logbook, after) == [3, 2, 1]
    log(small, 4)
    assert numbers(logbook, after) is None


async def test_a_place_of_another_run_is_known_for_what_it_is(memory: RecentEntries) -> None:
    before, after = Logbook(memory, None), Logbook(memory, None)
    log(memory, 1)
    assert numbers(after, await place(before)) is None
    assert numbers(before, await place(before) + 1) is None
    assert numbers(before, 0) is None
