"""A large message put together from what Gmail says of its parts: the text of each, of attachments the names.

https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages#MessagePart
"""

import re
import secrets
from base64 import urlsafe_b64decode
from collections.abc import Iterator, Mapping
from typing import Any, Final

from rcmail.mailbox.base import MAX_BYTES

_DEEPEST: Final = 30
_NAME: Final = re.compile(r"[!-9;-~]{1,100}")
_KIND: Final = re.compile(r"[a-z0-9.+_-]{1,80}/[a-z0-9.+_-]{1,80}")
_CHARSET: Final = re.compile(r""";\s*charset\s*=\s*("[^"]*"|[^;\s]*)""", re.IGNORECASE)
# What says how a body is to be read: each part gets its own, as it is here.
_OF_BODIES: Final = ("content-", "mime-version")


def put_together(payload: Mapping[str, Any]) -> bytes:
    """RFC 5322 bytes, MAX_BYTES at most, of a message's ``payload`` in the format ``full`` or ``metadata``."""
    head = [_field(name, value) for name, value in _headers(payload) if not name.lower().startswith(_OF_BODIES)]
    content = bytearray().join([*head, b"MIME-Version: 1.0\r\n"])
    # Nobody who wrote a part can know it.
    for piece in _pieces(payload, f"rcmail-{secrets.token_hex(16)}", 0):
        content += piece
        if len(content) >= MAX_BYTES:
            break
    return bytes(content[:MAX_BYTES])


def _pieces(part: Mapping[str, Any], boundary: str, depth: int) -> Iterator[bytes]:
    """The part: the fields of its own, an empty line, its body."""
    kind = str(part.get("mimeType", "")).lower()
    parts = part.get("parts")
    if kind.startswith("multipart/") and _KIND.fullmatch(kind) and isinstance(parts, list) and depth < _DEEPEST:
        own = f"{boundary}-{depth}"
        yield f'Content-Type: {kind}; boundary="{own}"\r\n\r\n'.encode()
        for each in parts:
            if isinstance(each, dict):
                yield f"\r\n--{own}\r\n".encode()
                yield from _pieces(each, boundary, depth + 1)
        yield f"\r\n--{own}--\r\n".encode()
    elif kind.startswith("text/"):
        data = _data(part)
        yield _field("Content-Type", _text_type(part, data))
        yield b"Content-Transfer-Encoding: 8bit\r\n"
        yield from _named(part, "content-disposition")
        yield b"\r\n"
        yield data
    else:
        yield from _named(part, "content-type", "content-disposition", "content-id")
        yield b"\r\n"


def _text_type(part: Mapping[str, Any], data: bytes) -> str:
    """The part's own type, with the charset that its bytes are in: as they were sent, or UTF-8.

    Google says neither that it converts a text nor that it does not. What is no ASCII and reads as UTF-8 is in it.
    """
    told = next((value for name, value in _headers(part) if name.lower() == "content-type"), "text/plain")
    if data.isascii():
        return told
    try:
        data.decode()
    except UnicodeDecodeError:
        return told
    return f'{_CHARSET.sub("", told)}; charset="utf-8"'


def _data(part: Mapping[str, Any]) -> bytes:
    body = part.get("body")
    data = body.get("data") if isinstance(body, dict) else None
    if not isinstance(data, str) or not data.isascii():
        return b""
    return decoded(data)


def decoded(text: str) -> bytes:
    """The bytes of ``text`` in base64url, with padding or without; in slices, so that it costs little more than
    those. Raises ValueError where it is none."""
    size = 64 * 1024
    slices = (text[start : start + size] for start in range(0, len(text), size))
    return b"".join(urlsafe_b64decode(each + "=" * (-len(each) % 4)) for each in slices)


def _headers(part: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    headers = part.get("headers")
    for each in headers if isinstance(headers, list) else []:
        name, value = (each.get("name"), each.get("value")) if isinstance(each, dict) else (None, None)
        if isinstance(name, str) and isinstance(value, str) and _NAME.fullmatch(name):
            yield name, value


def _named(part: Mapping[str, Any], *names: str) -> Iterator[bytes]:
    return (_field(name, value) for name, value in _headers(part) if name.lower() in names)


def _field(name: str, value: str) -> bytes:
    """On one line: what a stranger wrote becomes no field of its own."""
    return f"{name}: {' '.join(value.split())}\r\n".encode("utf-8", "replace")
