"""What of the drafts lies in the mailbox, by the tables: their names there, and what the last run said of each."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, NamedTuple

from rcmail.db.pool import Database, Row, Session
from rcmail.drafting.store import NEWEST
from rcmail.mail.listing import TO_PUSH
from rcmail.mailbox.base import DraftState, StoredDraft

# Not yet dealt with by this job, as they are now.
_DUE: Final = f"""
SELECT drafts.id AS draft, drafts.conversation, drafts.changed_in FROM drafts
JOIN conversations ON conversations.id = drafts.conversation
WHERE {TO_PUSH} AND NOT EXISTS (
    SELECT FROM push_results
    WHERE job = %s AND conversation = drafts.conversation AND push_results.changed_in = drafts.changed_in
) ORDER BY drafts.changed_at, drafts.id
"""
_THERE: Final = f"""
SELECT drafts.id AS draft, conversation, changed_in,
    conversations.state = 'waiting' AND newest IS DISTINCT FROM {NEWEST} AS has_new_mail
FROM drafts JOIN pushes ON draft = drafts.id JOIN conversations ON conversations.id = conversation
WHERE drafts.state = 'pushed' AND pushes.state = 'there' ORDER BY drafts.id
"""
_NAMES: Final = """
INSERT INTO pushes (draft, name, message_id) VALUES (%s, %s, %s) ON CONFLICT (draft) DO NOTHING
"""
_PUSH: Final = "SELECT * FROM pushes WHERE draft = %s"
_WRITING: Final = "UPDATE pushes SET provider = %s, key = %s, digest = %s, writing = %s WHERE draft = %s"
_WRITTEN: Final = """
UPDATE pushes SET key = %s, digest = %s, writing = NULL, state = 'there', told_in = NULL WHERE draft = %s
"""
_PUSHED: Final = """
UPDATE drafts SET state = 'pushed', revision = revision + 1
WHERE id = %s AND state = 'approved' AND changed_in = %s
"""
_LEFT: Final = """
UPDATE pushes SET state = %s, told_in = (SELECT changed_in FROM drafts WHERE id = draft) WHERE draft = %s
"""
_LOOK_AGAIN: Final = "UPDATE drafts SET state = 'ready', revision = revision + 1 WHERE id = %s AND state = ANY(%s)"
_RESULT: Final = """
INSERT INTO push_results (job, conversation, state, reason, changed_in)
SELECT %s, id, %s, %s, %s FROM conversations WHERE id = %s ON CONFLICT (job, conversation)
DO UPDATE SET state = excluded.state, reason = excluded.reason, changed_in = excluded.changed_in
"""
_RESULTS: Final = """
SELECT push_results.conversation, push_results.state, reason, subject, visitor_name, visitor_address
FROM push_results JOIN conversations ON conversations.id = push_results.conversation
WHERE job = %s ORDER BY push_results.state = 'pushed', push_results.conversation LIMIT 500
"""
_COUNT: Final = f"""
SELECT
    (SELECT count(*) FROM drafts JOIN conversations ON conversations.id = conversation WHERE {TO_PUSH}) AS due,
    (SELECT count(*) FROM ({_THERE}) AS there) AS lying
"""

Due = Row
"""The columns of _DUE, or of _THERE."""
Result = Row
"""The columns of _RESULTS."""


@dataclass(frozen=True, slots=True)
class Push:
    """A draft's place in the mailbox. ``told_in``: its ``changed_in`` when it was last found missing, or changed,
    there."""

    draft: int
    name: str
    message_id: str
    dated: datetime
    key: str | None
    digest: str | None
    writing: str | None
    state: str
    told_in: int | None
    provider: str | None
    """Whose drafts it lies among, or was to."""

    def among(self, provider: str) -> "Push":
        """As it is among the drafts of ``provider``: nowhere yet, where it was written for another mailbox."""
        if self.provider in (None, provider):
            return self
        return replace(self, key=None, digest=None, writing=None, told_in=None)

    @property
    def stored(self) -> StoredDraft:
        return StoredDraft(self.key or "", self.digest or "")


class Outcome(NamedTuple):
    """What became of a draft in a run, in a word of the table and a sentence."""

    state: str
    reason: str | None = None


async def due(database: Database, job: int) -> list[Due]:
    """The approved drafts that the ``job`` has still to write. Raises DatabaseUnavailable."""
    return await database.fetch(_DUE, (job,), timeout=15.0)


async def there(database: Database) -> list[Due]:
    """The drafts that lie in the mailbox as we left them, as far as is known. Raises DatabaseUnavailable."""
    return await database.fetch(_THERE, timeout=15.0)


async def count(database: Database) -> tuple[int, int]:
    """How many drafts are approved, and how many lie in the mailbox as written. Raises DatabaseUnavailable."""
    [row] = await database.fetch(_COUNT)
    return int(row.due), int(row.lying)


async def named(session: Session, draft: int, domain: str) -> Push:
    """The names of a ``draft`` in the mailbox, which are made at the first time, and are there when the
    transaction of ``session`` is committed. ``domain`` is that of the group's address."""
    name = secrets.token_hex(16)
    place = domain if domain.isascii() else "rcmail.invalid"
    await session.fetch(_NAMES, (draft, name, f"<{name}@{place}>"))
    [row] = await session.fetch(_PUSH, (draft,))
    return Push(*row)


async def of(database: Database, draft: int) -> Push | None:
    """None where the draft was never to be written to a mailbox."""
    rows = await database.fetch(_PUSH, (draft,))
    return Push(*rows[0]) if rows else None


async def note_writing(
    database: Database, draft: int, provider: str, there: StoredDraft | None, digest: str
) -> None:
    """Before the call that writes: what lies there now, and the ``digest`` of what is to take its place."""
    now = (there.key, there.digest) if there else (None, None)
    await database.execute(_WRITING, (provider, *now, digest, draft))


async def note_written(session: Session, draft: int, stored: StoredDraft, changed_in: int) -> None:
    """That ``stored`` is the text that the draft had in its revision ``changed_in``."""
    await session.fetch(_WRITTEN, (stored.key, stored.digest, draft))
    await session.fetch(_PUSHED, (draft, changed_in))


async def note_left(session: Session, draft: int, state: DraftState) -> None:
    """That somebody changed it in the mailbox, removed it there or sent it. One that was approved is ready again,
    and one that was removed, whose visitor waits: somebody has to look at it."""
    await session.fetch(_LEFT, (state, draft))
    again = ["approved", "pushed"] if state is DraftState.GONE else ["approved"]
    await session.fetch(_LOOK_AGAIN, (draft, again))


async def note_result(session: Session, job: int, due: Due, outcome: Outcome) -> None:
    await session.fetch(_RESULT, (job, outcome.state, outcome.reason, due.changed_in, due.conversation))


async def results(database: Database, job: int) -> Sequence[Result]:
    """Of a run, what could not be written first. Raises DatabaseUnavailable."""
    return await database.fetch(_RESULTS, (job,))
