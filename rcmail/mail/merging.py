"""Two conversations that turn out to be one: what volunteers said, wrote and decided in either is kept."""

from typing import Final

from rcmail.db.pool import Session

# What volunteers said of the conversation that goes is kept where nothing was said of the one that stays. An undo
# would have only half of it as it was.
_DECIDED: Final = """
UPDATE conversations AS stays SET note = concat_ws(E'\\n', nullif(stays.note, ''), nullif(goes.note, ''))
FROM conversations AS goes WHERE stays.id = %s AND goes.id = %s;
UPDATE conversations AS stays SET kind = goes.kind, kind_why = goes.kind_why, is_kind_decided = true
FROM conversations AS goes
WHERE stays.id = %s AND goes.id = %s AND goes.is_kind_decided AND NOT stays.is_kind_decided;
DELETE FROM decisions WHERE conversation = %s
"""
# The one that a volunteer had a hand in comes first.
_DRAFTS: Final = """
SELECT id FROM drafts WHERE conversation IN (%s, %s) AND state <> 'sent'
ORDER BY state IN ('approved', 'pushed') DESC, is_edited AND state <> 'discarded' DESC, text <> '' DESC,
    conversation = %s DESC
FOR UPDATE
"""
# Its number grows above both: whoever has the other one before her does not save it over this one. Where only the
# other one lies in the mailbox, this one takes its place there.
_JOIN_DRAFTS: Final = """
INSERT INTO draft_versions (draft, text, made_by, ended)
SELECT %s, text, CASE WHEN is_edited THEN 'volunteer' ELSE 'rcmail' END, 'merged' FROM drafts
WHERE id = %s AND text <> '';
UPDATE draft_versions SET draft = %s WHERE draft = %s;
UPDATE pushes SET draft = %s WHERE draft = %s AND NOT EXISTS (SELECT FROM pushes AS has WHERE has.draft = %s);
UPDATE drafts AS kept SET revision = greatest(kept.revision, lost.revision) + 1,
    changed_in = greatest(kept.revision, lost.revision) + 1
FROM drafts AS lost WHERE kept.id = %s AND lost.id = %s;
DELETE FROM drafts WHERE id = %s
"""


async def keep_what_was_said(session: Session, goes: int, stays: int) -> None:
    """Before the messages of the conversation ``goes`` are put into ``stays``, in the same transaction."""
    await session.fetch(_DECIDED, (stays, goes, stays, goes, stays))
    drafts = await session.fetch(_DRAFTS, (goes, stays, stays))
    if len(drafts) > 1:
        kept, lost = (row.id for row in drafts)
        await session.fetch(_JOIN_DRAFTS, (kept, lost, kept, lost, kept, lost, kept, kept, lost, lost))
    await session.fetch("UPDATE drafts SET conversation = %s WHERE conversation = %s", (stays, goes))
