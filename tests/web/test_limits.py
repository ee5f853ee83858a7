"""Where the service listens, and what each connection gets from there."""

import asyncio
import errno
import socket
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from rcmail.web.limits import LIMITS, listen
from tests.support import free_port


async def options(request: web.Request) -> web.Response:
    """Those of the connection that the request came on."""
    assert request.transport
    connection = request.transport.get_extra_info("socket")
    wanted = ((socket.SOL_SOCKET, "SO_RCVBUF"), (socket.SOL_SOCKET, "SO_SNDBUF"),
              (socket.IPPROTO_TCP, "TCP_USER_TIMEOUT"))  # fmt: skip
    return web.json_response({name: connection.getsockopt(level, getattr(socket, name)) for level, name in wanted})


@pytest.fixture
async def runner() -> AsyncIterator[web.AppRunner]:
    app = web.Application()
    app.router.add_get("/", options)
    runner = web.AppRunner(app, **LIMITS)
    await runner.setup()
    yield runner
    await runner.cleanup()


async def ask(host: str, port: int) -> Any:
    async with aiohttp.ClientSession() as session, session.get(f"http://{host}:{port}/") as response:
        return await response.json()


async def test_a_connection_has_small_buffers_and_20_seconds_to_take_something(runner: web.AppRunner) -> None:
    port = free_port()
    await listen(runner, "127.0.0.1", port)
    assert await ask("127.0.0.1", port) == {  # the kernel doubles the buffers: socket(7)
        "SO_RCVBUF": 2 * 32 * 1024, "SO_SNDBUF": 2 * 256 * 1024, "TCP_USER_TIMEOUT": 20_000
    }  # fmt: skip


@pytest.mark.parametrize(
    ("host", "reached_at"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("localhost", "localhost"),
     ("::1", "[::1]"), ("::", "[::1]")],
)  # fmt: skip
async def test_it_listens_at_an_address_at_every_address_or_at_a_name(
    host: str, reached_at: str, runner: web.AppRunner
) -> None:
    port = free_port()
    try:
        await listen(runner, host, port)
    except OSError as error:
        if ":" not in host or error.errno not in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
            raise
        pytest.skip("no IPv6 here")
    assert await ask(reached_at, port)


async def test_of_a_name_s_addresses_those_of_this_machine_are_enough(
    runner: web.AppRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()

    async def both(*_: object, **__: object) -> list[Any]:
        addresses = [("192.0.2.1", port), ("127.0.0.1", port), ("127.0.0.1", port)]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", address) for address in addresses]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", both)
    await listen(runner, "somewhere", port)
    monkeypatch.undo()
    assert await ask("127.0.0.1", port)


async def test_where_none_is_of_this_machine_it_says_so(runner: web.AppRunner) -> None:
    with pytest.raises(OSError) as caught:
        await listen(runner, "192.0.2.1", free_port())
    assert caught.value.errno == errno.EADDRNOTAVAIL


async def test_a_name_that_nobody_knows_is_an_oserror(runner: web.AppRunner) -> None:
    with pytest.raises(OSError):
        await listen(runner, "nobody.invalid", free_port())


async def test_it_can_listen_again_at_once(runner: web.AppRunner) -> None:
    """A connection that the service closed leaves its port in TIME_WAIT: SO_REUSEADDR."""
    port = free_port()
    await listen(runner, "127.0.0.1", port)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.0\r\n\r\n")
    assert await reader.read()
    [site] = runner.sites
    await site.stop()
    await listen(runner, "127.0.0.1", port)
    assert await ask("127.0.0.1", port)
    writer.close()
