"""The drafts as pages and programs read them and ask for them: one a conversation, and every text that it had.

What the columns mean is in docs/schema.md.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from rcmail.db.pool import Database, Row, Session
from rcmail.drafting.proposal import Objection
from rcmail.errors import DatabaseUnavailable, NoSuchConversation, NoSuchDraft
from rcmail.jobs.queue import NOW, Queue

ONE: Final = "draft"
"""The kind of the job that makes one draft, ``draft`` in its payload."""
UNDER_WAY: Final = ("queued", "writing")
_MOST_VERSIONS: Final = 10

# With the 0 PostgreSQL goes by the conversation, not back through the numbers of all the mail.
NEWEST: Final = (
    "(SELECT max(id + 0) FROM messages WHERE messages.conversation = drafts.conversation AND machine = '')"
)
"""The message that came last, whenever it was written, which a draft is to be right for; what machines write
changes nothing."""
_HAS_TEXT: Final = "state IN ('ready', 'approved', 'pushed')"
_COLUMNS: Final = f"""
SELECT id, conversation, revision, changed_in, state, text, origin, model, sources, warnings, is_edited, hint,
    changed_at, marked, to_write, so_far, seconds, {NEWEST} AS newest_now,
    {_HAS_TEXT} AND newest IS DISTINCT FROM {NEWEST} AS has_new_mail, {_HAS_TEXT} AND facts <> %s AS has_new_facts
FROM drafts
"""
_READ: Final = f"{_COLUMNS} WHERE conversation = %s ORDER BY state = 'sent', id DESC LIMIT 1"
_LOCKED: Final = f"{_COLUMNS} WHERE conversation = %s AND state <> 'sent' FOR UPDATE"
MARK: Final = "UPDATE drafts SET revision = revision + 1, marked = %s WHERE id = %s AND revision = %s"
VERSION: Final = """
INSERT INTO draft_versions (draft, text, made_by, ended)
SELECT id, text, CASE WHEN is_edited THEN 'volunteer' ELSE 'rcmail' END, %s FROM drafts
WHERE id = %s AND text <> ''
"""
"""The text that is there becomes an earlier one: what takes its place, and the number of the draft."""
# Of what saves itself while somebody types: what rcmail made stays, and so do texts that were decided about.
THIN_OUT: Final = """
DELETE FROM draft_versions WHERE draft = %s AND made_by = 'volunteer' AND ended = 'edited' AND id <= (
    SELECT id FROM draft_versions WHERE draft = %s ORDER BY id DESC OFFSET 50 LIMIT 1
)
"""
"""Of the edits of a draft only the newest fifty versions are kept: the number of the draft, twice."""
# Nothing where the conversation is gone; it waits for whoever makes two conversations one.
BEGIN: Final = """
INSERT INTO drafts (conversation, state, hint)
SELECT id, 'queued', %s FROM (SELECT id FROM conversations WHERE id = %s FOR KEY SHARE) AS there
ON CONFLICT (conversation) WHERE state <> 'sent' DO NOTHING RETURNING id, revision
"""
_AGAIN: Final = """
UPDATE drafts SET state = 'queued', text = '', made_text = '', origin = NULL, model = NULL, sources = '{}',
    warnings = '[]', is_edited = false, marked = '', to_write = '', so_far = '', seconds = NULL, hint = %s,
    revision = revision + 1, changed_in = revision + 1, changed_at = now()
