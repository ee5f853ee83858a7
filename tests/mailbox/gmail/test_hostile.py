"""Whatever answers in Gmail's place: nothing makes rcmail crash, or write a field that nobody wrote."""

import json
from base64 import urlsafe_b64encode
from email import message_from_bytes, policy
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rcmail.client import make_http_client
from rcmail.errors import MailboxUnavailable, MessageGone, RcmailError
from rcmail.mailbox.base import MAX_BYTES, StoredDraft
from rcmail.mailbox.gmail import oauth
from rcmail.mailbox.gmail.calls import Gmail
from rcmail.mailbox.gmail.drafts import GmailDrafts
from rcmail.mailbox.gmail.mailbox import GmailMailbox
from rcmail.mailbox.gmail.oauth import READ, Access
from rcmail.mailbox.gmail.parts import put_together
from rcmail.mailbox.gmail.refusals import meant
from rcmail.mailbox.gmail.wire import Answer
from tests.fakes.gmail import CLIENT, REFRESH_TOKEN, FakeGmail, says

# fmt: off
NAMES = [
    "id", "threadId", "labelIds", "internalDate", "raw", "payload", "headers", "name", "value", "parts", "body",
    "data", "mimeType", "messages", "history", "drafts", "message", "nextPageToken", "messagesAdded",
    "labelsRemoved", "emailAddress", "historyId", "error", "errors", "reason", "details", "status",
    "access_token", "refresh_token", "scope", "expires_in",
]
# fmt: on
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
ANY = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=25,
)
OBJECTS = st.dictionaries(st.sampled_from(NAMES), ANY, max_size=8)
FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(st.integers(100, 599), OBJECTS, st.text(max_size=30), st.text(max_size=30))
@example(403, {"error": {"errors": [{"reason": "userRateLimitExceeded"}]}}, "9" * 5000, "")
def test_every_refusal_means_something(status: int, content: dict[str, Any], wait: str, date: str) -> None:
    error = meant(Answer(status, content, wait, date), READ, names_something=True)
    assert isinstance(error, RcmailError)
    assert str(error)


@given(OBJECTS)
@FEW
async def test_every_answer_is_taken_or_told(google: FakeGmail, gmail: Gmail, content: dict[str, Any]) -> None:
    google.always = says(json.dumps(content))
    mailbox, box = GmailMailbox(gmail, since=None), GmailDrafts(gmail)
    works: list[Any] = [
        mailbox.account(),
        mailbox.fetch("m1"),
        box.find("<a@example.org>"),
        box.state(StoredDraft("r-1/t1", "")),
        box.create(b"Message-ID: <a@example.org>\r\n\r\nx\r\n", "t1"),
    ]
    for work in works:
        try:
            await work
        except (MailboxUnavailable, MessageGone) as error:
            assert str(error)
    for cursor in (None, "1 1971-01-01"):
        try:
            pages = [page async for page in GmailMailbox(gmail, since=None).changes(cursor)]
        except MailboxUnavailable:
            continue
        assert all(isinstance(key, str) for page in pages for key in page.keys)


@given(OBJECTS)
@FEW
async def test_every_answer_of_the_sign_in_is_taken_or_told(google: FakeGmail, content: dict[str, Any]) -> None:
    for status in (200, 400, 401):
        google.sign_in = says(json.dumps(content), status)
        async with make_http_client() as http:
            try:
                grant = await oauth.exchange(http, google.places, CLIENT, code="c", verifier="v" * 43)
                assert grant.refresh_token
            except MailboxUnavailable as error:
                assert "fake-" not in str(error)
            try:
                assert isinstance(await Access(http, google.places, CLIENT, REFRESH_TOKEN).token(), str)
            except MailboxUnavailable as error:
                assert "fake-" not in str(error)


@given(OBJECTS)
def test_any_payload_is_put_together(payload: dict[str, Any]) -> None:
    assert len(put_together(payload)) <= MAX_BYTES


TEXTS = st.text(max_size=60) | st.sampled_from(
    ["a\r\nBcc: b@example.org", "a\nX: y", "=?utf-8?q?=0D=0ABcc:_b?=", "\x85x"]
)


@given(
    st.lists(
        st.tuples(st.sampled_from(["Subject", "To", "X-A", "Bad Name", "", "Content-Type"]), TEXTS), max_size=5
    )
)
def test_no_value_becomes_a_field_of_its_own(fields: list[tuple[str, str]]) -> None:
    headers = [{"name": name, "value": value} for name, value in fields]
    made = put_together({"mimeType": "text/plain", "headers": headers, "body": {"data": ""}})
    head = made.partition(b"\r\n\r\n")[0]
    allowed = {b"subject", b"to", b"x-a", b"mime-version", b"content-type", b"content-transfer-encoding"}
    assert {line.partition(b":")[0].lower() for line in head.split(b"\r\n")} <= allowed


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_a_part_cannot_end_before_its_end(first: bytes, second: bytes) -> None:
    parts = [
        {"mimeType": "text/plain", "body": {"data": urlsafe_b64encode(each).decode()}} for each in (first, second)
    ]
    made = put_together({"mimeType": "multipart/mixed", "parts": parts})
    parsed = message_from_bytes(made, policy=policy.compat32)
    assert isinstance(parsed.get_payload(), list)
    assert len(parsed.get_payload()) == 2


def test_parts_within_parts_without_end_are_put_together() -> None:
    payload: dict[str, Any] = {"mimeType": "text/plain", "body": {"data": "aGVs"}}
    for _ in range(500):
        payload = {"mimeType": "multipart/mixed", "parts": [payload]}
    assert put_together(payload)


@pytest.mark.parametrize("count", [3, 60])
def test_no_more_is_kept_than_a_message_may_have(count: int) -> None:
    part = {"mimeType": "text/plain", "body": {"data": "QUJD" * 100_000}}
    made = put_together({"mimeType": "multipart/mixed", "parts": [part] * count})
    assert (len(made) == MAX_BYTES) is (count == 60)
