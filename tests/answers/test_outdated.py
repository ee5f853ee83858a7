"""What in an old answer is out of date: days that are past, other places and hours, what is not repaired now."""

import json
from datetime import date, time
from itertools import pairwise
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.answers.facts import Facts
from rcmail.answers.outdated import Outdated, outdated
from rcmail.answers.said import said
from rcmail.settings.store import Settings
from tests.support import ROOT

WRITTEN = date(2025, 1, 9)
TODAY = date(2026, 11, 22)
HERE = {
    "event_date": "2026-12-05",
    "event_location": "Wijkcentrum De Brug, Molenlaan 5",
    "event_time": "13:00–16:30",
}


def facts(values: dict[str, str] | None = None, today: date = TODAY, **more: Any) -> Facts:
    return Facts(today, Settings(values or {}, values or {}), **more)


def texts(answer: str, known: Facts | None = None, written: date = WRITTEN) -> list[str]:
    return [each.text for each in outdated(answer, written, known or facts())]


@pytest.mark.parametrize(
    "day", ["18 januari", "18-1-2025", "18. Januar", "January 18th, 2025", "1er mars", "4 Okt."]
)
def test_a_day_that_is_past_is_out_of_date(day: str) -> None:
    [found] = outdated(f"Kom langs op {day} om 14.00 uur.", WRITTEN, facts())
    assert (found.text, found.why) == (day, "the date is past")


@pytest.mark.parametrize("text", ["op 5 december 2026", "am 5.12.2026", "31 februari 2025 bestaat niet", ""])
def test_a_day_to_come_is_not(text: str) -> None:
    assert texts(text) == []


def test_a_day_without_a_year_is_the_one_after_the_answer() -> None:
    december = date(2026, 12, 20)
    assert texts("tot 17 januari", facts(today=date(2026, 12, 28)), december) == []
    assert texts("tot 17 januari", facts(today=date(2027, 1, 18)), december) == ["17 januari"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Kom volgende zaterdag langs.", "volgende zaterdag"), ("Kom morgen gerust langs.", "morgen"),
        ("Wir öffnen am übernächsten Samstag.", "übernächsten Samstag"), ("Bis nächste Woche!", "nächste Woche"),
        ("See you on Saturday week.", "Saturday week"), ("Nous sommes ouverts samedi en huit.", "samedi en huit"),
        ("We are open on the last Saturday of January.", "last Saturday of January"),
    ],
)  # fmt: skip
def test_a_day_that_counts_from_an_old_answer_is_past(text: str, day: str) -> None:
    [found] = outdated(text, WRITTEN, facts(HERE))
    assert (found.text, found.why) == (day, "the date is past")


def test_a_day_that_counts_from_an_answer_of_last_week_may_be_to_come() -> None:
    last_week = date(2026, 11, 18)
    assert texts("Kom zaterdag over twee weken langs.", facts(HERE), last_week) == []
    assert texts("Kom deze zaterdag langs.", facts(HERE), last_week) == ["deze zaterdag"]


def test_a_weekday_of_every_month_is_out_of_date_where_the_group_meets_on_another() -> None:
    text = "We zijn er elke tweede zaterdag van de maand."
    [found] = outdated(text, WRITTEN, facts(HERE))
    assert (found.text, found.why) == ("tweede zaterdag van de maand", "this is not the day now")
    assert texts("We zijn er elke eerste zaterdag van de maand.", facts(HERE)) == []
    assert texts(text) == [], "nobody has said when it is"


@pytest.mark.parametrize(
    "place",
    [
        "Havenstraat 12",
        "Bahnhofstraße 3a",
        "12 Harbour Lane",
        "12, rue du Port",
        "Buurthuis Het Anker",
        "Het Anker",
    ],
)
def test_a_place_that_is_not_todays_is_out_of_date(place: str) -> None:
    text = f"We zijn er in {place}."
    [found] = outdated(text, WRITTEN, facts(HERE))
    assert (found.text, found.why) == (place, "the group is elsewhere now")
    assert texts(text, facts(HERE | {"event_location": f"Zaal, {place}"})) == []
    assert texts(text) == [], "where the group is nobody has said"


