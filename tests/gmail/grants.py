"""Who may do what: the consent page, tokens that expire and are revoked, and scopes."""

import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import web

from tests.gmail.emulate import Emulate
from tests.gmail.faults import Reply, refused

READ: Final = "https://www.googleapis.com/auth/gmail.readonly"
COMPOSE: Final = "https://www.googleapis.com/auth/gmail.compose"
CLIENT_ID: Final = "4711-rig.apps.googleusercontent.com"
CLIENT_SECRET: Final = "GOCSPX-rig-client-secret"
# https://developers.google.com/workspace/gmail/api/auth/scopes, of what rcmail may ask for. Whatever stands
# nowhere here, neither scope allows.
_SCOPES: Final = [
    (re.compile(pattern), allowed)
    for pattern, allowed in (
        (r"^GET .*/me/(profile|drafts|drafts/[^/]+)$", {READ, COMPOSE}),
        (r"^GET .*/me/(messages|messages/[^/]+|messages/[^/]+/attachments/[^/]+|history)$", {READ}),
        (r"^GET .*/me/(threads|threads/[^/]+|labels|labels/[^/]+)$", {READ}),
        (r"^(POST .*/me/drafts|(PUT|DELETE) .*/me/drafts/[^/]+)$", {COMPOSE}),
    )
]


@dataclass
class _Grant:
    """What a volunteer allowed once."""

    address: str
    scopes: frozenset[str]
    is_revoked: bool = False


@dataclass
class _Access:
    grant: _Grant
    until: float


@dataclass
class Grants:
    """Every token that was given out."""

    emulate: Emulate
    seconds: float = 3600
    """How long an access token lives."""
    is_testing: bool = False
    """Whether the project is in “Testing”: then Google says that a new refresh token lives for seven days."""
    _by_code: dict[str, _Grant] = field(default_factory=dict)
    _by_refresh: dict[str, _Grant] = field(default_factory=dict)
    _by_access: dict[str, _Access] = field(default_factory=dict)

    def agree(self, url: str, address: str, unticked: str) -> str:
        """What a volunteer does on Google's page at ``url``; the address that her browser then shows."""
        asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))
        assert asked["client_id"] == CLIENT_ID, "Error 401: invalid_client"
        assert asked["response_type"] == "code"
        assert asked["access_type"] == "offline", "there would be no refresh token"
        assert asked["code_challenge_method"] == "S256"
        assert re.match(r"http://(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?(/|$)", asked["redirect_uri"])
        scopes = [each for each in asked["scope"].split() if each != unticked]
        back = self.emulate.consent({**asked, "scope": " ".join(scopes), "email": address})
        code = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(back).query))["code"]
        self._by_code[code] = _Grant(address, frozenset(scopes))
        return f"{back}&{urllib.parse.urlencode({'scope': ' '.join(scopes)})}"

    def refresh_token(self, address: str, scopes: frozenset[str]) -> str:
        """One that was got in some other way, as with Google's playground."""
        token = f"1//rig-refresh-{len(self._by_refresh)}-{time.monotonic_ns():x}"
        self._by_refresh[token] = _Grant(address, scopes)
        return token

    def expire(self) -> None:
        """No access token is worth anything any more."""
        for access in self._by_access.values():
            access.until = 0

    def withdraw(self, address: str = "") -> None:
        """The volunteer removes rcmail from her account, or changes her password; all do where none is named."""
        for grant in [*self._by_refresh.values(), *self._by_code.values()]:
            grant.is_revoked |= address in ("", grant.address)

    @property
    def is_held(self) -> bool:
        """Whether a refresh token is good for something."""
        return any(not grant.is_revoked for grant in self._by_refresh.values())

    def all_tokens(self) -> set[str]:
        """Every token that anybody was ever given."""
        return {*self._by_refresh, *self._by_access}

    def token(self, form: dict[str, str]) -> Reply:
        """The token endpoint. Blocks."""
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return _error(401, "invalid_client", "The OAuth client was not found.")
        match form.get("grant_type"):
            case "authorization_code":
                return self._of_code(form)
            case "refresh_token":
                grant = self._by_refresh.get(form.get("refresh_token", ""))
                return self._answer(grant, {})
        return _error(400, "unsupported_grant_type", "Invalid grant_type.")

    def _of_code(self, form: dict[str, str]) -> Reply:
        """``emulate`` looks at the code, that it comes once, and at PKCE."""
        request = urllib.request.Request(
            f"{self.emulate.url}/oauth2/token", urllib.parse.urlencode(form).encode(), method="POST"
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                refresh = str(json.load(answer)["refresh_token"])
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, error.read())
        grant = self._by_refresh[refresh] = self._by_code[form["code"]]
        seven_days = {"refresh_token_expires_in": 604799} if self.is_testing else {}
        return self._answer(grant, {"refresh_token": refresh, **seven_days})

    def _answer(self, grant: _Grant | None, more: dict[str, Any]) -> Reply:
        if grant is None or grant.is_revoked:
            return _error(400, "invalid_grant", "Token has been expired or revoked.")
        token = f"ya29.rig-access-{len(self._by_access)}-{time.monotonic_ns():x}"
        self._by_access[token] = _Access(grant, time.monotonic() + self.seconds)
        return _json(
            200,
            {"access_token": token, "expires_in": int(self.seconds), "scope": " ".join(sorted(grant.scopes)),
             "token_type": "Bearer", **more},
        )  # fmt: skip

    def revoke(self, token: str) -> Reply:
        """Everything that this account ever allowed is taken back with it.

        https://developers.google.com/identity/protocols/oauth2/native-app#tokenrevoke
        """
        access = self._by_access.get(token)
        grant = access.grant if access else self._by_refresh.get(token)
        if grant is None or grant.is_revoked:
            return _error(400, "invalid_token", "Token expired or revoked")
        self.withdraw(grant.address)
        return _json(200, {})

    def whose(self, request: web.Request) -> str | Reply:
        """The address of the mailbox that this request may see, or why it may not."""
        access = self._by_access.get(request.headers.get("Authorization", "").removeprefix("Bearer "))
        if access is None or access.grant.is_revoked or access.until < time.monotonic():
            return refused(401, "authError", "Request had invalid authentication credentials.")
        what = f"{request.method} {request.path}"
        allowed = next((scopes for pattern, scopes in _SCOPES if pattern.search(what)), set())
        if not allowed & access.grant.scopes:
            return refused(
                403, "insufficientPermissions", "Request had insufficient authentication scopes.",
                WWW_Authenticate='Bearer realm="https://accounts.google.com/", error="insufficient_scope"',
            )  # fmt: skip
        return access.grant.address


def _json(status: int, body: Any) -> Reply:
    return Reply(status, json.dumps(body).encode())


def _error(status: int, error: str, description: str) -> Reply:
    return _json(status, {"error": error, "error_description": description})
