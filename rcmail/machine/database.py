"""What the database server says of itself. That it answers at all is a check of its own: rcmail/health/db.py."""

from rcmail.db.migrations import applied, available
from rcmail.db.pool import Database
from rcmail.errors import DatabaseUnavailable
from rcmail.machine.base import Finding, Verdict, not_here, size

_SILENT = "not told while the database is down"


async def look(database: Database) -> Finding:
    try:
        [(version, count)] = await database.fetch(
            "SELECT current_setting('server_version'), pg_database_size(current_database())"
        )
    except DatabaseUnavailable:
        return not_here(_SILENT)
    return Finding(f"PostgreSQL {version.split()[0]}, {size(count)}")


async def look_at_schema(database: Database) -> Finding:
    try:
        there = await applied(database)
    except DatabaseUnavailable:
        return not_here(_SILENT)
    pending = [name for name in available() if name not in there]
    value = there[-1] if there else "empty"
    if pending:
        return Finding(
            f"{value}; {len(pending)} pending",
            Verdict.WARNING,
            "rcmail applies them when it starts: sudo systemctl restart rcmail",
        )
    return Finding(value)
