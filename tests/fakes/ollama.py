"""A server that behaves like Ollama, or as badly as one can."""

import asyncio
import json
import re
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Self

MODELS = {"models": [{"name": "llama3.2:latest", "model": "llama3.2:latest", "size": 2019393189}]}
HANGS = object()
VERSION = {"version": "0.12.3"}


@dataclass(frozen=True)
class Refusal:
    """Another status than 200."""

    status: str
    answer: Any


@dataclass(frozen=True)
class Stream:
    """What comes bit by bit: bytes, or ``HANGS``: nothing until the other side hangs up. It may break off."""

    parts: Sequence[Any]
    breaks_off: bool = False


def said(text: str, **more: Any) -> bytes:
    """A line of POST /api/chat."""
    message = {"role": "assistant", "content": text}
    line = {"model": "llama3.2:latest", "created_at": "2026-11-28T09:00:00Z", "message": message, "done": False}
    return json.dumps(line | more).encode() + b"\n"


def written(*texts: str) -> Stream:
    """An answer of POST /api/chat."""
    numbers = {"prompt_eval_count": 26, "prompt_eval_duration": 520_000_000}
    numbers |= {"eval_count": len(texts), "eval_duration": 500_000_000, "load_duration": 6_338_219_291}
    return Stream([*(said(text) for text in texts), said("", done=True, done_reason="stop", **numbers)])


def loaded(*names: str) -> dict[str, Any]:
    """What GET /api/ps answers while these models are in memory."""
    expires = "2024-06-04T14:38:31.83753-07:00"
    return {"models": [{"name": name, "model": name, "size": 3 * 10**9, "expires_at": expires} for name in names]}


def http(body: bytes, status: str = "200 OK", content_type: str = "application/json", *extra: str) -> bytes:
    """An HTTP/1.1 answer as it goes over the wire."""
    head = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(body)}", *extra]
    return "\r\n".join([*head, "", ""]).encode() + body


class FakeOllama:
    """Speaks raw bytes over a real socket on port 0, so that it can do what no HTTP server does.

    ``behaviour`` is one of: ok, refuse (by ``stop``), hang (accept and never answer), hang-after-headers,
    trickle (a byte a second), trickle-for-ever (in good order), reset, garbage, html, flood (50 MB of JSON),
    flood-for-ever, 500, redirect, or answer (``self.answer``). ``answers`` holds what is answered by path while
    all is ok; another path is 404, and ``HANGS`` no answer.
    """

    def __init__(self, behaviour: str = "ok") -> None:
        self.behaviour = behaviour
        self.answer: bytes = b""
        self.answers: dict[str, Any] = {"/api/tags": MODELS, "/api/version": VERSION, "/api/ps": loaded()}
        self.requests: list[str] = []
        self.bodies: list[Any] = []
        """What was posted."""
        self.hung_up = asyncio.Event()
        """The other side has, while it was sent a ``Stream``."""
        self.connections = 0
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[Any]] = set()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self, port: int = 0) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port)
        self.port: int = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """From now on connections are refused."""
        if self._server:
            self._server.close()
            self._server = None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            while first := await reader.readexactly(1):
                if first == b"\x16":  # a TLS handshake: Go's server, Ollama's, says so in plain HTTP
                    writer.write(http(b"Client sent an HTTP request to an HTTPS server.", "400 Bad Request"))
                    raise ConnectionError
                request = first + await reader.readuntil(b"\r\n\r\n")
                self.requests.append(request.split(b"\r\n")[0].decode())
                if size := re.search(rb"\r\nContent-Length: (\d+)", request):
                    self.bodies.append(json.loads(await reader.readexactly(int(size[1]))))
                answer = self.answers.get(self.requests[-1].split()[1])
                if self.behaviour == "ok" and isinstance(answer, Stream):
                    await self._stream(answer, reader, writer)
                await self._respond(writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _stream(self, stream: Stream, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n")
        for part in stream.parts:
            if part is HANGS:
                await writer.drain()
                await reader.read()
                self.hung_up.set()
                raise ConnectionError
            writer.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
            await writer.drain()
        if not stream.breaks_off:
            writer.write(b"0\r\n\r\n")
            await writer.drain()
        raise ConnectionError  # as llama.cpp does after a stream

    async def _respond(self, writer: asyncio.StreamWriter) -> None:
        body = json.dumps(MODELS).encode()
        match self.behaviour:
            case "ok":
                answer = self.answers.get(self.requests[-1].split()[1])
                if answer is HANGS:
                    await asyncio.sleep(60)
                elif answer is None:
                    writer.write(http(b"404 page not found", "404 Not Found", "text/plain"))
                elif isinstance(answer, Refusal):
                    writer.write(http(json.dumps(answer.answer).encode(), answer.status))
                else:
                    writer.write(http(answer if isinstance(answer, bytes) else json.dumps(answer).encode()))
            case "hang":
                await asyncio.sleep(60)
            case "hang-after-headers":
                writer.write(http(body)[: -len(body)])
                await writer.drain()
                await asyncio.sleep(60)
            case "trickle":
                for byte in http(body):
                    writer.write(bytes([byte]))
                    await writer.drain()
                    await asyncio.sleep(1)
            case "reset":
                writer.transport.abort()
                raise ConnectionError
            case "garbage":
                writer.write(b"SSH-2.0-OpenSSH_9.2\r\n" + bytes(range(256)))
                await writer.drain()
                raise ConnectionError
            case "html":
                writer.write(http(b"<!DOCTYPE html><title>Router</title>", content_type="text/html"))
            case "flood":
                head = http(b"")[:-23].replace(b"Content-Length: 0", b"Content-Length: 52428800")
                writer.write(head.split(b"\r\n\r\n")[0] + b"\r\n\r\n" + b'{"models": [')
                for _ in range(50 * 16):
                    writer.write(b'{"name": "x"}, ' * 4369)
                    await writer.drain()
            case "trickle-for-ever" | "flood-for-ever":
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                )
                slowly = self.behaviour == "trickle-for-ever"
                while True:
                    writer.write(b"1\r\n \r\n" if slowly else b"10000\r\n" + b" " * 65536 + b"\r\n")
                    await writer.drain()
                    await asyncio.sleep(0.2 if slowly else 0)
            case "500":
                writer.write(http(b'{"error": "boom"}', "500 Internal Server Error"))
            case "redirect":
                writer.write(http(b"", "302 Found", "text/html", f"Location: {self.url}/again"))
            case "answer":
                writer.write(http(self.answer))
            case other:
                raise AssertionError(other)
        await writer.drain()


class OllamaThread:
    """A fake Ollama beside the test, which may wait for the service meanwhile."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self.fake = FakeOllama()
        self._do(self.fake.__aenter__()).result()
        self.url = self.fake.url

    def refuse(self) -> None:
        self._do(self.fake.stop()).result()

    def start_again(self) -> None:
        """On the same port."""
        self._do(self.fake.start(self.fake.port)).result()

    def close(self) -> None:
        self.refuse()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Any) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)
