"""What the database server says of itself. That it answers at all is a check of its own: rcmail/health/db.py."""

from rcmail.db.migrations import applied, available
from rcmail.db.pool import Database
from rcmail.health.base import Finding, Verdict
from rcmail.machine.place import Place
from rcmail.machine.words import size


async def look(database: Database) -> Finding:
    [(version, count)] = await database.fetch(
        "SELECT current_setting('server_version'), pg_database_size(current_database())"
    )
    return Finding(f"PostgreSQL {version.split()[0]}, {size(count)}")


async def look_at_schema(database: Database, place: Place) -> Finding:
    there = await applied(database)
    pending = [name for name in available() if name not in there]
    value = there[-1] if there else "empty"
    if pending:
        return Finding(
            f"{value}; {len(pending)} pending",
            Verdict.WARNING,
            "rcmail applies them when it starts: "
            + ("`make run`" if place.is_make_run else "`sudo systemctl restart rcmail`"),
        )
    return Finding(value)
