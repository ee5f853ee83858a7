"""A worker with handlers for tests: ``python -m tests.jobs.counting``, on the database of the environment."""

import logging
from collections.abc import Mapping
from functools import partial

from rcmail import config, worker
from rcmail.connection.gmail import Connection
from rcmail.db.pool import Database
from rcmail.errors import ChildFailed
from rcmail.jobs.job import Handler, Job
from rcmail.llm.current import CurrentLLM
from rcmail.log import setup as log
from rcmail.process.child import Child

logger = logging.getLogger("rcmail.jobs")

EFFECTS = "CREATE TABLE IF NOT EXISTS effects (job bigint, number integer)"


async def count(database: Database, job: Job) -> None:
    """Number by number, effect and progress in one transaction; nothing else keeps an effect from doubling."""
    for number in range(job.numbers.get("done", 0) + 1, job.payload["to"] + 1):
        async with database.transaction() as session:
            await session.fetch("INSERT INTO effects VALUES (%s, %s)", (job.id, number))
            await job.progress(session, done=number, total=job.payload["to"])


async def read(job: Job) -> None:
    """Have each item read by a child, as a mail is."""
    async with Child("tests.process") as child:
        for item in await child.map("tests.process.hostile:do", job.payload["items"], timeout=5):
            if isinstance(item, ChildFailed):
                logger.warning("item_skipped", extra={"reason": str(item)})
            outcome = "skipped" if isinstance(item, ChildFailed) else "new"
            numbers = {outcome: job.numbers.get(outcome, 0) + 1, "done": job.numbers.get("done", 0) + 1}
            await job.progress(**numbers)


def make_handlers(database: Database, _llm: CurrentLLM, _connection: Connection) -> Mapping[str, Handler]:
    return {"count": partial(count, database), "read": read}


if __name__ == "__main__":
    loaded = config.load()
    log.configure(loaded.log_level, loaded.log_format, loaded.secrets())
    worker.run(loaded, make_handlers)
