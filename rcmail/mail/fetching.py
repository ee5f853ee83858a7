"""What a mailbox has, with the bytes: of one that only names its messages each is fetched, several at a time.

Everything is listed before anything is fetched: then one knows how much there is. A list is cheap, 500 names a
request at Gmail, and of what is in already nothing more is asked.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Container, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Final

from rcmail.errors import MailboxUnavailable, MessageGone, MessageUnreadable
from rcmail.mailbox.base import MAX_BYTES, Mailbox, Page, RawMessage

AT_ONCE: Final = 16
"""Messages on their way at a time: at Gmail's fastest, 45 a second, enough for answers that take 0.35 s each."""
PIECE: Final = 25
"""Messages that are kept in one transaction: so many are fetched twice at the most after a crash."""
# So many new ones, one after the other, that cannot be had are no matter of the single message.
_IN_A_ROW: Final = 25


@dataclass(frozen=True, slots=True)
class Piece:
    """A page whose messages came along.

    ``gone`` are keys that are no longer there, ``failed`` those that cannot be had, with the reason. ``known``,
    where a list ends: how many of it are in already.
    """

    page: Page
    gone: Sequence[str] = ()
    failed: Mapping[str, str] = field(default_factory=dict)
    known: int | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    """A message; or what is wrong with that one; or neither, where it is gone."""

    key: str
    message: RawMessage | None = None
    problem: MessageUnreadable | None = None


Pieces = AsyncGenerator[Piece, None]


class Fetching:
    """A run through ``mailbox``; where it ``is_stopped``, it ends with what has come until then.

    ``missing`` are those of some keys that are still to be fetched, ``unread`` those that could not be read before
    and are tried again.
    """

    def __init__(
        self,
        mailbox: Mailbox,
        missing: Callable[[Sequence[str]], Awaitable[Sequence[str]]],
        unread: Callable[[], Awaitable[Sequence[str]]],
        is_stopped: Callable[[], bool],
    ) -> None:
        self._mailbox = mailbox
        self._missing = missing
        self._unread = unread
        self._is_stopped = is_stopped

    async def pieces(self, cursor: str | None) -> Pieces:
        """Everything since ``cursor``. The last piece has the cursor to go on from.

        Raises MailboxUnavailable, once what was fetched until then was given out.
        """
        listed: set[str] = set()
        wanted: dict[str, None] = {}
        end: str | None = None
        is_list = False
        async for page in self._mailbox.changes(cursor):
            if page.messages:
                yield Piece(page)
                continue
            fresh = [key for key in dict.fromkeys(page.keys) if key not in listed]
            listed.update(fresh)
            wanted.update(dict.fromkeys(await self._missing(fresh)))
            is_list, end = True, page.cursor
            yield Piece(Page((), total=len(listed)))
        if is_list:
            again = frozenset(await self._unread())
            wanted.update(dict.fromkeys(again))
            known = len(listed - wanted.keys())
            total = known + len(wanted)
            yield Piece(Page((), done=known, total=total), known=known)
            async with aclosing(self._fetched(wanted, again, known, total, end)) as rest:
                async for piece in rest:
                    yield piece

    async def _fetched(
        self, keys: Iterable[str], again: Container[str], done: int, total: int, end: str | None
    ) -> Pieces:
        some: list[_Answer] = []
        problem: MailboxUnavailable | None = None
        async with aclosing(self._answers(keys, again)) as answers:
            try:
                async for answer in answers:
                    some.append(answer)
                    if self._is_stopped():
                        break
                    if len(some) == PIECE or _bytes(each.message for each in some) >= MAX_BYTES:
                        done += len(some)
                        yield _piece(some, Page((), done=done, total=total))
                        some = []
            except MailboxUnavailable as error:
                problem = error
        done += len(some)
        yield _piece(some, Page((), cursor=end if done == total else None, done=done, total=total))
        if problem:
            raise problem

    async def _answers(self, keys: Iterable[str], again: Container[str]) -> AsyncGenerator[_Answer, None]:
        """In the order of ``keys``, some of which are asked for ``again``.

        Raises MailboxUnavailable where the trouble is not about the one message.
        """
        rest = iter(keys)
        under_way: deque[asyncio.Task[_Answer]] = deque()
        in_a_row = 0
        try:
            while True:
                while len(under_way) < AT_ONCE and _waiting(under_way) < MAX_BYTES:
                    if (key := next(rest, None)) is None:
                        break
                    under_way.append(asyncio.create_task(self._answer(key)))
                if not under_way:
                    return
                answer = await under_way.popleft()
                if answer.key not in again:  # those may be as many as they like
                    in_a_row = in_a_row + 1 if answer.problem else 0
                if answer.problem and in_a_row == _IN_A_ROW:
                    raise answer.problem
                yield answer
        finally:
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)

    async def _answer(self, key: str) -> _Answer:
        try:
            return _Answer(key, await self._mailbox.fetch(key))
        except MessageGone:
            return _Answer(key)
        except MessageUnreadable as error:
            return _Answer(key, problem=error)


def _piece(some: Sequence[_Answer], page: Page) -> Piece:
    messages = [each.message for each in some if each.message]
    return Piece(
        replace(page, keys=[each.key for each in messages], messages=messages),
        gone=[each.key for each in some if not each.message and not each.problem],
        failed={each.key: str(each.problem) for each in some if each.problem},
    )


def _waiting(under_way: Iterable["asyncio.Task[_Answer]"]) -> int:
    """Bytes of those that have come and wait for their turn."""
    come = (task for task in under_way if task.done() and not task.cancelled() and not task.exception())
    return _bytes(task.result().message for task in come)


def _bytes(messages: Iterable[RawMessage | None]) -> int:
    return sum(len(each.content) for each in messages if each)
