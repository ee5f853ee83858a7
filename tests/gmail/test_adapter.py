"""What rcmail makes of a Gmail that is none of ours: its mail, its drafts, and what may go wrong with either."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rcmail.client import make_http_client
from rcmail.drafting.letter import content
from rcmail.errors import (
    MailboxBusy,
    MailboxDisconnected,
    MailboxScopeMissing,
    MailboxUnavailable,
    MailboxWrongClient,
    MessageGone,
)
from rcmail.log.redaction import Secret
from rcmail.mailbox.base import Account, DraftState, Flag
from rcmail.mailbox.gmail import wire
from rcmail.mailbox.gmail.calls import Gmail
from rcmail.mailbox.gmail.drafts import GmailDrafts
from rcmail.mailbox.gmail.mailbox import GmailMailbox
from rcmail.mailbox.gmail.oauth import READ, Access, Client, consent_url, exchange, revoke
from tests.gmail import faults
from tests.gmail.emulate import Mail
from tests.gmail.google import Google
from tests.gmail.loading import EXAMPLE_GROUP, example
from tests.mailbox.gmail.conftest import in_a_hurry as in_a_hurry
from tests.mailbox.gmail.test_drafts import DRAFT, ID, LETTER, as_gmail_may
from tests.mailbox.gmail.test_mailbox import MAIL, large, text_of

VERIFIER = "v" * 43


def client(google: Google) -> Client:
    return Client(Secret(google.client_id), Secret(google.client_secret))


async def opened(google: Google, *scopes: str) -> AsyncIterator[Gmail]:
    async with make_http_client() as http:
        token = Secret(google.refresh_token(*scopes))
        yield Gmail(http, google.places, Access(http, google.places, client(google), token))


@pytest.fixture
async def gmail(google: Google) -> AsyncIterator[Gmail]:
    async for each in opened(google):
        yield each


async def test_the_example_mailbox_comes_byte_by_byte_and_a_second_look_is_two_requests(
    example_google: Google,
) -> None:
    seeded = await asyncio.to_thread(example)
    there = sorted(each.raw for each in seeded)
    async for gmail in opened(example_google):
        mailbox = GmailMailbox(gmail, since=None)
        assert await mailbox.account() == Account("gmail", EXAMPLE_GROUP)
        [page] = [page async for page in mailbox.changes(None)]
        assert (len(page.keys), page.done, page.total) == (len(there), len(there), len(there))
        came = await asyncio.gather(*map(mailbox.fetch, page.keys))
        assert sorted(each.content for each in came) == there
        assert len({each.thread for each in came}) == len({each.thread for each in seeded})
        sent = sum(Flag.SENT in each.flags for each in came)
        assert sent == sum("SENT" in each.labels for each in seeded) > 0
        assert {each.received for each in came} == {each.received for each in seeded}
        before = example_google.count()
        [again] = [each async for each in GmailMailbox(gmail, since=None).changes(page.cursor)]
        assert again.keys == []
        assert example_google.count() - before == 2


async def test_what_is_no_mail_is_not_listed_and_what_comes_is_news(google: Google, gmail: Gmail) -> None:
    google.seed([Mail(MAIL, (label,)) for label in ("DRAFT", "CHAT", "SPAM", "TRASH")])
    [key] = google.seed([MAIL])
    mailbox = GmailMailbox(gmail, since=None)
    [page] = [each async for each in mailbox.changes(None)]
    assert page.keys == [key]
    [later] = google.seed([MAIL.replace(b"<1@", b"<2@")])
    google.seed([Mail(MAIL, ("SPAM",))])
    [news] = [each async for each in GmailMailbox(gmail, since=None).changes(page.cursor)]
    assert news.keys == [later]
    google.expire_history()
    [everything] = [each async for each in GmailMailbox(gmail, since=None).changes(news.cursor)]
    assert set(everything.keys) == {key, later}
    with pytest.raises(MessageGone):
        await mailbox.fetch("18c0000000000404")


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
async def test_a_large_mail_is_known_ahead_and_comes_without_its_photograph(
    google: Google, gmail: Gmail, charset: str
) -> None:
    [key] = google.seed([large("Is het café open? Groeten, Anïa", 5_000_000, charset)])
    mailbox = GmailMailbox(gmail, since=None)
    [page] = [each async for each in mailbox.changes(None)]
    raw = await mailbox.fetch(key)
    assert text_of(raw.content) == "Is het café open? Groeten, Anïa"
    assert len(raw.content) < 2000
    assert [each.query["format"] for each in google.asked if "format" in each.query] == ["full"]
    assert page.keys == [key]


async def test_a_volunteer_connects_and_disconnects(google: Google) -> None:
    async with make_http_client() as http:
        url = consent_url(google.places, client(google), state="s", verifier=VERIFIER)
        back = google.agree(url)
        code = back.partition("code=")[2].partition("&")[0]
        grant = await exchange(http, google.places, client(google), code=code, verifier=VERIFIER)
        access = Access(http, google.places, client(google), grant.refresh_token)
        mailbox = GmailMailbox(Gmail(http, google.places, access), since=None)
        assert (await mailbox.account()).address == google.emulate.group
        with pytest.raises(MailboxDisconnected):
            await exchange(http, google.places, client(google), code=code, verifier=VERIFIER)
        await revoke(http, google.places, grant.refresh_token)
        await revoke(http, google.places, grant.refresh_token)
        with pytest.raises(MailboxDisconnected, match="lets rcmail in no longer"):
            await access.token(instead_of=await access.token())


async def test_what_was_not_ticked_is_told(google: Google) -> None:
    async for gmail in opened(google, READ):
        with pytest.raises(MailboxScopeMissing, match="write drafts"):
            await gmail.call("getProfile")


@pytest.mark.parametrize(
    ("fault", "where", "error", "sentence"),
    [
        (faults.EXPIRED, "profile", MailboxDisconnected, "sign in to the account"),
        (faults.RATE, "profile", MailboxBusy, "asks rcmail to wait"),
        (faults.USER_RATE, "profile", MailboxBusy, "asks rcmail to wait"),
        (faults.BUSY, "profile", MailboxBusy, "asks rcmail to wait"),
        (faults.busy_for(900), "profile", MailboxBusy, "asks rcmail to wait"),
        (faults.DAILY, "profile", MailboxBusy, "in a day"),
        (faults.SCOPE, "profile", MailboxScopeMissing, "may not read mail"),
        (faults.NOT_ENABLED, "profile", MailboxUnavailable, "enable “Gmail API”"),
        (faults.POLICY, "profile", MailboxUnavailable, "administrator"),
        (faults.BACKEND, "profile", MailboxUnavailable, "fault of its own .HTTP status 500"),
        (faults.UNAVAILABLE, "profile", MailboxUnavailable, "fault of its own .HTTP status 503"),
        (faults.BAD_GATEWAY, "profile", MailboxUnavailable, "fault of its own .HTTP status 502"),
        (faults.HTML, "profile", MailboxUnavailable, "is not Gmail"),
        (faults.NONSENSE, "profile", MailboxUnavailable, "is not Gmail"),
        (faults.cut, "profile", MailboxUnavailable, "is not Gmail"),
        (faults.broken_off, "profile", MailboxUnavailable, "broke off"),
        (faults.dropped, "profile", MailboxUnavailable, "broke off"),
        (faults.silent, "profile", MailboxUnavailable, "timed out"),
        (faults.dripping(0.2), "profile", MailboxUnavailable, "timed out"),
        (faults.REVOKED, "token", MailboxDisconnected, "lets rcmail in no longer"),
        (faults.WRONG_CLIENT, "token", MailboxWrongClient, "GMAIL_CLIENT_ID"),
        (faults.CLOCK, "token", MailboxUnavailable, "clock"),
        (faults.UNAVAILABLE, "token", MailboxUnavailable, "sign-in does not answer"),
        (faults.silent, "token", MailboxUnavailable, "sign-in cannot be reached: timed out"),
    ],
)
async def test_every_fault_has_its_sentence_and_is_over_when_it_is_over(
    google: Google,
    gmail: Gmail,
    monkeypatch: pytest.MonkeyPatch,
    fault: faults.Fault,
    where: str,
    error: type[Exception],
    sentence: str,
) -> None:
    with monkeypatch.context() as patch:
        if "timed out" in sentence:
            patch.setattr(wire, "_SECONDS", 0.5)
        google.plan(fault, f"/{where}$", times=None)
        with pytest.raises(error, match=sentence):
            await gmail.call("getProfile")
        google.heal()
    if error is not MailboxBusy:
        assert (await gmail.call("getProfile"))["emailAddress"] == google.emulate.group


async def test_a_gmail_that_does_not_listen_is_told(google: Google, gmail: Gmail) -> None:
    await gmail.call("getProfile")
    google.refuse()
    with pytest.raises(MailboxUnavailable, match="no connection"):
        await gmail.call("getProfile")
    google.listen()
    assert await gmail.call("getProfile")


async def test_a_draft_is_created_found_replaced_and_left_alone_once_it_is_edited(
    google: Google, gmail: Gmail
) -> None:
    google.seed([Mail(MAIL, ("INBOX",), "thread-7", datetime(2026, 11, 20, tzinfo=UTC))])
    box = GmailDrafts(gmail)
    assert await box.find(ID) is None
    stored = await box.create(DRAFT, "thread-7")
    assert await box.find(ID) == await GmailDrafts(gmail).find(ID) == stored
    second = await box.replace(stored, content(replace(LETTER, text="Kom gerust.")))
    assert second is not None
    assert await box.state(second) is DraftState.THERE
    [draft] = google.emulate.drafts()
    assert draft["message"]["threadId"] == "thread-7"
    assert draft["message"]["raw"] == content(replace(LETTER, text="Kom gerust."))
    assert await GmailDrafts(gmail).find(ID) == second
    edited = as_gmail_may(DRAFT.replace(b"Kom gerust", b"Kom niet"))
    google.emulate.ask("PUT", f"/drafts/{draft['id']}", {"message": Mail(edited, (), "thread-7").as_json()})
    assert await box.state(second) is DraftState.EDITED
    assert await box.replace(second, DRAFT) is None


async def test_sent_is_told_from_removed(google: Google, gmail: Gmail) -> None:
    google.seed([Mail(MAIL, ("INBOX",), "thread-7", datetime(2026, 11, 20, tzinfo=UTC))])
    box = GmailDrafts(gmail)
    stored = await box.create(DRAFT, "thread-7")
    google.emulate.ask("DELETE", f"/drafts/{stored.key.partition('/')[0]}")
    assert await box.state(stored) is DraftState.GONE
    stored = await box.create(DRAFT, "thread-7")
    google.emulate.send_by_hand(stored.key.partition("/")[0])
    assert await box.state(stored) is DraftState.SENT


async def test_a_thread_that_is_gone_does_not_take_the_draft_with_it(google: Google, gmail: Gmail) -> None:
    box = GmailDrafts(gmail)
    stored = await box.create(DRAFT, "thread-404")
    assert await box.state(stored) is DraftState.THERE
    assert len(google.emulate.drafts()) == 1


@pytest.mark.parametrize("fault", [faults.lost, faults.undelivered, faults.cut, faults.broken_off])
async def test_what_was_written_without_an_answer_is_written_once(
    google: Google, gmail: Gmail, monkeypatch: pytest.MonkeyPatch, fault: faults.Fault
) -> None:
    box = GmailDrafts(gmail)
    await box.find(ID)
    monkeypatch.setattr(wire, "_SECONDS", 1.0)
    google.plan(fault, "POST .*/drafts$", times=None)
    stored = await box.create(DRAFT, None)
    assert stored.digest == box.digest(DRAFT)
    [draft] = google.emulate.drafts()
    assert draft["message"]["raw"] == DRAFT
    google.heal()
    google.plan(fault, "PUT .*/drafts/")
    second = await box.replace(stored, content(replace(LETTER, text="Kom gerust.")))
    assert second is not None
    assert await box.state(second) is DraftState.THERE
    assert len(google.emulate.drafts()) == 1
