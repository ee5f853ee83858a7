"""``rcmail work``: the worker as a process of its own, beside the service.

It never migrates: the service does, once, and tells of what fails. The worker waits for a database that it can
work with, however long, and is ready all the same: what it waits for stands in its log and on the health page.
"""

import asyncio
import faulthandler
import logging
import signal
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Final

from rcmail import __version__
from rcmail.answers import work as answers
from rcmail.answers.helper import Helper
from rcmail.client import make_http_client
from rcmail.config import Config
from rcmail.connection.gmail import Connection
from rcmail.connection.source import Source
from rcmail.db.pool import Database
from rcmail.db.schema import look
from rcmail.drafting import folder, push, sent
from rcmail.drafting import work as drafting
from rcmail.drafting.asking import ask_for_all as ask_for_drafts
from rcmail.jobs.job import Handler, Job
from rcmail.jobs.queue import Queue
from rcmail.jobs.worker import Worker
from rcmail.llm.current import CurrentLLM
from rcmail.machine.place import state_folder
from rcmail.mail import demonstration, imports, own, syncing
from rcmail.mail.forgotten import Away
from rcmail.mail.kinds import teaching
from rcmail.mail.reader import reader
from rcmail.mail.remake import is_outdated, remake
from rcmail.privacy import work as privacy
from rcmail.process import allocator, systemd
from rcmail.process.loop import watched
from rcmail.process.tasks import supervised
from rcmail.settings.store import SettingsStore
from rcmail.timers import timers

logger = logging.getLogger("rcmail.app")

# One for each job that is done at a time, one for looking, and some for pages of writing within them.
_CONNECTIONS: Final = 6

MakeHandlers = Callable[[Database, CurrentLLM, Connection], Mapping[str, Handler]]


def make_handlers(
    config: Config, database: Database, llm: CurrentLLM, connection: Connection
) -> Mapping[str, Handler]:
    """What the worker can do, by kind: one line a kind, each handler with what it needs."""
    helper, away = Helper(), Away(config.secret_key)
    return {
        imports.KIND: partial(import_upload, database, away, state_folder()),
        syncing.KIND: partial(sync, database, away, connection),
        own.KIND: partial(follow_addresses, database),
        demonstration.KIND: partial(load_demonstration, database, away),
        teaching.KIND: partial(sort, database, helper),
        **answers.handlers(database, helper, then=partial(ask_for_drafts, database)),
        **drafting.handlers(database, helper, llm),
        push.KIND: partial(push_drafts, database, state_folder(), connection),
        **privacy.handlers(database, away, helper, state_folder()),
    }


async def import_upload(database: Database, away: Away, state: Path | None, job: Job) -> None:
    """An upload, read by a child that lives as long as the job."""
    async with reader() as reading:
        await imports.Imports(database, reading, away).upload(job, state)
    await answers.ask_for_all(database)
    await imports.sweep(database, state)
    await folder.sweep(database, state)


async def sync(database: Database, away: Away, connection: Connection, job: Job) -> None:
    """What is new in the mailbox that is connected; drafts that were sent from there are known at once."""
    async with reader() as reading:
        await syncing.sync(database, Source(connection), away, reading, job)
    await sent.follow(database)
    await answers.ask_for_all(database)


async def push_drafts(database: Database, state: Path | None, connection: Connection, job: Job) -> None:
    """What is approved, into the drafts of the mailbox that each mail lies in."""
    await folder.sweep(database, state)
    source = Source(connection)
    async with syncing.noted(source):
        await push.push_all(database, folder.Boxes(state, {source.provider: source.drafts}), job)


async def follow_addresses(database: Database, _job: Job) -> None:
    """The group has other addresses than before: what is in is told."""
    addresses = (await SettingsStore(database).read()).group_addresses
    async with reader() as reading:
        await own.follow(database, reading, addresses)
        await remake(database, reading.make_texts)
    await answers.ask_for_all(database)


async def sort(database: Database, helper: Helper, _job: Job) -> None:
    """Whose mail it all is, once more: after an upgrade with better rules, or after a volunteer has marked one."""
    if await is_outdated(database):
        async with reader() as reading:
            await remake(database, reading.make_texts)
    if not await Queue(database).is_asked_again(teaching.KIND):
        await teaching.teach(database, helper.alike)
        await answers.ask_for_all(database, is_taught=True)


async def load_demonstration(database: Database, away: Away, job: Job) -> None:
    """Invented letters, read as strangers' are."""
    async with reader() as reading:
        await demonstration.bring_in(database, reading, away, job)
    await answers.ask_for_all(database)


def run(config: Config, make: MakeHandlers | None = None) -> None:
    """Work until SIGTERM or SIGINT; what is being done then is put back into the queue, within 5 s."""
    allocator.settle()
    faulthandler.enable()  # SIGABRT, systemd's for one that hangs, and a crash in C leave their places on stderr
    asyncio.run(_watched(config, make or partial(make_handlers, config)))


async def _watched(config: Config, make: MakeHandlers) -> None:
    with watched(asyncio.get_running_loop()):
        await _work(config, make)


async def _work(config: Config, make: MakeHandlers) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    database, client = Database(config.postgres, size=_CONNECTIONS), make_http_client()
    connection = Connection(database, client, config)
    handlers = make(database, CurrentLLM(SettingsStore(database), client, config.ollama_base_url), connection)
    worker = Worker(database, handlers, is_fit=partial(look, database))
    try:
        logger.info("worker_started", extra={"version": __version__, "kinds": sorted(handlers)})
        systemd.notify("READY=1\nSTATUS=Waiting for work")
        beside = {"watchdog": systemd.feed_watchdog, "worker": worker.run, **timers(database, connection)}
        async with AsyncExitStack() as stack:
            for name, work in beside.items():
                await stack.enter_async_context(supervised(name, work))
            await stop.wait()
            systemd.notify("STOPPING=1")
    finally:
        await client.close()
        await database.close()
    logger.info("worker_ended")
