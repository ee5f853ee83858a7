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
    r"(?<!\w)(?:tel|telefoon\w{0,8}|telefon\w{0,8}|telephone|phone|mobiel|mobil|handy|gsm|bel|call|ring|appelez|numero"
    r"|cell|joindre au|reach us (?:at|on)|bereikbaar op|erreichbar unter|(?:uns|mich) unter)"
    r"\s?[.:]{0,2}\s{1,2}(?:\w{2,6} ){0,2}\(?(?P<number>\d[\d() ./-]{4,20}\d)(?![\w:])"
)
# As in North America: three, three and four digits.
_GROUPED: Final = re.compile(
    r"(?<![\w.,:/€$£+-])(?<!\d )(?<!\d\) )(?<![€$£] )(?:1[ .-]{1,2})?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])"
    r"[2-9]\d\d[ .-]\d{4}(?!\w|[.,:/-]\d| \d{3}|\s?(?:[€$£%°]"
    r"|(?:euros?|eur|usd|cad|dollars?|[mck]?m|k?g|k?w|volt|mah|stuks?|x)(?!\w)))"
)
NO_PHONE: Final = re.compile(
    r"(?<!\w)(?:type|typ|model|modele|modell|serie\w{0,12}|serial|part|onderdeel\w{0,6}|artikel\w{0,6}|article"
    r"|ersatzteil\w{0,6}|bestel\w{0,6}|order|commande|piece|ref\w{0,8}|isbn|ean|barcode)"
    r"[.:]?(?: (?:no|nr|number|nummer|numero|n°|code)[.:]?)?\s{0,2}:?\s{0,2}\(?$"
)
"""Words right before the number of a thing."""
BACK: Final = 40
"""Letters in which these are looked for."""
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
            sign = "+" if match[0].lstrip("(").startswith("+") else ""
            yield *match.span(), "phone", _without_one(sign + digits)
    for match in _GROUPED.finditer(small):
        if not NO_PHONE.search(small[max(0, match.start() - BACK) : match.start()]):
            yield *match.span(), "phone", _without_one(re.sub(r"\D", "", match[0]))
    for match in _CALLED.finditer(small):
        digits = re.sub(r"\D", "", match["number"])
        if len(digits) >= _LEAST - 1:
            yield *match.span("number"), "phone", _without_one(digits)


def _without_one(number: str) -> str:
    """“1-418-…” and “+1 418 …” are the same as “418 …”."""
    return re.sub(r"^\+?1(?=[2-9]\d\d[2-9]\d{6}$)", "", number)
