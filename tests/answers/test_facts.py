"""Today's facts: of the settings, of what they were, and of the group's answers."""

import pickle
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from rcmail.answers import facts, said
from rcmail.answers.facts import Fact, Facts
from rcmail.db.pool import Database
from rcmail.mail.mentions import Mention, mentions
from rcmail.settings.store import Settings, SettingsStore
from tests.answers.helpers import HereHelper
from tests.answers.room import asked, compare, keep

TODAY = date(2026, 11, 22)
PLACE = "Wijkcentrum De Brug, Molenlaan 5"
ENTRY: Fact = ("time", (time(15, 45), None))


def known(**values: str) -> Facts:
    return Facts(TODAY, Settings(values, values))


def only(text: str) -> Mention:
    [found] = mentions(text, TODAY)
    return found


def test_they_reach_another_process_also_when_they_were_asked_before() -> None:
    values = {"event_offerings": "Bicycles", "not_repaired": "Microwaves"}
    today = Facts(TODAY, Settings(values, values), former={"event_offerings": ["Clocks, Bicycles"]})
    assert today.gone_offerings
    there = pickle.loads(pickle.dumps(today))  # noqa: S301 - our own
    assert there == today
    assert there.gone_offerings.words.subjects("Staande klok") == {"clock"}


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("5 december", True), ("16 januari 2027", True), ("12 december", False), ("7 november", False),
        ("zaterdag", True), ("zondag", False), ("13.00-16.30 uur", True), ("om 13 uur", True),
        ("14.00-17.00 uur", False),
        ("15.45 uur", True), ("om 12 uur", False), ("Molenlaan 5", True), ("Molenlaan 7", False), ("De Brug",
        True),
        ("Wiekstraat", True), ("Havenstraat 12", False),
    ],
)  # fmt: skip
def test_what_is_a_fact(text: str, is_one: bool) -> None:
    today = known(
        event_date="2026-11-07", event_further_dates="2026-12-05, 2027-01-16", event_location=PLACE,
        event_time="13:00–16:30", house_facts="nl: Binnen tot 15.45 uur, inrit Wiekstraat.",
    )  # fmt: skip
    assert today.holds(only(text)) is is_one


def test_what_names_no_language_is_of_the_one_that_it_is_written_in() -> None:
    today = known(
        event_location=PLACE,
        house_facts="You can park behind the building.\nnl: Parkeren kan achter het gebouw.\nWLAN",
    )
    assert today.text("house_facts", "nl") == "Parkeren kan achter het gebouw.\nWLAN"
    assert today.text("house_facts", "en") == "You can park behind the building.\nWLAN"
    assert today.text("event_location", "fr") == PLACE


def answers(*texts: str) -> list[tuple[str, date]]:
    """The newest first, a week between them."""
    return [(text, TODAY - timedelta(weeks=number)) for number, text in enumerate(texts)]


def test_what_was_said_twice_since_the_group_is_here_is_a_fact() -> None:
    here, there = "Molenlaan 5, binnen tot 15.45 uur.", "Havenstraat 12, binnen tot 16.30 uur."
    found = said.said(answers(here, "Tot 15.45 uur!", here, there, there, there), known(event_location=PLACE))
    assert ENTRY in found
    assert ("time", (time(16, 30), None)) not in found
    assert ("place", "havenstraat 12") not in found
    assert ENTRY not in said.said(answers(here, there, there), known(event_location=PLACE)), "said once"
    assert said.said(answers(there, there), known(event_location=PLACE)) == set()


def test_what_was_told_of_the_old_place_while_the_group_moved_is_of_then() -> None:
    moving = "Vanaf september Molenlaan 5, nu nog Havenstraat 12, 14-17 uur."
    there = "Havenstraat 12, 14-17 uur."
    assert said.said(answers("Molenlaan 5.", moving, moving, there, there), known(event_location=PLACE)) == {
        ("place", "molenlaan 5")
    }
    today = Facts(
        TODAY, Settings({}, {"event_location": PLACE}), former={"event_location": ["Het Anker, Havenstraat 12"]}
    )
    found = said.said(answers("Molenlaan 5.", moving, moving), today)
    assert found == set(), "a former place is never one of today"


def test_hours_that_the_settings_had_before_are_of_then() -> None:
    today = Facts(
        TODAY,
        Settings({}, {"event_location": PLACE, "event_time": "13:00-16:30"}),
        former={"event_time": ["14:00-17:00"]},
    )
    found = said.said(answers(*["Molenlaan 5, 14-17 uur, tot 17 uur."] * 3), today)
    assert found == {("place", "molenlaan 5")}


async def test_they_are_read_with_what_the_settings_were(database: Database) -> None:
    store = SettingsStore(database)
    for place in ("a", "b", "a", "c"):
        await store.save({"event_location": place})
    await store.save({"event_time": "13:00"})
    found = await facts.read(database, TODAY)
    assert (found.today, found.settings.event_location, found.said) == (TODAY, ["c"], ())
    assert found.former == {"event_location": ["a", "b"]}
    await store.save({"event_location": "a"})
    assert (await facts.read(database, TODAY, store)).former == {"event_location": ["c", "b"]}


async def test_the_worker_keeps_what_the_answers_say(database: Database, tmp_path: Path, here: HereHelper) -> None:
    store = SettingsStore(database)
    await store.save({"event_location": PLACE})
    await keep(
        database,
        tmp_path,
        asked("Tot hoe laat?", "Tot 15.45 uur, Molenlaan 5.", day=1),
        asked("Tot hoe laat kan ik komen?", "Binnen kan tot kwart voor vier.", day=5),
        asked("Ook later?", "Nee, tot half vijf.", day=9),
    )
    await compare(database, here)
    found = await facts.read(database, TODAY)
    assert set(found.said) == {ENTRY}
    await store.save({"event_location": "Villa Nova, Kerkpad 1"})
    assert (await facts.read(database, TODAY)).said == (), "the answers speak of another place"
    await compare(database, here)
    assert (await facts.read(database, TODAY)).said == frozenset()
    await store.save({"event_location": None})
    await compare(database, here)
    assert await database.fetch("SELECT 1 FROM said_facts") == []
