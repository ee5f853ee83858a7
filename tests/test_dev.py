"""The kept key of development: whole, private, and made anew where it is no key."""

from pathlib import Path

import pytest

from rcmail.dev import fallback
from rcmail.errors import EmbeddedDatabaseError


@pytest.mark.parametrize("spoilt", [b"", b"short", b"\xff" * 64, b"\n"])
def test_a_spoilt_key_is_made_anew_and_then_kept(spoilt: bytes, tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_bytes(spoilt)
    key = fallback(tmp_path)["SECRET_KEY"]
    assert len(key) == 64
    assert fallback(tmp_path)["SECRET_KEY"] == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_used_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "secret_key").mkdir()
    with pytest.raises(EmbeddedDatabaseError, match="sudo chown"):
        fallback(tmp_path)
