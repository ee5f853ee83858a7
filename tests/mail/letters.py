"""Mails for tests, in as few words as possible."""

import itertools
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

GROUP = "repair@example.org"
ANNA = "Anna <anna@example.com>"
TODAY = datetime.now(UTC).replace(microsecond=0)
_minutes = itertools.count()
# Noon of a Sunday five weeks ago, whatever day it is: nobody has waited in vain since then, and what came within a
# month is not still to come.
_THEN = TODAY - timedelta(days=33)
_FIRST = (_THEN - timedelta(days=_THEN.isoweekday() % 7)).replace(hour=12, minute=0, second=0)


def letter(
    sender: str = ANNA,
    to: str = f"Repair Café <{GROUP}>",
    text: str = "Kan ik zaterdag met mijn broodrooster komen?",
    *,
    subject: str = "broodrooster",
    date: datetime | None = None,
    day: int | None = None,
    **headers: str,
) -> bytes:
    """The bytes of a mail, a minute after the last one where no ``date`` or ``day`` is given.

    ``headers`` by their names, with ``_`` for ``-``; an empty one is left out.
    """
    message = EmailMessage()
    moment = date or _FIRST + (timedelta(minutes=next(_minutes)) if day is None else timedelta(days=day))
    found = {"From": sender, "To": to, "Subject": subject, "Date": format_datetime(moment)}
    found |= {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in found.items():
        if value:
            message[name] = value
    message.set_content(text)
    return bytes(message)


def recent(days_ago: float, **changes: Any) -> bytes:
    """A mail of so many days ago."""
    return letter(date=TODAY - timedelta(days=days_ago), **changes)


def mbox(*letters: bytes) -> bytes:
    """An mbox file with these mails."""
    return b"".join(b"From someone@example.org Sun Nov  1 12:00:00 2026\n" + each + b"\n" for each in letters)
