"""Whom an answer goes to, from which of the group's addresses, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rcmail.db.pool import Database, Row, Session
from rcmail.drafting.letter import Asked
from rcmail.errors import RcmailError
from rcmail.mail.identity import OwnAddresses, same
from rcmail.mail.language import language
from rcmail.mail.mime.addresses import valid
from rcmail.settings.values import LANGUAGES

# As answers.search.REQUEST: the visitor's mails since the group's last one, or before it where that is the newest;
# five of them at most.
_ASKED: Final = """
SELECT messages.id, message_id, reference_ids, thread, visitor_name, visitor_address, recipients, sent_at,
    subject, visitor, CASE WHEN new_text = '' THEN left(whole_text, 20000) ELSE left(new_text, 20001) END AS text,
    provider, accounts.address AS account
FROM messages JOIN accounts ON accounts.id = account
WHERE conversation = %s AND direction = 'in' AND machine = ''
AND (sent_at, messages.id) > coalesce(
    (SELECT (sent_at, id) FROM messages AS own WHERE own.conversation = %s AND direction = 'out' AND machine = ''
    AND EXISTS (
        SELECT FROM messages AS later WHERE later.conversation = own.conversation AND later.direction = 'in'
        AND later.machine = '' AND (later.sent_at, later.id) > (own.sent_at, own.id)
    ) ORDER BY sent_at DESC, id DESC LIMIT 1),
    ('-infinity'::timestamptz, 0::bigint)
) ORDER BY sent_at DESC, messages.id DESC LIMIT 5
"""


class Unanswerable(RcmailError):
    """A draft that cannot be written to the mailbox; the sentence says why, and names nobody."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What of an answer is not its text."""

    provider: str
    """Whose mailbox the answered mail lies in."""
    thread: str | None
    from_address: str
    to_name: str
    to_address: str
    subject: str
    in_reply_to: str | None
    references: Sequence[str]
    asked: Sequence[Asked]


async def envelope(source: Database | Session, conversation: int, own: Sequence[str]) -> Envelope:
    """Of the answer to the visitor's newest mail; ``own`` are the group's addresses.

    It goes to whoever wrote that mail: where a website sent it, to whom its Reply-To, or its form, names; what
    others wrote in the same thread is not quoted. Raises Unanswerable, and DatabaseUnavailable.
    """
    rows = await source.fetch(_ASKED, (conversation, conversation))
    if not rows:
        raise Unanswerable("no visitor has written in this conversation")
    newest = rows[0]
    to_address = valid(newest.visitor_address or "")
    group = [*own, newest.account]
    if not to_address:
        raise Unanswerable("the mail has no address that an answer could go to")
    if to_address in OwnAddresses(group):
        raise Unanswerable("the answer would go to the group itself")
    return Envelope(
        provider=newest.provider,
        thread=newest.thread,
        from_address=_alias(newest, group),
        to_name=newest.visitor_name,
        to_address=to_address,
        subject=newest.subject,
        in_reply_to=newest.message_id,
        references=[
            *(each for each in newest.reference_ids if each != newest.message_id),
            newest.message_id or "",
        ],
        asked=[
            Asked(row.visitor_name, row.visitor_address or "", row.sent_at, row.text)
            for row in reversed(rows)
            if row.visitor == newest.visitor
        ],
    )


def language_of(text: str, languages: Sequence[str]) -> str:
    """That of a draft, for the line above what is quoted: else the first of the group's ``languages``."""
    guess = language(text)
    return next((each for each in (guess, *languages) if each in LANGUAGES), LANGUAGES[0])


def _alias(mail: Row, group: Sequence[str]) -> str:
    """The one of the group's addresses that the visitor wrote to; where it is none of them, the first one.

    Raises Unanswerable where the group has none.
    """
    written_to = [same(each["address"]) for name in ("to", "cc") for each in mail.recipients.get(name, ())]
    found = [address for wanted in written_to for address in group if same(address) == wanted]
    usable = [each for each in map(valid, [*found, *group]) if each]
    if not usable:
        raise Unanswerable("the group has no address yet: set it on the configuration page")
    return usable[0]
