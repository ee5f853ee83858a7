"""Which drafts are to be made, and what was made of them: the tables as the job sees them."""

from typing import Final

from rcmail.db.pool import Database, Row, Session
from rcmail.drafting.changing import as_json
from rcmail.drafting.proposal import Proposal
from rcmail.drafting.store import BEGIN, NEWEST, VERSION
from rcmail.mail.listing import AGED, IS_WAITING, cutoff

# Not one that a volunteer wrote, approved or threw away: unless, thrown away, there is something new to answer.
_REPLACED: Final = f"""
drafts.state IN ('ready', 'writing') AND NOT is_edited AND (newest IS DISTINCT FROM {NEWEST} OR facts <> %s)
OR drafts.state = 'failed' AND (newest IS DISTINCT FROM {NEWEST} OR facts <> %s)
OR drafts.state = 'discarded' AND newest IS DISTINCT FROM {NEWEST}
"""
_DUE: Final = f"""
SELECT conversations.id AS conversation, drafts.id AS draft, coalesce(hint, '') AS hint, revision,
    (drafts.state = 'queued' OR to_write = 'now') IS TRUE AS is_asked
FROM {AGED} LEFT JOIN drafts ON drafts.conversation = conversations.id AND drafts.state <> 'sent'
WHERE drafts.state = 'queued' OR (
    %s AND {IS_WAITING} AND kind = 'visitor'
    AND (drafts.id IS NULL OR {_REPLACED})
) ORDER BY drafts.state = 'queued' IS TRUE DESC, last_at DESC, conversations.id DESC
"""
_ASKED: Final = """
SELECT conversation, id AS draft, hint, revision, true AS is_asked FROM drafts WHERE id = %s AND state = 'queued'
"""
_NEWEST: Final = f"SELECT {NEWEST} AS newest FROM (SELECT %s::bigint AS conversation) AS drafts"
# Nobody is forgotten between the look and the end of the transaction.
_SOURCES: Final = "SELECT id FROM messages WHERE id = ANY(%s) FOR KEY SHARE"
_STILL: Final = "SELECT id FROM drafts WHERE id = %s AND revision = %s FOR UPDATE"
_KEEP: Final = """
UPDATE drafts SET state = %s, text = %s, made_text = %s, origin = %s, model = NULL, sources = %s,
    warnings = %s::jsonb, to_write = %s, so_far = '', seconds = NULL, is_edited = false, marked = '', newest = %s,
    facts = %s, revision = revision + 1, changed_in = revision + 1, changed_at = now()
WHERE id = %s
"""

# As ``store.mark`` has it.
_NOW: Final = f"concat({NEWEST}, ' ', %s::text)"
_MARK: Final = f"""
UPDATE drafts SET marked = {_NOW}, revision = revision + 1
WHERE state IN ('approved', 'pushed') AND (newest IS DISTINCT FROM {NEWEST} OR facts <> %s) AND marked <> {_NOW};
UPDATE drafts SET marked = '' WHERE marked <> '' AND newest IS NOT DISTINCT FROM {NEWEST} AND facts = %s
"""

Due = Row
"""A draft that is to be made: the columns of _ASKED; ``draft`` and ``revision`` are None where there is none."""


async def due(database: Database, waiting_days: int, facts: str, *, by_itself: bool) -> list[Due]:
    """What is to be made, the newest first: what volunteers asked for, and ``by_itself`` for each visitor that
    waits without a draft that is right for today's ``facts``. Raises DatabaseUnavailable."""
    values = (cutoff(waiting_days), by_itself, facts, facts)
    return await database.fetch(_DUE, values, timeout=15.0)


async def mark(database: Database, facts: str) -> None:
    """Note which of those that were approved are out of date, and which are not any more. Raises
    DatabaseUnavailable."""
    await database.execute(_MARK, (facts,) * 4, timeout=15.0)


async def asked(database: Database, draft: int) -> Due | None:
    """The draft of that number, where it is still to be made."""
    rows = await database.fetch(_ASKED, (draft,))
    return rows[0] if rows else None


async def newest(database: Database, conversation: int) -> int | None:
    """The message that a draft made now is right for."""
    [row] = await database.fetch(_NEWEST, (conversation,))
    return None if row.newest is None else int(row.newest)


async def keep(
    session: Session, due: Due, made: Proposal | None, newest: int | None, facts: str, model: bool | None = None
) -> bool:
    """Keep what was made, or that nothing came of it. ``model``: a language model is to write it too, and whether
    it is there now, so that whoever asked may wait for that.

    False, and nothing is written, where somebody changed the draft meanwhile, or it, its conversation or what it
    is made from is gone.
    """
    sources = list(made.sources) if made else []
    if len(await session.fetch(_SOURCES, (sources,))) < len(set(sources)):
        return False
    if due.draft is None:
        rows = await session.fetch(BEGIN, ("", due.conversation))
    else:
        rows = await session.fetch(_STILL, (due.draft, due.revision))
    if not rows:
        return False
    [row] = rows
    await session.fetch(VERSION, ("made again", row.id))
    await session.fetch(_KEEP, (*_values(made, due, model), newest, facts, row.id))
    return True


def _values(made: Proposal | None, due: Due, model: bool | None) -> tuple[object, ...]:
    if made is None:
        return ("failed", "", "", None, [], "[]", "")
    state = "writing" if due.is_asked and model else "ready"
    to_write = "" if model is None else "now" if due.is_asked else "later"
    return (state, made.text, made.text, made.origin, list(made.sources), as_json(made.warnings), to_write)
