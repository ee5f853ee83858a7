"""Ollama. Its API: https://github.com/ollama/ollama/blob/main/docs/api.md"""

import json
import shlex
import socket
import ssl
from itertools import islice
from typing import Any, Final, TypeGuard

import aiohttp

from rcmail.errors import LLMUnreachable
from rcmail.llm.base import Examination, LLMAdapter

# A list of a few hundred models is some 100 kB; whatever answers with more is not Ollama.
_MAX_ANSWER: Final = 2 * 1024 * 1024
_MAX_MODELS: Final = 500
_MAX_NAME: Final = 200


class OllamaAdapter(LLMAdapter):
    """Ollama at ``base_url``, spoken to through the one ``client`` that all share."""

    def __init__(self, client: aiohttp.ClientSession, base_url: str) -> None:
        self._client = client
        self._base_url = base_url.rstrip("/")

    async def ping(self) -> str:
        count = len(await self._models())
        return f"Ollama answers, {count} model{'' if count == 1 else 's'} installed"

    async def examine(self) -> Examination:
        models = await self._models()
        # GET /api/version, "Version"
        version = (await self._get("/api/version")).get("version")
        return Examination(server=f"Ollama {version}" if _is_showable(version) else "Ollama", models=tuple(models))

    def has(self, examination: Examination, model: str) -> bool:
        # "Model names": the tag is optional and defaults to latest.
        wanted = model if ":" in model.rpartition("/")[2] else f"{model}:latest"
        return wanted.casefold() in {name.casefold() for name in examination.models}

    def how_to_install(self, model: str) -> str:
        return f"ollama pull {shlex.quote(model)}"

    async def _models(self) -> list[str]:
        # GET /api/tags, "List Local Models"
        models = (await self._get("/api/tags")).get("models")
        if not isinstance(models, list):
            raise LLMUnreachable("something answers there, but it is not Ollama")
        names = (model.get("name") for model in models if isinstance(model, dict))
        return list(islice((name for name in names if _is_showable(name)), _MAX_MODELS))

    async def _get(self, path: str) -> dict[str, Any]:
        try:
            # A redirect is not followed: it would let one server send us to any other.
            async with self._client.get(self._base_url + path, allow_redirects=False) as response:
                if 300 <= response.status < 400:
                    raise LLMUnreachable("something answers there, but sends us elsewhere; give the final address")
                if response.status != 200:
                    raise LLMUnreachable(f"something answers there, but with HTTP status {response.status}")
                body = await response.content.read(_MAX_ANSWER + 1)
                while len(body) <= _MAX_ANSWER and (more := await response.content.read(_MAX_ANSWER)):
                    body += more
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise LLMUnreachable(_sentence(error)) from error
        if len(body) > _MAX_ANSWER:
            raise LLMUnreachable("something answers there with far too much data; it is not Ollama")
        try:
            answer = json.loads(body)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise LLMUnreachable("something answers there, but it is not Ollama")
        return answer


def _is_showable(text: object) -> TypeGuard[str]:
    """Whether a name of the other side can stand in a sentence: no control characters, no lone surrogates."""
    return isinstance(text, str) and 0 < len(text) <= _MAX_NAME and text.isprintable()


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
        if isinstance(cause, ConnectionRefusedError):
            return "connection refused"
        return "no connection"
    if isinstance(error, TimeoutError):
        return "timed out"
    if isinstance(error, aiohttp.ClientPayloadError | aiohttp.ClientOSError | aiohttp.ServerDisconnectedError):
        return "the connection broke off"
    if isinstance(error, aiohttp.InvalidURL | ValueError) and not isinstance(error, aiohttp.ClientResponseError):
        return "the address is not valid"
    return "something answers there, but it does not speak HTTP as it should"
