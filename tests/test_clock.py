"""Moments and days as rcmail says them."""

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest

from rcmail.clock import rfc3339, today


def test_a_moment_is_told_in_utc_with_milliseconds_wherever_it_comes_from() -> None:
    moment = datetime(2026, 1, 31, 13, 5, 9, 123999, UTC)
    assert rfc3339(moment) == "2026-01-31T13:05:09.123Z"
    assert rfc3339(moment.astimezone(timezone(timedelta(hours=5, minutes=30)))) == "2026-01-31T13:05:09.123Z"
    assert rfc3339(moment.replace(microsecond=0)) == "2026-01-31T13:05:09.000Z"


@pytest.mark.parametrize(("zone", "hours"), [("Etc/GMT-14", 14), ("Etc/GMT+12", -12)])
def test_the_day_is_that_of_the_place_where_the_machine_stands(
    zone: str, hours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = timezone(timedelta(hours=hours))
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        days = [datetime.now(there).date(), today(), datetime.now(there).date()]
    time.tzset()
    assert days == sorted(days)
