"""Header fields (RFC 5322), what is encoded in them (RFC 2047, RFC 2231), ids and dates."""

import binascii
import re
import urllib.parse
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Final

from rcmail.mail.mime import charsets, transfer
from rcmail.mail.mime.text import one_line

Fields = list[tuple[str, str]]
"""Names in lower case, values unfolded and not yet decoded by RFC 2047, in the order of the mail."""

MAX_FIELD: Final = 16_000
_MAX_FIELDS: Final = 1000
_MAX_LINES: Final = 10_000
_MAX_ID: Final = 998  # a line of RFC 5322
_NAME: Final = re.compile(rb"([!-9;-~]{1,100})[ \t]*:")
# So many lines after one that is no field a field is looked for, before it is taken for the beginning of the text.
_LOOK_AHEAD: Final = 5

_ENCODED_WORD: Final = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,40})?\?([bq])\?([^?]*+)\?=", re.IGNORECASE)
_PARAMETER: Final = re.compile(r""";\s*+([^\s=;"]++)\s*+=\s*+("(?:[^"\\]|\\.)*+"?|[^;]*+)""")
_MAX_CONTINUED: Final = 100
_ID: Final = re.compile(rf"<[^<>]{{1,{_MAX_ID}}}>")


def read_fields(raw: bytes, start: int, end: int, *, is_top: bool) -> tuple[Fields, int]:
    """The fields that begin at ``start``, and where the body begins. ``raw`` has its lines ended by LF.

    A line that is no field does not end them where more of them follow.
    """
    fields: list[tuple[str, bytearray]] = []
    position, lines = start, 0
    while position < end and lines < _MAX_LINES:
        lines += 1
        stop = _line_end(raw, position, end)
        line = raw[position : min(stop, position + MAX_FIELD)]
        if not line:
            return _decoded(fields), min(stop + 1, end)
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1][1].extend(line[: max(0, MAX_FIELD - len(fields[-1][1]))])
        elif (found := _NAME.match(line)) and len(fields) < _MAX_FIELDS:
            fields.append((found[1].decode("ascii").lower(), bytearray(line[found.end() :])))
        elif not found and not _is_field_ahead(raw, stop + 1, end, is_needed=bool(fields) or is_top):
            return _decoded(fields), position
        position = stop + 1
    blank = raw.find(b"\n\n", max(start, position - 1), end)
    return _decoded(fields), end if blank < 0 else blank + 2


def _line_end(raw: bytes, position: int, end: int) -> int:
    stop = raw.find(b"\n", position, end)
    return end if stop < 0 else stop


def _is_field_ahead(raw: bytes, position: int, end: int, *, is_needed: bool) -> bool:
    for _ in range(_LOOK_AHEAD if is_needed else 0):
        stop = _line_end(raw, position, end)
        if position >= stop:
            return False
        if _NAME.match(raw, position, min(stop, position + MAX_FIELD)):
            return True
        position = stop + 1
    return False


def _decoded(fields: list[tuple[str, bytearray]]) -> Fields:
    return [(name, charsets.decode(bytes(value)).strip()) for name, value in fields]


def values(fields: Fields, name: str, limit: int = 5) -> list[str]:
    return list(islice((value for key, value in fields if key == name), limit))


def first(fields: Fields, name: str) -> str:
    return next((value for key, value in fields if key == name), "")


def decode_words(value: str) -> str:
    """``value`` with its encoded words read; neighbours are joined first: a character may be split."""
    if "=?" not in value:
        return value
    pieces: list[str] = []
    pending, charset, position = b"", "", 0
    for word in _ENCODED_WORD.finditer(value):
        between = value[position : word.start()]
        if pending and (between.strip() or word[1].lower() != charset):
            pieces.append(charsets.decode(pending, charset))
            pending = b""
        if between.strip() or not position:
            pieces.append(between)
        pending, charset, position = pending + _word(word[2], word[3]), word[1].lower(), word.end()
    return "".join([*pieces, charsets.decode(pending, charset), value[position:]])


def _word(encoding: str, text: str) -> bytes:
    data = text.encode(errors="replace")
    return transfer.base64(data) if encoding in "bB" else binascii.a2b_qp(data, header=True)


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """The value before the first ``;`` in lower case, and the parameters, continued ones joined (RFC 2231)."""
    found: dict[str, str] = {}
    for name, text in _PARAMETER.findall(value):
        found.setdefault(name.lower(), _unquoted(text))
    plain = {name: decode_words(text) for name, text in found.items() if "*" not in name}
    for name in {name.partition("*")[0] for name in found if "*" in name}:
        plain.setdefault(name, _continued(found, name))
    return value.partition(";")[0].strip().lower(), plain


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:].removesuffix('"')) if text.startswith('"') else text.strip()


def _continued(found: dict[str, str], name: str) -> str:
    charset, data = "", b""
    for number in range(_MAX_CONTINUED):
        is_whole = f"{name}*" in found
        encoded = found.get(f"{name}*" if is_whole else f"{name}*{number}*")
        if encoded is not None:
            if not number and encoded.count("'") >= 2:
                charset, _, encoded = encoded.split("'", 2)
            data += urllib.parse.unquote_to_bytes(encoded)
        elif (plain := found.get(f"{name}*{number}")) is not None:
            data += plain.encode(errors="replace")
        if is_whole or (encoded is None and plain is None):
            break
    return charsets.decode(data, charset)


def message_ids(value: str) -> list[str]:
    """Each with its angle brackets, also where the sender forgot them."""
    found = _ID.findall(value) or [f"<{word}>" for word in value.split() if "@" in word and len(word) < _MAX_ID]
    return [text for text in (one_line(text, _MAX_ID).replace(" ", "") for text in found) if len(text) > 2]


def moment(value: str) -> datetime | None:
    """A date by RFC 5322 in UTC; None for what is none."""
    try:
        date = parsedate_to_datetime(value[:200])
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
