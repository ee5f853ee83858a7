"""Being let in to a Gmail account: OAuth 2.0 for a desktop client (RFC 8252) with PKCE (RFC 7636).

https://developers.google.com/identity/protocols/oauth2/native-app
"""

import asyncio
import hashlib
import time
from base64 import urlsafe_b64encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

import aiohttp

from rcmail.errors import MailboxDisconnected, MailboxScopeMissing, MailboxUnavailable, MailboxWrongClient
from rcmail.log.redaction import Secret
from rcmail.mailbox.gmail.places import GmailPlaces
from rcmail.mailbox.gmail.wire import Answer, Faltered, Wire
from rcmail.patience import patiently

READ: Final = "https://www.googleapis.com/auth/gmail.readonly"
WRITE_DRAFTS: Final = "https://www.googleapis.com/auth/gmail.compose"
SCOPES: Final = {READ: "read mail (gmail.readonly)", WRITE_DRAFTS: "write drafts (gmail.compose)"}
"""What rcmail asks for, and how that is called for a person."""

# A desktop client may name any port of its own machine. Nothing listens there: the browser shows an address that
# cannot be reached, and the volunteer copies it. Below those that systems hand out, and registered for nobody.
REDIRECT: Final = "http://127.0.0.1:29417/"

_WHO: Final = "Google’s sign-in"
# Seconds that a token is given up before its time: a request takes some itself.
_EARLY: Final = 60.0
# Seconds; who says more means that it does not end.
_YEARS: Final = 10 * 366 * 86_400
ATTEMPTS: Final = 4
_FIRST_WAIT: Final = 1.0
_LONGEST_WAIT: Final = 8.0
_REVOKED: Final = (
    "Google lets rcmail in no longer: its permission was withdrawn, or the account’s password changed, or it was "
    "not used for six months, or the Google project is in “Testing”, where a permission ends after seven days. "
    "Connect again on the configuration page"
)
_CODE_USED: Final = (
    "Google does not take this address any more: it works once, for some minutes. Begin again with “Connect”"
)
_WRONG_CLIENT: Final = (
    "Google does not know this client: GMAIL_CLIENT_ID and GMAIL_CLIENT_SECRET must be those of one client of the "
    "type “Desktop app” that still exists in Google’s console"
)
_CLOCK: Final = "Google finds that this machine’s clock is wrong; once it is right, rcmail goes on by itself"
# What Google says of a clock is in the words of the description only.
_OF_A_CLOCK: Final = ("short-lived token", "Invalid JWT", "check your iat and exp")
_NOT_LASTING: Final = (
    "Google gave no lasting permission. Remove rcmail at https://myaccount.google.com/connections, and then "
    "connect again"
)


@dataclass(frozen=True, slots=True)
class Client:
    """What Google gave the Repair Café's project."""

    id: Secret
    secret: Secret


class Token(NamedTuple):
    """An access token, and until when it is good, by ``time.monotonic``."""

    value: Secret
    until: float


@dataclass(frozen=True, slots=True)
class Grant:
    """What a volunteer's consent has given."""

    refresh_token: Secret
    access: Token
    scopes: frozenset[str]
    lasts: float | None = None
    """Seconds until it ends, where Google says so: a week, where its project is in “Testing”."""


