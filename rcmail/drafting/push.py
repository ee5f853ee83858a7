"""The job that writes approved drafts to the mailbox: each once, whatever is killed, none over anybody's change.

rcmail never sends: what it writes lies among the drafts until somebody sends it from a mail program.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from rcmail.db.pool import Database, Session
from rcmail.drafting import addressing, folder, pushes, sent
from rcmail.drafting.addressing import Unanswerable
from rcmail.drafting.outgoing import Ready, begin
from rcmail.drafting.pushes import Due, Outcome, Push
from rcmail.errors import JobStopped, MailboxUnavailable
from rcmail.jobs.job import Handler, Job
from rcmail.jobs.queue import NOW, Queue
from rcmail.mailbox.base import DraftBox, DraftState, StoredDraft
from rcmail.settings.store import Settings, SettingsStore

logger = logging.getLogger("rcmail.drafting")

KIND: Final = "push"
_NO_PLACE: Final = Outcome("failed", "its mailbox has no place for drafts that rcmail knows")
_LEFT: Final = {
    DraftState.EDITED: "somebody has changed it in the mailbox, and it stays as it is there",
    DraftState.SENT: "it was sent",
    DraftState.GONE: "it is no longer in the mailbox; approve it once more, and it is written again",
}
_NEWER: Final = Outcome("stale", "a newer mail has come since it was written into the mailbox: look at it again")
_COUNTED_AS: Final = {"pushed": "new", "failed": "failed"}

Boxes = Mapping[str, DraftBox]
"""By the provider of the mailbox."""


async def ask(database: Database) -> None:
    """Have the approved drafts written; one run at a time. Raises DatabaseUnavailable."""
    await Queue(database).put(KIND, once=KIND, priority=NOW)


def handlers(database: Database, state: Path | None) -> Mapping[str, Handler]:
    """The one kind, for drafts below ``state``, rcmail's own folder."""
    return {KIND: partial(_swept, database, state)}


async def _swept(database: Database, state: Path | None, job: Job) -> None:
    await folder.sweep(database, state)
    await push_all(database, folder.boxes(state), job)


async def push_all(database: Database, boxes: Boxes, job: Job) -> None:
    """Write what is approved and not stale, and see what became of what was written before. Raises JobStopped."""
    await sent.follow(database)
    settings = await SettingsStore(database).read()
    there = await pushes.there(database)
    while rows := await pushes.due(database, job.id):  # also what is approved meanwhile
        await _each(job, rows, partial(_push, database, boxes, job, settings=settings), len(there))
    await _each(job, there, partial(_look, database, boxes, job, settings=settings))
    counted = {name: job.numbers.get(name, 0) for name in ("new", "known", "skipped", "failed")}
    logger.info("drafts_pushed", extra=counted)


async def _each(job: Job, rows: Sequence[Due], do: Callable[[Due], Awaitable[None]], more: int = 0) -> None:
    """``do`` each of them; ``more`` come after them."""
    await job.progress(total=job.numbers.get("done", 0) + len(rows) + more)
    for row in rows:
        if job.stop_wanted.is_set():
            raise JobStopped
        await do(row)


async def _push(database: Database, boxes: Boxes, job: Job, row: Due, settings: Settings) -> None:
    ready = await begin(database, row.conversation, settings)
    stored: StoredDraft | None = None
    if isinstance(ready, Ready):
        try:
            outcome, stored = await _written(database, boxes, ready)
        except MailboxUnavailable as error:
            outcome = Outcome("failed", str(error))
    else:
        outcome = ready
    async with database.transaction() as session:
        if isinstance(ready, Ready) and stored:
            await pushes.note_written(session, row.draft, stored, ready.changed_in)
        elif outcome.state in _LEFT:
            await pushes.note_left(session, row.draft, DraftState(outcome.state))
        await pushes.note_result(session, job.id, row, outcome)
        await _count(job, session, _COUNTED_AS.get(outcome.state, "skipped"))


async def _written(database: Database, boxes: Boxes, ready: Ready) -> tuple[Outcome, StoredDraft | None]:
    """See to it that the draft lies there once, with this content, unless somebody had a hand in it there."""
    box = boxes.get(ready.envelope.provider)
    if box is None:
        return _NO_PLACE, None
    push, digest = ready.push, box.digest(ready.content)
    there = await box.find(push.message_id)
    is_wanted_again = push.told_in is not None and ready.changed_in > push.told_in
    if there is None and push.digest and not is_wanted_again:
        return await _left(box, push, DraftState.GONE), None
    # What we left there, or were writing when we were killed.
    if there and there.digest not in (digest, push.digest, push.writing):
        return await _left(box, push, DraftState.EDITED), None
    if there is None or there.digest != digest:
        await pushes.note_writing(database, push.draft, there, digest)
        new = await (
            box.replace(there, ready.content) if there else box.create(ready.content, ready.envelope.thread)
        )
        if new is None or new.digest != digest:
            return await _left(box, push, DraftState.EDITED), None
        there = new
    return Outcome("pushed"), there


async def _left(box: DraftBox, push: Push, state: DraftState) -> Outcome:
    """Hands off; a mailbox that knows better says whether it was sent."""
    if push.key and await box.state(push.stored) is DraftState.SENT:
        state = DraftState.SENT
    return Outcome(state, _LEFT[state])


async def _look(database: Database, boxes: Boxes, job: Job, row: Due, settings: Settings) -> None:
    """Note what became of a draft that lies in the mailbox; a result only where somebody has to look at it."""
    state = await _state(database, boxes, row, settings)
    outcome = Outcome(state, _LEFT[state]) if state is not DraftState.THERE else None
    async with database.transaction() as session:
        if outcome:
            await pushes.note_left(session, row.draft, state)
        elif row.has_new_mail:
            outcome = _NEWER
        if outcome:
            await pushes.note_result(session, job.id, row, outcome)
        await _count(job, session, "skipped" if outcome else "known")


async def _state(database: Database, boxes: Boxes, row: Due, settings: Settings) -> DraftState:
    """As we left it, too, where that cannot be told now."""
    push = await pushes.of(database, row.draft)
    with suppress(Unanswerable, MailboxUnavailable):
        envelope = await addressing.envelope(database, row.conversation, settings.group_addresses)
        box = boxes.get(envelope.provider)
        if box and push and (state := await box.state(push.stored)) is not DraftState.THERE:
            there = await box.find(push.message_id)  # under another key, perhaps
            return DraftState.THERE if there and there.digest == push.digest else state
    return DraftState.THERE


async def _count(job: Job, session: Session, name: str) -> None:
    numbers = {each: job.numbers.get(each, 0) + 1 for each in ("done", name)}
    await job.progress(session, **numbers)
