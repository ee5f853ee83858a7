"""How it stands with the mailbox. No call goes out: that would need a network, and cost quota."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final

from rcmail.connection.connected import Connected, State
from rcmail.connection.gmail import Connection
from rcmail.errors import DatabaseUnavailable, MailboxBusy
from rcmail.health.base import Check, ConnectionStatus, Finding, Group, ServiceStatus, Tried, Verdict, not_here

# Seconds within which the connection test has an answer from Google; its own answer is promised within 5.
_LIMIT: Final = 3.5
_INVENTED: Final = "what is here is the demonstration’s invented mail"
_UNKNOWN: Final = "what is connected stands in the database, which does not answer"
_WELL: Final = (State.CONNECTED, State.ASKED_TO_WAIT)

IsDemonstration = Callable[[], Awaitable[bool]]
"""Whether the mail that is here is invented; raises DatabaseUnavailable."""


def check(connection: Connection, is_demonstration: IsDemonstration) -> Check:
    """How the mailbox was when it was used last; the connection test really asks."""
    look = partial(_look, connection, is_demonstration)
    return Check("mail", "Mail", look, Group.SERVICES, test=partial(_try, connection))


async def _look(connection: Connection, is_demonstration: IsDemonstration) -> Finding:
    now: Connected | None
    try:
        is_invented, now = await is_demonstration(), await connection.look()
    except DatabaseUnavailable:  # another check tells that
        is_invented, now = False, connection.last_known
    if now is None:
        return not_here(_UNKNOWN)
    return _as_invented(now) if is_invented else as_finding(now)


def _as_invented(now: Connected) -> Finding:
    rest = f"the first sync with {now.address or 'Gmail'} removes it" if now.is_connected else now.sentence
    return Finding(f"{_INVENTED}; {rest}", Verdict.NOT_HERE, now.remedy, ServiceStatus.UNCONFIGURED)


def as_finding(now: Connected) -> Finding:
    """What the state means for the operator."""
    if not now.is_connected:
        return Finding(now.sentence, Verdict.NOT_HERE, now.remedy, ServiceStatus.UNCONFIGURED)
    if now.state in _WELL:
        return Finding(now.sentence, Verdict.WARNING if now.remedy else Verdict.OK, now.remedy)
    needs_somebody = now.state is not State.UNREACHABLE
    notice = f"Gmail {now.sentence}" if needs_somebody else ""
    return Finding(now.sentence, Verdict.WARNING, now.remedy, ServiceStatus.UNREACHABLE, notice, "mailbox")


async def _try(connection: Connection, _typed: Mapping[str, str]) -> Tried:
    try:
        address = await connection.ask(_LIMIT)
    except MailboxBusy as error:
        return Tried(ConnectionStatus.OK, f"Gmail answers: {error}")
    return Tried(ConnectionStatus.OK, f"Gmail answers; this is the mailbox of {address}")
