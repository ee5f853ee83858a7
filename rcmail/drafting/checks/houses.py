"""What is known of today's house, and the words for one kind of building."""

from collections.abc import Sequence
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
