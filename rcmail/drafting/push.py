"""The job that writes approved drafts to the mailbox: each once, whatever is killed, none over anybody's change.

rcmail never sends: what it writes lies among the drafts until somebody sends it from a mail program.
"""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Final, Protocol

from rcmail.db.pool import Database, Session
from rcmail.drafting import pushes, sent
from rcmail.drafting.outgoing import Ready, begin
from rcmail.drafting.pushes import Due, Outcome, Push
from rcmail.errors import DraftRefused, JobStopped, MailboxUnavailable, RcmailError, Unconfigured
from rcmail.jobs.job import Job
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


class Boxes(Protocol):
    """Where the drafts of each mailbox go."""

    async def get(self, provider: str, /) -> DraftBox | None:
        """None where there is no place. Raises Unconfigured where the mailbox is not connected any more, and
        MailboxUnavailable."""


async def ask(database: Database) -> None:
    """Have the approved drafts written; one run at a time. Raises DatabaseUnavailable."""
    await Queue(database).put(KIND, once=KIND, priority=NOW)


async def push_all(database: Database, boxes: Boxes, job: Job) -> None:
    """Write what is approved and not stale, and see what became of what was written before.

    A mailbox that cannot be used costs the others nothing. Raises then what it raises, Unconfigured or
    MailboxUnavailable, at the end; and JobStopped.
    """
    await sent.follow(database)
    pushing = _Pushing(database, boxes, job, await SettingsStore(database).read())
    there = await pushes.there(database)
    while rows := await pushing.due():  # also what is approved meanwhile
        await pushing.each(rows, pushing.push, len(there))
    await pushing.each(there, pushing.look)
    counted = {name: job.numbers.get(name, 0) for name in ("new", "known", "skipped", "failed")}
    logger.info("drafts_pushed", extra=counted)
    for error in pushing.away.values():
        raise error


class _Pushing:
    """One run. ``away`` are the mailboxes that cannot be used, with the reason."""

    def __init__(self, database: Database, boxes: Boxes, job: Job, settings: Settings) -> None:
        self._database = database
        self._boxes = boxes
        self._job = job
        self._settings = settings
        self._left: set[int] = set()
        self.away: dict[str, RcmailError] = {}

    async def due(self) -> list[Due]:
        return [row for row in await pushes.due(self._database, self._job.id) if row.draft not in self._left]

    async def each(self, rows: Sequence[Due], do: Callable[[Due], Awaitable[None]], more: int = 0) -> None:
        """``do`` each of them; ``more`` come after them."""
        await self._job.progress(total=self._job.numbers.get("done", 0) + len(rows) + more)
        for row in rows:
            if self._job.stop_wanted.is_set():
                raise JobStopped
            await do(row)

    async def push(self, row: Due) -> None:
        ready = await begin(self._database, row.conversation, self._settings)
        stored: StoredDraft | None = None
        if isinstance(ready, Ready):
            try:
                outcome, stored = await self._written(ready)
            except DraftRefused as error:
                outcome = Outcome("failed", str(error))
            except _Away:
                self._left.add(row.draft)
                return
        else:
            outcome = ready
        async with self._database.transaction() as session:
            if isinstance(ready, Ready) and stored:
                await pushes.note_written(session, row.draft, stored, ready.changed_in)
            elif outcome.state in _LEFT:
                await pushes.note_left(session, row.draft, DraftState(outcome.state))
            await pushes.note_result(session, self._job.id, row, outcome)
            await self._count(session, _COUNTED_AS.get(outcome.state, "skipped"))

    async def _written(self, ready: Ready) -> tuple[Outcome, StoredDraft | None]:
        """See to it that the draft lies there once, with this content, unless somebody had a hand in it there."""
        provider = ready.envelope.provider
        async with self._box(provider) as box:
            if box is None:
                return _NO_PLACE, None
            push, digest = ready.push.among(provider), box.digest(ready.content)
            there = await box.find(push.message_id)
            if there is None:
                there, state = await _under_its_key(box, push)
                is_wanted_again = push.told_in is not None and ready.changed_in > push.told_in
                if push.digest and not there and not (state is DraftState.GONE and is_wanted_again):
                    return Outcome(state, _LEFT[state]), None
            # What we left there, or were writing when we were killed.
            if there and there.digest not in (digest, push.digest, push.writing):
                return await _left(box, push, DraftState.EDITED), None
            if there is None or there.digest != digest:
                await pushes.note_writing(self._database, push.draft, provider, there, digest)
                new = await (
                    box.replace(there, ready.content)
                    if there
                    else box.create(ready.content, ready.envelope.thread)
                )
                if new is None or new.digest != digest:
                    return await _left(box, push, DraftState.EDITED), None
                there = new
            return Outcome("pushed"), there

    async def look(self, row: Due) -> None:
        """Note what became of a draft that lies in the mailbox; a result only where somebody has to look at it."""
        try:
            state = await self._state(row)
        except _Away:
            return
        outcome = Outcome(state, _LEFT[state]) if state is not DraftState.THERE else None
        async with self._database.transaction() as session:
            if outcome:
                await pushes.note_left(session, row.draft, state)
            elif row.has_new_mail:
                outcome = _NEWER
            if outcome:
                await pushes.note_result(session, self._job.id, row, outcome)
            await self._count(session, "skipped" if outcome else "known")

    async def _state(self, row: Due) -> DraftState:
        """As we left it, too, where that cannot be told of this one."""
        push = await pushes.of(self._database, row.draft)
        if push is None or push.provider is None:
            return DraftState.THERE
        with suppress(DraftRefused):
            async with self._box(push.provider) as box:
                if box and (state := await box.state(push.stored)) is not DraftState.THERE:
                    there = await box.find(push.message_id)  # under another key, perhaps
                    return DraftState.THERE if there and there.digest == push.digest else state
        return DraftState.THERE

    @asynccontextmanager
    async def _box(self, provider: str) -> AsyncIterator[DraftBox | None]:
        """Raises _Away where the mailbox cannot be used, and remembers it; DraftRefused is about one draft."""
        if provider in self.away:
            raise _Away
        try:
            yield await self._boxes.get(provider)
        except DraftRefused:
            raise
        except (MailboxUnavailable, Unconfigured) as error:
            self.away[provider] = error
            raise _Away from error

    async def _count(self, session: Session, name: str) -> None:
        numbers = {each: self._job.numbers.get(each, 0) + 1 for each in ("done", name)}
        await self._job.progress(session, **numbers)


class _Away(Exception):
    """Nothing can be done in the mailbox during this run."""


async def _under_its_key(box: DraftBox, push: Push) -> tuple[StoredDraft | None, DraftState]:
    """What lies there as we left it, or were writing it when we were killed; else what became of it.

    A mailbox may give a draft another Message-ID where somebody edits it, and finds what is new a while later.
    """
    state = DraftState.GONE
    for digest in (push.digest, push.writing):
        if push.key and digest:
            stored = StoredDraft(push.key, digest)
            if (state := await box.state(stored)) is DraftState.THERE:
                return stored, state
    return None, state


async def _left(box: DraftBox, push: Push, state: DraftState) -> Outcome:
    """Hands off; a mailbox that knows better says whether it was sent."""
    if push.key and await box.state(push.stored) is DraftState.SENT:
        state = DraftState.SENT
    return Outcome(state, _LEFT[state])
