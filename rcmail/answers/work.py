"""The jobs: what was asked and answered is kept as it is compared, and looked through for those who wait."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final

from rcmail.answers import facts, past, results, said, vectors
from rcmail.answers.helper import MISSING, Helper, lacking
from rcmail.answers.search import similar
from rcmail.clock import today
from rcmail.db.pool import Database, Session
from rcmail.errors import ChildFailed, JobStopped, Retry
from rcmail.jobs.job import Handler, Job
from rcmail.jobs.queue import LATER, NOW, Queue
from rcmail.mail.kinds.teaching import teach

logger = logging.getLogger("rcmail.answers")

ALL: Final = "answers"
"""The kind of the job that brings everything up to date."""
ONE: Final = "similar"
"""The kind of the job that looks for one conversation, ``conversation`` in its payload."""

# Conversations, and past requests, in one transaction.
_PAGE: Final = 100
_VECTORS: Final = 64
_LAST: Final = 2**63 - 1

Then = Callable[[], Awaitable[None]]


async def ask_for_all(database: Database, session: Session | None = None, *, is_taught: bool = False) -> None:
    """Have everything brought up to date, when mail has come. Raises DatabaseUnavailable.

    Also beside a job that runs, which may have looked already. ``is_taught``: whoever asks has told just now of
    each conversation what the marks say.
    """
    await Queue(database).put(ALL, {"is_taught": is_taught}, priority=LATER, session=session)


async def ask_for_one(database: Database, conversation: int) -> None:
    """Have it looked what is like the request of ``conversation``. Raises DatabaseUnavailable."""
    await Queue(database).put(ONE, {"conversation": conversation}, once=f"{ONE} {conversation}", priority=NOW)


def handlers(database: Database, helper: Helper, then: Then) -> Mapping[str, Handler]:
    """The two kinds, with one helper between them. What ``then`` does comes after everything is up to date."""
    return {
        ALL: partial(bring_up_to_date, database, helper, then=then),
        ONE: partial(look_for_one, database, helper),
    }


async def nothing_more() -> None:
    """For ``then``."""


async def bring_up_to_date(database: Database, helper: Helper, job: Job, *, then: Then = nothing_more) -> None:
    """The past requests, whose mail it is by the marks, their vectors, what the answers say of today, and what is
    like each request that waits.

    Raises Retry where the helper did not get through with it: words alone have then found what there is, unless
    mails themselves could not be read.
    """
    if await Queue(database).is_asked_again(ALL):
        return
    if reason := lacking():
        logger.warning("encoder_missing", extra={"reason": reason})
    try:
        await _renew(database, helper, job)
    except ChildFailed as error:
        raise Retry(f"what was answered before could not be read: {error}") from None
    if not job.payload.get("is_taught"):
        await teach(database, helper.alike)
    failure = await make_vectors(database, helper, job)
    _stop_if_wanted(job)
    known = await facts.read(database, today())
    await said.renew(database, known)
    for row in await results.waiting(database, known.settings.waiting_days):
        _stop_if_wanted(job)
        failure = await _look(database, helper, row.id, row.signature) or failure
    await then()
    if failure and not failure.startswith(MISSING):
        raise Retry(f"what was answered before was compared by words only: {failure}")


async def _renew(database: Database, helper: Helper, job: Job) -> None:
    rows = await past.changed(database)

    async def told(session: Session, number: int) -> None:
        await job.progress(session, done=job.numbers.get("done", 0) + number)

    for start in range(0, len(rows), _PAGE):
        _stop_if_wanted(job)
        await past.renew(database, rows[start : start + _PAGE], helper.past, told)
    if rows:
        await past.count_grams(database)


async def make_vectors(database: Database, helper: Helper, job: Job) -> str | None:
    """The vectors that are missing, the newest first; what was in the way, or None."""
    before = _LAST
    while rows := await vectors.missing(database, before, _VECTORS):
        _stop_if_wanted(job)
        try:
            found = await helper.encode([(row.question, row.answer) for row in rows])
        except ChildFailed as error:
            return str(error)
        made = [(row.id, vector) for row, vector in zip(rows, found, strict=True) if vector]
        await vectors.put(database, made)
        await job.progress(done=job.numbers.get("done", 0) + len(rows))
        before = rows[-1].id
    return None


async def look_for_one(database: Database, helper: Helper, job: Job) -> None:
    """What is like the request of the conversation in the payload."""
    conversation = int(job.payload["conversation"])
    found = await results.one(database, conversation)
    if found is not None and found.kind != "other":
        failure = await _look(database, helper, conversation, found.signature)
        is_missing = failure is not None and failure.startswith(MISSING)
        if not is_missing and (failure or await vectors.count_missing(database)):
            await ask_for_all(database)


async def make_ready(database: Database, helper: Helper, conversation: int) -> None:
    """Look what is like the request of ``conversation``, where that is not known as it is now."""
    if not (await results.read(database, conversation, 1)).is_ready:
        found = await results.one(database, conversation)
        if found is not None:
            await _look(database, helper, conversation, found.signature)


async def _look(database: Database, helper: Helper, conversation: int, signature: str) -> str | None:
    found = await similar(database, helper, conversation)
    await results.keep(database, conversation, signature, found)
    return found.failure


def _stop_if_wanted(job: Job) -> None:
    if job.stop_wanted.is_set():
        raise JobStopped
