"""Being let in to an account: what is asked of Google, and what is made of each of its answers."""

import asyncio
import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from rcmail.errors import MailboxDisconnected, MailboxScopeMissing, MailboxUnavailable, MailboxWrongClient
from rcmail.log.redaction import Secret
from rcmail.mailbox.gmail import oauth
from rcmail.mailbox.gmail.oauth import READ, REDIRECT, SCOPES, WRITE_DRAFTS, Access, Client, Grant
from rcmail.mailbox.gmail.places import GmailPlaces
from tests.fakes.gmail import CLIENT, GOOGLE, REFRESH_TOKEN, FakeGmail, Fault, breaks, cuts, refusal, says

VERIFIER = "v" * 43
CODE = "4/0Adeu5B-the-code"
SECRETS = (CODE, VERIFIER, "fake-client", "fake-refresh", "access-")


def denial(error: str, status: int = 400) -> Fault:
    """RFC 6749, 5.2."""
    return says(f'{{"error": "{error}", "error_description": "Bad {CODE} of fake-client-id"}}', status)


Exchange = Callable[[], Awaitable[Grant]]


@pytest.fixture
def exchange(http: aiohttp.ClientSession, google: FakeGmail) -> Exchange:
    return lambda: oauth.exchange(http, google.places, CLIENT, code=CODE, verifier=VERIFIER)


def test_the_volunteer_is_asked_for_two_permissions_on_googles_own_page() -> None:
    url = oauth.consent_url(GOOGLE, CLIENT, state="s+1&x", verifier=VERIFIER, login_hint="repair@example.org")
    parts = urlsplit(url)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "https://accounts.google.com/o/oauth2/v2/auth"
    digest = urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
    assert parse_qs(parts.query) == {
        "client_id": ["fake-client-id"],
        "redirect_uri": [REDIRECT],
        "response_type": ["code"],
        "scope": [f"{READ} {WRITE_DRAFTS}"],
        "state": ["s+1&x"],
        "code_challenge": [digest],
        "code_challenge_method": ["S256"],
        "access_type": ["offline"],
        "prompt": ["consent"],
        "login_hint": ["repair@example.org"],
    }
    assert VERIFIER not in url
    assert "login_hint" not in oauth.consent_url(GOOGLE, CLIENT, state="s", verifier=VERIFIER)


def test_the_redirect_is_one_that_google_allows_a_desktop_client_and_that_chromium_opens() -> None:
    parts = urlsplit(REDIRECT)
    assert (parts.scheme, parts.hostname) == ("http", "127.0.0.1")
    assert parts.port is not None
    assert 10_080 < parts.port < 32_768, "above the ports that browsers refuse, below those that systems hand out"


async def test_a_code_is_exchanged_for_a_lasting_permission(exchange: Exchange, google: FakeGmail) -> None:
    grant = await exchange()
    assert grant.refresh_token.reveal() == REFRESH_TOKEN.reveal()
    assert grant.access.value.reveal() == google.token
    assert grant.scopes == set(SCOPES)
    [form] = google.forms
    assert form == {
        "grant_type": "authorization_code",
        "code": CODE,
        "code_verifier": VERIFIER,
        "redirect_uri": REDIRECT,
        "client_id": "fake-client-id",
        "client_secret": "fake-client-secret",
    }
    assert not [secret for secret in SECRETS if secret in repr(grant)]


@pytest.mark.parametrize(
    ("scope", "sentence"),
    [
        (f"openid {READ}", "rcmail may not write drafts .gmail.compose.: connect again"),
        (WRITE_DRAFTS, "rcmail may not read mail .gmail.readonly.: connect again"),
        ("openid", "rcmail may not read mail .gmail.readonly. and to write drafts"),
    ],
)
async def test_a_box_that_was_left_empty_is_told_by_name(
    exchange: Exchange, access: Access, google: FakeGmail, scope: str, sentence: str
) -> None:
    google.scope = scope
    with pytest.raises(MailboxScopeMissing, match=sentence):
        await exchange()
    with pytest.raises(MailboxScopeMissing, match=sentence):
        await access.token()


