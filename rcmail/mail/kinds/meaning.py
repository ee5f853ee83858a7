"""Which mail of a known kind one is nearest to in meaning, where neither words nor senders tell anything.

How meanings are compared is not known here: whoever can do it hands in a function.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from rcmail.db.pool import Database, Row
from rcmail.errors import ChildFailed
from rcmail.mail.kinds.verdict import Verdict

Nearest = Callable[
    [Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]],
    Awaitable[Sequence[Sequence[tuple[int, float]]]],
]
"""Of known mails and others, each with ``text`` and ``subject``: for each of the others the places of the three
nearest known ones with their cosines, the nearest first. Raises ChildFailed."""

# Conversations that are looked at, the newest first: their vectors are made each time, a hundred a second on a Pi.
_MOST_MARKED: Final = 200
_MOST_VISITORS: Final = 200
_MOST_OTHERS: Final = 100
_MOST_UNSURE: Final = 100
# Of the nearest all have to agree, so many of them from this cosine on. Of 24 mails to choirs, landlords and the
# like none came so near to three visitors'; at 0.35 it was five.
_NEAR: Final = 0.45
_ENOUGH: Final = 2
_THREE: Final = 3
# What closes a conversation has to be marked, each time.
_WHY: Final = "it says much the same as "
_TOLD: Final = {
    "visitor": Verdict("visitor", f"{_WHY}visitors' mail"),
    "other": Verdict("other", f"{_WHY}mail that you marked as no visitors'"),
}
_TEXTS: Final = """
SELECT DISTINCT ON (conversation) conversation, subject, left(new_text, 4000) AS text
FROM messages WHERE conversation = ANY(%s) AND direction = 'in' AND machine = '' ORDER BY conversation, sent_at, id
"""


async def by_meaning(
    database: Database, people: Sequence[Row], unsure: Sequence[Row], nearest: Nearest | None
) -> dict[int, Verdict | None]:
    """What is said of the ``unsure`` ones; where nothing can be compared now, what was said of them before.

    ``people`` are all conversations, the newest first. Raises DatabaseUnavailable.
    """
    before = {row.id: _told_before(row) for row in unsure}
    known = _known(people)
    asked = unsure[:_MOST_UNSURE]
    if nearest is None or not known or not asked:
        return before
    rows = await database.fetch(_TEXTS, ([*(number for number, _, _ in known), *(row.id for row in asked)],))
    texts = {row.conversation: {"text": row.text, "subject": row.subject} for row in rows}
    known = [each for each in known if each[0] in texts]
    numbers = [row.id for row in asked if row.id in texts]
    try:
        found = await nearest([texts[number] for number, _, _ in known], [texts[number] for number in numbers])
    except ChildFailed:
        return before
    told = [verdict([(*known[place][1:], cosine) for place, cosine in near]) for near in found]
    return before | dict(zip(numbers, told, strict=True))


def verdict(near: Sequence[tuple[str, bool, float]]) -> Verdict | None:
    """What the nearest are: kind, whether it was marked, cosine. None where they are far, or do not agree."""
    kinds = {kind for kind, _, _ in near}
    if len(near) < _THREE or len(kinds) > 1 or sum(cosine >= _NEAR for _, _, cosine in near) < _ENOUGH:
        return None
    [kind] = kinds
    return _TOLD[kind] if kind == "visitor" or all(is_marked for _, is_marked, _ in near) else None


def _told_before(row: Row) -> Verdict | None:
    return _TOLD[row.taught] if row.taught and row.taught_why.startswith(_WHY) else None


def _known(people: Sequence[Row]) -> list[tuple[int, str, bool]]:
    """Number, kind, whether it was marked: marks first, then what words are sure of."""
    marked = [(row.id, row.kind, True) for row in people if row.is_kind_decided and row.kind != "unsure"]
    told = [row for row in people if not row.is_kind_decided and row.taught != "other"]
    visitors = [(row.id, row.says, False) for row in told if row.says == "visitor"]
    others = [(row.id, row.says, False) for row in told if row.says == "other"]
    return marked[:_MOST_MARKED] + visitors[:_MOST_VISITORS] + others[:_MOST_OTHERS]
