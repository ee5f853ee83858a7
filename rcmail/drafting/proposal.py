"""What a draft is made from, and what comes out: plain values, the same for whoever makes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Origin = Literal["model", "past answer", "facts", "volunteer"]


@dataclass(frozen=True, slots=True)
class Objection:
    """Letters ``start`` to ``end`` of a text, and what is uncertain there, in a sentence that says what to do.

    ``end`` is ``start`` where something is missing.
    """

    kind: str
    sentence: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """The visitor's newest request: the new texts of its mails, the oldest first.

    ``is_shared``: not all of them are by the visitor whom the answer goes to.
    """

    texts: Sequence[str]
    subject: str
    language: str | None
    visitor_name: str
    visitor_address: str | None
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A past request with the group's answer; ``message`` is the number of the visitor's mail that was answered.

    ``score`` is 0 to 1, as the search gave it; the visitor was somebody else.
    """

    message: int
    message_id: str | None
    question: str
    answer: str
    language: str | None
    written: date
    score: float
    visitor_name: str
    visitor_address: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft as it was made. ``sources`` are the ``message`` numbers of the sources that it has text of."""

    text: str
    origin: Origin
    sources: Sequence[int]
    warnings: Sequence[Objection]
