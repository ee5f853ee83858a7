"""The mail page in a real Chromium: by keyboard, on a phone, without JavaScript, while an import runs."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from playwright.sync_api import Dialog, Page, expect

from rcmail.config import PostgresConfig
from rcmail.db.embedded import EmbeddedPostgres
from tests.browser.conftest import DESKTOP, PHONE, Open, screenshot, sideways, violations
from tests.conftest import new_database, server_on_copy
from tests.mail.letters import ANNA, GROUP, mbox, recent
from tests.support import Service, postgres_config, run_rcmail, service_environment, serving

pytestmark = pytest.mark.browser
TABLET = {"width": 768, "height": 900}


QUOTING = "Can you mend my clock?\n\nOn 1 Nov 2026 at 12:00, Repair <repair@example.org> wrote:\n> quoted"
LETTERS = [
    recent(9, Message_ID="<1@x>", subject="toaster", X_GM_THRID="7"),
    recent(8, sender=GROUP, to=ANNA, subject="Re: toaster", text="Kom maar langs!", In_Reply_To="<1@x>"),
    *(
        recent(7 - number / 10, sender=f"Visitor {number} <v{number}@example.com>", subject=f"question {number}")
        for number in range(30)
    ),
    recent(2, sender="Cora <cora@example.com>", subject="clock", text=QUOTING),
    recent(1, sender="Dora <dora@example.com>", subject="radio", text="Mijn radio kraakt. Kan dat?"),
]
HARD = [
    recent(1, sender="A <a@example.com>", subject="long " * 400, text="Kan dat?"),
    recent(1.1, sender="B <b@example.com>", subject="x" * 1900, text="y" * 5000 + "?"),
    recent(1.2, sender="C <c@example.com>", subject="", text="Kan dat?"),
    recent(
        1.3, sender="דנה <d@example.com>", subject="תיקון מנורה בבית", text="שלום, האם אפשר לתקן את המנורה שלי?"
    ),
    recent(
        1.4,
        sender='"<script>alert(1)</script>" <e@example.com>',
        subject="<img src=x onerror=alert(1)>",
        text="</div></li></section><script>alert(1)</script> kan dat?",
    ),
    *(
        recent(
            1.5 - number / 1000,
            sender="F <f@example.com>" if number % 2 else GROUP,
            to=GROUP if number % 2 else "f@example.com",
            subject="two hundred",
            text=f"bericht nummer {number}?",
            Message_ID=f"<h{number}@x>",
            References="<h1@x>" if number > 1 else "",
        )
        for number in range(1, 201)
    ),
]

Fill = Callable[..., None]


def bring_in(database: PostgresConfig, folder: Path, *letters: bytes) -> None:
    path = folder / "some.mbox"
    path.write_bytes(mbox(*letters))
    done = run_rcmail("import", str(path), "--address", GROUP, env=service_environment(database), cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def fill(database_config: PostgresConfig, folder: Path) -> Fill:
    """Imports mails."""
    return lambda *letters: bring_in(database_config, folder, *letters)


@pytest.fixture(scope="module")
def with_mail(
    postgres: EmbeddedPostgres, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A database with LETTERS in it, to make others from: the import takes longer than most of the tests."""
    with new_database(postgres, template) as database:
        bring_in(database, tmp_path_factory.mktemp("mail"), *LETTERS)
        yield database.database


@pytest.fixture
def mail() -> None:
    """The database of this test has LETTERS in it."""


@pytest.fixture
def database_config(request: pytest.FixtureRequest, postgres: EmbeddedPostgres) -> Iterator[PostgresConfig]:
    source = "with_mail" if "mail" in request.fixturenames else "template"
    with new_database(postgres, request.getfixturevalue(source)) as database:
        yield database


@pytest.fixture
def run(database_config: PostgresConfig) -> Iterator[Callable[..., None]]:
    """Has an import be so far."""
    connection = psycopg2.connect(
        host=database_config.host, port=database_config.port, user="rcmail", dbname=database_config.database
    )

    def stands(done: int) -> None:
        with connection, connection.cursor() as cursor:
            cursor.execute("DELETE FROM jobs")
            cursor.execute(
                "INSERT INTO jobs (kind, priority, state, owner, started_at, progress) VALUES"
                " ('import', 10, 'running', 1, now(), jsonb_build_object('done', %s, 'total', 348, 'new', %s))",
                (done, done),
            )

    yield stands
    connection.close()


