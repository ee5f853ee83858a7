"""What settings were before: an old answer may still say it."""

from collections.abc import Mapping
from typing import Final

from rcmail.db.pool import Session

REMEMBERED: Final = frozenset(
    ["event_date", "event_time", "event_location", "event_offerings", "not_repaired", "house_facts"]
)
"""The settings whose former values are kept."""

_NAMES: Final = ", ".join(f"'{name}'" for name in sorted(REMEMBERED))
REMEMBER: Final = f"""
INSERT INTO former_settings (key, value)
SELECT key, value FROM settings WHERE key = ANY(%s::text[]) AND key IN ({_NAMES}) AND value <> ''
ON CONFLICT (key, md5(value)) DO UPDATE SET until = excluded.until
"""  # noqa: S608 - names of our own
"""Keep what settings say now, before others take their place: the names of those that are written."""
_FORGET: Final = """
DELETE FROM former_settings USING unnest(%s::text[], %s::text[]) AS given (name, text)
WHERE former_settings.key = given.name AND former_settings.value = given.text
"""


async def forget(session: Session, values: Mapping[str, str]) -> None:
    """Forget that the settings ever were as ``values`` say."""
    await session.fetch(_FORGET, (list(values), list(values.values())))
