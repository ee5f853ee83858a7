"""Settings of several parts: hours, days, languages, lines that are in a language; and what they were before."""

from datetime import date, time

import pytest

from rcmail.db.pool import Database
from rcmail.settings.keys import clean
from rcmail.settings.store import Settings, SettingsStore
from rcmail.validation import MAX_LENGTH


@pytest.fixture
def store(database: Database) -> SettingsStore:
    return SettingsStore(database)


def settings(**values: str) -> Settings:
    cleaned = {name: clean(name, text) or "" for name, text in values.items()}
    return Settings(cleaned, {name: text for name, text in cleaned.items() if text})


@pytest.mark.parametrize(
    ("typed", "stored", "meant"),
    [
        ("13:00–16:30", "13:00–16:30", (time(13), time(16, 30))),
        ("13:00-16:30", "13:00-16:30", (time(13), time(16, 30))),
        (" 9.00 — 12.30 ", "09:00-12:30", (time(9), time(12, 30))),
        ("13:00", "13:00", (time(13), None)),
    ],
)
def test_hours_are_from_and_to_or_only_from(typed: str, stored: str, meant: object) -> None:
    assert clean("event_time", typed) == stored
    assert settings(event_time=typed).event_time == meant


@pytest.mark.parametrize(
    "typed",
    ["13", "1 to 4", "16:30–13:00", "13:00–13:00", "24:00", "13:60", "13:00–", "13:00–14:00–15:00", "٣:٠٠"],
)
def test_other_hours_are_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match="13:00–16:30"):
        clean("event_time", typed)


def test_further_days_are_in_their_order_and_each_once() -> None:
    assert clean("event_further_dates", "2027-02-13,2027-01-16, 2027-02-13,") == "2027-01-16, 2027-02-13"
    for typed in ("2027-02-30", "soon", "2027-01-16 2027-02-13", "2027-01-16\n2027-02-13"):
        with pytest.raises(ValueError, match=r"is not a date|single line"):
            clean("event_further_dates", typed)


def test_when_a_day_is_past_the_next_further_one_takes_over() -> None:
    known = settings(event_date="2026-12-05", event_further_dates="2027-02-13, 2027-01-16")
    assert known.next_event(date(2026, 12, 5)) == date(2026, 12, 5)
    assert known.next_event(date(2026, 12, 6)) == date(2027, 1, 16)
    assert known.next_event(date(2027, 1, 17)) == date(2027, 2, 13)
    assert known.next_event(date(2027, 2, 14)) is None
    assert settings().next_event(date(2026, 12, 6)) is None
    early = settings(event_date="2026-12-05", event_further_dates="2026-11-01")
    assert early.next_event(date(2026, 10, 1)) == date(2026, 11, 1), "the first that comes"


def test_languages_are_known_ones_in_the_groups_order() -> None:
    assert clean("languages", "DE,nl , de") == "de, nl"
    assert settings(languages="de, nl").languages == ["de", "nl"]
    assert settings().languages == ["nl", "de", "en", "fr"]
    with pytest.raises(ValueError, match="none of nl, de, en, fr"):
        clean("languages", "nl, es")


def test_yes_and_no() -> None:
    assert clean("drafts_by_themselves", " No ") == "no"
    assert [settings(drafts_by_themselves=text).drafts_by_themselves for text in ("yes", "no", "")] == [
        True,
        False,
        True,
    ]
    with pytest.raises(ValueError, match="must be yes or no"):
        clean("drafts_by_themselves", "perhaps")


def test_a_setting_may_be_written_in_each_language() -> None:
    known = settings(event_offerings="NL:Fietsen,Kleding\nde: Fahrräder, Textil", not_repaired="Magnetrons")
    assert known.get("event_offerings") == "nl: Fietsen, Kleding\nde: Fahrräder, Textil"
    assert known.items("event_offerings", "nl") == ["Fietsen", "Kleding"]
    assert known.items("event_offerings", "de") == ["Fahrräder", "Textil"]
    assert known.items("event_offerings", "en") == []
    assert known.items("not_repaired", "en") == ["Magnetrons"], "of no language that is said"
    assert known.event_offerings == ["Fietsen", "Kleding", "Fahrräder", "Textil"]