def row(page: Page, subject: str) -> Any:
    return page.locator(".row", has_text=subject).locator("a")


def mark(page: Page) -> None:
    """What is gone with the next page that is loaded anew."""
    page.evaluate("window.mark = true")


def is_same(page: Page) -> bool:
    return bool(page.evaluate("window.mark === true"))


def test_a_conversation_opens_beside_the_list_without_a_reload_and_back_leads_back(
    open_page: Open, mail: None
) -> None:
    page = open_page("/mail?state=all")
    mark(page)
    row(page, "clock").click()
    expect(page.locator("#open-title")).to_have_text("clock")
    expect(page.locator("#open-title")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/mail/\d+\?state=all$"))
    expect(page).to_have_title(re.compile("^clock · Mail"))
    expect(row(page, "clock")).to_have_attribute("aria-current", "true")
    row(page, "toaster").click()
    expect(page.locator("#open-title")).to_have_text("toaster")
    expect(page.locator("[aria-current=true].row a, .row a[aria-current]")).to_have_count(1)
    expect(page.locator(".reply-column")).to_contain_text("Kom maar langs!")
    page.go_back()
    expect(page.locator("#open-title")).to_have_text("clock")
    expect(row(page, "clock")).to_have_attribute("aria-current", "true")
    page.go_back()
    expect(page.locator("#open-title")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/mail\?state=all$"))
    page.go_forward()
    expect(page.locator("#open-title")).to_have_text("clock")
    row(page, "radio").click()  # what came back works like the first
    expect(page.locator("#open-title")).to_have_text("radio")
    assert is_same(page)


def test_the_whole_page_by_keyboard(open_page: Open, mail: None) -> None:
    page = open_page("/mail")
    mark(page)
    page.keyboard.press("j")
    expect(row(page, "radio")).to_be_focused()
    page.keyboard.press("j")
    expect(row(page, "clock")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#open-title")).to_be_focused()
    page.keyboard.press("k")
    expect(row(page, "radio")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    expect(page.get_by_role("dialog")).to_contain_text("edit the draft")
    assert violations(page) == []
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("j?k/")
    expect(page.locator("#q")).to_have_value("j?k/")
    page.locator("#note").focus()
    page.keyboard.type("j")
    expect(page.locator("#note")).to_have_value("j")
    assert is_same(page)


def test_tab_reaches_everything_and_what_has_the_focus_is_seen(open_page: Open, mail: None) -> None:
    page = open_page("/mail?q=toaster")
    row(page, "toaster").click()
    expect(page.locator("#open-title")).to_be_focused()
    page.evaluate("document.activeElement.blur(); document.getElementById('content').focus()")
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("(document.activeElement.id || document.activeElement.textContent).trim()"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none" or page.evaluate("document.activeElement === document.body")
    assert {"Answered", "q", "← Back to the list", "Copy", "Needs no answer", "Not a visitor’s", "note"} <= reached


def test_a_decision_is_told_beside_its_undo_and_nothing_is_loaded_anew(open_page: Open, mail: None) -> None:
    page = open_page("/mail")
    row(page, "clock").click()
    mark(page)
    page.get_by_role("button", name="Needs no answer").click()
    expect(page.locator("#said")).to_contain_text("Closed: it needs no answer.")
    expect(page.locator("#said")).to_be_focused()
    expect(row(page, "clock")).to_contain_text("closed")
    expect(page.locator("#rows")).to_contain_text("31 conversations wait")
    page.locator("#said").get_by_role("button", name="Undo").press("Enter")
    expect(page.locator("#said")).to_contain_text("as it was before")
    expect(page.locator("#rows")).to_contain_text("32 conversations wait")
    expect(row(page, "clock")).to_contain_text("waits")
    assert is_same(page)
    page.go_back()  # the decisions are no pages of their own
    expect(page.locator("#open-title")).to_have_count(0)


def test_a_typed_note_goes_along_with_a_decision_and_is_not_left_without_a_question(
    open_page: Open, mail: None
) -> None:
    page = open_page("/mail")
    row(page, "clock").click()
    page.get_by_label("Note for the group").fill("asked Gerrit")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", stay)
    row(page, "radio").click()
    expect(page.get_by_label("Note for the group")).to_have_value("asked Gerrit")
    assert asked == ["The note is not saved. Leave it?"]
    page.get_by_role("button", name="Not a visitor’s").click()
    expect(page.locator("#said")).to_contain_text("Noted: it is not a visitor’s.")
    expect(page.get_by_label("Note for the group")).to_have_value("asked Gerrit")
    expect(row(page, "clock")).to_contain_text("asked Gerrit")


def test_two_people_write_a_note_and_none_is_lost(open_page: Open, service: Service, mail: None) -> None:
    page = open_page("/mail", tolerated=("status of 409",))
    row(page, "clock").click()
    page.get_by_label("Note for the group").fill("mine")
    number = page.locator("#open").get_attribute("data-id")
    service.post(f"/mail/{number}/decide", {"note": "theirs", "seen_note": ""}, {"Accept": "text/html"})
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_role("alert").last).to_contain_text("It says now: theirs")
    expect(page.get_by_label("Note for the group")).to_have_value("mine")
    page.get_by_role("button", name="Save the note").click()
    expect(page.locator("#said")).to_contain_text("The note is saved.")


def test_without_javascript_all_of_it_works_by_links_and_forms(open_page: Open, mail: None) -> None:
    page = open_page("/mail", java_script_enabled=False)
    expect(page.locator("#show-keys")).to_be_hidden()
    page.locator("#q").fill("clock")
    page.get_by_role("button", name="Search").click()
    row(page, "clock").click()
    expect(page.locator("#open-title")).to_have_text("clock")
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    page.get_by_text("Show the whole text").click()
    expect(page.get_by_text("> quoted")).to_be_visible()
    page.get_by_role("button", name="Needs no answer").click()
    expect(page.locator("#said")).to_contain_text("Closed: it needs no answer.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#said")).to_contain_text("as it was before")
    page.get_by_label("Note for the group").fill("asked Gerrit")
    page.get_by_role("button", name="Save the note").click()
    page.get_by_role("link", name="Back to the list").click()
    expect(row(page, "clock")).to_contain_text("asked Gerrit")
    expect(page).to_have_url(re.compile(r"\?q=clock#c\d+$"))
    page.get_by_text("More filters").click()
    page.get_by_label("Language").select_option("English")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator(".row")).to_have_count(1)


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["javascript", "without"])
def test_a_phone_shows_one_column_at_a_time_and_the_way_back(
    open_page: Open, mail: None, java_script_enabled: bool
) -> None:
    page = open_page("/mail", viewport=PHONE, java_script_enabled=java_script_enabled)
    expect(page.locator("#list")).to_be_visible()
    row(page, "question 3").first.click()
    expect(page.locator(".messages-column")).to_be_visible()
    expect(page.locator("#list")).to_be_hidden()
    expect(page.locator(".reply-column")).to_be_hidden()
    expect(page.locator("#open-title")).to_be_in_viewport()
    page.get_by_role("link", name="Reply and decide").first.click()
    expect(page.locator(".reply-column")).to_be_visible()
    expect(page.locator(".messages-column")).to_be_hidden()
    page.get_by_role("button", name="Needs no answer").click()
    expect(page.locator("#said")).to_be_in_viewport()
    expect(page.locator(".reply-column")).to_be_visible()
    page.get_by_role("link", name="Messages").click()
    expect(page.locator(".messages-column")).to_be_visible()
    page.get_by_role("link", name="Back to the list").click()
    expect(page.locator("#list")).to_be_visible()
    assert sideways(page) == 0


def test_on_a_phone_j_goes_to_the_next_conversation(open_page: Open, mail: None) -> None:
    page = open_page("/mail", viewport=PHONE)
    row(page, "radio").click()
    expect(page.locator("#open-title")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#open-title")).to_have_text("clock")


@pytest.mark.timeout(400)  # axe-core over eight pages
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, TABLET, DESKTOP], ids=["phone", "tablet", "desktop"])
def test_every_state_is_accessible_and_fits(
    open_page: Open,
    service: Service,
    fill: Fill,
    run: Callable[..., None],
    size: dict[str, int],
    scheme: str,
) -> None:
    def look(name: str, path: str) -> Page:
        page = open_page(path, viewport=size, color_scheme=scheme)
        assert violations(page) == [], name
        assert sideways(page) == 0, name
        screenshot(page, f"mail-{name}-{size['width']}-{scheme}")
        return page

    look("nothing", "/mail")
    run(120)
    look("importing", "/mail")
    fill(*LETTERS)
    page = look("waiting", "/mail")
    row(page, "clock").click()
    expect(page.locator("#open-title")).to_have_text("clock")
    expect(page).to_have_url(re.compile(r"/mail/\d+"))
    address = page.url.partition(str(service.port))[2]
    assert violations(page) == []
    look("open", address)
    look("reply", f"{address}?show=reply")
    look("searched", "/mail?q=toaster&state=all&kind=unsure")
    look("nothing-found", "/mail?q=zebra")


