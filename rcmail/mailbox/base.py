"""What a mailbox can do. There is no way to send in it, and none is ever to be added."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

# Bytes of one message that are ever held: of a longer one, what is text comes first (RFC 2046 says no order, but
# every mail program does), and attachments are not kept anyway.
MAX_BYTES: Final = 3 * 1024 * 1024


FILE: Final = "file"
"""The provider of mail that came as a file: nobody is there to be asked for more."""
DEMONSTRATION: Final = "demonstration"
"""The provider whose mail is invented."""


class Flag(StrEnum):
    """What a provider says of a message, in one word for all of them."""

    SENT = "sent"
    DRAFT = "draft"
    CHAT = "chat"
    SPAM = "spam"


@dataclass(frozen=True, slots=True)
class Account:
    """Whose mailbox it is."""

    provider: str
    address: str


@dataclass(frozen=True, slots=True)
class RawMessage:
    """A message as the mailbox has it: RFC 5322 bytes, at most MAX_BYTES of them.

    ``key`` is the mailbox's own name for it, the same at each look, and ``thread`` that of the thread it is in.
    For IMAP the key is to hold UIDVALIDITY and UID (RFC 3501, 2.3.1.1).
    """

    key: str
    content: bytes
    thread: str | None = None
    flags: frozenset[Flag] = frozenset()
    received: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what is new since a cursor, and how much there is in all, as far as one knows.

    ``keys`` are messages that are there. The bytes of all of them came along in ``messages``, as from a file that
    is read once, or of none: they are fetched. ``cursor`` is where to go on after this page, where one can.
    ``done`` and ``total`` are in the mailbox's own measure, bytes or messages, for a progress bar.
    """

    keys: Sequence[str]
    messages: Sequence[RawMessage] = ()
    cursor: str | None = None
    done: int = 0
    total: int | None = None


class Mailbox(Protocol):
    """A place where mail comes from. Every method raises MailboxUnavailable where it cannot be reached or read."""

    async def account(self) -> Account:
        """Whose it is, as the mailbox itself says."""

    def changes(self, cursor: str | None, /) -> AsyncIterator[Page]:
        """What came since ``cursor``, page by page; all there is where it is None or has expired."""

    async def fetch(self, key: str, /) -> RawMessage:
        """One message. Raises MessageGone where it is no longer there, and MessageUnreadable where only this one
        cannot be had; several may be asked for at the same time."""


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft as it lies in the mailbox: ``key`` is its name there, ``digest`` tells whether it changed."""

    key: str
    digest: str


class DraftState(StrEnum):
    """What became of a draft of ours."""

    THERE = "there"
    EDITED = "edited"
    SENT = "sent"
    GONE = "gone"


class DraftBox(Protocol):
    """Where drafts can be put, for a mailbox that has such a place. Every method raises DraftRefused where only
    this one cannot be dealt with, and MailboxUnavailable."""

    def digest(self, content: bytes) -> str:
        """The digest of a draft with this ``content``, as long as nobody changes it."""

    async def find(self, message_id: str) -> StoredDraft | None:
        """The draft with this Message-ID, so that one whose writing was cut short is adopted and not doubled."""

    async def create(self, content: bytes, thread: str | None) -> StoredDraft:
        """Put a draft there, RFC 5322 bytes with a Message-ID. Where its place is taken: what lies there."""

    async def replace(self, draft: StoredDraft, content: bytes) -> StoredDraft | None:
        """Put ``content`` in its place; None, and nothing done, where somebody has changed it."""

    async def state(self, draft: StoredDraft) -> DraftState:
        """What became of it."""
