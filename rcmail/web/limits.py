"""What one client may take, as far as aiohttp and the kernel see to it: time, size, memory.

How many may come at a time is the unit's matter (LimitNOFILE=, MemoryMax=).
"""

import asyncio
import errno
import socket
from typing import Any, Final

from aiohttp import web

# https://docs.aiohttp.org/en/stable/web_reference.html#aiohttp.web.AppRunner
LIMITS: Final[dict[str, Any]] = {
    "keepalive_timeout": 20.0,  # seconds for the head of a request, from the connection or the last answer on
    "lingering_time": 3.0,  # seconds in which the rest of a body that nobody reads is thrown away
    "max_headers": 48,  # of max_field_size 8190 bytes each
    "read_bufsize": 16 * 1024,  # bytes of a body that wait to be read before the client must; it may become twice
    "auto_decompress": False,  # safety.check_encoding refuses what is compressed
}
# Connections that wait to be looked at. With aiohttp's 128 a burst has others wait for a second.
BACKLOG: Final = 1024
# Each connection inherits them from the socket that listens: socket(7), tcp(7).
_OPTIONS: Final = (
    (socket.SOL_SOCKET, socket.SO_REUSEADDR, 1),
    # Bytes not read yet, or not taken yet, which the kernel doubles. By itself it would keep up to 6 MB of each.
    (socket.SOL_SOCKET, socket.SO_RCVBUF, 32 * 1024),
    (socket.SOL_SOCKET, socket.SO_SNDBUF, 256 * 1024),
    # Milliseconds in which some of an answer must be taken.
    (socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 20_000),
)
_NOT_HERE: Final = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}


async def listen(runner: web.AppRunner, host: str, port: int) -> None:
    """Serve at every address of ``host`` that this machine has: web.TCPSite, with our options. Raises OSError."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    missing = None
    for family, _, _, _, address in set(found):
        try:
            site = web.SockSite(runner, _bound(family, address), backlog=BACKLOG)
        except OSError as error:
            if error.errno not in _NOT_HERE:
                raise
            missing = error  # "localhost" where IPv6 is switched off
        else:
            await site.start()
    if missing and not runner.sites:
        raise missing


def _bound(family: int, address: Any) -> socket.socket:
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        for option in _OPTIONS:
            bound.setsockopt(*option)
        if family == socket.AF_INET6:  # "::" is IPv6 only; IPv4 has a socket of its own
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        bound.bind(address)
    except OSError:
        bound.close()
        raise
    return bound