def test_a_screen_reader_hears_what_the_eye_sees(open_page: Open, mail: None) -> None:
    page = open_page("/mail?q=toaster")
    row(page, "toaster").click()
    expect(page.locator("#open-title")).to_be_focused()
    expect(page.locator("main")).to_match_aria_snapshot(
        """
        - main:
          - heading "Mail" [level=1]
          - region "Conversations":
            - navigation "Which conversations"
            - search "Search the mail"
            - list "Conversations, the newest first":
              - listitem:
                - link /Anna 2 messages toaster .*answered/
          - navigation "This conversation":
            - link "← Back to the list"
          - heading "toaster" [level=2]
          - region "Messages":
            - list "Messages, the oldest first":
              - listitem:
                - paragraph:
                  - text: Received
                  - strong: Anna
              - listitem:
                - paragraph:
                  - text: Sent
                - text: Kom maar langs!
          - region "Reply":
            - heading "Reply" [level=2]
            - group:
              - text: What the group sent last, on
              - paragraph:
                - button "Copy"
            - paragraph:
              - link "Open in Gmail"
            - heading "Decide" [level=2]
            - form "Decide":
              - paragraph:
                - button "Needs no answer"
                - button "Wait again"
              - textbox "Note for the group"
        """
    )


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_conversations_that_are_hard_to_show_stay_in_their_column(
    open_page: Open, fill: Fill, size: dict[str, int]
) -> None:
    fill(*HARD)
    page = open_page("/mail?state=all", viewport=size)
    expect(page.locator(".row")).to_have_count(6)
    addresses = [each.get_attribute("href") for each in page.locator(".row a").all()]
    assert sideways(page) == 0
    for address in addresses:
        page = open_page(str(address), viewport=size)
        assert sideways(page) == 0
        assert violations(page) == []
    page = open_page("/mail?state=all&q=nummer", viewport=size)
    row(page, "two hundred").click()
    expect(page.locator(".message:visible")).to_have_count(3)
    page.get_by_text("Show the 197 earlier messages").click()
    expect(page.locator(".message:visible")).to_have_count(200)
    page = open_page("/mail?state=all", viewport=size)
    row(page, "תיקון").click()
    direction = page.locator(".messages .mail-text").first.evaluate("(one) => getComputedStyle(one).direction")
    assert direction == "rtl"


