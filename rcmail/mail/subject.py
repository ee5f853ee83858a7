"""Subjects as one compares them, and as one reads what they ask."""

import re
from typing import Final

# Answers and forwards, in the languages that mail programs speak; Outlook counts them (“Re[2]:”).
_PREFIX: Final = re.compile(
    r"(?:re|aw|antw|antwoord|antwort|betr|sv|vs|rép|rif|ris|res|odp|fwd?|wg|doorst|tr|i|rv|enc|weitergeleitet"
    r"|transf)"
    r"(?:\s?[\[(]?\d{1,3}[\])]?)?\s?[:：]\s*",
    re.IGNORECASE,
)
# “Repair Café De Brug: bericht via contactformulier – toaster”: what a website puts before the visitor's own.
_FRAME: Final = re.compile(
    r"[^–—|:]{0,60}[:\]]?\s?[^–—|:]{0,40}(?:form(?:ulier|ular|ulaire)?\b|web ?site)[^–—|:]{0,30}(?:[–—|:]"
    r"|-(?=\s))?",
    re.IGNORECASE,
)
_MOST: Final = 200


def subject_key(subject: str) -> str:
    """``subject`` without what mail programs put before it, in lower case and single spaces; 200 characters."""
    return own_subject(subject).casefold()


def bare_subject(subject: str) -> str:
    """What the author of a mail wrote as its ``subject``, 200 characters of it; empty where it is an answer's."""
    own = own_subject(subject)
    return (
        _FRAME.sub("", own, count=1).strip()
        if len(own) == len(" ".join(subject[: 2 * _MOST].split())[:_MOST])
        else ""
    )


def own_subject(subject: str) -> str:
    """``subject`` without what mail programs put before it, 200 characters of it."""
    text = " ".join(subject[: 2 * _MOST].split())
    while match := _PREFIX.match(text):
        text = text[match.end() :]
    return text[:_MOST]
