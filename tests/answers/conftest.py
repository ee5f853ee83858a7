"""Helpers for these tests."""

from collections.abc import AsyncIterator

import pytest

from rcmail.answers.helper import Helper
from tests.answers.helpers import HereHelper


@pytest.fixture
def here() -> HereHelper:
    return HereHelper()


@pytest.fixture
async def helper() -> AsyncIterator[Helper]:
    """The real one."""
    helper = Helper()
    yield helper
    helper.end()
