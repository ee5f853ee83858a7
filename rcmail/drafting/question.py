"""One question of a mail: what it is about, and how it is asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from rcmail.answers.things import GENERAL, PROCESSES
from rcmail.drafting import subjects, wording
from rcmail.drafting.matters import BY_THE_WAY, HARD, HOURS, OF_THE_EVENT
from rcmail.drafting.stems import stems
from rcmail.mail.mentions import mentions

THINGS: Final = 3
"""So many things of one question are answered."""
# Content words of a sentence that asks for no more than when and where: with more of them it asks something else
# (“could I borrow a heat gun and return it at the next one?”).
_MOST_OF_EVENT: Final = 4
_ANY_DAY: Final = date(2000, 1, 1)


def joined(texts: Iterable[str]) -> list[str]:
    """Questions, each with those that ask on about it (“if so, how many?”), and with the mark that it shared."""
    found: list[str] = []
    for text in texts:
        if found and wording.AND.match(text) and "?" in text and not found[-1].endswith((".", "!", "?")):
            found[-1] += "?"
        if found and wording.FOLLOWS.match(text):
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
        is_on_date = self.is_short and bool(subjects.asked(self.asking) & OF_THE_EVENT)
        named = self.things & subjects.things(self.asking) if self.hard_matters or is_on_date else self.things
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
        if len(self.all_things) > 1 and wording.INDICATOR.search(self.text):
            found |= {"lamp"}
        if "lost" not in self.matters:
            return found
        others = subjects.things(" ".join(each for each in self._sentences if "lost" not in subjects.asked(each)))
        is_all = not others and wording.MENDED.search(self.asking)  # “the doll lost an arm, can you fix it?”
        return found if is_all else found | (self.all_things - others)

    @property
    def _asks_beside(self) -> bool:
        """Whether it asks something else than whether one may come with it."""
        asked = subjects.asked(self.asking)
        is_on_hours = bool(asked & HOURS) and not wording.MENDED.search(self.asking)
        return is_on_hours or (bool(asked & HARD) and not wording.REPAIR.search(self.asking))

    @cached_property
    def matters(self) -> frozenset[str]:
        asking = subjects.asked(self.asking) | ({"pets"} if wording.HE.search(self.asking) else set())
        found = subjects.asked(self.text) - (BY_THE_WAY - asking)
        if "?" not in self.text:
            found -= {"lost"}
        if not wording.ADMITTED.search(self.asking):
            found -= {"children"}
        has_many = (self._has_many or self.asks_how_many) and "giving" not in found
        more = (
            ("limit", has_many),
            ("last entry", self._has_hour or self.is_on_entry),
            ("home", self.is_at_home),
            ("parking", wording.CAR.search(self.asking)),
        )
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
            any(rule.search(self.asking) for rule in (wording.SEVERAL, wording.ALL))
            or len(subjects.things(self.asking)) > 1
        )
        return bool(wording.HOW_MANY.search(self.asking)) or (
            is_on_many and bool(wording.BROUGHT.search(self.asking))
        )

    @cached_property
    def stems(self) -> frozenset[str]:
        return stems(self.text)

    @cached_property
    def asking(self) -> str:
        """The sentences that ask."""
        return " ".join(each for each in self._sentences if each.endswith("?")) or self._sentences[-1]

    @cached_property
    def _sentences(self) -> list[str]:
        return wording.END.split(self.text)

    @property
    def asks_for_repair(self) -> bool:
        """Whether it asks for nothing but that a thing is repaired, or may be brought, or tells no more of it."""
        if "?" not in self.text:
            return self.is_only
        is_on_many = self.asks_how_many or "limit" in subjects.asked(self.asking)
        is_else = is_on_many or self.asks_else or wording.WHAT_ALONG.search(self.asking)
        return not is_else and any(rule.search(self.asking) for rule in (wording.MENDED, wording.BROUGHT))

    @property
    def asks_else(self) -> bool:
        """Whether it asks for something else to be done with it."""
        return (
            bool(wording.ELSE.search(self.asking))
            or not wording.BESIDE.isdisjoint(subjects.asked(self.asking))
            or self.is_at_home
        )

    @property
    def is_at_home(self) -> bool:
        """Whether somebody is asked to come to where the visitor lives."""
        return wording.AT_HOME.search(self.asking) is not None

    @property
    def is_on_entry(self) -> bool:
        """Whether it asks if one is still let in at an hour."""
        is_not_before = self._has_hour and "?" in self.text and wording.NOT_BEFORE.search(self.text) is not None
        return wording.LATE.search(self.asking) is not None or is_not_before

    @property
    def is_beside_event(self) -> bool:
        """Whether its when or where is of something else than the event."""
        return any(rule.search(self.asking) for rule in (wording.NOT_THE_EVENT, wording.BY_A_FEAST))

    @property
    def is_beyond(self) -> bool:
        """Whether it asks what becomes of a thing that nobody can mend."""
        return wording.BEYOND.search(self.asking) is not None

    @property
    def asks_to_register(self) -> bool:
        """Whether its words for an appointment do not ask for a date."""
        return wording.REGISTER.search(self.asking) is not None or wording.A_DATE.search(self.asking) is None

    @property
    def is_short(self) -> bool:
        """Whether it can ask for no more than when and where."""
        return len(stems(self.asking)) <= _MOST_OF_EVENT

    @property
    def or_without(self) -> str:
        """What it may be that one comes with or without; empty where that is not asked."""
        found = wording.OR_WITHOUT.search(self.asking)
        return found[1] if found else ""

    @property
    def _has_hour(self) -> bool:
        """Whether it names an hour: is one let in then?"""
        return any(each.kind == "time" for each in mentions(self.text, _ANY_DAY))

    @property
    def _has_many(self) -> bool:
        """Three things, or three of one."""
        counted = (each[0] for each in wording.MANY.finditer(self.text))
        return len(self.things) >= THINGS or any(
            subjects.things(each) or wording.PIECES.search(each) for each in counted
        )
