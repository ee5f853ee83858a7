"""The configuration page as a person uses it: with htmx, without JavaScript, by keyboard."""

import re
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import PHONE, Open, screenshot, sideways, violations
from tests.browser.test_pages import LOOKS
from tests.fakes.ollama import HANGS, OllamaThread, Stream, said, written
from tests.support import Service, free_port

pytestmark = pytest.mark.browser
SCRIPTING = pytest.mark.parametrize("java_script_enabled", [True, False], ids=["with js", "without js"])


def fill(page: Page, **values: str) -> None:
    for name, text in values.items():
        page.locator(f"#{name}").fill(text)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()


@SCRIPTING
def test_fill_save_reload_see(open_page: Open, java_script_enabled: bool) -> None:
    page = open_page("/config", java_script_enabled=java_script_enabled)
    fill(page, event_date="2030-01-05", event_location="5 Mill Lane", event_offerings="Bikes, Toasters, bikes")
    save(page)
    expect(page.get_by_text("Saved: Date of the next event, Place, What can be repaired.")).to_be_visible()
    page.goto(page.url)
    expect(page.locator("#event_date")).to_have_value("2030-01-05")
    expect(page.locator("#event_location")).to_have_value("5 Mill Lane")
    expect(page.locator(".chips li")).to_have_text(["Bikes", "Toasters"])
    page.get_by_role("link", name="Dashboard").click()
    expect(page.get_by_text("Saturday, 5 January 2030")).to_be_visible()


@SCRIPTING
def test_a_mistake_is_told_at_its_field_and_nothing_is_lost(open_page: Open, java_script_enabled: bool) -> None:
    page = open_page("/config", java_script_enabled=java_script_enabled, tolerated=("status of 422",))
    fill(page, llm_endpoint="pi.local:11434", event_location="typed and not lost")
    save(page)
    wrong = page.locator("#llm_endpoint")
    expect(wrong).to_have_value("pi.local:11434")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    says = "LLM endpoint must begin with http:// or https://; write it like http://127.0.0.1:11434. Where Ollama"
    expect(wrong).to_have_accessible_description(re.compile(re.escape(says)))
    expect(page.locator("#event_location")).to_have_value("typed and not lost")
    fill(page, llm_endpoint="http://pi.local:11434")
    save(page)
    expect(page.get_by_text("Saved: Place, LLM endpoint.")).to_be_visible()


@SCRIPTING
def test_each_connection_can_be_tested(open_page: Open, java_script_enabled: bool) -> None:
    page = open_page("/config", java_script_enabled=java_script_enabled)
    fill(page, llm_endpoint=f"http://127.0.0.1:{free_port()}", event_location="not saved yet")
    for name, service, says in (
        ("Database", "db", "the schema is"),
        ("Language model", "llm", "connection refused"),
        ("Mail", "mail", "GMAIL_CLIENT_SECRET"),
    ):
        page.get_by_role("button", name=f"Test connection: {name}").click()
        expect(page.locator(f"#test-{service}")).to_contain_text(says)
        expect(page.locator("#event_location")).to_have_value("not saved yet")


@SCRIPTING
def test_a_short_answer_is_timed_and_can_be_stopped(open_page: Open, java_script_enabled: bool) -> None:
    with closing(OllamaThread()) as thread:
        page = open_page("/config", java_script_enabled=java_script_enabled)
        fill(page, llm_endpoint=thread.url, llm_model="llama3.2", event_location="not saved yet")
        thread.fake.answers["/api/chat"] = Stream([said("Yes"), HANGS])
        page.get_by_role("button", name="Time a short answer").click()
        expect(page.locator("#timing")).to_contain_text("s so far")
        expect(page.locator("[data-timing=running]")).to_be_visible()
        page.get_by_role("button", name="Stop").click()
        expect(page.locator("[data-timing=stopped]")).to_be_visible()
        thread.fake.answers["/api/chat"] = written("Yes", ", we do")
        page.get_by_role("button", name="Time a short answer").click()
        expect(page.locator("[data-timing=running], [data-timing=done]")).to_be_visible()
        while not java_script_enabled and page.locator("[data-timing=running]").count():
            page.get_by_role("button", name="See how far it is").click()
            expect(page.locator("[data-timing=running], [data-timing=done]")).to_be_visible()
        expect(page.locator("#timing")).to_contain_text("A typical draft will take about")
        expect(page.locator("#event_location")).to_have_value("not saved yet")
        if java_script_enabled:  # axe is JavaScript
            assert violations(page) == []


