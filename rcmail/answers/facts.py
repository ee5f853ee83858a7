"""Stand-in."""

from dataclasses import dataclass
from datetime import date

from rcmail.db.pool import Database
from rcmail.settings.store import Settings, SettingsStore


@dataclass(frozen=True, slots=True)
class Facts:
    """Today's facts."""

    today: date
    settings: Settings
    said: frozenset[object] = frozenset()
    former: frozenset[object] = frozenset()


async def read(database: Database, today: date) -> Facts:
    """Today's facts. Raises DatabaseUnavailable."""
    return Facts(today, await SettingsStore(database).read())
