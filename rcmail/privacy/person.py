"""What there is of a person: the mails that go when it is forgotten, and what of the answers may stay."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Final, NamedTuple

from rcmail.answers.past import rounds_of
from rcmail.db.pool import Database, Row, Session
from rcmail.errors import NobodyToForget, NoSuchConversation
from rcmail.mail.identity import OwnAddresses, pattern, same
from rcmail.privacy.answers import Answered, Pointing, house, signed, staying
from rcmail.privacy.traces import Traces, full
from rcmail.settings.store import Settings, SettingsStore

# Seconds for looking at every message that there is.
LIMIT: Final = 60.0
# Whoever shares the conversation is another person: what that one wrote, or got, stays.
_MESSAGES: Final = """
SELECT messages.id, account, conversation, direction, message_id, from_name, messages.visitor_name, visitor,
    sent_at, messages.subject, left(new_text, 20000) AS new_text, messages.language, machine, kind,
    conversations.messages AS size, (conversations.visitor_address ~* %s) IS TRUE AS is_own
FROM messages JOIN conversations ON conversations.id = conversation
WHERE sent_at < %s AND (
    visitor = %s OR %s = ANY(participants) OR from_address ~* %s OR recipients::text ~* %s
    OR (conversations.visitor_address ~* %s AND visitor IN ('', %s))
) ORDER BY conversation, sent_at, messages.id
"""
_WHO: Final = """
SELECT visitor, min(visitor_address) AS address, min(id) AS message FROM messages
WHERE conversation = %s AND visitor <> '' GROUP BY visitor ORDER BY count(*) DESC, visitor LIMIT 10
"""
_DRAFTS: Final = "SELECT count(*) AS drafts FROM drafts WHERE conversation = ANY(%s)"
_OTHERS_NAMES: Final = """
SELECT DISTINCT name FROM messages, unnest(ARRAY[from_name, visitor_name]) AS name
WHERE lower(name) = ANY(%s) AND visitor <> %s AND NOT from_address ~* %s
"""
_OF_OTHERS: Final = """
SELECT id, conversation, from_name, visitor_name, subject, new_text, reference_ids, attachments FROM messages
WHERE id <> ALL(%s) AND (
    (words @@ %s::tsquery AND (whole_text ~* %s OR subject ~* %s)) OR reference_ids && %s OR conversation = ANY(%s)
)
"""
_ADDRESSES: Final = "SELECT address FROM accounts"


class Who(NamedTuple):
    """A visitor of a conversation: the address as it is compared, and as it is written there; and the ``message``
    that one can be told by, so that no address needs to stand in a form or in an address."""

    address: str
    shown: str
    message: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, and what there is of that person: ``messages`` are the rows of _MESSAGES, ``naming`` those of
    _OF_OTHERS."""

    address: str
    messages: Sequence[Row]
    naming: Sequence[Row]
    traces: Traces
    staying: Sequence[Answered]
    going: int
    """Past answers that point to the person, and go."""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """How many go: ``conversations``, mails ``theirs``, ``answers`` to them, ``others`` that only name the address
    among those who get them, ``drafts``. And how many conversations are ``shared`` and stay without them, and how
    many mails of others quote or name the person (``named``)."""


async def visitors(database: Database, conversation: int) -> list[Who]:
    """The visitors of a conversation, the one with most mails first; nobody of the group.

    Raises NoSuchConversation; NobodyToForget where there is no address, or only the group's; DatabaseUnavailable.
    """
    if not await database.fetch("SELECT 1 FROM conversations WHERE id = %s", (conversation,)):
        raise NoSuchConversation
    rows = await database.fetch(_WHO, (conversation,))
    own = await own_addresses(database)
    found = [Who(row.visitor, row.address, row.message) for row in rows if row.visitor not in own]
    if not found:
        raise NobodyToForget(
            "This address is the group's own: who it is cannot be forgotten. Take it out of “Your own mail"
            " addresses” on the configuration page first, if it is somebody's who has left."
            if rows
            else "Nobody can be told by this conversation: no mail in it has a visitor's address."
        )
    return found


