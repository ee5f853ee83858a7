"""After an older backup is restored: who was forgotten since it was made is forgotten in it too."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from rcmail.answers.work import ask_for_all
from rcmail.db.pool import Database, Session
from rcmail.errors import DatabaseUnavailable
from rcmail.jobs.queue import NOW, Queue
from rcmail.mail.clearing import LOCK
from rcmail.mail.forgotten import Names
from rcmail.mail.identity import same
from rcmail.privacy.forget import AFTER, remove
from rcmail.privacy.person import LIMIT
from rcmail.settings.store import SettingsStore

logger = logging.getLogger("rcmail.privacy")

_LIST: Final = "SELECT address, at, made_with FROM forgotten"
_ADD: Final = """
INSERT INTO forgotten (address, at, made_with) VALUES %s
ON CONFLICT (address) DO UPDATE SET at = greatest(forgotten.at, excluded.at), made_with = excluded.made_with
"""
_ADDRESSES: Final = """
SELECT DISTINCT address FROM (
    SELECT unnest(participants) AS address FROM messages
    UNION ALL SELECT visitor FROM messages
    UNION ALL SELECT each->>'address' FROM messages, jsonb_path_query(recipients, '$.*[*]') AS each
) AS named WHERE address <> ''
"""


async def forget_again(live: Database, copy: Database, names: Names) -> int:
    """Forget in ``copy``, a backup that is to take the place of ``live``, who is on the list of either; how many
    there were something of. Where ``live`` is gone, its list is too. Raises DatabaseUnavailable."""
    rows: Sequence[tuple[object, ...]] = []
    with suppress(DatabaseUnavailable):  # there is none, or one that is older than the list
        rows = await live.fetch(_LIST)
    settings = await SettingsStore(copy).read()
    async with copy.transaction("SELECT pg_advisory_xact_lock(%s)", (LOCK,), timeout=LIMIT) as session:
        await session.fetch_values(_ADD, rows)
        found = await _there(session, names)
        for address, moment in found:
            await remove(session, address, settings, moment)
        if found:
            await ask_for_all(copy, session)
            await Queue(copy).put(AFTER, priority=NOW, session=session)
    if found:
        logger.info("people_forgotten_again", extra={"people": len(found)})
    return len(found)


async def _there(session: Session, names: Names) -> list[tuple[str, datetime]]:
    """Who is on the list and in the mail: the address, and the moment before which that is to go."""
    forgotten = {bytes(row.address): row.at for row in await session.fetch(_LIST)}
    rows = await session.fetch(_ADDRESSES, timeout=LIMIT) if forgotten else []
    addresses = {same(row.address) for row in rows}
    return [(each, forgotten[mark]) for each in sorted(addresses) if (mark := names.of(each)) in forgotten]
