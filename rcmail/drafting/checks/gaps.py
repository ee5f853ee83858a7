"""Lines in brackets, in place of which a volunteer has to answer, and what was meant to be filled in."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rcmail.drafting import phrases
from rcmail.drafting.checks.draft import GAP, Draft
from rcmail.drafting.proposal import Objection

_INLINE: Final = re.compile(
    r"\[[^\[\]\n()]{1,80}\](?!\()|\{\{?[^{}\n]{1,80}\}?\}|<(?:name|naam|nom|datum|date)>", re.IGNORECASE
)


def look(draft: Draft) -> Iterator[Objection]:
    """Every gap; without its answer the draft is not to be approved.

    One that we wrote is one in the midst of a line, too.
    """
    gaps = [each.span() for each in GAP.finditer(draft.text)]
    gaps += [each.span() for each in phrases.OWN_GAPS.finditer(draft.text) if not _is_in(gaps, each.start())]
    for start, end in gaps:
        yield Objection("unanswered", "This is not answered: write the answer in place of the line.", start, end)
    for each in _INLINE.finditer(draft.text):
        if not _is_in(gaps, each.start()):
            yield Objection(
                "placeholder", "This was meant to be filled in: write what belongs here.", *each.span()
            )


def _is_in(gaps: Sequence[tuple[int, int]], place: int) -> bool:
    return any(start <= place < end for start, end in gaps)
