"""The database goes away while somebody looks, and comes back."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from rcmail.db.embedded import EmbeddedPostgres
from tests.browser.conftest import Open, screenshot, sideways, violations
from tests.browser.test_config import SCRIPTING, fill, save
from tests.browser.test_pages import LOOKS
from tests.support import Service, service_environment, serving
from tests.support import postgres_config as config_of

pytestmark = pytest.mark.browser
NOTICE = "[data-notice=database]"
# Notices and rows are asked for every 15 s.
BY_ITSELF = 40_000


@pytest.fixture
def service(own_postgres: EmbeddedPostgres, folder: Path) -> Iterator[Service]:
    """A service on a database that this test may stop."""
    with serving(folder, service_environment(config_of(str(own_postgres.socket)))) as running:
        yield running


def stop(postgres: EmbeddedPostgres, service: Service) -> None:
    """Returns once the service knows."""
    postgres.stop()
    deadline = time.monotonic() + 60
    while service.get("/health/ready").status != 503:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_the_notice_comes_and_goes_by_itself_and_nothing_typed_is_lost(
    open_page: Open, own_postgres: EmbeddedPostgres
) -> None:
    page = open_page("/config", tolerated=("status of 503",))
    fill(page, event_location="typed before", event_date="2031-05-06")
    own_postgres.stop()
    save(page)
    expect(page.get_by_role("alert").first).to_contain_text("Nothing was saved: connection refused")
    expect(page.locator(NOTICE)).to_contain_text("The database does not answer, since", timeout=BY_ITSELF)
    expect(page.locator("#event_location")).to_have_value("typed before")
    fill(page, event_location="typed while it was away")
    own_postgres.start()
    expect(page.locator(NOTICE)).to_have_count(0, timeout=BY_ITSELF)
    expect(page.locator("#event_location")).to_have_value("typed while it was away")
    expect(page.locator("#event_date")).to_have_value("2031-05-06")
    save(page)
    expect(page.get_by_text("Saved: Date of the next event, Place.")).to_be_visible()


def test_the_dashboard_tells_it_and_recovers_without_a_reload(
    open_page: Open, own_postgres: EmbeddedPostgres, service: Service
) -> None:
    stop(own_postgres, service)
    page = open_page("/")
    expect(page.locator(NOTICE)).to_contain_text("connection refused", timeout=BY_ITSELF)
    expect(page.locator("[data-check=db]")).to_have_text("unreachable", timeout=BY_ITSELF)
    expect(page.locator("#event")).to_contain_text("cannot be read just now")
    own_postgres.start()
    expect(page.locator(NOTICE)).to_have_count(0, timeout=BY_ITSELF)
    expect(page.locator("#event")).to_contain_text("No date is set yet", timeout=BY_ITSELF)
    expect(page.locator("[data-check=db]")).to_have_text("ok", timeout=BY_ITSELF)


@SCRIPTING
def test_every_page_opens_and_leads_to_what_still_works(
    open_page: Open, own_postgres: EmbeddedPostgres, service: Service, java_script_enabled: bool
) -> None:
    stop(own_postgres, service)
    for path, status in (("/", 200), ("/health", 200), ("/config", 200), ("/logs", 200), ("/nowhere", 404)):
        page = open_page(path, status=status, java_script_enabled=java_script_enabled)
        expect(page.locator(NOTICE)).to_contain_text("systemctl status 'postgresql@*'")
        page.locator(NOTICE).get_by_role("link", name="the log").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Logs")
        expect(page.locator("#entries")).to_contain_text("health_check")


@pytest.mark.parametrize(("look", "options"), LOOKS, ids=[name for name, _ in LOOKS])
def test_it_is_accessible_and_fits(
    open_page: Open, own_postgres: EmbeddedPostgres, service: Service, look: str, options: dict[str, Any]
) -> None:
    config = open_page("/config", tolerated=("status of 503",), **options)
    fill(
        config,
        event_date="2031-05-06",
        event_location="Community centre, 5 Mill Lane",
        event_offerings="Bicycles, Toasters",
    )
    save(config)
    fill(config, event_location="The new hall, 7 Mill Lane")
    stop(own_postgres, service)
    save(config)
    expect(config.locator("#event_location")).to_have_value("The new hall, 7 Mill Lane")
    pages = {"config": config, "dashboard": open_page("/", **options), "health": open_page("/health", **options)}
    for name, page in pages.items():
        expect(page.locator(NOTICE)).to_be_visible(timeout=BY_ITSELF)
        assert violations(page) == []
        assert sideways(page) == 0
        screenshot(page, f"database-down-{name}-{look}")
