"""The application: what it is made of and in which order it comes up."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from functools import partial
from typing import Final

from aiohttp import web

from rcmail import keys
from rcmail.answers import work
from rcmail.client import make_http_client
from rcmail.config import Config
from rcmail.connection.gmail import Connection
from rcmail.db.migrations import migrate
from rcmail.db.pool import TIMEOUT, Database, Session
from rcmail.db.schema import look
from rcmail.door.house import Door
from rcmail.drafting import asking
from rcmail.drafting.material import FACTS
from rcmail.drafting.review import Review
from rcmail.health import catalogue, door, forgotten, meaning
from rcmail.health.connections import ConnectionTests
from rcmail.health.monitor import Monitor
from rcmail.health.timing import Timing
from rcmail.jobs.queue import Queue
from rcmail.llm.current import CurrentLLM
from rcmail.log import setup as log
from rcmail.log.journal import Journal, own_unit
from rcmail.log.logbook import Logbook
from rcmail.machine import catalogue as machine
from rcmail.machine import runs
from rcmail.machine.place import Place, database_folder, state_folder
from rcmail.mail import own
from rcmail.mail.demonstration import Demonstration
from rcmail.mail.forgotten import Away
from rcmail.mail.imports import remove_halves
from rcmail.privacy import retention
from rcmail.process.tasks import supervised
from rcmail.settings.store import SettingsStore
from rcmail.web.middlewares import setup_middlewares
from rcmail.web.routes import setup_routes
from rcmail.web.templating import setup_templating

# The largest form is some 40 kB; 64 kB leaves room, and a Pi's memory alone.
MAX_BODY = 64 * 1024
# Seconds for the worker, which starts after the service.
PATIENCE = 60.0
# The jobs that look again once one of these settings is another: whose mail it is, which answers are out of date,
# which drafts are stale or wanted now.
_FOLLOWS: Final = {
    own.KIND: {"group_addresses"},
    work.ALL: {"event_location"},
    asking.ALL: {*FACTS, "drafts_by_themselves"},
}


def create_app(config: Config) -> web.Application:
    """The application for ``config``; its resources open at start-up and close in reverse order."""
    app = web.Application(client_max_size=MAX_BODY)
    app[keys.CONFIG] = config
    app[keys.AWAY] = Away(config.secret_key)
    app[keys.LOGBOOK] = make_logbook()
    app[keys.PLACE] = Place(state_folder(), database_folder(config.postgres), is_make_run=config.is_make_run)
    setup_middlewares(app)
    setup_templating(app)
    setup_routes(app)
    app.cleanup_ctx.extend([run, database, settings, review, demonstration, front_door, http_client, health])
    return app


async def run(app: web.Application) -> AsyncIterator[None]:
    """Noted before anything can fail, so that the next start knows how this one ended."""
    await asyncio.to_thread(runs.note_begin, app[keys.PLACE])
    await asyncio.to_thread(remove_halves, app[keys.PLACE].state)
    yield
    await asyncio.to_thread(runs.note_end, app[keys.PLACE])


async def database(app: web.Application) -> AsyncIterator[None]:
    """PostgreSQL answers and its schema is current before anything else begins."""
    config = app[keys.CONFIG].postgres
    app[keys.DATABASE] = database = Database(config)
    app[keys.QUEUE] = Queue(database)
    try:
        await database.connect()
        # It may go again at any moment, and after a power cut its first answers are slow.
        await database.insist(partial(migrate, database, config))
        await database.insist(partial(look, database))
        yield
    finally:
        await database.close()


async def settings(app: web.Application) -> AsyncIterator[None]:
    app[keys.SETTINGS] = store = SettingsStore(app[keys.DATABASE], partial(follow, app))
    await app[keys.DATABASE].insist(partial(store.read, timeout=TIMEOUT))
    yield


async def follow(app: web.Application, session: Session, settings: Sequence[str]) -> None:
    """For the transaction that writes ``settings``: what comes after it is there with them."""
    if kinds := [kind for kind, names in _FOLLOWS.items() if names & {*settings}]:
        await app[keys.QUEUE].put_later(kinds, session)
    await retention.follow(session, settings)


async def review(app: web.Application) -> AsyncIterator[None]:
    app[keys.REVIEW] = found = Review(app[keys.DATABASE], app[keys.SETTINGS])
    yield
    found.end()


async def demonstration(app: web.Application) -> AsyncIterator[None]:
    found = Demonstration(app[keys.DATABASE], app[keys.QUEUE], app[keys.SETTINGS])
    app[keys.DEMONSTRATION] = found
    await app[keys.DATABASE].insist(partial(found.begin, by_itself=app[keys.CONFIG].demo))
    yield


async def front_door(app: web.Application) -> AsyncIterator[None]:
    app[keys.DOOR] = Door(app[keys.DATABASE])
    if app[keys.CONFIG].password_required and not await app[keys.DATABASE].insist(app[keys.DOOR].password.is_set):
        app[keys.DOOR].code.tell()
    yield


async def http_client(app: web.Application) -> AsyncIterator[None]:
    async with make_http_client() as app[keys.CLIENT]:
        app[keys.LLM] = CurrentLLM(app[keys.SETTINGS], app[keys.CLIENT], app[keys.CONFIG].ollama_base_url)
        app[keys.CONNECTION] = Connection(app[keys.DATABASE], app[keys.CLIENT], app[keys.CONFIG])
        yield


async def health(app: web.Application) -> AsyncIterator[None]:
    services = catalogue.services(
        app[keys.DATABASE], app[keys.LLM], app[keys.CONNECTION], app[keys.DEMONSTRATION].look
    )
    facts = [*machine.facts(app[keys.PLACE], app[keys.DATABASE], PATIENCE), *machine.of_this_process()]
    facts.append(door.check(app[keys.CONFIG], app[keys.DOOR].password))
    facts.append(meaning.check(app[keys.DATABASE], is_make_run=app[keys.CONFIG].is_make_run))
    facts.append(forgotten.check(app[keys.CONFIG], app[keys.DATABASE], app[keys.PLACE].state))
    app[keys.CONNECTION_TESTS] = ConnectionTests(services)
    app[keys.TIMING] = timing = Timing(app[keys.LLM], app[keys.CONNECTION_TESTS])
    app[keys.MONITOR] = monitor = Monitor([*services, *facts])
    async with supervised("health watch", monitor.watch):
        yield
    await timing.stop()
    await monitor.close()


def make_logbook() -> Logbook:
    """The log for reading: with the journal where systemd looks after this process."""
    journal = Journal(own_unit(), log.redactor) if log.is_journal() else None
    return Logbook(log.recent, journal)
