"""The kept key of development: whole, private, and made anew where it is no key."""

import errno
import os
from pathlib import Path

import pytest

from rcmail import dev
from rcmail.dev import fallback
from rcmail.errors import EmbeddedDatabaseError
from tests.support import make_config, postgres_config


@pytest.mark.parametrize("spoilt", [b"", b"short", b"\xff" * 64, b"\n"])
def test_a_spoilt_key_is_made_anew_and_then_kept(spoilt: bytes, tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_bytes(spoilt)
    key = fallback(tmp_path)["SECRET_KEY"]
    assert len(key) == 64
    assert fallback(tmp_path)["SECRET_KEY"] == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (
            errno.EACCES,
            "It belongs to another user, perhaps from `sudo make run`; get it back with: sudo chown -R",
        ),
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EROFS, "cannot be used (Read-only file system"),
        (errno.EISDIR, "cannot be used (Is a directory"),
    ],
)
def test_a_folder_that_cannot_be_used_is_named_with_a_remedy_that_removes_nothing(
    number: int, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_whole(path: Path, *_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(dev, "write_whole", write_whole)
    with pytest.raises(EmbeddedDatabaseError) as caught:
        fallback(tmp_path)
    assert says in str(caught.value)
    assert ("chown" in str(caught.value)) is (number == errno.EACCES)
    assert "emove" not in str(caught.value)
    with pytest.raises(EmbeddedDatabaseError):
        dev.note(make_config(postgres_config("/run/x")), tmp_path)


@pytest.mark.parametrize("spoilt", [b"", b"{", b"[1]", b"\xff", b"7"])
def test_a_spoilt_note_is_no_note(spoilt: bytes, tmp_path: Path) -> None:
    (tmp_path / "service.json").write_bytes(spoilt)
    with dev.beside(may_start=False, folder=tmp_path) as leads_to:
        assert leads_to["POSTGRES_HOST"] == str(tmp_path / "postgresql-16/run")
        assert "HTTP_PORT" not in leads_to
