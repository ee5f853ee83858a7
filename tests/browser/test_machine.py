"""The facts of the machine in a real browser: all well, a Pi in trouble, a laptop."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from playwright.sync_api import Browser, Page, expect

from rcmail import keys
from rcmail.app import create_app
from rcmail.config import PostgresConfig
from tests.browser.conftest import screenshot, sideways, violations
from tests.browser.test_pages import LOOKS
from tests.fakes.machine import RecordedMachine
from tests.support import make_config

pytestmark = pytest.mark.browser


@contextmanager
def on_machine(place: RecordedMachine, database: PostgresConfig) -> Iterator[str]:
    """The application on a recorded machine, served from a thread; yields its address."""
    address: list[str] = []
    started, stop = threading.Event(), threading.Event()

    async def run() -> None:
        app = create_app(make_config(database))
        app[keys.PLACE] = place
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        await app[keys.MONITOR].current()
        address.append(f"http://127.0.0.1:{runner.addresses[0][1]}")
        started.set()
        await asyncio.to_thread(stop.wait)
        await runner.cleanup()

    thread = threading.Thread(target=asyncio.run, args=(run(),))
    thread.start()
    try:
        assert started.wait(30)
        yield address[0]
    finally:
        stop.set()
        thread.join(30)


@pytest.fixture
def open_on(browser: Browser, database_config: PostgresConfig, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens a page of rcmail on the recorded machine of that name."""
    with ExitStack() as closing:

        def open_(name: str, path: str, **options: object) -> Page:
            machine = RecordedMachine(name, tmp_path)
            if name == "pi5":
                moment = (datetime.now(UTC) - timedelta(hours=8)).isoformat()
                note = {"file": "rcmail.dump", "verified_at": moment, "bytes": 24_000}
                machine.write("var/lib/rcmail/backups/last-verified.json", json.dumps(note))
            address = closing.enter_context(on_machine(machine, database_config))
            context = browser.new_context(**options)  # type: ignore[arg-type]
            closing.callback(context.close)
            page = context.new_page()
            page.goto(f"{address}{path}")
            return page

        yield open_


@pytest.mark.parametrize(("look", "options"), LOOKS, ids=[name for name, _ in LOOKS])
@pytest.mark.parametrize("machine", ["pi5", "pi5-trouble", "laptop"])
def test_the_health_page_of_a_machine_is_accessible_and_fits_its_window(
    open_on: Callable[..., Page], machine: str, look: str, options: dict[str, object]
) -> None:
    page = open_on(machine, "/health", **options)
    expected = {"pi5": "ok", "pi5-trouble": "error", "laptop": "ok"}[machine]
    expect(page.locator("[data-check=disk]")).to_have_text(expected)
    assert "`" not in page.locator("main").inner_text()
    assert violations(page) == []
    assert sideways(page) == 0
    screenshot(page, f"health-{machine}-{look}")


@pytest.mark.parametrize(("look", "options"), LOOKS, ids=[name for name, _ in LOOKS])
def test_the_dashboard_shows_the_three_worst_and_leads_to_the_rest(
    open_on: Callable[..., Page], look: str, options: dict[str, object]
) -> None:
    page = open_on("pi5-trouble", "/", **options)
    troubles = page.locator(".troubles li")
    expect(troubles).to_have_count(3)
    expect(troubles.nth(0)).to_contain_text("Disk space")
    expect(troubles.nth(1)).to_contain_text("under-voltage")
    assert violations(page) == []
    assert sideways(page) == 0
    screenshot(page, f"dashboard-trouble-{look}")
    page.get_by_role("link", name="All about the machine").click()
    expect(page.get_by_role("heading", name="The machine")).to_be_visible()


def test_the_dashboard_of_a_machine_that_is_well_says_nothing_of_it(open_on: Callable[..., Page]) -> None:
    page = open_on("pi5", "/")
    expect(page.locator("[data-check=db]")).to_be_visible()
    assert page.locator(".troubles").count() == 0
