"""Streets, with a house's number or by their name; of a text that is ``plain``. Capitals tell most of them."""

import re
from collections.abc import Iterator
from typing import Final

from rcmail.mail.mentions.calendar import CALENDAR
from rcmail.mail.mentions.dates import MONTH, Found
from rcmail.mail.mentions.mention import folded

_W: Final = r"[A-Z][\w'-]{1,40}"
# A house's number: what is no hour, no price and no day.
_NUMBER: Final = (
    r"\d{1,4}(?:\s?bis\b|[a-z]\b)?(?:-\d{1,4}\b)?"
    rf"(?!\d|\w|[.:,/-]\d|\s?(?:[€%]|(?i:uur|uhr|u|h|euro|eur|tot|bis|heures?)\b)|\.?\s{{0,3}}(?i:{MONTH}))"
)
_ENDINGS: Final = r"(?:straat|straatje|laan|plein|dijk|gracht|kade|singel|steeg|dreef|stra(?:ß|ss)e|gasse|allee)"
# Of these there are many other words, unless a house's number follows.
_DOUBTFUL: Final = (
    r"(?:weg|hof|pad|markt|platz|str\.|ring|damm|ufer|park|plantsoen|wal|berg|veld|graben|chaussee|promenade)"
)
_ROADS: Final = r"(?:Street|Road|Lane|Avenue|Square|Drive|Way|Close|Crescent|Terrace|Row)"
_FRENCH: Final = r"(?:[Rr]ue|[Aa]venue|[Pp]lace|[Bb]oulevard|[Cc]hemin|[Qq]uai|[Aa]llee|[Ii]mpasse|[Cc]ours)"
_OF: Final = r"(?:d[eu]s?\s(?:la\s|l')?|d'|l')?"
_STREETS: Final = [
    re.compile(pattern)
    for pattern in (
        rf"\b[A-Z][\w'-]{{0,40}}(?:{_ENDINGS}|{_DOUBTFUL})\s{_NUMBER}",
        rf"\b[A-Z][\w'-]{{0,40}}{_ENDINGS}(?!\w)",
        r"\b[A-Z][\w'-]{2,40}(?:weg|platz|markt|hof|park|plantsoen|chaussee)(?![\w-])",
        rf"\b(?:[A-Z][\w-]{{1,20}}\s)?(?:Stra(?:ß|ss)e|Platz|Weg|Allee)\s{_NUMBER}",
        rf"\b(?:Am|An de[rnm]|Auf de[rm]|Im|Zum|Zur|Aan de|Op de)\s{_W}\s{_NUMBER}",
        rf"\b\d{{1,4}}[a-z]?,?\s(?:{_W}\s){{1,3}}{_ROADS}\b",
        rf"\b(?:{_W}\s){{1,3}}(?:Street|Road|Lane|Avenue|Square)\b",
        rf"\b\d{{1,4}}(?:\s?bis)?,?\s{_FRENCH}\s{_OF}{_W}(?:\s{_W}){{0,2}}",
        rf"\b{_FRENCH}\s{_OF}{_W}(?:\s{_W}){{0,2}}(?:,?\s{_NUMBER})?",
    )
]
# Words that end as a street does.
_OTHER: Final = """
    onderweg halverwege snelweg heimweg umweg ruckweg hinweg ausweg fußweg fussweg radweg gehweg feldweg spoorweg
    terugweg heenweg parkplatz arbeitsplatz spielplatz sitzplatz stellplatz stehplatz steckplatz speicherplatz
    dichtring dichtungsring gummiring federring sprengring supermarkt flohmarkt rommelmarkt bouwmarkt baumarkt
    elektromarkt vlooienmarkt kerstmarkt wochenmarkt weihnachtsmarkt innenhof bauernhof bahnhof hauptbahnhof
    busbahnhof recyclinghof wertstoffhof friedhof kerkhof schulhof hinterhof gasthof bauhof speelplein
    schoolplein landstraße landstrasse einbahnstraße einbahnstrasse milieustraat winkelstraat wasstraat
    lagerplatz containerpark freizeitpark pretpark speelpark fuhrpark
"""
_NO_STREETS: Final = frozenset(_OTHER.split())
_ARTICLES: Final = re.compile(r"(?:The|Our|My|Your|This|That)\s")


def streets(plain: str) -> Iterator[Found]:
    """The streets in a text, those with a number first."""
    for form in _STREETS:
        for match in form.finditer(plain):
            start, end = match.span()
            if article := _ARTICLES.match(match[0]):
                start += article.end()
            text = plain[start:end]
            if text.split()[0].lower() not in _NO_STREETS and not any(map(CALENDAR.match, text.split())):
                yield start, end, "place", folded(text)
