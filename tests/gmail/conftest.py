"""A Gmail for the tests that are marked ``gmail``, and the count of what was sent over all of them: nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import dead_dns as dead_dns
from tests.faults.conftest import own_postgres as own_postgres  # it keeps what it acknowledged
from tests.faults.conftest import small_disk as small_disk
from tests.gmail.cafe import told
from tests.gmail.google import Google, google_in, totals
from tests.gmail.loading import EXAMPLE_GROUP, example


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("gmail")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if totals["requests"]:
        terminalreporter.section("gmail: over the whole suite")
        terminalreporter.write_line(", ".join(f"{name}: {number}" for name, number in totals.items()))
        for row in [("what goes wrong", "what a volunteer reads"), ("---", "---"), *told] if told else []:
            terminalreporter.write_line(f"| {' | '.join(row)} |")


@pytest.fixture
def google(tmp_path: Path) -> Iterator[Google]:
    """An empty mailbox. The test fails where somebody tries to send through it."""
    with google_in(tmp_path) as google:
        yield google


@pytest.fixture
def example_google(tmp_path: Path) -> Iterator[Google]:
    """The example mailbox."""
    with google_in(tmp_path, example(), EXAMPLE_GROUP) as google:
        yield google
