"""Who has to do something: whether a conversation waits for the group, is answered, or is closed, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from rcmail.mail.kinds.verdict import ONLY_THANKS, Verdict


class Written(Protocol):
    """What of a message decides."""

    @property
    def direction(self) -> str: ...
    @property
    def sent_at(self) -> datetime: ...
    @property
    def is_thanks(self) -> bool: ...
    @property
    def says_why(self) -> str: ...
    @property
    def machine(self) -> str: ...


@dataclass(frozen=True, slots=True)
class State:
    """``name`` is “waiting”, “answered” or “closed”; ``why`` gives the reason of one that closed by itself."""

    name: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a volunteer said, “waiting” or “closed”, while ``newest`` was the newest message."""

    name: str
    newest: datetime


def state_of(messages: Sequence[Written], kind: Verdict, decision: Decision | None) -> State:
    """The state of a conversation with these messages, the oldest first.

    A decision holds until another message comes. That it is too old to wait depends on the day, and is left to
    whoever reads (``store``).
    """
    if decision is not None and messages[-1].sent_at <= decision.newest:
        return State(
            decision.name, "a volunteer said that it needs no answer" if decision.name == "closed" else ""
        )
    # What a machine sent on the group's behalf is no answer, and what one sent to the group no question.
    written = [message for message in messages if not message.machine]
    if not written:
        return State("closed", messages[-1].machine)
    if kind.kind == "other":
        return State("closed", kind.why)
    if written[-1].direction == "out":
        return State("answered")
    # Several mails in a row are one request: all of them have to be mere thanks. Whoever begins a conversation
    # mostly wants something, so that more is asked there: a repair was the answer.
    latest = [message for message in _since_answer(written) if message.direction == "in"]
    is_first = len(latest) == len(written)
    if all(message.says_why == ONLY_THANKS if is_first else message.is_thanks for message in latest):
        return State("closed", "the visitor only says thanks")
    return State("waiting")


def _since_answer(messages: Sequence[Written]) -> Sequence[Written]:
    answers = [number for number, message in enumerate(messages) if message.direction == "out"]
    return messages[answers[-1] + 1 :] if answers else messages
