"""What volunteers' marks teach of other mail: by who sent it, and by likeness. Run by a job, in no page's path."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from rcmail.db.pool import Database, Row, Session
from rcmail.jobs.queue import LATER, NOW, Queue
from rcmail.mail.clearing import LOCK
from rcmail.mail.kinds.houses import FOR_EVERYBODY, house
from rcmail.mail.kinds.likeness import Known, Likeness
from rcmail.mail.kinds.meaning import Listen, by_meaning
from rcmail.mail.kinds.verdict import OWN_BROKEN, Verdict
from rcmail.mail.summing import sum_up_again
from rcmail.process.threads import in_daemon_thread

KIND: Final = "kinds"

# Conversations that are looked at, the newest first: marked, answered, and those that nothing tells of.
_MOST_MARKED: Final = 1_000
_MOST_ANSWERED: Final = 1_000
_MOST_UNSURE: Final = 5_000
_IN_HAND: Final = Verdict("unsure", "it has somebody else's words, but you wrote or approved an answer")
_AT_ONCE: Final = 500
_TIMEOUT: Final = 60.0

_CONVERSATIONS: Final = """
SELECT id, kind, is_kind_decided, taught, taught_why, state, visitor, first_says, first_why, is_sure,
    CASE WHEN first_says = 'unsure' AND asks THEN 'visitor' ELSE first_says END AS says,
    EXISTS (SELECT FROM drafts WHERE conversation = conversations.id
        AND (drafts.state IN ('approved', 'pushed') OR drafts.state = 'ready' AND is_edited)) AS is_in_hand
