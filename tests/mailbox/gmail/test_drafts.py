"""Drafts in Gmail: each once, in its thread, and hands off what somebody has changed, sent or removed."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rcmail.drafting.letter import Asked, Letter, content
from rcmail.errors import DraftRefused, MailboxBusy, MailboxUnavailable
from rcmail.mailbox.base import DraftBox, DraftState, StoredDraft
from rcmail.mailbox.gmail.calls import Gmail
from rcmail.mailbox.gmail.drafts import GmailDrafts
from rcmail.mailbox.gmail.sameness import digest
from tests.fakes.gmail import FakeGmail, breaks, cuts, refusal, says

NAME = "0123456789abcdef0123456789abcdef"
ID = f"<{NAME}@example.org>"
ASKED = Asked("Zoë", "zoe@example.org", datetime(2026, 11, 20, 9, tzinfo=UTC), "Is het café open?")
LETTER = Letter(
    draft_id=NAME,
    message_id=ID,
    dated=datetime(2026, 11, 21, 9, tzinfo=UTC),
    from_address="repair@example.org",
    to_name="Zoë de Vries",
    to_address="Zoe@example.org",
    subject="Lamp, té oud voor het café? En nog een heel lang onderwerp dat over meer dan één regel gaat",
    in_reply_to="<1@example.org>",
    references=["<0@example.org>", "<1@example.org>"],
    text="Beste Zoë,\n\nKom gerust langs — het is open.  \n\nGroet",
    language="nl",
    asked=[ASKED],
)
DRAFT = content(LETTER)
MAIL = b"From: zoe@example.org\r\nSubject: lamp\r\nMessage-ID: <1@example.org>\r\n\r\nIs het open?\r\n"


@pytest.fixture
def box(gmail: Gmail, google: FakeGmail) -> DraftBox:
    google.put(MAIL, thread="t7")
    return GmailDrafts(gmail)


def raw_of(google: FakeGmail, draft: StoredDraft) -> bytes:
    return google.mails[google.drafts[draft.key.partition("/")[0]]].raw


def edit(google: FakeGmail, draft: StoredDraft, old: bytes = b"Kom gerust", new: bytes = b"Kom niet") -> None:
    raw = raw_of(google, draft)
    assert old in raw
    google.mails[google.drafts[draft.key.partition("/")[0]]].raw = raw.replace(old, new)


def leave(google: FakeGmail, draft: StoredDraft, *labels: str) -> None:
    """It is no draft any more: removed, or, where ``labels`` are told, a mail."""
    message = google.drafts.pop(draft.key.partition("/")[0])
    mail = google.mails.pop(message)
    if labels:
        google.mails["sent"] = replace(mail, labels=[*labels], date=mail.date + 1000)


async def test_a_draft_lies_in_its_thread_as_it_was_written(box: DraftBox, google: FakeGmail) -> None:
    stored = await box.create(DRAFT, "t7")
    assert stored.key.endswith("/t7")
    assert stored.digest == box.digest(DRAFT)
    assert raw_of(google, stored) == DRAFT
    assert google.mails[google.drafts[stored.key.partition("/")[0]]].thread == "t7"
    assert await box.state(stored) is DraftState.THERE
    assert not [each for each in google.asked if each.lower().endswith("send")]


async def test_where_the_thread_is_gone_it_lies_in_one_of_its_own(box: DraftBox, google: FakeGmail) -> None:
    stored = await box.create(DRAFT, "t404")
    assert not stored.key.endswith("/t404")
    assert len(google.drafts) == 1
    google.faults = [refusal(400, "invalidArgument")]
    await box.create(DRAFT, "t7")
    assert len(google.drafts) == 2


async def test_one_that_gmail_does_not_take_is_told_of_that_one(box: DraftBox, google: FakeGmail) -> None:
    google.always = refusal(400, "invalidArgument")
    with pytest.raises(DraftRefused, match="does not understand"):
        await box.create(DRAFT, "t7")
    google.always = None
    stored = await box.create(DRAFT, "t7")
    google.faults = [None, refusal(400, "invalidArgument")]
    with pytest.raises(DraftRefused):
        await box.replace(stored, DRAFT)


@pytest.mark.parametrize("search_lags", [False, True])
async def test_it_is_found_by_its_message_id_and_by_no_other(
    gmail: Gmail, box: DraftBox, google: FakeGmail, search_lags: bool
) -> None:
    google.search_lags = search_lags
    assert await box.find(ID) is None
    stored = await box.create(DRAFT, "t7")
    other = await box.create(DRAFT.replace(NAME.encode(), b"f" * 32), None)
    for each in (box, GmailDrafts(gmail)):
        assert await each.find(ID) == stored
        assert await each.find(f"<{'f' * 32}@example.org>") == other
        assert await each.find(f"<{'e' * 32}@example.org>") is None


async def test_it_is_found_where_gmail_has_given_it_another_message_id(gmail: Gmail, google: FakeGmail) -> None:
    stored = await GmailDrafts(gmail).create(DRAFT, None)
    edit(google, stored, ID.encode(), b"<CAx@mail.gmail.com>")
    found = await GmailDrafts(gmail).find(ID)
    assert found == stored


async def test_it_is_found_among_the_drafts_of_others_at_little_cost(gmail: Gmail, google: FakeGmail) -> None:
    google.search_lags = True
    box = GmailDrafts(gmail)
    for number in range(200):
        await box.create(DRAFT.replace(NAME.encode(), b"%032x" % number), None)
    stored = await box.create(DRAFT, None)
    again = GmailDrafts(gmail)
    google.asked.clear()
    assert await again.find(ID) == stored
    assert len(google.asked) < 10
    google.asked.clear()
    for number in range(500, 520):
        assert await again.find(f"<{number:032x}@example.org>") is None
        await again.create(DRAFT.replace(NAME.encode(), b"%032x" % number), None)
    assert len(google.asked) < 20 * 3 + 30, "each draft of others is looked at once"


@pytest.mark.parametrize("fault", [breaks, cuts, refusal(503), says("<html>")])
@pytest.mark.parametrize("search_lags", [False, True])
async def test_where_nobody_knows_whether_it_was_created_it_is_looked_for(
    box: DraftBox, google: FakeGmail, fault: object, search_lags: bool
) -> None:
    google.search_lags = search_lags
    done = await box.create(DRAFT, "t7")
    google.faults = [fault]  # type: ignore[list-item]
    assert await box.create(DRAFT, "t7") == done, "as if the first one had been this one's"
    google.drafts.clear()
    google.faults = [fault]  # type: ignore[list-item]
    with pytest.raises(MailboxUnavailable):
        await box.create(DRAFT, "t7")
    assert google.drafts == {}


async def test_a_gmail_that_is_busy_is_asked_again_and_creates_one(box: DraftBox, google: FakeGmail) -> None:
    google.faults = [refusal(403, "userRateLimitExceeded"), refusal(429)]
    await box.create(DRAFT, "t7")
    assert len(google.drafts) == 1
    google.always = refusal(429, **{"Retry-After": "900"})
    with pytest.raises(MailboxBusy) as raised:
        await box.create(DRAFT, "t7")
    assert raised.value.wait == pytest.approx(900, abs=2)


async def test_it_is_replaced_where_nobody_has_changed_it(box: DraftBox, google: FakeGmail) -> None:
    stored = await box.create(DRAFT, "t7")
    new = content(replace(LETTER, text="Kom gerust."))
    second = await box.replace(stored, new)
    assert second == StoredDraft(stored.key, box.digest(new))
    assert raw_of(google, second) == new
    assert second.key.endswith("/t7")
    assert await box.replace(stored, DRAFT) is None
    edit(google, second)
    assert await box.replace(second, DRAFT) is None
    assert await box.state(second) is DraftState.EDITED
    assert b"Kom niet" in raw_of(google, second)
    leave(google, second)
    assert await box.replace(second, DRAFT) is None
    assert len(google.drafts) == 0


async def test_one_that_goes_while_it_is_replaced_is_not_written(box: DraftBox, google: FakeGmail) -> None:
    stored = await box.create(DRAFT, "t7")

    def goes(_: object) -> None:
        leave(google, stored)

    google.faults = [None, goes]
    assert await box.replace(stored, content(replace(LETTER, text="Kom gerust."))) is None
    assert len(google.drafts) == 0


async def test_what_has_an_attachment_now_was_edited(gmail: Gmail, box: DraftBox, google: FakeGmail) -> None:
    stored = await box.create(DRAFT, "t7")
    message = message_from_bytes(DRAFT, policy=policy.SMTP)
    assert isinstance(message, EmailMessage)
    for size in (10, 6_000_000):
        message.add_attachment(b"x" * size, maintype="image", subtype="jpeg", filename="plan.jpg")
        google.mails[google.drafts[stored.key.partition("/")[0]]].raw = bytes(message)
        assert await box.state(stored) is DraftState.EDITED
        found = await GmailDrafts(gmail).find(ID)
        assert found is not None
        assert found.digest != stored.digest


async def test_what_was_sent_is_told_from_what_was_removed(box: DraftBox, google: FakeGmail) -> None:
    for labels, state in (
        ((), DraftState.GONE),
        (("SENT",), DraftState.SENT),
        (("SENT", "TRASH"), DraftState.GONE),
    ):
        stored = await box.create(DRAFT, "t7")
        leave(google, stored, *labels)
        assert await box.state(stored) is state
        google.mails.pop("sent", None)
    stored = await box.create(DRAFT, None)
    leave(google, stored)
    assert await box.state(stored) is DraftState.GONE, "its thread is gone with it"


@pytest.mark.parametrize("key", ["send", "../messages/send", "", "/", "send/send", "r-404/t7", "r-404/../send"])
async def test_a_key_that_is_none_names_nothing(box: DraftBox, google: FakeGmail, key: str) -> None:
    draft = StoredDraft(key, "")
    assert await box.state(draft) is DraftState.GONE
    assert await box.replace(draft, DRAFT) is None
    assert not [each for each in google.asked if "send" in each or each.startswith(("PUT", "POST /drafts"))]


def as_gmail_may(raw: bytes) -> bytes:
    """The same draft, put together in another way."""
    message = message_from_bytes(raw, policy=policy.compat32)
    text = message.get_payload(decode=True)
    assert isinstance(text, bytes)
    fields = [*reversed(list(message.raw_items())), ("Received", "by 2002:a05:1 with SMTP"), ("X-Gm", "1")]
    kept = [(name, value) for name, value in fields if not name.lower().startswith("content-")]
    head = "".join(f"{name.upper()}:  {value}\n" for name, value in kept)
    made = EmailMessage(policy=policy.SMTP)
    made.set_content(text.decode().replace("\r\n", "\n"), charset="utf-8", cte="base64")
    return head.encode() + bytes(made).replace(b"\r\n", b"\n")


def test_a_draft_is_the_same_however_it_is_put_together() -> None:
    assert as_gmail_may(DRAFT) != DRAFT
    assert digest(as_gmail_may(DRAFT)) == digest(DRAFT)


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.just("\n"), max_size=200),
    st.text(max_size=90),
)
@settings(max_examples=100)
def test_so_is_any_draft_of_ours(text: str, subject: str) -> None:
    raw = content(replace(LETTER, text=text, subject=subject, to_name=subject))
    assert digest(raw) == digest(raw.replace(b"\r\n", b"\n")) == digest(as_gmail_may(raw))


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Beste Zoë,\n\nKom gerust langs — het is dicht.\n\nGroet"},
        {"text": "Beste Zoe,\n\nKom gerust langs — het is open.\n\nGroet"},
        {"subject": "Lamp"},
        {"to_address": "anna@example.org"},
        {"in_reply_to": "<2@example.org>"},
        {"asked": []},
    ],
)
def test_what_says_something_else_is_another_one(changes: dict[str, object]) -> None:
    assert digest(content(replace(LETTER, **changes))) != digest(DRAFT)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "field", [b"Cc: anna@example.org\r\n", b"Bcc: anna@example.org\r\n", b"To: anna@example.org\r\n"]
)
def test_who_gets_it_too_makes_it_another_one(field: bytes) -> None:
    assert digest(field + DRAFT) != digest(DRAFT)


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"Subject: ", b"To: ", b'Content-Type: text/plain; charset="', DRAFT]),
)
def test_anything_has_a_digest(raw: bytes, start: bytes) -> None:
    assert len(digest(start + raw)) == 64
