"""What volunteers decide of a conversation and write down about it, and the way back from each."""

from typing import Final

from rcmail.db.pool import Database, Row, Session
from rcmail.errors import DecidedSince, NoSuchConversation, NoteChanged
from rcmail.jobs.queue import Queue
from rcmail.mail.clearing import LOCK
from rcmail.mail.kinds.teaching import ask
from rcmail.mail.summing import sum_up_again

KINDS: Final = ("visitor", "other", "unsure")
STATES: Final = ("waiting", "closed")
_SAID: Final = {
    "visitor": "a volunteer said that it is a visitor's",
    "other": "a volunteer said that it is no visitor's",
    "unsure": "a volunteer is not sure whose it is",
}
_LOCK: Final = "SELECT pg_advisory_xact_lock(%s)"
_REMEMBER: Final = """
INSERT INTO decisions (conversation, kind, state, note,
    was_kind, was_kind_why, was_kind_decided, was_decision, was_decided_for, was_note)
SELECT id, %s, %s, %s, kind, kind_why, is_kind_decided, decision, decided_for, note
FROM conversations WHERE id = %s RETURNING was_note
"""
_KIND: Final = "UPDATE conversations SET kind = %s, kind_why = %s, is_kind_decided = true WHERE id = %s"
_STATE: Final = "UPDATE conversations SET decision = %s, decided_for = last_at WHERE id = %s"
_NOTE: Final = "UPDATE conversations SET note = %s WHERE id = %s"
_NEWEST: Final = (
    "SELECT id, decided_at, kind, state, note FROM decisions WHERE conversation = %s ORDER BY id DESC LIMIT 1"
)
# Only what the decision was about: the rest may have changed by itself since.
_UNDO: Final = """
WITH undone AS (DELETE FROM decisions WHERE id = %s RETURNING *)
UPDATE conversations AS now SET
    kind = CASE WHEN undone.kind IS NULL THEN now.kind ELSE was_kind END,
    kind_why = CASE WHEN undone.kind IS NULL THEN now.kind_why ELSE was_kind_why END,
    is_kind_decided = CASE WHEN undone.kind IS NULL THEN is_kind_decided ELSE was_kind_decided END,
    decision = CASE WHEN undone.state IS NULL THEN decision ELSE was_decision END,
    decided_for = CASE WHEN undone.state IS NULL THEN decided_for ELSE was_decided_for END,
    note = CASE WHEN undone.note IS NULL THEN now.note ELSE was_note END
FROM undone WHERE now.id = undone.conversation
"""

Decision = Row
"""The columns of _NEWEST."""


async def decide(
    database: Database,
    conversation: int,
    *,
    kind: str | None = None,
    state: str | None = None,
    note: str | None = None,
    seen_note: str | None = None,
) -> None:
    """Set what is given. A kind is for good and teaches of other mail, a state is until the next message comes.

    ``seen_note`` is the note that the new one takes the place of, where that matters. Raises NoSuchConversation,
    NoteChanged where it is another one by now, and DatabaseUnavailable.
    """
    # The lock keeps a page of mail from writing the row at the same time, as it was before.
    async with database.transaction(_LOCK, (LOCK,)) as session:
        before = await session.fetch(_REMEMBER, (kind, state, note, conversation))
        if not before:
            raise NoSuchConversation
        if seen_note is not None and before[0].was_note not in (seen_note, note):
            raise NoteChanged(before[0].was_note)
        if kind is not None:
            await session.fetch(_KIND, (kind, _SAID[kind], conversation))
            await ask(Queue(database), session=session)  # other mail may be like it
        if state is not None:
            await session.fetch(_STATE, (state, conversation))
        if note is not None:
            await session.fetch(_NOTE, (note, conversation))
        await sum_up_again(session, [conversation])


async def newest(database: Database, conversation: int) -> Decision | None:
    """The decision that counts last and can be undone; None where there is none. Raises DatabaseUnavailable."""
    rows = await database.fetch(_NEWEST, (conversation,))
    return rows[0] if rows else None


async def undo(database: Database, conversation: int, decision: int) -> None:
    """Have it as it was before ``decision``, and decided by rcmail where nobody else had.

    Raises DecidedSince, and nothing is changed, where it is not the newest one; and DatabaseUnavailable.
    """
    async with database.transaction(_LOCK, (LOCK,)) as session:
        await _check_newest(session, conversation, decision)
        await session.fetch(_UNDO, (decision,))
        await ask(Queue(database), session=session)  # it may have taught of other mail
        await sum_up_again(session, [conversation])


async def _check_newest(session: Session, conversation: int, decision: int) -> None:
    rows = await session.fetch(_NEWEST, (conversation,))
    if not rows or rows[0].id != decision:
        raise DecidedSince
