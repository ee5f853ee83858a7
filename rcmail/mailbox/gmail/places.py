"""Where Google is; elsewhere in a test."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class GmailPlaces:
    """Addresses. ``api`` is followed by the paths of Google's discovery document, without a slash at its end."""

    api: str = "https://gmail.googleapis.com"
    consent: str = "https://accounts.google.com/o/oauth2/v2/auth"
    token: str = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
    revoke: str = "https://oauth2.googleapis.com/revoke"


GOOGLE: Final = GmailPlaces()
