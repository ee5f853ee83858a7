"""Whose voice is heard in a mail, and which known ones it is nearest to, where neither words nor senders are sure.

How meanings are compared is not known here: whoever can do it hands in a function.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rcmail.db.pool import Database, Row
from rcmail.errors import ChildFailed
from rcmail.mail.kinds.verdict import LEANING, UNSURE, VAGUE, Verdict


@dataclass(frozen=True, slots=True)
class Heard:
    """What is heard in a mail: whether its ``voice`` is a visitor's (about 1) or another's (about −1), and of the
    known mails the places of the ``nearest`` with their cosines, the nearest first; it may be one of them."""

    voice: float
    nearest: Sequence[tuple[int, float]]


Listen = Callable[[Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]], Awaitable[Sequence[Heard | None]]]
"""Of known mails and others, each with ``text`` and ``subject``: what is heard in the others; None of one that
could not be listened to.

Raises ChildFailed."""

Told = Mapping[int, Verdict | None]
Example = tuple[int, str, bool]
"""A known conversation: its number, its kind, whether that was marked."""

# Conversations that are looked at, the newest first: their vectors are made each time, a hundred a second on a Pi.
_MOST_MARKED: Final = 200
_MOST_VISITORS: Final = 200
_MOST_OTHERS: Final = 100
_MOST_HEARD: Final = {"unsure": 100, "visitor": 300, "other": 100}
# Of the nearest all have to agree, so many of them from this cosine on. Of 24 mails to choirs, landlords and the
# like none came so near to three visitors'; at 0.35 it was five.
_NEAR: Final = 0.45
_ENOUGH: Final = 2
# So near to another visitor's mail it says the same, and its voice is not doubted. Of 54 others whose words are a
# visitor's and whose voice is none the nearest is at 0.59.
_THE_SAME: Final = 0.7
_THREE: Final = 3
# Below such a voice a visitor's words are doubted; above such a one it makes a visitor of whose words do not tell,
# and somebody else's words are doubted: a visitor who wanted to film for her grandson was no press. Measured on
# mails that the voice was not trained on: docs/adr/0015-kinds.md.
_DOUBTED: Final = {"visitor": -0.5, "vague": 0.0}
_SURE: Final = {"leaning": 0.45, "unsure": 0.25}
_NOT_OTHER: Final = 0.6
# What closes a conversation has to be marked, each time, and its voice no visitor's.
_NO_VISITOR: Final = 0.0

_SAME: Final = Verdict("visitor", "it says much the same as visitors' mail")
_SOUNDS: Final = Verdict("visitor", "it sounds like a visitor")
_OTHER: Final = Verdict("other", "it says much the same as mail that you marked as no visitors'")
_DOUBT: Final = Verdict("unsure", "it has a visitor's words, but does not sound like a visitor")
_MAYBE: Final = Verdict("unsure", "it has somebody else's words, but sounds like a visitor")
_TOLD: Final = {verdict.why: verdict for verdict in (_SAME, _SOUNDS, _OTHER, _DOUBT, _MAYBE)}
_TEXTS: Final = """
SELECT DISTINCT ON (conversation) conversation, subject, left(new_text, 4000) AS text
FROM messages WHERE conversation = ANY(%s) AND direction = 'in' AND machine = '' ORDER BY conversation, sent_at, id
"""


async def by_meaning(
    database: Database, people: Sequence[Row], found: Told, listen: Listen | None
) -> dict[int, Verdict | None]:
    """What is said of those of whom marks say nothing; where nothing can be heard now, what was said before.

    ``people`` are all conversations, the newest first, ``found`` is what marks say of those that have none. What
    was heard before decides nothing, or the next run would say otherwise. Raises DatabaseUnavailable.
    """
    open_ = [row for row in people if not row.is_kind_decided and found[row.id] is None]
    says = {kind: [row for row in open_ if row.says == row.first_says == kind] for kind in _MOST_HEARD}
    says["visitor"] = [row for row in says["visitor"] if not row.is_sure]
    before = {row.id: _TOLD.get(row.taught_why) for rows in says.values() for row in rows}
    asked = [row for kind, most in _MOST_HEARD.items() for row in says[kind][:most]]
    if listen is None or not asked:
        return before
    try:
        return before | _verdicts(await _heard(database, _known(people, found), asked, listen))
    except ChildFailed:
        return before


async def _heard(
    database: Database, known: Sequence[Example], asked: Sequence[Row], listen: Listen
) -> list[tuple[Row, float, list[tuple[Example, float]]]]:
    """Those of ``asked`` that could be listened to, each with its voice and the known ones nearest to it."""
    numbers = [*(number for number, _, _ in known), *(row.id for row in asked)]
    rows = await database.fetch(_TEXTS, (numbers,))
    texts = {row.conversation: {"text": row.text, "subject": row.subject} for row in rows}
    known = [each for each in known if each[0] in texts]
    asked = [row for row in asked if row.id in texts]
    heard = await listen([texts[number] for number, _, _ in known], [texts[row.id] for row in asked])
    return [
        (row, each.voice, [(known[place], cosine) for place, cosine in each.nearest])
        for row, each in zip(asked, heard, strict=True)
        if each is not None
    ]


def _verdicts(heard: Sequence[tuple[Row, float, list[tuple[Example, float]]]]) -> dict[int, Verdict | None]:
    """No mail is compared with itself, nor with one whose words its voice does not bear out."""
    doubtful = {row.id for row, voice, _ in heard if _is_doubtful(_said(row), voice)}
    found: dict[int, Verdict | None] = {}
    for row, voice, nearest in heard:
        near = [
            (kind, is_marked, cosine)
            for (number, kind, is_marked), cosine in nearest
            if number != row.id and number not in doubtful
        ]
        found[row.id] = verdict(_said(row), voice, near[:_THREE])
    return found


def _is_doubtful(says: str, voice: float) -> bool:
    """Whether the ``voice`` alone does not agree with words of asking, or with somebody else's."""
    return voice >= _NOT_OTHER if says == "other" else says in _DOUBTED and voice < _DOUBTED[says]


