"""What Gmail means by an answer that is not what was asked for.

https://developers.google.com/workspace/gmail/api/guides/handle-errors
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from rcmail.errors import MailboxBusy, MailboxUnavailable, MessageGone, RcmailError
from rcmail.mailbox.gmail.oauth import missing
from rcmail.mailbox.gmail.wire import Answer, Faltered

_TOO_FAST: Final = frozenset(
    {"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED"}
)
_TOO_MUCH: Final = frozenset({"dailyLimitExceeded", "dailyLimitExceededUnreg"})
_NOT_PERMITTED: Final = frozenset({"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"})
_SENTENCES: Final = {
    "accessNotConfigured": "the Gmail API is switched off in the Google project: in Google’s console, under “APIs "
    "& Services”, enable “Gmail API”, and wait some minutes",
    "domainPolicy": "the administrator of this Google account lets no such program read its mail: ask for "
    "rcmail’s client to be trusted, in the Admin console under “API controls”",
    "failedPrecondition": "this Google account has no Gmail, or it is suspended: sign in to it in a browser",
}
_SAME: Final = {"SERVICE_DISABLED": "accessNotConfigured", "FAILED_PRECONDITION": "failedPrecondition"}
_HOUR: Final = 3600.0


class NotTaken(MailboxUnavailable):
    """Gmail does not understand what rcmail asks."""


def meant(answer: Answer, scope: str, *, names_something: bool) -> RcmailError:
    """What to raise. ``scope`` is what permits the request; whether it ``names_something`` that may be gone."""
    reasons = set(_reasons(answer.content or {}))
    status = answer.status
    if status == 429 or (status == 403 and reasons & _TOO_FAST):
        return MailboxBusy("Gmail asks rcmail to wait", wait=_wait(answer))
    if status == 403 and reasons & _TOO_MUCH:
        return MailboxBusy("Gmail has answered all that it answers in a day", wait=max(_wait(answer), _HOUR))
    if status == 403 and reasons & _NOT_PERMITTED:
        return missing(scope)
    if status in (404, 410) and names_something and answer.content is not None:
        return MessageGone()
    for reason in sorted(reasons):
        if sentence := _SENTENCES.get(_SAME.get(reason, reason)):
            return MailboxUnavailable(sentence)
    if status == 400:
        return NotTaken(f"{NotTaken.__doc__} (HTTP status 400)")
    if status >= 500:
        return Faltered(f"Gmail has a fault of its own (HTTP status {status})", wait=_wait(answer))
    if status < 300:
        return Faltered("what answers is not Gmail, or its answer broke off on the way")
    if status < 400:
        return MailboxUnavailable(
            "what answers is not Gmail: it sends rcmail elsewhere. Is there a sign-in page before?"
        )
    return MailboxUnavailable(f"Gmail refuses rcmail (HTTP status {status})")


def _reasons(content: Mapping[str, Any]) -> Iterator[str]:
    """The words of Google's two ways to tell: errors[].reason, and google.rpc.ErrorInfo."""
    error = content.get("error")
    if isinstance(error, dict):
        for listed in (error.get("errors"), error.get("details")):
            for each in listed if isinstance(listed, list) else []:
                if isinstance(each, dict) and isinstance(reason := each.get("reason"), str):
                    yield reason
        yield str(error.get("status", ""))


def _wait(answer: Answer) -> float:
    """Retry-After in seconds (RFC 9110, 10.2.3): a number, or a date, which counts from the answer's own."""
    if answer.retry_after.isdecimal():
        return float(answer.retry_after[:6])
    until, now = _moment(answer.retry_after), _moment(answer.date) or datetime.now(UTC)
    return max((until - now).total_seconds(), 0.0) if until else 0.0


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
