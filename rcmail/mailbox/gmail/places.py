"""Where Google is: GMAIL_API_URL and so on, elsewhere in a test."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GmailPlaces:
    """Addresses. ``api`` is followed by the paths of Google's discovery document, without a slash at its end."""

    api: str
    consent: str
    token: str
    revoke: str
