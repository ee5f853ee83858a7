"""The mailbox that is connected, as a job uses it: its mail, its drafts, and how that went."""

from datetime import date
from typing import Final

from rcmail.connection.gmail import Connection
from rcmail.errors import MailboxUnavailable, Unconfigured
from rcmail.mailbox.base import DraftBox
from rcmail.mailbox.gmail.calls import Gmail
from rcmail.mailbox.gmail.drafts import GmailDrafts
from rcmail.mailbox.gmail.mailbox import PROVIDER, GmailMailbox


class Source:
    """For one job. Every method raises DatabaseUnavailable."""

    provider: Final = PROVIDER

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_used = False

    async def mailbox(self, since: date, /) -> GmailMailbox:
        """Raises Unconfigured with what to do, and MailboxUnavailable; so does the next."""
        return GmailMailbox(await self._open(), since=since)

    async def drafts(self) -> DraftBox:
        return GmailDrafts(await self._open())

    async def note(self, error: MailboxUnavailable | None, /) -> str:
        """Have it known how the use ended, where there was one; how it stands with it now, with what to do."""
        if self._is_used:
            await self._connection.note(error)
        return await self._said()

    async def _open(self) -> Gmail:
        try:
            gmail = await self._connection.open()
        except Unconfigured as error:
            raise Unconfigured(await self._said()) from error
        finally:
            self._is_used = True
        return gmail

    async def _said(self) -> str:
        now = await self._connection.look()
        return f"{now.sentence}; {now.remedy}" if now.remedy else now.sentence
