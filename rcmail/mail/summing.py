"""The rows of conversations, written anew from their messages and from what volunteers decided."""

from collections.abc import Sequence
from typing import Final

from rcmail.db.pool import Row, Session
from rcmail.mail.conversation import Decided, Summary, summed_up
from rcmail.mail.kinds.verdict import Verdict
from rcmail.mail.model import Message
from rcmail.mail.state import Decision
from rcmail.mail.threads import Thread

# Seconds for a statement of some thousand rows.
_TIMEOUT: Final = 60.0

HEAD: Final = (
    "id, conversation, message_id, reference_ids, thread, participants, subject, subject_key, direction,"
    " visitor_name, visitor_address, sent_at, machine, language, is_thanks, says, says_why"
)
"""The columns of ``messages`` that ``threads`` needs."""
_DECIDED: Final = """
SELECT id, kind, kind_why, is_kind_decided, taught, taught_why, decision, decided_for FROM conversations
WHERE id = ANY(%s) FOR UPDATE
"""
# Each column with the type that a bare NULL or text in VALUES needs.
_SUMMARY: Final = {
    "subject": "text", "visitor_name": "text", "visitor_address": "text", "kind": "text", "kind_why": "text",
    "language": "text", "messages": "integer", "last_at": "timestamptz", "last_direction": "text",
    "last_in_at": "timestamptz", "state": "text", "state_why": "text",
}  # fmt: skip
_ADD: Final = (
    f"INSERT INTO conversations ({', '.join(_SUMMARY)})"
    f" SELECT {', '.join(f'{name}::{kind}' for name, kind in _SUMMARY.items())}"
    f" FROM (VALUES %s) AS new ({', '.join(_SUMMARY)}) RETURNING id"
)
_UPDATE: Final = (
    f"UPDATE conversations AS old SET ({', '.join(_SUMMARY)}) ="
    f" (SELECT {', '.join(f'new.{name}::{kind}' for name, kind in _SUMMARY.items())})"
    f" FROM (VALUES %s) AS new (id, {', '.join(_SUMMARY)}) WHERE old.id = new.id"
)


def threads_of(rows: Sequence[Row]) -> list[Thread[Message]]:
    """The conversations of ``rows``, which have the columns of HEAD."""
    found: dict[int, Thread[Message]] = {}
    for row in rows:
        message = Message(**{name: getattr(row, name) for name in HEAD.split(", ")})
        found.setdefault(row.conversation, Thread(row.conversation)).add(message)
    return list(found.values())


async def sum_up(session: Session, threads: Sequence[Thread[Message]]) -> None:
    """Write the conversations' rows, of messages the oldest first; the new ones get their numbers."""
    old = [thread for thread in threads if thread.id is not None]
    new = [thread for thread in threads if thread.id is None]
    decided = await _decided(session, [thread.id for thread in old if thread.id])
    rows = [(thread.id, *_values(summed_up(thread.messages, decided[thread.id or 0]))) for thread in old]
    await session.fetch_values(_UPDATE, rows, timeout=_TIMEOUT)
    rows = [_values(summed_up(thread.messages, Decided())) for thread in new]
    for thread, row in zip(new, await session.fetch_values(_ADD, rows, timeout=_TIMEOUT), strict=True):
        thread.id = row.id


async def sum_up_again(session: Session, conversations: Sequence[int]) -> None:
    """Write the rows of ``conversations`` as their messages are in the tables now."""
    rows = await session.fetch(
        f"SELECT {HEAD} FROM messages WHERE conversation = ANY(%s) ORDER BY conversation, sent_at, id",
        (list(conversations),),
    )
    await sum_up(session, threads_of(rows))


async def _decided(session: Session, ids: Sequence[int]) -> dict[int, Decided]:
    return {
        row.id: Decided(
            kind=Verdict(row.kind, row.kind_why) if row.is_kind_decided else None,
            taught=Verdict(row.taught, row.taught_why) if row.taught else None,
            state=Decision(row.decision, row.decided_for) if row.decision else None,
        )
        for row in (await session.fetch(_DECIDED, (list(ids),)) if ids else [])
    }


def _values(found: Summary) -> tuple[object, ...]:
    names = [name for name in _SUMMARY if not name.startswith("state")]
    return (*(getattr(found, name) for name in names), found.state.name, found.state.why)
