"""Forgetting a visitor in a real Chromium: seen before it is done, with and without JavaScript, on a phone too."""

import mailbox
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from rcmail.config import PostgresConfig
from tests.browser.conftest import DESKTOP, PHONE, Open, screenshot, sideways, violations
from tests.browser.test_mail import bring_in
from tests.mail.letters import ANNA, GROUP, recent
from tests.support import Service

pytestmark = pytest.mark.browser
ANSWER = "Neem de broodrooster gerust mee, dan kijken wij er samen naar. Een afspraak is niet nodig."
LETTERS = [
    recent(9, Message_ID="<1@x>", subject="broodrooster"),
    recent(8, sender=GROUP, to=ANNA, subject="Re: broodrooster", text=f"Beste Anna,\n\n{ANSWER}\n\nGroet, Gerrit",
           In_Reply_To="<1@x>", Message_ID="<2@x>"),
    recent(2, sender="Cora <cora@example.com>", subject="klok", text="Kunnen jullie mijn klok maken?"),
]  # fmt: skip


@pytest.fixture
def filled(service: Service, database_config: PostgresConfig, folder: Path) -> None:
    bring_in(database_config, folder, *LETTERS)


def at_the_question(page: Page) -> Page:
    """Where it is asked before anything goes."""
    page.get_by_role("link", name="forget this person, or hand out their mail").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Forget a person")
    return page


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_what_goes_is_seen_before_it_goes(open_page: Open, viewport: dict[str, int], script: bool) -> None:
    page = open_page("/mail/1?show=reply", viewport=viewport, java_script_enabled=script)
    at_the_question(page)
    expect(page.locator("main")).to_contain_text("1 conversation: 1 mail of this person, 1 to this person.")
    page.get_by_text("Show it").click()
    expect(page.get_by_text(ANSWER)).to_be_visible()
    if script:
        assert not violations(page)
    assert not sideways(page)
    screenshot(page, f"forget-{'desktop' if viewport == DESKTOP else 'phone'}")
    page.get_by_role("button", name="Forget anna@example.com").click()
    expect(page.get_by_role("status").first).to_contain_text("is forgotten")
    if script:
        assert not violations(page)
    assert not sideways(page)
    page.get_by_role("link", name="Back to the mail").click()
    expect(page.locator("#rows")).to_contain_text("Cora")
    expect(page.locator("#rows")).not_to_contain_text("Anna")


@pytest.mark.usefixtures("filled")
def test_one_may_leave_it_as_it_is_and_take_a_file(open_page: Open, tmp_path: Path) -> None:
    page = at_the_question(open_page("/mail/1"))
    with page.expect_download() as download:
        page.get_by_role("link", name="what there is of this person, for a mail program").click()
    download.value.save_as(tmp_path / "person.mbox")
    with closing(mailbox.mbox(tmp_path / "person.mbox")) as box:
        assert [each["Subject"] for each in box] == ["broodrooster", "Re: broodrooster"]
    page.get_by_role("link", name="Leave it as it is").click()
    expect(page.locator("#open-title")).to_have_text("broodrooster")


def test_a_long_address_fits_on_a_phone(
    service: Service, database_config: PostgresConfig, folder: Path, open_page: Open
) -> None:
    long = "wilhelmina.van.der.oudewetering.de.jong@example.net"
    bring_in(database_config, folder, recent(2, sender=long, text="Kunnen jullie mijn klok maken?"))
    page = at_the_question(open_page("/mail/1?show=reply", viewport=PHONE))
    expect(page.get_by_role("button", name=f"Forget {long}")).to_be_visible()
    assert not sideways(page)
