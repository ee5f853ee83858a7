"""What a handler may be sent beyond what is usual: names several times, and a limit of its own."""

from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web
from aiohttp.web import Application

from rcmail.app import MAX_BODY, create_app
from rcmail.config import Config
from rcmail.web.forms import read_fields, read_pairs, takes
from tests.conftest import Client

LARGE = 4 * MAX_BODY
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@takes(LARGE)
async def large(request: web.Request) -> web.Response:
    return web.json_response(len((await read_fields(request))["text"]))


@takes(10)
async def small(request: web.Request) -> web.Response:
    return web.json_response(await read_fields(request))


async def ticks(request: web.Request) -> web.Response:
    policy = {"Content-Security-Policy": "default-src 'none'"}
    return web.json_response(await read_pairs(request), headers=policy)


@pytest.fixture
async def client(config: Config, aiohttp_client: Callable[[Application], Awaitable[Client]]) -> Client:
    app = create_app(config)
    app.add_routes([web.post("/large", large), web.post("/small", small), web.post("/ticks", ticks)])
    return await aiohttp_client(app)


async def test_a_handler_has_a_limit_of_its_own_and_the_others_keep_theirs(client: Client) -> None:
    async def status(path: str, size: int, *, is_told: bool) -> int:
        async def pieces() -> object:
            yield b"text="
            yield b"x" * (size - 5)

        data = b"text=" + b"x" * (size - 5) if is_told else pieces()
        return (await client.post(path, data=data, headers=FORM)).status

    for is_told in (True, False):
        assert await status("/large", LARGE, is_told=is_told) == 200
        assert await status("/large", LARGE + 1, is_told=is_told) == 413
        assert await status("/small", 10, is_told=is_told) == 200
        assert await status("/small", 11, is_told=is_told) == 413
        assert await status("/ticks", MAX_BODY + 1, is_told=is_told) == 413


async def test_a_name_may_come_several_times_where_a_handler_says_so(client: Client) -> None:
    form = "chosen=3&chosen=1&note=&chosen=3"
    answer = await client.post("/ticks", data=form, headers=FORM)
    assert await answer.json() == [["chosen", "3"], ["chosen", "1"], ["note", ""], ["chosen", "3"]]
    assert (await client.post("/small", data="a=1&a=2", headers=FORM)).status == 422


async def test_a_handlers_own_security_headers_count_and_the_others_are_added(client: Client) -> None:
    answer = await client.post("/ticks")
    assert answer.headers.getall("Content-Security-Policy") == ["default-src 'none'"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
