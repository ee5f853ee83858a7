"""The demonstration in a real browser: offered, loaded, marked, removed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from rcmail.config import PostgresConfig
from tests.browser.conftest import PHONE, Open, screenshot, sideways, violations
from tests.browser.test_pages import LOOKS
from tests.support import Service, service_environment, serving

pytestmark = pytest.mark.browser


@pytest.fixture
def worker(database_config: PostgresConfig, tmp_path: Path) -> Iterator[None]:
    """Beside the service, as systemd and `make run` have it."""
    folder = tmp_path / "work"
    folder.mkdir()
    with serving(folder, service_environment(database_config), ("work",), wait=0):
        yield


@pytest.mark.parametrize(("look", "options"), LOOKS, ids=[name for name, _ in LOOKS])
def test_it_comes_and_goes_without_a_reload_and_every_state_is_accessible(
    open_page: Open, worker: None, look: str, options: dict[str, Any]
) -> None:
    page = open_page("/", **options)
    assert violations(page) == []
    page.get_by_role("button", name="See the demonstration").click()
    heading = page.locator("#waiting-title")
    expect(heading).to_have_text("12 wait for an answer", timeout=40_000)
    expect(page.locator("#waiting")).not_to_have_attribute("hx-trigger", "every 1s")
    assert violations(page) == []
    assert sideways(page) == 0
    screenshot(page, f"demonstration-{look}")
    page.get_by_role("button", name="Remove it").click()
    expect(heading).to_have_text("There is no mail here yet")
    expect(page.get_by_text("This is the demonstration")).to_have_count(0)


def test_with_javascript_off_and_the_keyboard_alone(open_page: Open, service: Service, worker: None) -> None:
    page = open_page("/", viewport=PHONE, java_script_enabled=False)
    page.get_by_role("button", name="See the demonstration").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    heading = page.locator("#waiting-title")
    while heading.text_content() == "The demonstration is being loaded":
        page.reload()
    expect(heading).to_have_text("12 wait for an answer")
    page.get_by_role("link", name="stofzuiger ruikt").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="stofzuiger ruikt")).to_be_visible()
    page.get_by_role("button", name="Remove it").focus()
    page.keyboard.press("Enter")
    expect(heading).to_have_text("There is no mail here yet")
