"""What a text is about: the things and the matters in it, by words of four languages."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from rcmail.answers import naming
from rcmail.answers.lexicon import Lexicon
from rcmail.answers.things import PARTS_OF_THINGS
from rcmail.drafting.matter_words import FREE, MATTERS
from rcmail.mail.words import fold

_ASKED: Final = Lexicon({name: asked for name, (asked, _) in MATTERS.items()})
_TOLD: Final = Lexicon({name: f"{asked} {told}" for name, (asked, told) in MATTERS.items()})
_ANSWER: Final = Lexicon({name: told for name, (_, told) in MATTERS.items()})
_FREE: Final = Lexicon({"free": FREE})
# Words by which a setting means one kind of a thing only.
_QUALIFIED: Final = Lexicon(
    {
        "tube": "rohren* buizen* beeldbuis* =tube =crt valve cathodique* tube_cathodique a_tube a_lampes",
        "old": "=alt alte* =oud =oude =old ancien* vieux vieille* vieil antik* antiek* antique*",
        "big": "gross* grosse* =groot =grote large =big grand grande*",
        "built in": "einbau* inbouw* built-in built_in integrated encastr*",
        "steam": "dampf* stoom* steam vapeur",
        "petrol": "benzin* benzine* petrol essence thermique*",
        "gas": "=gas gasbetrieben* a_gaz",
        "mechanical": "mechani* mecanique*",
        "plasma": "plasma lcd led-fernseher",
    }
)
# “12 Uhr” is no clock, nor is “um wie viel Uhr”; and “mes enfants” no Dutch knife.
_NO_THING: Final = re.compile(
    r"(?:(?<=\d)|(?<=wie viel)|(?<=wieviel)|(?<=welcher)|(?<=\bein)"
    r"|(?<=zwei)|(?<=drei)|(?<=vier)|(?<=fünf)|(?<=sechs)|(?<=sieben)|(?<=acht)|(?<=neun)|(?<=zehn)|(?<=elf)"
    r"|(?<=zwölf)) ?uhr\b|\bmes (?=[a-zéèêàôî]{3,30}s\b)",
    re.IGNORECASE,
)
# A word of a setting, and how it may end in the plural.
_LONG: Final = re.compile(r"[^\W\d_]{5,40}")
_ENDING: Final = re.compile(r"(?<=\w{4})(?:en|er|es|[sxne])$")
# Words between a “where” and what is looked for.
_AWAY: Final = r"[^.!?,;]"
_WHERE: Final = r"\b(?:waar|wo|where|o[uù])\b"
# Where something else is than the group; of “and where can I park?” the first half may have asked for the group.
_ELSEWHERE: Final = re.compile(
    rf"(?<!\ben )(?<!\bund )(?<!\band )(?<!\bet ){_WHERE}(?:(?!{_WHERE}|\b(?:en|und|and|et)\b){_AWAY}){{0,60}}"
    r"\b(?:park\w*|stationn\w*|garer|gare|ingang\w*|eingang\w*|entrance|entr[eé]e|toilet\w*|wc|lift|aufzug"
    r"|ascenseur|buy|order|koop\w*|kop(?:en|ers)|bestel\w*|kauf\w*|acheter|ach[eè]te\w*|commande\w*)\b",
    re.IGNORECASE,
)
# Words of the day that ask for none: “quand même”, “when it is warm”; and “until when”, which wants the hour.
_NO_DAY: Final = re.compile(
    r"\bquand m[eê]me\b|\b(?:tot|vanaf|sinds|bis|seit|until|till|since|depuis|jusqu['’][aà]) (?:wanneer|wann"
    r"|when|quand)\b"
    r"|\bwanneer (?:hij|ze|die|deze|je (?:hem|ze|het))\b(?! (?:open|er|terug|weer))"
    r"|\bquand (?:il|elle|[çc]a|(?:je|on) (?:l['’]|la |le |les ))"
    r"(?! ?(?:y a|a lieu|est pr[eé]vu|aura|se tient|ouvr))"
    r"|\bwann\b[^.!?]{0,60}\bwei(?:ss|ß) (?:man|ich)\b",
    re.IGNORECASE,
)


def things(text: str) -> frozenset[str]:
    """The things that are named in ``text``."""
    return naming.things(_NO_THING.sub("", text))


def asked(text: str) -> frozenset[str]:
    """The matters that ``text`` asks for."""
    found = _ASKED.subjects(text)
    for matter, rule in (("date", _NO_DAY), ("place", _ELSEWHERE)):
        if matter in found and rule.search(text):
            found -= {matter} - _ASKED.subjects(rule.sub(" ", text))
    return found


def told(text: str) -> frozenset[str]:
    """The matters that ``text`` tells of."""
    return _TOLD.subjects(text)


def answers(text: str, matter: str) -> bool:
    """Whether ``text`` has words that only an answer on ``matter`` has."""
    return matter in _ANSWER.subjects(text)


def says_free(text: str) -> bool:
    """Whether ``text`` says that something costs nothing."""
    return bool(_FREE.subjects(text))


def refused(items: Sequence[str], named: frozenset[str], text: str | None = None) -> frozenset[str]:
    """The things that ``items``, what is not repaired, stand for where those ``named`` are asked for.

    Of “batteries of bicycles” neither is meant where only one is named; of “tube televisions” none where ``text``,
    if it is given, speaks of no tube.
    """
    meant = [each for each in items if things(each) <= named or not _is_part_of_another(each)]
    if text is not None:
        kinds = _QUALIFIED.subjects(text)
        meant = [each for each in meant if _QUALIFIED.subjects(each) <= kinds]
    return naming.covered(meant)


def refused_in_part(items: Sequence[str]) -> frozenset[str]:
    """The things of which ``items`` name one kind: whether another one is repaired, nobody has said."""
    return naming.covered([each for each in items if _QUALIFIED.subjects(each)])


def names_listed(items: Iterable[str], text: str) -> bool:
    """Whether ``text`` has one of ``items`` that is a word no table knows, whatever its ending."""
    unknown = (found[0] for item in items if not things(item) and (found := _LONG.fullmatch(fold(item).strip())))
    said = fold(text)
    return any(re.search(rf"\b{re.escape(_ENDING.sub('', each))}\w{{0,2}}\b", said) for each in unknown)


def _is_part_of_another(text: str) -> bool:
    found = things(text)
    return bool(found & PARTS_OF_THINGS) and bool(found - PARTS_OF_THINGS)


def names_any(text: str, wanted: Iterable[str]) -> bool:
    """Whether one of the things ``wanted`` is named in ``text``."""
    return not things(text).isdisjoint(wanted)