@pytest.mark.parametrize(
    "place",
    ["Wijkcentrum De Brug", "De Brug", "Molenlaan 5", "halte Molenlaan", "WIJKCENTRUM De Brug (Molenlaan 5)"],
)
def test_todays_place_is_not(place: str) -> None:
    assert texts(f"We zijn er in {place}.", facts(HERE)) == []


@pytest.mark.parametrize(
    "hours", ["14:00-17:00", "14–17 Uhr", "2 to 5 pm", "14 h – 17 h", "kwart over vijf", "5 o'clock"]
)
def test_hours_that_are_not_todays_are_out_of_date(hours: str) -> None:
    [found] = outdated(f"Welkom, {hours}.", WRITTEN, facts(HERE))
    assert (found.text, found.why) == (hours, "this is not the time now")
    assert texts(f"Welkom, {hours}.", facts({"event_location": "Zaal"})) == [], "nobody has said when it is"


@pytest.mark.parametrize(
    "hours",
    ["13:00-16:30", "13–16.30 Uhr", "1 to 4.30 pm", "13 h – 16 h 30", "vanaf 13 uur", "tot half vijf", "at 1 pm"],
)
def test_todays_hours_are_not(hours: str) -> None:
    assert texts(f"Welkom, {hours}.", facts(HERE)) == []


def test_an_hour_that_is_todays_too_is_one_of_then_beside_another_place() -> None:
    then = "Het Anker, Havenstraat 12; binnenkomen kan tot half vijf."
    assert texts(then, facts(HERE)) == ["Het Anker", "Havenstraat 12", "half vijf"]
    assert texts("Molenlaan 5, tot half vijf; parkeren aan de Wiekstraat.", facts(HERE)) == ["Wiekstraat"]


def test_what_the_answers_and_the_house_say_is_a_fact_too() -> None:
    text = "Parkeren via de Wiekstraat, binnen tot 15.45 uur."
    assert texts(text, facts(HERE)) == ["Wiekstraat", "15.45 uur"]
    told = facts(HERE | {"house_facts": "nl: Inrit Wiekstraat.\nen: Last entry at 3.45 pm."})
    assert texts(text, told) == []
    assert texts(text, facts(HERE, said=[("place", "wiekstraat"), ("time", (time(15, 45), None))])) == []


def test_a_former_place_is_found_by_its_name_alone() -> None:
    known = facts(HERE, former={"event_location": ["Villa Zonneschijn, Kerkpad 2"]})
    assert texts("Wij zijn in villa zonneschijn te vinden.", known) == ["villa zonneschijn"]
    assert texts("De zon schijnt in de villa.", known) == []


def test_an_offering_that_is_gone_is_out_of_date() -> None:
    now = HERE | {"event_offerings": "Computers, Toys", "not_repaired": "nl: magnetrons\nen: Microwaves"}
    known = facts(now, former={"event_offerings": ["Bicycles, Computers and phones, Toys"]})
    found = outdated("We repair bicycles, phones, computers and toys. Bring your microwave.", WRITTEN, known)
    assert [(each.text, each.why) for each in found] == [
        (name, "this is not repaired now") for name in ("bicycles", "phones", "microwave")
    ]
    assert texts("Een magnetron is welkom.", known) == ["magnetron"]


@pytest.mark.parametrize(
    "text",
    [
        "Sorry, no microwaves.",
        "Magnetrons doen we niet.",
        "We don't do bicycles.",
        "Microphones are fine.",
        "bicyc",
    ],
)
def test_that_something_is_not_repaired_stays_true(text: str) -> None:
    now = HERE | {"event_offerings": "Toys", "not_repaired": "microwaves, magnetrons"}
    assert texts(text, facts(now, former={"event_offerings": ["Bicycles, phones"]})) == []


