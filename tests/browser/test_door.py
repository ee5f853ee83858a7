"""The door in a real browser: the first visit, staying signed in, signing out, with and without JavaScript."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from rcmail.config import PostgresConfig
from tests.browser.conftest import PHONE, Open, screenshot, sideways, violations
from tests.browser.test_pages import LOOKS
from tests.support import Service, service_environment, serving

pytestmark = pytest.mark.browser
PASSWORD = "three friendly toasters"
REFUSED = ("status of 401", "status of 422", "status of 429")


@pytest.fixture
def service(database_config: PostgresConfig, folder: Path) -> Iterator[Service]:
    """A service that asks for the password; none is set yet."""
    with serving(folder, service_environment(database_config, PASSWORD_REQUIRED="true")) as running:
        yield running


@pytest.fixture
def shut(service: Service) -> Service:
    """The same with a password."""
    service.come_in(PASSWORD)
    return service


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("The password of this house").fill(password)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}, {"viewport": PHONE}], ids=str)
def test_the_first_visit_sets_the_password_and_comes_in(
    open_page: Open, service: Service, options: dict[str, Any]
) -> None:
    page = open_page("/config", tolerated=REFUSED, **options)
    expect(page.get_by_role("heading", level=1)).to_have_text("Set a password")
    [told] = service.events("password_not_set")
    for code, again in (("WRONG", PASSWORD), (told["code"], "another one")):
        page.get_by_label("The code from the log").fill(code)
        page.get_by_label("The new password").fill(PASSWORD)
        page.get_by_label("The same once more").fill(again)
        page.get_by_role("button", name="Set the password").click()
        expect(page.get_by_label("The same once more")).to_have_value("")  # the next page is there
        expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("The code from the log").fill(told["code"].lower())
    page.get_by_label("The new password").fill(PASSWORD)
    page.get_by_label("The same once more").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    expect(page).to_have_url(re.compile("/config$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Configuration")


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}, {"viewport": PHONE}], ids=str)
def test_one_signs_in_and_comes_to_where_one_was_going(
    open_page: Open, shut: Service, options: dict[str, Any]
) -> None:
    page = open_page("/logs?level=warning", tolerated=REFUSED, **options)
    sign_in(page, "wrong")
    expect(page.get_by_role("alert")).to_contain_text("This is not the password")
    expect(page.get_by_label("The password of this house")).to_have_value("")
    sign_in(page)
    expect(page).to_have_url(re.compile(r"/logs\?level=warning$"))
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_password_managers_find_what_they_look_for(open_page: Open, shut: Service) -> None:
    page = open_page("/sign-in")
    fields = page.locator("form input:not([type=hidden])")
    found = [(f.get_attribute("autocomplete"), f.get_attribute("type")) for f in fields.all()]
    assert found == [("username", "text"), ("current-password", "password")]
    expect(page.get_by_label("The password of this house")).to_be_focused()
    sign_in(page)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.goto(page.url + "door")
    fields = page.locator("form[action='/door/password'] input:not([type=hidden])")
    found = [(f.get_attribute("autocomplete"), f.get_attribute("type")) for f in fields.all()]
    assert found == [
        ("username", "text"),
        ("current-password", "password"),
        ("new-password", "password"),
        ("new-password", "password"),
    ]


def test_one_stays_signed_in_over_a_restart_of_the_service_and_of_the_browser(
    open_page: Open, shut: Service
) -> None:
    page = open_page("/")
    sign_in(page)
    expect(page.locator("[data-check=db]")).to_have_text("ok")
    kept = page.context.storage_state()
    assert all(cookie["expires"] > 0 for cookie in kept["cookies"])  # else it goes when the browser is closed
    page.close()
    shut.stop()
    shut.start()
    page = open_page("/config", storage_state=kept)
    expect(page.get_by_role("heading", level=1)).to_have_text("Configuration")


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=str)
def test_after_signing_out_the_back_button_shows_nothing(
    open_page: Open, shut: Service, options: dict[str, Any]
) -> None:
    page = open_page("/config", **options)
    sign_in(page)
    page.get_by_label("Place").wait_for()
    page.get_by_role("link", name="Logs").click()
    page.get_by_role("heading", name="Log").wait_for()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in$"))
    for _ in range(2):
        page.go_back()
        expect(page).to_have_url(re.compile("/sign-in"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
        assert "startup_complete" not in page.content()


@pytest.mark.parametrize(("path", "waits"), [("/", 25_000), ("/health", 25_000), ("/logs?follow=1", 10_000)])
def test_a_page_left_open_leads_to_sign_in_when_its_session_ends(
    open_page: Open, shut: Service, folder: Path, path: str, waits: int
) -> None:
    page = open_page(path, tolerated=REFUSED)
    sign_in(page)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    shut.come_in("four shy kettles")  # `rcmail password`, elsewhere
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in", timeout=waits)
    assert page.locator("main").count() == 1, "a page inside a page"
    sign_in(page, "four shy kettles")
    expect(page).to_have_url(re.compile(re.escape(path) + "$"))


def test_devices_are_signed_out_one_by_one_and_everywhere(open_page: Open, shut: Service) -> None:
    laptop = open_page("/door")
    sign_in(laptop)
    phone = open_page("/door", user_agent="Mozilla/5.0 (Android 15; Mobile; rv:143.0) Firefox/143.0")
    sign_in(phone)
    expect(phone.get_by_text("(this one)")).to_have_text("Firefox on Android (this one)")
    laptop.reload()
    laptop.get_by_role("button", name="Sign out: Firefox on Android").click()
    expect(laptop.get_by_role("status")).to_contain_text("Signed out")
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sign in")
    sign_in(phone)
    expect(phone.get_by_text("(this one)")).to_be_visible()
    laptop.get_by_role("button", name="Sign out everywhere").click()
    for page in (laptop, phone):
        page.goto(page.url)
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_the_password_is_changed(open_page: Open, shut: Service) -> None:
    page = open_page("/config", tolerated=REFUSED)
    sign_in(page)
    page.get_by_role("link", name="Password and devices").click()
    for current, said in (("wrong", "This is not the password"), (PASSWORD, "The password is changed")):
        page.get_by_label("The present password").fill(current)
        page.get_by_label("The new password").fill("four shy kettles")
        page.get_by_label("The same once more").fill("four shy kettles")
        page.get_by_role("button", name="Change the password").click()
        expect(page.locator(".message")).to_contain_text(said)
    other = open_page("/", tolerated=REFUSED)
    sign_in(other)
    expect(other.get_by_role("alert")).to_be_visible()


def test_too_many_wrong_ones_are_told_and_for_how_long(open_page: Open, shut: Service) -> None:
    page = open_page("/", tolerated=REFUSED)
    for _ in range(6):
        sign_in(page, "wrong")
        expect(page.get_by_label("The password of this house")).to_have_value("")  # the next page is there
        page.get_by_role("alert").wait_for()
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"Wait \d+ seconds"))


@pytest.mark.parametrize(("look", "options"), LOOKS, ids=[name for name, _ in LOOKS])
def test_the_pages_of_the_door_are_accessible_and_fit_their_window(
    open_page: Open, service: Service, folder: Path, look: str, options: dict[str, Any]
) -> None:
    page = open_page("/set-up", **options)
    assert violations(page) == []
    assert sideways(page) == 0
    screenshot(page, f"set-up-{look}")
    service.come_in(PASSWORD)
    page = open_page("/sign-in", tolerated=REFUSED, **options)
    sign_in(page, "wrong")
    page.get_by_role("alert").wait_for()
    assert violations(page) == []
    assert sideways(page) == 0
    screenshot(page, f"sign-in-{look}")
    sign_in(page)
    for path in ("/", "/door"):
        page.get_by_role("button", name="Sign out", exact=True).first.wait_for()
        page.goto(f"http://127.0.0.1:{service.port}{path}")
        assert violations(page) == []
        assert sideways(page) == 0
        screenshot(page, f"door{path.replace('/', '-')}-{look}")
