"""What volunteers decide of a conversation, and write down about it."""

from typing import Final

from rcmail.db.pool import Database, Session
from rcmail.errors import NoSuchConversation
from rcmail.jobs.queue import Queue
from rcmail.mail.kinds.teaching import ask
from rcmail.mail.store import LOCK
from rcmail.mail.summing import sum_up_again

KINDS: Final = ("visitor", "other", "unsure")
STATES: Final = ("waiting", "closed")
_SAID: Final = {
    "visitor": "a volunteer said that it is a visitor's",
    "other": "a volunteer said that it is no visitor's",
    "unsure": "a volunteer is not sure whose it is",
}
_KIND: Final = (
    "UPDATE conversations SET kind = %s, kind_why = %s, is_kind_decided = true WHERE id = %s RETURNING id"
)
_STATE: Final = "UPDATE conversations SET decision = %s, decided_for = last_at WHERE id = %s RETURNING id"
_NOTE: Final = "UPDATE conversations SET note = %s WHERE id = %s RETURNING id"


async def decide(
    database: Database,
    conversation: int,
    *,
    kind: str | None = None,
    state: str | None = None,
    note: str | None = None,
) -> None:
    """Set what is given. A kind is for good and teaches of other mail, a state is until the next message comes.

    Raises NoSuchConversation and DatabaseUnavailable.
    """
    # The lock keeps a page of mail from writing the row at the same time, as it was before.
    async with database.transaction("SELECT pg_advisory_xact_lock(%s)", (LOCK,)) as session:
        if kind is not None:
            await _set(session, _KIND, (kind, _SAID[kind], conversation))
            await ask(Queue(database), session=session)  # other mail may be like it
        if state is not None:
            await _set(session, _STATE, (state, conversation))
        if note is not None:
            await _set(session, _NOTE, (note, conversation))
        await sum_up_again(session, [conversation])


async def _set(session: Session, sql: str, parameters: tuple[object, ...]) -> None:
    if not await session.fetch(sql, parameters):
        raise NoSuchConversation
