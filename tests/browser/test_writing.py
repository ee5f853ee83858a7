"""A language model that writes, as it is seen in a real Chromium."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Open, screenshot, sideways, violations
from tests.browser.test_drafts import Ask, ask, drafted, mail, make, text_of
from tests.browser.test_mail import row

pytestmark = pytest.mark.browser
_ = (ask, drafted, mail, make)  # fixtures

BEGIN = "UPDATE drafts SET state = 'writing', to_write = 'now', so_far = %s"


def test_it_is_seen_as_it_comes_and_stopped_by_keyboard(open_page: Open, drafted: None, ask: Ask) -> None:
    ask(BEGIN, "")
    page = open_page("/mail")
    row(page, "krakende").click()
    expect(page.locator("#draft-so-far")).to_contain_text("is reading the letter")
    expect(page.locator("#open-title")).to_be_focused()  # what was swapped in takes the focus once
    stop = page.locator("#stop-writing")
    stop.focus()
    ask(BEGIN, "Beste Dora,\n\nJa")
    expect(page.locator("#so-far")).to_have_text("Beste Dora,\n\nJa")
    ask(BEGIN, "Beste Dora,\n\nJa hoor")
    expect(page.locator("#so-far")).to_have_text("Beste Dora,\n\nJa hoor")
    expect(stop).to_be_focused()
    expect(page.locator("#without")).to_contain_text("broodrooster")
    page.keyboard.press("Enter")
    expect(text_of(page)).to_be_visible()
    assert ask("SELECT state, to_write, so_far FROM drafts") == [("ready", "", "")]


def test_it_fits_on_a_phone(open_page: Open, drafted: None, ask: Ask) -> None:
    ask(BEGIN, "Beste Dora,\n\n" + "Ja" * 400)
    page = open_page("/mail", viewport=PHONE)
    row(page, "krakende").click()
    page.get_by_role("link", name="Reply and decide").first.click()
    expect(page.locator("#so-far")).to_be_visible()
    assert sideways(page) == 0
    assert violations(page) == []
    screenshot(page, "draft-writing")


def test_what_it_has_written_comes_by_itself_and_can_be_compared(open_page: Open, drafted: None, ask: Ask) -> None:
    ask(BEGIN, "Beste Dora, ja")
    page = open_page("/mail")
    row(page, "krakende").click()
    expect(page.locator("#so-far")).to_be_visible()
    ask(
        "INSERT INTO draft_versions (draft, text, made_by, ended) SELECT id, text, 'rcmail', 'written' FROM drafts"
    )
    ask(
        "UPDATE drafts SET state = 'ready', to_write = '', so_far = '', text = 'Kom langs.', origin = 'model',"
        " model = 'gemma', seconds = 48, revision = revision + 1, changed_in = revision + 1"
    )
    expect(text_of(page)).to_have_value("Kom langs.")
    expect(page.locator("#draft-news")).to_contain_text("by the language model gemma in 48 s")
    page.get_by_text("Compare with the draft without the language model").click()
    expect(page.locator(".versions .mail-text").first).to_contain_text("broodrooster")
    assert violations(page) == []
    screenshot(page, "draft-written")
