"""The application: what it is made of and in which order it comes up."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from functools import partial

import aiohttp
from aiohttp import web

from rcmail import __version__, keys
from rcmail.config import Config
from rcmail.db.migrations import migrate
from rcmail.db.pool import TIMEOUT, Database
from rcmail.errors import DatabaseUnavailable
from rcmail.health.base import Check
from rcmail.health.connections import ConnectionTests
from rcmail.health.db import DatabaseCheck, DatabaseConnectionTest
from rcmail.health.llm import LLMCheck, LLMConnectionTest
from rcmail.health.mail import MailCheck, MailConnectionTest
from rcmail.health.monitor import Monitor
from rcmail.llm.base import LLMAdapter
from rcmail.llm.ollama import OllamaAdapter
from rcmail.llm.state import LLMFinding, find_out
from rcmail.log import setup as log
from rcmail.log.journal import Journal, own_unit
from rcmail.log.logbook import Logbook
from rcmail.machine import catalogue, runs
from rcmail.machine.inspector import Inspector
from rcmail.machine.place import Place, database_folder, state_folder
from rcmail.resolver import Resolver
from rcmail.settings import SettingsStore, clean_all
from rcmail.web.middlewares import setup_middlewares
from rcmail.web.routes import setup_routes
from rcmail.web.templating import setup_templating

# The largest form is some 10 kB; 64 kB leaves room, and a Pi's memory alone.
MAX_BODY = 64 * 1024


def create_app(config: Config) -> web.Application:
    """The application for ``config``; its resources open at start-up and close in reverse order."""
    app = web.Application(client_max_size=MAX_BODY)
    app[keys.CONFIG] = config
    app[keys.LOGBOOK] = make_logbook()
    app[keys.PLACE] = Place(state_folder(), database_folder(config.postgres))
    setup_middlewares(app)
    setup_templating(app)
    setup_routes(app)
    app.cleanup_ctx.extend([run, database, settings, http_client, health, machine])
    return app


async def run(app: web.Application) -> AsyncIterator[None]:
    """Noted before anything can fail, so that the next start knows how this one ended."""
    await asyncio.to_thread(runs.note_begin, app[keys.PLACE])
    yield
    await asyncio.to_thread(runs.note_end, app[keys.PLACE])


async def database(app: web.Application) -> AsyncIterator[None]:
    """PostgreSQL answers and its schema is current before anything else begins."""
    config = app[keys.CONFIG].postgres
    app[keys.DATABASE] = database = Database(config)
    try:
        await database.connect()
        # It may go again at any moment, and after a power cut its first answers are slow.
        await database.insist(partial(migrate, database, config))
        yield
    finally:
        await database.close()


async def settings(app: web.Application) -> AsyncIterator[None]:
    app[keys.SETTINGS] = store = SettingsStore(app[keys.DATABASE])
    await app[keys.DATABASE].insist(partial(store.read, timeout=TIMEOUT))
    yield


async def http_client(app: web.Application) -> AsyncIterator[None]:
    """The one client for all calls to other services: its set-up (TLS) is dear."""
    async with make_http_client() as app[keys.CLIENT]:
        yield


async def health(app: web.Application) -> AsyncIterator[None]:
    config, database, settings, client = (
        app[keys.CONFIG],
        app[keys.DATABASE],
        app[keys.SETTINGS],
        app[keys.CLIENT],
    )
    app[keys.MONITOR] = monitor = Monitor(make_checks(config, database, settings, client))
    app[keys.CONNECTION_TESTS] = ConnectionTests(
        DatabaseConnectionTest(database),
        LLMConnectionTest(partial(llm_target, settings, client, config.ollama_base_url)),
        MailConnectionTest(MailCheck(config.gmail)),
    )
    watching = asyncio.create_task(monitor.watch(), name="health watch")
    yield
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    await monitor.close()


async def machine(app: web.Application) -> AsyncIterator[None]:
    llm = partial(llm_finding, app[keys.SETTINGS], app[keys.CLIENT], app[keys.CONFIG].ollama_base_url)
    examinations = [
        *catalogue.examinations(app[keys.PLACE], app[keys.DATABASE], llm),
        *catalogue.of_this_process(),
    ]
    app[keys.INSPECTOR] = inspector = Inspector(examinations)
    watching = asyncio.create_task(inspector.watch(), name="machine watch")
    yield
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    await inspector.close()


def make_logbook() -> Logbook:
    """The log for reading: with the journal where systemd looks after this process."""
    journal = Journal(own_unit(), log.redactor) if log.is_journal() else None
    return Logbook(log.recent, journal)


def make_http_client() -> aiohttp.ClientSession:
    """A client that keeps no cookies and takes no proxy from the environment. Its callers set the limits."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(resolver=Resolver()),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"rcmail/{__version__}"},
        timeout=aiohttp.ClientTimeout(total=30),
        trust_env=False,
    )


async def llm_target(
    settings: SettingsStore, client: aiohttp.ClientSession, default: str, typed: Mapping[str, str]
) -> tuple[LLMAdapter | None, str]:
    """The adapter (None without an endpoint) and the model: what is typed, else what is saved.

    Raises InvalidSettings for what is typed, DatabaseUnavailable where what is saved is needed.
    """
    names = ("llm_endpoint", "llm_model")
    values = clean_all({name: typed[name] for name in names if name in typed})
    if len(values) < len(names):
        saved = await settings.read()
        values = {name: saved.get(name) or "" for name in names} | values
    endpoint = values["llm_endpoint"] or default
    return (OllamaAdapter(client, endpoint) if endpoint else None), values["llm_model"]


async def llm_finding(settings: SettingsStore, client: aiohttp.ClientSession, default: str) -> LLMFinding:
    """How it stands with the language model that is saved; with the one last known while the database is down."""
    try:
        saved = await settings.read(timeout=1.0)
    except DatabaseUnavailable:
        saved = settings.last_known
    endpoint = saved.get("llm_endpoint") or default
    model = (saved.get("llm_model") or "") if settings.is_known else None
    return await find_out(OllamaAdapter(client, endpoint) if endpoint else None, model)


def make_checks(
    config: Config, database: Database, settings: SettingsStore, client: aiohttp.ClientSession
) -> list[Check]:
    """Every health check, joined to what it looks at."""

    async def llm_adapter() -> LLMAdapter | None:
        endpoint = await settings.llm_endpoint(config.ollama_base_url)
        return OllamaAdapter(client, endpoint) if endpoint else None

    return [DatabaseCheck(database), LLMCheck(llm_adapter), MailCheck(config.gmail)]
