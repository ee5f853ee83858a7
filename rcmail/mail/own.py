"""What is kept follows the group's addresses: who seemed to be a visitor turns out to be one of the group.

Which conversation a mail belongs to stays as it is. An address that the group no longer has changes nothing of
what is in: whether the mailbox had sent it, or a website, is not kept (docs/schema.md).
"""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Final

from rcmail.db.pool import Database, Row
from rcmail.mail.clearing import LOCK
from rcmail.mail.identity import OwnAddresses, same
from rcmail.mail.incoming import Reader
from rcmail.mail.page import EARLIER_LETTERS
from rcmail.mail.summing import sum_up_again

logger = logging.getLogger("rcmail.mail")

KIND: Final = "own"
_AT_ONCE: Final = 100
_TIMEOUT: Final = 60.0
# Nobody of the group is among the participants of a mail that was read since the group has the address.
_BEFORE: Final = f"""
SELECT id, direction, from_name, from_address, recipients, visitor_name, visitor_address, visitor_from,
    participants, left(whole_text, {EARLIER_LETTERS}) AS text
FROM messages WHERE participants && %s::text[] AND id > %s ORDER BY id LIMIT {_AT_ONCE}
"""
_WHOSE: Final = ("direction", "visitor_name", "visitor_address", "visitor_from", "participants")
_WRITE: Final = f"""
UPDATE messages AS old SET ({", ".join(_WHOSE)}, visitor) = (
    SELECT new.direction, new.visitor_name, new.visitor_address::text, new.visitor_from, new.participants::text[],
        new.visitor
) FROM (VALUES %s) AS new (id, {", ".join(_WHOSE)}, visitor) WHERE old.id = new.id RETURNING conversation
"""


async def follow(database: Database, reader: Reader, addresses: Sequence[str]) -> int:
    """Have all mail know that ``addresses`` are the group's; of how many mails that changed something.

    What volunteers decided stays. The new texts are to be made again after it. Raises DatabaseUnavailable.
    """
    own, keys = OwnAddresses(addresses), sorted({same(address) for address in addresses})
    count = last = 0
    while rows := await database.fetch(_BEFORE, (keys, last)):
        said = await reader.whose([_item(row, addresses) for row in rows])
        await _write(database, [_values(row, each, own) for row, each in zip(rows, said, strict=True)])
        count, last = count + len(rows), rows[-1].id
    if count:
        logger.info("mail_own_addresses", extra={"messages": count})
    return count


def _item(row: Row, addresses: Sequence[str]) -> dict[str, Any]:
    return {
        "own": list(addresses),
        "is_sent": row.direction == "out",
        "from": {"name": row.from_name, "address": row.from_address},
        "recipients": row.recipients,
        "text": row.text,
    }


def _values(row: Row, said: Mapping[str, Any], own: OwnAddresses) -> tuple[object, ...]:
    """The columns of _WRITE: what is ``said`` where the mail is from the group, or seemed to be for one of it."""
    values = {name: getattr(row, name) for name in _WHOSE}
    values["participants"] = [each for each in row.participants if each not in own]
    if said and (row.from_address in own or (row.visitor_address or "") in own):
        values = dict(said)
    address = values["visitor_address"]
    return (row.id, *(values[name] for name in _WHOSE), same(address) if address else "")


async def _write(database: Database, values: Sequence[tuple[object, ...]]) -> None:
    async with database.transaction("SELECT pg_advisory_xact_lock(%s)", (LOCK,), timeout=_TIMEOUT) as session:
        rows = await session.fetch_values(_WRITE, values, timeout=_TIMEOUT)
        conversations = sorted({row.conversation for row in rows})
        await session.fetch("UPDATE messages SET text_version = 0 WHERE conversation = ANY(%s)", (conversations,))
        await sum_up_again(session, conversations)
