"""Amounts of money, in signs, codes and words: “£6.50”, “CHF 7”, “neun Euro fünfzig”, “a tenner”."""

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from rcmail.mail.mentions.dates import Found
from rcmail.mail.mentions.numbers import TO_A_HUNDRED


class Amount(NamedTuple):
    """``currency`` is its code; empty where nobody says it: a tenner is one of the country's."""

    number: Decimal
    currency: str = "EUR"


_CODES: Final = {
    "EUR": "€ eur euro euros euro's",
    "GBP": "£ gbp quid pound pounds pond ponden pfund livre livres",
    "USD": "$ us$ usd dollar dollars bucks",
    "CHF": "chf sfr franken francs",
}
_CODE_OF: Final = {word: code for code, words in _CODES.items() for word in words.split()}
_CENTS_OF: Final = {
    word: code
    for code, words in {"EUR": "cent cents ct centime centimes", "GBP": "pence penny p", "CHF": "rappen"}.items()
    for word in words.split()
}
_AMOUNT: Final = r"(?:\d{1,3}(?:[., ]\d{3}(?!\d)){1,2}|\d{1,6})(?:[.,](?:\d{1,2}(?!\d)|-{1,2}))?"
_WORD: Final = r"(?:(?:vingt|trente|quarante|cinquante|soixante) et un|[a-z][a-z-]{1,24})"
_UNIT: Final = (
    r"(?P<unit>[€£$](?!\d)|us\$|euro's|(?:euros?|eur|gbp|quid|pounds?|ponden|pond|pfund|livres?|usd|dollars?|bucks|chf"
    r"|sfr|franken|francs)(?!\w))(?P<sterling>\ssterling(?!\w))?"
)
_TO: Final = r"\s?(?:-|tot|bis|to|a|of|or|oder|ou|en|und|and|et)\s?"
_REST: Final = (
    r"(?:\s(?P<rest>\d\d|[a-z-]{3,24})"
    r"(?=\s{0,2}(?:[.,;:!?)](?!\d)|$|\n)|\s(?:each|per|pro|par|voor|fur|for|pour|das|an?|und|en|and|et)(?!\w)))?"
)
_AFTER: Final = re.compile(
    rf"(?<![\w.,])(?:(?P<first>{_AMOUNT})(?:\s?[€£$])?{_TO}"
    r"|(?P<word>[a-z]{2,12})\s(?:tot|bis|to|a|of|or|oder|ou)\s)?"
    rf"(?P<amount>{_AMOUNT}|{_WORD}|a(?=\s(?:pound|quid)))\s?-?\s?{_UNIT}{_REST}"
)
_BEFORE: Final = re.compile(
    rf"(?<!\w)(?P<unit>[€£$]|us\$|(?:euro|eur|gbp|usd|chf|sfr)(?!\w)\.?|eur(?=\d))\s?(?P<amount>{_AMOUNT})"
    rf"(?:\s?-\s?(?P<last>{_AMOUNT}))?(?![\d:])"
)
_CENTS: Final = re.compile(
    rf"(?<![\w.,])(?:(?P<amount>\d{{1,3}}|{_WORD})\s?(?:euro)?(?P<unit>cents?|ct|centimes?|pence|penny|rappen)"
    r"|(?P<digits>\d{1,2})p)(?!\w|\.m|-\w)"
)
# “Een pond of zeven” is about seven.
_ABOUT: Final = re.compile(
    rf"(?<!\w)een (?:{_UNIT}|(?P<ten>tientje)) of (?P<amount>\d{{1,3}}|[a-z]{{3,12}})(?!\w)"
)
_ROUND: Final = {
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40,
    "cinquantaine": 50, "soixantaine": 60, "centaine": 100, "tiental": 10, "twintigtal": 20, "vijftigtal": 50,
    "honderdtal": 100, "dozen": 12, "dutzend": 12,
}  # fmt: skip
_ROUNDLY: Final = re.compile(rf"(?<!\w)(?P<amount>{'|'.join(_ROUND)})\s(?:d'|de\s)?{_UNIT}")
_NOTES: Final = {"fiver": 5, "tenner": 10, "tientje": 10, "vijfje": 5, "twintigje": 20, "vijftigje": 50}
_NOTE: Final = re.compile(rf"(?<!\w)(?:(?P<times>\d|[a-z]{{2,6}})\s)?(?P<note>{'|'.join(_NOTES)})s?(?!\w)")
_PAPER: Final = re.compile(r"(?<!\w)(?:briefje|biljet|billet) (?:van|de) (?P<amount>\d{1,3}|[a-z]{3,12})(?!\w)")
# Also a spanner of that size; so only where something is paid.
_GERMAN: Final = {"funfer": 5, "zehner": 10, "zwanziger": 20, "funfziger": 50}
_GERMAN_NOTE: Final = re.compile(
    rf"(?<!\w)(?:einen|'?nen|(?P<times>zwei|drei)) (?P<note>{'|'.join(_GERMAN)})"
    r"(?![\w-]| (?:schlussel|nuss|bit|inbus))"
)
_PAID: Final = re.compile(
    r"(?<!\w)(?:kost|bezahl|zahl|spend|geb|gib|kasse|dose|glas|sparschwein|topf|preis|leg|euro)"
)
# A pound is half a kilo as well, of something mostly; and a “livre” is a book.
_WEIGHS: Final = re.compile(r"weeg|wegen|weigh|wieg|zwaar|heav|schwer|gewicht|pounds? of")
_PRICED: Final = re.compile(
    r"\s{0,2}(?:[^\w\s]|$|\n)|\s(?:per|voor|fur|pro|je|und|en|of|oder|in|bij|bei|is|zijn|kost\w{0,2}|extra|te|ist|sind|mit"
    r"|met|aan|an|das|op)(?!\w)"
)
_COSTS: Final = re.compile(r"cout|pay|prix|tarif|factur")
_AROUND: Final = 40


