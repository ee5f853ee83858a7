"""The one password: what makes a good one, and the row that keeps it."""

import unicodedata
from typing import Final

from rcmail.db.pool import Database, Session

# NIST SP 800-63B, 3.1.1.2: eight at least, no rules about kinds of characters, and long ones are taken.
MIN_LENGTH: Final = 8
MAX_LENGTH: Final = 200


def as_typed(text: str) -> str:
    """``text`` as it is compared, whatever keyboard it was typed on: in NFC, without spaces at either end.

    Raises ValueError with the rest of a sentence.
    """
    if len(text) > MAX_LENGTH:  # before NFC, which takes its time for many accents
        raise ValueError(f"is too long: {MAX_LENGTH} characters are the most")
    text = unicodedata.normalize("NFC", text.strip())
    if not text:
        raise ValueError("is missing; type it")
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in text):
        raise ValueError("holds a character that is no text; type it by hand")
    return text


def clean_new(text: str) -> str:
    """A password that is to be set, as it is compared. Raises ValueError with the rest of a sentence."""
    text = as_typed(text)
    if len(text) < MIN_LENGTH or len(set(text)) < 4:
        raise ValueError(
            f"is too easy to guess: take {MIN_LENGTH} characters or more, such as three or four words"
        )
    return text


class Password:
    """The row in the database. Every method raises DatabaseUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._is_known = False

    async def is_set(self) -> bool:
        """Whether there is one. Once there is, that is not asked again: to take it away there is no way."""
        self._is_known = self._is_known or bool(await self.stored())
        return self._is_known

    async def stored(self) -> str:
        """Its hash, empty where none is set."""
        rows = await self._database.fetch("SELECT hash FROM door_password")
        self._is_known = bool(rows)
        return rows[0].hash if rows else ""

    async def given(self) -> str:
        """The hash of the one that was given from outside last, empty where none was."""
        rows = await self._database.fetch("SELECT given FROM door_password")
        return rows[0].given or "" if rows else ""

    async def set_first(self, hashed: str) -> bool:
        """Set it where none is set; whether that was so."""
        rows = await self._database.execute(
            "INSERT INTO door_password (hash) VALUES (%s) ON CONFLICT (id) DO NOTHING RETURNING id", (hashed,)
        )
        return bool(rows)

    async def replace(self, before: str, hashed: str) -> bool:
        """Set it and end every session, where ``before`` is still the hash that counts; whether that was so."""
        async with self._database.transaction(
            "UPDATE door_password SET hash = %s, changed_at = now() WHERE hash = %s RETURNING id", (hashed, before)
        ) as session:
            if session.opening:
                await _end_all(session)
        return bool(session.opening)

    async def force(self, hashed: str, given: str | None = None) -> None:
        """Set it, whatever is there, and end every session. ``given`` is noted where it comes from outside."""
        async with self._database.transaction(
            "INSERT INTO door_password (hash, given) VALUES (%s, %s) ON CONFLICT (id) DO UPDATE"
            " SET hash = excluded.hash, given = coalesce(excluded.given, door_password.given), changed_at = now()",
            (hashed, given),
        ) as session:
            await _end_all(session)


async def _end_all(session: Session) -> None:
    await session.fetch("DELETE FROM door_sessions")
