"""Drafts in a Gmail account: in the thread that they answer, each once, and never over what somebody changed.

https://developers.google.com/workspace/gmail/api/guides/drafts
"""

import asyncio
from base64 import urlsafe_b64encode
from contextlib import suppress
from typing import Final

from rcmail.errors import DraftRefused, MessageGone
from rcmail.mailbox.base import DraftState, StoredDraft
from rcmail.mailbox.gmail.calls import Gmail, Query
from rcmail.mailbox.gmail.refusals import NotTaken
from rcmail.mailbox.gmail.sameness import digest, message_id_of
from rcmail.mailbox.gmail.shapes import items, labels, milliseconds, part, raw, text
from rcmail.mailbox.gmail.wire import Faltered, TooLong

_ONE: Final[Query] = {"format": "raw", "fields": "id,message(threadId,raw)"}
_HEAD: Final[Query] = {
    "format": "metadata",
    "metadataHeaders": ["Message-ID", "X-Rcmail-Draft"],
    "fields": "payload/headers",
}
# So many of the newest are looked at one by one: what a killed run has written last is among them.
_NEWEST: Final = 25
_NO_MAIL: Final = frozenset({"DRAFT", "TRASH", "SPAM", "CHAT"})


class GmailDrafts:
    """A ``DraftBox``. The key of a draft is Gmail's id for it, which stays, and that of its thread: ``r-1/18c2``.

    Gmail finds by Message-ID only what it has indexed, which takes a while: hence the newest are looked at, too.
    What somebody saves in the tenth of a second between our look and our write is lost: Gmail has no write under
    a condition.
    """

    def __init__(self, gmail: Gmail) -> None:
        self._gmail = gmail
        self._names: dict[str, frozenset[str]] = {}
        """Of the messages that were looked at; one that is changed has another id."""

    def digest(self, content: bytes) -> str:
        return digest(content)

    async def find(self, message_id: str) -> StoredDraft | None:
        name = message_id.strip("<>")
        names = {name, name.partition("@")[0]}
        for query in ({"q": f"rfc822msgid:{name}"}, {"maxResults": _NEWEST}):
            for draft, message in (await self._listed(query)).items():
                if names & await self._names_of(message):
                    with suppress(MessageGone):
                        return await self._read(draft)
        return None

    async def create(self, content: bytes, thread: str | None) -> StoredDraft:
        try:
            return await self._written("drafts.create", content, thread)
        except (MessageGone, NotTaken) as error:
            if thread is None:
                raise DraftRefused(str(error)) from error
            return await self.create(content, None)  # the thread is gone: mail programs go by its References
        except Faltered:  # it may be there, or not
            there = await self.find(message_id_of(content))
            if there is None:
                raise
            return there

    async def replace(self, draft: StoredDraft, content: bytes) -> StoredDraft | None:
        key, _, thread = draft.key.partition("/")
        if await self.state(draft) is not DraftState.THERE:
            return None
        try:
            return await self._written("drafts.update", content, thread, key)
        except MessageGone:
            return None
        except NotTaken as error:
            raise DraftRefused(str(error)) from error

    async def state(self, draft: StoredDraft) -> DraftState:
        key, _, thread = draft.key.partition("/")
        try:
            now = await self._read(key)
        except MessageGone:
            return DraftState.SENT if await self._is_answered(thread) else DraftState.GONE
        return DraftState.THERE if now.digest == draft.digest else DraftState.EDITED

    async def _listed(self, query: Query) -> dict[str, str]:
        """Drafts, and the message of each."""
        page = await self._gmail.call("drafts.list", query={**query, "fields": "drafts(id,message/id)"})
        return {text(each, "id"): text(part(each, "message"), "id") for each in items(page, "drafts")}

    async def _names_of(self, message: str) -> frozenset[str]:
        """Its Message-ID, and that of its own field, which tells where Gmail has given it another."""
        if message not in self._names:
            try:
                found = await self._gmail.call("messages.get", id=message, query=_HEAD)
            except MessageGone:
                return frozenset()
            headers = items(part(found, "payload"), "headers")
            self._names[message] = frozenset(str(each.get("value")).strip("<> ") for each in headers)
        return self._names[message]

    async def _read(self, key: str) -> StoredDraft:
        """As it lies there. Raises MessageGone."""
        try:
            found = await self._gmail.call("drafts.get", id=key, query=_ONE)
        except TooLong:  # with an attachment: not as we wrote it
            return StoredDraft(key, "")
        message = part(found, "message")
        digest = await asyncio.to_thread(lambda: self.digest(raw(message)))
        return StoredDraft(f"{key}/{text(message, 'threadId')}", digest)

    async def _written(self, name: str, content: bytes, thread: str | None, key: str | None = None) -> StoredDraft:
        message = {"raw": urlsafe_b64encode(content).decode(), **({"threadId": thread} if thread else {})}
        query = {"fields": "id,message(id,threadId)"}
        found = await self._gmail.call(name, id=key, query=query, body={"message": message})
        place = part(found, "message")
        self._names[text(place, "id")] = frozenset({message_id_of(content).strip("<>")})
        return StoredDraft(f"{text(found, 'id')}/{text(place, 'threadId')}", self.digest(content))

    async def _is_answered(self, thread: str) -> bool:
        """Whether the newest mail of the thread is one of the group's: a draft that is gone was sent, then."""
        query = {"format": "minimal", "fields": "messages(labelIds,internalDate)"}
        try:
            found = await self._gmail.call("threads.get", id=thread, query=query)
        except MessageGone:
            return False
        mails = [each for each in items(found, "messages") if not labels(each) & _NO_MAIL]
        newest = max(mails, key=lambda each: milliseconds(each) or 0, default={})
        return "SENT" in labels(newest)
