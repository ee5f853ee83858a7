"""A server that behaves like llama.cpp's, or as badly as one can. Its answers are those of b11549, shortened."""

import json
from typing import Any

from tests.fakes.ollama import FakeOllama, Refusal, Stream

MODEL = "/srv/models/gemma-4-E2B-it-Q4_K_M.gguf"
LOADING = Refusal(
    "503 Service Unavailable",
    {"error": {"message": "Loading model", "type": "unavailable_error", "code": 503}},
)
NOT_FOUND = Refusal(
    "404 Not Found", {"error": {"message": "File Not Found", "type": "not_found_error", "code": 404}}
)
TOO_LONG = Refusal(
    "400 Bad Request",
    {
        "error": {
            "code": 400,
            "message": "request (3031 tokens) exceeds the available context size (1024 tokens), try increasing it",
            "type": "exceed_context_size_error",
            "n_prompt_tokens": 3031,
            "n_ctx": 1024,
        }
    },
)


def properties(**more: Any) -> dict[str, Any]:
    """What GET /props answers."""
    settings = {"params": {"temperature": 0.8}, "n_ctx": 4096}
    told = {"default_generation_settings": settings, "total_slots": 1, "model_path": MODEL, "is_sleeping": False}
    return told | {"build_info": "b11549-0ab1c2d3"} | more


def models(*names: str) -> dict[str, Any]:
    """What GET /v1/models answers."""
    meta = {"n_ctx": 4096, "n_ctx_train": 8192, "n_params": 134515008, "size": 2_900_000_000}
    entries = [{"id": name, "aliases": [name], "object": "model", "meta": meta} for name in names]
    return {"models": [{"name": name} for name in names], "object": "list", "data": entries}


def chunk(text: str | None = None, finish: str | None = None, **more: Any) -> bytes:
    """An event of a streamed answer."""
    delta = {} if text is None else {"content": text}
    choices = [] if "usage" in more else [{"finish_reason": finish, "index": 0, "delta": delta}]
    told = {"choices": choices, "id": "chatcmpl-1", "model": MODEL, "object": "chat.completion.chunk"}
    return b"data: " + json.dumps(told | more).encode() + b"\n\n"


USAGE = chunk(
    usage={
        "completion_tokens": 8,
        "prompt_tokens": 323,
        "total_tokens": 331,
        "prompt_tokens_details": {"cached_tokens": 313},
    },
    timings={"cache_n": 313, "prompt_n": 10, "prompt_ms": 600.5, "predicted_n": 8, "predicted_ms": 250},
)
BEGIN = b'data: {"choices":[{"finish_reason":null,"index":0,"delta":{"role":"assistant","content":null}}]}\n\n'
DONE = b"data: [DONE]\n\n"


def streamed(*texts: str, finish: str = "stop") -> Stream:
    """A whole answer, with a comment line such as keeps a connection open."""
    return Stream([b":\n\n", BEGIN, *(chunk(text) for text in texts), chunk(finish=finish), USAGE, DONE])


class FakeLlamaCpp(FakeOllama):
    """With the same behaviours."""

    def __init__(self, behaviour: str = "ok") -> None:
        super().__init__(behaviour)
        self.answers = {
            "/health": {"status": "ok"},
            "/props": properties(),
            "/v1/models": models(MODEL),
            "/v1/chat/completions/input_tokens": {"input_tokens": 33, "object": "response.input_tokens"},
            "/v1/chat/completions": streamed("Dear", " visitor"),
            "/api/version": NOT_FOUND,
            "/api/tags": NOT_FOUND,
        }

    def load(self) -> None:
        """From now on it is loading its model, and refuses everything."""
        self.answers = dict.fromkeys(self.answers, LOADING)
