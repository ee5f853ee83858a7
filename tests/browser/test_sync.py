"""“Sync incoming” in a real Chromium: the press, how far it is without a reload, the stop, and the result."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest
from playwright.sync_api import expect

from rcmail.config import PostgresConfig
from tests.browser.conftest import DESKTOP, PHONE, Open, screenshot, sideways, violations
from tests.browser.test_mail import is_same, mark
from tests.support import Service, service_environment, serving

pytestmark = pytest.mark.browser
HALF = '{"done": 1200, "total": 3000, "new": 200, "known": 1000, "left": 360}'
WHOLE = '{"done": 3000, "total": 3000, "new": 2000, "known": 1000, "left": 0}'
Say = Callable[..., None]


@pytest.fixture
def gmail() -> dict[str, str]:
    """The environment of a house whose mailbox is connected; nothing is asked of it before the worker comes."""
    return {"GMAIL_CLIENT_ID": "client", "GMAIL_CLIENT_SECRET": "secret", "GMAIL_REFRESH_TOKEN": "token"}


@pytest.fixture
def service(database_config: PostgresConfig, folder: Path, gmail: dict[str, str]) -> Iterator[Service]:
    with serving(folder, service_environment(database_config) | gmail) as running:
        yield running


@pytest.fixture
def now(database_config: PostgresConfig) -> Iterator[Say]:
    """Has the sync that was pressed stand like this."""
    connection = psycopg2.connect(
        host=database_config.host, port=database_config.port, user="rcmail", dbname=database_config.database
    )
    connection.autocommit = True

    def stands(state: str, progress: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE jobs SET state = %s, owner = CASE %s WHEN 'running' THEN 1 END, progress = %s::jsonb,"
                " started_at = now(), ended_at = CASE %s WHEN 'done' THEN now() END WHERE kind = 'sync'",
                (state, state, progress, state),
            )
            assert cursor.rowcount == 1

    yield stands
    connection.close()


@pytest.mark.parametrize("path", ["/mail", "/"], ids=["mail", "dashboard"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_from_the_press_to_the_result_nothing_is_loaded_anew(
    open_page: Open, now: Say, path: str, viewport: dict[str, int]
) -> None:
    page = open_page(path, viewport=viewport)
    incoming = page.locator("#incoming")
    mark(page)
    assert not violations(page)
    page.get_by_role("button", name="Sync incoming").click()
    expect(incoming).to_contain_text("A sync is about to begin.")
    now("running", HALF)
    expect(incoming).to_contain_text("Syncing: 1,200 of 3,000 mails, 6 minutes to go.")
    assert not violations(page)
    assert not sideways(page)
    screenshot(page, f"sync-{'mail' if path == '/mail' else 'dashboard'}-{viewport['width']}")
    now("done", WHOLE)
    expect(incoming).to_contain_text("2,000 new, 1,000 known.")
    expect(incoming.get_by_role("button", name="Sync incoming")).to_be_visible()
    assert not violations(page)
    assert is_same(page)


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["javascript", "without"])
def test_it_is_stopped(open_page: Open, java_script_enabled: bool) -> None:
    page = open_page("/mail", java_script_enabled=java_script_enabled)
    page.get_by_role("button", name="Sync incoming").click()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#incoming")).to_contain_text("The last sync was stopped")


class TestNotConnected:
    @pytest.fixture
    def gmail(self) -> dict[str, str]:
        return {}

    def test_the_button_leads_to_where_a_mailbox_is_connected(self, open_page: Open) -> None:
        page = open_page("/mail")
        page.get_by_role("link", name="Sync incoming").click()
        expect(page).to_have_url(re.compile(r"/config#mailbox$"))
        expect(page.locator("#mailbox-title")).to_be_in_viewport()
