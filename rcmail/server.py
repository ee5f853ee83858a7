"""From a configuration to a served port, and back down within five seconds."""

import asyncio
import errno
import faulthandler
import logging
import signal
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Final

from aiohttp import web

from rcmail import __version__, keys
from rcmail.app import create_app
from rcmail.config import Config
from rcmail.errors import ListenError
from rcmail.process import allocator, systemd
from rcmail.process.loop import watched
from rcmail.process.tasks import supervised
from rcmail.web.access_log import AccessLogger
from rcmail.web.limits import LIMITS, listen

logger = logging.getLogger("rcmail.app")

# Requests under way get this long to end; with the rest of the shutdown it stays within 5 s.
_DRAIN_SECONDS: Final = 3.0
_SHUTDOWN_SECONDS: Final = 4.5


def run(config: Config, when_ready: Callable[[str], None] | None = None) -> None:
    """Serve until SIGTERM or SIGINT; ``when_ready`` is told the address once it answers.

    Raises what keeps the service from starting (RcmailError).
    """
    allocator.settle()
    faulthandler.enable()  # SIGABRT, systemd's for one that hangs, and a crash in C leave their places on stderr
    asyncio.run(_watched(config, when_ready or (lambda _address: None)))


async def _watched(config: Config, when_ready: Callable[[str], None]) -> None:
    with watched(asyncio.get_running_loop()):
        await _serve(config, when_ready)


async def _serve(config: Config, when_ready: Callable[[str], None]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    runner = web.AppRunner(
        create_app(config),
        handle_signals=False,
        access_log_class=AccessLogger,
        access_log=logging.getLogger("rcmail.http"),
        shutdown_timeout=_DRAIN_SECONDS,
        **LIMITS,
    )
    try:
        if await _finished_before(stop, _start(runner, config)):
            when_ready(_address(config))
            async with supervised("watchdog", systemd.feed_watchdog):
                await stop.wait()
        logger.info("shutdown_begun")
    finally:
        systemd.notify("STOPPING=1")
        await _shut_down(runner)
    logger.info("shutdown_complete")


async def _finished_before(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Run ``work`` to its end, or until ``stop`` is set: then False. SIGTERM counts from the first moment."""
    task = asyncio.create_task(work, name="start")
    stopping = asyncio.create_task(stop.wait(), name="stop")
    try:
        await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            await task  # raises what went wrong
            return True
        return False
    finally:
        for each in (task, stopping):
            each.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await each


async def _start(runner: web.AppRunner, config: Config) -> None:
    await runner.setup()  # the resources, in the order of app.py
    try:
        await listen(runner, config.http_host, config.http_port)
    except OSError as error:
        raise ListenError(_listen_sentence(error, config)) from error
    logger.info(
        "startup_complete",
        extra={
            "version": __version__,
            "address": _address(config),
            "llm_endpoint": runner.app[keys.LLM].last_known.endpoint or None,
            "event_date": runner.app[keys.SETTINGS].last_known.get("event_date"),
        },
    )
    systemd.notify(f"READY=1\nSTATUS=Serving {_address(config)}")


async def _shut_down(runner: web.AppRunner) -> None:
    try:
        async with asyncio.timeout(_SHUTDOWN_SECONDS):
            await runner.cleanup()
    except TimeoutError:
        logger.warning("shutdown_cut_short", extra={"after_seconds": _SHUTDOWN_SECONDS})


def _address(config: Config) -> str:
    host = "localhost" if config.http_host in ("0.0.0.0", "::") else config.http_host  # noqa: S104
    return f"http://{f'[{host}]' if ':' in host else host}:{config.http_port}/"


def _listen_sentence(error: OSError, config: Config) -> str:
    where = f"port {config.http_port} of {config.http_host}"
    if error.errno == errno.EADDRINUSE:
        return f"{where} is in use by another program; stop that one, or set HTTP_PORT to another port"
    if error.errno == errno.EACCES:
        return f"{where} may not be opened by this user; set HTTP_PORT to 1024 or more"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{config.http_host} is not an address of this machine; set HTTP_HOST to 0.0.0.0 or 127.0.0.1"
    return f"{where} could not be opened: {error.strerror or error}; check HTTP_HOST and HTTP_PORT"
