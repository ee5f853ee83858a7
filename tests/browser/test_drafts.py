"""The reply column in a real Chromium: drafts that come by themselves, save themselves, and are approved."""

import asyncio
import re
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from playwright.sync_api import Page, expect

from rcmail.clock import today
from rcmail.config import PostgresConfig
from rcmail.db.pool import Database
from tests.answers.room import compare
from tests.browser.conftest import PHONE, Open, screenshot, sideways, violations
from tests.browser.test_mail import bring_in, row
from tests.browser.test_pages import LOOKS
from tests.drafting.kept import Room
from tests.mail.letters import GROUP, recent
from tests.support import Service, service_environment, serving

pytestmark = pytest.mark.browser
ANNA, DORA = "Anna <anna@example.com>", "Dora Vis <dora@example.com>"
QUESTION = "Hallo,\n\nMijn broodrooster kraakt. Kan ik daarmee komen?\n\nGroeten,\nDora Vis"
LETTERS = [
    recent(
        90,
        sender=ANNA,
        Message_ID="<1@x>",
        subject="broodrooster",
        text="Onze broodrooster kraakt. Mag ik daarmee komen?",
    ),
    recent(
        89,
        sender=GROUP,
        to=ANNA,
        subject="Re: broodrooster",
        text="Beste Anna,\n\nJa hoor, neem de broodrooster maar mee. U bent welkom op zaterdag 12 september."
        "\n\nGroet,\nGerrit",
        In_Reply_To="<1@x>",
    ),
    recent(1, sender=DORA, subject="krakende broodrooster", text=QUESTION, Message_ID="<9@x>"),
]
FACTS = {"event_time": "13:00-16:30", "event_location": "Wijkcentrum De Brug, Molenlaan 5"}
Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture
def ask(database_config: PostgresConfig) -> Iterator[Ask]:
    """Asks the database."""
    connection = psycopg2.connect(
        host=database_config.host, port=database_config.port, user="rcmail", dbname=database_config.database
    )
    connection.autocommit = True

    def run(sql: str, *values: object) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall() if cursor.description else []

    yield run
    connection.close()


@pytest.fixture
def worker(database_config: PostgresConfig, tmp_path: Path) -> Iterator[Service]:
    folder = tmp_path / "work"
    folder.mkdir()
    with serving(folder, service_environment(database_config), ("work",), wait=0) as running:
        yield running


@pytest.fixture
def mail(database_config: PostgresConfig, folder: Path, ask: Ask) -> None:
    for name, value in {**FACTS, "event_date": (today() + timedelta(days=14)).isoformat()}.items():
        ask("INSERT INTO settings (key, value) VALUES (%s, %s)", name, value)
    bring_in(database_config, folder, *LETTERS)


Make = Callable[[], None]


@pytest.fixture
def make(database_config: PostgresConfig, tmp_path: Path) -> Make:
    """Does what the worker has to do, in this process: the worker takes seconds to come up."""

    async def work() -> None:
        database = Database(database_config)
        room = Room(database, tmp_path)
        await compare(database, room.helper)
        await room.make_asked()
        await room.make_all()
        await database.close()

    def run() -> None:  # Playwright has a loop in this thread
        thread = threading.Thread(target=asyncio.run, args=(work(),))
        thread.start()
        thread.join()

    return run


@pytest.fixture
def drafted(mail: None, make: Make) -> None:
    make()


@pytest.fixture
def page(open_page: Open, drafted: None) -> Page:
    """The conversation with its draft."""
    page = open_page("/mail", tolerated=("status of 409",))
    row(page, "krakende").click()
    expect(text_of(page)).to_have_value(re.compile("broodrooster"))
    expect(page.locator("#open-title")).to_be_focused()  # what was swapped in has settled, and knows the keys
    return page


def text_of(page: Page) -> Any:
    return page.locator("textarea#draft-text")


def stored(ask: Ask) -> tuple[str, str]:
    [(text, state)] = ask("SELECT text, state FROM drafts")
    return text, state


def until_stored(page: Page, ask: Ask, text: str) -> None:
    for _ in range(400):
        if stored(ask)[0] == text:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"stored is {stored(ask)}")


def other(page: Page) -> Page:
    """The same page once more, in another window of the same browser."""
    second = page.context.new_page()
    second.goto(page.url)
    return second


