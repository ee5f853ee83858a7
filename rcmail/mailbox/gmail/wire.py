"""HTTP with Google: every answer bounded in bytes and seconds, every error a sentence that holds nothing of it."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import aiohttp

from rcmail.client import what_failed
from rcmail.errors import MailboxUnavailable
from rcmail.mailbox.base import MAX_BYTES

# A message of MAX_BYTES in base64, and what stands around it.
_MOST: Final = MAX_BYTES * 4 // 3 + 128 * 1024
# A list of 500 ids is 40 kB; a message with a thousand parts has 15,000 brackets. json.loads() keeps the
# interpreter's lock to its end, in a thread too: of so many, with names in them, some 40 ms.
_BRACKETS: Final = 20_000
# What is longer is read with one other of its kind at most: while it is parsed it is in memory twice.
_SHORT: Final = 256 * 1024
_LONG_AT_ONCE: Final = 2
# Parsed on the event loop, which then stands still for less than a millisecond.
_SMALL: Final = 16 * 1024
# Until an answer is there, or its first part; and for what is left of a long one, over a slow line.
_SECONDS: Final = 30.0
_SECONDS_FOR_LONG: Final = 120.0
_NO_LIMIT: Final = aiohttp.ClientTimeout(total=None)


class Faltered(MailboxUnavailable):
    """What may work when it is asked once more, in ``wait`` seconds where that was told.

    ``is_undone`` where it certainly did nothing.
    """

    def __init__(self, message: str, *, is_undone: bool = False, wait: float = 0.0) -> None:
        super().__init__(message)
        self.is_undone = is_undone
        self.wait = wait


class TooLong(MailboxUnavailable):
    """Google’s answer is longer, or deeper, than rcmail reads one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; ``content`` is None where that is no JSON object. Two fields of its head come along."""

    status: int
    content: Mapping[str, Any] | None
    retry_after: str = ""
    date: str = ""


class Wire:
    """The way to Google, called ``who`` in sentences."""

    def __init__(self, http: aiohttp.ClientSession, who: str) -> None:
        self._http = http
        self._who = who
        self._long = asyncio.Semaphore(_LONG_AT_ONCE)

    async def ask(self, method: str, url: str, **request: Any) -> Answer:
        """Raises Faltered where nothing whole comes back in time, and TooLong.

        A redirect is not followed: it would let one server lead us, and the token with us, to any other.
        """
        try:
            async with (
                asyncio.timeout(_SECONDS) as limit,
                self._http.request(method, url, allow_redirects=False, timeout=_NO_LIMIT, **request) as response,
            ):
                content = await self._content(response, limit)
                head = response.headers
                return Answer(response.status, content, head.get("Retry-After", ""), head.get("Date", ""))
        except (aiohttp.ClientError, OSError, ValueError) as error:
            is_undone = isinstance(error, aiohttp.ClientConnectorError)
            sentence = f"{self._who} cannot be reached: {what_failed(error)}"
            raise Faltered(sentence, is_undone=is_undone) from error

    async def _content(self, response: aiohttp.ClientResponse, limit: asyncio.Timeout) -> dict[str, Any] | None:
        body = bytearray()
        await _fill(body, response, _SHORT)
        if len(body) <= _SHORT:
            return await _parsed(body)
        limit.reschedule(None)  # others have their turn first, and the other side is held up that long
        async with self._long:
            limit.reschedule(asyncio.get_running_loop().time() + _SECONDS_FOR_LONG)
            await _fill(body, response, _MOST)
            if len(body) > _MOST:
                raise TooLong
            return await _parsed(body)


async def _fill(body: bytearray, response: aiohttp.ClientResponse, most: int) -> None:
    """Read until ``body`` is whole, or longer than ``most`` bytes."""
    while len(body) <= most and (part := await response.content.readany()):
        body += part


async def _parsed(body: bytearray) -> dict[str, Any] | None:
    """The JSON object in ``body``, which is empty afterwards. Raises TooLong where it has too many parts."""
    if body.count(b"[") + body.count(b"{") > _BRACKETS:
        raise TooLong
    return _loads(body) if len(body) <= _SMALL else await asyncio.to_thread(_loads, body)


def _loads(body: bytearray) -> dict[str, Any] | None:
    try:
        text = body.decode()
        body.clear()  # four megabytes that are not needed twice
        content = json.loads(text)
    except ValueError:
        return None
    except RecursionError:
        raise TooLong from None
    return content if isinstance(content, dict) else None
