"""The mails of a file as Gmail would have them: in threads, with the labels of what was sent, and their dates."""

import asyncio
import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Final

from rcmail.mailbox.file import FileMailbox
from tests.gmail.emulate import GROUP, Mail
from tests.support import ROOT

EXAMPLE: Final = ROOT / "tests/data/mailbox/mailbox.mbox"
EXAMPLE_GROUP: Final = "repaircafe.debrug@gmail.example"
_ID: Final = re.compile(r"<[^<>\s]+>")


def example() -> list[Mail]:
    """The example mailbox, 348 mails."""
    return mails_of(EXAMPLE, EXAMPLE_GROUP)


def generated(count: int) -> list[Mail]:
    """So many invented mails, each question with its answer in one thread, a pair an hour, until now."""
    first = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=count // 2)
    return [_invented(number, first + timedelta(hours=number // 2, minutes=number % 2)) for number in range(count)]


def _invented(number: int, moment: datetime) -> Mail:
    """``<0@example.com>`` asks, ``<1@example.com>`` answers, and so on."""
    visitor, is_answer = f"Anna <anna{number // 2}@example.com>", number % 2
    asked = f"Kan ik met mijn broodrooster {number // 2} komen? Hij wordt niet meer warm."
    sender, to = (GROUP, visitor) if is_answer else (visitor, GROUP)
    text = f"Ja hoor, neem hem mee, nummer {number}.\r\n\r\n> {asked}" if is_answer else asked
    head = [f"From: {sender}", f"To: {to}", f"Subject: {'Re: ' * is_answer}broodrooster {number // 2}",
            f"Date: {format_datetime(moment)}", f"Message-ID: <{number}@example.com>"]  # fmt: skip
    head += [f"In-Reply-To: <{number - 1}@example.com>"] * is_answer
    raw = "\r\n".join([*head, "", text, ""]).encode()
    return Mail(raw, ("SENT",) if is_answer else ("INBOX",), f"thread-{number // 2}", moment)


def mails_of(path: Path, group: str) -> list[Mail]:
    """The mails of the mbox file ``path``, whose account is ``group``."""
    threads: dict[str, str] = {}
    return [_mail(content, group, threads) for content in asyncio.run(_contents(path, group))]


async def _contents(path: Path, group: str) -> list[bytes]:
    return [raw.content async for page in FileMailbox(path, group).changes(None) for raw in page.messages]


def _mail(content: bytes, group: str, threads: dict[str, str]) -> Mail:
    """It is in the thread of the first mail that it names, as Gmail does it, else in one of its own."""
    head = message_from_bytes(content, policy=policy.compat32)
    own = next(_ids(str(head.get("Message-ID", ""))), None)
    named = [*_ids(str(head.get("In-Reply-To", ""))), *_ids(str(head.get("References", "")))]
    new = hashlib.sha256(content).hexdigest()[:16]
    thread = next((threads[each] for each in named if each in threads), new)
    threads.setdefault(own or new, thread)
    is_sent = group in str(head.get("From", ""))
    return Mail(_crlf(content), ("SENT",) if is_sent else ("INBOX", "UNREAD"), thread, _date(head.get("Date")))


def _ids(value: str) -> Iterator[str]:
    return (found[0] for found in _ID.finditer(value))


def _date(value: str | None) -> datetime | None:
    """When it came: for a mail without a date, some moment."""
    try:
        return parsedate_to_datetime(value or "").astimezone(UTC)
    except ValueError:
        return None


def _crlf(content: bytes) -> bytes:
    return re.sub(rb"\r?\n", b"\r\n", content)
