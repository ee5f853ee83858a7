"""HTTP with a language model server: every answer bounded, every error a sentence that tells nothing of it."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import aiohttp
from aiohttp.http_exceptions import LineTooLong

from rcmail.client import what_failed
from rcmail.errors import LLMTooSlow, LLMUnreachable, NothingListens, RcmailError, WrongServer
from rcmail.llm.base import Limits

# A list of a few hundred models is some 100 kB, with four brackets a model; whatever answers with more is another
# server. The event loop stands still while it is parsed, in a thread too: json.loads() keeps the interpreter's
# lock to its end. So much takes 15 ms at most; were it all brackets, 25 to 200, mostly in the garbage collector.
_MAX_ANSWER: Final = 256 * 1024
_MAX_BRACKETS: Final = 5000
# A line is one word and what is told around it, the last one some 2 kB.
_MAX_LINE: Final = 64 * 1024
_MAX_LINE_BRACKETS: Final = 500
# A word and what is around it takes 300 bytes; a server that pads more than fifty times as much is none.
_BYTES_A_TOKEN: Final = 16 * 1024
# Of one short question; whoever asks waits less.
_TIMEOUT: Final = aiohttp.ClientTimeout(total=10)
_CONNECT_SECONDS: Final = 10.0


class Refused(LLMUnreachable):
    """Another HTTP status than 200; ``answer`` is the JSON object that came with it, if one did."""

    def __init__(self, status: int, answer: dict[str, Any]) -> None:
        super().__init__(f"something answers there, but with HTTP status {status}")
        self.status = status
        self.answer = answer


class Wire:
    """The way to the server at ``base_url``; ``is_not`` is what to say of another one.

    ``refine`` makes of a refusal what it means with this server.
    """

    def __init__(
        self, client: aiohttp.ClientSession, base_url: str, is_not: str, refine: Callable[[Refused], RcmailError]
    ) -> None:
        self._client = client
        self._base_url = base_url.rstrip("/")
        self._is_not = is_not
        self._not_it = f"something answers there, but {is_not}"
        self._refine = refine

    async def get(self, path: str) -> dict[str, Any]:
        """A JSON object. Raises LLMUnreachable, WrongServer for what is none, and what ``refine`` returns."""
        return await self._ask("GET", path, None)

    async def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """As ``get``."""
        return await self._ask("POST", path, body)

    @asynccontextmanager
    async def stream(
        self, path: str, body: Mapping[str, Any], limits: Limits
    ) -> AsyncIterator[AsyncIterator[bytes]]:
        """The lines of the answer as they come; to leave the block hangs up. Raises as ``get``, and LLMTooSlow."""
        timeout = aiohttp.ClientTimeout(limits.seconds, sock_connect=_CONNECT_SECONDS, sock_read=limits.silence)
        response = await self._send("POST", path, body, timeout)
        try:
            yield self._lines(response, limits)
        finally:
            response.close()

    def parse(self, body: bytes, brackets: int = _MAX_LINE_BRACKETS) -> dict[str, Any]:
        """The JSON object in ``body``, with no more than so many ``brackets`` in it. Raises WrongServer."""
        if body.count(b"[") + body.count(b"{") > brackets:
            raise WrongServer(self._not_it)
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise WrongServer(self._not_it)
        return answer

    async def _ask(self, method: str, path: str, body: Mapping[str, Any] | None) -> dict[str, Any]:
        response = await self._send(method, path, body, _TIMEOUT)
        try:
            return self.parse(await self._read(response), _MAX_BRACKETS)
        finally:
            response.release()

    async def _send(
        self, method: str, path: str, body: Mapping[str, Any] | None, timeout: aiohttp.ClientTimeout
    ) -> aiohttp.ClientResponse:
        response = await self._request(method, self._base_url + path, body, timeout)
        if response.status == 200:
            return response
        try:
            if 300 <= response.status < 400:
                raise WrongServer("something answers there, but sends us elsewhere; give the final address")
            answer = await self._read_if_json(response)
        finally:
            response.close()
        raise self._refine(Refused(response.status, answer))

    async def _request(
        self, method: str, url: str, body: Mapping[str, Any] | None, timeout: aiohttp.ClientTimeout
    ) -> aiohttp.ClientResponse:
        for is_last in (False, True):
            try:
                # A redirect is not followed: it would let one server send us to any other.
                return await self._client.request(method, url, json=body, allow_redirects=False, timeout=timeout)
            except (aiohttp.ClientError, OSError, ValueError) as error:
                # It may have ended a connection that was kept just as we took it. To ask twice changes nothing.
                if is_last or not _has_broken(error):
                    raise _told(error) from error
        raise AssertionError  # the loop has ended in one way or the other

    async def _read_if_json(self, response: aiohttp.ClientResponse) -> dict[str, Any]:
        try:
            return self.parse(await self._read(response))
        except WrongServer:
            return {}

    async def _read(self, response: aiohttp.ClientResponse) -> bytes:
        body = bytearray()
        try:
            async for part in response.content.iter_any():
                body += part
                if len(body) > _MAX_ANSWER:
                    raise WrongServer(f"something answers there with far too much data; {self._is_not}")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _told(error) from error
        return bytes(body)

    async def _lines(self, response: aiohttp.ClientResponse, limits: Limits) -> AsyncIterator[bytes]:
        left = (limits.tokens + 100) * _BYTES_A_TOKEN
        while True:
            try:
                line = await response.content.readline(max_line_length=_MAX_LINE)
            except aiohttp.ServerTimeoutError as error:
                raise _told(error) from error
            except TimeoutError as error:
                raise LLMTooSlow(f"it did not come to an end within {limits.seconds:g} s") from error
            except LineTooLong as error:
                raise WrongServer(self._not_it) from error
            except (aiohttp.ClientError, OSError) as error:
                raise _told(error) from error
            if not line:
                return
            if (left := left - len(line)) < 0:
                raise WrongServer(self._not_it)
            if line := line.strip():
                yield line


def _has_broken(error: Exception) -> bool:
    is_reset = isinstance(error, aiohttp.ClientOSError) and not isinstance(error, aiohttp.ClientConnectorError)
    return is_reset or isinstance(error, aiohttp.ServerDisconnectedError)


def _told(error: Exception) -> LLMUnreachable:
    if isinstance(error, aiohttp.ClientResponseError):
        return WrongServer("something answers there, but it does not speak HTTP as it should")
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, ConnectionRefusedError):
        return NothingListens("connection refused")
    return LLMUnreachable(what_failed(error))
