"""What is uncertain in a draft, each at its place: looked for by code, whoever wrote the draft."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final

from rcmail.answers.facts import Facts
from rcmail.drafting.bounds import cut_request, cut_sources
from rcmail.drafting.checks import booking, days, form, gaps, markup, missing, people, places, promises, tongue
from rcmail.drafting.checks.draft import LONGEST, Draft
from rcmail.drafting.proposal import Asked, Objection, Source

_CHECKS: Final[Sequence[Callable[[Draft], Iterator[Objection]]]] = (
    gaps.look,
    form.look,
    markup.look,
    tongue.look,
    days.look,
    places.look,
    missing.look,
    people.look,
    promises.look,
    booking.look,
)
# Of one kind: what is wrong throughout is told often enough.
_MOST: Final = 20


def check(text: str, asked: Asked, sources: Sequence[Source], facts: Facts) -> list[Objection]:
    """Every objection to ``text`` as an answer to ``asked``, in the order of the text.

    Looked at are 20,000 letters; who writes more is told that it is too long.
    """
    draft = Draft(text[:LONGEST], cut_request(asked), cut_sources(sources), facts)
    found = [each for look in _CHECKS for each in islice(look(draft), _MOST)]
    return sorted(found, key=lambda each: (each.start, each.end))
