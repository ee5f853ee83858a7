"""Files that are there whole or not at all."""

import os
from pathlib import Path

import pytest

from rcmail.files import write_whole


def test_a_file_is_replaced_with_its_mode_and_what_was_left_behind_is_no_hindrance(tmp_path: Path) -> None:
    path = tmp_path / "key"
    (tmp_path / "key.new").write_text("half of")
    write_whole(path, "one é", mode=0o600)
    write_whole(path, "two é", mode=0o600)
    assert path.read_text("utf-8") == "two é"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_flushed_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "note"
    write_whole(path, "old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, "new")
    assert path.read_text() == "old"
