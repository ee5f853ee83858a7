"""What rcmail asks of a language model, whoever runs it."""

from abc import ABC, abstractmethod


class LLMAdapter(ABC):
    """One language model server. An adapter holds an address, not a connection: make one when needed."""

    @abstractmethod
    async def ping(self) -> str:
        """Ask for a cheap sign of life, loading no model; returns a sentence about what answered.

        Raises LLMUnreachable with a public sentence. The caller sets the limit of time.
        """
