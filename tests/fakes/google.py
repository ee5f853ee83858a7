"""A Google that hands out tokens and says whose mailbox it is; it can be told to misbehave.

``consent`` does what a person does on its page.
"""

import asyncio
import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from aiohttp import web
from aiohttp.test_utils import TestServer

from rcmail.config import GmailConfig
from rcmail.log.redaction import Secret

CLIENT_ID = "client-id-of-the-group"
CLIENT_SECRET = "GOCSPX-client-secret-of-the-group"
ADDRESS = "repaircafe@gmail.example"
SCOPES = "https://www.googleapis.com/auth/gmail.readonly https://www.googleapis.com/auth/gmail.compose"


@dataclass
class FakeGoogle:
    """``tokens`` are the refresh tokens that are good, each with its account."""

    account: str = ADDRESS
    scope: str = SCOPES
    lasts: int | None = None
    tokens: dict[str, str] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    """The last part of each path that was asked for."""
    fail: dict[str, tuple[int, dict[str, Any], dict[str, str]]] = field(default_factory=dict)
    """By that part, what is answered instead: status, JSON and headers."""

    hang: float = 0
    """Seconds before each answer."""

    def __post_init__(self) -> None:
        self._codes: dict[str, tuple[str, str]] = {}
        self._access: dict[str, str] = {}

    async def __aenter__(self) -> "FakeGoogle":
        app = web.Application(middlewares=[self._faults])
        app.router.add_get("/consent", self._page)
        app.router.add_post("/token", self._token)
        app.router.add_post("/revoke", self._revoke)
        app.router.add_get("/gmail/v1/users/me/profile", self._profile)
        self._server = TestServer(app)
        await self._server.start_server()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._server.close()

    @property
    def url(self) -> str:
        return str(self._server.make_url("")).rstrip("/")

    def config(self, *, refresh_token: str = "", client_id: str = CLIENT_ID) -> GmailConfig:
        places = (self.url, f"{self.url}/consent", f"{self.url}/token", f"{self.url}/revoke")
        return GmailConfig(Secret(client_id), Secret(CLIENT_SECRET), Secret(refresh_token), *places)

    def grant(self, account: str = "") -> str:
        """A refresh token that is good."""
        token = f"refresh-{secrets.token_hex(12)}"
        self.tokens[token] = account or self.account
        return token

    def consent(self, address: str) -> str:
        """Agree on the page at ``address``; what stands in the address bar then."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{secrets.token_hex(12)}"
        self._codes[code] = (asked["code_challenge"], asked["redirect_uri"])
        told = {"state": asked["state"], "code": code, "scope": self.scope}
        return f"{asked['redirect_uri']}?{urlencode(told)}"

    @web.middleware
    async def _faults(self, request: web.Request, handler: Any) -> web.StreamResponse:
        name = request.path.rpartition("/")[2]
        self.calls.append(name)
        await asyncio.sleep(self.hang)
        if name in self.fail:
            status, body, headers = self.fail[name]
            return web.json_response(body, status=status, headers=headers)
        response: web.StreamResponse = await handler(request)
        return response

    async def _page(self, request: web.Request) -> web.Response:
        """Whoever opens it agrees."""
        raise web.HTTPFound(self.consent(str(request.url)))

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return web.json_response({"error": "invalid_client"}, status=401)
        if form["grant_type"] == "authorization_code":
            return self._exchanged(form)
        account = self.tokens.get(form["refresh_token"])
        return self._access_to(account) if account else _bad("invalid_grant")

    def _exchanged(self, form: Mapping[str, str]) -> web.Response:
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if self._codes.pop(form["code"], None) != (challenge, form["redirect_uri"]):
            return _bad("invalid_grant")
        more: dict[str, Any] = {"refresh_token": self.grant()}
        if self.lasts is not None:
            more["refresh_token_expires_in"] = self.lasts
        return self._access_to(self.account, more)

    def _access_to(self, account: str, more: Mapping[str, Any] | None = None) -> web.Response:
        token = f"access-{secrets.token_hex(12)}"
        self._access[token] = account
        told = {"access_token": token, "expires_in": 3599, "token_type": "Bearer", "scope": self.scope}
        return web.json_response(told | dict(more or {}))

    async def _revoke(self, request: web.Request) -> web.Response:
        gone = self.tokens.pop(str((await request.post())["token"]), None)
        return web.json_response({}) if gone else _bad("invalid_token")

    async def _profile(self, request: web.Request) -> web.Response:
        account = self._access.get(request.headers["Authorization"].removeprefix("Bearer "))
        if account is None:
            return web.json_response({"error": {"code": 401}}, status=401)
        return web.json_response(
            {"emailAddress": account, "messagesTotal": 3, "threadsTotal": 3, "historyId": "1"}
        )


def _bad(error: str) -> web.Response:
    return web.json_response({"error": error, "error_description": json.dumps("in words")}, status=400)


class GoogleThread:
    """A fake Google beside the test, which may wait for the service meanwhile."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self.fake = FakeGoogle()
        self._do(self.fake.__aenter__())

    def variables(self) -> dict[str, str]:
        """The environment of a service that asks it."""
        names = ("CONSENT", "TOKEN", "REVOKE")
        places = {f"GMAIL_{name}_URL": f"{self.fake.url}/{name.lower()}" for name in names}
        client = {"GMAIL_CLIENT_ID": CLIENT_ID, "GMAIL_CLIENT_SECRET": CLIENT_SECRET}
        return {"GMAIL_API_URL": self.fake.url, **places, **client}

    def close(self) -> None:
        self._do(self.fake.__aexit__())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result()
