"""Drafts in a folder: written whole, found again by their Message-ID, and never over what somebody changed."""

import os
import stat
from pathlib import Path

import pytest

from rcmail.errors import MailboxUnavailable
from rcmail.mailbox.base import DraftBox, DraftState, StoredDraft
from rcmail.mailbox.drafts import FileDrafts

NAME = "0123456789abcdef0123456789abcdef"
ID = f"<{NAME}@example.org>"


def draft(text: str = "Kom gerust.", name: str = NAME, message_id: str = ID) -> bytes:
    head = f"Message-ID: {message_id}\r\nX-Rcmail-Draft: {name}\r\nSubject: Re: lamp"
    return f"{head}\r\n\r\n{text}\r\n".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "drafts"


@pytest.fixture
def box(folder: Path) -> DraftBox:
    return FileDrafts(folder)


async def test_a_draft_is_one_file_for_nobody_else_with_the_name_of_its_header(
    box: DraftBox, folder: Path
) -> None:
    os.umask(0)
    stored = await box.create(draft(), None)
    assert stored == StoredDraft(f"{NAME}.eml", box.digest(draft()))
    [path] = folder.iterdir()
    assert path.read_bytes() == draft()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


async def test_it_is_found_by_its_message_id_and_by_no_other(box: DraftBox, folder: Path) -> None:
    assert await box.find(ID) is None
    stored = await box.create(draft(text=f"Message-ID: {ID[:-1]}.invalid>"), None)
    assert await box.find(ID) == stored
    assert await box.find(f"{ID[:-1]}.invalid>") is None
    (folder / f"{NAME}.eml").rename(folder / "anna.eml")
    assert (await box.find(ID)) == StoredDraft("anna.eml", stored.digest)


async def test_what_has_taken_its_place_is_not_written_over(box: DraftBox, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / f"{NAME}.eml").write_bytes(b"saved by a mail program")
    stored = await box.create(draft(), None)
    assert stored.digest == box.digest(b"saved by a mail program")
    assert [path.read_bytes() for path in folder.iterdir()] == [b"saved by a mail program"]


async def test_it_is_replaced_only_where_nobody_has_changed_it(box: DraftBox, folder: Path) -> None:
    first = await box.create(draft(), None)
    second = await box.replace(first, draft("Kom gerust langs."))
    assert second is not None
    assert await box.state(second) is DraftState.THERE
    assert await box.replace(first, draft("nog eens")) is None
    assert (folder / f"{NAME}.eml").read_bytes() == draft("Kom gerust langs.")
    (folder / f"{NAME}.eml").write_bytes(draft("Kom maar niet."))
    assert await box.replace(second, draft("nog eens")) is None
    assert await box.state(second) is DraftState.EDITED
    (folder / f"{NAME}.eml").unlink()
    assert await box.replace(second, draft("nog eens")) is None
    assert await box.state(second) is DraftState.GONE
    assert list(folder.iterdir()) == []


async def test_what_a_killed_writer_left_goes_and_counts_for_nothing(box: DraftBox, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / f".{NAME}.eml.part").write_bytes(draft()[:40])
    assert await box.find(ID) is None
    await box.create(draft(), None)
    assert [path.name for path in folder.iterdir()] == [f"{NAME}.eml"]


async def test_a_name_never_leads_out_of_the_folder(box: DraftBox, folder: Path, tmp_path: Path) -> None:
    folder.mkdir(parents=True)
    (tmp_path / "secret.eml").write_bytes(draft())
    (folder / "link.eml").symlink_to(tmp_path / "secret.eml")
    assert await box.find(ID) is None
    assert await box.state(StoredDraft("../../secret.eml", "")) is DraftState.GONE
    stored = await box.create(draft(name="../../secret"), None)
    assert (folder / stored.key).is_file()


async def test_a_folder_that_cannot_be_used_is_told(box: DraftBox, folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("a file")
    with pytest.raises(MailboxUnavailable, match="the folder of the drafts cannot be used"):
        await box.create(draft(), None)
