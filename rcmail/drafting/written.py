"""Which draft a language model writes next, and what became of it: the tables as the job sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rcmail.db.pool import Database, Row, Session
from rcmail.drafting.changing import as_json
from rcmail.drafting.proposal import Objection
from rcmail.drafting.store import VERSION

# Those that somebody waits for come first, then what the last worker had begun, then the newest mail.
_TURN: Final = """
SELECT drafts.id AS draft, conversation, revision, hint, sources, warnings
FROM drafts JOIN conversations ON conversations.id = conversation
WHERE to_write <> '' AND (drafts.state = 'writing' OR drafts.state = 'ready' AND NOT is_edited)
ORDER BY to_write = 'now' DESC, drafts.state = 'writing' DESC, last_at DESC, conversation DESC LIMIT 1
"""
# The revision stays: who has the draft without in front of her may still change that.
_BEGIN: Final = """
UPDATE drafts SET state = 'writing', so_far = ''
WHERE id = %s AND revision = %s AND to_write <> '' AND (state = 'writing' OR state = 'ready' AND NOT is_edited)
RETURNING id
"""
_STILL: Final = "SELECT id FROM drafts WHERE id = %s AND revision = %s AND state = 'writing'"
_SHOW: Final = "UPDATE drafts SET so_far = %s WHERE id = %s AND revision = %s AND state = 'writing' RETURNING id"
_LEAVE: Final = """
UPDATE drafts SET state = 'ready', to_write = '', so_far = '', revision = revision + 1
WHERE id = %s AND revision = %s AND state = 'writing'
"""
# Only what somebody sees being written changes for her: who is about to approve another one is not stopped.
_GIVE_UP: Final = """
UPDATE drafts SET state = CASE state WHEN 'writing' THEN 'ready' ELSE state END, to_write = '', so_far = '',
    revision = revision + CASE state WHEN 'writing' THEN 1 ELSE 0 END
WHERE to_write <> ''
"""
_TAKE: Final = """
UPDATE drafts SET state = 'ready', text = %s, made_text = %s, origin = 'model', model = %s, sources = %s,
    warnings = %s::jsonb, seconds = %s, to_write = '', so_far = '', revision = revision + 1,
    changed_in = revision + 1, changed_at = now()
WHERE id = %s
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What a model wrote, as it may take the place of the draft without. ``sources`` are the numbers of the past
    questions that it was shown."""

    text: str
    model: str
    sources: Sequence[int]
    warnings: Sequence[Objection]
    seconds: float


async def turn(database: Database) -> Row | None:
    """The draft that a model is to write next; None where there is none. Raises DatabaseUnavailable."""
    rows = await database.fetch(_TURN)
    return rows[0] if rows else None


async def begin(database: Database, row: Row) -> bool:
    """False where somebody changed it meanwhile. Raises DatabaseUnavailable."""
    return bool(await database.execute(_BEGIN, (row.draft, row.revision)))


async def show(database: Database, row: Row, so_far: str | None) -> bool:
    """Keep what is written so far, None for what was kept already. False where somebody changed the draft, or had
    the writing stopped. Raises DatabaseUnavailable."""
    if so_far is None:
        return bool(await database.fetch(_STILL, (row.draft, row.revision)))
    return bool(await database.execute(_SHOW, (so_far, row.draft, row.revision)))


async def leave(database: Database, row: Row) -> None:
    """The draft without stays, unless somebody changed it. Raises DatabaseUnavailable."""
    await database.execute(_LEAVE, (row.draft, row.revision))


async def give_up(database: Database) -> None:
    """There is no model: every draft stays as it is without. Raises DatabaseUnavailable."""
    await database.execute(_GIVE_UP)


async def take(session: Session, row: Row, made: Written) -> bool:
    """Put ``made`` in place of the draft without, which becomes an earlier text. False where somebody changed that
    meanwhile."""
    if not await session.fetch(f"{_STILL} FOR UPDATE", (row.draft, row.revision)):
        return False
    await session.fetch(VERSION, ("written", row.draft))
    values = (made.text, made.text, made.model, list(made.sources), as_json(made.warnings), made.seconds)
    await session.fetch(_TAKE, (*values, row.draft))
    return True
