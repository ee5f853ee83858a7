"""The jobs: a draft for each visitor that waits, the newest first; and at once where a volunteer asks for one.

Each is made without a language model; then that writes it too, one after the other, where there is one.
"""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Final

from rcmail.answers import work as answers
from rcmail.answers.helper import Helper
from rcmail.clock import today
from rcmail.db.pool import Database, Row
from rcmail.drafting import keeping, making, material, sent, written
from rcmail.drafting.asking import ALL
from rcmail.drafting.keeping import Due
from rcmail.drafting.material import Material
from rcmail.drafting.proposal import Proposal
from rcmail.drafting.serving import NoModel, Serving
from rcmail.drafting.store import ONE
from rcmail.drafting.writer import Writer
from rcmail.errors import ChildFailed, JobStopped, NoSuchConversation, RcmailError
from rcmail.jobs.job import Handler, Job
from rcmail.jobs.queue import WRITING, Queue
from rcmail.llm.current import CurrentLLM
from rcmail.process.child import Child
from rcmail.settings.store import SettingsStore

logger = logging.getLogger("rcmail.drafting")

WRITE: Final = "write"
"""The kind of the job that has a language model write what is to be written."""
# Seconds: for one draft, and until the child that made the last one ends.
_TIMEOUT: Final = 20.0
_IDLE: Final = 60.0


def handlers(database: Database, helper: Helper, llm: CurrentLLM) -> Mapping[str, Handler]:
    """The three kinds, with one child between them."""
    child, serving = Child("rcmail.drafting", idle=_IDLE), Serving(llm)
    return {
        ALL: partial(make_all, database, helper, child, serving),
        ONE: partial(make_one, database, helper, child, serving),
        WRITE: partial(write_all, database, Writer(database, serving, child)),
    }


async def make_all(database: Database, helper: Helper, child: Child, serving: Serving, job: Job) -> None:
    """The drafts that are missing or stale. None that a volunteer has edited, approved or discarded is touched."""
    await sent.follow(database)
    settings = await SettingsStore(database).read()
    facts = material.signature(settings, today())
    rows = await keeping.due(database, settings.waiting_days, facts, by_itself=settings.drafts_by_themselves)
    model = await _model(serving) if rows else None
    for row in rows:
        if job.stop_wanted.is_set():
            raise JobStopped
        await _make(database, helper, child, job, row, model)
    await keeping.mark(database, facts)
    if rows:
        logger.info("drafts_made", extra={"drafts": len(rows)})
    if await written.turn(database) is not None:  # also what a worker that died has left
        await Queue(database).put(WRITE, priority=WRITING)


async def make_one(database: Database, helper: Helper, child: Child, serving: Serving, job: Job) -> None:
    """The draft in the payload, if it is still to be made."""
    row = await keeping.asked(database, int(job.payload["draft"]))
    if row is not None:
        await _make(database, helper, child, job, row, await _model(serving))


async def write_all(database: Database, writer: Writer, job: Job) -> None:
    """What is to be written, one after the other. Who is cancelled leaves it for the next job."""
    while (row := await written.turn(database)) is not None:
        if job.stop_wanted.is_set():
            raise JobStopped
        try:
            if await writer.is_ready() and await written.begin(database, row):
                await _write(database, writer, job, row)
        except NoModel as error:
            logger.info("drafts_without_model", extra={"reason": str(error)})
            await written.give_up(database)


async def _write(database: Database, writer: Writer, job: Job, row: Row) -> None:
    try:
        made = await writer.write(row)
    except RcmailError:
        raise
    except Exception:  # a mistake of ours is told, and is not tried with this draft again
        await written.leave(database, row)
        raise
    if made is None:
        await written.leave(database, row)
        return
    async with database.transaction() as session:
        if await written.take(session, row, made):
            await job.progress(session, done=job.numbers.get("done", 0) + 1)


async def _model(serving: Serving) -> bool | None:
    """Whether the language model is there now, None where there is none."""
    try:
        return await serving.is_there()
    except NoModel:
        return None


async def _make(database: Database, helper: Helper, child: Child, job: Job, due: Due, model: bool | None) -> None:
    """What comes after the look at the tables makes it stale; it is not overlooked."""
    newest = await keeping.newest(database, due.conversation)
    try:
        await answers.make_ready(database, helper, due.conversation)
        found = await material.read(database, due.conversation, today())
    except NoSuchConversation:  # gone, or one with another, meanwhile
        return
    made = await _composed(child, found, due)
    facts = material.signature(found.facts.settings, today())
    async with database.transaction() as session:
        if await keeping.keep(session, due, made, newest, facts, model):
            if due.is_asked and made is not None and model is not None:
                await Queue(database).put(WRITE, priority=WRITING, session=session)
            await job.progress(session, done=job.numbers.get("done", 0) + 1)


async def _composed(child: Child, found: Material, due: Due) -> Proposal | None:
    """None where nothing came of it."""
    item = making.item(found.asked, found.sources, found.facts, hint=due.hint)
    try:
        return making.proposal(await child.call("rcmail.drafting.making:composed", item, timeout=_TIMEOUT))
    except ChildFailed as error:
        reason = str(error)
    except (KeyError, TypeError, ValueError):
        reason = "its answer is not what was asked for"
    logger.warning("draft_failed", extra={"conversation": due.conversation, "reason": reason})
    return None