async def own_addresses(database: Database) -> OwnAddresses:
    settings = await SettingsStore(database).read()
    accounts = await database.fetch(_ADDRESSES)
    return OwnAddresses([*settings.group_addresses, *(row.address for row in accounts)])


async def look(session: Session, address: str, settings: Settings, before: datetime | None = None) -> Person:
    """What there is of who has ``address``, written ``before`` a moment where one is given.

    Raises DatabaseUnavailable.
    """
    address, spelled = same(address), pattern(address)
    values = (spelled, before or "infinity", address, address, spelled, spelled, spelled, address)
    rows = await session.fetch(_MESSAGES, values, timeout=LIMIT)
    theirs = [row for row in rows if row.visitor == address]
    called, found = await asyncio.to_thread(_read, rows, address, house(settings.values))
    traces = Traces(address, await _own_names(session, address, full(called), house(settings.values)))
    naming = await _of_others(session, traces, rows)
    return Person(
        address=address,
        messages=rows,
        naming=naming,
        traces=traces,
        staying=[each for each in found if each],
        going=found.count(None),
        numbers={**await _numbers(session, rows, theirs), "named": len(naming)},
    )


async def _of_others(session: Session, traces: Traces, messages: Sequence[Row]) -> list[Row]:
    """The mails of others that have a trace of the person, refer to one of these ``messages``, or share a
    conversation with one: what they quote may be the person's."""
    gone, touched = [row.id for row in messages], [row.conversation for row in messages]
    ids = [row.message_id for row in messages if row.message_id]
    values = (gone, traces.query, traces.pattern, traces.pattern, ids, touched)
    return await session.fetch(_OF_OTHERS, values, timeout=LIMIT)


def _read(rows: Sequence[Row], address: str, known: str) -> tuple[set[str], list[Answered | None]]:
    """What the person is called, in headers and below mails; and of each answer to the person what stays."""
    theirs = [row for row in rows if row.visitor == address]
    written = [row for row in theirs if row.direction == "in"]
    called = {row.visitor_name for row in theirs} | {row.from_name for row in written}
    called |= {name for row in written for name in signed(row.new_text, row.sent_at.date())}
    mine = [row for row in rows if row.is_own and row.visitor in ("", address)]
    people = [row for row in mine if not row.machine and row.kind != "other"]
    texts = [f"{row.subject}\n{row.new_text}" for row in written]
    pointing = Pointing([*called, address.rpartition("@")[0]], texts, known)
    return called, staying([each.answered for each in rounds_of(people)], pointing)


async def _own_names(session: Session, address: str, names: set[str], known: str) -> frozenset[str]:
    """Those of ``names`` that nobody else goes by, the group least of all."""
    values = ([name.lower() for name in names], address, pattern(address))
    rows = await session.fetch(_OTHERS_NAMES, values, timeout=LIMIT) if names else []
    others = {row.name.lower() for row in rows}
    return frozenset(name for name in names if name.lower() not in others and name.lower() not in known.lower())


async def _numbers(session: Session, rows: Sequence[Row], theirs: Sequence[Row]) -> dict[str, int]:
    ways = Counter(row.direction for row in theirs)
    touched = {number: list(mails) for number, mails in groupby(rows, lambda row: row.conversation)}
    whole = [number for number, mails in touched.items() if len(mails) == mails[0].size]
    own = [number for number, mails in touched.items() if mails[0].is_own]
    [found] = await session.fetch(_DRAFTS, ([*whole, *own],))
    return {
        "conversations": len(whole),
        "shared": len(touched) - len(whole),
        "theirs": ways["in"],
        "answers": ways["out"],
        "others": len(rows) - len(theirs),
        "drafts": int(found.drafts),
    }
