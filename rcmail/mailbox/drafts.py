"""Drafts for a mailbox that is a file: messages in a folder, each to be opened with any mail program."""

import asyncio
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from rcmail.errors import DraftRefused
from rcmail.files import flush
from rcmail.mailbox.base import DraftState, StoredDraft

# Bytes in which the header of a draft ends, ours or a mail program's.
_HEAD: Final = 64 * 1024
_HEADER_END: Final = re.compile(rb"\r?\n\r?\n")
_NAME: Final = re.compile(rb"^X-Rcmail-Draft:[ \t]*([0-9a-f]{8,64})\r?$", re.MULTILINE)
_ID: Final = re.compile(rb"^Message-ID:[ \t\r\n]{0,9}(<[^<>\r\n]{1,998}>)[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)

T = TypeVar("T")


class FileDrafts:
    """A ``DraftBox``: one ``.eml`` a draft in ``folder``, for nobody but rcmail's own user.

    The name is that of the header ``X-Rcmail-Draft``. One job at a time writes there. What somebody sends from a
    mail program is not seen here, but when it comes in. Each method raises DraftRefused.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def digest(self, content: bytes) -> str:
        return hashlib.sha256(content).hexdigest()

    async def find(self, message_id: str) -> StoredDraft | None:
        return await _told(self._find, message_id.encode())

    async def create(self, content: bytes, _thread: str | None) -> StoredDraft:
        return await _told(self._create, content)

    async def replace(self, draft: StoredDraft, content: bytes) -> StoredDraft | None:
        return await _told(self._replace, draft, content)

    async def state(self, draft: StoredDraft) -> DraftState:
        return await _told(self._state, draft)

    def _find(self, message_id: bytes) -> StoredDraft | None:
        for half in self._folder.glob(".*.part"):  # a writer was killed
            half.unlink(missing_ok=True)
        path = next((path for path in self._drafts(message_id) if _message_id(path) == message_id), None)
        return _stored(path) if path else None

    def _drafts(self, message_id: bytes) -> Iterator[Path]:
        """First where it most likely is: the files of years may lie there."""
        local = message_id.decode("ascii", "replace").strip("<>").partition("@")[0]
        paths = sorted(self._folder.glob("*.eml"), key=lambda path: (path.stem != local, path.name))
        return (path for path in paths if path.is_file() and not path.is_symlink())

    def _create(self, content: bytes) -> StoredDraft:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = _NAME.search(_head(content))
        path = self._folder / f"{name[1].decode() if name else self.digest(content)[:32]}.eml"
        half = _written(path, content)
        with suppress(FileExistsError):  # somebody has saved another one there: that is what is found
            path.hardlink_to(half)
        half.unlink()
        flush(self._folder)
        return _stored(path)

    def _replace(self, draft: StoredDraft, content: bytes) -> StoredDraft | None:
        path = self._path(draft)
        if self._state(draft) is not DraftState.THERE:
            return None
        half = _written(path, content)
        if self._state(draft) is not DraftState.THERE:  # saved while this was written
            half.unlink()
            return None
        half.replace(path)
        flush(self._folder)
        return _stored(path)

    def _state(self, draft: StoredDraft) -> DraftState:
        try:
            return DraftState.THERE if _stored(self._path(draft)) == draft else DraftState.EDITED
        except FileNotFoundError:
            return DraftState.GONE

    def _path(self, draft: StoredDraft) -> Path:
        return self._folder / Path(draft.key).name


async def _told(function: Callable[..., T], *arguments: object) -> T:
    try:
        return await asyncio.to_thread(function, *arguments)
    except OSError as error:
        sentence = f"the folder of the drafts cannot be used: {error.strerror or 'it breaks off'}"
        raise DraftRefused(sentence) from error


def _written(path: Path, content: bytes) -> Path:
    """A file beside ``path`` with ``content`` that is on the disk."""
    half = path.with_name(f".{path.name}.part")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return half


def _stored(path: Path) -> StoredDraft:
    with path.open("rb") as file:
        return StoredDraft(path.name, hashlib.file_digest(file, "sha256").hexdigest())


def _message_id(path: Path) -> bytes | None:
    with path.open("rb") as file:
        found = _ID.search(_head(file.read(_HEAD)))
    return found[1] if found else None


def _head(content: bytes) -> bytes:
    return _HEADER_END.split(content[:_HEAD], maxsplit=1)[0]
