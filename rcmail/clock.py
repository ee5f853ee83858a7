"""Moments and days, said the same way everywhere."""

from datetime import UTC, date, datetime


def rfc3339(moment: datetime) -> str:
    """``moment`` in UTC with milliseconds, as every log entry has it: ``2026-01-31T13:05:09.123Z``."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def today() -> date:
    """What day it is for the café: where the machine stands, as on the wall calendar."""
    return date.today()  # noqa: DTZ011
