"""What the pages of the mail need beside the database."""

from pathlib import Path

import pytest


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that belongs to rcmail."""
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    return tmp_path
