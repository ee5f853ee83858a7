"""What was found for each conversation: made by the worker, read by the pages."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from rcmail.answers.past import SIGNATURE
from rcmail.answers.ranking import Found
from rcmail.answers.search import Similar
from rcmail.db.pool import Database, Row
from rcmail.errors import NoSuchConversation
from rcmail.mail.listing import AGED, IS_WAITING, cutoff

BOTH: Final = "words and meaning"
WORDS: Final = "words"

_NAMES: Final = {"nl": "Dutch", "de": "German", "en": "English", "fr": "French", "it": "Italian", "es": "Spanish"}
# Cosines: what is so near is the same question in other words, or perhaps has something to do with it.
_SAME: Final = 0.65
_ALIKE: Final = 0.45

# Of what is compared: another one when what was found may no longer be right.
_NOW: Final = f"(SELECT concat(kind, {SIGNATURE}) FROM messages WHERE conversation = conversations.id)"
_WAITING: Final = f"""
SELECT id, {_NOW} AS signature FROM {AGED} WHERE {IS_WAITING} AND kind <> 'other' ORDER BY last_at DESC, id DESC
"""
_ONE: Final = f"SELECT kind, {_NOW} AS signature FROM conversations WHERE id = %s"
_KEEP: Final = """
INSERT INTO similar_answers (conversation, signature, method, found)
SELECT id, %s, %s, %s::jsonb FROM conversations WHERE id = %s
ON CONFLICT (conversation) DO UPDATE SET signature = excluded.signature, method = excluded.method,
    found = excluded.found, made_at = now()
"""
_READ: Final = f"""
SELECT kind, made.signature IS NOT DISTINCT FROM {_NOW} AS is_current, made.conversation IS NOT NULL AS is_made,
    made.method, made.found,
    (SELECT count(*) FROM unhelpful_answers WHERE conversation = conversations.id) AS unhelpful
FROM conversations LEFT JOIN similar_answers AS made ON made.conversation = conversations.id
WHERE conversations.id = %s
"""
_UNHELPFUL: Final = """
INSERT INTO unhelpful_answers (conversation, message)
SELECT conversations.id, messages.id FROM conversations, messages WHERE conversations.id = %s AND messages.id = %s
ON CONFLICT (conversation, message) DO UPDATE SET message = excluded.message RETURNING message
"""
# Of all the mails of one question, or answer, as much as of one: a visitor may have written hundreds.
_LETTERS: Final = 100_000
_TEXTS: Final = f"""
SELECT message, conversation, message_id, past_requests.language, answered_at,
    (SELECT left(string_agg(new_text, E'\\n\\n' ORDER BY sent_at, id), {_LETTERS}) FROM messages
        WHERE id = ANY(asked)) AS question,
    (SELECT left(string_agg(new_text, E'\\n\\n' ORDER BY sent_at, id), {_LETTERS}) FROM messages
        WHERE id = ANY(answered)) AS answer
FROM past_requests JOIN messages ON messages.id = message
WHERE message = ANY(%s)
AND NOT EXISTS (SELECT FROM unhelpful_answers AS no WHERE no.conversation = %s AND no.message = messages.id)
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """A past request with the group's answer."""

    message: int
    conversation: int
    message_id: str | None
    question: str
    answer: str
    date: datetime
    language: str | None
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Result:
    """``is_ready`` is False where it has still to be made, or made anew."""

    is_ready: bool
    method: str
    answers: Sequence[Answer]
    unhelpful: int = 0
    """So many were taken away by volunteers."""


async def read(database: Database, conversation: int, limit: int) -> Result:
    """What was found for ``conversation``, the best first.

    Raises NoSuchConversation and DatabaseUnavailable.
    """
    rows = await database.fetch(_READ, (conversation,))
    if not rows:
        raise NoSuchConversation
    [row] = rows
    if row.kind == "other":
        return Result(True, BOTH, [])
    if not (row.is_made and row.is_current):
        return Result(False, row.method or BOTH, [])
    known = await _texts(database, [each["message"] for each in row.found], conversation)
    answers = [_answer(each, known[each["message"]]) for each in row.found if each["message"] in known]
    return Result(True, row.method, answers[:limit], row.unhelpful)


async def named(database: Database, conversation: int, messages: Sequence[int]) -> list[Answer]:
    """The answers to ``messages``, whether they are found for ``conversation`` now or were once; those that a
    volunteer took away from it and those that are gone are left out. Raises DatabaseUnavailable."""
    known = await _texts(database, messages, conversation) if messages else {}
    return [_answer({"score": 0.0, "why": ""}, known[each]) for each in messages if each in known]


async def _texts(database: Database, messages: Sequence[int], conversation: int) -> dict[int, Row]:
    return {row.message: row for row in await database.fetch(_TEXTS, (list(messages), conversation))}


def _answer(found: dict[str, Any], row: Row) -> Answer:
    return Answer(
        message=row.message,
        conversation=row.conversation,
        message_id=row.message_id,
        question=row.question or "",
        answer=row.answer or "",
        date=row.answered_at,
        language=row.language,
        score=found["score"],
        why=found["why"],
    )


async def mark_unhelpful(database: Database, conversation: int, message: int) -> None:
    """Take the answer to ``message`` away from ``conversation``, for good. Raises NoSuchConversation.

    And DatabaseUnavailable. One that is away already stays so.
    """
    rows = await database.execute(_UNHELPFUL, (conversation, message))
    if not rows:
        raise NoSuchConversation


async def show_all_again(database: Database, conversation: int) -> None:
    """Give back what was taken away. Raises DatabaseUnavailable."""
    await database.execute("DELETE FROM unhelpful_answers WHERE conversation = %s", (conversation,))


async def waiting(database: Database, waiting_days: int) -> list[Row]:
    """``id`` and ``signature`` of the conversations that wait for an answer, the newest first."""
    return await database.fetch(_WAITING, (cutoff(waiting_days),), timeout=15.0)


async def one(database: Database, conversation: int) -> Row | None:
    """``kind`` and ``signature`` of a conversation; None where there is none."""
    rows = await database.fetch(_ONE, (conversation,))
    return rows[0] if rows else None


async def keep(database: Database, conversation: int, signature: str, similar: Similar) -> None:
    """Keep what was found. Raises DatabaseUnavailable."""
    found = [
        {"message": each.past.message, "score": each.score, "why": why(each, similar.language)}
        for each in similar.found
    ]
    method = WORDS if similar.failure else BOTH
    await database.execute(_KEEP, (signature, method, json.dumps(found), conversation))


def why(found: Found, language: str | None) -> str:
    """Why it was found, in words."""
    if found.cosine is None:
        reason = "the same words"
    elif found.cosine >= _SAME:
        reason = "the same question"
    else:
        reason = "a similar question" if found.cosine >= _ALIKE else "perhaps like it"
    other = found.past.language != language and found.past.language in _NAMES
    return f"{reason}, in {_NAMES[found.past.language or '']}" if other else reason
