"""Connecting Gmail in a real browser: a second tab, a page that cannot be reached, and its address pasted back."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from rcmail.config import PostgresConfig
from tests.browser.conftest import PHONE, Open, screenshot, sideways, violations
from tests.browser.test_pages import LOOKS
from tests.fakes.google import ADDRESS, GoogleThread
from tests.support import Service, service_environment, serving

pytestmark = pytest.mark.browser
SCRIPTING = pytest.mark.parametrize("java_script_enabled", [True, False], ids=["with js", "without js"])


@pytest.fixture
def google() -> Iterator[GoogleThread]:
    with closing(GoogleThread()) as beside:
        yield beside


@pytest.fixture
def service(database_config: PostgresConfig, folder: Path, google: GoogleThread) -> Iterator[Service]:
    with serving(folder, service_environment(database_config, **google.variables())) as running:
        yield running


def agree(page: Page) -> str:
    """Open Google's page, where one agrees; the address that the other tab cannot reach then."""

    def is_back(request: Request) -> bool:
        return "code=" in request.url

    with page.context.expect_event("requestfailed", is_back) as failed, page.context.expect_page() as opened:
        page.get_by_role("link", name="Open Google’s page").click()
    opened.value.close()
    url: str = failed.value.url
    return url


def section(page: Page) -> Any:
    return page.get_by_role("region", name="Gmail")


@SCRIPTING
def test_from_nothing_to_connected_and_back(open_page: Open, java_script_enabled: bool) -> None:
    page = open_page("/config", java_script_enabled=java_script_enabled)
    expect(section(page)).to_contain_text("No mailbox is connected.")
    page.get_by_role("button", name="Connect Gmail").click()
    pasted = agree(page)
    assert pasted.startswith("http://127.0.0.1:")
    expect(page.get_by_text("a page that cannot be reached")).to_be_visible()
    page.get_by_label("Paste that address here").fill(pasted)
    page.get_by_role("button", name="Connect", exact=True).click()
    expect(section(page)).to_contain_text("Connected. “Sync incoming” on the mail page brings the mail.")
    expect(section(page)).to_contain_text(f"Connected as {ADDRESS}.")
    expect(page.locator("#group_addresses")).to_have_value(ADDRESS)
    page.get_by_role("button", name="Test connection: Mail").click()
    expect(page.locator("#test-mail")).to_contain_text(f"this is the mailbox of {ADDRESS}")
    section(page).get_by_text("Disconnect", exact=True).first.click()
    expect(section(page).get_by_label("Keep it")).to_be_checked()
    section(page).get_by_role("button", name="Disconnect").click()
    expect(section(page)).to_contain_text("Disconnected. Google lets rcmail in no longer.")
    expect(section(page)).to_contain_text("No mailbox is connected.")


def test_a_wrong_address_is_told_at_its_field_and_the_way_goes_on(open_page: Open) -> None:
    page = open_page("/config", tolerated=("status of 422",))
    page.get_by_role("button", name="Connect Gmail").click()
    field = page.get_by_label("Paste that address here")
    field.fill("http://127.0.0.1:8000/config")
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The address is not the whole one of the page")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert violations(page) == []
    pasted = agree(page)
    field.fill(pasted)
    field.press("Enter")
    expect(section(page)).to_contain_text(f"Connected as {ADDRESS}.")


@pytest.mark.parametrize(("look", "options"), LOOKS, ids=[name for name, _ in LOOKS])
def test_every_state_is_accessible_and_fits_its_window(
    open_page: Open, google: GoogleThread, look: str, options: dict[str, Any]
) -> None:
    page = open_page("/config", **options)
    section(page).screenshot(path=_picture(f"mailbox-none-{look}"))
    page.get_by_role("button", name="Connect Gmail").click()
    expect(page.get_by_role("heading", name="Connect Gmail")).to_be_visible()
    assert violations(page) == []
    assert sideways(page) == 0
    screenshot(page, f"connect-{look}")
    google.fake.lasts = 2 * 86_400
    page.get_by_label("Paste that address here").fill(agree(page))
    page.get_by_role("button", name="Connect", exact=True).click()
    expect(section(page)).to_contain_text("Google ends it")
    section(page).get_by_text("Disconnect", exact=True).first.click()
    assert violations(page) == []
    assert sideways(page) == 0
    section(page).screenshot(path=_picture(f"mailbox-ends-soon-{look}"))
    google.fake.tokens.clear()
    page.get_by_role("button", name="Test connection: Mail").click()
    expect(page.locator("#test-mail")).to_contain_text("unreachable")
    page.reload()
    expect(section(page).locator("[data-mailbox]")).to_have_text("connect again")
    expect(page.locator("#notices")).to_contain_text("Gmail must be connected again")
    assert violations(page) == []
    assert sideways(page) == 0
    screenshot(page, f"mailbox-again-{look}")


def test_by_keyboard_on_a_phone(open_page: Open) -> None:
    page = open_page("/config", viewport=PHONE)
    page.get_by_role("button", name="Connect Gmail").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Connect Gmail")).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.locator("#consent").evaluate("element => element === document.activeElement"):
            break
    else:
        pytest.fail("the link to Google is not reached by Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Paste that address here")).to_be_focused()


def _picture(name: str) -> Path:
    from tests.browser.conftest import SCREENSHOTS

    SCREENSHOTS.mkdir(exist_ok=True)
    return SCREENSHOTS / f"{name}.png"