WHERE id = %s RETURNING id, revision
"""
_VERSIONS: Final = """
SELECT draft_versions.id, draft_versions.text, made_by, ended, ended_at
FROM draft_versions JOIN drafts ON drafts.id = draft
WHERE conversation = %s AND (made_by = 'rcmail' OR ended <> 'edited')
ORDER BY draft_versions.id DESC LIMIT %s
"""
_SOURCES: Final = "SELECT sources FROM drafts WHERE conversation = %s ORDER BY state = 'sent', id DESC LIMIT 1"
_VERSION_TEXT: Final = """
SELECT draft_versions.text FROM draft_versions JOIN drafts ON drafts.id = draft
WHERE conversation = %s AND draft_versions.id = %s
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft of a conversation. ``new_mail`` and ``new_facts``: it was not made, or approved, for these.

    ``to_write``: a language model is to write it too; ``so_far`` what that has written, which nobody has checked;
    ``seconds`` how long it took.
    """

    id: int
    conversation: int
    revision: int
    changed_in: int
    state: str
    text: str
    origin: str | None
    model: str | None
    sources: Sequence[int]
    warnings: Sequence[Objection]
    is_edited: bool
    hint: str
    changed_at: datetime
    new_mail: bool
    new_facts: bool
    to_write: bool
    so_far: str
    seconds: float | None

    @property
    def is_stale(self) -> bool:
        return self.new_mail or self.new_facts

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


Version = Row
"""The columns of _VERSIONS."""


async def read(database: Database, conversation: int, facts: str) -> Draft | None:
    """The draft of ``conversation``, where ``facts`` is the signature of today's; None where there is none.

    That it became stale is noted, so that its revision is another one. Raises NoSuchConversation and
    DatabaseUnavailable.
    """
    rows = await database.fetch(_READ, (facts, conversation))
    if not rows and not await database.fetch("SELECT 1 FROM conversations WHERE id = %s", (conversation,)):
        raise NoSuchConversation
    if not rows:
        return None
    [row] = rows
    if is_to_be_marked(row, facts):
        with suppress(DatabaseUnavailable):  # a database that takes nothing has drafts that can be read
            await database.execute(MARK, (mark(row, facts), row.id, row.revision))
            return await read(database, conversation, facts)
    return _draft(row)


async def versions(database: Database, conversation: int) -> list[Version]:
    """Earlier texts of its drafts, the newest first: as each was made, and what was there before that was done
    again. Raises DatabaseUnavailable."""
    return await database.fetch(_VERSIONS, (conversation, _MOST_VERSIONS))


async def version(database: Database, conversation: int, number: int) -> str:
    """An earlier text. Raises NoSuchDraft where the drafts of ``conversation`` had none of that ``number``."""
    rows = await database.fetch(_VERSION_TEXT, (conversation, number))
    if not rows:
        raise NoSuchDraft("There is no such earlier text.")
    return str(rows[0].text)


async def sources(database: Database, conversation: int) -> list[int]:
    """The numbers of the past questions whose answers its draft is made from."""
    rows = await database.fetch(_SOURCES, (conversation,))
    return list(rows[0].sources) if rows else []


async def ask(database: Database, conversation: int, hint: str = "") -> None:
    """Have a draft made, or made again: the text that is there becomes an earlier one. One that is under way goes
    on as it is. Raises NoSuchConversation and DatabaseUnavailable."""
    async with database.transaction() as session:
        queued = await _queued(session, conversation, hint)
        # The number of the revision: the job of an earlier one may not have ended yet.
        once = f"{ONE} {queued.id} {queued.revision}"
        await Queue(database).put(ONE, {"draft": queued.id}, once=once, priority=NOW, session=session)


async def _queued(session: Session, conversation: int, hint: str) -> Row:
    row = await locked(session, conversation, "")
    if row is None:
        rows = await session.fetch(BEGIN, (hint, conversation))
        row = rows[0] if rows else await locked(session, conversation, "")  # where somebody else was quicker
    elif row.state not in UNDER_WAY:
        await session.fetch(VERSION, ("made again", row.id))
        [row] = await session.fetch(_AGAIN, (hint, row.id))
    if row is None:
        raise NoSuchConversation
    return row


async def locked(session: Session, conversation: int, facts: str) -> Row | None:
    """The row of the draft that lives, for the rest of the transaction."""
    rows = await session.fetch(_LOCKED, (facts, conversation))
    return rows[0] if rows else None


def mark(row: Row, facts: str) -> str:
    """For what it is noted that a draft is stale."""
    return f"{row.newest_now or ''} {facts}"


def is_stale(row: Row) -> bool:
    return bool(row.has_new_mail or row.has_new_facts)


def is_to_be_marked(row: Row, facts: str) -> bool:
    return is_stale(row) and row.marked != mark(row, facts)


def _draft(row: Row) -> Draft:
    warnings: list[dict[str, Any]] = row.warnings
    return Draft(
        id=row.id,
        conversation=row.conversation,
        revision=row.revision,
        changed_in=row.changed_in,
        state=row.state,
        text=row.text,
        origin=row.origin,
        model=row.model,
        sources=row.sources,
        warnings=[Objection(**each) for each in warnings],
        is_edited=row.is_edited,
        hint=row.hint,
        changed_at=row.changed_at,
        new_mail=row.has_new_mail,
        new_facts=row.has_new_facts,
        to_write=bool(row.to_write),
        so_far=row.so_far,
        seconds=row.seconds,
    )
