"""Looking up host names off the event loop, in threads that do not hold up the end of the process."""

import asyncio
import socket
from typing import Any, Final

from aiohttp.abc import AbstractResolver, ResolveResult

from rcmail.process.tasks import shared
from rcmail.process.threads import in_daemon_thread

Found = list[tuple[int, int, str, int]]

# Each is a thread, for half a minute where the name server is dead.
_AT_ONCE: Final = 12
_Question = tuple[asyncio.AbstractEventLoop, str, int, int]
_under_way: Final[dict[_Question, asyncio.Task[Any]]] = {}


async def look_up(host: str, port: int, family: int = socket.AF_UNSPEC) -> Found:
    """Family, protocol, numeric address and port of each address that ``host`` has. Raises OSError.

    Who asks the same at the same time shares one look-up; of too many, some wait. The caller sets the limit.
    """
    loop = asyncio.get_running_loop()
    question = (loop, host, port, family)
    while question not in _under_way and len(others := _tasks_of(loop)) >= _AT_ONCE:
        await asyncio.wait(others, return_when=asyncio.FIRST_COMPLETED)
    if question not in _under_way:
        _under_way[question] = task = asyncio.create_task(_ask(host, port, family), name="look up")
        task.add_done_callback(lambda task: _forget(question, task))
    found = await shared(_under_way[question])
    return [(int(kind), protocol, _numeric(address), int(address[1])) for kind, _, protocol, _, address in found]


def _tasks_of(loop: asyncio.AbstractEventLoop) -> list[asyncio.Task[Any]]:
    return [task for question, task in _under_way.items() if question[0] is loop]


async def _ask(host: str, port: int, family: int) -> list[Any]:
    return await in_daemon_thread(
        lambda: socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG), "look up"
    )


def _forget(question: _Question, task: asyncio.Task[Any]) -> None:
    _under_way.pop(question, None)
    if not task.cancelled():
        task.exception()  # nobody may be left who waits for it


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
