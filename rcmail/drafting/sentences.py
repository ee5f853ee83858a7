"""What of a past answer may be said again: its sentences, without what was for that visitor and that day alone."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rcmail.drafting import subjects
from rcmail.drafting.names import named
from rcmail.drafting.orders import AMOUNT, is_booking, is_report
from rcmail.drafting.proposal import Source
from rcmail.drafting.today import DATED, Today
from rcmail.mail.mentions import Mention, mentions
from rcmail.mail.question import statements

# Letters of an answer that are looked at, and sentences of one.
_LETTERS: Final = 6_000
_MOST: Final = 40
# Letters of a sentence; nobody says a longer one again.
_LONGEST: Final = 600

_NAME_LINE: Final = re.compile(r"[A-ZÀ-Þ][\w.'’ -]{0,40},$")
# Words that join what is cut off to what is before it.
_JOINS: Final = re.compile(
    r"[\s,;:(–-]*(?:\b(?:also|dus|maar|dan|en|und|aber|so|and|but|donc|et|mais|am|op|le|on|bis|tot|until"
    r"|jusqu'à|um|om)"
    r"\b[\s,]*)*$",
    re.IGNORECASE,
)
_SUBORDINATE: Final = re.compile(
    r"(?:als|wanneer|omdat|wenn|falls|weil|da|if|when|because|as|si|quand|lorsque|comme|bij|bei|at|voor"
    r"|für|for|pour)\b",
    re.IGNORECASE,
)
_ONE_PERSON: Final = {
    "nl": re.compile(r"\b(?:ik|mij|mijn)\b", re.IGNORECASE),
    "de": re.compile(r"\b(?:ich|mir|mich|meine?[nmrs]?)\b", re.IGNORECASE),
    "en": re.compile(r"\bI\b"),
    "fr": re.compile(r"\b(?:je|j['’]\w+|moi|mon|ma|mes)\b", re.IGNORECASE),
}
# One volunteer says so for all: “I am sorry, but we do not open batteries”.
_EXCUSE: Final = re.compile(
    r"\bI(?:['’]m| am) (?:afraid|(?:very |so |really )?sorry)\b"
    r"(?=[^.!?;]{0,20}\bwe (?:do not|don['’]t|no longer)\b)"
    r"|\bI['’]m afraid\b"
    r"|\bik (?:ben bang|vrees)\b(?=[^.!?;]{0,60}\b(?:we|wij)\b[^.!?;]{0,40}\b(?:niet|geen)\b)"
    r"|\b(?:tut mir (?:sehr |wirklich )?leid|ich (?:be)?fürchte)\b"
    r"(?=[^.!?;]{0,60}\bwir\b[^.!?;]{0,40}\b(?:nicht|keine)\b)"
    r"|\bje (?:crains|regrette|suis (?:vraiment )?désolée?)\b(?=[^.!?;]{0,40}\bnous (?:ne|n['’]))",
    re.IGNORECASE,
)
# What was so on the day it was written: it may be otherwise by now.
_THEN: Final = {
    "nl": re.compile(
        r"\b(?:morgen|gisteren|vandaag|(?:deze|volgende|vorige) (?:week|maand|keer)|volgend jaar|\(?nog\)? niet"
        r"|tijdje|voorlopig|zolang|binnenkort|weer (?:te )?starten|(?:de|op) \d{1,2}e)\b|\(nog\) niet"
    ),
    "de": re.compile(
        r"\b(?:morgen|heute|gestern|(?:diese|nächste|letzte)[nrs]? (?:Woche|Monat|Mal)|nächstes Jahr|noch nicht"
        r"|derzeit|zurzeit|zur Zeit|vorläufig|demnächst)\b|\b(?:am|bis|den) \d{1,2}\.(?! ?[\wÄÖÜ])"
    ),
    "en": re.compile(
        r"\b(?:tomorrow|today|yesterday|(?:this|next|last) (?:week|month|year)|last time|first time there|not yet"
        r"|for now|for the moment|temporarily|soon|the \d{1,2}(?:st|nd|rd|th))\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:demain|hier|aujourd['’]hui|(?:la semaine|le mois|l['’]année) (?:prochaine?|dernière?)|pas encore"
        r"|pour l['’]instant|pour le moment|bientôt"
        r"|le \d{1,2}(?! ?(?:h|%|€|jan|fé|mar|avr|mai|jui|ao|sep|oct|nov|dé)))\b",
        re.IGNORECASE,
    ),
}
# What is said to one person in passing.
_REMARK: Final = re.compile(
    r"(?:fijn|goed|leuk|wat (?:leuk|fijn|jammer)|wat een)\b.{0,12}\b(?:dat|je|u)\b|laat (?:\w+ ){0,2}weten"
    r"|(?:schön|toll|gut|super),? dass|lass(?:en sie)?\b.{0,12}\bwissen|gute besserung|das (?:klappt|verstehe)"
    r"|(?:lovely|great|glad|good|nice|welcome|sorry to|your english|in time for|stay safe|what a)\b(?!.{0,60}:)"
    r"|let (?:me|us) know|dites-(?:le-)?(?:nous|moi)|quelle? (?:bonne|belle)|bon courage|beterschap"
    r"|succes\b|viel erfolg",
    re.IGNORECASE,
)
# Of somebody who belongs to that visitor.
_KIN: Final = re.compile(
    r"\b(?:je|jouw|uw|dein\w{0,2}|ihre?[nmrs]?|eure?[nmrs]?|your|ton|ta|votre)\s(?:man|vrouw|zoon|dochter|moeder"
    r"|vader|broer|zus|neef|nicht|buurman|buurvrouw|vriend(?:in)?|oma|opa|mann|frau|sohn|tochter|mutter|vater"
    r"|bruder|schwester|neffe[n]?|nachbar(?:in)?|freund(?:in)?|husband|wife|son|daughter|mother|father|brother"
    r"|sister|nephew|niece|neighbour|friend|mari|femme|fils|fille|m[eè]re|p[eè]re|fr[eè]re|s[oœ]eur|neveu|voisine?"
    r"|amie?)\b",
    re.IGNORECASE,
)
# What answers another mail's numbered questions, or points at what is not said again.
_COUNTED: Final = re.compile(
    r"\b[1-6] (?:en|und|and|et) [1-6]\b|\b(?:dreimal|tweemaal|drie keer|three times|zweimal)\b"
    r"|^(?:beides|allebei)\b",
    re.IGNORECASE,
)
_DANGLING: Final = {
    "nl": re.compile(
        r"(?:die|dat|deze|dit|hij|hem|ze|dan|maar|of|zij|dus|daarna|daarvoor|het is)\b"
        r"|(?:als|is|zijn|heeft|doet|wordt|kan|moet) (?:hij|ze)\b|(?:helpt|lukt|werkt) (?:dat|het)\b",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"(?:das|dann|der|er|sie|ihn|ihm|dies(?:e[rsmn]?)?|damit|davon|dazu|aber|oder|darin|dafür|dabei|danach|deshalb"
        r"|sonst)\b(?! \w+ (?:ist|sind)\b)|(?:ist|wird|hat|kann|wenn|falls|sobald|muss) er\b"
        r"|(?:hilft|geht|klappt) (?:das|es)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"(?:it|they|he|she|that|then|those|these|but|or|and|also|this|otherwise)\b"
        r"|(?:if|when|once|is|are) (?:it|they|he|she|that|so|not)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"(?:ça|il(?! y)|elle|cela|celui|celle|ceux|mais|ou|ils|elles|puis|sinon)\b"
        r"|(?:s['’]|si |quand |lorsqu['’])(?:ils?|elles?)\b(?! (?:vous|te|y) )",
        re.IGNORECASE,
    ),
}
_NUMBER_END: Final = re.compile(r"(\d\.) (?=[A-ZÀ-Þ])")
# Words that may be a sentence.
_FEW: Final = 4
_ASIDE: Final = re.compile(r"[^,;()–]{6,60}")


def sentences(source: Source, today: Today) -> list[str]:
    """The sentences of a past answer that may be said again, as they were written then.

    None where it says that somebody's order has come, no amount where somebody was put down for something.
    """
    said = _split(source)
    if any(map(is_report, said)):
        return []
    if any(map(is_booking, said)):
        said = [each for each in said if not AMOUNT.search(each)]
    return standing([_kept(each, source, today) for each in said], source)


def standing(said: Sequence[str | None], source: Source) -> list[str]:
    """What is left of ``said``: a sentence that needs the one before it goes with that one."""
    found: list[str] = []
    is_cut = False
    for each in said:
        is_cut = not each or (is_cut and is_dangling(each, source.language or ""))
        if each and not is_cut:
            found.append(each)
    return found


def opening(source: Source) -> str:
    """The first sentence of the answer, in which it mostly says yes or no."""
    return next(iter(_split(source)), "")


def _split(source: Source) -> list[str]:
    said = [each for each in statements(source.answer[:_LETTERS])[:_MOST] if len(each) <= _LONGEST]
    if said and _NAME_LINE.match(said[0]) and len(said) > 1:
        said = said[1:]
    return [part for each in _joined(said) for part in _after_places(each, source)][:_MOST]


def _joined(said: Sequence[str]) -> Iterator[str]:
    """A line that ends with a colon belongs to the next."""
    held = ""
    for each in said:
        held = f"{held} {each}".strip()
        if not held.endswith(":"):
            yield held
            held = ""


def _after_places(text: str, source: Source) -> Iterator[str]:
    """A house number with a dot may end a sentence."""
    start = 0
    if source.language != "de":  # where “20.” is the twentieth
        text = _NUMBER_END.sub(r"\1\n", text)
    for each in mentions(text, source.written):
        if each.kind == "place" and re.match(r"[.!] (?=[A-ZÀ-Þ])", text[each.end : each.end + 3]):
            yield from filter(None, map(str.strip, text[start : each.end + 1].split("\n")))
            start = each.end + 1
    yield from filter(None, map(str.strip, text[start:].split("\n")))


def _kept(text: str, source: Source, today: Today) -> str | None:
    if "?" in text or "[" in text:  # what stands in brackets was a picture's name, and would be a gap
        return None
    if _is_of_then(text, source) or _KIN.search(text) or _COUNTED.search(text) or _REMARK.match(text):
        # “I understand, but no: we do not open batteries”
        after = text.partition(": ")[2]
        return _kept(after, source, today) if len(after.split()) >= _FEW else None
    found = mentions(text, source.written)
    if any(today.is_foreign(each) for each in found):
        return None
    # “Next Saturday” is another one today, even where the one that was meant is still to come.
    if not all(today.is_so(each) and each.kind != "days" for each in found):
        rest = _cut(text, [each for each in found if each.kind in DATED], today)
        return None if rest and today.is_outdated(rest, source) else rest
    if today.is_outdated(text, source):
        return None
    dated = {each.kind for each in found if each.kind in DATED}
    return None if len(dated) > 1 and "place" in dated else text


def _is_of_then(text: str, source: Source) -> bool:
    """Is it of one volunteer's doing, of those days, or by name to that visitor?"""
    person, then = (each.get(source.language or "") for each in (_ONE_PERSON, _THEN))
    is_of_one = person is not None and person.search(_EXCUSE.sub("", text)) is not None
    return is_of_one or bool(then and then.search(text)) or is_booking(text) or any(named(text, source))


