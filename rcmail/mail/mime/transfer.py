"""Content-Transfer-Encoding (RFC 2045 §6), read as leniently as senders need."""

import binascii
import re
from typing import Final

_NOT_BASE64: Final = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
)
_PADDING: Final = re.compile(rb"=+")
_SOFT_BREAK: Final = re.compile(rb"=[ \t]{1,100}\n")
_MAX_PIECES: Final = 1000


def base64(data: bytes) -> bytes:
    """Also of several pieces one after another, each padded or not, the last cut off anywhere.

    What follows an empty line was put there by a mailing list that did not look.
    """
    data = data.strip(b"\n").partition(b"\n\n")[0]
    pieces = _PADDING.split(data.translate(None, _NOT_BASE64), _MAX_PIECES)
    return b"".join(map(_piece, pieces))


def _piece(data: bytes) -> bytes:
    whole = len(data) - (len(data) % 4 == 1)  # six bits alone are no byte
    return binascii.a2b_base64(data[:whole] + b"==")


def quoted_printable(data: bytes) -> bytes:
    """Also with blanks after a soft line break, which relays add (RFC 2045 §6.7, rule 3)."""
    return binascii.a2b_qp(_SOFT_BREAK.sub(b"=\n", data))


def decode(data: bytes, encoding: str) -> bytes:
    if encoding == "base64":
        return base64(data)
    return quoted_printable(data) if encoding == "quoted-printable" else data
