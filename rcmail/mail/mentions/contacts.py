"""How somebody is reached: telephone numbers and addresses of mail."""

import re
from collections.abc import Iterator
from typing import Final

from rcmail.mail.mentions.dates import Found

_ADDRESS: Final = re.compile(
    r"(?<![\w.!#$%&'*+/=?^`{|}~-])[a-z0-9][a-z0-9.!#$%&'*+/=?^_`{|}~-]{0,63}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,20}(?![\w-])"
)
_PHONE: Final = re.compile(r"(?<![\w.,:/€-])(?:\+|\(0|\(\+|0)[\d() ./-]{4,24}\d(?![\w:])")
# What is said to be one may be short, or have no 0 in front.
_CALLED: Final = re.compile(
    r"(?<!\w)(?:tel|telefoon\w{0,8}|telefon\w{0,8}|telephone|phone|mobiel|mobil|handy|gsm|bel|call|ring|appelez|numero)"
    r"[.:]{0,2}\s{1,2}(?:\w{2,6} ){0,2}(?P<number>\d[\d ./-]{4,20}\d)(?![\w:])"
)
_LEAST: Final = 7
_MOST: Final = 15


def addresses(small: str) -> Iterator[Found]:
    """The addresses of mail in a text that is ``plain`` and ``small``."""
    for match in _ADDRESS.finditer(small):
        yield *match.span(), "address", match[0]


def phones(small: str) -> Iterator[Found]:
    """The telephone numbers."""
    for match in _PHONE.finditer(small):
        digits = re.sub(r"\D", "", match[0].replace("(0)", ""))
        if _LEAST <= len(digits) <= _MOST:
            yield *match.span(), "phone", ("+" if match[0].lstrip("(").startswith("+") else "") + digits
    for match in _CALLED.finditer(small):
        digits = re.sub(r"\D", "", match["number"])
        if len(digits) >= _LEAST - 1:
            yield *match.span("number"), "phone", digits
