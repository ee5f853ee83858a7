"""Whether a draft is as rcmail wrote it, by what Gmail keeps of it as it is.

A draft that was opened and saved in Gmail comes back as another message: with HTML beside the text, a Message-ID
of Gmail's, and without our own field. One that nobody touched says the same to the same person, however its fields
are folded and ordered and its text is encoded. The sender is not compared: Gmail may put the account's own there.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from typing import Final

# A draft of ours has some 100 kB at most; what is longer is somebody else's work.
_MOST: Final = 1024 * 1024
_MOST_PARTS: Final = 50
_FIELD: Final = 16 * 1024
_TO: Final = ("to", "cc", "bcc")


def digest(content: bytes) -> str:
    """The same for each form of the same draft; of what is too long for one, that of its bytes."""
    if len(content) > _MOST:
        return hashlib.sha256(content).hexdigest()
    message = _parsed(content)
    said = [
        *([sorted(address.lower() for _, address in getaddresses(_fields(message, name)))] for name in _TO),
        [_decoded(each) for name in ("subject", "in-reply-to") for each in _fields(message, name)],
        list(_parts(message)),
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def message_id_of(content: bytes) -> str:
    """That of a draft of ours."""
    return next(iter(_fields(_parsed(content), "message-id")), "").strip()


def _parsed(content: bytes) -> Message:
    return message_from_bytes(content, policy=policy.compat32)


def _fields(message: Message, name: str) -> list[str]:
    """The values of the fields of this ``name``, unfolded."""
    values = (str(value) for key, value in message.raw_items() if key.lower() == name)
    return ["".join(value[:_FIELD].splitlines()) for value in values]


def _decoded(value: str) -> str:
    """Encoded words (RFC 2047) as what they say, and UTF-8 that stands there as it is (RFC 6532)."""
    said = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    with suppress(HeaderParseError, LookupError, ValueError):
        said = str(make_header(decode_header(said)))
    return " ".join(said.split())


def _parts(message: Message) -> Iterator[str]:
    """What each part is, and what it says; of one that is no text, its name and its bytes."""
    for number, part in enumerate(each for each in message.walk() if not each.is_multipart()):
        if number == _MOST_PARTS:
            return
        data = part.get_payload(decode=True)
        kind = part.get_content_type()
        yield f"{kind} {_text(part, data)}" if kind.startswith("text/") else f"{kind} {data!r}"


def _text(part: Message, data: object) -> str:
    """Without spaces at the ends of its lines, and without empty lines at its end."""
    charset = str(part.get_content_charset("utf-8"))
    content = data if isinstance(data, bytes) else b""
    try:
        text = content.decode(charset)
    except (LookupError, ValueError):
        text = content.decode("latin-1")
    return "\n".join(line.rstrip() for line in text.splitlines()).rstrip("\n")
