"""Conversations as the pages and programs read them: lists by filters and words, and one with its messages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from rcmail.clock import today
from rcmail.db.pool import Database, Row
from rcmail.errors import NoSuchConversation
from rcmail.mail.words import words

_TOO_OLD: Final = "it has waited for longer than a question waits"
LANGUAGES: Final = ("nl", "de", "en", "fr", "it", "es", "other")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# Words of one search that are looked for.
_MOST_WORDS: Final = 10

# That a question is too old to wait depends on the day. What a volunteer made wait is never too old.
AGED: Final = """(
    SELECT conversations.*, oldest, conversations.state = 'waiting' AND last_in_at < oldest
        AND (decision = 'waiting' AND decided_for >= last_at) IS NOT TRUE AS is_old, drafts.state AS draft,
        (drafts.state IN ('approved', 'pushed') AND marked <> '') IS TRUE AS is_out_of_date
    FROM (SELECT %s::timestamptz AS oldest) AS day CROSS JOIN conversations
    LEFT JOIN drafts ON drafts.conversation = conversations.id AND drafts.state <> 'sent'
) AS conversations
"""
"""The conversations, with ``is_old``, the state of the ``draft``, and whether one that was approved is out of
date; its value is ``cutoff``."""
# They are few and new, or were decided: an index leads to them, past years of what nobody answered.
IS_WAITING: Final = (
    "(conversations.state = 'waiting' AND NOT is_old AND (last_at >= oldest OR decision = 'waiting'))"
)
"""The condition for those of AGED that wait."""
_DRAFTED: Final = {"ready": "drafted", "approved": "approved", "pushed": "pushed"}
"""What the state of its draft makes of one that waits."""
_LIST: Final = f"""
SELECT id, subject, visitor_name, visitor_address, kind, kind_why, language, messages, last_at, last_direction,
    note, is_out_of_date, CASE WHEN is_old THEN 'closed' WHEN state <> 'waiting' THEN state ELSE
        CASE draft {" ".join(f"WHEN '{draft}' THEN '{state}'" for draft, state in _DRAFTED.items())}
        ELSE 'waiting' END END AS state,
    CASE WHEN is_old THEN %s ELSE state_why END AS state_why
FROM {AGED}
"""
_IN_STATE: Final = {
    "waiting": f"({IS_WAITING} AND coalesce(draft, '') NOT IN ('ready', 'approved', 'pushed'))",
    **{state: f"({IS_WAITING} AND draft = '{draft}')" for draft, state in _DRAFTED.items()},
    "out of date": f"({IS_WAITING} AND is_out_of_date)",
    "answered": "state = 'answered'",
    "closed": "(state = 'closed' OR is_old)",
}
# Several words are looked up in their index, each once. By its own reckoning PostgreSQL reads the words of one
# conversation after the other, and takes half a second where they never meet. With one word that is quicker.
_BY_INDEX: Final = "SET LOCAL enable_seqscan = off; SET LOCAL enable_nestloop = off; "
_MESSAGES: Final = """
SELECT messages.id, message_id, direction, from_name, from_address, recipients, sent_at, subject, new_text,
    whole_text, is_cut, attachments, language, visitor_from, machine, thread, provider, accounts.address AS account
FROM messages JOIN accounts ON accounts.id = account WHERE conversation = %s ORDER BY sent_at, messages.id
"""
NOT_APPROVED: Final = "(coalesce(draft, '') NOT IN ('approved', 'pushed') OR is_out_of_date)"
"""The condition for those of AGED that a volunteer has still to look at."""
TO_PUSH: Final = "(drafts.state = 'approved' AND (decision = 'closed' AND decided_for >= last_at) IS NOT TRUE)"
"""The condition for drafts that are to be written to the mailbox: approved, and not closed since."""
_WAITING: Final = f"""
SELECT count(*) AS waiting, EXISTS (SELECT FROM messages) AS has_mail,
    EXISTS (SELECT FROM jobs WHERE kind = 'demonstration' AND state IN ('queued', 'running')) AS is_loading
