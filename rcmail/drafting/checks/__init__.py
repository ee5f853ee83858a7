"""Stand-in."""

import re
from collections.abc import Sequence

from rcmail.answers.facts import Facts
from rcmail.drafting.proposal import Asked, Objection, Source


def check(text: str, asked: Asked, sources: Sequence[Source], facts: Facts) -> list[Objection]:
    """Gaps, and days that nobody knows."""
    found = [
        Objection("unanswered", "Nothing was answered before to this: write the answer here.", *each.span())
        for each in re.finditer(r"^\[[^\[\]\n]{1,500}\]$", text, re.MULTILINE)
    ]
    found += [
        Objection("date", "This is no day of the next event: put the right one.", *each.span())
        for each in re.finditer(r"\b\d{1,2} (?:maart|april|december)\b", text)
    ]
    return sorted(found, key=lambda each: each.start)
