"""Places without a street: a building, a room, a floor, a town that stands in nothing that is known of today."""

import re
from collections.abc import Iterator
from typing import Final

from rcmail.drafting.checks.clauses import NO
from rcmail.drafting.checks.draft import Draft
from rcmail.drafting.checks.houses import KINDS, Known
from rcmail.drafting.checks.meant import is_gone
from rcmail.drafting.proposal import Objection
from rcmail.drafting.today import DATED
from rcmail.mail.mentions.calendar import CALENDAR
from rcmail.mail.mentions.mention import plain, small
from rcmail.mail.words import fold, words

_ELSEWHERE: Final = "This is no place of today's facts: put today's place here, or take it out."
_TOWN: Final = "Today's place is in another town: put it right, or take it out."
_THERE: Final = re.compile(
    r"\b(?:find us|we meet|we are|we're|held|takes? place|come to|find(?:en|et)? (?:sie |ihr )?uns|wir sind"
    r"|sind wir|treffen|findet|kommen sie|komm|vind(?:t|en)? (?:je |u )?ons|zitten|we zijn|zijn we"
    r"|wij zijn|kom|nous sommes|trouver(?:ez|a)?|attendons|a lieu|venez)\b"
)
_PAST: Final = (
    r"behind|next|opposite|near|beside|hinter|neben|gegenuber|bei|achter|naast|tegenover|derriere|cote|pres|face"
)
_PASSED: Final = re.compile(
    rf"\b(?:{_PAST}|turn|left|right|past|stop|bus|park\w*|stationn\w*|halte\w*|links|rechts|gauche|droite)\b"
)
_IN: Final = (
    r"\b(?:[Ii]n|[Aa]t|[Tt]o|[Ii]m|[Ii]ns|[Nn]aar|[Aa]u?|[Dd]ans)\s(?:(?:the|our|de|het|der|die|la|le)\s|l')?"
)
_W: Final = r"[A-Z][\w'-]{1,30}"
_WORD: Final = rf"(?!(?:{_PAST}|in|on|at)\b)[\w'-]{{2,30}}"
_HOUSE: Final = re.compile(rf"{_IN}(?P<what>{_WORD}(?:\s{_WORD}){{0,3}})")
_TERM: Final = re.compile(r"\s(?:holiday|year|term|day)")
_NAMED: Final = re.compile(
    rf"{_IN}(?:[a-z]{{2,12}}\s)?(?P<what>(?!Main|Big|Large|Small|Old|Open|Repair|Recycling|Garden|Council)(?:{_W}\s){{1,3}}"
    r"(?:Hall|Hut|Chapel|Church|Centre|Center|Room|School|House|Barn|Club|Institute)\b"
    rf"|(?:salle|ecole|eglise|chapelle|zaal|school|kerk)\s(?:(?:De|Het|'t|de|du)\s)?{_W})"
)
_GENERAL_WORDS: Final = "hall hut centre center room house barn club institute salle zaal de het du"
_GENERAL: Final = frozenset(_GENERAL_WORDS.split())
_INSIDE: Final = re.compile(
    r"\b(?:(?:room|raum|zimmer|saal|zaal|lokaal|salle|local)\s(?:nr\.?\s)?\d{1,3}"
    r"|(?:ground|first|second|third|top|1st|2nd|3rd) floor|(?:eerste|tweede|derde|\d\w) verdieping|begane grond"
    r"|(?:ersten|zweiten|dritten|\d\.) (?:stock|etage|obergeschoss)|erdgeschoss"
    r"|(?:premier|deuxieme|troisieme|\d\w{1,3}) etage|rez-de-chaussee)\b"
)
_NO_TOWN: Final = re.compile(
    r"Ih|Uns|Ruhe|Ordnung|Absprache|\w+(?:ung|heit|keit|ruf)\b|Spring|Summer|Autumn|Winter|Advent|Noel|Paques"
)
_POSTCODE: Final = re.compile(r"\b\d{4,5}\s")


