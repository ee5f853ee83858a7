"""Helpers for these tests."""

from pathlib import Path

import pytest

from rcmail.db.pool import Database
from tests.drafting.kept import Room


@pytest.fixture
def room(database: Database, tmp_path: Path) -> Room:
    return Room(database, tmp_path)
