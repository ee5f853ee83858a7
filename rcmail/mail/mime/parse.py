"""One mail: from its bytes to what is kept of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from rcmail.mail.mime import addresses, body, headers, parts
from rcmail.mail.mime.addresses import Address
from rcmail.mail.mime.body import Attachment
from rcmail.mail.mime.text import one_line

__all__ = ["Address", "Attachment", "Mail", "UnreadableMail", "parse"]

MAX_MAIL: Final = 64 * 1024 * 1024
_MAX_SUBJECT: Final = 2000
_MAX_REFERENCES: Final = 100
_MAX_VALUE: Final = 1000
_MAX_RECEIVED: Final = 20
# Nobody sent mail to a Repair Café before there was one; a clock that is wrong by a day or two only misses a zone.
_OLDEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD: Final = timedelta(days=2)

# What tells machines, lists and forms from people, and where the provider put the mail.
KEPT: Final = (
    "auto-submitted",
    "content-class",
    "content-type",
    "delivered-to",
    "feedback-id",
    "list-id",
    "list-unsubscribe",
    "precedence",
    "return-path",
    "x-auto-response-suppress",
    "x-gm-thrid",
    "x-gmail-labels",
    "x-google-original-from",
    "x-mailer",
    "x-ninja-forms",
)


class UnreadableMail(Exception):
    """Nothing can be kept of this mail. The reason holds nothing of it."""


@dataclass(frozen=True, slots=True)
class Mail:
    """What is kept of a mail. Everything in it is text of strangers, but none that acts: no control character
    but LF and TAB in ``text``, none in the others."""

    message_id: str | None
    """With its angle brackets."""
    references: tuple[str, ...]
    """``References``, then ``In-Reply-To``: the oldest first, each once, the newest hundred."""
    in_reply_to: str | None
    subject: str
    from_: Address
    """Both empty where nobody is named."""
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    bcc: tuple[Address, ...]
    date: datetime | None
    """In UTC: the ``Date`` header, or ``received`` where that is missing, before 1990, or more than two days later
    than ``received``. Without ``received`` it may lie in the future."""
    received: datetime | None
    """In UTC, by the newest ``Received``, which the mailbox's own server wrote."""
    text: str
    is_cut: bool
    """Whether there was more text than is kept."""
    is_encrypted: bool
    """Whether a part of it, or all, can be read with somebody's key only."""
    attachments: tuple[Attachment, ...]
    headers: Mapping[str, str]
    """Those of KEPT that the mail has, by their names in lower case."""
    has_calendar: bool
    is_report: bool
    """Whether a mail system tells what became of a mail (RFC 3462)."""


def parse(raw: bytes) -> Mail:
    """What is kept of the mail ``raw``; raises UnreadableMail and nothing else.

    Meant for hostile bytes: the time is linear in their number, the memory a few times as much.
    """
    if len(raw) > MAX_MAIL:
        raise UnreadableMail(f"it is larger than {MAX_MAIL // 1024 // 1024} MB")
    try:
        fields, top = parts.read(_with_line_feeds(raw))
        mail = _mail(fields, body.read(top)) if fields else None
    except Exception as error:
        # No input is known that comes here. One that does costs itself, and not the mails after it.
        raise UnreadableMail(f"{type(error).__name__} while it was read") from None
    if mail is None:
        raise UnreadableMail("it has no header")
    return mail


def _with_line_feeds(raw: bytes) -> bytes:
    """Some relays make CR CR LF of a line's end. A pattern would take fifty times the memory of the mail."""
    return raw.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _mail(fields: headers.Fields, content: body.Body) -> Mail:
    answered = _ids(fields, "in-reply-to")
    received = _received(fields)
    return Mail(
        message_id=next(iter(_ids(fields, "message-id")), None),
        references=tuple(dict.fromkeys([*_ids(fields, "references"), *answered]))[-_MAX_REFERENCES:],
        in_reply_to=next(iter(answered), None),
        subject=_shown(headers.first(fields, "subject"), _MAX_SUBJECT),
        from_=_sender(fields),
        reply_to=addresses.read(headers.values(fields, "reply-to")),
        to=addresses.read(headers.values(fields, "to")),
        cc=addresses.read(headers.values(fields, "cc")),
        bcc=addresses.read(headers.values(fields, "bcc")),
        date=_date(fields, received),
        received=received,
        text=content.text,
        is_cut=content.is_cut,
        is_encrypted=content.is_encrypted,
        attachments=content.attachments,
        headers={name: _shown(value, _MAX_VALUE) for name in KEPT if (value := headers.first(fields, name))},
        has_calendar=content.has_calendar,
        is_report=content.is_report,
    )


def _shown(value: str, limit: int) -> str:
    return one_line(headers.decode_words(value), limit)


def _ids(fields: headers.Fields, name: str) -> list[str]:
    return [one for value in headers.values(fields, name) for one in headers.message_ids(value)]


def _sender(fields: headers.Fields) -> Address:
    named = addresses.read_one(headers.values(fields, "from"))
    if named.address:
        return named
    instead = addresses.read_one([*headers.values(fields, "sender"), *headers.values(fields, "return-path")])
    return Address(named.name or instead.name, instead.address)


def _received(fields: headers.Fields) -> datetime | None:
    received = headers.values(fields, "received", _MAX_RECEIVED)
    moments = (headers.moment(value.rpartition(";")[2]) for value in received)
    return next((moment for moment in moments if moment and moment >= _OLDEST), None)


def _date(fields: headers.Fields, received: datetime | None) -> datetime | None:
    date = headers.moment(headers.first(fields, "date"))
    if date is None or date < _OLDEST or (received is not None and date > received + _AHEAD):
        return received
    return date
