"""The mails of a file as Gmail would have them: in threads, with the labels of what was sent, and their dates."""

import asyncio
import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final

from rcmail.mailbox.file import FileMailbox
from tests.gmail.emulate import Mail
from tests.support import ROOT

EXAMPLE: Final = ROOT / "tests/data/mailbox/mailbox.mbox"
EXAMPLE_GROUP: Final = "repaircafe.debrug@gmail.example"
_ID: Final = re.compile(r"<[^<>\s]+>")


def example() -> list[Mail]:
    """The example mailbox, 348 mails."""
    return mails_of(EXAMPLE, EXAMPLE_GROUP)


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