@pytest.mark.parametrize(
    ("fault", "error", "sentence"),
    [
        (denial("invalid_grant"), MailboxDisconnected, "works once"),
        (denial("invalid_client", 401), MailboxWrongClient, "GMAIL_CLIENT_ID"),
        (denial("unauthorized_client", 401), MailboxWrongClient, "Desktop app"),
        (denial("redirect_uri_mismatch"), MailboxWrongClient, "Desktop app"),
        (denial("deleted_client", 401), MailboxWrongClient, "still exists"),
        (denial("invalid_scope"), MailboxScopeMissing, "may not"),
        (denial("invalid_request"), MailboxUnavailable, "HTTP status 400"),
        (says("<html>", 403, "text/html"), MailboxUnavailable, "HTTP status 403"),
        (refusal(302, Location="https://example.org"), MailboxUnavailable, "HTTP status 302"),
        (refusal(500), MailboxUnavailable, "HTTP status 500"),
        (cuts, MailboxUnavailable, "the connection broke off"),
        (breaks, MailboxUnavailable, "the connection broke off"),
        (says("<html>", kind="text/html"), MailboxUnavailable, "not answer as it should"),
        (says("{}"), MailboxUnavailable, "no lasting permission"),
        (says('{"access_token": "a"}'), MailboxUnavailable, "no lasting permission"),
        (says('{"access_token": 5, "refresh_token": "r"}'), MailboxUnavailable, "not as it should"),
        (says('{"access_token": "a\\r\\nX: y", "refresh_token": "r"}'), MailboxUnavailable, "not as it should"),
        (says('{"error": {"a": 1}}', 400), MailboxUnavailable, "HTTP status 400"),
    ],
)
async def test_a_code_that_is_not_taken_is_told_and_offered_once(
    exchange: Exchange,
    google: FakeGmail,
    fault: Fault,
    error: type[Exception],
    sentence: str,
) -> None:
    google.sign_in = fault
    with pytest.raises(error, match=sentence) as raised:
        await exchange()
    assert google.asked == ["POST /token"]
    assert not [secret for secret in SECRETS if secret in str(raised.value)]


@pytest.mark.parametrize(
    ("fault", "error", "sentence"),
    [
        (denial("invalid_grant"), MailboxDisconnected, "“Testing”.*seven days.*Connect again"),
        (denial("invalid_client", 401), MailboxWrongClient, "GMAIL_CLIENT_ID"),
        (denial("unauthorized_client"), MailboxWrongClient, "GMAIL_CLIENT_ID"),
        (
            says(
                '{"error": "invalid_grant", "error_description": "Token must be a short-lived token"}',
                400,
            ),
            MailboxUnavailable,
            "clock is wrong",
        ),
    ],
)
async def test_a_permission_that_is_dead_is_never_asked_for_again(
    access: Access, google: FakeGmail, fault: Fault, error: type[Exception], sentence: str
) -> None:
    google.sign_in = fault
    with pytest.raises(error, match=sentence) as raised:
        await access.token()
    assert google.asked == ["POST /token"]
    assert not [secret for secret in SECRETS if secret in str(raised.value)]


@pytest.mark.parametrize("fault", [refusal(503), cuts, says("<html>"), says("", 429)])
async def test_a_sign_in_that_falters_is_asked_four_times(access: Access, google: FakeGmail, fault: Fault) -> None:
    google.sign_in = fault
    with pytest.raises(MailboxUnavailable, match="Google’s sign-in"):
        await access.token()
    assert google.asked == ["POST /token"] * 4
    google.sign_in = None
    assert await access.token() == google.token


async def test_who_asks_at_the_same_time_shares_one_token(access: Access, google: FakeGmail) -> None:
    tokens = await asyncio.gather(*(access.token() for _ in range(20)))
    assert set(tokens) == {google.token}
    tokens = await asyncio.gather(*(access.token(instead_of=tokens[0]) for _ in range(20)))
    assert set(tokens) == {google.token}
    assert google.asked == ["POST /token"] * 2
    assert google.forms[-1]["refresh_token"] == REFRESH_TOKEN.reveal()


@pytest.mark.parametrize(("seconds", "requests"), [(90, 1), (60, 2)])
async def test_a_token_is_given_up_a_minute_early(
    access: Access, google: FakeGmail, seconds: int, requests: int
) -> None:
    google.good_for = seconds
    await access.token()
    await access.token()
    assert len(google.asked) == requests


async def test_a_refresh_that_brings_no_refresh_token_changes_nothing(access: Access, google: FakeGmail) -> None:
    for _ in range(3):
        await access.token(instead_of=google.token)
    assert {form["refresh_token"] for form in google.forms} == {REFRESH_TOKEN.reveal()}


async def test_a_permission_is_given_back_and_a_dead_one_is_no_error(
    http: aiohttp.ClientSession, google: FakeGmail
) -> None:
    await oauth.revoke(http, google.places, REFRESH_TOKEN)
    assert google.asked == ["POST /revoke"], "it stands in no address"
    assert google.forms == [{"token": REFRESH_TOKEN.reveal()}]
    google.sign_in = denial("invalid_token")
    await oauth.revoke(http, google.places, REFRESH_TOKEN)
    for fault in (refusal(500), denial("invalid_request"), breaks):
        google.sign_in = fault
        with pytest.raises(MailboxUnavailable):
            await oauth.revoke(http, google.places, REFRESH_TOKEN)


async def test_a_sign_in_that_is_not_there_is_told(http: aiohttp.ClientSession, google: FakeGmail) -> None:
    places = GmailPlaces("", "", "http://127.0.0.1:9/token", "")
    with pytest.raises(MailboxUnavailable, match="sign-in cannot be reached: no connection"):
        await Access(http, places, Client(Secret("a"), Secret("b")), REFRESH_TOKEN).token()
