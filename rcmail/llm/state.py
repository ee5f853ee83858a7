"""How it stands with the language model: more than whether it answers, and what to do about it."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rcmail.errors import LLMLoading, LLMOutside, LLMUnreachable, NothingListens, WrongServer
from rcmail.llm.base import Inspection, LLMAdapter, Model, Room

# What a model needs beside its weights, for the question and for its thoughts, grows with the length of both:
# the playbook (roles/ollama/defaults/main.yml) reckons with half as much again.
_NEEDS: Final = 1.5

_UNREACHABLE: Final = "LLM unreachable"
_ENDPOINT: Final = "llm_endpoint"
_MODEL: Final = "llm_model"
_ELSEWHERE: Final = "choose another one on the configuration page"


class LLMState(StrEnum):
    """Every way it can stand. docs/operating.md lists them with their remedies."""

    UNCONFIGURED = "unconfigured"
    NO_ANSWER = "no answer"
    WRONG_SERVER = "another server"
    OUTSIDE = "outside the house"
    """Its address is, and nobody has said that visitors' mail may go there: nothing is sent."""
    LOADING = "loading"
    ANSWERS = "answers"
    """Which model is chosen is not known: the settings cannot be read."""
    EMPTY = "no models"
    NOT_CHOSEN = "none chosen"
    MISSING = "model missing"
    REMOTE = "in the cloud"
    TOO_LARGE = "too large"
    TIGHT = "tight"
    INSTALLED = "installed"
    """Whether it is loaded is not told."""
    ASLEEP = "asleep"
    LOADED = "loaded"


@dataclass(frozen=True, slots=True)
class LLMFinding:
    """A state with sentences for a person: what is so, and what to do where something is to be done."""

    state: LLMState
    sentence: str
    remedy: str = ""
    notice: str = ""
    """The same for a volunteer, in few words; empty where the model can do its work."""
    setting: str = ""
    """The setting that mends it, where it is one of ours."""
    remote: str = ""
    """The host outside of the house that visitors' mail is sent to, as somebody has allowed."""


_NOT_SET_UP: Final = LLMFinding(
    LLMState.UNCONFIGURED,
    "no language model is set up; everything else works without one",
    "to have one, install Ollama or llama.cpp’s server on this machine or another, and save its address on the"
    " configuration page",
    "no LLM configured",
    _ENDPOINT,
)


async def find_out(
    adapter: LLMAdapter | None, model: str | None, limit: float, asked: float = 0, *, is_chosen: bool = True
) -> LLMFinding:
    """How it stands with ``model`` at ``adapter`` (None: no endpoint is set), within ``limit`` seconds.

    An empty ``model`` says that none is chosen, None that this is not known. ``asked`` is how many seconds whoever
    asked has waited in all when these are over. Where nobody has chosen the server (not ``is_chosen``) and it was
    never installed, it is not missed. Loads no model, raises nothing.
    """
    if adapter is None:
        return _NOT_SET_UP
    try:
        async with asyncio.timeout(limit):
            found = await adapter.inspect(model or "")
    except TimeoutError:
        return unreachable(adapter, LLMUnreachable(f"timed out after {asked or limit:g} s"))
    except LLMUnreachable as error:
        if isinstance(error, NothingListens) and not is_chosen and adapter.is_here and not adapter.is_installed():
            return _NOT_SET_UP
        return unreachable(adapter, error)
    if model is None:
        sentence = f"{found.server} answers; which model is chosen is not known while the database does not answer"
        return LLMFinding(LLMState.ANSWERS, sentence)
    if found.model is None:
        return _without_model(found, adapter, model)
    return _with_model(found, found.model)


