"""The jobs: a draft for each visitor that waits, the newest first; and at once where a volunteer asks for one."""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Final

from rcmail.answers import work as answers
from rcmail.answers.helper import Helper
from rcmail.clock import today
from rcmail.db.pool import Database
from rcmail.drafting import keeping, making, material, sent
from rcmail.drafting.asking import ALL
from rcmail.drafting.keeping import Due
from rcmail.drafting.material import Material
from rcmail.drafting.proposal import Proposal
from rcmail.drafting.store import ONE
from rcmail.errors import ChildFailed, JobStopped, NoSuchConversation
from rcmail.jobs.job import Handler, Job
from rcmail.process.child import Child
from rcmail.settings.store import SettingsStore

logger = logging.getLogger("rcmail.drafting")

# Seconds: for one draft, and until the child that made the last one ends.
_TIMEOUT: Final = 20.0
_IDLE: Final = 60.0


def handlers(database: Database, helper: Helper) -> Mapping[str, Handler]:
    """The two kinds, with one child between them."""
    child = Child("rcmail.drafting", idle=_IDLE)
    return {
        ALL: partial(make_all, database, helper, child),
        ONE: partial(make_one, database, helper, child),
    }


async def make_all(database: Database, helper: Helper, child: Child, job: Job) -> None:
    """The drafts that are missing or stale. None that a volunteer has edited, approved or discarded is touched."""
    await sent.follow(database)
    settings = await SettingsStore(database).read()
    facts = material.signature(settings, today())
    rows = await keeping.due(database, settings.waiting_days, facts, by_itself=settings.drafts_by_themselves)
    for row in rows:
        if job.stop_wanted.is_set():
            raise JobStopped
        await _make(database, helper, child, job, row)
    await keeping.mark(database, facts)
    if rows:
        logger.info("drafts_made", extra={"drafts": len(rows)})


async def make_one(database: Database, helper: Helper, child: Child, job: Job) -> None:
    """The draft in the payload, if it is still to be made."""
    row = await keeping.asked(database, int(job.payload["draft"]))
    if row is not None:
        await _make(database, helper, child, job, row)


async def _make(database: Database, helper: Helper, child: Child, job: Job, due: Due) -> None:
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
        if await keeping.keep(session, due, made, newest, facts):
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
