"""Texts made again: by a better parser, or because an earlier mail of the conversation came after a later one."""

from typing import Any, Final

from rcmail.db.pool import Database, Row
from rcmail.mail.clearing import LOCK
from rcmail.mail.newtext import TEXT_VERSION
from rcmail.mail.page import EARLIER, EARLIER_LETTERS, TextMaker, asked
from rcmail.mail.summing import sum_up_again

_AT_ONCE: Final = 100
_TIMEOUT: Final = 60.0
_OUTDATED: Final = (
    "SELECT id, conversation, whole_text, direction, machine, subject, visitor_name, visitor_address, recipients"
    " FROM messages WHERE text_version < %s LIMIT %s"
)
_BEFORE: Final = f"""
SELECT wanted.id, array_agg(before.text ORDER BY before.sent_at, before.id) AS earlier,
    coalesce(array_agg(before.text ORDER BY before.sent_at, before.id) FILTER (WHERE is_same), '{{}}') AS own
FROM messages AS wanted JOIN LATERAL (
    SELECT id, sent_at, left(whole_text, {EARLIER_LETTERS}) AS text,
        (direction, visitor) = (wanted.direction, wanted.visitor) AS is_same
    FROM messages WHERE conversation = wanted.conversation AND (sent_at, id) < (wanted.sent_at, wanted.id)
    ORDER BY sent_at DESC, id DESC LIMIT {EARLIER}
) AS before ON true WHERE wanted.id = ANY(%s) GROUP BY wanted.id
"""
_WRITE: Final = """
UPDATE messages AS old SET new_text = new.new_text, language = new.language::text, is_thanks = new.is_thanks,
    says = new.says, says_why = new.says_why, text_version = new.version
FROM (VALUES %s) AS new (id, new_text, language, is_thanks, says, says_why, version) WHERE old.id = new.id
"""


async def is_outdated(database: Database) -> bool:
    """Whether there is a text to be made again."""
    return bool(await database.fetch(_OUTDATED, (TEXT_VERSION, 1)))


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
    found = await database.fetch(_BEFORE, ([row.id for row in rows],))
    before: dict[int, dict[str, Any]] = {row.id: {"earlier": row.earlier, "own": row.own} for row in found}
    first: dict[str, Any] = {"earlier": [], "own": []}
    items = [
        {
            "whole_text": row.whole_text,
            **before.get(row.id, first),
            "asked": asked(row, {"recipients": row.recipients}),
        }
        for row in rows
    ]
    made = [
        (
            row.id,
            each["new_text"],
            each["language"],
            each["is_thanks"],
            each["says"],
            each["says_why"],
            TEXT_VERSION,
        )
        for row, each in zip(rows, await make_texts(items), strict=True)
    ]
    async with database.transaction("SELECT pg_advisory_xact_lock(%s)", (LOCK,), timeout=_TIMEOUT) as session:
        await session.fetch_values(_WRITE, made, timeout=_TIMEOUT)
        await sum_up_again(session, sorted({row.conversation for row in rows}))