def _cut(text: str, dated: Sequence[Mention], today: Today) -> str | None:
    """The clauses beside those that hold a date, a time or a place of then; None where nothing is left."""
    kept = [part for part in _clauses(text) if not any(each.overlaps(*part) for each in dated)]
    clauses = [text[start:end].strip(" ;") for start, end in kept]
    if not clauses:
        first = min(each.start for each in dated)
        head = _JOINS.sub("", text[: max(text.rfind(mark, 0, first) for mark in ",:(–") + 1])
        clauses = [head] if head and not _SUBORDINATE.match(head) and not dated[0].start < len(head) else []
    clauses = clauses or _asides(text, dated, today)
    whole = "; ".join(each for each in clauses if len(each.split()) > 2 or any(map(str.isdigit, each)))
    return f"{whole.rstrip('.,;: ')}." if whole else None


def _asides(text: str, dated: Sequence[Mention], today: Today) -> list[str]:
    """“Last entry 3.45” beside a date that is past: what says until when one is let in, as it is today."""
    for match in _ASIDE.finditer(text):
        inside = [each for each in dated if each.overlaps(*match.span())]
        is_so = inside and all(each.kind == "time" and today.is_so(each) for each in inside)
        if is_so and "last entry" in subjects.told(match[0]):
            return [match[0].strip()]
    return []


def _clauses(text: str) -> list[tuple[int, int]]:
    """Where the parts between semicolons are."""
    marks = [match.start() for match in re.finditer(";", text)]
    return list(zip([0, *(each + 1 for each in marks)], [*marks, len(text)], strict=True))


def is_dangling(text: str, language: str) -> bool:
    """Whether it needs the sentence before it."""
    rule = _DANGLING.get(language)
    return rule is not None and rule.match(text) is not None


def is_exclamation(text: str) -> bool:
    """“Gezellig!” tells nothing."""
    return len(text.split()) <= 3 and text.endswith(("!", ",", ";-)", ":-)"))
