"""What in an old answer is out of date: every spelling of a day that is past, and nothing else."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.answers.outdated import outdated

WRITTEN = date(2025, 1, 9)
TODAY = date(2026, 11, 22)


def texts(answer: str, written: date = WRITTEN, today: date = TODAY) -> list[str]:
    return [each.text for each in outdated(answer, written, today)]


@pytest.mark.parametrize(
    "day",
    [
        "18 januari", "18 januari 2025", "18 jan. 2025", "18e januari", "18-1-2025", "18-01-25", "2025-01-18",
        "18. Januar", "18. Januar 2025", "18. Jänner", "18.1.2025", "18.01.", "18. 1. 2025", "1. März",
        "18 January", "18th January 2025", "18th of January", "January 18", "January 18th, 2025", "Jan 18",
        "18/01/2025",
        "18 janvier", "1er mars", "18 janvier 2025", "3 août", "14 février", "2 juin", "2 juillet",
        "2 mei", "2 mrt", "4 oktober", "4 octobre", "4 October", "4 Okt.", "4 décembre", "4 Dezember",
        "4 december",
    ],
)  # fmt: skip
def test_a_day_that_is_past_is_found_in_every_spelling(day: str) -> None:
    assert texts(f"Kom langs op {day} om 14.00 uur.") == [day]


@pytest.mark.parametrize(
    "text",
    [
        "Kom op 5 december 2026 langs.",
        "am 5.12.2026 von 13 bis 16 Uhr",
        "von 14.00 bis 17.00 Uhr, 3.50 Euro, Version 1.2.3",
        "bel 06-555 01 23, Havenstraat 12, 5 euro, 1/2 uur",
        "in March we may repair 14 bikes a day; maandag 2 fietsen; le mardi 13 h",
        "31 februari 2025 bestaat niet, 45-13-2025 ook niet",
        "",
    ],
)
def test_what_is_no_past_day_is_left_alone(text: str) -> None:
    assert texts(text) == []


def test_a_day_without_a_year_is_the_one_after_the_answer() -> None:
    assert texts("tot 17 januari", written=date(2026, 12, 20), today=date(2026, 12, 28)) == []
    assert texts("tot 17 januari", written=date(2026, 12, 20), today=date(2027, 1, 18)) == ["17 januari"]
    assert texts("het was 13 december", written=date(2026, 12, 20), today=date(2026, 12, 21)) == ["13 december"]


def test_each_place_is_given_once_in_the_order_of_the_text() -> None:
    answer = "Am 18. Januar 2025 oder am 15.2.2025; 18. Januar war voll."
    found = outdated(answer, WRITTEN, TODAY)
    assert [answer[each.start : each.end] for each in found] == ["18. Januar 2025", "15.2.2025", "18. Januar"]
    assert {each.why for each in found} == {"the date is past"}


@pytest.mark.parametrize(
    "address",
    ["Havenstraat 12", "Bahnhofstraße 3a", "Am Markt, Hafenstr. 12", "12 Harbour Lane", "12, rue du Port",
     "4 avenue de la Gare"],
)  # fmt: skip
def test_an_address_that_is_not_todays_is_out_of_date(address: str) -> None:
    text = f"We zijn er in Het Anker, {address}."
    [found] = outdated(text, WRITTEN, TODAY, "Wijkcentrum De Brug, Molenlaan 5")
    assert found.text in address
    assert found.why == "the group is elsewhere now"
    assert outdated(text, WRITTEN, TODAY, f"Het Anker, {address}") == []
    assert outdated(text, WRITTEN, TODAY) == []


@given(st.text(alphabet="0123456789./- janumrtäéûOfth,\n", max_size=400))
def test_any_text_gives_places_that_are_in_it_and_do_not_overlap(text: str) -> None:
    found = outdated(text, WRITTEN, TODAY)
    assert all(text[each.start : each.end] == each.text for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
