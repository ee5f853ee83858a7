"""Parts of a month in which one comes: “Ende März”, “eind december”, “at the end of May”, “début juin”."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from rcmail.mail.mentions.dates import MONTH, MONTH_OF, YEAR, Found, year_meant
from rcmail.mail.mentions.soon import is_of_coming

# What counts as one of them begins and ends generously.
_DAYS: Final = {"begin": range(1, 14), "middle": range(8, 24), "end": range(18, 32)}
_WORDS: Final = {
    "begin": r"begin|anfang|(?:the )?(?:beginning|start) of|early(?: in)?|debut",
    "middle": r"half|medio|midden|mitte|(?:the )?middle of|mid|(?:a la )?mi",
    "end": r"eind|einde|ende|(?:the )?end of|late(?: in)?|(?:la )?fin",
}
_PARTS: Final = [
    (re.compile(rf"(?<![\w-])(?:{words})[ -](?:d'|de |van )?(?P<month>{MONTH}){YEAR}"), _DAYS[part])
    for part, words in _WORDS.items()
]


def parts_of_months(small: str, written: date) -> Iterator[Found]:
    """Those in a text of the day ``written``, with the days that may be meant."""
    for form, wanted in _PARTS:
        for match in form.finditer(small):
            if is_of_coming(match):
                month = MONTH_OF[match["month"]]
                first = date(year_meant(month, match["year"], written), month, 1)
                days = (first + timedelta(days=each - 1) for each in wanted)
                yield *match.span(), "days", frozenset(day for day in days if day.month == month)
