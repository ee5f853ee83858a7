"""What is known of today's house, and the words for one kind of building."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rcmail.answers.lexicon import Lexicon
from rcmail.drafting.checks.draft import Draft
from rcmail.mail.words import fold, words

KINDS: Final = Lexicon({
    "community": (
        "buurthuis* buurtcentrum wijkcentrum wijkgebouw wijkhuis dorpshuis* dorpscentrum gemeenschapshuis"
        " gemeenschapscentrum ontmoetingscentrum gemeindehaus* gemeindezentrum gemeindesaal burgerhaus*"
        " burgerzentrum buergerhaus* nachbarschaftshaus* stadtteilzentrum mehrgenerationenhaus*"
        " dorfgemeinschaftshaus* begegnungs* kulturzentrum jugendzentrum jeugdcentrum community_centre"
        " community_center village_hall parish_hall church_hall community_hall maison_de_quartier"
        " maison_des_associations centre_culturel salle_des_fetes salle_communale salle_polyvalente foyer_rural"
    ),
    "church": (
        "=kerk =kerkzaal =kapel =kirche =kapelle =church =chapel =eglise chapelle pfarrheim pfarrsaal parochie*"
        " gemeindehaus* gemeindesaal parish_hall church_hall"
    ),
    "school": "=school basisschool =schule grundschule =aula =ecole =college =lycee",
    "library": "bibliotheek bibliothek* *bucherei library bibliotheque mediatheque",
    "town hall": "stadhuis gemeentehuis rathaus* town_hall mairie hotel_de_ville",
    "sports hall": "sporthal* =gymzaal turnhalle* sports_hall =gym gymnase",
    "scouts": "scoutinggebouw scout_hut pfadfinderheim",
    "fire station": "brandweerkazerne feuerwehr* *spritzenhaus* fire_station caserne",
    "museum": "museum* musee",
    "pub": "=pub =kroeg wirtshaus* gasthaus* gasthof* auberge",
})  # fmt: skip
"""Who calls a village hall a “buurthuis” is right, who calls it a library is not."""
_WORD: Final = re.compile(r"[^\W_]{1,40}")
_NUMBER: Final = re.compile(r"\d{1,4}[a-z]?")
# Letters that tell a word from others; of a longer one the ending may be another: “im Alten Kornspeicher”.
_TELLING: Final = 4


@dataclass(frozen=True)
class Known:
    """What is known where ``draft`` was made; read only where the draft names a place."""

    draft: Draft

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(each for text in (*self._texts, self.draft.request) for each in words(text))

    @cached_property
    def told(self) -> str:
        return " ".join(fold(" ".join((*self._texts, self.draft.request))).split())

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Those of buildings; what the visitor calls it is a question."""
        return frozenset(kind for text in self._texts for kind in KINDS.subjects(text))

    @cached_property
    def _texts(self) -> Sequence[str]:
        """The settings, and answers that name no other place."""
        draft = self.draft
        return [draft.house, *(each.answer for each in draft.sources if not draft.today.is_elsewhere(each))]


def is_told(text: str, locations: Sequence[str]) -> bool:
    """Whether ``text`` names the house, or the street, of one of ``locations``."""
    said = fold(text)
    return any(rule.search(said) for location in locations for rule in _names(location))


def _names(location: str) -> Iterator[re.Pattern[str]]:
    """Patterns for the house and for each street: what has a number, which may be left out beside two words."""
    for place, part in enumerate(re.split(r"[,(\n]", fold(location))):
        words = _WORD.findall(part)
        is_town = re.fullmatch(r"\s*(?:\w-)?\d{4,5}\s.*", part) is not None
        if any(map(_NUMBER.fullmatch, words)) and not is_town:
            yield from _spelled(words, map(re.escape, words))
            without = [each for each in words if not each[0].isdigit()]
            yield from _spelled(without, map(re.escape, without))
        elif not place:
            yield from _spelled(words, map(_bent, words))
            yield from _spelled(own := _own(words), map(_bent, own))


def _own(words: Sequence[str]) -> Sequence[str]:
    """A house's name without what kind of house it is: “De Lantaarn” of “Wijkhuis De Lantaarn”."""
    return words[1:] if KINDS.subjects(words[0] if words else "") else words


def _bent(word: str) -> str:
    """Pattern for a word with whatever ending."""
    return re.escape(word[:-2]) + r"\w{0,3}" if len(word) > _TELLING else re.escape(word)


def _spelled(words: Sequence[str], patterns: Iterable[str]) -> Iterator[re.Pattern[str]]:
    """The pattern for these words, if there are two, one of them telling."""
    if len(words) > 1 and any(len(each) > _TELLING for each in words):
        yield re.compile(r"\b" + r"\W{1,3}".join(patterns) + r"\b")
