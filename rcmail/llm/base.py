"""What rcmail asks of a language model, whoever runs it."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Literal, Protocol

TEMPERATURE: Final = 0.3
"""An answer is put together from what is known, not invented."""


@dataclass(frozen=True, slots=True)
class Examination:
    """What a language model server says of itself."""

    server: str
    """Its name and version, for a person."""
    models: tuple[str, ...]
    """The models that are installed."""


@dataclass(frozen=True, slots=True)
class Model:
    """One model that is installed."""

    name: str
    size: int | None = None
    """Bytes of its weights, as they lie on the disk; None where that is not told."""
    is_remote: bool = False
    """It only looks installed: it runs on somebody else's computers."""


@dataclass(frozen=True, slots=True)
class Room:
    """The memory that a model server on this machine may use, in bytes."""

    memory: int
    """What the machine has."""
    ceiling: int | None = None
    """What the server may use of it, None where that is not limited."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """How it stands with one model on its server."""

    server: str
    """Its name and version, for a person."""
    count: int
    """How many models are installed."""
    model: Model | None
    """The one that was asked for, None where it is not installed."""
    is_loaded: bool | None
    """Whether it is in memory, None where that is not told."""
    room: Room | None
    """What memory there is for it, None where the server is on another machine."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of what a model is given."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a model may write, and how long one waits for it."""

    seconds: float = 300
    """For all of it."""
    silence: float = 120
    """Seconds in which nothing comes; the first word waits until the whole question is read."""
    tokens: int = 400
    characters: int = 8000


@dataclass(frozen=True, slots=True)
class Usage:
    """What it took, by the server's own word; None where that is not told."""

    prompt: int | None = None
    """Tokens of the question."""
    cached: int | None = None
    """How many of them were known from the last one."""
    written: int | None = None
    """Tokens of the answer."""
    reading_seconds: float | None = None
    """For what was not known of the question."""
    writing_seconds: float | None = None


class Reason(StrEnum):
    """Why a model wrote no further."""

    DONE = "done"
    TOKENS = "tokens"
    """It came to the limit of tokens, or of its context."""
    CHARACTERS = "characters"


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended."""

    reason: Reason
    usage: Usage = Usage()


class Writing(Protocol):
    """What a model writes, in pieces as they come. ``ending`` is there when nothing more comes."""

    ending: Ending | None

    def __aiter__(self) -> AsyncIterator[str]: ...


@dataclass(frozen=True, slots=True)
class TokenCount:
    """How long a text is for a model."""

    tokens: int
    is_exact: bool
    """The server's own count; else an estimate, rather too high than too low."""


class LLMAdapter(ABC):
    """One language model server. An adapter holds an address, not a connection: make one when needed."""

    @property
    @abstractmethod
    def where_to_look(self) -> str:
        """What to do where it does not answer."""

    @property
    @abstractmethod
    def is_here(self) -> bool:
        """Whether the server is on this machine for certain."""

    @abstractmethod
    def is_installed(self) -> bool:
        """Whether such a server was ever installed on this machine, running or not."""

    @abstractmethod
    async def ping(self) -> str:
        """Ask for a cheap sign of life, loading no model; returns a sentence about what answered.

        Raises LLMUnreachable with a public sentence. The caller sets the limit of time.
        """

    @abstractmethod
    async def examine(self) -> Examination:
        """Ask what is there: more than a ping, and still loading no model. Raises LLMUnreachable."""

    @abstractmethod
    async def inspect(self, model: str) -> Inspection:
        """Ask how it stands with ``model`` (which may be empty: none is chosen), in three short calls at most.

        Loads no model and wakes none. Raises LLMUnreachable, and WrongServer where something else answers.
        """

    @abstractmethod
    def has(self, examination: Examination, model: str) -> bool:
        """Whether ``model``, by the name an operator types, is there; an empty one, where none need be chosen."""

    @abstractmethod
    def how_to_install(self, model: str) -> str:
        """What to do to have ``model``, a valid name or empty (any). What is in back-ticks is safe in a shell."""

    @abstractmethod
    def generate(
        self, model: str, messages: Sequence[Message], limits: Limits, schema: Mapping[str, Any] | None = None
    ) -> AbstractAsyncContextManager[Writing]:
        """Have ``model`` answer, as JSON where a ``schema`` for it is given. To leave the block stops the server.

        Block and iteration raise LLMUnreachable, of it LLMLoading, LLMBusy, LLMMissing, LLMTooSlow, LLMFailed,
        and PromptTooLong. No message of theirs holds anything of the question or the answer.
        """

    @abstractmethod
    async def count_tokens(self, model: str, messages: Sequence[Message]) -> TokenCount:
        """How long ``messages`` are with all that is put around them. Raises as ``generate``."""

    @abstractmethod
    async def context_size(self, model: str) -> int:
        """How many tokens there is room for, question and answer together. Raises as ``generate``."""