def test_where_the_offerings_are_not_known_today_no_former_one_is_gone() -> None:
    assert texts("We repair bicycles.", facts(HERE, former={"event_offerings": ["Bicycles"]})) == []


@pytest.mark.parametrize(
    ("answer", "marked"),
    [
        ("Fietsen repareren we graag.", ["Fietsen"]),
        ("Fahrräder reparieren wir gern.", ["Fahrräder"]),
        ("We mend bikes, toys and clocks.", ["bikes"]),
        ("Nous réparons les vélos et les jouets.", ["vélos"]),
        ("Gern! Bringen Sie das Kinderfahrrad mit, und den Kuckuckswecker.", ["Kinderfahrrad"]),
        ("Fahrräder reparieren wir nicht mehr.", []),
        (
            "Wir machen alles außer Fahrrädern. Everything except bikes! Alles behalve fietsen.",
            [],
        ),
        ("Wir sind ab 13 Uhr da; die Wanduhr können Sie mitbringen.", []),
        (
            "Mikrowellen? Ja, gern. Au four à micro-ondes aussi, un fer à repasser aussi.",
            ["Mikrowellen", "micro-ondes"],
        ),
    ],
)
def test_an_offering_that_is_gone_is_found_in_each_language(answer: str, marked: list[str]) -> None:
    now = HERE | {"event_offerings": "Speelgoed, Klokken, Elektrische apparaten", "not_repaired": "Magnetrons"}
    assert texts(answer, facts(now, former={"event_offerings": ["Fietsen, Speelgoed, Klokken"]})) == marked


@pytest.mark.parametrize("now", ["Bicycles", "nl: Fietsen\nde: Fahrräder", "nl: Tweewielers (fietsen)", "Vélos"])
@pytest.mark.parametrize("former", ["Fietsen", "nl: Fietsen, Fietsverlichting\nde: Fahrräder", "Bicycle repair"])
def test_what_is_offered_in_other_words_or_another_language_is_not_gone(former: str, now: str) -> None:
    known = facts(HERE | {"event_offerings": now}, former={"event_offerings": [former]})
    assert texts("Fietsen, Fahrräder, bicycles en vélos: graag. Bicycle repair is welcome.", known) == []


def test_a_word_that_stands_for_something_offered_too_is_not_gone() -> None:
    known = facts(HERE | {"event_offerings": "Radio's"}, former={"event_offerings": ["Klokken, Radio's"]})
    assert texts("De wekkerradio en de wekker mogen mee.", known) == ["wekker"]


def test_a_kind_in_other_words_and_what_belongs_to_it_are_not_gone() -> None:
    known = facts(
        HERE | {"event_offerings": "Elektrogeräte, Kleding"},
        former={"event_offerings": ["Electrical appliances, Toasters, Clothes"]},
    )
    assert texts("We do electrical appliances, toasters and clothes; ein Toaster ist willkommen.", known) == []


def test_what_may_be_meant_by_a_new_offering_that_no_table_knows_is_gone_in_its_own_words_only() -> None:
    known = facts(HERE | {"event_offerings": "Tweewielers"}, former={"event_offerings": ["Fietsen"]})
    assert texts("Fietsen of Fahrräder? Graag.", known) == ["Fietsen"]
    known = facts(HERE | {"event_offerings": "Stofferen"}, former={"event_offerings": ["Fietsen, Stofferen"]})
    assert texts("Fietsen of Fahrräder? Graag.", known) == ["Fietsen", "Fahrräder"]


@pytest.mark.parametrize("refused", ["Batteries of bicycles", "Batteries", "Old clocks", "Large kettles"])
def test_of_what_is_refused_in_part_the_rest_is_not_gone(refused: str) -> None:
    known = facts(HERE | {"event_offerings": "Bicycles, Clocks, Electrical", "not_repaired": refused})
    text = "Fahrräder, Akkus, eine Uhr und Wasserkocher bitte mitbringen."
    assert texts(text, known) == []


