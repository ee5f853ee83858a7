"""Does PostgreSQL answer?"""

from rcmail.db.pool import Database


class DatabaseCheck:
    """One query through the pool, on a slot that no request can take."""

    name = "db"

    def __init__(self, database: Database) -> None:
        self._database = database

    async def run(self) -> str:
        await self._database.probe()
        return "PostgreSQL answers"
