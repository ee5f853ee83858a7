"""Who is signed in: a random token in the browser, its SHA-256 in the database."""

import hashlib
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rcmail.db.pool import Database
from rcmail.errors import DatabaseUnavailable

# Seconds for which a session that was looked up counts without a look, and which a look at a known one may take.
# Meanwhile another process may have ended it (`rcmail password`), so that one waits for both.
FRESH: Final = 1.0
_LOOK: Final = 1.0
SETTLED: Final = FRESH + _LOOK
_FIRST_LOOK: Final = 2.0
_MOST_KNOWN: Final = 1_000
# A phone that is used once a month stays signed in. Browsers keep no cookie for more than 400 days.
DAYS_UNUSED: Final = 90
DAYS: Final = 400
_ALIVE: Final = (
    f"last_used_at > now() - interval '{DAYS_UNUSED} days' AND created_at > now() - interval '{DAYS} days'"
)
_FIND: Final = (
    "SELECT id, last_used_at < now() - interval '10 minutes' AS is_due FROM door_sessions"  # noqa: S608
    f" WHERE token_sha256 = %s AND {_ALIVE}"
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One browser or program that is signed in."""

    id: int
    device: str
    created_at: datetime
    last_used_at: datetime


@dataclass(slots=True)
class _Known:
    id: int
    looked_at: float


class Sessions:
    """The sessions in the database. Every method raises DatabaseUnavailable; ``clock`` tells seconds."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._known: dict[bytes, _Known] = {}
        self._ends = 0

    async def open(self, device: str, hashed: str) -> str:
        """The token of a new session, empty where ``hashed`` is no longer the password that counts."""
        token = secrets.token_urlsafe(32)
        # FOR SHARE waits for whoever changes the password at this moment, and then looks again.
        async with self._database.transaction(
            f"DELETE FROM door_sessions WHERE NOT ({_ALIVE});"  # noqa: S608
            " INSERT INTO door_sessions (token_sha256, device)"
            " SELECT %s, %s FROM door_password WHERE hash = %s FOR SHARE RETURNING id",
            (_digest(token), device, hashed),
        ) as session:
            opened = session.opening
        return token if opened else ""

    async def find(self, token: str) -> int | None:
        """The number of the session with this token, None where there is none.

        While the database does not answer, one that this process has seen alive goes on.
        """
        digest, ends = _digest(token), self._ends
        known = self._known.get(digest)
        if known:
            if self._clock() - known.looked_at < FRESH:
                return known.id
            known.looked_at = self._clock()  # others go on with what is known while this one looks
        try:
            rows = await self._database.fetch(_FIND, (digest,), timeout=_LOOK if known else _FIRST_LOOK)
        except DatabaseUnavailable:
            if known is None or ends != self._ends:
                raise
            return known.id
        if not rows:
            self._known.pop(digest, None)
            return None
        if ends == self._ends:  # none has ended meanwhile, so this one neither
            self._remember(digest, rows[0].id)
        if rows[0].is_due:
            with suppress(DatabaseUnavailable):
                await self._database.execute(
                    "UPDATE door_sessions SET last_used_at = now() WHERE id = %s", (rows[0].id,)
                )
        found: int = rows[0].id
        return found

    async def all(self) -> list[SignedIn]:
        """Those that are signed in, the last used one first, a hundred at most."""
        rows = await self._database.fetch(
            f"SELECT id, device, created_at, last_used_at FROM door_sessions WHERE {_ALIVE}"  # noqa: S608
            " ORDER BY last_used_at DESC, id DESC LIMIT 100"
        )
        return [SignedIn(*row) for row in rows]

    async def end(self, number: int) -> None:
        """Sign out the one with this number, if there is one."""
        await self._database.execute("DELETE FROM door_sessions WHERE id = %s", (number,))
        self.forget()

    async def end_all(self) -> None:
        """Sign out everybody."""
        await self._database.execute("DELETE FROM door_sessions")
        self.forget()

    def forget(self) -> None:
        """Some have ended: each is looked up anew."""
        self._ends += 1
        self._known.clear()

    def _remember(self, digest: bytes, number: int) -> None:
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[digest] = _Known(number, self._clock())


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
