"""“Sync drafts” in a real Chromium: from an approved draft to the file that a mail program opens."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg2
import pytest
from playwright.sync_api import Page, expect

from rcmail.clock import today
from rcmail.config import PostgresConfig
from rcmail.drafting.material import signature
from rcmail.mail.mime.parse import parse
from rcmail.settings.store import Settings
from tests.browser.conftest import DESKTOP, PHONE, Open, screenshot, sideways, violations
from tests.browser.test_mail import bring_in, is_same, mark, row
from tests.mail.letters import letter
from tests.support import Service, service_environment, serving

pytestmark = pytest.mark.browser
TODAY = datetime.now(UTC)
TEXT = "Beste Dora,\n\nJa hoor, neem de radio maar mee."
LETTERS = [
    letter("Dora <dora@example.com>", subject="radio", text="Kan dat?", date=TODAY - timedelta(days=1)),
    letter("Cora <cora@example.com>", subject="clock", text="Can you mend it?", date=TODAY - timedelta(days=2)),
]
Say = Callable[[str], None]
Work = Callable[[], AbstractContextManager[Service]]


@pytest.fixture
def env(database_config: PostgresConfig, folder: Path) -> dict[str, str]:
    return service_environment(database_config) | {"STATE_DIRECTORY": str(folder)}


@pytest.fixture
def say(database_config: PostgresConfig) -> Iterator[Say]:
    """Runs a statement."""
    connection = psycopg2.connect(
        host=database_config.host, port=database_config.port, user="rcmail", dbname=database_config.database
    )
    connection.autocommit = True
    yield lambda sql: connection.cursor().execute(sql)
    connection.close()


@pytest.fixture
def service(env: dict[str, str], database_config: PostgresConfig, folder: Path, say: Say) -> Iterator[Service]:
    """With a draft for the radio that is ready, and nobody who writes it to the mailbox."""
    with serving(folder, env) as running:
        running.post("/config", {"drafts_by_themselves": "no"})
        bring_in(database_config, folder, *LETTERS)
        say(
            "INSERT INTO drafts (conversation, state, text, made_text, newest, facts, origin)"
            f" SELECT conversation, 'ready', '{TEXT}', '{TEXT}', id, '{signature(Settings(), today())}', 'facts'"
            " FROM messages WHERE subject = 'radio'"
        )
        yield running


@pytest.fixture
def worker(env: dict[str, str], folder: Path) -> Work:
    (folder / "work").mkdir()
    return lambda: serving(folder / "work", env, ("work",), wait=0)


def approved(open_page: Open, **options: object) -> Page:
    page = open_page("/mail?state=all", **options)
    row(page, "radio").click()
    if options.get("viewport") == PHONE:
        page.locator(".to-reply a").click()
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("#said")).to_contain_text("Approved")
    return page


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_from_approval_to_the_mailbox_nothing_is_loaded_anew(
    open_page: Open, worker: Work, folder: Path, viewport: dict[str, int]
) -> None:
    page = approved(open_page, viewport=viewport)
    mark(page)
    if viewport == PHONE:
        expect(page.locator("#draft")).to_contain_text("The visitor’s mail, quoted below it")
        assert not sideways(page)
        screenshot(page, "push-draft-phone")
        page.locator(".ways a").first.click()
    page.get_by_role("button", name="Sync drafts (1)").click()
    expect(page.locator("#push")).to_contain_text("about to be written")
    assert not violations(page)
    with worker():
        expect(page.locator("#push")).to_contain_text("1 written", timeout=40_000)
    page.get_by_text("Each of them").click()
    expect(page.locator("#push li")).to_contain_text("Dora: in your drafts")
    expect(row(page, "radio")).to_contain_text("in your drafts")
    if viewport == DESKTOP:
        expect(page.locator("#draft")).to_contain_text("In your mailbox’s drafts")
        assert is_same(page)
    assert not violations(page)
    assert not sideways(page)
    screenshot(page, f"push-{'desktop' if viewport == DESKTOP else 'phone'}")
    [path] = (folder / "drafts").iterdir()
    assert parse(path.read_bytes()).text.startswith(TEXT)


def test_a_draft_is_opened_in_a_mail_program(open_page: Open) -> None:
    page = approved(open_page)
    page.get_by_text("The visitor’s mail, quoted below it").click()
    expect(page.locator(".quoted")).to_contain_text("> Kan dat?")
    with page.expect_download() as download:
        page.get_by_role("link", name="Open in your mail program").click()
    assert re.fullmatch(r"answer-\d+\.eml", download.value.suggested_filename)
    assert parse(Path(download.value.path()).read_bytes()).text.startswith(TEXT)
    expect(page.locator("#open-title")).to_have_text("radio")
    assert not violations(page)


def test_on_the_dashboard_it_is_one_press(open_page: Open, worker: Work) -> None:
    approved(open_page)
    page = open_page("/")
    mark(page)
    page.get_by_role("button", name="Sync drafts (1)").click()
    with worker():
        expect(page.locator("#push")).to_contain_text("1 written", timeout=40_000)
    assert not violations(page)
    assert is_same(page)
    screenshot(page, "push-dashboard")


def test_without_javascript_it_is_a_form_that_leads_to_the_mail(open_page: Open, worker: Work) -> None:
    page = approved(open_page, java_script_enabled=False)
    page.get_by_role("button", name="Sync drafts (1)").click()
    expect(page.locator("#push")).to_contain_text("about to be written")
    with worker():
        for _ in range(40):
            page.reload()
            if "1 written" in page.locator("#push").inner_text():
                break
            page.wait_for_timeout(500)
    expect(page.locator("#push")).to_contain_text("1 written")