def test_a_draft_appears_by_itself_and_its_sources_stand_beside_it(
    open_page: Open, worker: Service, mail: None, ask: Ask
) -> None:
    page = open_page("/mail")
    row(page, "krakende").click()
    expect(text_of(page)).to_have_value(re.compile("broodrooster"), timeout=40_000)
    expect(page.locator(".similar .used")).to_have_text("In the draft")
    expect(page.locator(".similar")).to_contain_text("Beste Anna")
    assert "Anna" not in text_of(page).input_value()
    expect(row(page, "krakende")).to_contain_text("draft ready")
    assert violations(page) == []
    assert stored(ask)[1] == "ready"


def test_what_is_typed_saves_itself_and_the_text_is_never_swapped(page: Page, ask: Ask) -> None:
    text_of(page).evaluate("area => { area.mark = true }")
    text_of(page).fill("Beste Dora,")
    text_of(page).press("End")
    for part in ("\n\nkom", " gerust", " langs."):
        text_of(page).press_sequentially(part, delay=30)
        page.wait_for_timeout(900)
    until_stored(page, ask, "Beste Dora,\n\nkom gerust langs.")
    expect(page.locator("#draft-news .saved")).to_contain_text("Saved")
    assert text_of(page).evaluate("area => area.mark === true")
    expect(text_of(page)).to_be_focused()


def test_leaving_at_once_loses_no_letter(page: Page, ask: Ask) -> None:
    text_of(page).fill("Net getypt, en weg.")
    page.get_by_role("link", name="All", exact=True).click()
    until_stored(page, ask, "Net getypt, en weg.")
    page.get_by_role("link", name="Waiting", exact=True).click()
    row(page, "krakende").click()
    text_of(page).fill("Nog een keer.")
    row(page, "krakende").click()
    expect(text_of(page)).to_have_value("Nog een keer.")
    until_stored(page, ask, "Nog een keer.")


def test_two_on_one_draft_see_both_texts_and_nothing_is_lost(page: Page, ask: Ask) -> None:
    second = other(page)
    text_of(page).fill("Van de eerste.")
    until_stored(page, ask, "Van de eerste.")
    text_of(second).fill("Van de tweede.")
    expect(second.locator("#draft-news [role=alert]")).to_contain_text("omebody else has changed this draft")
    expect(second.locator("#their-text")).to_have_text("Van de eerste.")
    assert text_of(second).input_value() == "Van de tweede."
    assert violations(second) == []
    screenshot(second, "draft-conflict")
    text_of(second).press_sequentially(" Nog meer.")
    second.wait_for_timeout(1500)
    assert stored(ask)[0] == "Van de eerste."
    second.locator("#keep-mine").click()
    expect(second.locator("#said")).to_contain_text("saved")
    assert stored(ask)[0] == "Van de tweede. Nog meer."
    text_of(page).fill("Van de eerste, weer.")
    expect(page.locator("#their-text")).to_have_text("Van de tweede. Nog meer.")
    page.locator("#take-theirs").click()
    expect(text_of(page)).to_have_value("Van de tweede. Nog meer.")
    assert "Van de eerste." in [text for (text,) in ask("SELECT text FROM draft_versions")]


def test_by_keyboard_alone_it_is_edited_approved_and_taken_back(page: Page, ask: Ask) -> None:
    page.locator("#open-title").focus()
    page.keyboard.press("e")
    expect(text_of(page)).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Beste Dora, ea jk?")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_contain_text("Approved")
    assert stored(ask) == ("Beste Dora, ea jk?", "approved")
    expect(row(page, "krakende")).to_contain_text("approved")
    assert violations(page) == []
    page.get_by_role("button", name="Undo").press("Enter")
    expect(text_of(page)).to_have_value("Beste Dora, ea jk?")
    assert stored(ask)[1] == "ready"
    page.keyboard.press("a")
    expect(page.locator("#said")).to_contain_text("Approved")
    page.keyboard.press("e")
    expect(text_of(page)).to_be_visible()
    assert stored(ask)[1] == "ready"


def test_a_gap_is_not_approved_and_shown_at_its_place(page: Page, ask: Ask) -> None:
    text_of(page).fill("Beste Dora,\n\n[Wat kost een zekering?]\n\nGroet")
    expect(page.locator(".warnings")).to_contain_text("Line 3")
    page.locator(".to-place").first.click()
    chosen = text_of(page).evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)")
    assert chosen == "[Wat kost een zekering?]"
    page.keyboard.press("Control+Enter")
    expect(page.locator("#draft-news [role=alert]")).to_contain_text("Not approved")
    assert stored(ask)[1] == "ready"
    assert violations(page) == []
    screenshot(page, "draft-gap")


