"""An approved draft as the mail that is written to the mailbox: RFC 5322, with the visitor's mail quoted below."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from rcmail.mail.mime.text import one_line
from rcmail.mail.subject import own_subject

# Words that mean in a header what they say.
_PLAIN: Final = re.compile(r"(?:Re:)?[A-Za-z0-9 ]{0,60}")
# Printable, without a space: what Message-IDs look like that lead anywhere, and no line end among it (RFC 5322).
_ID: Final = re.compile(r"<[!-;=?-~]{1,500}>")
# The first message of a thread, and so many of the newest: RFC 5322 sets no limit, relays do.
_REFERENCES: Final = 30
_NAME: Final = 80
_SUBJECT: Final = 204
# Letters of the visitor's mails that are quoted.
_QUOTED: Final = 20_000
_CUT: Final = "> […]"
# As mail programs write it: in figures, so that the pages' process needs no calendar of four languages.
_ATTRIBUTION: Final = {
    "nl": "Op {:%d-%m-%Y om %H:%M} schreef {}:",
    "de": "Am {:%d.%m.%Y um %H:%M} schrieb {}:",
    "en": "On {:%d/%m/%Y at %H:%M}, {} wrote:",
    "fr": "Le {:%d/%m/%Y à %H:%M}, {} a écrit :",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A mail of the visitor's, as an answer names and quotes it."""

    name: str
    address: str
    written: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be written. ``asked`` are the mails that it answers, the oldest first."""

    draft_id: str
    """Of ``X-Rcmail-Draft``."""
    message_id: str
    dated: datetime
    from_address: str
    to_name: str
    to_address: str
    subject: str
    in_reply_to: str | None
    references: Sequence[str]
    text: str
    language: str
    """One of nl, de, en, fr."""
    asked: Sequence[Asked]


def content(letter: Letter) -> bytes:
    """Its bytes, the same each time. Nothing that a visitor wrote can become a header field of its own."""
    message = EmailMessage(policy=SMTP)
    text = f"{letter.text}\n\n{quoted(letter.asked, letter.language)}\n"
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    return _head(letter) + bytes(message)


def quoted(asked: Iterable[Asked], language: str) -> str:
    """The visitor's mails below an answer, the newest first, each under a line that says whose it is."""
    blocks: list[str] = []
    room = _QUOTED
    for each in reversed(list(asked)):
        if room <= 0:
            break
        lines = [f"> {line}".rstrip() for line in each.text[:room].split("\n")]
        cut = [_CUT] if len(each.text) > room else []
        blocks.append("\n".join([_attribution(each, language), *lines, *cut]))
        room -= len(each.text)
    return "\n\n".join(blocks)


def _attribution(asked: Asked, language: str) -> str:
    """With the year, which is what marks it as a mail program's line."""
    name = one_line(asked.name, _NAME).strip("<>")
    who = f"{name} <{asked.address}>" if name else asked.address
    return _ATTRIBUTION[language].format(asked.written.astimezone(), who)


def _head(letter: Letter) -> bytes:
    """The fields, but for MIME's.

    Not the standard library's: it encodes a long id, and of an encoded word in what it is given it makes what that
    says, line ends and all (CVE-2024-6923 and its like).
    """
    references = [each for each in letter.references if _ID.fullmatch(each)]
    if len(references) > _REFERENCES:
        references = [references[0], *references[-_REFERENCES + 1 :]]
    fields = {
        "From": mailbox("", letter.from_address),
        "To": mailbox(letter.to_name, letter.to_address),
        "Subject": one_field(f"Re: {own_subject(letter.subject)}"),
        "Date": format_datetime(letter.dated),
        "Message-ID": letter.message_id,
        "In-Reply-To": letter.in_reply_to if _ID.fullmatch(letter.in_reply_to or "") else None,
        "References": "\r\n ".join(references),
        "X-Rcmail-Draft": letter.draft_id,
        "X-Unsent": "1",  # Outlook opens it to be sent, not to be read
    }
    return "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value).encode()


def mailbox(name: str, address: str) -> str:
    """Somebody in a header field, RFC 5322; an address beyond ASCII stands there as it is, RFC 6532."""
    local, _, domain = address.rpartition("@")
    spec = Address("", local, domain).addr_spec
    return f"{one_field(name, _NAME)}\r\n <{spec}>" if one_line(name, _NAME) else spec


def one_field(text: str, most: int = _SUBJECT) -> str:
    """``text``, ``most`` letters of it, as it stands where it is plain words, else as encoded words on lines of
    their own (RFC 2047)."""
    text = one_line(text, most).rstrip()
    return text if _PLAIN.fullmatch(text) else Header(text, "utf-8", maxlinelen=70).encode(linesep="\r\n")
