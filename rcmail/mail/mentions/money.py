"""Amounts of money, in euros."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from rcmail.mail.mentions.dates import Found
from rcmail.mail.mentions.numbers import NUMBERS, pattern

_AMOUNT: Final = r"(?:\d{1,3}(?:[. ]\d{3}){1,2}|\d{1,6})(?:[.,](?:\d{1,2}(?!\d)|-{1,2}))?"
_UNIT: Final = r"(?:€|euro's|euros?(?!\w)|eur(?!\w))"
_TO: Final = r"\s?(?:-|tot|bis|to|a|of|or|oder|ou|en|und|and|et)\s?"
_AFTER: Final = re.compile(
    rf"(?<![\w.,])(?:(?P<first>{_AMOUNT})(?:\s?€)?{_TO})?(?P<amount>{_AMOUNT}|{pattern(100)})\s?-?\s?{_UNIT}"
)
_BEFORE: Final = re.compile(
    rf"(?<!\w)(?:€|euro|eur)\s?(?P<amount>{_AMOUNT})(?:\s?-\s?(?P<last>{_AMOUNT}))?(?![\d:])"
)
_CENTS: Final = re.compile(rf"(?<![\w.,])(?P<amount>\d{{1,3}}|{pattern(60)})\s?(?:euro)?(?:cents?|ct)(?!\w)")


def money(small: str) -> Iterator[Found]:
    """The amounts in a text that is ``plain`` and ``small``."""
    for match in _AFTER.finditer(small):
        if match["first"]:
            yield *match.span("first"), "money", _euros(match["first"])
        yield match.start("amount"), match.end(), "money", _euros(match["amount"])
    for match in _BEFORE.finditer(small):
        yield match.start(), match.end("amount"), "money", _euros(match["amount"])
        if match["last"]:
            yield *match.span("last"), "money", _euros(match["last"])
    for match in _CENTS.finditer(small):
        yield *match.span(), "money", _euros(match["amount"]) / 100


def _euros(text: str) -> Decimal:
    if text in NUMBERS:
        return Decimal(NUMBERS[text])
    text = text.rstrip("-.,").replace(" ", "")
    whole, mark, rest = text.replace(",", ".").rpartition(".")
    if mark and len(rest) < 3:
        return Decimal(f"{whole.replace('.', '')}.{rest}")
    return Decimal(text.replace(".", "").replace(",", "."))