def money(small: str) -> Iterator[Found]:
    """The amounts in a text that is ``plain`` and ``small``; of two readings the longer comes first."""
    yield from _in_passing(small)
    for match in _AFTER.finditer(small):
        if _is_money(match):
            yield from _after(match)
    for match in _BEFORE.finditer(small):
        code = _CODE_OF[match["unit"].rstrip(".")]
        yield match.start(), match.end("amount"), "money", Amount(_number(match["amount"]), code)
        if match["last"]:
            yield *match.span("last"), "money", Amount(_number(match["last"]), code)
    for match in _CENTS.finditer(small):
        if (number := _said(match["amount"] or match["digits"])) is not None:
            yield *match.span(), "money", Amount(number / 100, _CENTS_OF[match["unit"] or "p"])


def is_among(amount: Amount, known: Collection[Amount]) -> bool:
    """Whether ``amount`` is one of ``known``, as far as their currencies are said."""
    return amount in known or any(
        each.number == amount.number and "" in (each.currency, amount.currency) for each in known
    )


def _after(match: re.Match[str]) -> Iterator[Found]:
    """Of “three to five euros” both."""
    code, number = _CODE_OF[match["unit"]], _said(match["amount"])
    for group in ("first", "word"):
        if match[group] and (first := _said(match[group])) is not None:
            yield *match.span(group), "money", Amount(first, code)
    rest = _said(match["rest"]) if match["rest"] else None
    if number is not None and rest is not None:
        yield match.start("amount"), match.end("rest"), "money", Amount(number + rest / 100, code)
    elif number is not None:
        end = max(match.end("unit"), match.end("sterling"))
        yield match.start("amount"), end, "money", Amount(number, code)


def _in_passing(small: str) -> Iterator[Found]:
    """About so much, and notes."""
    for match in _ABOUT.finditer(small):
        number = _said(match["amount"])
        if number is not None and (match["ten"] or _is_money(match)):
            amount = Amount(10 * number, "") if match["ten"] else Amount(number, _CODE_OF[match["unit"]])
            yield *match.span(), "money", amount
    for match in _ROUNDLY.finditer(small):
        if _is_money(match):
            yield *match.span(), "money", Amount(Decimal(_ROUND[match["amount"]]), _CODE_OF[match["unit"]])
    for match in _PAPER.finditer(small):
        if (number := _said(match["amount"])) is not None:
            yield *match.span(), "money", Amount(number, "")
    yield from _notes(small)


def _notes(small: str) -> Iterator[Found]:
    for match in _NOTE.finditer(small):
        times = _said(match["times"]) if match["times"] else None
        start = match.start("note") if times is None else match.start()
        yield start, match.end(), "money", Amount(_NOTES[match["note"]] * (times or Decimal(1)), "")
    for match in _GERMAN_NOTE.finditer(small):
        if _PAID.search(_around(match)):
            times = _said(match["times"]) if match["times"] else None
            yield *match.span(), "money", Amount(_GERMAN[match["note"]] * (times or Decimal(1)), "")


def _around(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _AROUND) : match.end() + _AROUND]


def _is_money(match: re.Match[str]) -> bool:
    """Whether it is no weight, and no book."""
    if match["unit"] in ("pound", "pounds", "pond", "ponden", "pfund") and not match["sterling"]:
        after = match.string[match.end("unit") : match.end("unit") + _AROUND]
        is_english = match["unit"].startswith("pound")
        return not _WEIGHS.search(_around(match)) and (is_english or bool(_PRICED.match(after)))
    is_livre = match["unit"] in ("livre", "livres") and not match["sterling"]
    return not is_livre or bool(_COSTS.search(_around(match)))


def _said(text: str) -> Decimal | None:
    """A number in digits or in words; None where it is none."""
    if text[0].isdigit():
        return _number(text)
    number = 1 if text == "a" else TO_A_HUNDRED.get(text.rstrip("-"))
    return None if number is None else Decimal(number)


def _number(text: str) -> Decimal:
    text = text.rstrip("-.,").replace(" ", "")
    whole, mark, rest = text.replace(",", ".").rpartition(".")
    if mark and len(rest) < 3:
        return Decimal(f"{whole.replace('.', '')}.{rest}")
    return Decimal(text.replace(".", "").replace(",", ""))