def test_what_is_refused_whole_is_gone_though_its_kind_is_offered() -> None:
    known = facts(HERE | {"event_offerings": "Electrical appliances", "not_repaired": "Kettles, Coffee machines"})
    found = ["Wasserkocher", "Kaffeemaschinen"]
    assert texts("Wasserkocher, Kaffeemaschinen und Toaster bitte mitbringen.", known) == found


def test_each_place_is_given_once_in_the_order_of_the_text() -> None:
    answer = "Am 18. Januar 2025 in Het Anker oder am 15.2.2025, 14-17 Uhr; 18. Januar war voll."
    found = outdated(answer, WRITTEN, facts(HERE, former={"event_location": ["Het Anker, Havenstraat 12"]}))
    names = ["18. Januar 2025", "Het Anker", "15.2.2025", "14-17 Uhr", "18. Januar"]
    assert [answer[each.start : each.end] for each in found] == names


@given(st.text(alphabet="0123456789./- janumrtäéûOfth,\nHet AnkerStraat-icdoßẞ¼ﬁ", max_size=300))
def test_any_text_gives_places_that_are_in_it_and_do_not_overlap(text: str) -> None:
    known = facts(
        HERE | {"not_repaired": "anker, Microwaves, Clocks"}, former={"event_location": ["Het Anker, Straat 1"]}
    )
    found = outdated(text, WRITTEN, known)
    assert all(text[each.start : each.end] == each.text for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize("piece", ["niet ", "a", "offer1", "het anker ", ". ", "\n", "14.00 "])
def test_a_long_answer_beside_many_former_values_takes_no_second(piece: str) -> None:
    former = [", ".join(f"offer{number}{place}" for number in range(40)) for place in range(200)]
    known = facts(HERE, former={"event_offerings": former, "event_location": former})
    began = process_time()
    outdated(piece * (100_000 // len(piece)), WRITTEN, known)
    assert process_time() - began < 1


# The invented mailbox: the group moved, and has other hours, since September 2025.
OLD = (
    "Het Anker",
    "Havenstraat",
    "Havenplein",
    "Singelweg",
    "14-17",
    "14–17",
    "2 to 5 pm",
    "14.00-17.00",
    "17 Uhr",
    "4.30 pm",
)
NOW = (
    "De Brug",
    "Molenlaan",
    "Wiekstraat",
    "13-16.30",
    "13–16.30",
    "13.00-16.30",
    "1 to 4.30",
    "16 h 30",
    "15.45",
    "3.45",
    "15 h 45",
)


def answers() -> list[tuple[str, date]]:
    """The group's answers to visitors, the newest first."""
    lines = (ROOT / "tests/data/mailbox/labels.jsonl").read_text().splitlines()
    rows = [row for row in map(json.loads, lines) if row["direction"] == "out" and row["is_visitor"]]
    found = [(row["new_text"], date.fromisoformat(row["date"][:10])) for row in rows]
    return sorted(found, key=lambda answer: answer[1], reverse=True)


@pytest.mark.parametrize("given", [HERE, {name: HERE[name] for name in ("event_date", "event_location")}])
def test_of_the_invented_mailbox_the_old_is_marked_and_the_new_is_not(given: dict[str, str]) -> None:
    known = facts(given, said=said(answers(), facts(given)))
    old = [
        answer for answer in answers() if answer[1] < date(2025, 7, 1) and any(name in answer[0] for name in OLD)
    ]
    assert len(old) >= 40
    for text, written in old:
        marked = [each.text for each in outdated(text, written, known)]
        named = [name for name in OLD if name in text and name != "4.30 pm"]
        assert all(any(name in each or each in name for each in marked) for name in named), text
    new = [answer for answer in answers() if answer[1] > date(2025, 9, 1)]
    assert len(new) > 70
    for text, written in new:
        wrong = [each for each in outdated(text, written, known) if each.why != "the date is past"]
        assert not [each for each in wrong if is_among(each, NOW)], text


def is_among(each: Outdated, names: tuple[str, ...]) -> bool:
    return any(name in each.text or each.text in name for name in names)