@pytest.mark.parametrize("permissions", [["clipboard-read", "clipboard-write"], []], ids=["https", "http"])
def test_what_was_sent_is_copied(open_page: Open, mail: None, permissions: list[str]) -> None:
    page = open_page("/mail?q=toaster", permissions=permissions)
    if not permissions:  # plain http in the home network has no clipboard API
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    row(page, "toaster").click()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    if permissions:
        assert page.evaluate("navigator.clipboard.readText()") == "Kom maar langs!"


def test_where_the_browser_refuses_to_copy_the_text_is_marked(open_page: Open, mail: None) -> None:
    page = open_page("/mail?q=toaster")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.evaluate("document.execCommand = () => false")
    row(page, "toaster").click()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Marked: copy it with Ctrl+C")).to_be_visible()
    assert page.evaluate("getSelection().toString()").strip() == "Kom maar langs!"


def test_progress_comes_by_itself_and_the_list_with_the_end(
    open_page: Open, fill: Fill, run: Callable[..., None]
) -> None:
    run(100)
    page = open_page("/mail")
    mark(page)
    expect(page.locator(".run")).to_contain_text("Importing: 100 of 348 mails")
    expect(page.locator("#rows")).to_contain_text("The first mails are on their way")
    page.get_by_role("button", name="Stop").focus()
    run(200)
    expect(page.locator(".run")).to_contain_text("200 of 348")
    expect(page.get_by_role("button", name="Stop")).to_be_focused()
    fill(*LETTERS)
    expect(page.locator(".run")).to_contain_text(f"{len(LETTERS)} new", timeout=10_000)
    expect(page.locator(".row")).to_have_count(32)
    expect(page.get_by_role("searchbox")).to_be_visible()
    assert is_same(page)


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["javascript", "without"])
def test_an_import_is_stopped(open_page: Open, run: Callable[..., None], java_script_enabled: bool) -> None:
    run(100)
    page = open_page("/mail", java_script_enabled=java_script_enabled)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".run")).to_contain_text("Stopping …")


