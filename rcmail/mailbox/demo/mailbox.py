"""The mailbox of the demonstration: a file beside this one, whose days are moved to today."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Final

from rcmail.mailbox.base import DEMONSTRATION, Account, Page, RawMessage
from rcmail.mailbox.demo.dates import moved
from rcmail.mailbox.file import FileMailbox

ADDRESS: Final = "repaircafe.debrug@gmail.example"
FILE: Final = Path(__file__).parent / "mail.mbox"

# As the file has it: the day of the newest question, that of the oldest one without an answer, and the next event.
_NEWEST: Final = date(2026, 11, 22)
_FIRST_OPEN: Final = date(2026, 11, 16)
_EVENT: Final = date(2026, 12, 5)
_DATE: Final = re.compile(r"^Date: (.+)$", re.MULTILINE)


class DemoMailbox:
    """As it would be on the day ``today``: the newest question came yesterday, the others in the six days before.

    What was answered, and every date in a text, is moved by whole weeks: the weekdays stay right, and the next
    event is one to two weeks away.
    """

    def __init__(self, today: date) -> None:
        self._days = today - timedelta(days=1) - _NEWEST
        self._weeks = timedelta(weeks=self._days.days // 7)
        self._file = FileMailbox(FILE, ADDRESS)

    async def account(self) -> Account:
        return Account(DEMONSTRATION, ADDRESS)

    async def changes(self, cursor: str | None, /) -> AsyncIterator[Page]:
        """Every message, with its bytes. Raises MailboxUnavailable."""
        async for page in self._file.changes(cursor):
            yield replace(page, messages=[self._moved(each) for each in page.messages])

    async def fetch(self, key: str, /) -> RawMessage:
        """Raises MailboxUnavailable: every message came along with its page."""
        return await self._file.fetch(key)

    def settings(self) -> dict[str, str]:
        """The settings that its letters speak of, by key."""
        return {
            "event_date": (_EVENT + self._weeks).isoformat(),
            "event_time": "13:00–16:30",
            "event_location": "Wijkcentrum De Brug, Molenlaan 5",
            "event_offerings": "Electrical appliances, Sewing and textiles, Bicycles, Computers and phones, Toys,"
            " Radio and audio, Small furniture, Clocks, Knife sharpening, 3D-printed spare parts",
            "house_facts": "nl: Binnenkomen kan tot 15.45 uur.\nde: Einlass ist bis 15.45 Uhr.\n"
            "en: Last entry is at 3.45 pm.\nfr: Dernière entrée à 15 h 45.",
            "reply_signature": "Repair Café De Brug",
        }

    def _moved(self, message: RawMessage) -> RawMessage:
        text = message.content.decode()
        [given] = _DATE.findall(text.partition("\n\n")[0])
        sent = parsedate_to_datetime(given)
        text = moved(text, self._weeks, sent.date())
        if sent.date() >= _FIRST_OPEN:
            # By the clock on the wall, where the machine stands: nothing comes from the future.
            there = datetime.combine(sent.date() + self._days, sent.time()).astimezone()
            text = _DATE.sub(f"Date: {format_datetime(there)}", text, count=1)
        return replace(message, content=text.encode())
