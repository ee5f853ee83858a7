"""Mail that nothing of the past is like: of other clubs, and of visitors who ask what nobody has asked before."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from eval.brought import FOLDER, bring_in
from eval.line import Line
from rcmail.answers.helper import Helper
from rcmail.answers.search import similar
from rcmail.db.pool import Database

FILE: Final = FOLDER.parent / "unlike/mails.jsonl"
_FIRST: Final = datetime(2026, 11, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Unlike:
    """What one of them is, what it is called, and how many past answers it gets, by meaning and by words alone."""

    name: str
    right: str
    split: str
    called: str
    answers: int
    by_words: int


async def measured(database: Database, helper: Helper, words_alone: Helper, own: str) -> list[Unlike]:
    """Of each of them, sent to the mailbox that is in ``database``."""
    mails = [json.loads(line) for line in FILE.read_text().splitlines()]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "mail.mbox"
        path.write_bytes(b"".join(_letter(mail, number, own) for number, mail in enumerate(mails)))
        await bring_in(database, path, own, helper.alike)
    rows = await database.fetch(
        "SELECT message_id, conversation, kind FROM messages JOIN conversations AS of ON of.id = conversation"
    )
    kept = {row.message_id: row for row in rows}
    found = []
    for mail in mails:
        row = kept[_message_id(mail)]
        meant, said = [await similar(database, each, row.conversation) for each in (helper, words_alone)]
        found.append(Unlike(mail["id"], mail["kind"], mail["split"], row.kind, len(meant.found), len(said.found)))
    return found


def _message_id(mail: dict[str, Any]) -> str:
    return f"<unlike-{mail['id']}@example.org>"


def _letter(mail: dict[str, Any], number: int, to: str) -> bytes:
    message = EmailMessage()
    message["From"] = f"{mail['from_name']} <{mail['from_address']}>"
    message["To"], message["Subject"], message["Message-ID"] = to, mail["subject"], _message_id(mail)
    message["Date"] = format_datetime(_FIRST + timedelta(hours=number))
    message.set_content(mail["text"])
    return b"From someone@example.org Sun Nov  1 12:00:00 2026\n" + bytes(message) + b"\n"


def lines(found: Sequence[Unlike]) -> Iterator[Line]:
    """How many are called a visitor's, and get a past answer; of ``tune`` the misses were looked at."""
    for split in ("tune", "held out"):
        others = [each for each in found if each.split == split and each.right == "other"]
        asked = [each for each in found if each.split == split and each.right == "visitor"]
        nothing, asks = "nothing to do with a Repair Café", "visitors, never asked before"
        for what, of, hit in (
            (f"{nothing}: called visitor", others, {each for each in others if each.called == "visitor"}),
            (f"{nothing}: get a past answer", others, {each for each in others if each.answers}),
            (f"{nothing}: get one by words only", others, {each for each in others if each.by_words}),
            (f"{asks}: get a past answer", asked, {each for each in asked if each.answers}),
            (f"{asks}: called other", asked, {each for each in asked if each.called == "other"}),
        ):
            names = tuple(each.name for each in of if each in hit)
            yield Line(f"`unlike/`, {split}, {what}", f"{len(names)} of {len(of)}", "", None, names)
