"""Taking the demonstration out of the tables: all of it, and nothing else."""

import logging
from typing import Final

from rcmail.db.pool import Database
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