def verdict(says: str, voice: float, near: Sequence[tuple[str, bool, float]]) -> Verdict | None:
    """What a mail is of which words say ``says`` (``_said``); None where nothing more can be told.

    ``near`` are kind, whether it was marked, and cosine. A visitor's words are doubted at most.
    """
    kind = _agreed(near)
    if says in _DOUBTED:
        is_borne_out = kind == "visitor" and any(marked or cosine >= _THE_SAME for _, marked, cosine in near)
        return _DOUBT if kind == "other" or (_is_doubtful(says, voice) and not is_borne_out) else None
    if says == "other":
        return _MAYBE if _is_doubtful(says, voice) and kind != "other" else None
    if kind == "other":
        return _OTHER if voice < _NO_VISITOR else None
    if says in _SURE and voice >= _SURE[says]:
        return _SOUNDS
    return _SAME if kind and says == "unsure" and voice >= _DOUBTED["visitor"] else None


def _said(row: Row) -> str:
    """“visitor”, or “vague” about that; “other”, or “leaning” to that; “unsure”, or “held” by what is in it."""
    if row.says == "visitor":
        return "vague" if row.first_why in VAGUE else "visitor"
    if row.says == "other":
        return "other"
    return {UNSURE.why: "unsure", LEANING.why: "leaning"}.get(row.first_why, "held")


def _agreed(near: Sequence[tuple[str, bool, float]]) -> str | None:
    """What all of the nearest are; None where they are far, or do not agree."""
    kinds = {kind for kind, _, _ in near}
    if len(near) < _THREE or len(kinds) > 1 or sum(cosine >= _NEAR for _, _, cosine in near) < _ENOUGH:
        return None
    [kind] = kinds
    return kind if kind == "visitor" or all(is_marked for _, is_marked, _ in near) else None


def _known(people: Sequence[Row], found: Told) -> list[Example]:
    """Marks first, then what words are sure of where marks of other mail do not say otherwise."""
    marked = [(row.id, row.kind, True) for row in people if row.is_kind_decided and row.kind != "unsure"]
    told = [row for row in people if not row.is_kind_decided and _is_as_said(row, found[row.id])]
    visitors = [(row.id, row.says, False) for row in told if row.says == "visitor"]
    others = [(row.id, row.says, False) for row in told if row.says == "other"]
    return marked[:_MOST_MARKED] + visitors[:_MOST_VISITORS] + others[:_MOST_OTHERS]


def _is_as_said(row: Row, told: Verdict | None) -> bool:
    return told is None or told.kind == row.says
