"""The application: what it is made of and in which order it comes up."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import aiohttp
from aiohttp import web

from rcmail import __version__, keys, logs
from rcmail.config import Config
from rcmail.db.migrations import migrate
from rcmail.db.pool import Database
from rcmail.health.base import Check
from rcmail.health.db import DatabaseCheck
from rcmail.health.llm import LLMCheck
from rcmail.health.mail import MailCheck
from rcmail.health.monitor import Monitor, Report
from rcmail.journal import Journal, own_unit
from rcmail.llm.base import LLMAdapter
from rcmail.llm.ollama import OllamaAdapter
from rcmail.logbook import Logbook
from rcmail.settings import SettingsStore
from rcmail.web.logs import setup_logs
from rcmail.web.middlewares import setup_middlewares
from rcmail.web.routes import setup_routes
from rcmail.web.templating import setup_templating

# The largest form is some 10 kB; 64 kB leaves room, and a Pi's memory alone.
MAX_BODY = 64 * 1024


def create_app(config: Config) -> web.Application:
    """The application for ``config``; its resources open at start-up and close in reverse order."""
    app = web.Application(client_max_size=MAX_BODY)
    app[keys.CONFIG] = config
    setup_middlewares(app)
    setup_templating(app)
    setup_routes(app)
    setup_logs(app, make_logbook())
    app.cleanup_ctx.extend([database, settings, http_client, health])
    return app


async def database(app: web.Application) -> AsyncIterator[None]:
    """PostgreSQL answers and its schema is current before anything else begins."""
    config = app[keys.CONFIG].postgres
    app[keys.DATABASE] = Database(config)
    try:
        await app[keys.DATABASE].connect()
        await migrate(app[keys.DATABASE], config)
        yield
    finally:
        await app[keys.DATABASE].close()


async def settings(app: web.Application) -> AsyncIterator[None]:
    app[keys.SETTINGS] = SettingsStore(app[keys.DATABASE])
    await app[keys.SETTINGS].read()
    yield


async def http_client(app: web.Application) -> AsyncIterator[None]:
    """The one client for all calls to other services: its set-up (TLS) is dear."""
    async with make_http_client() as app[keys.CLIENT]:
        yield


async def health(app: web.Application) -> AsyncIterator[None]:
    checks = make_checks(app[keys.CONFIG], app[keys.DATABASE], app[keys.SETTINGS], app[keys.CLIENT])
    app[keys.MONITOR] = monitor = Monitor(checks)
    watching = asyncio.create_task(monitor.watch(), name="health watch")
    yield
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    await monitor.close()


def make_logbook() -> Logbook:
    """The log for reading: with the journal where systemd looks after this process."""
    journal = Journal(own_unit(), logs.redactor) if logs.is_journal() else None
    return Logbook(logs.recent, journal)


def make_http_client() -> aiohttp.ClientSession:
    """A client that keeps no cookies and takes no proxy from the environment. Its callers set the limits."""
    return aiohttp.ClientSession(
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"rcmail/{__version__}"},
        timeout=aiohttp.ClientTimeout(total=30),
        trust_env=False,
    )


def make_checks(
    config: Config, database: Database, settings: SettingsStore, client: aiohttp.ClientSession
) -> list[Check]:
    """Every health check, joined to what it looks at."""

    async def llm_adapter() -> LLMAdapter | None:
        endpoint = await settings.llm_endpoint(config.ollama_base_url)
        return OllamaAdapter(client, endpoint) if endpoint else None

    return [DatabaseCheck(database), LLMCheck(llm_adapter), MailCheck(config.gmail)]


async def check_once(config: Config) -> Report:
    """One round of checks without a service: what ``rcmail check`` shows."""
    database = Database(config.postgres)
    try:
        async with make_http_client() as client:
            return await Monitor(make_checks(config, database, SettingsStore(database), client)).current()
    finally:
        await database.close()
