"""Taking one account's mail out of the tables: all of it, and nothing that another mailbox has too."""

from datetime import timedelta
from pathlib import Path

from rcmail.db.pool import Database
from rcmail.jobs.queue import Queue
from rcmail.mail.clearing import clear_account
from tests.mail.letters import ANNA, GROUP, TODAY, letter
from tests.mail.room import bring_in

OTHER = "other@example.org"
QUESTION = letter(date=TODAY - timedelta(days=3), subject="Toaster", Message_ID="<1@x>")
ANSWER = letter(
    GROUP, ANNA, "Yes, bring it along!", date=TODAY - timedelta(days=2), subject="Re: Toaster", In_Reply_To="<1@x>"
)
BIKE = letter("Bert <bert@example.com>", subject="Bike", date=TODAY, Message_ID="<3@x>")


async def clear(database: Database, address: str) -> None:
    async with database.transaction() as session:
        await clear_account(session, "file", address, 5)


async def values(database: Database, column: str, table: str) -> list[object]:
    return [row[0] for row in await database.fetch(f"SELECT {column} FROM {table} ORDER BY 1")]


async def test_all_that_came_from_it_goes_with_what_was_made_of_it(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, QUESTION, ANSWER, BIKE)
    await database.execute(
        "INSERT INTO drafts (conversation, state) SELECT id, 'ready' FROM conversations;"
        " INSERT INTO decisions (conversation, note, was_kind, was_kind_why, was_kind_decided, was_note)"
        " SELECT id, 'a note', kind, kind_why, false, '' FROM conversations"
    )
    await clear(database, GROUP)
    for table in ("messages", "conversations", "accounts", "seen", "cursors", "drafts", "decisions"):
        assert await database.fetch(f"SELECT 1 FROM {table}") == [], table


async def test_what_another_mailbox_has_too_is_that_ones_from_then_on(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, QUESTION, BIKE)
    await bring_in(database, tmp_path, QUESTION, own=OTHER, others=[GROUP])
    await clear(database, GROUP)
    assert await values(database, "subject", "messages") == ["Toaster"]
    assert await values(database, "subject", "conversations") == ["Toaster"]
    assert await values(database, "address", "accounts") == [OTHER]


async def test_a_conversation_of_which_a_part_stays_is_summed_up_anew(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, ANSWER)
    await bring_in(database, tmp_path, QUESTION, own=OTHER, others=[GROUP])
    assert await values(database, "state", "conversations") == ["answered"]
    await clear(database, GROUP)
    assert await values(database, "state", "conversations") == ["waiting"]
    assert await values(database, "messages", "conversations") == [1]


async def test_another_account_s_mail_stays_and_syncs_end(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, BIKE)
    await Queue(database).put("sync")
    await Queue(database).put("import")
    await clear(database, "nobody@example.org")
    assert await values(database, "subject", "messages") == ["Bike"]
    assert await values(database, "kind", "jobs") == ["import"]