def test_lines_may_be_of_a_language_or_of_all() -> None:
    known = settings(house_facts="nl: Gratis parkeren.\r\n  WLAN: gast \r\nen: Free parking.\r\nfr:")
    assert known.get("house_facts") == "nl: Gratis parkeren.\nWLAN: gast\nen: Free parking."
    assert known.text("house_facts", "nl") == "Gratis parkeren.\nWLAN: gast"
    assert known.text("house_facts", "de") == "WLAN: gast"
    assert known.house_facts == ["Gratis parkeren.", "WLAN: gast", "Free parking."]
    assert settings(reply_signature="Groet,\n\nhet team").text("reply_signature", "nl") == "Groet,\n\nhet team"


@pytest.mark.parametrize("typed", ["a\nb", "nl: a\nb", "nl: a\nnl: b"])
@pytest.mark.parametrize("name", ["event_location", "event_offerings", "not_repaired"])
def test_lines_without_a_language_are_refused_where_one_line_is_wanted(name: str, typed: str) -> None:
    with pytest.raises(ValueError, match="single line, or one line for each language"):
        clean(name, typed)


@pytest.mark.parametrize(
    "name", ["event_location", "event_offerings", "not_repaired", "house_facts", "reply_signature"]
)
@pytest.mark.parametrize(
    "typed",
    [
        "nl:",
        "nl: \nde: a",
        "\u200b, nl: a",
        "nl: nl: a",
        "nl:, de: a",
        " , \n nl:a ,b",
        "nl: a, nl: b",
        "de:\u0301x",
    ],
)
def test_what_a_mark_leaves_behind_is_itself_valid(name: str, typed: str) -> None:
    try:
        cleaned = clean(name, typed)
    except ValueError:
        return
    assert cleaned is None or clean(name, cleaned) == cleaned


def test_lines_that_grow_beyond_the_limit_are_refused() -> None:
    with pytest.raises(ValueError, match="with a space after each colon"):
        clean("house_facts", "nl:a\n" * (MAX_LENGTH // 5))


async def kept(database: Database) -> list[tuple[str, str]]:
    rows = await database.fetch("SELECT key, value FROM former_settings ORDER BY until, key")
    return [(row.key, row.value) for row in rows]


async def test_what_a_setting_was_before_is_remembered(store: SettingsStore, database: Database) -> None:
    await store.save(
        {"event_location": "Het Anker, Havenstraat 12", "event_time": "14:00-17:00", "llm_model": "a"}
    )
    assert await kept(database) == []
    await store.save({"event_location": "De Brug, Molenlaan 5", "event_time": "14:00-17:00", "llm_model": "b"})
    await store.save({"event_location": None, "event_time": "13:00-16:30"})
    assert await kept(database) == [
        ("event_location", "Het Anker, Havenstraat 12"),
        ("event_location", "De Brug, Molenlaan 5"),
        ("event_time", "14:00-17:00"),
    ]


async def test_a_value_that_was_there_twice_is_remembered_once(store: SettingsStore, database: Database) -> None:
    for place in ("a", "b", "a", "b", "x" * MAX_LENGTH, "c"):
        await store.save({"event_location": place})
    assert [value for _, value in await kept(database)] == ["a", "b", "x" * MAX_LENGTH]


async def test_a_save_that_is_refused_remembers_nothing(store: SettingsStore, database: Database) -> None:
    await store.save({"event_location": "a"})

    async def fail(*_: object) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await SettingsStore(database, fail).save({"event_location": "b"})
    assert await kept(database) == []
    assert (await store.read()).get("event_location") == "a"


async def test_an_installation_of_before_keeps_its_settings(store: SettingsStore, database: Database) -> None:
    await database.execute(
        "INSERT INTO settings (key, value) VALUES ('event_date', '2026-12-05'), ('event_location', '5 Mill Lane'),"
        " ('event_offerings', 'Bikes, Toasters'), ('waiting_days', '30'), ('llm_model', 'm')"
    )
    read = await store.read()
    assert read.invalid == {}
    assert (read.event_location, read.event_offerings, read.waiting_days) == (
        ["5 Mill Lane"],
        ["Bikes", "Toasters"],
        30,
    )
