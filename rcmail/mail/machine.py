"""Whether a mail was written by a machine, and how one can tell."""

import re
from collections.abc import Mapping
from typing import Final

_DAEMON: Final = re.compile(
    r"(?:mailer-daemon|postmaster|no-?_?reply|do-?not-?reply|noreply\+.*|bounces?[+-].*|calendar-notification)@.*",
    re.IGNORECASE,
)
_BULK: Final = ("bulk", "list", "junk", "auto_reply")


def machine_reason(
    headers: Mapping[str, str], from_address: str, *, has_calendar: bool, is_report: bool, is_form: bool
) -> str:
    """Why this mail is a machine's, in words that follow “closed by itself:”; empty where it is a person's.

    ``headers`` by their names in lower case. What a website sends for a visitor is not a machine's (``is_form``),
    though it looks like one.
    """
    automatic = headers.get("auto-submitted", "no").split(";")[0].strip().casefold()
    if is_report:
        return "it says that a mail could not be delivered"  # RFC 3462, RFC 3464
    if headers.get("return-path", "").strip() == "<>" and automatic in ("no", ""):
        return "a mail server sent it"  # RFC 5321, 4.5.5
    if is_form:
        return ""
    if automatic not in ("no", ""):
        return "it was sent automatically"  # RFC 3834, 5
    if has_calendar:
        return "it is an invitation of a calendar"  # RFC 6047
    if headers.get("list-id"):
        return "it came over a mailing list"  # RFC 2919
    if headers.get("list-unsubscribe"):
        return "it has an unsubscribe header"  # RFC 2369
    if headers.get("precedence", "").strip().casefold() in _BULK:
        return "it was sent to many"
    if headers.get("feedback-id") and _DAEMON.fullmatch(from_address):
        return "it was sent to many"
    if _DAEMON.fullmatch(from_address):
        return "its sender takes no answer"
    return ""
