"""Bringing in what a mailbox has: page by page, each page with the keys and the cursor in one transaction."""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final, Protocol

from rcmail.db.pool import Session
from rcmail.mail.fetching import Fetching, Piece
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
    """A page that was read: what is to be kept of it, and the keys of what is not. ``known`` were seen before.

    ``drafts`` are skipped without being remembered: one may be sent, and is mail then.
    """

    piece: Piece
    messages: Sequence[Message]
    chats: Sequence[str]
    drafts: Sequence[str]
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
        fetching = Fetching(
            mailbox, partial(self._store.missing, number), partial(self._store.unread, number), is_stopped
        )
        # While PostgreSQL writes a page, the child reads the next one.
        async with aclosing(fetching.pieces(cursor)) as pieces, InTurn() as writing:
            async for piece in pieces:
                await writing.begin(partial(self._put, number, await self._read(number, piece)))
                if is_stopped():
                    return False
        return True

    async def _read(self, account: int, piece: Piece) -> _Read:
        """What of ``piece`` is to be kept, while the one before it is being put into the tables."""
        missing = set(await self._store.missing(account, piece.page.keys))
        fresh = list({each.key: each for each in piece.page.messages if each.key in missing}.values())
        wanted = [each for each in fresh if not each.flags & _NOT_KEPT]
        read = list(zip(wanted, await self._reader.read([self._item(each) for each in wanted]), strict=True))
        failed = {raw.key: str(found["unreadable"]) for raw, found in read if "unreadable" in found}
        messages = [
            Message.new(found, key=raw.key, thread=raw.thread, otherwise=raw.received or self._now)
            for raw, found in read
            if raw.key not in failed
        ]
        return _Read(
            piece,
            messages,
            chats=[each.key for each in fresh if Flag.CHAT in each.flags],
            drafts=[each.key for each in fresh if each.flags & _NOT_KEPT == {Flag.DRAFT}],
            failed={**piece.failed, **failed},
            known=len(piece.page.keys) - len(fresh),
        )

    async def _put(self, account: int, read: _Read) -> None:
        piece, before = read.piece, self._before(read.piece)
        left = [*read.drafts, *piece.gone]
        counted = Counter(before)

        async def note(session: Session, kept: Kept) -> None:
            skipped = len(left) + len(read.chats) + kept.away
            numbers = (kept.new, read.known + kept.known, skipped, len(read.failed))
            for name, count in zip(COUNTED, numbers, strict=True):
                counted[name] = before[name] + count
            await self._note(session, piece.page, counted)

        see = {**dict.fromkeys(read.chats), **read.failed}
        await self._store.put(account, read.messages, see, note, forget=left)
        self.counted = counted
        for reason, count in Counter(read.failed.values()).items():
            logger.warning("mail_unreadable", extra={"reason": reason, "messages": count})

    def _before(self, piece: Piece) -> "Counter[str]":
        """The numbers before ``piece``. At the end of a list it is known what there was before this run: what an
        earlier attempt has brought in is in, too, and what it could not read is tried again."""
        if piece.known is None:
            return self.counted
        known = piece.known - self.counted["new"] - self.counted["skipped"]
        return Counter({**self.counted, "known": max(known, 0), "failed": 0})

    def _item(self, raw: RawMessage) -> dict[str, Any]:
        return {
            "raw": raw.content,
            "own": self._own,
            "is_sent": Flag.SENT in raw.flags,
            "is_spam": Flag.SPAM in raw.flags,
        }
