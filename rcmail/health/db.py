"""Does PostgreSQL answer, and is the database what this version of rcmail needs?"""

import shlex
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from rcmail.config import PostgresConfig
from rcmail.db.pool import Database
from rcmail.db.schema import look
from rcmail.health.base import Check, ConnectionStatus, Finding, Group, Tried, Verdict

NAME: Final = "db"


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


def check(database: Database) -> Check:
    """One query through the pool, on a slot that no request can take."""
    return Check(
        NAME,
        "Database",
        partial(_look, database),
        Group.SERVICES,
        silence=Verdict.ERROR,
        test=partial(_try, database),
    )


async def _look(database: Database) -> Finding:
    await look(database)
    return Finding("PostgreSQL answers")


async def _try(database: Database, typed: Mapping[str, str]) -> Tried:  # noqa: ARG001
    """Which server, and which schema. Nothing of it is typed into the form."""
    [(version,)] = await database.fetch("SELECT current_setting('server_version')")
    schema = await look(database)
    return Tried(ConnectionStatus.OK, f"PostgreSQL {version.split()[0]} answers; the schema is {schema[-1]}")
