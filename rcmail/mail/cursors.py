"""Where to go on reading a mailbox that can say what has changed."""

from typing import Final

from rcmail.db.pool import Database, Session

# Whatever a provider's history leaves out comes in with a list of everything, once a week.
_OF: Final = "SELECT cursor FROM cursors WHERE account = %s AND listed_at > now() - interval '7 days'"
_KEEP: Final = """
INSERT INTO cursors AS old (account, cursor, listed_at) VALUES (%s, %s, now())
ON CONFLICT (account) DO UPDATE SET cursor = excluded.cursor, updated_at = now(),
    listed_at = CASE WHEN %s THEN excluded.listed_at ELSE old.listed_at END
"""


async def cursor_of(database: Database, account: int) -> str | None:
    """Where to go on; None where everything is to be listed. Raises DatabaseUnavailable."""
    rows = await database.fetch(_OF, (account,))
    return rows[0].cursor if rows else None


async def keep_cursor(session: Session, account: int, cursor: str, *, is_listed: bool) -> None:
    """In the transaction of the last page; ``is_listed`` where it was of everything, and not of what changed."""
    await session.fetch(_KEEP, (account, cursor, is_listed))
