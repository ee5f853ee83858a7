"""Days in bare digits: “on 21/11”, “op 5-12”, “le 25.10”.

What stands before and after them tells that they are no half, size or score. The day is before the month, in
English also after it where it can be nothing else.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from rcmail.mail.mentions.dates import DONE, LONG, Found, meant

# “Am 5-12” is a day; “bis 5-12” may be anything, “bis 5/12” is one.
_SURE: Final = r"(?:on|op|am|vom|zum|den|dem|le|au|du)"
_WEAK: Final = (
    r"(?:van|von|tot|vanaf|na|voor|t/m|bis|ab|nach|until|till|by|before|after|from|jusqu'au|des le|avant le)"
)
_AND: Final = r"(?<=\d)(?:,|\s(?:en|und|and|et|of|oder|or|ou))"
_DAY: Final = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_MONTH: Final = r"(?P<month>0?[1-9]|1[0-2])"
# What is measured, counted or an hour; and what a part is taken of.
_NO_MORE: Final = (
    r"(?![\w/:%°€£$\"]|[.,-]\d|-\w|\s?(?:[€£$%\"]|(?:uur|uhr|u|h|heures?|hours?|hrs|stunden?|am(?! [a-z]{5})|pm"
    r"|[ap]\.m|o'clock|min\w{0,5}|euros?|eur|jaar|jahren?|years?|ans|maanden|monaten?|months|weken|wochen|weeks|semaines"
    r"|dagen|tagen?|days|jours|personen|people|personnes|stuks|stuck|volt|v|ghz|mhz|bar|watt|w|[cmk]?m|meter|metres?|km"
    r"|k?g|l|liter|litres?|inch|zoll|pouces?|punten|points|procent|prozent|percent|times|keer|mal|fois|x|basis)(?!\w))"
    r"|,?\s(?:rue|avenue|place|boulevard|chemin|quai|allee|impasse|cours)(?!\w))"
)
_PARTS: Final = frozenset(["1/2", "1/3", "2/3", "1/4", "3/4", "1/8", "24/7"])
# “Op 2-3 plekken” is no day, “op 5-12 in de zaal” is one.
_DONE: Final = re.compile(
    rf"{DONE}|\s(?:in|langs|zijn|ben|is|kunt?|terecht|open|weer|bij|a|chez|nous|sind|are|we|at)(?!\w)"
)
_FORMS: Final = [
    re.compile(pattern)
    for pattern in (
        rf"(?<!\w)(?P<sure>{_SURE})\s{_DAY}(?P<mark>[./-]){_MONTH}{_NO_MORE}",
        rf"(?:(?<!\w){_WEAK}\s|{_AND}\s|(?:{LONG})\s\(|\((?=1[3-9]|2\d|3[01])){_DAY}(?P<mark>[/]){_MONTH}{_NO_MORE}",
        rf"(?<!\w)(?:on|by|until|till|before|after|from)\s{_MONTH}(?P<mark>/)(?P<day>1[3-9]|2\d|3[01]){_NO_MORE}",
    )
]


def digits(small: str, written: date) -> Iterator[Found]:
    """The days in a text of the day ``written`` that is ``plain`` and ``small``."""
    for form in _FORMS:
        for match in form.finditer(small):
            start = min(match.start("day"), match.start("month"))
            is_bare = match["mark"] == "-" or small[start : match.end()] in _PARTS
            is_day = not is_bare or (match.groupdict().get("sure") and _DONE.match(small, match.end()))
            if is_day and (day := meant(match["day"], int(match["month"]), None, written)):
                yield start, match.end(), "date", day
