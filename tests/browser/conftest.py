"""A real Chromium in front of a real service, with nothing but loopback between them."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from rcmail.config import PostgresConfig
from tests.support import ROOT, Service, service_environment, serving

# The shell is the same engine without a browser's own windows and their pages: a page costs a quarter of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
# Chromium itself would call home otherwise, and this is about our pages.
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
SCREENSHOTS = ROOT / "screenshots"
# Long enough for a machine with much to do, and shorter than the 15 s after which a page asks anew by itself: what
# should come at once is not taken from that. What comes with it has a timeout of its own.
expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        message = "no Chromium: apt install chromium-headless-shell"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def service(database_config: PostgresConfig, folder: Path) -> Iterator[Service]:
    """A service of this test's own; nobody answers as a language model."""
    with serving(folder, service_environment(database_config)) as running:
        yield running


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, service: Service) -> Iterator[Open]:
    """Opens a page of the service; fails the test for any console error and any request to elsewhere.

    ``status`` is what the page must answer with; the rest goes to the browser context.
    """
    problems: list[str] = []
    ours = f"http://127.0.0.1:{service.port}/"

    def watch(page: Page, tolerated: tuple[str, ...]) -> None:
        def console(message: Any) -> None:
            if message.type in ("error", "warning") and not any(word in message.text for word in tolerated):
                problems.append(f"console: {message.text}")

        page.on("console", console)
        page.on("pageerror", lambda error: problems.append(f"script: {error}"))
        page.on(
            "request",
            lambda request: None if request.url.startswith(ours) else problems.append(f"to {request.url}"),
        )

    with ExitStack() as closing:

        def open_(
            path: str, *, status: int = 200, tolerated: tuple[str, ...] = (), **context_options: Any
        ) -> Page:
            context: BrowserContext = browser.new_context(**{"viewport": DESKTOP, **context_options})
            context.set_default_timeout(10_000)
            closing.callback(context.close)
            page = context.new_page()
            if status >= 400:  # Chromium reports the page's own status as an error
                tolerated = (*tolerated, f"status of {status}")
            watch(page, tolerated)
            response = page.goto(f"http://127.0.0.1:{service.port}{path}")
            assert response is not None
            assert response.status == status
            return page

        yield open_
    assert not problems


def violations(page: Page) -> list[str]:
    """What axe-core objects to, a line each."""
    results = Axe().run(page).response["violations"]
    return [f"{found['id']}: {node['html']}" for found in results for node in found["nodes"]]


def screenshot(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    overflow: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return overflow
