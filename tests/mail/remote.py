"""A mailbox that only names its messages and gives each where it is asked for it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping

from rcmail.errors import MessageGone
from rcmail.mailbox.base import Account, Flag, Page, RawMessage
from tests.mail.letters import GROUP


class Remote:
    """``mails`` by their keys, the newest last. What ``faults`` has for a key is raised in its place."""

    def __init__(self, *mails: bytes, list_page: int = 7) -> None:
        self.mails = {f"k{number}": mail for number, mail in enumerate(mails)}
        self.list_page = list_page
        self.faults: dict[str, Exception] = {}
        self.flags: Mapping[str, set[Flag]] = {}
        self.cursors: list[str | None] = []
        """With which it was asked."""
        self.fetched: list[str] = []
        self.under_way = self.most_under_way = 0
        self.take: Callable[[str], float] = lambda _key: 0.0
        """Seconds until the message with this key is there."""

    async def account(self) -> Account:
        return Account("gmail", GROUP)

    async def changes(self, cursor: str | None, /) -> AsyncIterator[Page]:
        """From the cursor on, which counts messages."""
        self.cursors.append(cursor)
        keys = list(self.mails)[int(cursor or 0) :]
        parts = [keys[start : start + self.list_page] for start in range(0, len(keys), self.list_page)] or [[]]
        for part in parts:
            yield Page(part, cursor=str(len(self.mails)) if part is parts[-1] else None)

    async def fetch(self, key: str, /) -> RawMessage:
        self.fetched.append(key)
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            await asyncio.sleep(self.take(key))
        finally:
            self.under_way -= 1
        if key in self.faults:
            raise self.faults[key]
        if key not in self.mails:
            raise MessageGone
        flags = frozenset(self.flags.get(key, ()))
        return RawMessage(key, self.mails[key], f"t-{key}", flags)
