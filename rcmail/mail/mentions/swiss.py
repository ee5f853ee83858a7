"""Amounts as they are written in Switzerland: “Fr. 25.-”, “25.--”, “25 Fr.”; of a ``plain`` and ``small`` text."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from rcmail.mail.mentions.dates import MONTH, Found
from rcmail.mail.mentions.money import Amount

_AMOUNT: Final = r"(?P<amount>\d{1,5})(?P<rest>\.\d\d)?"
# “1.-3. Dezember” is no price.
_DASH: Final = r"[.,]-{1,2}(?![\w-]|\s?\d)"
_FORMS: Final = [
    re.compile(pattern)
    for pattern in (
        rf"(?<![\w.,:-])(?P<unit>(?:s?fr\.?|chf)\s?)?{_AMOUNT}{_DASH}",
        rf"(?<![\w.,:-]){_AMOUNT}\s?(?P<unit>s?fr)(?![\w-]|\.?\s?\d)",
    )
]
# “Fr. 25” may be a Friday.
_DOUBTFUL: Final = re.compile(
    rf"(?<!\w)(?P<unit>fr\.?)\s?{_AMOUNT}(?![\w:-]|[.,]\d|\.?\s?(?:\d|-|{MONTH}|uhr|bis|h(?!\w)))"
)
_PAID: Final = re.compile(r"(?<!\w)(?:kost|bezahl|zahl|preis|fur|pro|kommt auf|macht |cout|prix|pour|paye|paie)")
_AROUND: Final = 40


def swiss(small: str) -> Iterator[Found]:
    """The amounts; one that names no francs is of the country's."""
    for form in _FORMS:
        yield from map(_found, form.finditer(small))
    for match in _DOUBTFUL.finditer(small):
        if _PAID.search(small[max(0, match.start() - _AROUND) : match.end() + _AROUND]):
            yield _found(match)


def _found(match: re.Match[str]) -> Found:
    number = Decimal(match["amount"] + (match["rest"] or ""))
    return *match.span(), "money", Amount(number, "CHF" if match["unit"] else "")
