"""The mail of a Gmail account, both directions of it; nothing that is read there is marked, moved or changed.

https://developers.google.com/workspace/gmail/api/guides/sync
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any, Final

from rcmail.errors import MessageGone, MessageUnreadable
from rcmail.mailbox.base import MAX_BYTES, Account, Flag, Page, RawMessage
from rcmail.mailbox.gmail import shapes
from rcmail.mailbox.gmail.calls import Gmail, Query
from rcmail.mailbox.gmail.parts import put_together
from rcmail.mailbox.gmail.refusals import NotTaken
from rcmail.mailbox.gmail.shapes import Content
from rcmail.mailbox.gmail.wire import Faltered, TooLong

PROVIDER: Final = "gmail"

_PAGE: Final = 500
# Where more has happened, a list of everything is shorter.
_HISTORY_PAGES: Final = 10
_FLAGS: Final = {"SENT": Flag.SENT, "DRAFT": Flag.DRAFT, "CHAT": Flag.CHAT, "SPAM": Flag.SPAM}
_NOT_LISTED: Final = frozenset({"DRAFT", "CHAT", "SPAM", "TRASH"})
# A list leaves spam and trash out by itself.
_LISTED: Final = "-in:drafts -in:chats"
_CURSOR: Final = re.compile(r"(\d{1,20}) (\d{4}-\d\d-\d\d)")
# Before there was mail.
_ANYTHING: Final = date(1971, 1, 1)
_HISTORY_FIELDS: Final = (
    "nextPageToken,history(messagesAdded(message(id,labelIds)),labelsRemoved(labelIds,message(id,labelIds)))"
)
# The whole message, as it came; or its text without its attachments; or its head. Each says less, and is shorter.
_WHOLE: Final = "raw"
_FIELDS: Final = {
    _WHOLE: "threadId,labelIds,internalDate,raw",
    "full": "threadId,labelIds,internalDate,payload",
    "metadata": "threadId,labelIds,internalDate,payload/headers",
}


class GmailMailbox:
    """What came to and went from the account since the day ``since``, the newest first; all of it where None.

    Drafts, chats, spam and what is in the trash are not listed. A cursor is the account's history id, from before
    the list was made, and the day; history is a short cut, and where it does not reach back, all is listed again.
    """

    def __init__(self, gmail: Gmail, *, since: date | None) -> None:
        self._gmail = gmail
        self._since = max(since or _ANYTHING, _ANYTHING)
        self._profile: Content | None = None
        self._large: set[str] = set()

    async def account(self) -> Account:
        return Account(PROVIDER, shapes.text(await self._own_profile(), "emailAddress"))

    async def changes(self, cursor: str | None, /) -> AsyncIterator[Page]:
        """Pages of keys, no messages; each knows how many there are in all, the last one has the cursor."""
        history = shapes.text(await self._own_profile(), "historyId")
        keys = await self._news(cursor)
        if keys is None:
            keys = await self._listed(f"larger:{MAX_BYTES}")
            self._large = set(keys)
            keys = await self._listed()
        following = f"{history} {self._since.isoformat()}"
        for start in range(0, len(keys) or 1, _PAGE):
            done = min(start + _PAGE, len(keys))
            is_last = done == len(keys)
            yield Page(keys[start:done], cursor=following if is_last else None, done=done, total=len(keys))

    async def fetch(self, key: str, /) -> RawMessage:
        """One message; of one above MAX_BYTES the text, and of an attachment no more than its name."""
        try:
            for each in _FIELDS:
                if each == _WHOLE and key in self._large:
                    continue
                with suppress(TooLong):
                    return await self._fetched(key, each)
        except Faltered as error:
            await self._gmail.call("getProfile")  # is it Gmail that fails, or this message?
            raise MessageUnreadable(str(error)) from error
        raise MessageUnreadable

    async def _own_profile(self) -> Content:
        """From before anything was listed."""
        if self._profile is None:
            self._profile = await self._gmail.call("getProfile")
        return self._profile

    async def _news(self, cursor: str | None) -> list[str] | None:
        """The keys of what came since ``cursor``, None where only a list can tell."""
        known = _CURSOR.fullmatch(cursor or "")
        if not known or date.fromisoformat(known[2]) > self._since:
            return None
        query: dict[str, str | int | list[str]] = {
            "startHistoryId": known[1],
            "historyTypes": ["messageAdded", "labelRemoved"],
            "maxResults": _PAGE,
            "fields": _HISTORY_FIELDS,
        }
        found: dict[str, None] = {}
        pages = 0
        with suppress(MessageGone, NotTaken):  # it reaches back a week, or some hours
            async for page in self._pages("history.list", query):
                found |= dict.fromkeys(_came_in(page))
                if (pages := pages + 1) > _HISTORY_PAGES:
                    return None
            return [*reversed(found)]
        return None

    async def _listed(self, term: str = "") -> list[str]:
        """The keys of all that there is, once each."""
        since = "" if self._since == _ANYTHING else f"after:{_midnight(self._since) - 1}"
        query: dict[str, str | int | list[str]] = {
            "q": " ".join(filter(None, (_LISTED, since, term))),
            "maxResults": _PAGE,
            "fields": "nextPageToken,messages/id",
        }
        found: dict[str, None] = {}
        async for page in self._pages("messages.list", query):
            found |= dict.fromkeys(shapes.text(each, "id") for each in shapes.items(page, "messages"))
        return list(found)

    async def _pages(self, name: str, query: Query) -> AsyncIterator[Content]:
        """Each page of a list; an empty one may well be followed by another."""
        seen: set[str] = set()
        page = await self._gmail.call(name, query=query)
        yield page
        while token := page.get("nextPageToken"):
            if not isinstance(token, str) or token in seen:
                raise shapes.nonsense()
            seen.add(token)
            page = await self._gmail.call(name, query={**query, "pageToken": token})
            yield page

    async def _fetched(self, key: str, form: str) -> RawMessage:
        query = {"format": form, "fields": _FIELDS[form]}
        found = dict(await self._gmail.call("messages.get", id=key, query=query))
        thread, labels, received = shapes.text(found, "threadId"), shapes.labels(found), _moment(found)
        flags = frozenset(flag for label, flag in _FLAGS.items() if label in labels)
        return RawMessage(key, await asyncio.to_thread(_content, found, form), thread, flags, received)


def _content(found: dict[str, Any], form: str) -> bytes:
    """The bytes of a message, which is taken out of ``found``. Raises TooLong, Faltered."""
    if form != _WHOLE:
        if not (payload := shapes.part(found, "payload")):
            raise shapes.nonsense()
        return put_together(payload)
    content = shapes.raw(found)
    found.clear()
    if len(content) > MAX_BYTES:
        raise TooLong
    return content


def _came_in(page: Content) -> Iterator[str]:
    """What a page of the history says to be mail now: new, or no longer a draft, spam, or in the trash."""
    for record in shapes.items(page, "history"):
        for each in shapes.items(record, "messagesAdded"):
            yield from _key_of(each)
        for each in shapes.items(record, "labelsRemoved"):
            if _NOT_LISTED & shapes.labels(each):
                yield from _key_of(each)


def _key_of(event: Content) -> Iterator[str]:
    message = shapes.part(event, "message")
    if message and not _NOT_LISTED & shapes.labels(message):
        yield shapes.text(message, "id")


def _moment(found: Content) -> datetime | None:
    milliseconds = shapes.milliseconds(found)
    with suppress(ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(milliseconds / 1000, UTC) if milliseconds is not None else None
    return None


def _midnight(day: date) -> int:
    return int(datetime(day.year, day.month, day.day).astimezone().timestamp())