def consent_url(places: GmailPlaces, client: Client, *, state: str, verifier: str, login_hint: str = "") -> str:
    """Where the volunteer's browser asks her. ``verifier`` is 43 to 128 letters that only we know (RFC 7636)."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    query = {
        "client_id": client.id.reveal(),
        "redirect_uri": REDIRECT,
        "response_type": "code",
        "scope": " ".join(SCOPES),
        "state": state,
        "code_challenge": urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "access_type": "offline",  # a refresh token, and
        "prompt": "consent",  # one each time: it is given with the first consent only, otherwise
        **({"login_hint": login_hint} if login_hint else {}),
    }
    return f"{places.consent}?{urlencode(query)}"


async def exchange(
    http: aiohttp.ClientSession, places: GmailPlaces, client: Client, *, code: str, verifier: str
) -> Grant:
    """What the ``code`` of the pasted address is good for, once.

    Raises MailboxScopeMissing, MailboxWrongClient, MailboxDisconnected (the code was used or is too old) and
    MailboxUnavailable.
    """
    form = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier, "redirect_uri": REDIRECT}
    content = await _asked(http, places, client, form, _CODE_USED)
    scopes = _scopes(content)
    refresh_token = content.get("refresh_token")
    if not isinstance(refresh_token, str) or not refresh_token:
        raise MailboxUnavailable(_NOT_LASTING)
    lasts = content.get("refresh_token_expires_in")
    is_told = isinstance(lasts, int | float) and 0 < lasts < _YEARS
    return Grant(Secret(refresh_token), _token(content), scopes, lasts if is_told else None)


async def revoke(http: aiohttp.ClientSession, places: GmailPlaces, refresh_token: Secret) -> None:
    """Give the permission back; one that is dead already is no error. Raises MailboxUnavailable.

    https://developers.google.com/identity/protocols/oauth2/native-app#tokenrevoke
    """
    answer = await Wire(http, _WHO).ask("POST", places.revoke, data={"token": refresh_token.reveal()})
    if answer.status != 200 and _error(answer) not in ("invalid_token", "invalid_grant"):
        raise MailboxUnavailable(f"Google has not taken the permission back (HTTP status {answer.status})")


class Access:
    """A token for each request. It is in memory only; who asks at the same time shares one answer.

    Where Google falters it is asked so many ``attempts``, with growing waits.
    """

    def __init__(
        self,
        http: aiohttp.ClientSession,
        places: GmailPlaces,
        client: Client,
        refresh_token: Secret,
        *,
        attempts: int = ATTEMPTS,
    ) -> None:
        self._http = http
        self._places = places
        self._client = client
        self._refresh_token = refresh_token
        self._attempts = attempts
        self._token: Token | None = None
        self._turn = asyncio.Lock()

    async def token(self, *, instead_of: str = "") -> str:
        """One that is good now, and another than the one that Gmail has refused.

        Raises MailboxDisconnected, MailboxWrongClient, MailboxScopeMissing and MailboxUnavailable.
        """
        async with self._turn:  # the others find what the first one has brought
            token = self._token
            if token is None or token.value.reveal() == instead_of or token.until <= time.monotonic():
                token = self._token = await self._refreshed()
            return token.value.reveal()

    async def _refreshed(self) -> Token:
        """The answer brings no new refresh token, as a rule, and the one that we have goes on."""
        form = {"grant_type": "refresh_token", "refresh_token": self._refresh_token.reveal()}
        content = await _asked(self._http, self._places, self._client, form, _REVOKED, self._attempts)
        _scopes(content)
        return _token(content)


async def _asked(
    http: aiohttp.ClientSession,
    places: GmailPlaces,
    client: Client,
    form: Mapping[str, str],
    refused: str,
    attempts: int = ATTEMPTS,
) -> Mapping[str, Any]:
    """What the token address answers to ``form``; ``refused`` is what to say of ``invalid_grant``.

    A code is good once: it is offered again only where nobody can have seen it.
    """
    data = {**form, "client_id": client.id.reveal(), "client_secret": client.secret.reveal()}

    async def ask() -> Mapping[str, Any]:
        answer = await Wire(http, _WHO).ask("POST", places.token, data=data)
        if answer.status == 200 and answer.content is not None:
            return answer.content
        raise _meant(answer, refused)

    def is_useless(error: Faltered) -> bool:
        return "code" in form and not error.is_undone

    try:
        return await patiently(
            ask, Faltered, attempts=attempts, first=_FIRST_WAIT, most=_LONGEST_WAIT, is_useless=is_useless
        )
    except Faltered as error:  # enough was tried: whoever needs the token need not begin it all again
        raise MailboxUnavailable(str(error)) from error


def _meant(answer: Answer, refused: str) -> MailboxUnavailable:
    """RFC 6749, 5.2, and what Google adds."""
    match _error(answer):
        case "invalid_grant" if _is_about_a_clock(answer):
            return MailboxUnavailable(_CLOCK)
        case "invalid_grant":
            return MailboxDisconnected(refused)
        case "invalid_client" | "unauthorized_client" | "deleted_client" | "redirect_uri_mismatch":
            return MailboxWrongClient(_WRONG_CLIENT)
        case "invalid_scope":
            return MailboxScopeMissing(_missing(SCOPES))
    sentence = f"{_WHO} does not answer as it should (HTTP status {answer.status})"
    if answer.status in (200, 429) or answer.status >= 500:
        return Faltered(sentence)
    return MailboxUnavailable(sentence)


def _error(answer: Answer) -> str:
    return str((answer.content or {}).get("error", ""))


def _is_about_a_clock(answer: Answer) -> bool:
    description = str((answer.content or {}).get("error_description", ""))
    return any(words in description for words in _OF_A_CLOCK)


def _scopes(content: Mapping[str, Any]) -> frozenset[str]:
    """Those that were given. Raises MailboxScopeMissing where one is not; an answer that tells none gives all."""
    given = frozenset(str(content.get("scope") or " ".join(SCOPES)).split())
    if missing := SCOPES.keys() - given:
        raise MailboxScopeMissing(_missing(missing))
    return given


def _missing(scopes: Collection[str]) -> str:
    names = " and to ".join(name for scope, name in SCOPES.items() if scope in scopes)
    return f"rcmail may not {names}: connect again, and leave every box ticked on Google’s page"


def missing(scope: str) -> MailboxScopeMissing:
    """What to say where Google refuses a request for want of ``scope``."""
    return MailboxScopeMissing(_missing({scope}))


def _token(content: Mapping[str, Any]) -> Token:
    value, seconds = content.get("access_token"), content.get("expires_in", 3600)
    if (
        not isinstance(value, str)
        or not value.isascii()
        or not value.isprintable()
        or not isinstance(seconds, int | float)
    ):
        raise MailboxUnavailable(f"{_WHO} answers, but not as it should")
    return Token(Secret(value), time.monotonic() + seconds - _EARLY)
