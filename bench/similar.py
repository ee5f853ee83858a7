"""How fast past answers are found by words and meaning, and made ready: a part of ``python -m bench.mail``."""

import asyncio
import time
from functools import partial
from typing import Final

import psutil

from bench.asking import p95
from bench.house import House, memory_mb
from rcmail.answers import work
from rcmail.answers.helper import Helper
from rcmail.answers.search import similar
from rcmail.db.pool import Database
from rcmail.jobs.here import do_here
from rcmail.jobs.job import Job
from tests.support import postgres_config

_LOOKS: Final = 100
_ASKED: Final = """
SELECT id FROM conversations WHERE kind = 'visitor' ORDER BY md5(id::text) LIMIT %s
"""
# A past request is made of a visitor's mails and the group's.
_THERE: Final = """
SELECT count(*) AS past, sum(cardinality(asked) + cardinality(answered))::float8 AS mails FROM past_requests
"""


def answers(built: House) -> dict[str, float]:
    """What the helper makes vectors of in a second of its own, the search while it is warm, and its memory."""
    return asyncio.run(_answers(Database(postgres_config(str(built.postgres.socket)))))


async def _answers(database: Database) -> dict[str, float]:
    helper = Helper()
    try:
        # The import has asked for it, and here is no worker.
        await database.execute("DELETE FROM jobs WHERE kind = %s AND state = 'queued'", (work.ALL,))
        await do_here(database, work.ALL, {}, partial(work.bring_up_to_date, database, helper))
        await database.execute("DELETE FROM past_vectors", timeout=60)
        seconds = 0.0

        async def measure(job: Job) -> None:
            nonlocal seconds
            child = _helper()
            before = sum(child.cpu_times()[:2])
            await work.make_vectors(database, helper, job)
            seconds = sum(child.cpu_times()[:2]) - before

        await do_here(database, work.ALL, {}, measure)
        rows = await database.fetch(_ASKED, (_LOOKS,))
        await similar(database, helper, rows[0].id)
        child = _helper()
        walls, own = [], time.process_time()
        before = sum(child.cpu_times()[:2])
        for row in rows:
            began = time.perf_counter()
            await similar(database, helper, row.id)
            walls.append(1000 * (time.perf_counter() - began))
        asked = len(rows)
        [there] = await database.fetch(_THERE)
        return {
            "past requests": float(there.past),
            "vectors: past requests a second of one core": there.past / seconds,
            "vectors: mails read a second of one core": there.mails / seconds,
            "similar, with the helper warm, p95 ms": p95(walls),
            "similar: the worker's processor time, ms": 1000 * (time.process_time() - own) / asked,
            "similar: the helper's processor time, ms": 1000 * (sum(child.cpu_times()[:2]) - before) / asked,
            "memory of the helper, MB": memory_mb(child.pid),
        }
    finally:
        helper.end()
        await database.close()


def _helper() -> psutil.Process:
    """Raises RuntimeError where it does not run: it was too slow for its limits, and nothing can be measured."""
    found = [each for each in psutil.Process().children() if "rcmail.answers" in each.cmdline()]
    if not found:
        raise RuntimeError("the helper was too slow for its limits and was ended: try again on a quieter machine")
    return found[0]
