"""Whose mail it is: of the invented mailbox, and of first mails that were written before the rules."""

import asyncio
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from eval.brought import bring_in, brought, corrected, empty_database, helping, kinds
from eval.line import Line
from rcmail.answers.helper import Helper
from rcmail.db.pool import Database

FILE: Final = Path(__file__).resolve().parent.parent / "tests/data/kinds/mails.jsonl"
GROUP: Final = "repaircafe@example.org"
_FIRST: Final = datetime(2026, 7, 1, 12, tzinfo=UTC)
LANGUAGES: Final = ("nl", "de", "en", "fr")


@dataclass(frozen=True)
class Case:
    """A conversation: what it is, and what it is called before and after ten corrections."""

    name: str
    language: str
    right: str
    cold: str
    taught: str | None
    """None for one of those that were corrected."""


def lines() -> Iterator[Line]:
    """What MAIL.md §26 bounds, of the mailbox; then the same of the mails of our own, without a bound."""
    yield from _lines("`mailbox/`", mailbox(), is_bound=True)
    for language in LANGUAGES:
        cold = {each: each.cold for each in mailbox() if each.language == language}
        yield from _called(f"kinds, cold, `mailbox/`, {language}", cold, None)
    for split, cases in own().items():
        yield from _lines(f"`kinds/`, {split}", cases)


def _lines(what: str, cases: Iterable[Case], *, is_bound: bool = False) -> Iterator[Line]:
    for title, called, bounds in (
        ("cold", {each: each.cold for each in cases}, (85, 10)),
        ("after ten corrections", {each: each.taught for each in cases if each.taught}, (95, 3)),
    ):
        yield from _called(f"kinds, {title}, {what}", called, bounds if is_bound else None)


def _called(what: str, called: Mapping[Case, str], bounds: tuple[int, int] | None) -> Iterator[Line]:
    visitors = [each for each in called if each.right == "visitor"]
    others = [each for each in called if each.right == "other"]
    found = [each for each in visitors if called[each] == "visitor"]
    lost = [each for each in visitors if called[each] == "other"]
    taken = [each for each in others if called[each] == "visitor"]
    at_least, at_most = bounds or (0, 100)
    missed = [each for each in visitors if each not in found]
    is_found = 100 * len(found) >= at_least * len(visitors)
    is_rare = 100 * len(taken) <= at_most * len(others)
    for title, hit, of, bound, is_met, misses in (
        ("visitors called visitor", found, visitors, f"≥ {at_least} %", is_found, missed),
        ("visitors called other", lost, visitors, "0", not lost, lost),
        ("others called visitor", taken, others, f"≤ {at_most} %", is_rare, taken),
    ):
        value = f"{100 * len(hit) / max(1, len(of)):.1f} % of {len(of)}"
        names = tuple(each.name for each in misses)
        yield Line(f"{what}: {title}", value, bound if bounds else "", is_met if bounds else None, names)


@cache
def mailbox() -> list[Case]:
    """Of the invented mailbox, by the first mail of each conversation."""
    first: dict[int, dict[str, Any]] = {}
    for label, row in brought().mails:
        first.setdefault(row.conversation, label)
    return [
        Case(
            label["id"],
            label["language"],
            "visitor" if label["is_visitor"] else "other",
            brought().kinds[key],
            brought().taught.get(key),
        )
        for key, label in first.items()
    ]


@cache
def own() -> dict[str, list[Case]]:
    """Of our own mails, by split; each half is a mailbox of its own."""
    return asyncio.run(_own())


async def _own() -> dict[str, list[Case]]:
    mails = [json.loads(line) for line in FILE.read_text().splitlines()]
    found: dict[str, list[Case]] = {}
    async with empty_database() as database, helping() as helper:
        for split in dict.fromkeys(mail["split"] for mail in mails):
            found[split] = await _measured(database, helper, [mail for mail in mails if mail["split"] == split])
            await database.execute("TRUNCATE conversations, seen CASCADE")
    return found


async def _measured(database: Database, helper: Helper, mails: list[dict[str, Any]]) -> list[Case]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "mail.mbox"
        path.write_bytes(b"".join(_letter(mail, day) for day, mail in enumerate(mails)))
        await bring_in(database, path, GROUP, helper.alike)
    rows = await database.fetch("SELECT conversation, message_id FROM messages")
    of = {row.message_id.strip("<>").partition("@")[0]: row.conversation for row in rows}
    right = {of[mail["id"]]: mail["kind"] for mail in mails}
    cold, taught = await kinds(database), await corrected(database, right, helper.alike)
    return [
        Case(mail["id"], mail["language"], mail["kind"], cold[of[mail["id"]]], taught.get(of[mail["id"]]))
        for mail in mails
    ]


def _letter(mail: dict[str, Any], day: int) -> bytes:
    message = EmailMessage()
    message["From"] = f"{mail['from_name'].replace(',', ' ')} <{mail['from_address']}>"
    message["To"] = GROUP
    message["Subject"] = mail["subject"]
    message["Date"] = format_datetime(_FIRST + timedelta(days=day))
    message["Message-ID"] = f"<{mail['id']}@example.org>"
    message.set_content(mail["text"])
    return b"From someone@example.org Sun Nov  1 12:00:00 2026\n" + bytes(message) + b"\n"
