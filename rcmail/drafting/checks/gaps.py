"""Lines in brackets, in place of which a volunteer has to answer, and what was meant to be filled in."""

import re
from collections.abc import Iterator
from typing import Final

from rcmail.drafting.checks.draft import GAP, Draft
from rcmail.drafting.proposal import Objection

_INLINE: Final = re.compile(
    r"\[[^\[\]\n()]{1,80}\](?!\()|\{\{?[^{}\n]{1,80}\}?\}|<(?:name|naam|nom|datum|date)>", re.IGNORECASE
)


def look(draft: Draft) -> Iterator[Objection]:
    """Every gap; without its answer the draft is not to be approved."""
    gaps = [each.span() for each in GAP.finditer(draft.text)]
    for start, end in gaps:
        yield Objection("unanswered", "This is not answered: write the answer in place of the line.", start, end)
    for each in _INLINE.finditer(draft.text):
        if not any(start <= each.start() < end for start, end in gaps):
            yield Objection(
                "placeholder", "This was meant to be filled in: write what belongs here.", *each.span()
            )
