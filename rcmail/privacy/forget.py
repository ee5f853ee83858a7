"""Forgetting a person: everything that there is of it, in one transaction.

The list of where something of a person may be is docs/privacy.md's; a test holds that nothing is left.
"""

import json
import logging
import secrets
from collections.abc import Set
from datetime import datetime, timedelta
from typing import Any, Final

from rcmail.answers import work
from rcmail.db.pool import Database, Row, Session
from rcmail.jobs.queue import NOW, Queue
from rcmail.mail.clearing import LOCK
from rcmail.mail.forgotten import Away
from rcmail.mail.newtext import TEXT_VERSION
from rcmail.mail.subject import subject_key
from rcmail.mail.summing import sum_up_again
from rcmail.mail.words import words
from rcmail.privacy.answers import Answered
from rcmail.privacy.person import LIMIT, Person, look
from rcmail.privacy.traces import REMOVED, Traces
from rcmail.settings.store import Settings, SettingsStore

logger = logging.getLogger("rcmail.privacy")

AFTER: Final = "forgotten"
"""The kind of the job that sees to what no transaction reaches: files, and the memory of a helper."""
WHO: Final = "(forgotten)"
"""What stands in the place of the visitor's name where an answer stays."""

_DELETE: Final = "DELETE FROM messages WHERE id = ANY(%s)"
# What a volunteer, or rcmail, made of the person's mail in a conversation that another one shares.
_OWN: Final = """
DELETE FROM drafts WHERE conversation = ANY(%s);
DELETE FROM decisions WHERE conversation = ANY(%s);
UPDATE conversations SET note = '', visitor_name = '', visitor_address = NULL WHERE id = ANY(%s)
"""
_EMPTY: Final = """
DELETE FROM conversations WHERE id = ANY(%s)
AND NOT EXISTS (SELECT FROM messages WHERE conversation = conversations.id) RETURNING id
"""
# Made again from what is left.
_DERIVED: Final = """
DELETE FROM past_requests USING messages WHERE messages.id = message AND conversation = ANY(%s);
DELETE FROM past_seen WHERE conversation = ANY(%s);
DELETE FROM similar_answers WHERE conversation = ANY(%s) OR EXISTS (
    SELECT FROM jsonb_array_elements(found) AS each WHERE (each->>'message')::bigint = ANY(%s)
);
DELETE FROM said_facts
"""
# Drafts for others that are made from the answers that went: made again, but for what volunteers had a hand in.
_MADE_FROM: Final = """
DELETE FROM draft_versions USING drafts WHERE drafts.id = draft AND sources && %s::bigint[] AND made_by = 'rcmail';
UPDATE drafts SET state = 'queued', text = '', made_text = '', origin = NULL, model = NULL, warnings = '[]',
    marked = '', to_write = '', so_far = '', seconds = NULL, sources = '{}', revision = revision + 1,
    changed_in = revision + 1, changed_at = now()
WHERE sources && %s::bigint[] AND NOT is_edited AND state IN ('queued', 'writing', 'ready', 'failed', 'discarded');
UPDATE drafts SET sources = ARRAY(SELECT each FROM unnest(sources) AS each WHERE each <> ALL(%s))
WHERE sources && %s::bigint[]
"""
_WITHOUT: Final = """
UPDATE messages AS old SET subject = new.subject, subject_key = new.key, whole_text = new.text,
    new_text = new.text, reference_ids = new.ids::text[], attachments = new.attachments::jsonb,
    words = array_to_tsvector(string_to_array(new.words, ' '))
FROM (VALUES %s) AS new (id, subject, key, text, ids, attachments, words) WHERE old.id = new.id
"""
# What volunteers write down beside the mail.
_NOTES: Final = (
    ("conversations", "note"), ("decisions", "note"), ("decisions", "was_note"), ("push_results", "reason"),
    ("drafts", "made_text"), ("drafts", "hint"), ("drafts", "so_far"), ("draft_versions", "text"),
)  # fmt: skip
_NOTE: Final = "UPDATE {0} SET {1} = regexp_replace({1}, %s, %s, 'gi') WHERE {1} ~* %s"
# Its text is another one, and where it is to be approved somebody has to look at it again.
_DRAFT: Final = """
UPDATE drafts SET text = regexp_replace(text, %s, %s, 'gi'), warnings = '[]', is_edited = true,
    state = CASE state WHEN 'approved' THEN 'ready' ELSE state END, revision = revision + 1,
    changed_in = revision + 1, changed_at = now() WHERE text ~* %s
"""
_WARNED: Final = "UPDATE drafts SET warnings = '[]' WHERE warnings::text ~* %s"
_CONVERSATION: Final = """
INSERT INTO conversations
    (subject, visitor_name, kind, kind_why, state, state_why, messages, last_at, last_direction)
VALUES ('', %s, 'visitor', '', 'answered', '', 2, %s, 'out') RETURNING id
"""
_MESSAGE: Final = """
INSERT INTO messages (conversation, account, fingerprint, reference_ids, direction, from_name, from_address,
    visitor_name, visitor_from, visitor, participants, recipients, sent_at, sent_at_from, subject, subject_key,
    whole_text, is_cut, new_text, text_version, language, is_thanks, machine, attachments, says, says_why, words)
VALUES (%s, %s, %s, '{}', %s, '', '', %s, 'none', '', '{}', '{"to": [], "cc": [], "reply_to": []}', %s, 'date', '',
    '', %s, false, %s, %s, %s, false, '', '[]', %s, %s, array_to_tsvector(string_to_array(%s, ' ')))
"""
_SAYS: Final = ("visitor", "the group answered it; who asked is forgotten")


