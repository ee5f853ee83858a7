"""Bringing in what a mailbox has: page by page, each page with the keys and the cursor in one transaction."""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final, Protocol

from rcmail.db.pool import Session
from rcmail.errors import MessageGone
from rcmail.mail.model import Message
from rcmail.mail.store import Kept, Store
from rcmail.mailbox.base import DEMONSTRATION, Flag, Mailbox, Page, RawMessage
from rcmail.process.tasks import InTurn

logger = logging.getLogger("rcmail.mail")

COUNTED: Final = ("new", "known", "skipped", "failed")

Note = Callable[[Session, Page, Mapping[str, int]], Awaitable[None]]
"""Writes down, in the transaction of a page, that it is kept, and the numbers of the run with it."""


class Reader(Protocol):
    """Who reads hostile mail: a child that may die of it."""

    async def read(self, items: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        """``reading.read`` of each; ``{"unreadable": reason}`` also where it took too long or too much."""

    async def make_texts(self, items: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        """``reading.make_text`` of each."""

    async def whose(self, items: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
        """``reading.whose`` of each; empty where it took too long or too much."""


# What is in a mailbox and is no mail that somebody got.
_NOT_KEPT: Final = frozenset({Flag.DRAFT, Flag.CHAT})


@dataclass(frozen=True, slots=True)
class _Read:
    """A page that was read: what is to be kept of it, and the keys of what is not. ``known`` were seen before."""

    page: Page
    messages: Sequence[Message]
    skipped: Sequence[str]
    failed: Mapping[str, str]
    known: int


class Run:
    """One run over one mailbox.

    ``own`` are the group's addresses, ``now`` is the moment of what gives no date, ``numbers`` is where an earlier
    attempt of the same run had come to.
    """

    def __init__(
        self,
        store: Store,
        reader: Reader,
        own: Sequence[str],
        now: datetime,
        numbers: Mapping[str, int],
        note: Note,
    ) -> None:
        self._store = store
        self._reader = reader
        self._own = list(own)
        self._now = now
        self._note = note
        self.counted = Counter({name: numbers.get(name, 0) for name in COUNTED})
        """How many messages were new, known, skipped and failed."""

    async def bring_in(self, mailbox: Mailbox, cursor: str | None, is_stopped: Callable[[], bool]) -> bool:
        """Keep everything that ``mailbox`` has since ``cursor`` and we have not; False where it was stopped.

        Raises MailboxUnavailable and DatabaseUnavailable; what was brought in until then stays.
        """
        account = await mailbox.account()
        if account.provider != DEMONSTRATION:
            await self._store.make_room()
        number = await self._store.account(account.provider, account.address)
        # While PostgreSQL writes a page, the child reads the next one.
        async with InTurn() as writing:
            async for page in mailbox.changes(cursor):
                if is_stopped():
                    return False
                read = await self._read(mailbox, number, page)
                await writing.begin(partial(self._put, number, read))
        return True

    async def _read(self, mailbox: Mailbox, account: int, page: Page) -> _Read:
        """What of ``page`` is to be kept, while the page before it is being put into the tables."""
        seen = await self._store.seen(account, page.keys)
        fresh, gone = await self._fetched(mailbox, page, seen)
        wanted = [each for each in fresh if not each.flags & _NOT_KEPT]
        read = list(zip(wanted, await self._reader.read([self._item(each) for each in wanted]), strict=True))
        failed = {raw.key: str(found["unreadable"]) for raw, found in read if "unreadable" in found}
        skipped = [*gone, *(each.key for each in fresh if each.flags & _NOT_KEPT)]
        messages = [
            Message.new(found, key=raw.key, thread=raw.thread, otherwise=raw.received or self._now)
            for raw, found in read
            if raw.key not in failed
        ]
        return _Read(page, messages, skipped, failed, known=len(page.keys) - len(fresh) - len(gone))

    async def _put(self, account: int, read: _Read) -> None:
        counted = Counter(self.counted)

        async def note(session: Session, kept: Kept) -> None:
            numbers = (kept.new, read.known + kept.known, len(read.skipped) + kept.away, len(read.failed))
            for name, count in zip(COUNTED, numbers, strict=True):
                counted[name] = self.counted[name] + count
            await self._note(session, read.page, counted)

        await self._store.put(account, read.messages, {**dict.fromkeys(read.skipped), **read.failed}, note)
        self.counted = counted
        for reason, count in Counter(read.failed.values()).items():
            logger.warning("mail_unreadable", extra={"reason": reason, "messages": count})

    async def _fetched(
        self, mailbox: Mailbox, page: Page, seen: set[str]
    ) -> tuple[Sequence[RawMessage], Sequence[str]]:
        """The messages of ``page`` that are not ``seen``, and the keys of those that are gone meanwhile."""
        at_hand = {each.key: each for each in page.messages}
        fresh: list[RawMessage] = []
        gone: list[str] = []
        for key in dict.fromkeys(page.keys):
            if key in seen:
                continue
            try:
                fresh.append(at_hand[key] if key in at_hand else await mailbox.fetch(key))
            except MessageGone:
                gone.append(key)
        return fresh, gone

    def _item(self, raw: RawMessage) -> dict[str, Any]:
        return {
            "raw": raw.content,
            "own": self._own,
            "is_sent": Flag.SENT in raw.flags,
            "is_spam": Flag.SPAM in raw.flags,
        }
