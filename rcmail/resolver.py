"""Looking up host names off the event loop, in threads that do not hold up the end of the process."""

import socket
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from rcmail.threads import in_daemon_thread


async def look_up(host: str, port: int, family: int = socket.AF_UNSPEC) -> list[tuple[int, int, str, int]]:
    """Family, protocol, numeric address and port of each address that ``host`` has. Raises OSError."""
    found = await in_daemon_thread(
        lambda: socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG), "look up"
    )
    return [(int(kind), protocol, _numeric(address), int(address[1])) for kind, _, protocol, _, address in found]


class Resolver(AbstractResolver):
    """aiohttp's way to ask for addresses."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=number,
                family=kind,
                proto=protocol,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, protocol, address, number in await look_up(host, port, family)
        ]

    async def close(self) -> None:
        return None


def _numeric(address: tuple[Any, ...]) -> str:
    """The address as text, with the interface where it is link-local."""
    if len(address) == 4 and address[3]:
        return socket.getnameinfo(address, socket.NI_NUMERICHOST | socket.NI_NUMERICSERV)[0]
    return str(address[0])
