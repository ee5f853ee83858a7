"""The page of the log in a real Chromium."""

import json

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


def test_following_goes_on_through_a_restart_of_the_service(open_page: Open, service: Service) -> None:
    page = open_page("/logs?level=info", tolerated=("ERR_", "Failed to load"))
    follow = page.get_by_role("button", name="Follow live")
    follow.click()
    expect(follow).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status")).to_contain_text("Following")
    service.get("/nowhere/<b>one</b>")
    expect(page.locator(".entry").first).to_contain_text("/nowhere/<b>one</b>")
    assert service.stop() == 0
    expect(page.get_by_role("status")).to_contain_text("does not answer")
    service.start()
    expect(page.get_by_role("status")).to_contain_text("Following", timeout=15_000)
    expect(page.locator(".entry", has_text="startup_complete")).to_have_count(2)
    service.get("/nowhere/two")
    expect(page.locator(".entry").first).to_contain_text("/nowhere/two")
    ids = page.locator(".entry").evaluate_all("all => all.map(one => one.dataset.id)")
    assert len(ids) == len(set(ids))
    follow.click()
    expect(page.get_by_role("status")).to_contain_text("Stopped")


def test_without_javascript_the_page_still_filters(open_page: Open, service: Service) -> None:
    service.get("/nowhere/find-me")
    page = open_page("/logs", java_script_enabled=False)
    expect(page.get_by_role("button", name="Follow live")).to_be_hidden()
    page.get_by_label("Service").select_option("http")
    page.get_by_label("Level, at least").select_option("info")
    page.get_by_label("Text").fill("find-me")
    page.get_by_role("button", name="Filter").click()
    assert page.url.endswith("/logs?service=http&level=info&q=find-me")
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
    service.get("/logs?level=" + "x" * 300)
    service.get("/" + "unbroken" * 40)
    page = open_page("/logs", viewport=size, color_scheme=scheme)
    page.get_by_role("button", name="Follow live").click()
    for summary in page.locator("summary").all()[:4]:
        summary.click()
    page.wait_for_timeout(300)
    screenshot(page, f"logs-{scheme}-{size['width']}")
    assert violations(page) == []
    assert sideways(page) == 0