def unreachable(adapter: LLMAdapter | None, error: LLMUnreachable) -> LLMFinding:
    """What ``error``, raised by ``adapter`` or on the way to it, says of it."""
    if isinstance(error, LLMLoading):
        return LLMFinding(LLMState.LOADING, "it answers and is loading its model, which may take some minutes")
    if isinstance(error, LLMOutside):
        remedy = "choose a server in the house on the configuration page, or say there that it may be outside"
        notice = "the model’s server is outside this house"
        return LLMFinding(LLMState.OUTSIDE, str(error), remedy, notice, _ENDPOINT)
    if isinstance(error, WrongServer):
        remedy = (
            "correct the LLM endpoint on the configuration page; unless it was changed, Ollama’s port is 11434 and"
            " llama.cpp’s 8080"
        )
        return LLMFinding(LLMState.WRONG_SERVER, str(error), remedy, _UNREACHABLE, _ENDPOINT)
    remedy = adapter.where_to_look if adapter else ""
    return LLMFinding(LLMState.NO_ANSWER, str(error), remedy, _UNREACHABLE, _ENDPOINT)


def _without_model(found: Inspection, adapter: LLMAdapter, model: str) -> LLMFinding:
    remedy = adapter.how_to_install(model)
    if not found.count:
        sentence = f"{found.server} answers, but no model is installed there"
        return LLMFinding(LLMState.EMPTY, sentence, remedy, "no model is installed", _MODEL)
    if not model:
        count = f"{found.count} model{'' if found.count == 1 else 's'}"
        sentence = f"{found.server} answers and has {count}, but none is chosen"
        remedy = "choose one on the configuration page"
        return LLMFinding(LLMState.NOT_CHOSEN, sentence, remedy, "no model is chosen", _MODEL)
    sentence = f"{found.server} answers, but model {model} is not installed there"
    return LLMFinding(
        LLMState.MISSING, sentence, f"{remedy}, or {_ELSEWHERE}", f"{model} is not installed", _MODEL
    )


def _with_model(found: Inspection, model: Model) -> LLMFinding:
    if model.is_remote:
        return LLMFinding(
            LLMState.REMOTE,
            f"model {model.name} only passes on what it is asked to another computer: visitors’ mail may leave the"
            " house",
            "choose a model that runs in the house on the configuration page",
            f"{model.name} runs outside this house",
            _MODEL,
        )
    if found.is_loaded:
        return LLMFinding(LLMState.LOADED, f"model {model.name} is loaded and ready on {found.server}")
    if model.size and found.room and (finding := _too_large(model.name, model.size, found.room)):
        return finding
    if found.is_loaded is None:
        return LLMFinding(LLMState.INSTALLED, f"model {model.name} is installed on {found.server}")
    return LLMFinding(
        LLMState.ASLEEP,
        f"model {model.name} is installed on {found.server} and asleep; the next question wakes it, which takes a"
        " while",
    )


def _too_large(name: str, size: int, room: Room) -> LLMFinding | None:
    """What can be said of a model that is not loaded; None where nothing speaks against it.

    A graphics card may have memory of its own, which nobody tells us of as long as nothing is loaded there.
    """
    limit, has = room.memory, f"this machine has {_gigabytes(room.memory)} of memory"
    remedy = "choose a smaller one on the configuration page"
    if room.ceiling is not None and room.ceiling < room.memory:
        limit, has = room.ceiling, f"Ollama may use {_gigabytes(room.ceiling)} of this machine’s memory"
        remedy = f"raise `ollama_memory_max` in the inventory and deploy again, or {remedy}"
    if size > limit:
        sentence = (
            f"model {name} is {_gigabytes(size)}, and {has}: unless a graphics card holds it, it will not run"
        )
        notice = f"{name} is too large for this machine"
        return LLMFinding(LLMState.TOO_LARGE, f"{sentence}, or far too slowly", remedy, notice, _MODEL)
    if size * _NEEDS > limit:
        sentence = f"model {name} is {_gigabytes(size)} and needs about half as much again to work, and {has}"
        told = f"{sentence}: it may be refused, or be very slow"
        return LLMFinding(LLMState.TIGHT, told, remedy, f"{name} may be too large for this machine", _MODEL)
    return None


def _gigabytes(size: int) -> str:
    """As “ollama list” and the makers of Pis reckon: a thousand million bytes."""
    return f"{size / 1e9:.1f} GB"
