"""What a conversation's row says, summed up from its messages and from what volunteers decided."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rcmail.mail.kinds.verdict import UNSURE, Verdict
from rcmail.mail.model import Message
from rcmail.mail.state import Decision, State, state_of


@dataclass(frozen=True, slots=True)
class Decided:
    """What a volunteer has decided, and what her marks teach; nothing to begin with."""

    kind: Verdict | None = None
    taught: Verdict | None = None
    state: Decision | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """The columns of ``conversations`` that follow from its messages."""

    subject: str
    visitor_name: str
    visitor_address: str | None
    kind: str
    kind_why: str
    language: str | None
    messages: int
    last_at: datetime
    last_direction: str
    last_in_at: datetime | None
    state: State = field(default_factory=lambda: State("waiting"))


def summed_up(messages: Sequence[Message], decided: Decided) -> Summary:
    """``messages`` the oldest first, one at least."""
    incoming = [message for message in messages if message.direction == "in"]
    asked = next((each for each in (*incoming, *messages) if each.visitor_address), messages[0])
    kind = decided.kind or _kind(incoming, decided.taught)
    last = messages[-1]
    return Summary(
        subject=messages[0].subject,
        visitor_name=asked.visitor_name,
        visitor_address=asked.visitor_address,
        kind=kind.kind,
        kind_why=kind.why,
        # A short thanks has no language of its own; the visitor's counts before the group's.
        language=next((each.language for each in (*incoming[::-1], *messages[::-1]) if each.language), None),
        messages=len(messages),
        last_at=last.sent_at,
        last_direction=last.direction,
        last_in_at=incoming[-1].sent_at if incoming else None,
        state=state_of(messages, kind, decided.state),
    )


def _kind(incoming: Sequence[Message], taught: Verdict | None) -> Verdict:
    """What machines alone have written is no visitor's; else what marks teach counts, and then the first words."""
    reasons = [message.machine for message in incoming]
    if reasons and all(reasons):
        return Verdict("other", reasons[-1])
    says = [Verdict(each.says, each.says_why) for each in incoming if not each.machine]
    if taught or not says:
        return taught or UNSURE
    # What comes later may make it a visitor's, and no other's: a visitor goes on with whatever she likes.
    asks = (each for each in says if each.kind == "visitor")
    return next(asks, UNSURE) if says[0].kind == "unsure" else says[0]