FROM {AGED} WHERE {IS_WAITING} AND kind IN ('visitor', 'unsure') AND {NOT_APPROVED}
"""
_BEGINNINGS: Final = """
SELECT DISTINCT ON (conversation) conversation, left(new_text, 300) AS text
FROM messages WHERE conversation = ANY(%s) ORDER BY conversation, sent_at DESC, id DESC
"""


Conversation = Row
"""The columns of _LIST."""
Message = Row
"""The columns of _MESSAGES."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which conversations; what is empty lets everything through. ``before`` is what ``Found.next`` said."""

    states: Sequence[str] = ()
    kinds: Sequence[str] = ()
    language: str = ""
    text: str = ""
    limit: int = 50
    before: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The newest first. ``next`` leads to the ones after them; None where these are the last."""

    conversations: Sequence[Conversation]
    next: str | None


async def found(database: Database, wanted: Wanted, waiting_days: int) -> Found:
    """One page of them. Raises DatabaseUnavailable."""
    conditions: list[str] = []
    values: list[object] = [_TOO_OLD, cutoff(waiting_days)]
    if wanted.states:
        conditions.append(f"({' OR '.join(_IN_STATE[state] for state in wanted.states)})")
    if wanted.kinds:
        conditions.append("kind = ANY(%s)")
        values.append(list(wanted.kinds))
    if wanted.language:
        conditions.append("language = %s")
        values.append(wanted.language)
    if wanted.before:
        conditions.append("(last_at, id) < (%s, %s)")
        values += place(wanted.before) or ()
    looked_for = words(wanted.text)[:_MOST_WORDS]
    for word in looked_for:
        conditions.append("id IN (SELECT conversation FROM messages WHERE words @@ %s::tsquery)")
        values.append(f"'{word}':*")  # letters and digits only: nothing in it to be quoted
    where = f"WHERE {' AND '.join(conditions)} " if conditions else ""
    sql = f"{_BY_INDEX if len(looked_for) > 1 else ''}{_LIST}{where}ORDER BY last_at DESC, id DESC LIMIT %s"
    rows = await database.fetch(sql, (*values, wanted.limit + 1))
    page = rows[: wanted.limit]
    return Found(page, _next(page[-1]) if len(rows) > wanted.limit else None)


async def waiting(database: Database, waiting_days: int) -> Row:
    """How many conversations of visitors, or perhaps of visitors, wait (``waiting``), with a draft that is not
    approved or without one; whether there is any mail (``has_mail``), or the demonstration ``is_loading``."""
    [row] = await database.fetch(_WAITING, (cutoff(waiting_days),))
    return row


async def beginnings(database: Database, conversations: Sequence[int]) -> dict[int, str]:
    """How the newest message of each begins, by the conversation's number."""
    rows = await database.fetch(_BEGINNINGS, (list(conversations),)) if conversations else []
    return {row.conversation: row.text for row in rows}


async def one(database: Database, conversation: int, waiting_days: int) -> tuple[Conversation, list[Message]]:
    """A conversation and its messages, the oldest first. Raises NoSuchConversation and DatabaseUnavailable."""
    rows = await database.fetch(f"{_LIST}WHERE id = %s", (_TOO_OLD, cutoff(waiting_days), conversation))
    if not rows:
        raise NoSuchConversation
    return rows[0], await database.fetch(_MESSAGES, (conversation,))


def cutoff(waiting_days: int) -> datetime:
    """A question from before this moment is too old to wait."""
    return datetime.combine(today() - timedelta(days=waiting_days), datetime.min.time(), UTC)


def _next(row: Row) -> str:
    return f"{(row.last_at - _EPOCH) // timedelta(microseconds=1)}-{row.id}"


def place(before: str) -> tuple[datetime, int] | None:
    """The conversation that ``before`` stands for, by its moment and number; None where it stands for none."""
    if not re.fullmatch(r"[0-9]{1,16}-[0-9]{1,18}", before):
        return None
    microseconds, _, number = before.partition("-")
    return _EPOCH + timedelta(microseconds=int(microseconds)), int(number)
