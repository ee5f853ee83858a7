"""The page of the log in a real Chromium."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Open, screenshot, sideways, violations
from tests.support import Service

pytestmark = pytest.mark.browser


def first(page: Page) -> str:
    return page.locator(".entry").first.inner_text()


def test_entries_open_and_say_what_belongs_to_them(open_page: Open, service: Service) -> None:
    page = open_page("/logs?q=startup_complete")
    entry = page.locator(".entry")
    expect(entry).to_have_count(1)
    expect(entry.locator("dl")).to_be_hidden()
    entry.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(entry.locator("dl")).to_contain_text("llm_endpoint")
    expect(entry.locator("time")).to_contain_text("ago" if "ago" in first(page) else "just now")


@pytest.mark.parametrize("permissions", [["clipboard-read", "clipboard-write"], []])
def test_an_entry_is_copied_as_json(open_page: Open, permissions: list[str]) -> None:
    page = open_page("/logs?q=startup_complete", permissions=permissions)
    if not permissions:  # plain http in the home network has no clipboard API
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.locator("summary").click()
    page.get_by_role("button", name="Copy as JSON").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    if permissions:
        assert json.loads(page.evaluate("navigator.clipboard.readText()"))["event"] == "startup_complete"


def test_following_puts_new_entries_on_top_and_leaves_the_others_alone(open_page: Open, service: Service) -> None:
    service.get("/health?full=1")  # what the first look finds is logged by then, and not among the new entries
    page = open_page("/logs?level=info", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Follow live").click()
    expect(page.locator(".follow")).to_contain_text("Following: new entries appear at the top.")
    opened = page.locator(".entry", has_text="startup_complete")
    opened.locator("summary").click()
    before = page.locator(".entry").count()
    page.evaluate("window.untouched = [...document.querySelectorAll('.entry')]")
    for number, name in enumerate(("<b>one</b>", "two"), 1):
        service.get(f"/nowhere/{name}")
        expect(page.locator(".entry")).to_have_count(before + number)
        expect(page.locator(".entry").first).to_contain_text(f"/nowhere/{name}")
    expect(opened.locator("dl")).to_be_visible()
    expect(opened.locator("summary")).to_be_focused()
    assert page.evaluate("window.untouched.every((one, i) => one === document.querySelectorAll('.entry')[i + 2])")
    page.locator(".entry.new summary").first.click()
    page.get_by_role("button", name="Copy as JSON").first.click()  # of one that came in later
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.locator("#poll").count() == 1
    page.get_by_role("link", name="Stop following").click()
    expect(page.get_by_role("link", name="Follow live")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/logs\?level=info$"))


def test_following_goes_on_through_a_restart_of_the_service(open_page: Open, service: Service) -> None:
    page = open_page("/logs?level=info&follow=1", tolerated=("ERR_", "htmx:"))
    page.evaluate("document.body.id = 'before'")
    assert service.stop() == 0
    expect(page.locator("#no-answer")).to_be_visible()
    service.start()
    expect(page.locator("#before")).to_have_count(0, timeout=10_000)
    expect(page.locator(".entry", has_text="startup_complete")).to_have_count(1)
    expect(page.locator("#no-answer")).to_be_hidden()
    service.get("/nowhere/two")
    expect(page.locator(".entry").first).to_contain_text("/nowhere/two")


def test_the_page_says_that_nothing_matches_until_something_does(open_page: Open, service: Service) -> None:
    page = open_page("/logs?q=find-me&follow=1")
    expect(page.get_by_text("No entry matches")).to_be_visible()
    service.get("/nowhere")  # goes by without a mark on the page
    service.get("/nowhere/find-me")
    expect(page.locator(".entry")).to_have_count(1)
    expect(page.get_by_text("No entry matches")).to_be_hidden()
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("link", name="Stop following")).to_be_visible()


def test_a_poll_that_is_refused_says_so_and_leaves_the_entries(open_page: Open) -> None:
    page = open_page("/logs?follow=1", tolerated=("status of 400", "Response Status Error Code 400"))
    before = page.locator(".entry").count()
    page.evaluate("document.getElementById('poll').setAttribute('hx-get', '/logs/new?after=x')")
    page.evaluate("htmx.process(document.body)")
    expect(page.locator("#poll")).to_contain_text("status 400")
    assert page.locator(".entry").count() >= before


def test_without_javascript_the_page_follows_by_loading_itself_anew(open_page: Open, service: Service) -> None:
    page = open_page("/logs?service=http&level=info", java_script_enabled=False)
    page.get_by_role("link", name="Follow live").click()
    expect(page.locator(".follow noscript")).to_be_visible()
    service.get("/nowhere/without")
    expect(page.locator(".entry").first).to_contain_text("/nowhere/without", timeout=15_000)
    page.get_by_role("link", name="Stop following").click()
    expect(page.get_by_role("link", name="Follow live")).to_be_visible()
    page.locator("summary").first.click()
    expect(page.locator("dl").first).to_be_visible()
    expect(page.locator("[data-copy]").first).to_be_hidden()
    assert page.locator("meta[http-equiv]").count() == 0


def test_without_javascript_the_page_still_filters(open_page: Open, service: Service) -> None:
    service.get("/nowhere/find-me")
    page = open_page("/logs", java_script_enabled=False)
    page.get_by_label("Service").select_option("http")
    page.get_by_label("Level, at least").select_option("info")
    page.get_by_label("Text").fill("find-me")
    page.get_by_role("button", name="Filter").click()
    expect(page).to_have_url(re.compile(r"/logs\?service=http&level=info&q=find-me$"))
    expect(page.locator(".entry")).to_have_count(1)
    page.locator("summary").click()
    expect(page.locator("dl")).to_contain_text("request_id")
    page.get_by_role("link", name="Show all").first.click()
    expect(page.locator(".entry").nth(2)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 800}], ids=["phone", "desktop"])
def test_the_page_is_accessible_and_fits(
    open_page: Open, service: Service, size: dict[str, int], scheme: str
) -> None:
    service.get("/health?full=1")
    service.get("/logs?level=" + "x" * 300)
    service.get("/" + "unbroken" * 40)
    page = open_page("/logs", viewport=size, color_scheme=scheme)
    assert violations(page) == []
    page.get_by_role("link", name="Follow live").click()
    service.get("/nowhere/new")
    expect(page.locator(".entry.new")).to_have_count(1)
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")
    for summary in page.locator("summary").all()[:4]:
        summary.click()
    screenshot(page, f"logs-{scheme}-{size['width']}")
    assert violations(page) == []
    assert sideways(page) == 0
