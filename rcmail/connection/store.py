"""The one connection there is, in its table. Each moment in it is PostgreSQL's."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from rcmail.connection.connected import State
from rcmail.connection.sealing import Seal
from rcmail.db.pool import Database, Session
from rcmail.log.redaction import Secret
from rcmail.mailbox.gmail.mailbox import PROVIDER

# Letters of a reason that are kept.
_LONGEST: Final = 500
# Pages and health ask: the answer is due in 3 s.
_SOON: Final = 2.0
_READ: Final = """
SELECT number, address, token, given_sha256, connected_at, expires_at, used_at, told, why,
    wait_until,    coalesce(wait_until > now(), false) AS waits,
    extract(epoch FROM now() - used_at)::float8 AS used_ago,
    extract(epoch FROM expires_at - now())::float8 AS seconds_left
FROM connections WHERE provider = %s
"""
_KEEP: Final = """
INSERT INTO connections AS old (provider, number, address, token, given_sha256, connected_at, expires_at)
VALUES (%s, 1, %s, %s, %s, now(), now() + %s * interval '1 s')
ON CONFLICT (provider) DO UPDATE SET number = old.number + 1, address = excluded.address, token = excluded.token,
    given_sha256 = coalesce(excluded.given_sha256, old.given_sha256), connected_at = now(),
    expires_at = excluded.expires_at, used_at = NULL, told = '', why = '', wait_until = NULL
RETURNING number
"""
_FORGET: Final = """
INSERT INTO connections AS old (provider, given_sha256) VALUES (%s, %s)
ON CONFLICT (provider) DO UPDATE SET number = old.number + 1, address = NULL, token = NULL,
    given_sha256 = coalesce(excluded.given_sha256, old.given_sha256), connected_at = NULL, expires_at = NULL,
    used_at = NULL, told = '', why = '', wait_until = NULL
"""
_REFUSE: Final = """
INSERT INTO connections (provider, given_sha256) VALUES (%s, %s)
ON CONFLICT (provider) DO UPDATE SET given_sha256 = excluded.given_sha256
"""
_NOTE: Final = """
INSERT INTO connections AS old (provider, number, used_at, told, why, wait_until)
VALUES (%s, %s, now(), %s, %s, now() + %s * interval '1 s')
ON CONFLICT (provider) DO UPDATE SET used_at = excluded.used_at, told = excluded.told, why = excluded.why,
    wait_until = excluded.wait_until
WHERE old.number = excluded.number
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """The row, or what there is before there is one."""

    number: int = 0
    address: str = ""
    is_there: bool = False
    """Whether a token is there, be it one that cannot be opened."""
    token: Secret | None = None
    """None too where it was shut with another SECRET_KEY."""
    given: bytes | None = None
    connected_at: datetime | None = None
    expires_at: datetime | None = None
    """Where Google has said so."""
    used_at: datetime | None = None
    told: State | None = None
    why: str = ""
    wait_until: datetime | None = None
    waits: bool = False
    used_ago: float | None = None
    """Seconds."""
    seconds_left: float | None = None
    """Until then."""


class Store:
    """Every method raises DatabaseUnavailable. ``given`` is a GMAIL_REFRESH_TOKEN that may be empty."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal

    async def read(self) -> Kept:
        rows = await self._database.fetch(_READ, (PROVIDER,), timeout=_SOON)
        if not rows:
            return Kept()
        values: dict[str, Any] = rows[0]._asdict()
        sealed, given = values.pop("token"), values.pop("given_sha256")
        return Kept(
            **values
            | {"address": values["address"] or "", "told": State(values["told"]) if values["told"] else None},
            is_there=sealed is not None,
            token=self._seal.open(bytes(sealed)) if sealed is not None else None,
            given=bytes(given) if given is not None else None,
        )

    async def keep(self, address: str, token: Secret, given: Secret, lasts: float | None) -> int:
        """From now on ``token`` is used; ``lasts`` is in seconds, None where nobody says how long. Its number."""
        [row] = await self._database.execute(
            _KEEP, (PROVIDER, address, self._seal.shut(token), digest(given), lasts)
        )
        return int(row.number)

    async def refuse(self, given: Secret) -> None:
        """Do not take ``given`` over again."""
        await self._database.execute(_REFUSE, (PROVIDER, digest(given)))

    async def note(self, number: int, told: State, why: str, wait: float | None) -> None:
        """What a use of connection ``number`` told; ``wait`` in seconds. Nothing where there is another now."""
        await self._database.execute(_NOTE, (PROVIDER, number, told.value, why[:_LONGEST], wait))

    async def forget(self, given: Secret, then: Callable[[Session], Awaitable[None]], timeout: float) -> None:
        """No token is kept any more; ``then`` is done in the same transaction, within ``timeout`` seconds."""
        async with self._database.transaction(timeout=timeout) as session:
            await then(session)
            await session.fetch(_FORGET, (PROVIDER, digest(given)))


def digest(given: Secret) -> bytes | None:
    """What tells one GMAIL_REFRESH_TOKEN from another; None where it is empty."""
    return hashlib.sha256(given.reveal().encode()).digest() if given else None
