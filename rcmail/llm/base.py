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


class LLMAdapter(ABC):
    """One language model server. An adapter holds an address, not a connection: make one when needed."""

    @abstractmethod
    async def ping(self) -> str:
        """Ask for a cheap sign of life, loading no model; returns a sentence about what answered.

        Raises LLMUnreachable with a public sentence. The caller sets the limit of time.
        """

    @abstractmethod
    async def examine(self) -> Examination:
        """Ask what is there: more than a ping, and still loading no model. Raises LLMUnreachable."""

    @abstractmethod
    def has(self, examination: Examination, model: str) -> bool:
        """Whether ``model``, by the name an operator types, is among those installed."""

    @abstractmethod
    def how_to_install(self, model: str) -> str:
        """The command that installs ``model``, safe to paste into a shell."""