async def preview(database: Database, address: str) -> Person:
    """What ``forget`` would remove, and keep. Raises DatabaseUnavailable."""
    settings = await SettingsStore(database).read()
    async with database.transaction("SET TRANSACTION READ ONLY", timeout=LIMIT) as session:
        return await look(session, address, settings)


async def forget(database: Database, away: Away, address: str) -> Person:
    """Remove all that there is of who has ``address``, and keep its old mail away from now on; what was removed.

    Raises DatabaseUnavailable; then nothing was.
    """
    settings = await SettingsStore(database).read()
    async with database.transaction("SELECT pg_advisory_xact_lock(%s)", (LOCK,), timeout=LIMIT) as session:
        person = await remove(session, address, settings)
        await away.add(session, address)
        await work.ask_for_all(database, session)
        await Queue(database).put(AFTER, priority=NOW, session=session)
    logger.info("person_forgotten", extra={"messages": len(person.messages), "answers_kept": len(person.staying)})
    return person


async def remove(session: Session, address: str, settings: Settings, before: datetime | None = None) -> Person:
    """Remove, under the lock, what there is of who has ``address``, or what was written ``before`` a moment."""
    person = await look(session, address, settings, before)
    gone = [row.id for row in person.messages]
    touched = sorted({row.conversation for row in person.messages})
    own = sorted({row.conversation for row in person.messages if row.is_own})
    await session.fetch(_DELETE, (gone,), timeout=LIMIT)
    await session.fetch(_OWN, (own, own, own), timeout=LIMIT)
    emptied = {row.id for row in await session.fetch(_EMPTY, (touched,), timeout=LIMIT)}
    await session.fetch(_MADE_FROM, (gone,) * 4, timeout=LIMIT)
    left = [each for each in touched if each not in emptied]
    changed = sorted({*left, *await _without_traces(session, person)})
    await _without_notes(session, person.traces)
    await session.fetch(_DERIVED, (changed, changed, changed, gone), timeout=LIMIT)
    kept = [await _kept(session, each) for each in person.staying]
    await sum_up_again(session, [*changed, *kept])
    return person


async def _without_traces(session: Session, person: Person) -> set[int]:
    """Take out of what others wrote what they quote and name of the person; the conversations that changed."""
    ids = frozenset(row.message_id for row in person.messages)
    subjects = {subject_key(row.subject) for row in person.messages if row.visitor == person.address}
    cut = [_cut(row, person.traces, ids, subjects) for row in person.naming]
    await session.fetch_values(_WITHOUT, cut, timeout=LIMIT)
    return {row.conversation for row in person.naming}


def _cut(row: Row, traces: Traces, ids: Set[str], subjects: Set[str]) -> tuple[object, ...]:
    """The columns of _WITHOUT: of its text only what its author newly wrote. What it quotes goes, and a subject
    that was the person's."""
    subject = "" if subject_key(row.subject) in subjects else traces.removed(row.subject)
    text = traces.removed(row.new_text)
    attachments: list[dict[str, Any]] = [
        {**each, "name": traces.removed(each["name"] or "")} for each in row.attachments
    ]
    found = " ".join(words("\n".join((row.from_name, row.visitor_name, subject, text))))
    references = [each for each in row.reference_ids if each not in ids]
    return row.id, subject, subject_key(subject), text, references, json.dumps(attachments), found


async def _without_notes(session: Session, traces: Traces) -> None:
    for table, column in _NOTES:
        statement = _NOTE.format(table, column)
        await session.fetch(statement, (traces.pattern, REMOVED, traces.pattern), timeout=LIMIT)
    await session.fetch(_DRAFT, (traces.pattern, REMOVED, traces.pattern), timeout=LIMIT)
    await session.fetch(_WARNED, (traces.pattern,), timeout=LIMIT)


async def _kept(session: Session, answer: Answered) -> int:
    """An answer that stays: a conversation of nobody's, without a question."""
    [row] = await session.fetch(_CONVERSATION, (WHO, answer.day))
    number = int(row.id)
    for place, (direction, text) in enumerate((("in", ""), ("out", answer.text))):
        moment = answer.day + timedelta(seconds=place)
        says = _SAYS if direction == "in" else ("unsure", "")
        values = (
            *(number, answer.account, secrets.token_bytes(32), direction, WHO, moment),
            *(text, text, TEXT_VERSION, answer.language if text else None, *says, " ".join(words(text))),
        )
        await session.fetch(_MESSAGE, values)
    return number
