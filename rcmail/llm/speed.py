"""How fast a model is on its machine, from a short answer that it is asked for."""

import secrets
import time
from dataclasses import dataclass
from typing import Final

from rcmail.errors import LLMFailed
from rcmail.llm.base import Limits, LLMAdapter, Message

SECONDS: Final = 120.0
"""How long one waits for it."""

# A typical draft: what of its question is not known from the one before, and how long an answer of the group's is.
_READ: Final = 700
_WRITTEN: Final = 160
_LIMITS: Final = Limits(seconds=SECONDS, silence=SECONDS, tokens=32, characters=2000)
_LETTER: Final = (
    "Dear people of the Repair Café, my old radio makes no sound any more since last week; the lamp behind the"
    " dial still lights up. My neighbour says that you may have a look at such things. Can I come along on the"
    " next Saturday, and do I have to make an appointment? And would you also look at the zip of a winter coat, or"
    " at a wooden chair with a loose leg? I live around the corner and could bring them one by one. Kind regards."
)


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens a second."""

    reading: float
    writing: float

    @property
    def draft_seconds(self) -> float:
        """How long a typical draft takes."""
        return _READ / self.reading + _WRITTEN / self.writing


async def measure(adapter: LLMAdapter, model: str) -> Speed:
    """Have ``model`` write a few words. Raises as ``LLMAdapter.generate``, LLMFailed where it says nothing."""
    # It begins with what no question began with: nothing of it is known from the last one.
    asked = [Message("user", f"{secrets.token_hex(8)}\n\n{_LETTER}\n\nAnswer this letter.")]
    began = time.monotonic()
    first, pieces = 0.0, 0
    async with adapter.generate(model, asked, _LIMITS) as writing:
        async for _ in writing:
            first = first or time.monotonic()
            pieces += 1
    ended = time.monotonic()
    if not pieces or writing.ending is None:
        raise LLMFailed("it answered, but without a word")
    used = writing.ending.usage
    read = (used.prompt or (await adapter.count_tokens(model, asked)).tokens) - (used.cached or 0)
    # By its own clock where it has one: by ours, the model may have been loaded first.
    return Speed(
        read / max(used.reading_seconds or first - began, 0.001),
        (used.written or pieces) / max(used.writing_seconds or ended - first, 0.001),
    )
