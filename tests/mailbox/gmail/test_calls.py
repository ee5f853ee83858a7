"""Asking Gmail: only what the table has, and a true sentence for everything that it may answer."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.errors import (
    MailboxBusy,
    MailboxDisconnected,
    MailboxScopeMissing,
    MailboxUnavailable,
    MessageGone,
)
from rcmail.mailbox.gmail import wire
from rcmail.mailbox.gmail.calls import CALLS, Gmail
from rcmail.mailbox.gmail.oauth import Access
from rcmail.mailbox.gmail.places import GmailPlaces
from rcmail.mailbox.gmail.refusals import NotTaken
from rcmail.mailbox.gmail.wire import Faltered, TooLong
from tests.fakes.gmail import ADDRESS, CLIENT, REFRESH_TOKEN, FakeGmail, Fault, breaks, cuts, drips, refusal, says

HTML = says("<html><body>Sign in to the café's network</body></html>", kind="text/html")
SECRETS = ("access-", "fake-", ADDRESS, "network</body>")


async def profile(gmail: Gmail) -> Any:
    return await gmail.call("getProfile")


async def test_a_call_is_one_request_with_the_token(gmail: Gmail, google: FakeGmail) -> None:
    assert (await profile(gmail))["emailAddress"] == ADDRESS
    assert google.asked == ["POST /token", "GET /profile"]


@pytest.mark.parametrize(
    "key",
    ["send", "SEND", "import", "batchDelete", "../messages/send", "..", ".", "", "a/b", "a%2Fsend", "a?b", "a#b",
     "é", "a" * 65, "m1\n", "m1 "],
)  # fmt: skip
@pytest.mark.parametrize("name", [name for name, call in CALLS.items() if "{id}" in call.path])
async def test_what_can_be_no_id_never_becomes_a_path(
    gmail: Gmail, google: FakeGmail, name: str, key: str
) -> None:
    with pytest.raises(MessageGone):
        await gmail.call(name, id=key, body={})
    assert google.asked == []


@given(st.text(max_size=70))
def test_whatever_is_given_as_an_id_stays_one_word_of_a_path(key: str) -> None:
    for call in (call for call in CALLS.values() if "{id}" in call.path):
        try:
            path = call.path_of(key)
        except MessageGone:
            continue
        before, after = call.path.split("{id}")
        assert path == before + key + after
        assert key.isascii()
        assert not set(key) & set("/.%?#")
        assert not path.lower().endswith("/send")


async def test_a_call_that_is_not_in_the_table_is_none(gmail: Gmail, google: FakeGmail) -> None:
    with pytest.raises(KeyError):
        await gmail.call("messages.send")
    with pytest.raises(ValueError):
        await gmail.call("drafts.create", query={"uploadType": "media"})
    with pytest.raises(ValueError):
        await gmail.call("drafts.create", id="send")
    with pytest.raises(ValueError):
        await gmail.call("messages.get")
    assert google.asked == []


def test_the_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        CALLS["messages.send"] = CALLS["drafts.create"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        CALLS["drafts.create"].path = "/x"  # type: ignore[misc]


async def test_a_token_that_has_expired_is_renewed_once_for_all_who_ask(gmail: Gmail, google: FakeGmail) -> None:
    await profile(gmail)
    google.expire()
    await asyncio.gather(*(profile(gmail) for _ in range(16)))
    assert google.asked.count("POST /token") == 2


async def test_a_fresh_token_that_is_refused_too_means_to_connect_again(gmail: Gmail, google: FakeGmail) -> None:
    google.always = refusal(401, "authError")
    with pytest.raises(MailboxDisconnected, match="connect again"):
        await profile(gmail)
    assert google.asked == ["POST /token", "GET /profile", "POST /token", "GET /profile"]


@pytest.mark.parametrize(
    ("fault", "error", "sentence"),
    [
        (refusal(403, "insufficientPermissions"), MailboxScopeMissing, "may not read mail"),
        (
            says('{"error": {"code": 403, "status": "PERMISSION_DENIED", "details": ['
                 '{"@type": "x", "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}}', 403),
            MailboxScopeMissing,
            "may not read mail",
        ),
        (refusal(403, "accessNotConfigured"), MailboxUnavailable, "enable “Gmail API”"),
        (
            says('{"error": {"status": "PERMISSION_DENIED", "details": [{"reason": "SERVICE_DISABLED"}]}}', 403),
            MailboxUnavailable,
            "enable “Gmail API”",
        ),
        (refusal(403, "domainPolicy"), MailboxUnavailable, "administrator"),
        (refusal(400, "failedPrecondition"), MailboxUnavailable, "no Gmail"),
        (refusal(403, "dailyLimitExceeded"), MailboxBusy, "in a day"),
        (refusal(403, "forbidden"), MailboxUnavailable, "refuses rcmail .HTTP status 403"),
        (says("", 403), MailboxUnavailable, "refuses rcmail .HTTP status 403"),
        (says('{"error": "no"}', 403), MailboxUnavailable, "refuses rcmail"),
        (
            says('{"error": {"errors": {"reason": 1}, "details": [1, {"reason": []}]}}', 403),
            MailboxUnavailable,
            "refuses rcmail",
        ),
        (refusal(400, "invalidArgument"), NotTaken, "does not understand"),
        (refusal(404, "notFound"), MailboxUnavailable, "refuses rcmail .HTTP status 404"),
        (refusal(302, Location="https://example.org/"), MailboxUnavailable, "sends rcmail elsewhere"),
    ],
)  # fmt: skip
async def test_what_would_not_change_is_told_and_asked_once(
    gmail: Gmail, google: FakeGmail, fault: Fault, error: type[Exception], sentence: str
) -> None:
    google.always = fault
    with pytest.raises(error, match=sentence) as raised:
        await profile(gmail)
    assert google.asked == ["POST /token", "GET /profile"]
    assert not [secret for secret in SECRETS if secret in str(raised.value)]


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (refusal(500, "backendError"), "fault of its own .HTTP status 500"),
        (refusal(503), "fault of its own .HTTP status 503"),
        (cuts, "the connection broke off"),
        (breaks, "the connection broke off"),
        (HTML, "what answers is not Gmail"),
        (says('{"id": "m1", "threadI'), "what answers is not Gmail"),
        (says("[]"), "what answers is not Gmail"),
        (says(""), "what answers is not Gmail"),
        (says(b"\xff\xfe"), "what answers is not Gmail"),
    ],
)
async def test_what_may_pass_is_asked_again_and_then_told(
    gmail: Gmail, google: FakeGmail, fault: Fault, sentence: str
) -> None:
    google.faults = [fault, fault]
    assert (await profile(gmail))["emailAddress"] == ADDRESS
    google.always = fault
    google.asked.clear()
    with pytest.raises(Faltered, match=sentence) as raised:
        await profile(gmail)
    assert 4 <= google.asked.count("GET /profile") <= 8, "aiohttp asks once more where a connection was kept"
    assert not [secret for secret in SECRETS if secret in str(raised.value)]


@pytest.mark.parametrize("fault", [drips(), drips(b"{" + b" " * 300_000)], ids=["short", "long"])
async def test_an_answer_that_never_ends_is_given_up(
    gmail: Gmail, google: FakeGmail, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "_SECONDS", 0.3)
    monkeypatch.setattr(wire, "_SECONDS_FOR_LONG", 0.3)
    google.always = fault
    began = time.monotonic()
    with pytest.raises(Faltered, match="timed out"):
        await profile(gmail)
    assert time.monotonic() - began < 30


async def test_what_creates_something_is_not_asked_twice_where_nobody_knows(
    gmail: Gmail, google: FakeGmail
) -> None:
    for fault in (refusal(503), cuts, HTML, refusal(500)):
        google.asked.clear()
        google.always = fault
        with pytest.raises(MailboxUnavailable):
            await gmail.call("drafts.create", body={})
        assert google.asked.count("POST /drafts") == 1


async def test_a_gmail_that_is_not_there_is_told(http: aiohttp.ClientSession, google: FakeGmail) -> None:
    access = Access(http, google.places, CLIENT, REFRESH_TOKEN)
    for base, sentence in (
        ("http://127.0.0.1:9", "no connection"),
        ("http://gmail.invalid", "the host name is not known|no name server answers"),
    ):
        places = GmailPlaces(base, google.places.consent, google.places.token, google.places.revoke)
        with pytest.raises(MailboxUnavailable, match=f"Gmail cannot be reached: ({sentence})"):
            await profile(Gmail(http, places, access))


TOO_FAST = [
    refusal(403, "rateLimitExceeded"),
    refusal(403, "userRateLimitExceeded"),
    refusal(429, "rateLimitExceeded"),
    says("", 429),
    says('{"error": {"code": 403, "status": "RESOURCE_EXHAUSTED"}}', 403),
]


@pytest.mark.parametrize("fault", TOO_FAST)
async def test_what_is_too_fast_is_asked_again_more_slowly(gmail: Gmail, google: FakeGmail, fault: Fault) -> None:
    google.faults = [fault, fault, fault]
    assert (await profile(gmail))["emailAddress"] == ADDRESS
    assert google.asked.count("GET /profile") == 4


async def test_a_gmail_that_stays_busy_is_left_alone(gmail: Gmail, google: FakeGmail) -> None:
    google.always = refusal(429)
    with pytest.raises(MailboxBusy, match="asks rcmail to wait") as raised:
        await profile(gmail)
    assert raised.value.wait > 0
    assert google.asked.count("GET /profile") == 8


def in_two_hours() -> dict[str, str]:
    """By a clock that is a year ahead of ours."""
    now = datetime.now(UTC).replace(microsecond=0) + timedelta(days=365)
    return {
        "Date": format_datetime(now, usegmt=True),
        "Retry-After": format_datetime(now + timedelta(hours=2), True),
    }


@pytest.mark.parametrize(
    ("head", "seconds"),
    [({"Retry-After": "3600"}, 3600), (in_two_hours(), 7200), ({"Retry-After": "9" * 400}, 999_999)],
)
@pytest.mark.parametrize("status", [429, 503])
async def test_a_long_wait_is_left_to_whoever_asked(
    gmail: Gmail, google: FakeGmail, head: dict[str, str], seconds: float, status: int
) -> None:
    google.always = refusal(status, **head)
    with pytest.raises(MailboxBusy) as raised:
        await profile(gmail)
    assert raised.value.wait == pytest.approx(seconds, abs=2)
    assert google.asked == ["POST /token", "GET /profile"]


@pytest.mark.parametrize("asked", ["3", "0", "-5", "soon", "Mon, 99 Foo 2026", "Thu, 01 Jan 1970 00:00:00 GMT"])
async def test_a_short_wait_is_waited_for_and_nonsense_is_none(
    gmail: Gmail, google: FakeGmail, asked: str
) -> None:
    google.faults = [refusal(429, **{"Retry-After": asked})]
    began = time.monotonic()
    assert (await profile(gmail))["emailAddress"] == ADDRESS
    assert (time.monotonic() - began >= 3) is (asked == "3")


async def test_an_answer_that_is_too_long_or_has_too_many_parts_is_not_taken(
    gmail: Gmail, google: FakeGmail
) -> None:
    for content in (b'{"raw": "' + b"A" * 4_400_000 + b'"}', b'{"a": [' + b"{}," * 50_000 + b"{}]}"):
        google.always = says(content)
        with pytest.raises(TooLong):
            await profile(gmail)
    google.always = says('{"a": ' + "[" * 20_000 + "]" * 20_000 + "}")
    with pytest.raises(TooLong):
        await profile(gmail)


async def test_of_long_answers_two_are_in_memory_at_most(
    gmail: Gmail, google: FakeGmail, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once: list[int] = [0]
    parse = wire._loads

    def counted(body: bytearray) -> Any:
        at_once.append(at_once[-1] + 1)
        time.sleep(0.1)
        at_once.append(at_once[-1] - 1)
        return parse(body)

    monkeypatch.setattr(wire, "_loads", counted)
    google.always = says(b'{"raw": "' + b"A" * 3_000_000 + b'"}')
    found = await asyncio.gather(*(profile(gmail) for _ in range(8)))
    assert [len(each["raw"]) for each in found] == [3_000_000] * 8
    assert max(at_once) == 2
