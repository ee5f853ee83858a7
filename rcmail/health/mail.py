"""Is Gmail set up? No call goes out: that would need a network, and cost quota."""

from collections.abc import Mapping
from functools import partial

from rcmail.config import GmailConfig
from rcmail.errors import Unconfigured
from rcmail.health.base import Check, ConnectionStatus, Finding, Group, Tried


def check(gmail: GmailConfig) -> Check:
    """The three values that Google gives are there and not blank; the connection test looks no further yet."""
    return Check("mail", "Mail", partial(_look, gmail), Group.SERVICES, test=partial(_try, gmail))


async def _look(gmail: GmailConfig) -> Finding:
    values = {
        "GMAIL_CLIENT_ID": gmail.client_id,
        "GMAIL_CLIENT_SECRET": gmail.client_secret,
        "GMAIL_REFRESH_TOKEN": gmail.refresh_token,
    }
    if missing := [name for name, value in values.items() if not value]:
        raise Unconfigured(f"not set: {', '.join(missing)}")
    return Finding("the Gmail values are set")


async def _try(gmail: GmailConfig, typed: Mapping[str, str]) -> Tried:  # noqa: ARG001
    return Tried(ConnectionStatus.OK, (await _look(gmail)).value)
