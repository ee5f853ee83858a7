"""The past requests: what visitors asked and the group answered, kept beside the mail as it is compared."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from rcmail.db.pool import Database, Row, Session
from rcmail.mail.clearing import LOCK

VERSION: Final = 1
"""Raised with every change of what ``request`` makes: past requests of an older one are made again."""
SIGNATURE: Final = "md5(string_agg(concat_ws('.', id, hashtext(new_text)), ',' ORDER BY sent_at, id))"
"""Of the messages of a conversation: another one when something of what is compared has changed."""
# Seconds for a page, and for looking at every message there is.
_TIMEOUT: Final = 15.0

_CHANGED: Final = f"""
SELECT now.conversation, now.signature FROM (
    SELECT conversation, concat({SIGNATURE}, '.{VERSION}') AS signature
    FROM messages GROUP BY conversation HAVING bool_or(direction = 'out' AND machine = '')
) AS now LEFT JOIN past_seen AS seen USING (conversation)
WHERE seen.signature IS DISTINCT FROM now.signature ORDER BY now.conversation DESC
"""
_MESSAGES: Final = """
SELECT id, conversation, direction, sent_at, subject, new_text, language FROM messages
WHERE conversation = ANY(%s) AND machine = '' ORDER BY conversation, sent_at, id
"""
_FORGET: Final = """
DELETE FROM past_requests USING messages
WHERE messages.id = past_requests.message AND messages.conversation = ANY(%s)
"""
_COLUMNS: Final = {
    "message": "bigint", "asked": "bigint[]", "answered": "bigint[]", "question": "text", "answer": "text",
    "language": "text", "answered_at": "timestamptz", "grams": "integer[]",
}  # fmt: skip
_ADD: Final = (
    f"INSERT INTO past_requests ({', '.join(_COLUMNS)})"
    f" SELECT {', '.join(f'new.{name}::{kind}' for name, kind in _COLUMNS.items())}"
    f" FROM (VALUES %s) AS new ({', '.join(_COLUMNS)}) JOIN messages ON messages.id = new.message"
    " ON CONFLICT DO NOTHING"
)
_SEE: Final = """
INSERT INTO past_seen (conversation, signature)
SELECT new.conversation, new.signature FROM (VALUES %s) AS new (conversation, signature)
JOIN conversations ON conversations.id = new.conversation
ON CONFLICT (conversation) DO UPDATE SET signature = excluded.signature
"""
_COUNT: Final = """
INSERT INTO past_grams (gram, requests)
SELECT gram, count(*) FROM past_requests, unnest(grams) AS gram GROUP BY gram
ON CONFLICT (gram) DO UPDATE SET requests = excluded.requests WHERE past_grams.requests <> excluded.requests
"""

Make = Callable[[Sequence[Mapping[str, Any]]], Awaitable[Sequence[Mapping[str, Any] | None]]]
"""``request.past`` for each of them, wherever that runs; None for what could not be read."""
Told = Callable[[Session, int], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Round:
    """Mails of a visitor and the group's mails that came after them, before the visitor's next."""

    asked: Sequence[Row]
    answered: Sequence[Row]

    def values(self, made: Mapping[str, Any]) -> list[object]:
        """The row of ``past_requests``."""
        return [
            self.asked[-1].id,
            [each.id for each in self.asked],
            [each.id for each in self.answered],
            made["question"],
            made["answer"],
            self.answered[-1].language or self.asked[-1].language,
            self.answered[-1].sent_at,
            made["grams"],
        ]


async def changed(database: Database) -> list[Row]:
    """``conversation`` and ``signature`` of those whose past requests are not as their messages say."""
    return await database.fetch(_CHANGED, timeout=_TIMEOUT)


async def renew(database: Database, page: Sequence[Row], make: Make, told: Told) -> None:
    """Make the past requests of the conversations in ``page``, rows of ``changed``, anew.

    ``told`` is called in the same transaction with the number of conversations. Raises DatabaseUnavailable.
    """
    ids = [row.conversation for row in page]
    rounds = list(rounds_of(await database.fetch(_MESSAGES, (ids,), timeout=_TIMEOUT)))
    made = await make([_item(each) for each in rounds])
    rows = [each.values(text) for each, text in zip(rounds, made, strict=True) if text and text["grams"]]
    async with database.transaction("SELECT pg_advisory_xact_lock(%s)", (LOCK,), timeout=_TIMEOUT) as session:
        await session.fetch(_FORGET, (ids,))
        await session.fetch_values(_ADD, rows)
        await session.fetch_values(_SEE, [(row.conversation, row.signature) for row in page])
        await told(session, len(page))


def rounds_of(messages: Sequence[Row]) -> Iterator[Round]:
    """Questions with their answers, of ``messages`` by conversation, the oldest first."""
    for _, mails in groupby(messages, key=lambda row: row.conversation):
        asked: Sequence[Row] = ()
        for direction, run in groupby(mails, key=lambda row: row.direction):
            if direction == "in":
                asked = list(run)
            elif asked:
                yield Round(asked, list(run))


def _item(each: Round) -> dict[str, Any]:
    return {
        "asked": [mail.new_text for mail in each.asked],
        "answered": [mail.new_text for mail in each.answered],
        "subject": each.asked[0].subject,
    }


async def count_grams(database: Database) -> None:
    """Count anew how rare each piece is. Raises DatabaseUnavailable."""
    await database.execute(_COUNT, timeout=60.0)


async def count_grams_anew(database: Database) -> None:
    """As ``count_grams``; pieces that no past request has any more go. Raises DatabaseUnavailable."""
    await database.execute(f"DELETE FROM past_grams; {_COUNT}", timeout=60.0)


async def count(database: Database) -> int:
    """How many past requests there are."""
    [row] = await database.fetch("SELECT count(*) AS requests FROM past_requests")
    return int(row.requests)
