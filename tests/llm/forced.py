"""Before a real llama.cpp server: forces its words, as plain text, by a grammar that has no others.

rcmail asks as it always does; a JSON schema would have it ask for another thing than it uses.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web

CHAT = "/v1/chat/completions"


class Forced:
    """``words`` are those of the next answers, the last again and again; none: it may write what it likes.
    ``asked`` are its questions."""

    def __init__(self, server: str) -> None:
        self._server = server
        self.words: list[str] = []
        self.asked: list[dict[str, Any]] = []
        self.url = ""

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["Forced"]:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._pass_on)
        runner = web.AppRunner(app, handler_cancellation=True, access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            # A connection for each question: the server ends one that was kept for 5 s, and a question that met it
            # just then would fail here, which no model did.
            connector = aiohttp.TCPConnector(force_close=True)
            async with aiohttp.ClientSession(connector=connector) as self._client:
                yield self
        finally:
            await runner.cleanup()

    async def _pass_on(self, request: web.Request) -> web.StreamResponse:
        body = await request.json() if request.can_read_body else None
        if request.path == CHAT and body is not None:
            self.asked.append(body)
            if self.words:
                words = self.words.pop(0) if len(self.words) > 1 else self.words[0]
                body["grammar"] = f"root ::= {literal(words)}"
        async with self._client.request(request.method, f"{self._server}{request.path}", json=body) as answer:
            response = web.StreamResponse(status=answer.status, headers={"Content-Type": answer.content_type})
            await response.prepare(request)
            async for piece in answer.content.iter_any():
                await response.write(piece)
        return response


def literal(text: str) -> str:
    """``text`` as a grammar has it: https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md"""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'