def test_the_button_is_busy_while_a_test_runs_and_a_second_press_starts_no_other(
    open_page: Open, service: Service
) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:  # accepts, and never answers
        page = open_page("/config")
        fill(page, llm_endpoint=f"http://127.0.0.1:{silent.getsockname()[1]}")
        button = page.get_by_role("button", name="Test connection: Language model")
        button.focus()
        page.keyboard.press("Enter")
        expect(button).to_be_disabled()
        page.evaluate("document.querySelector('[formaction$=llm]').click()")
        page.keyboard.press("Enter")
        expect(page.locator("#test-llm")).to_contain_text("timed out after 4.5 s")
        expect(button).to_be_enabled()
        expect(button).to_be_focused()
    assert len(service.events("connection_test_begun")) == 1


def test_the_keyboard_alone_saves(open_page: Open) -> None:
    page = open_page("/config")
    page.locator("#event_location").focus()
    page.keyboard.type("typed by hand")
    page.keyboard.press("Enter")  # saves; it must not press the first button it finds
    expect(page.get_by_text("Saved: Place.")).to_be_visible()
    expect(page.locator("#event_location")).to_have_value("typed by hand")


def test_two_people_at_once_are_told_of_each_other(open_page: Open) -> None:
    mine = open_page("/config", tolerated=("status of 409",))
    theirs = open_page("/config")
    fill(theirs, event_location="theirs")
    save(theirs)
    fill(mine, event_location="mine")
    save(mine)
    expect(mine.locator("#event_location-problem")).to_contain_text("it is “theirs” now")
    expect(mine.locator("#event_location")).to_have_value("mine")
    save(mine)
    expect(mine.get_by_text("Saved: Place.")).to_be_visible()


@pytest.mark.parametrize(("look", "options"), LOOKS, ids=[name for name, _ in LOOKS])
def test_it_is_accessible_and_fits_with_and_without_errors(
    open_page: Open, look: str, options: dict[str, Any]
) -> None:
    page = open_page("/config", tolerated=("status of 422",), **options)
    fill(page, event_offerings="Electrical, Textiles, Bicycles, " + "W" * 60, event_date="2020-01-05")
    save(page)
    expect(page.get_by_text("This day is in the past")).to_be_visible()
    page.get_by_role("button", name="Test connection: Mail").click()
    expect(page.locator("#test-mail")).to_contain_text("not set")
    assert violations(page) == []
    assert sideways(page) == 0
    screenshot(page, f"config-{look}")
    fill(page, llm_endpoint="nowhere", event_location="x" * 2100)
    save(page)
    expect(page.locator(".problem")).to_have_count(2)
    assert violations(page) == []
    assert sideways(page) == 0
    screenshot(page, f"config-errors-{look}")


@SCRIPTING
def test_a_refused_save_leads_to_the_field(open_page: Open, java_script_enabled: bool) -> None:
    page = open_page("/config", java_script_enabled=java_script_enabled, tolerated=("status of 422",))
    fill(page, llm_endpoint="nowhere", event_location="x" * 2100)
    save(page)
    expect(page.get_by_role("alert").first).to_have_text(
        "Nothing was saved. Please look at the marked fields: Place, LLM endpoint."
    )
    page.get_by_role("alert").get_by_role("link", name="LLM endpoint").click()
    expect(page.locator("#llm_endpoint")).to_be_in_viewport()


def test_without_javascript_the_outcome_of_a_connection_test_is_in_sight_and_its_address_can_be_opened_anew(
    open_page: Open,
) -> None:
    page = open_page("/config", java_script_enabled=False, viewport=PHONE)
    page.get_by_role("button", name="Test connection: Database").click()
    expect(page.locator("#test-db")).to_contain_text("PostgreSQL")
    expect(page.locator("#test-db")).to_be_in_viewport()
    response = page.reload()  # the browser asks for the address of the result with GET where it may not post again
    again = page.request.get(page.url.partition("#")[0], headers={"Accept": "text/html"})
    assert response is not None
    assert (response.status, again.status) == (200, 200)
    assert "<h1>Configuration</h1>" in again.text()


def test_what_is_not_saved_is_not_dropped_without_a_word(open_page: Open) -> None:
    page = open_page("/config")
    page.get_by_role("link", name="Dashboard").click()  # nothing is typed: nothing is asked
    page.get_by_role("link", name="Config", exact=True).click()
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.locator("#event_location").press_sequentially("5 Mill")
    page.get_by_role("link", name="Dashboard").click()
    expect(page.locator("#event_location")).to_have_value("5 Mill")
    assert asked == ["beforeunload"]
    save(page)
    expect(page.get_by_text("Saved: Place.")).to_be_visible()
    page.get_by_role("link", name="Dashboard").click()
    expect(page.get_by_text("5 Mill")).to_be_visible()
    assert len(asked) == 1