FROM conversations JOIN LATERAL (
    SELECT (array_agg(visitor ORDER BY sent_at, messages.id))[1] AS visitor,
        (array_agg(says ORDER BY sent_at, messages.id))[1] AS first_says,
        (array_agg(says_why ORDER BY sent_at, messages.id))[1] AS first_why, bool_or(says = 'visitor') AS asks,
        bool_or(says_why = %s) AS is_sure
    FROM messages WHERE conversation = conversations.id AND direction = 'in' AND machine = ''
) AS incoming ON visitor IS NOT NULL
ORDER BY last_at DESC, id DESC
"""
_TEXTS: Final = """
SELECT DISTINCT ON (conversation) conversation, concat_ws(E'\\n', subject, left(new_text, 4000)) AS text
FROM messages WHERE conversation = ANY(%s) AND direction = 'in' AND machine = '' ORDER BY conversation, sent_at, id
"""
_WRITE: Final = """
UPDATE conversations SET taught = new.taught::text, taught_why = new.why
FROM (VALUES %s) AS new (id, taught, why) WHERE conversations.id = new.id
"""


async def ask(queue: Queue, *, session: Session | None = None) -> None:
    """Have a job look at it: at once, with the ``session`` of the mark, or else when there is time."""
    await queue.put(KIND, priority=LATER if session is None else NOW, session=session)


async def teach(database: Database, listen: Listen | None = None) -> int:
    """Tell of each conversation what the marks say; how many have changed. Nothing that was marked does.

    ``listen`` hears voices and compares meanings; without it what was found so stays. Raises DatabaseUnavailable.
    """
    people = await database.fetch(_CONVERSATIONS, (OWN_BROKEN,))
    told = _Senders(people)
    open_ = [row for row in people if not row.is_kind_decided]
    found = {row.id: told.verdict(row) for row in open_}
    unsure = [row for row in open_ if row.says == "unsure" and found[row.id] is None][:_MOST_UNSURE]
    found |= await _alike(database, _known(people), [row.id for row in unsure])
    found |= await by_meaning(database, people, found, listen)
    wanted = {row.id: _columns(_kept_open(row, found[row.id])) for row in open_}
    changed = [(row.id, *wanted[row.id]) for row in open_ if wanted[row.id] != (row.taught, row.taught_why)]
    for start in range(0, len(changed), _AT_ONCE):
        await _write(database, changed[start : start + _AT_ONCE])
    return len(changed)


def _kept_open(row: Row, told: Verdict | None) -> Verdict | None:
    """``told``; but whoever has an answer that a volunteer wrote or approved is not closed by marks of other mail,
    nor by words that are known only since."""
    if not row.is_in_hand or (told.kind if told else row.says) != "other":
        return told
    return _IN_HAND if row.says == "other" else None


def _columns(verdict: Verdict | None) -> tuple[str | None, str]:
    return (verdict.kind, verdict.why) if verdict else (None, "")


class _Senders:
    """What the marks say of those who wrote: of themselves, and of others in the same house."""

    def __init__(self, people: Sequence[Row]) -> None:
        self._marked: dict[str, str] = {}
        houses: dict[str, set[str]] = defaultdict(set)
        for row in people:  # the newest mark of a sender counts
            if row.visitor and row.is_kind_decided and row.kind != "unsure":
                self._marked.setdefault(row.visitor, row.kind)
            houses[house(row.visitor)].add(row.kind if row.is_kind_decided else row.says)
        marked = {house(sender) for sender, kind in self._marked.items() if kind == "other"}
        # A house with a visitor in it is one where everybody may have an address.
        self._others = {house for house in marked if "visitor" not in houses[house]} - FOR_EVERYBODY - {""}

    def verdict(self, row: Row) -> Verdict | None:
        kind = self._marked.get(row.visitor) if row.visitor else None
        if kind == "visitor" and row.says != "other":
            return Verdict("visitor", "it is from somebody whose mail you marked as a visitor's")
        if kind == "other":
            return Verdict("other", "it is from somebody whose mail you marked as no visitor's")
        if kind is None and row.says == "unsure" and house(row.visitor) in self._others:
            return Verdict("other", "it is from the same house as mail that you marked as no visitor's")
        return None


def _known(people: Sequence[Row]) -> list[tuple[int, str, bool]]:
    """The conversations that others are compared with: number, kind, whether it was marked."""
    marked = [(row.id, row.kind, True) for row in people if row.is_kind_decided and row.kind != "unsure"]
    answered = [
        (row.id, row.says, False)
        for row in people
        if not row.is_kind_decided
        and row.says == "visitor"
        and row.taught in (None, "visitor")
        and row.state == "answered"
    ]
    return marked[:_MOST_MARKED] + answered[:_MOST_ANSWERED]


async def _alike(
    database: Database, known: Sequence[tuple[int, str, bool]], unsure: Sequence[int]
) -> dict[int, Verdict | None]:
    if not unsure:
        return {}
    texts = await _texts(database, [*(number for number, _, _ in known), *unsure])
    examples = [Known(texts[number], kind, marked) for number, kind, marked in known if number in texts]
    return await in_daemon_thread(partial(_compared, examples, unsure, texts), "kinds")


def _compared(known: Sequence[Known], unsure: Iterable[int], texts: dict[int, str]) -> dict[int, Verdict | None]:
    likeness = Likeness(known)
    return {number: likeness.verdict(texts.get(number, "")) for number in unsure}


async def _texts(database: Database, numbers: Sequence[int]) -> dict[int, str]:
    return {
        row.conversation: row.text
        for part in _parts(numbers)
        for row in await database.fetch(_TEXTS, (list(part),), timeout=_TIMEOUT)
    }


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), _AT_ONCE):
        yield numbers[start : start + _AT_ONCE]


async def _write(database: Database, rows: Sequence[tuple[int, str | None, str]]) -> None:
    async with database.transaction("SELECT pg_advisory_xact_lock(%s)", (LOCK,), timeout=_TIMEOUT) as session:
        await session.fetch_values(_WRITE, rows, timeout=_TIMEOUT)
        await sum_up_again(session, [number for number, _, _ in rows])
