"""What rcmail asks of a language model, whoever runs it."""

from abc import ABC, abstractmethod
from dataclasses import dataclass


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


class LLMAdapter(ABC):
    """One language model server. An adapter holds an address, not a connection: make one when needed."""

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
        """Whether ``model``, by the name an operator types, is among those installed."""

    @abstractmethod
    def how_to_install(self, model: str) -> str:
        """The command that installs ``model``, a valid name: safe to paste into a shell."""
