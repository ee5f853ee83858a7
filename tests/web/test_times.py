"""Moments in words."""

from datetime import UTC, datetime, timedelta

import pytest

from rcmail.web.times import ago, since


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "just now"),
        (9, "just now"),
        (59, "59 seconds ago"),
        (60, "1 minute ago"),
        (7300, "2 hours ago"),
        (90_000, "1 day ago"),
    ],
)
def test_how_long_ago_is_in_words(seconds: int, words: str) -> None:
    assert ago(datetime.now(UTC) - timedelta(seconds=seconds)) == words


def test_since_tells_the_time_and_the_day_where_it_is_another() -> None:
    now = datetime.now(UTC)
    moment = now - timedelta(seconds=30)
    if moment.astimezone().date() == now.astimezone().date():
        assert since(moment) == f"since {moment.astimezone():%H:%M} (just now)"
    moment = now - timedelta(days=3)
    assert since(moment) == f"since {moment.astimezone():%-d %b, %H:%M} (3 days ago)"
