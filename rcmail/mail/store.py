"""A page of mail put into the tables: each message once, in its conversation, all of it in one transaction."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from rcmail.db.pool import Database, Session
from rcmail.mail import clearing
from rcmail.mail.clearing import LOCK
from rcmail.mail.forgotten import Away
from rcmail.mail.merging import keep_what_was_said
from rcmail.mail.model import Message
from rcmail.mail.newtext import TEXT_VERSION
from rcmail.mail.page import NEWEST, Page, TextMaker, prepared
from rcmail.mail.summing import sum_up
from rcmail.mail.threads import Thread
from rcmail.mailbox.base import DEMONSTRATION, FILE

# Seconds for the transaction of a page of 200 messages; on a Pi with a slow card it takes one.
_TIMEOUT: Final = 60.0

_MESSAGE: Final = {
    "conversation": "bigint", "account": "integer", "fingerprint": "bytea", "message_id": "text",
    "reference_ids": "text[]", "thread": "text", "direction": "text", "from_name": "text", "from_address": "text",
    "visitor_name": "text", "visitor_address": "text", "visitor_from": "text", "visitor": "text",
    "participants": "text[]", "recipients": "jsonb", "sent_at": "timestamptz", "sent_at_from": "text",
    "subject": "text", "subject_key": "text", "whole_text": "text", "is_cut": "boolean", "new_text": "text",
    "text_version": "smallint", "language": "text", "is_thanks": "boolean", "machine": "text",
    "attachments": "jsonb", "says": "text", "says_why": "text",
}  # fmt: skip


_ADD_MESSAGES: Final = (
    f"INSERT INTO messages ({', '.join(_MESSAGE)}, words)"
    f" SELECT {', '.join(f'{name}::{kind}' for name, kind in _MESSAGE.items())},"
    " array_to_tsvector(string_to_array(words, ' '))"
    f" FROM (VALUES %s) AS new ({', '.join(_MESSAGE)}, words)"
)


# Of one run.
_MOST_UNREAD: Final = 500
# What came as a file and lies in a mailbox that is connected, too, is that one's from now on: there an answer is
# to be put, into its thread.
_MOVE: Final = f"""
UPDATE messages SET account = new.account, thread = new.thread::text
FROM (VALUES %s) AS new (account, print, thread), accounts AS was, accounts AS now
WHERE fingerprint = print AND was.id = messages.account AND was.provider = '{FILE}'
AND now.id = new.account AND now.provider NOT IN ('{FILE}', '{DEMONSTRATION}')
"""


class Kept(NamedTuple):
    """How many of the messages were new, how many were there already, and how many stay away."""

    new: int
    known: int
    away: int = 0


Note = Callable[[Session, Kept], Awaitable[None]]


class Store:
    """The tables of the mail, for whoever brings some. Every method raises DatabaseUnavailable."""

    def __init__(self, database: Database, make_texts: TextMaker, away: Away) -> None:
        self._database = database
        self._make_texts = make_texts
        self._away = away

    async def account(self, provider: str, address: str) -> int:
        """The number of an account, which is noted where it is new."""
        [found] = await self._database.execute(
            "INSERT INTO accounts (provider, address) VALUES (%s, %s)"
            " ON CONFLICT (provider, address) DO UPDATE SET address = excluded.address RETURNING id",
            (provider, address),
        )
        return int(found.id)

    async def make_room(self) -> None:
        """Remove the demonstration where it is here: real letters never lie among invented ones."""
        if await clearing.is_here(self._database):
            await clearing.clear(self._database)

    async def missing(self, account: int, keys: Sequence[str]) -> list[str]:
        """Those of the mailbox's ``keys`` that are still to be read: also what could not be read before."""
        rows = await self._database.fetch(
            "SELECT key FROM seen WHERE account = %s AND key = ANY(%s) AND reason IS NULL", (account, list(keys))
        )
        seen = {row.key for row in rows}
        return [key for key in keys if key not in seen]

    async def unread(self, account: int) -> list[str]:
        """The keys of what could not be read."""
        rows = await self._database.fetch(
            f"SELECT key FROM seen WHERE account = %s AND reason IS NOT NULL LIMIT {_MOST_UNREAD}", (account,)
        )
        return [row.key for row in rows]

    async def put(
        self,
        account: int,
        messages: Sequence[Message],
        skipped: Mapping[str, str | None],
        note: Note,
        forget: Sequence[str] = (),
    ) -> Kept:
        """Keep ``messages``, but for those that are to stay away; ``skipped`` are the keys of what is not kept,
        with the reason of what is unreadable.

        ``note`` writes down in the same transaction how far one is. Of the keys ``forget`` nothing is remembered:
        they are gone, or may come to stand for a mail.
        """
        while True:
            rules = await self._away.rules(self._database)
            away = dict.fromkeys(each.key for each in messages if rules.keep_away(each))
            wanted = [each for each in messages if each.key not in away]
            page = await prepared(self._database, wanted, self._make_texts)
            kept = Kept(len(page.fresh), len(wanted) - len(page.fresh), len(messages) - len(wanted))
            async with self._database.transaction(
                "SELECT pg_advisory_xact_lock(%s)", (LOCK,), timeout=_TIMEOUT
            ) as session:
                if await _is_as_seen(session, page) and await self._away.is_as_seen(session, rules):
                    await _write(session, account, page)
                    await _see(session, account, wanted, {**skipped, **away}, forget)
                    if kept.known:
                        await session.fetch_values(
                            _MOVE, [(account, each.fingerprint, each.thread) for each in wanted]
                        )
                    await note(session, kept)
                    return kept
            # Another process has put something, or taken it away, between the look and the lock: look again.


