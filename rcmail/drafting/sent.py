"""Which drafts were sent: told by the mail that comes in. The draft, its edits and what was sent are kept."""

import logging
from collections.abc import Sequence
from typing import Final

from rcmail.db.pool import Database, Row
from rcmail.drafting.likeness import NEAR, likeness, sent_as

logger = logging.getLogger("rcmail.drafting")

# By the Message-ID, wherever it lies; else what the group wrote in answer to the mail that the draft is for. A
# mail is one draft's, and the second copy of one that was sent is nobody's.
_CANDIDATES: Final = """
SELECT drafts.id AS draft, drafts.conversation, text, made_text, messages.id AS message, new_text,
    messages.message_id = pushes.message_id AS is_named
FROM drafts LEFT JOIN pushes ON pushes.draft = drafts.id JOIN messages ON messages.message_id = pushes.message_id
WHERE drafts.state IN ('ready', 'approved', 'pushed', 'discarded') AND direction = 'out'
UNION ALL
SELECT drafts.id, drafts.conversation, text, made_text, messages.id, messages.new_text, false
FROM drafts JOIN messages AS asked ON asked.id = newest
JOIN messages ON messages.conversation = drafts.conversation AND messages.direction = 'out'
    AND messages.machine = '' AND messages.id > asked.id
    AND (messages.sent_at > asked.sent_at OR asked.message_id = ANY(messages.reference_ids))
WHERE drafts.state IN ('ready', 'approved', 'pushed') AND text <> ''
    AND NOT EXISTS (SELECT FROM pushes WHERE pushes.message_id = messages.message_id)
    AND NOT EXISTS (SELECT FROM sent_drafts WHERE message = messages.id)
ORDER BY draft, is_named DESC, message
"""
_IS_LIVE: Final = """
UPDATE drafts SET state = 'sent', revision = revision + 1, changed_in = revision + 1, changed_at = now()
WHERE id = %s AND state <> 'sent' AND text = %s RETURNING id
"""
_KEEP: Final = """
INSERT INTO sent_drafts (draft, message, sent_as) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING
"""


async def follow(database: Database) -> int:
    """Note of each draft that it was sent, where that came in; of how many. Raises DatabaseUnavailable."""
    rows = await database.fetch(_CANDIDATES, timeout=15.0)
    count = 0
    for draft in dict.fromkeys(row.draft for row in rows):
        found = _best([row for row in rows if row.draft == draft])
        if found is not None and await _note(database, found):
            count += 1
    if count:
        logger.info("drafts_sent", extra={"drafts": count})
    return count


def _best(candidates: Sequence[Row]) -> Row | None:
    """The mail with the draft's own Message-ID; else the one that is most like it, if it is near."""
    if candidates[0].is_named:
        return candidates[0]
    scores = [max(likeness(row.text, row.new_text), likeness(row.made_text, row.new_text)) for row in candidates]
    best = max(scores)
    return candidates[scores.index(best)] if best >= NEAR else None


async def _note(database: Database, found: Row) -> bool:
    became = sent_as(found.made_text, found.new_text) if found.made_text else None
    async with database.transaction() as session:
        if not await session.fetch(_IS_LIVE, (found.draft, found.text)):
            return False  # somebody was quicker, with the same or with another text
        await session.fetch(_KEEP, (found.draft, found.message, became))
    return True
