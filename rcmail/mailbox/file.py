"""A mailbox in a file: mbox, as Google Takeout and most mail programs write it (RFC 4155), read as a stream.

The standard library's ``mailbox`` reads a file three times over and splits at a sentence that begins with “From ”.
"""

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from pathlib import Path
from typing import BinaryIO, Final

from rcmail.errors import MailboxUnavailable
from rcmail.mailbox.base import FILE, MAX_BYTES, Account, Flag, Page, RawMessage

# Between two messages stands an empty line, “From ”, whatever, and a year at the end or before a time zone.
_FROM_LINE: Final = re.compile(rb"From .*\b(?:19|20)\d\d(?: [+-]\d{4}| [A-Z]{1,5})?\s*")
_HEADER: Final = re.compile(rb"[!-9;-~]{1,100}[ \t]*:|>?From ")
_QUOTED_FROM: Final = re.compile(rb">+From ")
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/=]{60,998}\r?\n")
# A line without an end is read in pieces of this size.
_LINE: Final = 64 * 1024
# From here on the lines of attachments are left out.
_THIN_FROM: Final = 1024 * 1024

PAGE_MESSAGES: Final = 200
PAGE_BYTES: Final = 4 * 1024 * 1024

# Labels of Google Takeout (X-Gmail-Labels) come in the language of the account.
_LABELS: Final = {
    Flag.SENT: ("sent", "sent mail", "verzonden", "gesendet", "envoyés", "messages envoyés", "posta inviata",
                "enviados"),
    Flag.DRAFT: ("draft", "drafts", "concept", "concepten", "entwurf", "entwürfe", "brouillon", "brouillons",
                 "bozze", "borradores"),
    Flag.CHAT: ("chat", "chats"),
    Flag.SPAM: ("spam", "ongewenste e-mail"),
}  # fmt: skip
_FLAG_OF: Final = {label: flag for flag, labels in _LABELS.items() for label in labels}
# The header fields that Takeout adds, and Outlook's for a draft, as they stand in the first of the message.
_HEAD: Final = 32 * 1024
_THREAD: Final = re.compile(rb"^X-GM-THRID:[ \t]*(\d{1,20})\r?$", re.MULTILINE | re.IGNORECASE)
_UNSENT: Final = re.compile(rb"^X-Unsent:[ \t]*1[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
_GMAIL_LABELS: Final = re.compile(
    rb"^X-Gmail-Labels:([^\n]{0,2000}(?:\n[ \t][^\n]{0,2000}){0,20})", re.MULTILINE | re.IGNORECASE
)


class FileMailbox:
    """The messages of an mbox file. Its account is the ``address`` that it is imported for."""

    def __init__(self, path: Path, address: str) -> None:
        self._path = path
        self._address = address

    async def account(self) -> Account:
        return Account(FILE, self._address)

    async def changes(self, cursor: str | None, /) -> AsyncIterator[Page]:
        """Every message, with its bytes, from the byte ``cursor`` on. Raises MailboxUnavailable."""
        start = int(cursor or 0)
        try:
            with await asyncio.to_thread(self._open) as file:
                total, done = await asyncio.to_thread(_count, file, start)
                pages = _pages(file, start)
                while (page := await asyncio.to_thread(next, pages, None)) is not None:
                    messages, end = page
                    done += len(messages)
                    yield Page([each.key for each in messages], messages, str(end), done, total)
        except OSError as error:
            raise MailboxUnavailable(f"the file cannot be read: {error.strerror or 'it breaks off'}") from error

    async def fetch(self, _key: str) -> RawMessage:
        """Raises MailboxUnavailable: every message came along with its page."""
        raise MailboxUnavailable("a file gives its messages only in its own order")

    def _open(self) -> BinaryIO:
        file = self._path.open("rb")
        start = file.read(len(_ZIP))
        if start == _ZIP:
            file.close()
            raise MailboxUnavailable("this is a ZIP archive; unpack it, and import the .mbox file in it")
        file.seek(0)
        first = file.readline(_LINE)
        if first and not first.startswith(b"From ") and not _HEADER.match(first):
            file.close()
            raise MailboxUnavailable("this is no mbox file: it does not begin with “From ”")
        return file


_ZIP: Final = b"PK\x03\x04"


def _count(file: BinaryIO, start: int) -> tuple[int, int]:
    """How many messages there are in all, and how many before the byte ``start``."""
    total = before = 0
    for _, end in split(file, 0):
        total += 1
        before += end <= start
    return total, before


def _pages(file: BinaryIO, start: int) -> Iterator[tuple[list[RawMessage], int]]:
    page: list[RawMessage] = []
    size = end = 0
    for content, end in split(file, start):
        # The file has no name for it, and the bytes are the same at each import.
        key = hashlib.sha256(content).hexdigest()[:40]
        page.append(RawMessage(key, content, *_takeout(content)))
        size += len(content)
        if len(page) >= PAGE_MESSAGES or size >= PAGE_BYTES:
            yield page, end
            page, size = [], 0
    if page:
        yield page, end


def split(file: BinaryIO, start: int = 0) -> Iterator[tuple[bytes, int]]:
    """The messages of an open mbox file from the byte ``start`` on, without the lines between them, each with the
    byte where the next one begins.

    What of a message is over a megabyte loses the lines of its attachments, what is over MAX_BYTES its end.
    """
    file.seek(start)
    message: list[bytes] = []
    size = 0
    position = start
    is_after_empty = True
    line = file.readline(_LINE)
    while line:
        following = file.readline(_LINE)
        if is_after_empty and _FROM_LINE.fullmatch(line) and (not following or _HEADER.match(following)):
            if any(message):
                yield _whole(message), position
            message, size = [], 0
        elif size < MAX_BYTES and not (size > _THIN_FROM and _BASE64.fullmatch(line)):
            message.append(line[1:] if _QUOTED_FROM.match(line) else line)
            size += len(line)
        is_after_empty = line in (b"\n", b"\r\n")
        position += len(line)
        line = following
    if any(message):
        yield _whole(message), position


def _whole(lines: list[bytes]) -> bytes:
    # The empty line at the end is the mbox's, not the message's.
    return b"".join(lines[:-1] if lines and lines[-1] in (b"\n", b"\r\n") else lines)


def _takeout(content: bytes) -> tuple[str | None, frozenset[Flag]]:
    """The thread and the flags that Google Takeout has noted, where it has; and whether it is a draft."""
    head = re.split(rb"\r?\n\r?\n", content[:_HEAD], maxsplit=1)[0]
    thread = _THREAD.search(head)
    labels = _GMAIL_LABELS.search(head)
    flags = _flags(labels[1]) if labels else frozenset()
    # A decimal number here, a hexadecimal one everywhere else at Google.
    number = f"{int(thread[1]):x}" if thread else None
    return number, flags | {Flag.DRAFT} if _UNSENT.search(head) else flags


def _flags(value: bytes) -> frozenset[Flag]:
    """Labels with commas between, some in quotes, as encoded words (RFC 2047) where they are not ASCII."""
    text = "".join(value.decode("utf-8", "replace").splitlines())
    with suppress(HeaderParseError, LookupError, ValueError):
        text = str(make_header(decode_header(text)))
    each = (label.strip().strip('"').casefold() for label in text.split(","))
    return frozenset(_FLAG_OF[label] for label in each if label in _FLAG_OF)
