"""One question of a mail: what it is about, and how it is asked."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from rcmail.answers.things import GENERAL, PROCESSES
from rcmail.drafting import subjects
from rcmail.drafting.matching import stems
from rcmail.drafting.matters import BY_THE_WAY, HARD, HOURS
from rcmail.mail.mentions import mentions

# “May he come in?” of the dog in the sentence before.
_HE: Final = re.compile(
    r"\b(?:mag (?:hij|zij|ze|die|dat)|(?:darf|dürfen|kann) (?:er|sie|der|die|es) (?:mit|rein|hinein|dabei)"
    r"|(?:may|can|is) (?:he|she)|(?:peut|est|pourrait|serait)-(?:il|elle)|(?:il|elle) (?:peut|pourrait))\b",
    re.IGNORECASE,
)
THINGS: Final = 3
"""So many things of one question are answered."""
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
# “The light is on”, of another thing.
_INDICATOR: Final = re.compile(
    r"\b(?:het lampje|de lampjes|das (?:lämpchen|licht)|die (?:lampe|leuchte)|(?:the|a) (?:\w+ )?light|le voyant"
    r"|la lampe)\b[^.!?]{0,20}\b(?:brand|leucht|blink|on\b|flash|allum|clignot|knipper)",
    re.IGNORECASE,
)
# As above, without what one only comes with.
_MENDS: Final = re.compile(
    r"\b(?:repar\w*|répar\w*|herstel\w*|maken|doen|fix\w*|nakijken|machen|macht|schleif\w*|flick\w*|ansehen"
    r"|anschauen|reinschauen|mend\w*|sharpen\w*|look at|faites|faire|regarder|slijpen)\b",
    re.IGNORECASE,
)
_OR_WITHOUT: Final = re.compile(
    r"\b(?:met of zonder|mit oder ohne|with or without|avec ou sans)\s+"
    r"(?:(?:de|het|een|den|die|das|the|an?|le|la|les|une?)\s+|l['’])?([^\W\d_]{3,40})",
    re.IGNORECASE,
)


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
        named = self.things & subjects.things(self.asking) if self.matters & HARD else self.things
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
        is_on_hours = bool(asked & HOURS) and not _MENDS.search(self.asking)
        return is_on_hours or (bool(asked & HARD) and not _REPAIR.search(self.asking))

    @cached_property
    def matters(self) -> frozenset[str]:
        asking = subjects.asked(self.asking) | ({"pets"} if _HE.search(self.asking) else set())
        found = subjects.asked(self.text) - (BY_THE_WAY - asking)
        if "?" not in self.text:
            found -= {"lost"}
        more = (("limit", self._has_many and "giving" not in found), ("last entry", self._has_hour))
        return found | {matter for matter, is_asked in more if is_asked}

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
        """Whether one may come with it, or is it all that the mail says?"""
        return _REPAIR.search(self.asking) is not None if "?" in self.text else self.is_only

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
