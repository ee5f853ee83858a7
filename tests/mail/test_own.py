"""An address that turns out to be the group's: mail that is in already follows."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from rcmail.db.pool import Database, Row
from rcmail.mail.decisions import decide
from rcmail.mail.own import follow
from rcmail.mail.remake import remake
from tests.mail.letters import ANNA, GROUP, TODAY, letter
from tests.mail.room import HereReader, bring_in

ALIAS = "mieke@example.net"
QUESTION = letter(date=TODAY - timedelta(days=3), Message_ID="<1@x>")
ANSWER = letter(f"Mieke <{ALIAS}>", ANNA, "Ja hoor!", date=TODAY - timedelta(days=2), In_Reply_To="<1@x>")


async def followed(database: Database, *addresses: str) -> int:
    count = await follow(database, HereReader(), [GROUP, *addresses])
    await remake(database, HereReader().make_texts)
    return count


async def rows(database: Database, columns: str, table: str = "messages") -> list[tuple[object, ...]]:
    found: list[Row] = await database.fetch(f"SELECT {columns} FROM {table} ORDER BY id")
    return [tuple(row) for row in found]


async def test_what_seemed_a_visitors_is_the_groups_answer(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, QUESTION, ANSWER)
    assert await rows(database, "state, last_direction", "conversations") == [("waiting", "in")]
    assert await followed(database, "Mieke@Example.NET") == 1
    assert await rows(database, "state, last_direction", "conversations") == [("answered", "out")]
    assert await rows(database, "direction, visitor, visitor_from, participants, text_version > 0") == [
        ("in", "anna@example.com", "from", ["anna@example.com"], True),
        ("out", "anna@example.com", "to", ["anna@example.com"], True),
    ]
    assert await followed(database, ALIAS) == 0


async def test_it_is_the_same_as_if_the_address_had_been_known(database: Database, tmp_path: Path) -> None:
    form = f"Van: Anna <anna@example.com>\n\nBericht:\nHallo, {ALIAS}!"
    letters = [
        QUESTION, ANSWER, letter(to=f"{GROUP}, {ALIAS}", subject="a lamp", date=TODAY, Message_ID="<3@x>"),
        letter(ALIAS, GROUP, form, subject="by the form", date=TODAY, Message_ID="<4@x>"),
        letter(GROUP, f"{ALIAS}, {ANNA}", "For both", subject="both", date=TODAY, Message_ID="<5@x>"),
        letter("Bert <bert@example.com>", Reply_To=ALIAS, subject="odd", date=TODAY, Message_ID="<6@x>"),
        letter(ALIAS, ALIAS, "buy tea", subject="tea", date=TODAY, Message_ID="<7@x>"),
    ]  # fmt: skip
    columns = "subject, direction, visitor_name, visitor_address, visitor_from, visitor, participants, new_text"
    await bring_in(database, tmp_path, *letters)
    before = await rows(database, columns)
    await followed(database, ALIAS)
    after = await rows(database, columns)
    assert before != after
    summaries = "state, visitor_address, last_direction, messages"
    states = await rows(database, summaries, "conversations")
    await database.execute("TRUNCATE conversations, seen CASCADE")
    await bring_in(database, tmp_path, *letters, others=(ALIAS,))
    assert after == await rows(database, columns)
    assert states == await rows(database, summaries, "conversations")


async def test_what_volunteers_decided_stays(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, QUESTION, ANSWER, letter(ALIAS, subject="other", date=TODAY))
    first, second = await database.fetch("SELECT id FROM conversations ORDER BY id")
    await decide(database, first.id, kind="visitor", state="closed", note="asked Gerrit")
    await decide(database, second.id, kind="other")
    await followed(database, ALIAS)
    assert await rows(database, "kind, is_kind_decided, state, note", "conversations") == [
        ("visitor", True, "closed", "asked Gerrit"),
        ("other", True, "closed", ""),
    ]


async def test_a_mail_that_the_child_dies_of_stays_as_it_is(database: Database, tmp_path: Path) -> None:
    class Dying(HereReader):
        async def whose(self, items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
            return [{} for _ in items]

    await bring_in(database, tmp_path, QUESTION, ANSWER)
    assert await follow(database, Dying(), [GROUP, ALIAS]) == 1
    assert await rows(database, "direction, participants") == [
        ("in", ["anna@example.com"]),
        ("in", ["anna@example.com"]),
    ]
