"""Is a mailbox connected? No call goes out: that would need a network, and cost quota."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final

from rcmail.config import GmailConfig
from rcmail.errors import DatabaseUnavailable, Unconfigured
from rcmail.health.base import Check, ConnectionStatus, Finding, Group, Tried

_INVENTED: Final = "what is here is the demonstration’s invented mail"

IsDemonstration = Callable[[], Awaitable[bool]]
"""Whether the mail that is here is invented; raises DatabaseUnavailable."""


def check(gmail: GmailConfig, is_demonstration: IsDemonstration) -> Check:
    """The mail is the group's own, and the three values that Google gives are there and not blank; the connection
    test looks no further yet."""
    look = partial(_look, gmail, is_demonstration)
    return Check("mail", "Mail", look, Group.SERVICES, test=partial(_try, look))


async def _look(gmail: GmailConfig, is_demonstration: IsDemonstration) -> Finding:
    values = {
        "GMAIL_CLIENT_ID": gmail.client_id,
        "GMAIL_CLIENT_SECRET": gmail.client_secret,
        "GMAIL_REFRESH_TOKEN": gmail.refresh_token,
    }
    missing = ", ".join(name for name, value in values.items() if not value)
    if await _is_invented(is_demonstration):
        raise Unconfigured(f"{_INVENTED}; {f'not set: {missing}' if missing else 'remove it to use your own'}")
    if missing:
        raise Unconfigured(f"not set: {missing}")
    return Finding("the Gmail values are set")


async def _is_invented(is_demonstration: IsDemonstration) -> bool:
    try:
        return await is_demonstration()
    except DatabaseUnavailable:  # another check tells that
        return False


async def _try(look: Callable[[], Awaitable[Finding]], typed: Mapping[str, str]) -> Tried:  # noqa: ARG001
    return Tried(ConnectionStatus.OK, (await look()).value)