def look(draft: Draft) -> Iterator[Objection]:
    """Each of them, one in a sentence."""
    known = Known(draft)
    for start, end in draft.sentences:
        text = plain(draft.text[start:end])
        if _is_where(draft, start, end) and (found := next(_strange(text, draft, known), None)):
            span = start + found[0], start + found[1]
            if not any(each.kind == "place" and each.overlaps(*span) for each in draft.mentions):
                yield Objection("place", _ELSEWHERE, *span)
    yield from _towns(draft, known)


def _is_where(draft: Draft, start: int, end: int) -> bool:
    """Whether a sentence says where or when the group is somewhere."""
    is_dated = any(each.kind in DATED and each.overlaps(start, end) for each in draft.mentions)
    return is_dated or _THERE.search(fold(draft.text[start:end])) is not None


def _strange(text: str, draft: Draft, known: Known) -> Iterator[tuple[int, int]]:
    """Where a sentence names a place that is not known."""
    for each in _NAMED.finditer(text):
        if not known.words.issuperset(_own_words(each["what"])) and _is_stated(text, each.start()):
            yield each.span("what")
    for each in _INSIDE.finditer(small(text)):
        if each[0] not in known.told and _is_stated(text, each.start()):
            yield each.span()
    yield from _of_another_kind(text, draft, known)


def _own_words(name: str) -> list[str]:
    """Of “Methodist Chapel” that which is no word for a kind of building."""
    for start, end in reversed(list(KINDS.spans(name))):
        name = name[:start] + name[end:]
    return [each for each in words(name) if each not in _GENERAL]


def _of_another_kind(text: str, draft: Draft, known: Known) -> Iterator[tuple[int, int]]:
    """A library, where today's place is called a village hall; unless it is called by its name beside it."""
    location = draft.facts.settings.get("event_location") or ""
    if not KINDS.subjects(location) or any(re.search(each, text) for each in _names(draft, r"\d")):
        return
    for each in _HOUSE.finditer(text):
        for start, end in KINDS.spans(each["what"]):
            place, after = each.start("what") + start, each.start("what") + end
            is_other = known.kinds.isdisjoint(KINDS.subjects(text[place:after])) and not _TERM.match(text[after:])
            if is_other and _is_stated(text, each.start()):
                yield place, after


def _is_stated(text: str, place: int) -> bool:
    """Whether what begins at ``place`` is where the group is, and not where it is not, or what one passes."""
    before = re.split("[,;:()]", text[:place])[-1]
    return not (NO.search(fold(before)) or is_gone(text, place)) and not _PASSED.search(fold(before))


def _names(draft: Draft, without: str = "^$") -> list[str]:
    """Patterns for house and street of today, by their last word: in German the first ones have endings."""
    parts = [part for line in draft.facts.settings.event_location for part in _parts(line)[:2]]
    found = (re.findall(r"[^\W\d_]{3,30}", part) for part in parts if not re.search(without, part))
    return [rf"(?i:\b{re.escape(each[-1])}\b)" for each in found if each]


def _towns(draft: Draft, known: Known) -> Iterator[Objection]:
    """Another town beside today's house or street, where the settings name the town."""
    if not any(_has_town(line) for line in draft.facts.settings.event_location):
        return
    beside = re.compile(
        rf"(?:{'|'.join(_names(draft))})(?:\s\d{{1,4}}\w?)?,?\s(?:in|te|a)\s(?P<town>{_W}(?:\s{_W})?)"
    )
    for each in beside.finditer(plain(draft.text)):
        town = each["town"]
        if known.words.isdisjoint(words(town)) and not CALENDAR.search(town) and not _NO_TOWN.match(town):
            yield Objection("place", _TOWN, *each.span("town"))


def _has_town(line: str) -> bool:
    """Whether a town stands behind house and street, or behind a postcode."""
    parts = _parts(line)
    return len(parts) > 2 or _POSTCODE.search(parts[-1]) is not None


def _parts(line: str) -> list[str]:
    return re.split("[,(]", plain(line))
