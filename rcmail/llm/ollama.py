"""Ollama. Its API: https://github.com/ollama/ollama/blob/main/docs/api.md"""

import asyncio
import json
import os
import re
import shutil
import socket
import ssl
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeGuard
from urllib.parse import urlsplit

import aiohttp

from rcmail.errors import LLMUnreachable, NothingListens, WrongServer
from rcmail.llm.base import Examination, Inspection, LLMAdapter, Model
from rcmail.llm.room import is_here, room_here
from rcmail.process.threads import in_daemon_thread
from rcmail.validation import is_model_name

# Where it listens unless told otherwise, and what config/settings.toml says.
DEFAULT_ENDPOINT: Final = "http://127.0.0.1:11434"
# What its installer, the playbook or a package leaves, where the program is not on the PATH.
_TRACES: Final = (
    "etc/systemd/system/ollama.service",
    "usr/lib/systemd/system/ollama.service",
    "opt/ollama/current/bin/ollama",
    "usr/local/bin/ollama",
)
# A list of a few hundred models is some 100 kB, with four brackets a model; whatever answers with more is another
# server. The event loop stands still while it is parsed, in a thread too: json.loads() keeps the interpreter's
# lock to its end. So much takes 15 ms at most; were it all brackets, 25 to 200, mostly in the garbage collector.
_MAX_ANSWER: Final = 256 * 1024
_MAX_BRACKETS: Final = 5000
_MAX_MODELS: Final = 500
_VERSION: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._+-]{0,39}")
_MAX_SIZE: Final = 10**14  # bytes; a hundred terabytes is no model but a mistake or a joke
# Of one short question; whoever asks waits less.
_TIMEOUT: Final = aiohttp.ClientTimeout(total=10)
# What is good to know and no more must not take the whole time that the caller has.
_MORE_SECONDS: Final = 0.7
_NOT_OLLAMA: Final = "something answers there, but it is not Ollama"


class OllamaAdapter(LLMAdapter):
    """Ollama at ``base_url``, spoken to through the one ``client`` that all share."""

    def __init__(self, client: aiohttp.ClientSession, base_url: str) -> None:
        self._client = client
        self._base_url = base_url.rstrip("/")

    @property
    def is_here(self) -> bool:
        return is_here(urlsplit(self._base_url).hostname or "")

    def is_installed(self) -> bool:
        return is_installed()

    async def ping(self) -> str:
        count = len(await self._models())
        return f"Ollama answers, {count} model{'' if count == 1 else 's'} installed"

    async def examine(self) -> Examination:
        models = await self._models()
        return Examination(server=await self._server(), models=tuple(model.name for model in models))

    async def inspect(self, model: str) -> Inspection:
        models = await self._models()
        found = next((each for each in models if _full_name(each.name) == _full_name(model)), None)
        if found is None or found.is_remote:
            return Inspection(await self._server_if_told(), len(models), found, None, None)
        server, is_loaded = await asyncio.gather(self._server_if_told(), self._is_loaded(found))
        room = await in_daemon_thread(room_here, "memory") if self.is_here else None
        return Inspection(server, len(models), found, is_loaded, room)

    def has(self, examination: Examination, model: str) -> bool:
        return _full_name(model) in {_full_name(name) for name in examination.models}

    def how_to_install(self, model: str) -> str:
        return f"ollama pull {model}"

    async def _models(self) -> list[Model]:
        # GET /api/tags, "List Local Models"
        models = (await self._get("/api/tags")).get("models")
        if not isinstance(models, list):
            raise WrongServer(_NOT_OLLAMA)
        return list(islice((_model(entry) for entry in models if _is_named(entry)), _MAX_MODELS))

    async def _is_loaded(self, model: Model) -> bool | None:
        try:
            # GET /api/ps, "List Running Models"; not in Ollama before 0.1.33
            async with asyncio.timeout(_MORE_SECONDS):
                models = (await self._get("/api/ps")).get("models")
        except (LLMUnreachable, TimeoutError):
            return None
        if not isinstance(models, list):
            return None
        wanted = _full_name(model.name)
        return any(_full_name(entry["name"]) == wanted for entry in models if _is_named(entry))

    async def _server(self) -> str:
        # GET /api/version, "Version"
        version = (await self._get("/api/version")).get("version")
        is_told = isinstance(version, str) and _VERSION.fullmatch(version)
        return f"Ollama {version}" if is_told else "Ollama"

    async def _server_if_told(self) -> str:
        try:
            async with asyncio.timeout(_MORE_SECONDS):
                return await self._server()
        except (LLMUnreachable, TimeoutError):
            return "Ollama"

    async def _get(self, path: str) -> dict[str, Any]:
        url = self._base_url + path
        try:
            # A redirect is not followed: it would let one server send us to any other.
            async with self._client.get(url, allow_redirects=False, timeout=_TIMEOUT) as response:
                if 300 <= response.status < 400:
                    raise WrongServer("something answers there, but sends us elsewhere; give the final address")
                if response.status != 200:
                    raise LLMUnreachable(f"something answers there, but with HTTP status {response.status}")
                body = bytearray()
                async for part in response.content.iter_any():
                    body += part
                    if len(body) > _MAX_ANSWER:
                        raise WrongServer("something answers there with far too much data; it is not Ollama")
        except aiohttp.ClientResponseError as error:
            raise WrongServer("something answers there, but it does not speak HTTP as it should") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _told(error) from error
        if body.count(b"[") + body.count(b"{") > _MAX_BRACKETS:
            raise WrongServer(_NOT_OLLAMA)
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise WrongServer(_NOT_OLLAMA)
        return answer


def is_installed(root: Path = Path("/")) -> bool:
    """Whether Ollama was ever installed on this machine, as far as can be seen."""
    traces = (root / trace for trace in _TRACES)
    return shutil.which("ollama") is not None or any(os.access(trace, os.F_OK) for trace in traces)


def _full_name(name: str) -> str:
    """``name`` for comparing. "Model names": the tag is optional and defaults to latest."""
    return (name if ":" in name.rpartition("/")[2] else f"{name}:latest").casefold()


def _is_named(entry: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(entry, dict) and is_model_name(entry.get("name"))


def _model(entry: dict[str, Any]) -> Model:
    size = entry.get("size")
    is_size = isinstance(size, int) and not isinstance(size, bool) and 0 < size <= _MAX_SIZE
    # ListModelResponse of https://github.com/ollama/ollama/blob/main/api/types.go: set for models in the cloud.
    is_remote = bool(entry.get("remote_host") or entry.get("remote_model"))
    return Model(entry["name"], size if is_size else None, is_remote)


def _told(error: Exception) -> LLMUnreachable:
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, ConnectionRefusedError):
        return NothingListens("connection refused")
    return LLMUnreachable(_sentence(error))


def _sentence(error: Exception) -> str:
    """What went wrong, for anybody to read: no address, nothing that the other side said."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "the host name is not known"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return "its certificate is not trusted by this machine"
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError):
        return "the secure connection failed; is it https there?"
    if isinstance(error, aiohttp.ClientConnectorError):
        cause = error.os_error
        if isinstance(cause, socket.gaierror):
            return "the host name is not known"
        return "no connection"
    if isinstance(error, TimeoutError):
        return "timed out"
    if isinstance(error, aiohttp.ClientPayloadError | aiohttp.ClientOSError | aiohttp.ServerDisconnectedError):
        return "the connection broke off"
    if isinstance(error, aiohttp.InvalidURL | ValueError):
        return "the address is not valid"
    return "the connection failed"