def test_a_mail_and_other_facts_while_it_is_edited_mark_it_and_lose_no_edit(
    page: Page, ask: Ask, database_config: PostgresConfig, folder: Path
) -> None:
    text_of(page).fill("Mijn tekst blijft.")
    until_stored(page, ask, "Mijn tekst blijft.")
    bring_in(
        database_config,
        folder,
        recent(0.1, sender=DORA, subject="Re: krakende broodrooster", text="En mijn fiets?", In_Reply_To="<9@x>"),
    )
    text_of(page).press_sequentially(" En verder.")
    expect(page.locator("#draft-news")).to_contain_text("a newer mail has come", timeout=40_000)
    until_stored(page, ask, "Mijn tekst blijft. En verder.")
    assert violations(page) == []
    page.locator("#approve").click()
    expect(page.locator("#said")).to_contain_text("Approved")
    ask("UPDATE settings SET value = 'Kerkstraat 1' WHERE key = 'event_location'")
    page.reload()
    expect(page.locator("#draft")).to_contain_text("will not be written into the mailbox")
    assert violations(page) == []
    screenshot(page, "draft-stale")


def test_again_with_a_hint_from_a_past_answer_and_back(page: Page, make: Make, ask: Ask) -> None:
    text_of(page).fill("Mijn eigen tekst.")
    until_stored(page, ask, "Mijn eigen tekst.")
    page.get_by_text("Make it again", exact=True).first.click()
    page.locator("#hint").fill("the bike man is ill")
    page.get_by_role("button", name="Make it again").click()
    expect(page.locator("#draft")).to_contain_text("is being made")
    assert violations(page) == []
    make()
    expect(text_of(page)).to_have_value(re.compile("broodrooster"))
    assert ask("SELECT hint FROM drafts") == [("the bike man is ill",)]
    page.get_by_role("button", name="Start from this answer").first.click()
    expect(text_of(page)).to_have_value(re.compile("^Beste Anna"))
    expect(page.locator(".warnings")).to_contain_text("12 september")
    page.get_by_text(re.compile("^Earlier texts")).click()
    assert violations(page) == []
    page.locator(".versions li", has_text="Mijn eigen tekst.").get_by_role("button").click()
    expect(text_of(page)).to_have_value("Mijn eigen tekst.")
    page.get_by_role("button", name="Throw away").click()
    expect(page.locator("#draft")).to_contain_text("was thrown away")
    page.get_by_role("button", name="Take it back").click()
    expect(text_of(page)).to_have_value("Mijn eigen tekst.")


def test_without_javascript_it_is_edited_saved_refused_and_approved(
    open_page: Open, drafted: None, ask: Ask
) -> None:
    [(number,)] = ask("SELECT conversation FROM drafts")
    plain = open_page(
        f"/mail/{number}?show=reply", viewport=PHONE, java_script_enabled=False, tolerated=("status of 409",)
    )
    old = open_page(
        f"/mail/{number}?show=reply", viewport=PHONE, java_script_enabled=False, tolerated=("status of 409",)
    )
    text_of(plain).fill("Zonder script.")
    plain.get_by_role("button", name="Save", exact=True).click()
    expect(plain.locator("#said")).to_contain_text("The draft is saved")
    assert stored(ask) == ("Zonder script.", "ready")
    text_of(old).fill("Te laat.")
    old.get_by_role("button", name="Approve").click()
    expect(old.locator("#their-text")).to_have_text("Zonder script.")
    expect(text_of(old)).to_have_value("Te laat.")
    plain.get_by_role("button", name="Approve").click()
    expect(plain.locator("#said")).to_contain_text("Approved")
    assert stored(ask) == ("Zonder script.", "approved")
    plain.get_by_role("button", name="Undo").click()
    expect(text_of(plain)).to_have_value("Zonder script.")


@pytest.mark.parametrize(("look", "options"), LOOKS, ids=[name for name, _ in LOOKS])
def test_every_state_is_accessible_on_phone_and_desktop_light_and_dark(
    open_page: Open, drafted: None, ask: Ask, look: str, options: dict[str, Any]
) -> None:
    [(number,)] = ask("SELECT conversation FROM drafts")
    ask("UPDATE drafts SET warnings = %s", '[{"kind": "date", "sentence": "Look.", "start": 0, "end": 5}]')
    here = open_page(f"/mail/{number}?show=reply", **options)
    for state in ("ready", "approved", "discarded", "failed", "pushed", "sent", "queued"):
        ask("UPDATE drafts SET state = %s", state)
        if state == "failed":
            ask("UPDATE drafts SET text = ''")
        here.reload()
        assert violations(here) == [], state
        assert sideways(here) == 0, state
        if state in ("ready", "approved"):
            screenshot(here, f"draft-{state}-{look}")
