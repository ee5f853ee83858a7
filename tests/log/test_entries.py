"""Entries: what is one, which are wanted, and the memory that holds the latest."""

import json
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.log.entries import LEVELS, Entry, Filter, RecentEntries


def entry(**data: Any) -> Entry:
    core = {"timestamp": "2026-01-01T00:00:00.000Z", "level": "INFO", "service": "db", "event": "event"}
    return Entry(core | data)


@pytest.mark.parametrize(
    "line",
    ["", "text", "[]", "null", '{"level": "INFO"}', "[" * 100_000, '{"a": 1'],
)
def test_what_is_no_entry_is_none(line: str) -> None:
    assert Entry.parse(line) is None


def test_an_entry_with_a_level_that_there_is_not_is_none() -> None:
    assert Entry.parse(entry(level="LOUD").json) is None
    assert Entry.parse(entry(level=3).json) is None


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text())))
def test_an_entry_is_the_same_wherever_it_is_read_from(context: dict[str, Any]) -> None:
    one = entry(**context | {"level": "ERROR", "timestamp": "t", "service": "s", "event": "e"})
    again = Entry.parse(json.dumps(one.data))
    assert again is not None
    assert again.json == one.json


@pytest.mark.parametrize("least", LEVELS)
def test_a_level_lets_through_itself_and_what_is_more_important(least: str) -> None:
    wanted = [level for level in LEVELS if Filter(level=least).matches(entry(level=level))]
    assert wanted == list(LEVELS[LEVELS.index(least) :])


@pytest.mark.parametrize("text", ["EVENT", "attempt", "straSSe", "7", "deep value", "null", "true"])
def test_text_is_found_in_names_and_values_at_every_depth_whatever_its_case(text: str) -> None:
    held = entry(attempt=7, where={"Straße": [None, {"x": "Deep Value"}, True]})
    assert Filter(text=text).matches(held)
    assert not Filter(text=f"{text}?").matches(held)


def test_the_memory_forgets_the_oldest_by_number_and_by_size() -> None:
    memory = RecentEntries(max_entries=3, max_characters=10)
    for text in ("aaaa", "b", "c", "d"):
        memory.append(text)
    assert memory.after() == (4, ["b", "c", "d"])
    memory.append("e" * 9)
    assert memory.after() == (5, ["d", "e" * 9])
    memory.append("f" * 11)
    assert memory.after() == (6, [])
    memory.append("g")
    assert memory.after(4) == (7, ["g"])
    assert memory.after(7) == (7, [])
    assert memory.after(99) == (7, [])


def test_after_a_number_comes_what_was_appended_since() -> None:
    memory = RecentEntries()
    for number in range(10):
        memory.append(str(number))
    assert memory.after(7) == (10, ["7", "8", "9"])


def test_of_several_threads_the_memory_loses_none() -> None:
    memory = RecentEntries(max_entries=10_000)

    def work() -> None:
        for _ in range(1000):
            memory.append("x")

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    number, lines = memory.after()
    assert (number, len(lines)) == (8000, 8000)
