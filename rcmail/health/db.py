"""Does PostgreSQL answer?"""

from collections.abc import Mapping

from rcmail.db.migrations import applied
from rcmail.db.pool import Database
from rcmail.health.connections import ConnectionResult, ConnectionStatus


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
