"""The floor: as little as an aiohttp application can be. ``python -m bench.bare PORT`` serves it.

Two handlers: the body of ``GET /health`` (BARE_BODY) as JSON, and one ``SELECT 1`` through a pool of aiopg
(BARE_DSN; without it there is no such handler, and aiopg is not imported).
"""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator

from aiohttp import web


def create_app(body: object, dsn: str) -> web.Application:
    async def health(_request: web.Request) -> web.Response:
        return web.json_response(body)

    app = web.Application()
    app.router.add_get("/health", health)
    if dsn:
        add_select(app, dsn)
    return app


def add_select(app: web.Application, dsn: str) -> None:
    import aiopg

    async def pool(app: web.Application) -> AsyncIterator[None]:
        async with aiopg.create_pool(dsn, minsize=1, maxsize=5) as app["pool"]:
            yield

    async def select(request: web.Request) -> web.Response:
        async with request.app["pool"].acquire() as connection, connection.cursor() as cursor:
            await cursor.execute("SELECT 1")
            return web.json_response({"one": (await cursor.fetchone())[0]})

    app.cleanup_ctx.append(pool)
    app.router.add_get("/select", select)


async def serve(port: int, body: object, dsn: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    runner = web.AppRunner(create_app(body, dsn), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:  # sd_notify(3), as rcmail does
        sender.sendto(b"READY=1", os.environ["NOTIFY_SOCKET"])
    await stop.wait()
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), json.loads(os.environ["BARE_BODY"]), os.environ.get("BARE_DSN", "")))
