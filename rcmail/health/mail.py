"""Is Gmail set up? No call goes out: that would need a network, and cost quota."""

from collections.abc import Mapping

from rcmail.config import GmailConfig
from rcmail.errors import Unconfigured
from rcmail.health.connections import ConnectionResult, ConnectionStatus


class MailCheck:
    """The three values that Google gives are there and not blank."""

    name = "mail"

    def __init__(self, gmail: GmailConfig) -> None:
        self._missing = [
            variable
            for variable, value in (
                ("GMAIL_CLIENT_ID", gmail.client_id),
                ("GMAIL_CLIENT_SECRET", gmail.client_secret),
                ("GMAIL_REFRESH_TOKEN", gmail.refresh_token),
            )
            if not value
        ]

    async def run(self) -> str:
        if self._missing:
            raise Unconfigured(f"not set: {', '.join(self._missing)}")
        return "the Gmail values are set"


class MailConnectionTest:
    """The same look: phase 1 calls nobody."""

    name = "mail"

    def __init__(self, check: MailCheck) -> None:
        self._check = check

    async def run(self, typed: Mapping[str, str]) -> ConnectionResult:  # noqa: ARG002
        return ConnectionResult(self.name, ConnectionStatus.OK, await self._check.run())
