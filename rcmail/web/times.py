"""Moments in words, by the clock and the calendar where the Pi stands."""

from datetime import UTC, datetime


def ago(moment: datetime) -> str:
    """How long ``moment`` is ago."""
    return how_long_ago((datetime.now(UTC) - moment).total_seconds())


def how_long_ago(seconds: float) -> str:
    """“just now”, “3 minutes ago”."""
    return "just now" if seconds < 10 else f"{how_long(seconds)} ago"


def how_long(seconds: float) -> str:
    """``seconds`` in the largest unit that there is one of."""
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return "a moment"


def since(moment: datetime) -> str:
    """“since 14:05 (3 minutes ago)”, with the day where it is not today. Changes once a minute at most."""
    local = moment.astimezone()
    now = datetime.now(UTC)
    day = "" if local.date() == now.astimezone().date() else f"{local:%-d %b}, "
    how_long = "just now" if (now - moment).total_seconds() < 60 else ago(moment)
    return f"since {day}{local:%H:%M} ({how_long})"


def parsed(timestamp: str) -> datetime | None:
    """The moment that a log entry names; None where it only looks like one of ours."""
    try:
        return datetime.fromisoformat(timestamp).astimezone()
    except (ValueError, OverflowError):
        return None


def clock(timestamp: str) -> str:
    """The day, and the time to the millisecond, that a log entry names."""
    moment = parsed(timestamp)
    return f"{moment:%d %b %H:%M:%S}.{moment.microsecond // 1000:03}" if moment else timestamp
