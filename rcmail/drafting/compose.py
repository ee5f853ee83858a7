"""Stand-in."""

from collections.abc import Sequence

from rcmail.answers.facts import Facts
from rcmail.drafting.checks import check
from rcmail.drafting.proposal import Asked, Proposal, Source


def compose(asked: Asked, sources: Sequence[Source], facts: Facts, hint: str = "") -> Proposal:
    """The best answer as it is, or a gap."""
    if not sources:
        text = f"Hallo {asked.visitor_name},\n\n[Nothing like it was answered before: write the answer here.]\n"
        return Proposal(text, "facts", [], check(text, asked, sources, facts))
    best = sources[0]
    return Proposal(best.answer, "past answer", [best.message], check(best.answer, asked, sources, facts))
