"""Mail that does not come in: of people who were forgotten, and what is older than mail is kept.

Of whom was forgotten only an HMAC of the address is kept (RFC 2104), and the moment: what was written before it
stays away, what is written later comes in as anybody's does.
"""

import hmac
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from rcmail.clock import today
from rcmail.db.pool import Database, Row, Session
from rcmail.log.redaction import Secret
from rcmail.mail.identity import same
from rcmail.mail.model import Message
from rcmail.settings.store import SettingsStore

_LIST: Final = "SELECT address, at FROM forgotten"
_FORGET: Final = """
INSERT INTO forgotten (address, made_with) VALUES (%s, %s)
ON CONFLICT (address) DO UPDATE SET at = excluded.at, made_with = excluded.made_with
"""
_COUNT: Final = """
SELECT count(*) AS people, max(at) AS newest, count(*) FILTER (WHERE made_with <> %s) AS unknown
FROM forgotten
"""


class Names:
    """Addresses as they stand in the list. ``secret`` is SECRET_KEY, which no copy of the database has."""

    def __init__(self, secret: Secret) -> None:
        # A key of its own for this purpose, derived from SECRET_KEY.
        self._key = hmac.digest(secret.reveal().encode(), b"rcmail forgotten addresses", "sha256")
        self.made_with = hmac.digest(self._key, b"which key this is", "sha256")[:4]

    def of(self, address: str) -> bytes:
        """The same for an address however it is spelled."""
        return hmac.digest(self._key, same(address).encode("utf-8", "replace"), "sha256")


@dataclass(frozen=True, slots=True)
class Rules:
    """What stays away, as it was when that was looked up."""

    names: Names
    forgotten: Mapping[bytes, datetime]
    oldest: datetime | None
    """From before this moment no mail is kept; None: all is."""

    def keep_away(self, message: Message) -> bool:
        if self.oldest and message.sent_at < self.oldest:
            return True
        return bool(self.forgotten) and any(
            self.is_forgotten(each, message.sent_at) for each in addresses_of(message)
        )

    def is_forgotten(self, address: str, moment: datetime) -> bool:
        """Whether somebody asked, after ``moment``, to forget who has this address."""
        at = self.forgotten.get(self.names.of(address))
        return at is not None and moment < at


class Away:
    """The list of who was forgotten, and the setting of how long mail is kept."""

    def __init__(self, secret: Secret) -> None:
        self.names = Names(secret)

    async def rules(self, database: Database) -> Rules:
        """Raises DatabaseUnavailable."""
        listed = _listed(await database.fetch(_LIST))
        months = (await SettingsStore(database).read()).mail_keep_months
        return Rules(self.names, listed, oldest_kept(months, today()))

    async def is_as_seen(self, session: Session, rules: Rules) -> bool:
        """Whether nobody was forgotten since ``rules`` were looked up; under the lock of whoever forgets."""
        return _listed(await session.fetch(_LIST)) == rules.forgotten

    async def add(self, session: Session, address: str) -> None:
        """From now on, mail of ``address`` that was written until now stays away."""
        await session.fetch(_FORGET, (self.names.of(address), self.names.made_with))


def _listed(rows: Sequence[Row]) -> dict[bytes, datetime]:
    return {bytes(row.address): row.at for row in rows}


@dataclass(frozen=True, slots=True)
class Counted:
    """How many are on the list, since when the newest is, and how many of them this SECRET_KEY does not know."""

    people: int
    newest: datetime | None
    unknown: int


async def count(database: Database, names: Names) -> Counted:
    """Raises DatabaseUnavailable."""
    [row] = await database.fetch(_COUNT, (names.made_with,))
    return Counted(*row)


def addresses_of(message: Message) -> Iterable[str]:
    """Every address that a new mail has in its headers, and the visitor's, which a form may have given."""
    recipients = message.rest["recipients"]
    headers = (each["address"] for name in ("to", "cc", "reply_to") for each in recipients[name])
    return {each for each in (message.rest["from_address"], message.visitor_address, *headers) if each}


def oldest_kept(months: int, day: date) -> datetime | None:
    """The moment from which on mail is kept on ``day``, where it is kept for so many ``months``; None for 0."""
    if not months:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    _, days = monthrange(year, month + 1)
    return datetime(year, month + 1, min(day.day, days), tzinfo=UTC)
