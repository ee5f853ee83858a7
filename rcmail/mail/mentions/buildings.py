"""Buildings that have a name: “Buurthuis Het Anker”, “Mill Lane Community Centre”; of a text that is ``plain``."""

import re
from collections.abc import Iterator
from typing import Final

from rcmail.mail.mentions.calendar import CALENDAR
from rcmail.mail.mentions.dates import Found
from rcmail.mail.mentions.mention import folded

_HOUSES: Final = """
    buurthuis, buurtcentrum, buurtkamer, buurtgebouw, wijkcentrum, wijkgebouw, wijkhuis, wijkplaats, dorpshuis,
    dorpscentrum, gemeenschapshuis, gemeenschapscentrum, gemeentehuis, stadhuis, stadsdeelkantoor,
    cultureel centrum, cultuurhuis, cultuurcentrum, jeugdhuis, jeugdcentrum, ontmoetingscentrum,
    activiteitencentrum, dienstencentrum, zorgcentrum, huis van de wijk,
    parochiezaal, parochiecentrum, kerkelijk centrum, bibliotheek, basisschool,
    sporthal, trefpunt, zalencentrum, verenigingsgebouw,
    gemeindehaus, gemeindezentrum, burgerhaus, buergerhaus, burgerzentrum, buergerzentrum, nachbarschaftshaus,
    nachbarschaftszentrum, stadtteilzentrum, stadtteilhaus, stadtteiltreff, mehrgenerationenhaus, kulturzentrum,
    kulturhaus, jugendzentrum, jugendhaus, begegnungsstatte, begegnungszentrum, rathaus, pfarrheim, pfarrsaal,
    pfarrzentrum, vereinsheim, dorfgemeinschaftshaus, familienzentrum, bibliothek, stadtbucherei, bucherei,
    stadthalle, volkshochschule,
    community centre, community center, village hall, town hall, parish hall, church hall, community hall,
    neighbourhood centre, neighborhood center, youth centre, youth center, cultural centre, cultural center,
    library,
    maison de quartier, maison des associations, maison communale, maison de la culture, maison des jeunes,
    centre culturel, centre communautaire, centre social, centre communal, salle des fetes, salle polyvalente,
    salle communale, foyer rural, foyer communal, mediatheque, bibliotheque, espace
"""
_HOUSE: Final = rf"(?i:{'|'.join(' '.join(name.split()) for name in _HOUSES.split(','))})"
_W: Final = r"[A-Z][\w'-]{1,40}"
_ARTICLE: Final = r"(?:De|Het|'[tT]|Den|Der|Die|Das|Le|La|Les|L'|The|St\.|Sint|Sankt|Saint|Ste?\.?)"
_SMALL: Final = r"(?:van|von|am|an|der|de|den|het|du|des|of|im)"
_NAME: Final = (
    rf"(?:[\"“„«']\s?\w{{1,30}}(?:\s[\w'.-]{{1,40}}){{0,3}}\s?[\"”“»']"
    rf"|(?:{_ARTICLE}\s?){{0,2}}{_W}(?:\s(?:{_SMALL}\s){{0,2}}{_W}){{0,2}})"
)
_NAMED: Final = [
    re.compile(rf"(?<!\w)(?P<name>{_HOUSE}\s{_NAME})"),
    re.compile(
        rf"(?<!\w)(?:(?:The|Our|At|In)\s)?(?P<name>(?:{_W}\s){{1,3}}"
        r"(?:(?:Community|Village|Town|Parish|Church|Neighbou?rhood|Youth|Cultural)"
        r" (?:Cent(?:re|er)|Hall|House)|Library))(?!\w)"
    ),
]
# A name with its article in capitals: “in Het Anker”. Where a sentence begins only where nothing follows it.
_WITH_ARTICLE: Final = re.compile(
    rf"(?<![\w'])(?:Het|De|Den|'t|Le|La)\s{_W}(?:\s[A-Z][\w'-]{{2,40}}(?=[,.)!?;\n]))?"
)
_BEGINS: Final = re.compile(r"(?:^|[.!?:>*\n-])[\s\"(]{0,4}$")
_ALONE: Final = re.compile(r"\s{0,2}(?:[,(;)]|\.?\s{0,2}(?:\n|$)|-)")
# The group, which may be called as its house; and people.
_GROUP: Final = re.compile(
    r"(?i:caf[eé]|team|\b(?:mevrouw|mevr\.?|mw\.?|heer|dhr\.?|meneer|familie|fam\.?|famille|mrs?\.?|ms\.?|miss|mme|madame"
    r"|monsieur|frau|herrn?))\s$"
)
_BACK: Final = 12


def buildings(plain: str) -> Iterator[Found]:
    """The named buildings in a text."""
    for form in _NAMED:
        for match in form.finditer(plain):
            start, end = match.start("name"), _end(plain, *match.span("name"))
            if " " in plain[start:end]:
                yield start, end, "place", folded(plain[start:end])
    for match in _WITH_ARTICLE.finditer(plain):
        before = plain[max(0, match.start() - _BACK) : match.start()]
        is_name = not _BEGINS.search(before) or _ALONE.match(plain[match.end() : match.end() + 5])
        if is_name and not _GROUP.search(before) and not CALENDAR.search(match[0]):
            yield *match.span(), "place", folded(match[0])


def _end(plain: str, start: int, end: int) -> int:
    """Where a name ends that is followed by a day: in German it has a capital too."""
    found = CALENDAR.search(plain, start, end)
    if not found:
        return end
    return start + len(re.sub(rf"(?:\s{_SMALL})?\s*$", "", plain[start : found.start()]))
