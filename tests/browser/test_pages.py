"""The dashboard, the health page and the error pages in a real browser."""

import signal
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Open, screenshot, sideways, violations
from tests.support import Service

pytestmark = pytest.mark.browser

LOOKS: list[tuple[str, dict[str, Any]]] = [
    ("phone-light", {"viewport": PHONE, "color_scheme": "light"}),
    ("phone-dark", {"viewport": PHONE, "color_scheme": "dark"}),
    ("desktop-light", {"viewport": DESKTOP, "color_scheme": "light"}),
    ("desktop-dark", {"viewport": DESKTOP, "color_scheme": "dark"}),
]


@pytest.mark.parametrize(("look", "options"), LOOKS, ids=[name for name, _ in LOOKS])
@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/health", 200), ("/nowhere", 404)])
def test_a_page_is_accessible_and_fits_its_window(
    open_page: Open, path: str, status: int, look: str, options: dict[str, Any]
) -> None:
    page = open_page(path, status=status, **options)
    if status == 200:
        expect(page.locator("[data-check=db]")).to_have_text("ok")
    assert violations(page) == []
    assert sideways(page) == 0
    screenshot(page, f"{path.strip('/') or 'dashboard'}-{look}")


def test_health_appears_by_itself_and_brings_the_banner(open_page: Open) -> None:
    page = open_page("/")
    expect(page.locator("[data-check=db]")).to_have_attribute("data-status", "ok")
    expect(page.locator("[data-check=mail]")).to_have_text("not set up")
    expect(page.locator("#notices")).to_contain_text("AI features unavailable — no LLM configured")
    expect(page.get_by_role("link", name="Go to Config →")).to_be_visible()


def test_everything_is_there_with_javascript_off(open_page: Open, service: Service) -> None:
    service.get("/health")
    page = open_page("/", java_script_enabled=False)
    expect(page.locator("[data-check=db]")).to_have_text("ok")
    page.get_by_role("link", name="More about health").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Health")
    expect(page.locator("[data-check=llm]")).to_have_text("not set up")


def test_the_keyboard_leads_everywhere(open_page: Open) -> None:
    page = open_page("/")
    expect(page.locator("[data-check=db]")).to_have_text("ok")  # what comes later is reached too
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    seen = set()
    for _ in range(10):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.textContent.trim()"))
    assert {"Go to Config →", "More about health"} <= seen


def test_the_page_says_when_rcmail_itself_has_gone_and_when_it_is_back(open_page: Open, service: Service) -> None:
    page = open_page("/", tolerated=("ERR_CONNECTION_REFUSED", "htmx:sendError", "htmx:afterRequest"))
    expect(page.locator("[data-check=db]")).to_have_text("ok")
    ask = "htmx.ajax('GET', '/health/fragment', '#health-status')"
    service.stop(signal.SIGKILL)
    page.evaluate(f"{ask}.catch(() => null)")
    expect(page.locator("#no-answer")).to_be_visible()
    service.start()
    page.evaluate(ask)
    expect(page.locator("#no-answer")).to_be_hidden()
    expect(page.locator("[data-check=db]")).to_have_text("ok")


def test_a_dashboard_that_is_left_open_keeps_up_with_the_calendar(open_page: Open, service: Service) -> None:
    page = open_page("/")
    page.clock.install()
    page.reload()
    expect(page.get_by_role("heading", name="Next Repair Café")).to_be_visible()
    service.post("/config", {"event_date": "2020-01-05"})  # as if so much time had passed
    page.clock.fast_forward(31_000)
    expect(page.get_by_role("heading", name="Last Repair Café")).to_be_visible()
    expect(page.locator("#event")).to_contain_text("This day is past")
    page.get_by_role("link", name="Set the next date").click()
    expect(page.locator("#event_date")).to_be_in_viewport()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_way_to_the_configuration_is_in_sight_and_no_name_of_a_variable(
    open_page: Open, viewport: dict[str, int]
) -> None:
    page = open_page("/", viewport=viewport)
    expect(page.locator("[data-check=mail]")).to_have_text("not set up")
    expect(page.get_by_role("link", name="Go to Config →")).to_be_in_viewport(ratio=1)
    assert "GMAIL" not in page.content()
