"""What volunteers make of a draft: another text, a decision, another text to start from."""

import json
from collections.abc import Sequence
from typing import Final

from rcmail.db.pool import Database, Row, Session
from rcmail.drafting.proposal import Objection
from rcmail.drafting.store import (
    BEGIN,
    MARK,
    THIN_OUT,
    UNDER_WAY,
    VERSION,
    is_stale,
    is_to_be_marked,
    locked,
    mark,
)
from rcmail.errors import DraftChanged, DraftSent, DraftStale, InvalidSettings, NoSuchConversation, NoSuchDraft

STATES: Final = ("ready", "approved", "discarded")
"""What a volunteer may say of a draft."""
_CHANGE: Final = """
UPDATE drafts SET text = %s, state = %s, warnings = %s::jsonb, origin = %s,
    model = CASE %s WHEN 'model' THEN model END, sources = %s, is_edited = %s,
    newest = CASE WHEN %s THEN %s ELSE newest END, facts = CASE WHEN %s THEN %s ELSE facts END,
    marked = CASE WHEN %s THEN '' ELSE marked END, to_write = '', so_far = '',
    revision = revision + 1, changed_in = revision + 1, changed_at = now()
WHERE id = %s
"""


async def change(
    database: Database,
    conversation: int,
    facts: str,
    warnings: Sequence[Objection],
    *,
    seen: int,
    text: str | None = None,
    state: str | None = None,
) -> None:
    """Set the text, the state or both, as somebody wants who has seen the revision ``seen``.

    ``facts`` is the signature of today's, ``warnings`` are those of the text as it is then. What is there already
    changes nothing, whatever was seen. Raises NoSuchDraft, DraftSent, DraftStale, DraftChanged, InvalidSettings
    and DatabaseUnavailable.
    """
    is_marked = False
    async with database.transaction() as session:
        row = await locked(session, conversation, facts)
        if row is None:
            raise await _why_none(session, conversation)
        new, wanted = _wanted(row, text, state)
        if (new, wanted) == (row.text, row.state) and not (wanted == "approved" and is_stale(row)):
            return
        if not row.changed_in <= seen <= row.revision:
            raise DraftChanged
        if wanted == "approved" and is_to_be_marked(row, facts):
            await session.fetch(MARK, (mark(row, facts), row.id, row.revision))
            is_marked = True
        elif wanted == "approved" and seen != row.revision:
            raise DraftStale
        else:
            await _write(session, row, facts, warnings, new, wanted)
    if is_marked:  # which stays
        raise DraftStale


def _wanted(row: Row, text: str | None, state: str | None) -> tuple[str, str]:
    new = row.text if text is None else text
    if not new and text is None and state in ("ready", "approved"):
        raise InvalidSettings({"state": "cannot be said of a draft that has no text yet"})
    is_new = text is not None and (new != row.text or row.state in (*UNDER_WAY, "failed"))
    return new, state or ("ready" if is_new else row.state)


async def start_from(
    database: Database,
    conversation: int,
    facts: str,
    warnings: Sequence[Objection],
    *,
    text: str,
    source: int | None = None,
) -> None:
    """Put ``text`` in place of what is there, because a volunteer chose it: the past answer to the message
    ``source``, or an earlier text. Raises NoSuchConversation and DatabaseUnavailable."""
    async with database.transaction() as session:
        row = await locked(session, conversation, facts)
        if row is None:
            await session.fetch(BEGIN, ("", conversation))
            row = await locked(session, conversation, facts)
        if row is None:
            raise NoSuchConversation
        await session.fetch(VERSION, ("started anew", row.id))
        origin, sources = ("past answer", [source]) if source else ("volunteer", row.sources)
        text_and_state = (text, "ready", as_json(warnings), origin, origin, sources, True)
        await session.fetch(_CHANGE, (*text_and_state, *_current(row, facts, True), row.id))


async def _why_none(session: Session, conversation: int) -> NoSuchDraft | DraftSent:
    rows = await session.fetch("SELECT 1 FROM drafts WHERE conversation = %s", (conversation,))
    return DraftSent() if rows else NoSuchDraft()


async def _write(
    session: Session, row: Row, facts: str, warnings: Sequence[Objection], text: str, state: str
) -> None:
    is_new = text != row.text
    if is_new:
        await session.fetch(VERSION, ("edited", row.id))
        await session.fetch(THIN_OUT, (row.id, row.id))
    origin = "volunteer" if is_new or row.origin is None else row.origin
    # Whoever approves has seen that it was stale; and what is written where nothing was is written for today.
    is_current = state == "approved" or (is_new and not row.text)
    values = (text, state, as_json(warnings), origin, origin, row.sources, row.is_edited or is_new)
    await session.fetch(_CHANGE, (*values, *_current(row, facts, is_current), row.id))


def _current(row: Row, facts: str, is_current: bool) -> tuple[object, ...]:
    return (is_current, row.newest_now, is_current, facts, is_current)


def as_json(warnings: Sequence[Objection]) -> str:
    return json.dumps(
        [{"kind": each.kind, "sentence": each.sentence, "start": each.start, "end": each.end} for each in warnings]
    )
