"""Google as the tests have it: ``emulate`` behind a proxy of ours, which adds what it lacks and what goes wrong.

It runs in a thread of its own, so that a test may wait for a real worker meanwhile. Nothing can be sent through
it: what has ``/send`` in its path is refused and written down, and sent mails are counted at the end.
"""

import asyncio
import re
import ssl
import threading
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import aiohttp
from aiohttp import web
from multidict import MultiDict

from rcmail.mailbox.gmail.places import GmailPlaces
from tests.gmail.additions import Additions
from tests.gmail.emulate import GROUP, Emulate, Mail
from tests.gmail.faults import Answer, Fault, Held, Planned, Reply, refused
from tests.gmail.grants import CLIENT_ID, CLIENT_SECRET, COMPOSE, READ, Grants
from tests.gmail.quota import Quota
from tests.support import free_port

T = TypeVar("T")
API: Final = "/gmail/v1/users/me"
totals: Final = {"requests": 0, "sends tried": 0, "mails sent": 0}
"""Over the whole suite."""


@dataclass(frozen=True)
class Asked:
    """A request that reached the proxy."""

    method: str
    path: str
    query: dict[str, str]
    status: int
    """0 where it never had an answer."""


class Google:
    """The handle on it: where it is, what was asked of it, and what is to go wrong."""

    client_id = CLIENT_ID
    client_secret = CLIENT_SECRET

    def __init__(self, emulate: Emulate) -> None:
        self.emulate = emulate
        self.grants = Grants(emulate)
        self.asked: list[Asked] = []
        """Every request, in the order of their answers."""
        self.sends: list[str] = []
        """Every attempt to send."""
        self.quota: Quota | None = None
        """Units a minute; None: without limit."""
        self.over_quota: Reply = refused(403, "rateLimitExceeded", "Quota exceeded for quota metric 'Queries'.")
        self.tls: ssl.SSLContext | None = None
        """With it, it is https from the next ``listen`` on."""
        self._planned: list[Planned] = []
        self._additions: dict[str, Additions] = {}
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        consent, token, revoke = (f"{self.url}/{path}" for path in ("o/oauth2/v2/auth", "token", "revoke"))
        self.places = GmailPlaces(self.url, consent, token, revoke)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="google")
        self._runner: web.AppRunner | None = None
        self._upstream: aiohttp.ClientSession | None = None

    def variables(self, **more: str) -> dict[str, str]:
        """The environment of an rcmail that takes this for Google."""
        places = self.places
        return {
            "GMAIL_CLIENT_ID": CLIENT_ID, "GMAIL_CLIENT_SECRET": CLIENT_SECRET, "GMAIL_API_URL": places.api,
            "GMAIL_CONSENT_URL": places.consent, "GMAIL_TOKEN_URL": places.token,
            "GMAIL_REVOKE_URL": places.revoke,
        } | more  # fmt: skip

    # -- what a volunteer does

    def agree(self, url: str, address: str | None = None, unticked: str = "") -> str:
        """Press Continue on Google's page at ``url``, with one box unticked; what the browser then shows."""
        return self.grants.agree(url, address or self.emulate.group, unticked)

    def refresh_token(self, *scopes: str, address: str | None = None) -> str:
        """A token for the environment, with both scopes where none is named."""
        return self.grants.refresh_token(address or self.emulate.group, frozenset(scopes or (READ, COMPOSE)))

    def seed(self, mails: Sequence[Mail | bytes]) -> list[str]:
        """Mails that are there from now on; their ids."""
        return [self.emulate.put(mail if isinstance(mail, Mail) else Mail(mail)) for mail in mails]

    # -- what goes wrong

    def plan(self, fault: Fault, pattern: str = API, *, times: int | None = 1, skip: int = 0) -> None:
        """``fault`` for requests whose ``METHOD /path`` matches: after ``skip`` of them, ``times`` or for ever."""
        self._planned.append(Planned(fault, re.compile(pattern), times, skip))

    def hold(self, pattern: str = API, *, skip: int = 0, after: bool = False) -> Held:
        """Have one request wait for the test: before Gmail has it, or ``after`` Gmail has done it."""
        held = Held(self._loop, after=after)
        self.plan(held.fault, pattern, skip=skip)
        return held

    def heal(self) -> None:
        """Nothing goes wrong any more."""
        self._planned.clear()

    def expire_history(self) -> None:
        """The history ids that were given out are too old from now on."""
        self._do(self._mailbox(self.emulate.group).expire_history())

    def refuse(self) -> None:
        """Nothing listens any more; what was open is broken off."""
        self._do(self._stop())

    def listen(self) -> None:
        """At the same address as before."""
        self._do(self._start())

    # -- what was asked

    def count(self, pattern: str = "") -> int:
        """How many requests there were whose ``METHOD /path`` matches."""
        return sum(bool(re.search(pattern, f"{each.method} {each.path}")) for each in self.asked)

    # -- how it runs

    def open(self) -> None:
        self._thread.start()
        self._do(self._open())
        self.listen()

    def close(self) -> None:
        self._do(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def assert_nothing_was_sent(self) -> None:
        """Nor did anybody try to."""
        sent = self.emulate.sent()
        for name, number in zip(totals, (len(self.asked), len(self.sends), sent), strict=True):
            totals[name] += number
        assert not self.sends, "somebody tried to send"
        assert sent == 0, "mails were sent"

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    async def _open(self) -> None:
        # Node ends a connection that was kept for 5 s; a request that met it just then would be a fault of ours.
        self._upstream = aiohttp.ClientSession(connector=aiohttp.TCPConnector(keepalive_timeout=2))

    async def _close(self) -> None:
        await self._stop()
        if self._upstream:
            await self._upstream.close()

    async def _start(self) -> None:
        app = web.Application(client_max_size=100 * 1024 * 1024)
        app.router.add_route("*", "/{path:.*}", self._handle)
        # A request whose other end is gone is given up: also one that waits for ever.
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True, ssl_context=self.tls)
        await site.start()

    async def _stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        status = 0
        try:
            response = await self._respond(request, await request.read())
            status = response.status
            return response
        finally:
            self.asked.append(Asked(request.method, request.path, dict(request.query), status))

    async def _respond(self, request: web.Request, body: bytes) -> web.StreamResponse:
        what = f"{request.method} {request.path}"
        if "/send" in request.path:
            self.sends.append(what)
            return refused(403, "forbidden", "Nothing is sent here.").response()

        async def answer() -> Reply:
            return await self._answer(request, body)

        return await self._fault(what)(request, answer)

    def _fault(self, what: str) -> Fault:
        due = next((planned for planned in self._planned if planned.is_due(what)), None)
        if due is None:
            return _none
        if due.is_over:
            self._planned.remove(due)
        return due.fault

    async def _answer(self, request: web.Request, body: bytes) -> Reply:
        if request.path in {"/token", "/revoke"}:
            form = {name: str(value) for name, value in (await request.post()).items()} | dict(request.query)
            work = (
                self.grants.token if request.path == "/token" else (lambda form: self.grants.revoke(form["token"]))
            )
            return await asyncio.to_thread(work, form)
        whose = self.grants.whose(request)
        if isinstance(whose, Reply):
            return whose
        if self.quota and not self.quota.spend(f"{request.method} {request.path}"):
            return self.over_quota
        mailbox = self._mailbox(whose)
        return await mailbox.answer(request.method, request.path, MultiDict(request.query), body)

    def _mailbox(self, address: str) -> Additions:
        return self._additions.setdefault(address, Additions(self.emulate, address, partial(self._ask, address)))

    async def _ask(self, address: str, method: str, path: str, query: MultiDict[str], body: bytes) -> Reply:
        """A request to ``emulate``, with a token that it knows."""
        assert self._upstream is not None
        token = await asyncio.to_thread(self.emulate.token, address)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        url = f"{self.emulate.url}{path}"
        async with self._upstream.request(method, url, params=query, data=body or None, headers=headers) as answer:
            return Reply(answer.status, await answer.read())


async def _none(_request: web.Request, answer: Answer) -> web.StreamResponse:
    return (await answer()).response()


@contextmanager
def google_in(folder: Path, mails: Sequence[Mail] = (), group: str = GROUP) -> Iterator[Google]:
    """It runs inside the block, with its files in ``folder``, and nothing has been sent at its end."""
    emulate = Emulate(folder, mails, group)
    google = Google(emulate)
    try:
        emulate.start()
        google.open()
        try:
            yield google
        finally:
            google.close()
            google.assert_nothing_was_sent()
    finally:
        emulate.kill()
