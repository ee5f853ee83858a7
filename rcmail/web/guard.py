"""What a client may take of the server: limits of time, number and memory for each connection.

Who sends or reads slowly, or keeps connections for nothing, is cut off before anybody else has to wait. A request
costs one comparison here; the rest is done per connection, or once a client falls behind.
"""

import asyncio
import secrets
import socket
from collections import Counter
from typing import Any, Final

from aiohttp import web

from rcmail.log.formatter import request_id
from rcmail.web.errors import json_error
from rcmail.web.safety import SECURITY_HEADERS

# Connections at a time; LimitNOFILE= and MemoryMax= of the unit have room for them all at their worst. A browser
# opens six. Beyond the limit the oldest of those that keep the server waiting makes room for the new one.
MAX_CONNECTIONS: Final = 256
MAX_PER_ADDRESS: Final = 64
# Those that the kernel keeps until they are looked at. With aiohttp's 128 a burst makes others wait for a second.
BACKLOG: Final = 1024
# Bytes of a connection in the kernel that are not read yet; it doubles the number for its own use.
RECEIVE_BUFFER: Final = 32 * 1024
# Bytes of an answer in the kernel that are not taken yet (doubled, too). With up to 4 MB, its default, many large
# answers nobody reads would look as if they had been taken.
SEND_BUFFER: Final = 256 * 1024
# Bytes that may come before they are of use: an unfinished head, requests sent ahead of the answers, trailers.
MAX_AHEAD: Final = 64 * 1024
# Seconds in which an answer must be taken, and answers that may wait for their readers at a time.
STALLED_SECONDS: Final = 20.0
MAX_STALLED: Final = 8

# For aiohttp's RequestHandler: https://docs.aiohttp.org/en/stable/web_reference.html#aiohttp.web.AppRunner
LIMITS: Final[dict[str, Any]] = {
    "keepalive_timeout": 20.0,  # seconds for the head of a request, from the connection or the last answer on
    "lingering_time": 3.0,  # seconds in which the rest of a body that nobody reads is thrown away
    "max_headers": 64,  # of max_field_size 8190 bytes each
    "read_bufsize": 16 * 1024,  # bytes of a body that wait to be read before the client must; it may become twice
    "auto_decompress": False,  # safety.check_encoding refuses what is compressed
}


class Connection(web.RequestHandler):
    """One client's connection. aiohttp's own limits are LIMITS; here is what it has none for."""

    __slots__ = ("_ahead", "_deadline", "_fed")

    def __init__(self, manager: "Server", **options: Any) -> None:
        super().__init__(manager, **options)
        self._ahead = 0
        self._fed = 0
        self._deadline: asyncio.TimerHandle | None = None

    @property
    def waits_for_client(self) -> bool:
        """Whether the next move is the client's: a request, the rest of one, or taking the answer."""
        if not self._request_in_progress:
            return not self._messages
        request = self._current_request
        return self._paused or (request is not None and not request.content.is_eof())

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        waiter = self._waiter
        if waiter is not None:
            if waiter.done():  # a whole head has come
                self._ahead = 0
                return
        elif not self._request_in_progress:
            return
        elif (
            (request := self._current_request) is not None
            and not request.content.is_eof()
            and request.content.total_bytes != self._fed
        ):
            # A body comes no faster than it is read. What adds nothing to it is kept, though: trailers without
            # end, and after a mistake in it one more mistake for each piece that follows.
            self._fed = request.content.total_bytes
            self._ahead = 0
            return
        self._ahead += len(data)
        if self._ahead > MAX_AHEAD and self.transport is not None:
            self.transport.abort()

    def pause_writing(self) -> None:
        super().pause_writing()
        if self.transport is not None:
            self._deadline = self._loop.call_later(STALLED_SECONDS, self.transport.abort)
            if isinstance(self._manager, Server):
                self._manager.stalled(self, self.transport)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._catch_up()

    def connection_lost(self, exc: BaseException | None) -> None:
        self._catch_up()
        super().connection_lost(exc)

    def _catch_up(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
            if isinstance(self._manager, Server):
                self._manager.caught_up(self)

    def log_access(self, request: web.BaseRequest, response: web.StreamResponse, time: float | None) -> None:
        """The last that is done with an answer, also where nothing is logged.

        aiohttp keeps it until the next request comes: without its body, which may be a megabyte of log.
        """
        super().log_access(request, response, time)
        if isinstance(response, web.Response):
            response.body = None

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """What is no HTTP never reaches the middlewares; its answer looks as if it had."""
        known = request_id.get() or secrets.token_hex(8)
        request_id.set(known)
        super().handle_error(request, status, exc, message)  # logs it, and refuses where an answer is under way
        response = json_error(status)
        response.headers.update(SECURITY_HEADERS)
        response.headers.update({"X-Request-ID": known, "Cache-Control": "no-cache"})
        response.force_close()
        return response


class Server(web.Server):
    """Counts the connections and decides who has to go."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._held: dict[web.RequestHandler, tuple[str, asyncio.Transport]] = {}  # the oldest first
        self._stalled: dict[Connection, asyncio.Transport] = {}

    def __call__(self) -> web.RequestHandler:
        return Connection(self, loop=self._loop, **self._kwargs)

    def connection_made(self, handler: web.RequestHandler, transport: asyncio.Transport) -> None:
        super().connection_made(handler, transport)
        if (peer := transport.get_extra_info("socket")) is not None:
            # socket(7): or the kernel keeps up to 6 MB while nobody reads here, and hands over 256 kB at once.
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
            # tcp(7): the kernel drops who takes nothing for so long, also what is closed and not yet sent.
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(STALLED_SECONDS * 1000))
        address = _address(transport)
        numbers = Counter(each for each, _ in self._held.values())
        crowd = None
        if numbers[address] >= MAX_PER_ADDRESS:
            crowd = address
        elif len(self._held) >= MAX_CONNECTIONS:
            [(crowd, _)] = numbers.most_common(1)
        if crowd is None or self._make_room(crowd):
            self._held[handler] = (address, transport)
        else:
            self._loop.call_soon(transport.abort)  # once aiohttp has set it up

    def connection_lost(self, handler: web.RequestHandler, exc: BaseException | None = None) -> None:
        super().connection_lost(handler, exc)
        self._held.pop(handler, None)

    def _make_room(self, crowd: str) -> bool:
        """Cut off the oldest connection of that address that keeps the server waiting; False where none does."""
        for handler, (address, transport) in self._held.items():
            if address == crowd and isinstance(handler, Connection) and handler.waits_for_client:
                transport.abort()
                del self._held[handler]
                return True
        return False

    def stalled(self, connection: Connection, transport: asyncio.Transport) -> None:
        """``connection`` does not take its answer as fast as it is sent: of too many, the first has to go."""
        self._stalled[connection] = transport
        if len(self._stalled) > MAX_STALLED:
            next(iter(self._stalled.values())).abort()

    def caught_up(self, connection: Connection) -> None:
        self._stalled.pop(connection, None)


class Runner(web.AppRunner):
    """An AppRunner whose connections are guarded."""

    def __init__(self, app: web.Application, **options: Any) -> None:
        super().__init__(app, **LIMITS, **options)

    async def _make_server(self) -> Server:
        plain = await super()._make_server()
        return Server(
            plain.request_handler,
            request_factory=plain.request_factory,
            handler_cancellation=plain.handler_cancellation,
            **self._kwargs,
        )


def _address(transport: asyncio.Transport) -> str:
    peer = transport.get_extra_info("peername")
    return str(peer[0]) if isinstance(peer, tuple) else ""
