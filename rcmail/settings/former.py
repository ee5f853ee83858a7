"""What settings were before: an old answer may still say it."""

from collections.abc import Mapping
from typing import Final

from rcmail.db.pool import Session

REMEMBERED: Final = frozenset(
    ["event_date", "event_time", "event_location", "event_offerings", "not_repaired", "house_facts"]
)
"""The settings whose former values are kept."""

_PUT: Final = """
INSERT INTO former_settings (key, value) SELECT * FROM unnest(%s::text[], %s::text[])
ON CONFLICT (key, md5(value)) DO UPDATE SET until = excluded.until
"""
_FORGET: Final = """
DELETE FROM former_settings USING unnest(%s::text[], %s::text[]) AS given (name, text)
WHERE former_settings.key = given.name AND former_settings.value = given.text
"""


async def remember(session: Session, values: Mapping[str, str | None]) -> None:
    """Keep those of ``values``, by name, that an answer may have; in the transaction that changes them."""
    kept = {name: value for name, value in values.items() if name in REMEMBERED and value}
    if kept:
        await session.fetch(_PUT, (list(kept), list(kept.values())))


async def forget(session: Session, values: Mapping[str, str]) -> None:
    """Forget that the settings ever were as ``values`` say."""
    await session.fetch(_FORGET, (list(values), list(values.values())))
