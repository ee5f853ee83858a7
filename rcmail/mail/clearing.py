"""Taking the demonstration out of the tables: all of it, and nothing else."""

import logging
from typing import Final

from rcmail.db.pool import Database, Session
from rcmail.mail.summing import sum_up_again
from rcmail.settings.store import take_back

logger = logging.getLogger("rcmail.mail")

# Any number will do as long as it is always this one: "mail" in ASCII. Whoever writes mail holds it.
LOCK: Final = 0x6D61696C

_TIMEOUT: Final = 60.0
# Without its row the job that loads it writes nothing more (JobLost): a page of mail and the progress are one
# transaction, under the lock. What else was done was done for it: no other mail was here.
_CLEAR: Final = """
UPDATE demonstration SET removed_at = now(), settings = '{}' WHERE removed_at IS NULL;
DELETE FROM jobs WHERE kind NOT IN ('import', 'sync');
WITH gone AS (
    DELETE FROM messages USING accounts WHERE account = accounts.id AND provider = 'demonstration'
    RETURNING messages.id, conversation
)
DELETE FROM conversations WHERE id IN (SELECT conversation FROM gone) AND NOT EXISTS (
    SELECT FROM messages WHERE conversation = conversations.id AND id NOT IN (SELECT id FROM gone)
);
DELETE FROM accounts WHERE provider = 'demonstration';
DELETE FROM past_grams;
DELETE FROM said_facts
"""


# A mail that another mailbox has too is that one's from now on.
_HAND_OVER: Final = """
UPDATE messages SET account = seen.account FROM seen
WHERE seen.message = messages.id AND seen.account <> %s AND messages.account = %s
"""
_EMPTY: Final = """
DELETE FROM conversations WHERE id = ANY(%s)
AND NOT EXISTS (SELECT FROM messages WHERE conversation = conversations.id)
"""


async def is_here(database: Database) -> bool:
    """Whether the demonstration is here, or is being loaded. Raises DatabaseUnavailable, after 2 s at most."""
    return bool(await database.fetch("SELECT 1 FROM demonstration WHERE removed_at IS NULL", timeout=2))


async def clear(database: Database) -> None:
    """Remove the demonstration, and stop the job that loads it. Settings that it filled in go where nobody has
    changed them. Raises DatabaseUnavailable."""
    async with database.transaction("SELECT pg_advisory_xact_lock(%s)", (LOCK,), timeout=_TIMEOUT) as session:
        for row in await session.fetch("SELECT settings FROM demonstration WHERE removed_at IS NULL"):
            await take_back(session, row.settings)
        await session.fetch(_CLEAR, timeout=_TIMEOUT)
    logger.info("demonstration_removed")


async def clear_account(session: Session, provider: str, address: str, timeout: float) -> None:
    """Remove what came from this account and from no other, with all that was made of it.

    ``timeout`` in seconds is for each statement. A sync of it that runs writes nothing more, as in ``clear``.
    """
    await session.fetch("SELECT pg_advisory_xact_lock(%s)", (LOCK,), timeout=timeout)
    await session.fetch("DELETE FROM jobs WHERE kind = 'sync'")
    found = await session.fetch(
        "SELECT id FROM accounts WHERE provider = %s AND lower(address) = lower(%s)", (provider, address)
    )
    for account in [row.id for row in found]:
        await session.fetch(_HAND_OVER, (account, account), timeout=timeout)
        rows = await session.fetch(
            "DELETE FROM messages WHERE account = %s RETURNING conversation", (account,), timeout=timeout
        )
        conversations = sorted({row.conversation for row in rows})
        await session.fetch(_EMPTY, (conversations,), timeout=timeout)
        await sum_up_again(session, conversations)
        await session.fetch("DELETE FROM accounts WHERE id = %s", (account,), timeout=timeout)