async def _is_as_seen(session: Session, page: Page) -> bool:
    [found] = await session.fetch(NEWEST)
    ids = _ids(page)
    there = await session.fetch("SELECT id FROM conversations WHERE id = ANY(%s) FOR UPDATE", (ids,))
    return bool(found.newest == page.newest) and len(there) == len(ids)


def _ids(page: Page) -> list[int]:
    return [thread.id for thread in (*page.threads, *(goes for goes, _ in page.merged)) if thread.id is not None]


async def _write(session: Session, account: int, page: Page) -> None:
    for goes, stays in page.merged:
        if goes.id is not None:
            await keep_what_was_said(session, goes.id, stays.id or 0)
    await sum_up(session, page.threads)
    for goes, stays in page.merged:
        if goes.id is not None:
            await session.fetch(
                "UPDATE messages SET conversation = %s WHERE conversation = %s", (stays.id, goes.id)
            )
            await session.fetch("DELETE FROM conversations WHERE id = %s", (goes.id,))
    rows = [_row(account, thread, each) for thread in page.threads for each in thread.messages if each.id is None]
    await session.fetch_values(_ADD_MESSAGES, rows, timeout=_TIMEOUT)
    if outdated := [each.id for thread in page.threads for each in thread.messages if each.is_outdated]:
        await session.fetch("UPDATE messages SET text_version = 0 WHERE id = ANY(%s)", (outdated,))


def _row(account: int, thread: Thread[Message], message: Message) -> list[object]:
    values: dict[str, Any] = {
        **message.rest,
        "account": account,
        "conversation": thread.id,
        "text_version": TEXT_VERSION,
        "recipients": json.dumps(message.rest["recipients"]),
        "attachments": json.dumps(message.rest["attachments"]),
    }
    return [values[name] if name in values else getattr(message, name) for name in (*_MESSAGE, "words")]


async def _see(
    session: Session,
    account: int,
    messages: Sequence[Message],
    skipped: Mapping[str, str | None],
    forget: Sequence[str],
) -> None:
    await session.fetch_values(
        "INSERT INTO seen (account, key, message) SELECT new.account, new.key, messages.id"
        " FROM (VALUES %s) AS new (account, key, print) JOIN messages ON fingerprint = print"
        " ON CONFLICT (account, key) DO UPDATE SET message = excluded.message, reason = NULL",
        list({each.key: (account, each.key, each.fingerprint) for each in messages}.values()),
        timeout=_TIMEOUT,
    )
    await session.fetch_values(
        "INSERT INTO seen (account, key, reason) VALUES %s"
        " ON CONFLICT (account, key) DO UPDATE SET reason = excluded.reason WHERE seen.message IS NULL",
        [(account, key, reason) for key, reason in skipped.items()],
        timeout=_TIMEOUT,
    )
    if forget:
        await session.fetch(
            "DELETE FROM seen WHERE account = %s AND key = ANY(%s) AND message IS NULL", (account, list(forget))
        )
