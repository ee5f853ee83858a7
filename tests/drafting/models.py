"""Servers of language models that say what a test wants."""

from collections.abc import Sequence
from typing import Any

from tests.fakes.llamacpp import BEGIN, DONE, FakeLlamaCpp, chunk, streamed
from tests.fakes.ollama import HANGS, FakeOllama, Stream, said

CHAT = "/v1/chat/completions"
TAGS = {"models": [{"name": "llama3.2:latest", "model": "llama3.2:latest", "size": 2019393189}]}


class Turns(dict[str, Any]):
    """Of a list of answers one after the other; the last one again and again."""

    def get(self, path: str, default: Any = None) -> Any:
        answer = super().get(path, default)
        if isinstance(answer, list):
            return answer.pop(0) if len(answer) > 1 else answer[0]
        return answer


def pieces(text: str) -> list[str]:
    return [text[place : place + 4] for place in range(0, len(text), 4)]


def llama(*texts: str, **more: Any) -> FakeLlamaCpp:
    """llama.cpp's server that says ``texts``, one an answer; ``more`` as HTTP addresses without the slash."""
    fake = FakeLlamaCpp()
    fake.answers = Turns(fake.answers) | more
    fake.answers = Turns(fake.answers)
    fake.answers[CHAT] = [streamed(*pieces(text)) for text in texts] or streamed("")
    return fake


def half(text: str) -> Stream:
    """Begun, and then nothing more comes."""
    return Stream([BEGIN, *(chunk(each) for each in pieces(text)), HANGS])


def broken(text: str) -> Stream:
    """Begun, and then the connection ends."""
    return Stream([BEGIN, *(chunk(each) for each in pieces(text))], breaks_off=True)


def endless(count: int) -> Stream:
    return Stream([BEGIN, *(chunk("en nog een keer ") for _ in range(count)), chunk(finish="length"), DONE])


def ollama(*texts: str, read: int = 700) -> FakeOllama:
    """Ollama that says ``texts`` and tells that it has ``read`` so many tokens."""
    fake = FakeOllama()
    fake.answers = Turns(fake.answers)
    fake.answers["/api/show"] = {"model_info": {"llama.context_length": 131072}}
    fake.answers["/api/chat"] = [answered(text, read) for text in texts]
    return fake


def answered(text: str, read: int = 700, reason: str = "stop") -> Stream:
    end: dict[str, Any] = {"done": True, "done_reason": reason, "prompt_eval_count": read, "eval_count": 9}
    return Stream([*(said(each) for each in pieces(text)), said("", **end)])


def asked_of(fake: FakeOllama) -> Sequence[dict[str, Any]]:
    """What it was asked to write, in order."""
    return [each for each in fake.bodies if each.get("stream")]
