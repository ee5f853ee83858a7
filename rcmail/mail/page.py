"""A page of mail before it is kept: what of it is new, the conversations it belongs to, its new texts."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rcmail.db.pool import Database
from rcmail.mail.model import Message
from rcmail.mail.summing import HEAD, threads_of
from rcmail.mail.threads import Thread, Threads

# So many messages of a conversation are looked at for what a new one quotes, and so much of each.
EARLIER: Final = 10
EARLIER_LETTERS: Final = 32_000
_MOST_RECIPIENTS: Final = 50

TextMaker = Callable[[Sequence[Mapping[str, Any]]], Awaitable[Sequence[Mapping[str, Any]]]]
"""``reading.make_text`` for each of them, wherever that runs."""

NEWEST: Final = "SELECT coalesce(max(id), 0) AS newest FROM messages"
_HEADS: Final = f"""
SELECT {HEAD} FROM messages WHERE conversation IN (
    SELECT conversation FROM messages WHERE message_id = ANY(%s::text[]) OR thread = ANY(%s::text[])
    UNION SELECT conversation FROM messages WHERE reference_ids && %s::text[]
    UNION SELECT conversation FROM messages
    JOIN unnest(%s::text[], %s::text[]) AS wanted (by, about) ON visitor = by AND subject_key = about
) ORDER BY conversation, sent_at, id
"""
_TEXTS: Final = f"""
SELECT id, left(whole_text, {EARLIER_LETTERS}) AS whole_text FROM (
    SELECT id, whole_text, row_number() OVER (PARTITION BY conversation ORDER BY sent_at DESC, id DESC) AS place
    FROM messages WHERE conversation = ANY(%s)
) AS numbered WHERE place <= {EARLIER}
"""


@dataclass(frozen=True, slots=True)
class Page:
    """What is to be written. ``newest`` is the number of the newest message when the tables were looked at."""

    newest: int
    fresh: Sequence[Message]
    threads: Sequence[Thread[Message]]
    """Conversations with one of the ``fresh``, their messages the oldest first."""
    merged: Sequence[tuple[Thread[Message], Thread[Message]]]


async def prepared(database: Database, messages: Iterable[Message], make_texts: TextMaker) -> Page:
    """``messages`` as they are to be kept. Raises DatabaseUnavailable, and what ``make_texts`` raises."""
    [row] = await database.fetch(NEWEST)
    fresh = await _fresh(database, messages)
    threads = Threads(await _candidates(database, fresh))
    for message in fresh:
        threads.put(message)
    new = set(map(id, fresh))
    touched = [thread for thread in threads.all if any(id(each) in new for each in thread.messages)]
    for thread in touched:
        thread.messages.sort(key=lambda each: (each.sent_at, each.id or _LAST))
    await _make_texts(database, touched, make_texts)
    return Page(row.newest, fresh, touched, threads.merged)


_LAST: Final = 2**63


async def _fresh(database: Database, messages: Iterable[Message]) -> list[Message]:
    """Those that are in no table, each once, the oldest first."""
    each_once = {message.fingerprint: message for message in messages}
    rows = await database.fetch("SELECT fingerprint FROM messages WHERE fingerprint = ANY(%s)", (list(each_once),))
    for row in rows:
        del each_once[bytes(row.fingerprint)]
    return sorted(each_once.values(), key=lambda message: message.sent_at)


async def _candidates(database: Database, fresh: Iterable[Message]) -> list[Thread[Message]]:
    """The conversations in the tables that one of ``fresh`` may belong to."""
    ids = list({key for each in fresh for key in (*each.reference_ids, each.message_id) if key})
    threads = list({each.thread for each in fresh if each.thread})
    subjects = {(each.visitor, each.subject_key) for each in fresh if each.visitor}
    visitors, keys = [visitor for visitor, _ in subjects], [key for _, key in subjects]
    return threads_of(await database.fetch(_HEADS, (ids, threads, ids, visitors, keys)))


async def _make_texts(database: Database, threads: Sequence[Thread[Message]], make_texts: TextMaker) -> None:
    """New texts for what is new; what was written after it is marked to be made again."""
    ids = [message.conversation for thread in threads for message in thread.messages if message.conversation]
    rows = await database.fetch(_TEXTS, (list(set(ids)),)) if ids else []
    texts: dict[int | None, str] = {row.id: row.whole_text for row in rows}
    fresh: list[Message] = []
    items: list[dict[str, Any]] = []
    for thread in threads:
        is_after_new = False
        for place, message in enumerate(thread.messages):
            if message.id is None:
                earlier = thread.messages[max(0, place - EARLIER) : place]
                for each in earlier:
                    each.whole_text = each.whole_text or texts.get(each.id, "")
                fresh.append(message)
                items.append(_item(message, earlier))
                is_after_new = True
            else:
                message.is_outdated = is_after_new
    for message, made in zip(fresh, await make_texts(items), strict=True):
        message.take(made)


def _item(message: Message, earlier: Sequence[Message]) -> dict[str, Any]:
    """What ``reading.make_text`` takes: the whole text, the ``earlier`` ones, and the same person's among them."""
    of_same = [each for each in earlier if (each.direction, each.visitor) == (message.direction, message.visitor)]
    return {
        "whole_text": message.whole_text,
        "earlier": [each.whole_text[:EARLIER_LETTERS] for each in earlier],
        "own": [each.whole_text[:EARLIER_LETTERS] for each in of_same],
        "asked": asked(message, message.rest),
    }


def asked(message: Any, rest: Mapping[str, Any]) -> dict[str, object] | None:
    """What ``reading.make_text`` needs to tell whose a mail is; None where that is told already."""
    if message.direction == "out" or message.machine:
        return None
    recipients = rest["recipients"]
    return {
        "subject": message.subject,
        "from_name": message.visitor_name,
        "from_address": message.visitor_address or "",
        "to": [each["address"] for each in (*recipients["to"], *recipients["cc"])][:_MOST_RECIPIENTS],
    }
