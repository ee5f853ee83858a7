"""Texts made again: by a better parser, or because an earlier mail of the conversation came after a later one."""

from typing import Final

from rcmail.db.pool import Database, Row
from rcmail.mail.newtext import TEXT_VERSION
from rcmail.mail.page import EARLIER, TextMaker
from rcmail.mail.store import LOCK
from rcmail.mail.summing import sum_up_again

_AT_ONCE: Final = 100
_TIMEOUT: Final = 60.0
_OUTDATED: Final = "SELECT id, conversation, whole_text FROM messages WHERE text_version < %s LIMIT %s"
_BEFORE: Final = f"""
SELECT wanted.id, ARRAY(
    SELECT left(whole_text, 32000) FROM messages AS earlier
    WHERE earlier.conversation = wanted.conversation
    AND (earlier.sent_at, earlier.id) < (wanted.sent_at, wanted.id)
    ORDER BY earlier.sent_at DESC, earlier.id DESC LIMIT {EARLIER}
) AS texts FROM messages AS wanted WHERE wanted.id = ANY(%s)
"""
_WRITE: Final = """
UPDATE messages AS old SET new_text = new.new_text, language = new.language::text, is_thanks = new.is_thanks,
    text_version = new.version
FROM (VALUES %s) AS new (id, new_text, language, is_thanks, version) WHERE old.id = new.id
"""


async def remake(database: Database, make_texts: TextMaker) -> int:
    """Make the new texts again that are outdated, and what follows from them; how many there were.

    What volunteers decided stays. Raises DatabaseUnavailable.
    """
    count = 0
    while rows := await database.fetch(_OUTDATED, (TEXT_VERSION, _AT_ONCE)):
        await _remade(database, rows, make_texts)
        count += len(rows)
    return count


async def _remade(database: Database, rows: list[Row], make_texts: TextMaker) -> None:
    before = {row.id: row.texts[::-1] for row in await database.fetch(_BEFORE, ([row.id for row in rows],))}
    items = [{"whole_text": row.whole_text, "earlier": before.get(row.id, [])} for row in rows]
    made = [
        (row.id, each["new_text"], each["language"], each["is_thanks"], TEXT_VERSION)
        for row, each in zip(rows, await make_texts(items), strict=True)
    ]
    async with database.transaction("SELECT pg_advisory_xact_lock(%s)", (LOCK,), timeout=_TIMEOUT) as session:
        await session.fetch_values(_WRITE, made, timeout=_TIMEOUT)
        await sum_up_again(session, sorted({row.conversation for row in rows}))
