"""A draft that may go into the mailbox, with the names that it has there; or why it may not."""

from dataclasses import dataclass

from rcmail.clock import today
from rcmail.db.pool import Database, Row
from rcmail.drafting import addressing, material, pushes
from rcmail.drafting.addressing import Envelope, Unanswerable
from rcmail.drafting.letter import Letter, content
from rcmail.drafting.pushes import Outcome, Push
from rcmail.drafting.store import MARK, is_stale, is_to_be_marked, locked, mark
from rcmail.settings.store import Settings


@dataclass(frozen=True, slots=True)
class Ready:
    """A draft that may be written, as it was when that was looked at."""

    push: Push
    changed_in: int
    envelope: Envelope
    content: bytes


async def begin(database: Database, conversation: int, settings: Settings) -> Ready | Outcome:
    """The draft of ``conversation`` with the names that it has in the mailbox, which are stored when this returns;
    or why it is not to be written. Raises DatabaseUnavailable."""
    facts = material.signature(settings, today())
    async with database.transaction() as session:
        row = await locked(session, conversation, facts)
        if row is None or row.state not in ("approved", "pushed"):
            return Outcome("failed", "somebody has changed it meanwhile; approve it once more")
        if is_stale(row):  # one that was written, too: it is perhaps somebody else who wrote last
            if is_to_be_marked(row, facts):
                await session.fetch(MARK, (mark(row, facts), row.id, row.revision))
            what = "a newer mail has come" if row.has_new_mail else "the facts have changed"
            return Outcome("stale", f"{what} since it was approved: look at it again")
        try:
            envelope = await addressing.envelope(session, conversation, settings.group_addresses)
        except Unanswerable as error:
            return Outcome("failed", str(error))
        push = await pushes.named(session, row.id, envelope.from_address.rpartition("@")[2])
        return Ready(push, row.changed_in, envelope, content(_letter(row, push, envelope, settings)))


def _letter(row: Row, push: Push, envelope: Envelope, settings: Settings) -> Letter:
    return Letter(
        draft_id=push.name,
        message_id=push.message_id,
        dated=push.dated,
        from_address=envelope.from_address,
        to_name=envelope.to_name,
        to_address=envelope.to_address,
        subject=envelope.subject,
        in_reply_to=envelope.in_reply_to,
        references=envelope.references,
        text=row.text,
        language=addressing.language_of(row.text, settings.languages),
        asked=envelope.asked,
    )
