"""Days and hours of a draft: what is said of the group, and what is denied, refused, or of somebody else."""

import pytest

from rcmail.drafting.checks import check
from tests.drafting.room import asked, facts

EVENING = "19:00–21:30"


def objected(text: str, question: str = "Hello?", **changes: str) -> list[str]:
    """What is objected to as a day of the week or an hour."""
    found = check(text, asked(question), [], facts(**changes))
    return [text[each.start : each.end] for each in found if each.kind in ("weekday", "time")]


@pytest.mark.parametrize(
    "text",
    [
        "We zijn open tot half tien.",
        "We beginnen om zeven uur en sluiten om half tien.",
        "Wir schließen um halb zehn.",
        "Um 9.30 Uhr ist Schluss.",
        "We close at half past nine.",
        "The doors are open until 9:30.",
        "Nous fermons à neuf heures et demie.",
        "Nous sommes là de 7 h à 9 h 30.",
    ],
)
def test_an_hour_without_its_half_of_the_day_is_that_of_an_event_in_the_evening(text: str) -> None:
    assert objected(text, event_time=EVENING) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("We sluiten om half elf.", "half elf"),
        ("Wir schließen um 09:30 Uhr.", "09:30 Uhr"),
        ("We close at 9.30 in the morning.", "9.30 in the morning"),
        ("Nous fermons à 9 h 30 du matin.", "9 h 30 du matin"),
    ],
)
def test_one_that_is_of_the_morning_is_none(text: str, wrong: str) -> None:
    assert objected(text, event_time=EVENING) == [wrong]


def test_an_hour_of_the_house_is_read_as_one_of_the_evening_too() -> None:
    said = "We take in the last items at a quarter to nine."
    assert objected(said, event_time=EVENING, house_facts="Last items at 20.45.") == []
    assert objected(said, event_time=EVENING) == ["a quarter to nine"]
