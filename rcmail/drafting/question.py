"""One question of a mail: what it is about, and how it is asked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from rcmail.answers.things import GENERAL, PROCESSES
from rcmail.drafting import subjects
from rcmail.drafting.matters import BY_THE_WAY, HARD, HOURS
from rcmail.drafting.stems import stems
from rcmail.mail.mentions import mentions

# “May he come in?” of the dog in the sentence before.
_HE: Final = re.compile(
    r"\b(?:mag (?:hij|zij|ze|die|dat)|(?:darf|dürfen|kann) (?:er|sie|der|die|es) (?:mit|rein|hinein|dabei)"
    r"|(?:may|can|is) (?:he|she)|(?:peut|est|pourrait|serait)-(?:il|elle)|(?:il|elle) (?:peut|pourrait))\b",
    re.IGNORECASE,
)
THINGS: Final = 3
"""So many things of one question are answered."""
# Content words of a sentence that asks for no more than when and where: with more of them it asks something else
# (“could I borrow a heat gun and return it at the next one?”).
_MOST_OF_EVENT: Final = 4
# “May I bring all of them?”, not “what may I bring?”
_ALL: Final = re.compile(
    r"(?:^|[.!?,;:]\s|\b(?:und|en|and|et)\s)(?:darf|dürfen|kann|können|mag|mogen|kan|kunnen|may|can|could"
    r"|puis|peut)\b"
    r"[^?]{0,30}\b(?:alles|allemaal|alle drei|everything|all of|all three|tout|tous|toutes)\b",
    re.IGNORECASE,
)
# “Up to how many?”, of whatever was named before.
_HOW_MANY: Final = re.compile(
    r"\b(?:hoeveel|wie ?viele?|how many|combien)(?=\s?\?|(?:\s\w+)?\s(?:darf|dürfen|kann|können|mag|mogen|kan"
    r"|kunnen"
    r"|may|can|could|puis|peut)\b)",
    re.IGNORECASE,
)
_ANY_DAY: Final = date(2000, 1, 1)
_MANY: Final = re.compile(r"\b(?:[3-9]|drie|drei|three|trois|vier|four|quatre|vijf|fünf|five|cinq)\s[^\W\d]{3,30}")
_PIECES: Final = re.compile(
    r"stuks|dingen|spullen|apparaten|sachen|teile|geräte|items|things|pieces|objets|appareils"
)
_REPAIR: Final = re.compile(
    r"\b(?:repar\w*|répar\w*|herstel\w*|maken|doen|fixen|nakijken|kijken|mee|meenemen|langs\w*|terecht|iets voor"
    r"|kan dat|machen|macht|schleif\w*|flick\w*|ansehen|anschauen|reinschauen|mitbringen|bringen|kommen"
    r"|vorbei\w*|was für|repair\w*|fix\w*|mend\w*|sharpen\w*|look|bring|come|do|faites|faire|regarder|apporter"
    r"|venir|slijpen|possible|can you|could you|könnt ihr|können sie|kunnen jullie|kunt u|pouvez-vous)\b",
    re.IGNORECASE,
)
# “Is there another Termin?”
_A_DATE: Final = re.compile(
    r"\b(?:gibt(?: es|['’]s)|habt ihr|haben sie|findet|wann|welche\w*|nächste\w*|weitere\w*|andere\w*"
    r"|spätere\w*)\b"
    r"[^.!?]{0,40}\btermin",
    re.IGNORECASE,
)
_REGISTER: Final = re.compile(
    r"anmeld|vereinbar|reserv|brauch|nötig|muss|machen|ohne|zonder|without|sans|moet|need|rendez|aanmeld"
    r"|afspraak|inschrijv|appointment|book|regist|inscri|sign up",
    re.IGNORECASE,
)
# What one is to bring with it, which is not whether.
_WHAT_ALONG: Final = re.compile(
    r"\b(?:was|wat|what|que|quoi)\b[^.!?]{0,40}"
    r"\b(?:mitbringen|mitnehmen|bringen|meenemen|meebrengen|bring|take|apporter|amener|prendre)\b",
    re.IGNORECASE,
)
# Whether a child may come.
_ADMITTED: Final = re.compile(
    r"\b(?:mit|mee|mag|darf|dürfen|mitbringen|mitkommen|meenemen|meekomen|welkom|willkommen|welcome"
    r"|bienvenus?|admis\w*"
    r"|erlaubt|allowed|toegestaan|bring|come|may|venir|amener|avec)\b|kinder|kinderen|children|enfants",
    re.IGNORECASE,
)
# What is done to a thing, where that is all that is asked: “can you write …” is not.
_MENDED: Final = re.compile(
    r"\b(?:repar\w*|répar\w*|herstel\w*|maken|maakt|gemaakt|doen|fix\w*|nakijken|kijken|vervangen|plakken"
    r"|lijmen|naaien"
    r"|solderen|slijpen|stellen|iets voor|kan dat|iets mee|verstand van|raad weten|te redden|helpen|machen|macht"
    r"|schleif\w*|flick\w*|ansehen|anschauen|angucken|gucken|schauen|reinschauen|nachsehen|richten|löten"
    r"|kleben|leimen"
    r"|nähen|tauschen|austauschen|wechseln|auswechseln|ersetzen|einsetzen|einstellen|was für|geht das|zu retten"
    r"|auskennt|helfen|repair\w*|mend\w*|sharpen\w*|look|do|replace|change|glue|solder|sew|swap|save|help"
    r"|possible"
    r"|faites|faire|regarder|remplacer|changer|recoller|coller|souder|coudre|recoudre|aiguiser|affûter|régler"
    r"|aider)\b",
    re.IGNORECASE,
)
# That one comes with it.
_BROUGHT: Final = re.compile(
    r"\b(?:mee|meenemen|meebrengen|langs\w*|brengen|terecht|mitbringen|mitnehmen|bringen|kommen|vorbei\w*"
    r"|bring|come"
    r"|take|apporter|apporte|amener|venir|passer|prendre)\b",
    re.IGNORECASE,
)
# What is asked for in place of a repair: a letter, a loan, that it is fetched, bought, sent or ordered.
_ELSE: Final = re.compile(
    r"\b(?:schrei(?:b|be|ben|bt)\b|schrijv\w*|write\b|écri\w*|bescheinig\w*|bestätig\w*|gutachten|attest\w*"
    r"|statement"
    r"|certificate|verklaring|rechnung|quittung|factuur|kwitantie|invoice|receipt|facture|reçu\b|leih\w*"
    r"|ausleih\w*"
    r"|verleih\w*|borgen|lenen|uitlenen|leen\b|lend\b|borrow\w*|rent\b|hire\b|prêt\w*|emprunt\w*|abhol\w*"
    r"|ophalen|ophaalt"
    r"|fetch|pick (?:it|them|up)\b|collect\b|chercher|verkauf\w*|kaufen|verkopen|kopen|koopt|sell\b|buy\b"
    r"|vend\w*|achet\w*"
    r"|empfehl\w*|recommend\w*|aanraden|conseill\w*|anrufen|bellen|call (?:me|us)\b|appeler|schicken|schickt"
    r"|opsturen"
    r"|sturen|leren\b|lernen\b|beibringen|learn\b|teach\b|apprendre|uitleggen|erklär\w*|explain|expliqu\w*"
    r"|send\b|post\b|envoyer|bestell\w*|order\b|commander|interview\w*|filmen|fotogra\w*|photograph\w*)",
    re.IGNORECASE,
)
_BESIDE: Final = frozenset((
    "giving", "home", "lost", "leaving", "learning", "cancelling", "guarantee", "pets", "children", "language",
))  # fmt: skip
"""Matters beside which “we do that” would be understood of them."""
# More than one thing at once.
_SEVERAL: Final = re.compile(
    r"\b(?:beide[ns]?|allebei|meerdere|meer dan (?:één|een)|tweede|mehrere|mehr als ein\w*|zweite[nrs]?|both"
    r"|several"
    r"|more than one|second|plusieurs|plus d['’]une?|deuxième|les deux|hoeveel|wie ?viele?|how many"
    r"|combien d\w*)\b",
    re.IGNORECASE,
)
# “The light is on”, of another thing.
_INDICATOR: Final = re.compile(
    r"\b(?:het lampje|de lampjes|das (?:lämpchen|licht)|die (?:lampe|leuchte)|(?:the|a) (?:\w+ )?light|le voyant"
    r"|la lampe)\b[^.!?]{0,20}\b(?:brand|leucht|blink|on\b|flash|allum|clignot|knipper)",
    re.IGNORECASE,
)
_OR_WITHOUT: Final = re.compile(
    r"\b(?:met of zonder|mit oder ohne|with or without|avec ou sans)\s+"
    r"(?:(?:de|het|een|den|die|das|the|an?|le|la|les|une?)\s+|l['’])?([^\W\d_]{3,40})",
    re.IGNORECASE,
)


# What asks on about the question before it.
_FOLLOWS: Final = re.compile(
    r"\W*(?:(?:und|and|en|et)\s)?(?:(?:falls|wenn) (?:ja|so|dem so ist|möglich|das geht)|if (?:so|yes"
    r"|possible|you do)"
    r"|(?:indien|zo|als) (?:ja|zo|dat (?:zo is|kan|mag)|het kan)|si (?:oui|c['’]est (?:le cas|possible)"
    r"|possible))\b",
    re.IGNORECASE,
)


def joined(texts: Iterable[str]) -> list[str]:
    """Questions, each with those that ask on about it: “if so, how many?”"""
    found: list[str] = []
    for text in texts:
        if found and _FOLLOWS.match(text):
            found[-1] = f"{found[-1]} {text}"
        else:
            found.append(text)
    return found


@dataclass(frozen=True)
class Question:
    """``text`` has what was told for it too; ``is_only`` where the mail asks nothing else."""

    text: str
    is_only: bool

    @cached_property
    def all_things(self) -> frozenset[str]:
        return subjects.things(self.text)

    @cached_property
    def things(self) -> frozenset[str]:
        """Those that are to be answered: not the coat of a zip, and not what a part is to be printed for."""
        return self.all_things & PROCESSES or self.all_things - GENERAL or self.all_things

    @cached_property
    def asked_things(self) -> frozenset[str]:
        """Beside another question a thing is only told of, unless the sentence that asks names it."""
        named = self.things & subjects.things(self.asking) if self.hard_matters else self.things
        return named - self._passing

    @property
    def things_in_order(self) -> list[str]:
        """Those that are to be answered, what is asked for first."""
        told = self.things - self.asked_things - self._passing
        return [*sorted(self.asked_things), *sorted(told)][:THINGS]

    @cached_property
    def _passing(self) -> frozenset[str]:
        """What is no question: “until when may I come, so that my lamp is still taken?”; or what was lost."""
        told = [each for each in self._sentences if not each.endswith("?")]
        found = (
            subjects.things(self.asking) - subjects.things(" ".join(told))
            if self._asks_beside
            else frozenset[str]()
        )
        if len(self.all_things) > 1 and _INDICATOR.search(self.text):
            found |= {"lamp"}
        if "lost" not in self.matters:
            return found
        others = [each for each in self._sentences if "lost" not in subjects.asked(each)]
        return found | (self.all_things - subjects.things(" ".join(others)))

    @property
    def _asks_beside(self) -> bool:
        """Whether it asks something else than whether one may come with it."""
        asked = subjects.asked(self.asking)
        is_on_hours = bool(asked & HOURS) and not _MENDED.search(self.asking)
        return is_on_hours or (bool(asked & HARD) and not _REPAIR.search(self.asking))

    @cached_property
    def matters(self) -> frozenset[str]:
        asking = subjects.asked(self.asking) | ({"pets"} if _HE.search(self.asking) else set())
        found = subjects.asked(self.text) - (BY_THE_WAY - asking)
        if "?" not in self.text:
            found -= {"lost"}
        if not _ADMITTED.search(self.asking):
            found -= {"children"}
        has_many = (self._has_many or self.asks_how_many) and "giving" not in found
        more = (("limit", has_many), ("last entry", self._has_hour))
        return found | {matter for matter, is_asked in more if is_asked}

    @property
    def hard_matters(self) -> frozenset[str]:
        """Those that are to be answered whatever is brought."""
        return self.matters & (HARD | {"limit"} if self.asks_how_many else HARD)

    @property
    def asks_how_many(self) -> bool:
        """Whether it asks how many one may bring, or to bring more than one thing."""
        if "?" not in self.text:
            return False
        is_on_many = (
            any(rule.search(self.asking) for rule in (_SEVERAL, _ALL)) or len(subjects.things(self.asking)) > 1
        )
        return bool(_HOW_MANY.search(self.asking)) or (is_on_many and bool(_BROUGHT.search(self.asking)))

    @cached_property
    def stems(self) -> frozenset[str]:
        return stems(self.text)

    @cached_property
    def asking(self) -> str:
        """The sentences that ask."""
        return " ".join(each for each in self._sentences if each.endswith("?")) or self._sentences[-1]

    @cached_property
    def _sentences(self) -> list[str]:
        return re.split(r"(?<=[.!?])\s", self.text)

    @property
    def asks_for_repair(self) -> bool:
        """Whether it asks for nothing but that a thing is repaired, or may be brought; or is that all the"
        " mail says?"""
        if "?" not in self.text:
            return self.is_only
        is_on_many = self.asks_how_many or "limit" in subjects.asked(self.asking)
        is_else = is_on_many or self.asks_else or _WHAT_ALONG.search(self.asking)
        return not is_else and any(rule.search(self.asking) for rule in (_MENDED, _BROUGHT))

    @property
    def asks_else(self) -> bool:
        """Whether it asks for something else to be done with it."""
        return bool(_ELSE.search(self.asking)) or not _BESIDE.isdisjoint(subjects.asked(self.asking))

    @property
    def asks_to_register(self) -> bool:
        """Whether its words for an appointment do not ask for a date."""
        return _REGISTER.search(self.asking) is not None or _A_DATE.search(self.asking) is None

    @property
    def is_short(self) -> bool:
        """Whether it can ask for no more than when and where."""
        return len(stems(self.asking)) <= _MOST_OF_EVENT

    @property
    def or_without(self) -> str:
        """What it may be that one comes with or without; empty where that is not asked."""
        found = _OR_WITHOUT.search(self.asking)
        return found[1] if found else ""

    @property
    def _has_hour(self) -> bool:
        """Whether it names an hour: is one let in then?"""
        return any(each.kind == "time" for each in mentions(self.text, _ANY_DAY))

    @property
    def _has_many(self) -> bool:
        """Three things, or three of one."""
        counted = (each[0] for each in _MANY.finditer(self.text))
        return len(self.things) >= THINGS or any(subjects.things(each) or _PIECES.search(each) for each in counted)
