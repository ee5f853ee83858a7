"""``rcmail check``: the checks of the health page from the command line, with or without a service that runs."""

import asyncio
import contextlib
import json
import textwrap
import time
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import aiohttp

from rcmail import __version__
from rcmail.client import make_http_client
from rcmail.config import Config
from rcmail.connection.gmail import Connection
from rcmail.db.pool import Database
from rcmail.door.password import Password
from rcmail.health import catalogue, door, forgotten, meaning
from rcmail.health.base import TROUBLE, Check, Finding, Verdict, worst_first
from rcmail.health.monitor import Monitor, Report
from rcmail.llm.current import CurrentLLM
from rcmail.log.console import printable
from rcmail.machine import catalogue as machine
from rcmail.machine.place import Place, database_folder, state_folder
from rcmail.mail.clearing import is_here
from rcmail.settings.store import SettingsStore

# The service has 3 s for its checks; the answer of all this is due in 5.
_SERVICE_LIMIT: Final = 3.5
_EXIT: Final = {Verdict.ERROR: 2, Verdict.WARNING: 1}
_COLOURS: Final = {Verdict.ERROR: "31;1", Verdict.WARNING: "33", Verdict.OK: "32", Verdict.NOT_HERE: "2"}


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the doctor found."""

    report: Report

    @property
    def verdict(self) -> Verdict:
        """The worst there is; what is not set up, or not here, is no trouble."""
        found = {result.finding.verdict for result in self.report.results}
        return next((verdict for verdict in TROUBLE if verdict in found), Verdict.OK)

    @property
    def exit_code(self) -> int:
        """0 all well, 1 a warning, 2 an error."""
        return _EXIT.get(self.verdict, 0)

    def as_json(self) -> str:
        """What ``GET /health?full=1`` answers, and the verdict on all of it."""
        whole = self.report.as_dict(is_full=True) | {"verdict": self.verdict.value}
        return json.dumps(whole, indent=2)  # in ASCII: nothing in it can steer a terminal

    def as_table(self, *, width: int, is_colourful: bool) -> str:
        """For the eye, ``width`` characters wide."""
        results = self.report.services + worst_first(self.report.facts)
        first = max(len(result.label) for result in results) + 2
        indent = " " * (10 + first)
        lines = []
        for result in results:
            found = result.finding
            word = f"{found.verdict.value:<10}"
            if is_colourful:
                word = f"\033[{_COLOURS[found.verdict]}m{word}\033[0m"
            texts = [printable(found.value)] + [f"→ {printable(found.advice)}"] * bool(found.advice)
            told = [line for text in texts for line in textwrap.wrap(text, max(width - len(indent), 30)) or [""]]
            lines.append(f"{word}{result.label:<{first}}{told[0]}")
            lines += [indent + line for line in told[1:]]
        return "\n".join(lines)


async def examine(config: Config, wait: float = 0) -> Diagnosis:
    """One round of everything. ``wait`` is how many seconds the service is given to become ready before it."""
    database = Database(config.postgres)
    place = Place(state_folder(), database_folder(config.postgres), is_make_run=config.is_make_run)
    try:
        async with make_http_client() as client:
            await _ready(client, config, wait)
            llm = CurrentLLM(SettingsStore(database), client, config.ollama_base_url)
            look = partial(_look_at_service, client, config)
            service = Check("service", "The service", look, limit=_SERVICE_LIMIT)
            services = catalogue.services(
                database, llm, Connection(database, client, config), partial(is_here, database)
            )
            facts = [
                *machine.facts(place, database),
                door.check(config, Password(database)),
                meaning.check(database, is_make_run=config.is_make_run),
                forgotten.check(config, database, place.state),
            ]
            monitor = Monitor([*services, service, *facts])
            report = await monitor.current()
            await monitor.close()
            return Diagnosis(report)
    finally:
        await database.close()


async def _ready(client: aiohttp.ClientSession, config: Config, wait: float) -> None:
    """Return as soon as the service is ready, and after ``wait`` seconds in any case."""
    deadline = time.monotonic() + wait
    while (left := deadline - time.monotonic()) > 0:
        with contextlib.suppress(aiohttp.ClientError, TimeoutError, OSError):
            limit = aiohttp.ClientTimeout(total=min(left, _SERVICE_LIMIT))
            async with client.get(f"{_address(config)}/health/ready", timeout=limit) as answer:
                if answer.status == 200:
                    return
        await asyncio.sleep(min(0.5, max(left, 0)))


async def _look_at_service(client: aiohttp.ClientSession, config: Config) -> Finding:
    where = f"port {config.http_port}"
    here = config.is_make_run
    listening = f"{'' if here else 'sudo '}ss -ltnp 'sport = :{config.http_port}'"
    limit = aiohttp.ClientTimeout(total=_SERVICE_LIMIT - 0.2)
    try:
        async with client.get(f"{_address(config)}/health", timeout=limit) as answer:
            told: Any = json.loads((await answer.content.read(64 * 1024)).decode())
        version = told["version"] if isinstance(told["version"], str) else ""
    except (aiohttp.ClientError, TimeoutError, OSError):
        return Finding(
            f"does not answer on {where}",
            Verdict.ERROR,
            "`make run` in this folder starts it"
            if here
            else "`systemctl status rcmail` says why; `sudo systemctl restart rcmail` starts it",
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return Finding(
            f"another program answers on {where}",
            Verdict.ERROR,
            f"find it with `{listening}`, or give rcmail another HTTP_PORT",
        )
    if version != __version__:
        return Finding(
            f"answers on {where}, but it is another version than this one ({__version__})",
            Verdict.WARNING,
            "Ctrl-C where `make run` runs and `make run` again takes this one into service"
            if here
            else "`sudo systemctl restart rcmail` takes the installed one into service",
        )
    return Finding(f"answers on {where}")


def _address(config: Config) -> str:
    """Where the service answers on this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(config.http_host, config.http_host)  # noqa: S104
    return f"http://{f'[{host}]' if ':' in host else host}:{config.http_port}"
