"""Does PostgreSQL answer?"""

import shlex
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rcmail.config import PostgresConfig
from rcmail.db.migrations import applied
from rcmail.db.pool import Database
from rcmail.health.connections import ConnectionResult, ConnectionStatus


@dataclass(frozen=True, slots=True)
class WhereToLook:
    """Where a person finds out more about a database that does not answer: “``where``: ``command``. ``then``”."""

    where: str
    command: str
    then: str = ""


def where_to_look(config: PostgresConfig) -> WhereToLook:
    """For a PostgreSQL of this machine's system, of another machine, or of `make run`."""
    if config.own_log is not None:
        path = config.own_log
        with suppress(ValueError):
            path = path.relative_to(Path.cwd())
        # Nobody but us looks after this one.
        then = "Ctrl-C there and “make run” again starts it anew, with its data."
        return WhereToLook("More where “make run” runs", f"tail {shlex.quote(str(path))}", then)
    # Debian's unit for each cluster, such as postgresql@17-main; postgresql.service itself says nothing.
    command = "systemctl status 'postgresql@*'"
    if config.is_here:
        return WhereToLook("More on the machine itself", command)
    return WhereToLook("More on the machine of the database", command)


class DatabaseCheck:
    """One query through the pool, on a slot that no request can take."""

    name = "db"

    def __init__(self, database: Database) -> None:
        self._database = database

    async def run(self) -> str:
        await self._database.probe()
        return "PostgreSQL answers"


class DatabaseConnectionTest:
    """Which server, and which schema. Nothing of it is typed into the form."""

    name = "db"

    def __init__(self, database: Database) -> None:
        self._database = database

    async def run(self, typed: Mapping[str, str]) -> ConnectionResult:  # noqa: ARG002
        [(version,)] = await self._database.fetch("SELECT current_setting('server_version')")
        await self._database.fetch("SELECT count(*) FROM settings")  # and this role may read it
        schema = await applied(self._database)
        detail = f"PostgreSQL {version.split()[0]} answers; the schema is {schema[-1] if schema else 'empty'}"
        return ConnectionResult(self.name, ConnectionStatus.OK, detail)
