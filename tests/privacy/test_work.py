"""The job after somebody was forgotten: files, the helper, the tables. It may be done any number of times."""

import os
import time
from pathlib import Path

import pytest

from rcmail.db.pool import Database
from rcmail.drafting.folder import drafts
from rcmail.jobs.here import do_here
from rcmail.privacy import retention
from rcmail.privacy.forget import AFTER, forget
from rcmail.privacy.work import VACUUM, handlers
from rcmail.settings.store import SettingsStore
from tests.answers.helpers import HereHelper
from tests.mail.letters import GROUP, letter
from tests.mail.room import AWAY

ADDRESS = "hupsa@example.com"


class Ended(HereHelper):
    times = 0

    def end(self) -> None:
        self.times += 1


@pytest.fixture
def helper() -> Ended:
    return Ended()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = drafts(tmp_path)
    found.mkdir()
    return found


def write(folder: Path, name: str, content: bytes, hours_ago: float = 1) -> None:
    path = folder / f"{name}.eml"
    path.write_bytes(content)
    moment = time.time() - 3600 * hours_ago
    os.utime(path, (moment, moment))


async def do(database: Database, helper: Ended, state: Path, kind: str = AFTER) -> list[str]:
    """The job; the drafts that are left."""
    await do_here(database, kind, {}, handlers(database, AWAY, helper, state)[kind])
    return sorted(path.stem for path in drafts(state).glob("*.eml"))


async def test_drafts_that_name_her_go_and_others_stay(
    database: Database, tmp_path: Path, folder: Path, helper: Ended
) -> None:
    write(folder, "to-her", letter(GROUP, "Hupsa <HUPSA+x@example.com>"))
    write(folder, "quotes-her", letter(GROUP, "piet@example.net", f"Kom maar.\n\n> {ADDRESS} schreef dat ook"))
    write(folder, "to-piet", letter(GROUP, "piet@example.net"))
    write(folder, "odd", b"\xff\x00 no mail at all")
    assert len(await do(database, helper, tmp_path)) == 4
    await forget(database, AWAY, ADDRESS)
    write(folder, "later", letter(GROUP, ADDRESS), hours_ago=-1)
    assert await do(database, helper, tmp_path) == ["later", "odd", "to-piet"]
    assert await do(database, helper, tmp_path) == ["later", "odd", "to-piet"]
    assert helper.times == 3


async def test_what_a_worker_that_was_killed_has_left_of_an_index_goes(
    database: Database, tmp_path: Path, folder: Path, helper: Ended
) -> None:
    await database.execute("CREATE INDEX messages_by_word_ccnew ON messages USING gin (words)")
    await do(database, helper, tmp_path, VACUUM)
    rows = await database.fetch("SELECT indexname FROM pg_indexes WHERE indexname LIKE 'messages_by_word_%%'")
    assert rows == []


async def test_drafts_that_are_older_than_mail_is_kept_go_too(
    database: Database, tmp_path: Path, folder: Path, helper: Ended
) -> None:
    write(folder, "old", letter(GROUP, "piet@example.net"), hours_ago=24 * 100)
    write(folder, "new", letter(GROUP, "piet@example.net"))
    assert await do(database, helper, tmp_path, retention.KIND) == ["new", "old"]
    await SettingsStore(database).save({"mail_keep_months": "2"})
    assert await do(database, helper, tmp_path, retention.KIND) == ["new"]
