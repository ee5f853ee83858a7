"""Backups still hold who was forgotten since: how many, and until when."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from rcmail.db.backup import KEEP
from rcmail.db.databases import TIME_FORMAT
from rcmail.db.pool import Database

# The names of the files are by this machine's clock, the moments by PostgreSQL's, which may be another's.
_APART: Final = timedelta(minutes=10)
_REPLACED: Final = "SELECT 1 FROM pg_database WHERE datname = current_database() || '_before_restore'"


@dataclass(frozen=True, slots=True)
class Holding:
    """``older`` backups are from before somebody was forgotten; the last of them goes ``nights`` backups later."""

    older: int
    nights: int


def holding(state: Path | None, moment: datetime) -> Holding | None:
    """Of the backups in ``state``, rcmail's own folder, those from before ``moment``; None where they cannot be
    looked at. Blocks."""
    try:
        made = [_made(path) for path in (state / "backups").iterdir()] if state else []
    except FileNotFoundError:
        made = []
    except OSError:
        return None
    known = [each for each in made if each is not None]
    older = sum(each <= moment + _APART for each in known)
    return Holding(older, max(KEEP - (len(known) - older), 0))


def _made(path: Path) -> datetime | None:
    """When a backup was begun, which its name says."""
    if path.suffix != ".dump":
        return None
    try:
        return datetime.strptime(path.stem.rpartition("-")[2], TIME_FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None


async def is_replaced_here(database: Database) -> bool:
    """Whether the database that the last restore took the place of is still there. Raises DatabaseUnavailable."""
    return bool(await database.fetch(_REPLACED))
