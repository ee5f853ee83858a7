"""The past answers that fit a conversation's newest request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from rcmail.answers import past, words
from rcmail.answers.helper import Helper
from rcmail.answers.ranking import Found, Past, best_of, floor_of, joined, ranked
from rcmail.db.pool import Database, Row
from rcmail.errors import ChildFailed

MOST: Final = 20
"""So many are kept for a conversation; a page shows the first five."""
# The best by words and meaning that language and age are looked at of.
_LOOKED_AT: Final = 100
# Letters of a request that no helper has read.
_UNREAD: Final = 2_000

REQUEST: Final = """
SELECT * FROM (
    SELECT left(new_text, 20000) AS new_text, messages.subject, messages.language, kind, messages.visitor_address,
        CASE WHEN messages.visitor_name = '' AND conversations.visitor_address = messages.visitor_address
        THEN conversations.visitor_name ELSE messages.visitor_name END AS visitor_name, sent_at, messages.id
    FROM messages JOIN conversations ON conversations.id = conversation
    WHERE conversation = %s AND direction = 'in' AND machine = ''
    AND (sent_at, messages.id) > coalesce(
        (SELECT (sent_at, id) FROM messages WHERE conversation = %s AND direction = 'out' AND machine = ''
        AND EXISTS (
            SELECT FROM messages AS later WHERE later.conversation = messages.conversation
            AND later.direction = 'in' AND later.machine = ''
            AND (later.sent_at, later.id) > (messages.sent_at, messages.id)
        ) ORDER BY sent_at DESC, id DESC LIMIT 1),
        ('-infinity'::timestamptz, 0::bigint)
    ) ORDER BY sent_at DESC, messages.id DESC LIMIT 10
) AS newest ORDER BY sent_at, id
"""
"""The visitor's newest mails that one answer is for, ten at most; its two values are the number of the
conversation."""
_PAST: Final = """
SELECT past_requests.id, message, messages.conversation, past_requests.language, answered_at, grams
FROM past_requests JOIN messages ON messages.id = message JOIN conversations ON conversations.id = conversation
WHERE past_requests.id = ANY(%s) AND messages.conversation <> %s AND kind <> 'other'
"""


@dataclass(frozen=True, slots=True)
class Similar:
    """``failure`` says why words were alone, None where meaning was there too."""

    found: Sequence[Found]
    language: str | None
    failure: str | None


async def similar(database: Database, helper: Helper, conversation: int, most: int = MOST) -> Similar:
    """What was answered before to a request like the newest one of ``conversation``.

    Raises DatabaseUnavailable.
    """
    messages = await database.fetch(REQUEST, (conversation, conversation))
    requests = await past.count(database)
    if not messages or messages[0].kind == "other" or not requests:
        return Similar([], None, None)
    language = next((row.language for row in reversed(messages) if row.language), None)
    texts, tells = await _read(helper, messages)
    shared = await words.alike(database, texts, requests)
    failure = None
    meaning: list[dict[int, float]] = []
    try:
        meaning = [dict(reversed(each)) for each in await helper.nearest(database, texts)]
    except ChildFailed as error:
        failure = str(error)
    if not any(meaning):
        meaning, failure = [], failure or "the vectors are still being made"
    scores = joined(meaning, shared, floor_of(messages[0].kind, tells=tells))
    found = await _ranked(database, conversation, scores, best_of(meaning), language, most)
    return Similar(found, language, failure)


async def _read(helper: Helper, messages: Sequence[Row]) -> tuple[list[str], bool]:
    """The request as a whole, then its questions if they are several; does it tell of something broken?"""
    asked = [row.new_text for row in messages]
    try:
        found = await helper.new({"asked": asked, "subject": messages[0].subject})
    except ChildFailed:
        return ["\n".join(asked)[:_UNREAD]], False
    return [found["question"], *found["questions"]], found["tells"]


async def _ranked(
    database: Database,
    conversation: int,
    scores: dict[int, float],
    cosines: dict[int, float],
    language: str | None,
    most: int,
) -> list[Found]:
    best = sorted(scores, key=lambda request: -scores[request])[: _LOOKED_AT + most]
    rows = await database.fetch(_PAST, (best, conversation))
    candidates = [
        Past(
            id=row.id,
            message=row.message,
            conversation=row.conversation,
            language=row.language,
            answered_at=row.answered_at,
            grams=frozenset(row.grams),
        )
        for row in rows
    ]
    return ranked(scores, candidates, cosines, language, datetime.now(UTC), most)
