"""As little as an aiohttp application can be: JSON and one ``SELECT`` through aiopg. ``python -m bench.bare``."""

import json
import os
from collections.abc import AsyncIterator

from aiohttp import web

BODY = json.loads(os.environ["BARE_BODY"])


async def health(_request: web.Request) -> web.Response:
    return web.json_response(BODY)


async def select(request: web.Request) -> web.Response:
    async with request.app["pool"].acquire() as connection, connection.cursor() as cursor:
        await cursor.execute("SELECT 1")
        return web.json_response(await cursor.fetchone())


async def pool(app: web.Application) -> AsyncIterator[None]:
    import aiopg  # not where the start without a database is measured

    async with aiopg.create_pool(os.environ["BARE_DSN"], minsize=1, maxsize=5) as app["pool"]:
        yield


if __name__ == "__main__":
    app = web.Application()
    app.add_routes([web.get("/health", health), web.get("/health/live", health), web.get("/select", select)])
    if os.environ["BARE_DSN"]:
        app.cleanup_ctx.append(pool)
    web.run_app(app, host="127.0.0.1", port=int(os.environ["HTTP_PORT"]), access_log=None, print=None)
