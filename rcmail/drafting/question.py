"""One question of a mail: what it is about, and how it is asked."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from rcmail.answers.things import GENERAL, PROCESSES
from rcmail.drafting import subjects
from rcmail.drafting.matching import stems
from rcmail.drafting.matters import BY_THE_WAY, HARD
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
        return self.things & subjects.things(self.asking) if self.matters & HARD else self.things

    @cached_property
    def matters(self) -> frozenset[str]:
        asking = subjects.asked(self.asking) | ({"pets"} if _HE.search(self.asking) else set())
        found = subjects.asked(self.text) - (BY_THE_WAY - asking)
        if "?" not in self.text:
            found -= {"lost"}
        more = (("limit", self._has_many), ("last entry", self._has_hour))
        return found | {matter for matter, is_asked in more if is_asked}

    @cached_property
    def stems(self) -> frozenset[str]:
        return stems(self.text)

    @cached_property
    def asking(self) -> str:
        """The sentences that ask."""
        sentences = re.split(r"(?<=[.!?])\s", self.text)
        return " ".join(each for each in sentences if each.endswith("?")) or sentences[-1]

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