@pytest.fixture(scope="module")
def mail_cluster(cluster: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cluster with LETTERS in it, to copy."""
    folder = tmp_path_factory.mktemp("mail")
    with server_on_copy(cluster) as server:
        database = postgres_config(str(server.socket))
        assert run_rcmail("migrate", env=service_environment(database), cwd=folder).returncode == 0
        bring_in(database, folder, *LETTERS)
        server.stop()
        yield server.folder


class TestDatabaseDown:
    @pytest.fixture
    def own_postgres(self, mail_cluster: Path) -> Iterator[EmbeddedPostgres]:
        with server_on_copy(mail_cluster) as server:
            yield server

    @pytest.fixture
    def service(self, own_postgres: EmbeddedPostgres, folder: Path) -> Iterator[Service]:
        """A service on a database that this test may stop."""
        with serving(folder, service_environment(postgres_config(str(own_postgres.socket)))) as running:
            yield running

    def test_the_open_page_stays_and_goes_on_when_it_is_back(
        self, open_page: Open, own_postgres: EmbeddedPostgres
    ) -> None:
        page = open_page("/mail", tolerated=("status of 503", "Status Error Code 503"))
        row(page, "clock").click()
        page.get_by_label("Note for the group").fill("typed before")
        own_postgres.stop()
        page.get_by_role("button", name="Save the note").click()
        expect(page.locator("#refused")).to_contain_text("The database does not answer just now")
        expect(page.locator("#open-title")).to_have_text("clock")
        expect(page.get_by_label("Note for the group")).to_have_value("typed before")
        expect(page.locator(".row")).to_have_count(32)
        page.get_by_text("Show the whole text").click()
        expect(page.get_by_text("> quoted")).to_be_visible()
        own_postgres.start()
        expect(page.locator("[data-notice=database]")).to_have_count(0, timeout=40_000)
        page.get_by_role("button", name="Save the note").click()
        expect(page.locator("#said")).to_contain_text("The note is saved.")
        expect(page.locator("#refused")).to_be_hidden()

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("size", [PHONE, TABLET, DESKTOP], ids=["phone", "tablet", "desktop"])
    def test_a_page_that_is_opened_meanwhile_is_calm_and_leads_on(
        self, open_page: Open, own_postgres: EmbeddedPostgres, size: dict[str, int], scheme: str
    ) -> None:
        own_postgres.stop()
        page = open_page("/mail?q=clock", status=503, viewport=size, color_scheme=scheme)
        assert violations(page) == []
        assert sideways(page) == 0
        screenshot(page, f"mail-database-down-{size['width']}-{scheme}")
        own_postgres.start()
        page.get_by_role("link", name="Try again").click()
        expect(row(page, "clock")).to_be_visible()
