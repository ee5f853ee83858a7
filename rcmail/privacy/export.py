"""What there is of a person, to be handed out: as a file for mail programs (RFC 4155), and as plain text.

Made of what is kept: of each mail its new text, without what it quotes, and nobody but the person among those who
get it. So nothing of other people is in it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

from rcmail.db.pool import Database, Row
from rcmail.drafting.letter import mailbox, one_field
from rcmail.mail.identity import OwnAddresses, same
from rcmail.privacy.person import own_addresses

_MESSAGES: Final = """
SELECT id, direction, message_id, from_name, from_address, visitor_name, visitor_address, visitor_from, recipients,
    sent_at, subject, new_text, attachments, is_cut
FROM messages WHERE visitor = %s ORDER BY sent_at, id
"""
# A line that another one of an mbox file would begin with.
_FROM: Final = re.compile(r"^(>*From )", re.MULTILINE)
_ID: Final = re.compile(r"<[!-;=?-~]{1,500}>")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it is handed out; ``left_out`` counts those who got it too."""

    sent_at: datetime
    message_id: str | None
    sender: tuple[str, str]
    receiver: tuple[str, str]
    subject: str
    text: str
    left_out: int


async def mails(database: Database, address: str) -> list[Mail]:
    """What who has ``address`` wrote, and got. Raises DatabaseUnavailable."""
    rows = await database.fetch(_MESSAGES, (same(address),), timeout=15.0)
    own = await own_addresses(database)
    return [_mail(row, same(address), own) for row in rows]


def _mail(row: Row, address: str, own: OwnAddresses) -> Mail:
    person = (row.visitor_name, row.visitor_address)
    receivers = [each["address"] for name in ("to", "cc") for each in row.recipients[name]]
    group = next((each for each in receivers if each in own), "")
    is_out = row.direction == "out"
    sender, receiver = ((row.from_name, row.from_address), person) if is_out else (person, ("", group))
    others = [each for each in receivers if each not in own and same(each) != address]
    attached = [
        f"[{each['name'] or each['type']}: an attachment, which rcmail did not keep]" for each in row.attachments
    ]
    cut = ["[The mail was longer; this is what rcmail kept of it.]"] * row.is_cut
    text = "\n\n".join([row.new_text.rstrip(), *attached, *cut])
    return Mail(row.sent_at, row.message_id, sender, receiver, row.subject, text, len(others))


def as_mbox(mails: Sequence[Mail]) -> bytes:
    """The “mboxrd” kind: a line that begins with “From ” has a “>” before it, whatever stands before that."""
    return b"".join(_entry(each) for each in mails)


def _entry(mail: Mail) -> bytes:
    head = {
        "From": mailbox(*mail.sender),
        "To": mailbox(*mail.receiver) if mail.receiver[1] else "undisclosed-recipients:;",
        "Subject": one_field(mail.subject),
        "Date": format_datetime(mail.sent_at.astimezone(UTC)),
        "Message-ID": mail.message_id if _ID.fullmatch(mail.message_id or "") else "",
        "X-Rcmail-Left-Out": f"{mail.left_out} more who got it" if mail.left_out else "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    fields = "".join(f"{name}: {value}\n" for name, value in head.items() if value).replace("\r\n", "\n")
    moment = mail.sent_at.astimezone(UTC).ctime()
    text = _FROM.sub(r">\1", _lines(mail.text))
    return f"From {_envelope(mail.sender[1])} {moment}\n{fields}\n{text}\n\n".encode("utf-8", "replace")


def _envelope(address: str) -> str:
    """An address for the line between two mails, which is ASCII without a space (RFC 4155, appendix A)."""
    return address if address.isascii() and address and not re.search(r"\s", address) else "MAILER-DAEMON"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def as_text(mails: Sequence[Mail], shown: str) -> str:
    """For the eye; ``shown`` is the person's address."""
    return "\n".join(_paragraphs(mails, shown))


def _paragraphs(mails: Sequence[Mail], shown: str) -> Iterator[str]:
    yield f"What the Repair Café keeps of the mail of {shown}: {len(mails)} mails, the oldest first."
    yield "Only what is newly written in each is here: not what it quotes of others, nor who got it too."
    for mail in mails:
        yield f"\n{'=' * 72}\n"
        yield f"Date: {mail.sent_at.astimezone():%Y-%m-%d %H:%M %z}"
        yield f"From: {_person(*mail.sender)}"
        more = f", and {mail.left_out} more" if mail.left_out else ""
        yield f"To: {_person(*mail.receiver) or 'the Repair Café'}{more}"
        yield f"Subject: {' '.join(mail.subject.split())}"
        yield f"\n{_lines(mail.text)}"
    yield ""


def _person(name: str, address: str) -> str:
    return f"{' '.join(name.split())} <{address}>" if name else address
