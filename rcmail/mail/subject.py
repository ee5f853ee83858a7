"""Subjects as one compares them."""

import re
from typing import Final

# Answers and forwards, in the languages that mail programs speak; Outlook counts them (“Re[2]:”).
_PREFIX: Final = re.compile(
    r"(?:re|aw|antw|antwoord|antwort|betr|sv|vs|rép|rif|ris|res|odp|fwd?|wg|doorst|tr|i|rv|enc|weitergeleitet|transf)"
    r"(?:\s?[\[(]?\d{1,3}[\])]?)?\s?[:：]\s*",
    re.IGNORECASE,
)
_MOST: Final = 200


def subject_key(subject: str) -> str:
    """``subject`` without what mail programs put before it, in lower case and single spaces; 200 characters."""
    text = " ".join(subject.split()).casefold()
    while match := _PREFIX.match(text):
        text = text[match.end() :]
    return text[:_MOST]
