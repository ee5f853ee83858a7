"""What the row of the connection and the environment say together."""

from typing import Final

from rcmail.config import GmailConfig
from rcmail.connection.connected import Connected, State
from rcmail.connection.store import Kept, digest
from rcmail.log.redaction import Secret

# Seconds before the end from which on something is to be done.
_SOON: Final = 3 * 86_400.0
_PAGE: Final = "on the configuration page"
_OTHER_KEY: Final = (
    "What is kept of the connection was encrypted with another SECRET_KEY, as after a restore on another machine."
    f" Connect again {_PAGE}"
)
_NOT_YET: Final = "GMAIL_REFRESH_TOKEN is set, and is taken over when the mailbox is used first"
_TESTING: Final = "because the Google project is in “Testing”"
_PUBLISH: Final = f"publish the Google project (docs/gmail.md says how), then press “Connect again” {_PAGE}"
_NO_CLIENT: Final = f"docs/gmail.md says how to get them in ten minutes; then connect Gmail {_PAGE}"
_NOBODY: Final = f"no mailbox is connected: connect Gmail {_PAGE}, or set GMAIL_REFRESH_TOKEN"
# What other states need stands in the sentence of the error that told them.
_REMEDIES: Final = {
    State.UNREACHABLE: "the next sync tries again",
}


def has_client(config: GmailConfig) -> bool:
    """Whether somebody can connect on the configuration page."""
    return bool(config.client_id and config.client_secret)


def takes_over(kept: Kept, given: Secret) -> bool:
    """Whether the GMAIL_REFRESH_TOKEN ``given`` is to be used.

    It is where it is another one than was taken over or refused last (to disconnect is to refuse it), and where
    what is kept cannot be opened any more.
    """
    is_shut = kept.is_there and kept.token is None and kept.told is not State.CONNECT_AGAIN
    return bool(given) and (is_shut or kept.given != digest(given))


def judge(kept: Kept, config: GmailConfig) -> Connected:
    """How it stood at the last use."""
    state, why = _state(kept, config)
    remedy = _REMEDIES.get(state, "") if has_client(config) else _NO_CLIENT
    if kept.expires_at and kept.seconds_left is not None:
        if state is State.CONNECTED:
            why = f"Google ends it on {kept.expires_at.astimezone():%A, %-d %B}, {_TESTING}"
            remedy = _PUBLISH if kept.seconds_left < _SOON else ""
        elif state is State.CONNECT_AGAIN and kept.seconds_left <= 0:
            why, remedy = f"Its seven days are over, {_TESTING}", _PUBLISH
    return Connected(
        state, kept.address, why, remedy, kept.wait_until, kept.connected_at, kept.used_at, kept.used_ago
    )


def _state(kept: Kept, config: GmailConfig) -> tuple[State, str]:
    if not has_client(config):
        return State.NOT_CONNECTED, f"not set: {_missing(kept, config)}"
    told = (
        State.CONNECTED
        if kept.told is None or (kept.told is State.ASKED_TO_WAIT and not kept.waits)
        else kept.told
    )
    if takes_over(kept, config.refresh_token):
        # What was told of the one before is of no account.
        is_new = told in (State.CONNECTED, State.CONNECT_AGAIN)
        return (State.CONNECTED, _NOT_YET) if is_new else (told, kept.why)
    if told is not State.CONNECT_AGAIN and not kept.is_there:
        return State.NOT_CONNECTED, _NOBODY
    if kept.is_there and kept.token is None:
        return State.CONNECT_AGAIN, _OTHER_KEY
    return told, kept.why


def _missing(kept: Kept, config: GmailConfig) -> str:
    needed = {"GMAIL_CLIENT_ID": config.client_id, "GMAIL_CLIENT_SECRET": config.client_secret}
    if not kept.is_there:
        needed["GMAIL_REFRESH_TOKEN"] = config.refresh_token
    return ", ".join(name for name, value in needed.items() if not value)
