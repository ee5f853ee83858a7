"""How it stands with the mailbox, in words: what pages, health and the doctor tell, each with its remedy."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from rcmail.errors import (
    MailboxBusy,
    MailboxDisconnected,
    MailboxScopeMissing,
    MailboxUnavailable,
    MailboxWrongClient,
)


class State(StrEnum):
    NOT_CONNECTED = "not connected"
    CONNECTED = "connected"
    CONNECT_AGAIN = "connect again"
    SCOPE_MISSING = "scope missing"
    WRONG_CLIENT = "wrong client"
    UNREACHABLE = "unreachable"
    ASKED_TO_WAIT = "asked to wait"


# The first that fits: a kind of MailboxUnavailable before it.
_TOLD: Final = {
    MailboxBusy: State.ASKED_TO_WAIT,
    MailboxDisconnected: State.CONNECT_AGAIN,
    MailboxScopeMissing: State.SCOPE_MISSING,
    MailboxWrongClient: State.WRONG_CLIENT,
    MailboxUnavailable: State.UNREACHABLE,
}


def told_by(error: MailboxUnavailable | None) -> State:
    """What a use says of the connection that ended with ``error``, or well."""
    return next((state for kind, state in _TOLD.items() if isinstance(error, kind)), State.CONNECTED)


@dataclass(frozen=True, slots=True)
class Connected:
    """How it stood when the mailbox was used last. Times have PostgreSQL's zone, UTC."""

    state: State
    address: str = ""
    """Empty where it is not known yet."""
    why: str = ""
    """The rest of a sentence."""
    remedy: str = ""
    """What to do, where something is to be done."""
    wait_until: datetime | None = None
    connected_at: datetime | None = None
    used_at: datetime | None = None
    used_ago: float | None = None
    """Seconds, by PostgreSQL's clock."""

    @property
    def is_connected(self) -> bool:
        """Whether there is something to disconnect."""
        return self.state is not State.NOT_CONNECTED

    @property
    def can_sync(self) -> bool:
        """Whether a sync that is begun by itself may come to something; one that somebody asks for always may."""
        return self.state in (State.CONNECTED, State.UNREACHABLE, State.ASKED_TO_WAIT)

    @property
    def sentence(self) -> str:
        """All of it, without a full stop."""
        whose = f" as {self.address}" if self.address else ""
        if self.state is State.CONNECTED:
            return f"connected{whose}{f'; {self.why}' if self.why else ''}"
        if self.state is State.ASKED_TO_WAIT and self.wait_until:
            return f"connected{whose}; Google asks to wait until {self.wait_until.astimezone():%H:%M}"
        if self.state is State.CONNECT_AGAIN:
            return f"must be connected again{whose}. {self.why}"
        return self.why
