"""What can go wrong between rcmail and Google, each as a function that the proxy calls instead of answering.

The answers are Google's own: https://developers.google.com/workspace/gmail/api/guides/handle-errors
"""

import asyncio
import json
import re
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import web


@dataclass(frozen=True)
class Reply:
    """An answer before it is on its way."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> web.Response:
        return web.Response(status=self.status, body=self.body, headers={**_JSON, **self.headers})


_JSON: Final = {"Content-Type": "application/json; charset=UTF-8"}
Answer = Callable[[], Awaitable[Reply]]
"""The true answer: to call it is to let the request reach Gmail."""
Fault = Callable[[web.Request, Answer], Awaitable[web.StreamResponse]]
_STATUS: Final = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED",
                  404: "NOT_FOUND", 429: "RESOURCE_EXHAUSTED",
                  500: "INTERNAL", 501: "NOT_IMPLEMENTED", 503: "UNAVAILABLE"}  # fmt: skip


def refused(status: int, reason: str, message: str = "", **headers: str) -> Reply:
    """An error as Google's API words it; ``Retry_After`` and others are headers."""
    one = {"message": message or f"Google says {reason}.", "domain": "global", "reason": reason}
    error = {"code": status, "message": one["message"], "errors": [one], "status": _STATUS[status]}
    return Reply(
        status,
        json.dumps({"error": error}).encode(),
        {name.replace("_", "-"): value for name, value in headers.items()},
    )


def answering(reply: Reply) -> Fault:
    """``reply``, and nothing reaches Gmail."""

    async def fault(_request: web.Request, _answer: Answer) -> web.StreamResponse:
        return reply.response()

    return fault


def of_token(status: int, error: str, description: str) -> Fault:
    """An error of the token endpoint: RFC 6749, 5.2."""
    body = {"error": error, "error_description": description}
    return answering(Reply(status, json.dumps(body).encode()))


EXPIRED: Final = answering(refused(401, "authError", "Request had invalid authentication credentials."))
RATE: Final = answering(refused(403, "rateLimitExceeded", "Quota exceeded for quota metric 'Queries'."))
USER_RATE: Final = answering(refused(403, "userRateLimitExceeded", "User-rate limit exceeded."))
DAILY: Final = answering(refused(403, "dailyLimitExceeded", "Daily Limit Exceeded."))
SCOPE: Final = answering(
    refused(403, "insufficientPermissions", "Request had insufficient authentication scopes.")
)
NOT_ENABLED: Final = answering(
    refused(403, "accessNotConfigured", "Gmail API has not been used in project 1 before or it is disabled.")
)
POLICY: Final = answering(refused(403, "domainPolicy", "The domain administrators have disabled Gmail apps."))
BUSY: Final = answering(refused(429, "rateLimitExceeded", "Too many concurrent requests for user."))
BACKEND: Final = answering(refused(500, "backendError", "Backend Error"))
UNAVAILABLE: Final = answering(refused(503, "backendError", "The service is currently unavailable."))
BAD_GATEWAY: Final = answering(
    Reply(502, b"<!DOCTYPE html><title>Error 502 (Server Error)!!1</title>", {"Content-Type": "text/html"})
)
HTML: Final = answering(
    Reply(200, b"<!DOCTYPE html><title>Welcome to our Wi-Fi</title>", {"Content-Type": "text/html"})
)
EMPTY_PAGE: Final = answering(Reply(200, b'{"nextPageToken": "0", "resultSizeEstimate": 0}'))
NONSENSE: Final = answering(Reply(200, b'["what", "is", "this"]'))
REVOKED: Final = of_token(400, "invalid_grant", "Token has been expired or revoked.")
WRONG_CLIENT: Final = of_token(401, "invalid_client", "The OAuth client was not found.")
CLOCK: Final = of_token(400, "invalid_grant", "Invalid JWT: Token must be a short-lived token.")


def busy_for(seconds: int) -> Fault:
    """429 that says how long to wait."""
    return answering(refused(429, "rateLimitExceeded", "Too many requests.", Retry_After=str(seconds)))


async def cut(_request: web.Request, answer: Answer) -> web.StreamResponse:
    """The true answer, well sent, but half of it."""
    reply = await answer()
    return Reply(reply.status, reply.body[: len(reply.body) // 2]).response()


async def broken_off(request: web.Request, answer: Answer) -> web.StreamResponse:
    """The true answer, of which the second half never comes: the connection ends."""
    reply = await answer()
    response = web.StreamResponse(headers={**_JSON, "Content-Length": str(len(reply.body))})
    await response.prepare(request)
    await response.write(reply.body[: len(reply.body) // 2])
    return _hung_up(request, response)


async def dropped(request: web.Request, _answer: Answer) -> web.StreamResponse:
    """The connection ends before anything reaches Gmail."""
    return _hung_up(request, web.Response())


async def undelivered(request: web.Request, answer: Answer) -> web.StreamResponse:
    """It is done, and the connection ends before anybody hears so."""
    await answer()
    return _hung_up(request, web.Response())


async def lost(_request: web.Request, answer: Answer) -> web.StreamResponse:
    """It is done, and nobody ever hears so: timeout, then success."""
    await answer()
    await asyncio.Event().wait()
    raise AssertionError("nobody gets here")


async def silent(_request: web.Request, _answer: Answer) -> web.StreamResponse:
    """Nothing reaches Gmail, and no answer comes."""
    await asyncio.Event().wait()
    raise AssertionError("nobody gets here")


def late(seconds: float) -> Fault:
    """The true answer, after so long."""

    async def fault(_request: web.Request, answer: Answer) -> web.StreamResponse:
        reply = await answer()
        await asyncio.sleep(seconds)
        return reply.response()

    return fault


def dripping(seconds: float) -> Fault:
    """The true answer, a byte every so many ``seconds``."""

    async def fault(request: web.Request, answer: Answer) -> web.StreamResponse:
        reply = await answer()
        response = web.StreamResponse(headers=_JSON)
        await response.prepare(request)
        for byte in reply.body:
            await response.write(bytes([byte]))
            await asyncio.sleep(seconds)
        return response

    return fault


class Held:
    """A request that waits for the test: before Gmail has it, or ``after`` Gmail has done it."""

    def __init__(self, loop: asyncio.AbstractEventLoop, *, after: bool) -> None:
        self._loop = loop
        self._after = after
        self._released = asyncio.Event()
        self._reached = threading.Event()

    def wait(self, seconds: float = 60) -> None:
        """Until the request is there."""
        assert self._reached.wait(seconds), "no such request came"

    @property
    def is_reached(self) -> bool:
        return self._reached.is_set()

    def release(self) -> None:
        self._loop.call_soon_threadsafe(self._released.set)

    async def fault(self, _request: web.Request, answer: Answer) -> web.StreamResponse:
        reply = await answer() if self._after else None
        self._reached.set()
        await self._released.wait()
        return (reply or await answer()).response()


@dataclass
class Planned:
    """``fault`` for the requests whose ``METHOD /path`` matches, after ``skip`` of them, ``times`` or for ever."""

    fault: Fault
    pattern: re.Pattern[str]
    times: int | None
    skip: int

    def is_due(self, what: str) -> bool:
        if not self.pattern.search(what):
            return False
        if self.skip:
            self.skip -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return True

    @property
    def is_over(self) -> bool:
        return self.times == 0


def _hung_up(request: web.Request, response: web.StreamResponse) -> web.StreamResponse:
    transport: Any = request.transport
    if transport is not None:
        transport.abort()
    return response
