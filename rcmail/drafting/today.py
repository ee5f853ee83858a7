"""What is so today, and whose numbers and addresses are the group's own."""

from dataclasses import dataclass
from datetime import time
from functools import cached_property
from typing import Final

from rcmail.answers.facts import Facts
from rcmail.answers.outdated import outdated
from rcmail.drafting.proposal import Source
from rcmail.mail.mentions import Mention, mentions
from rcmail.mail.question import statements
from rcmail.settings.values import Span

DAYS: Final = frozenset(("date", "days", "rule"))
"""The kinds of mentions that say which day."""
DATED: Final = DAYS | {"weekday", "time", "place"}
"""The kinds of mentions that are facts of an event."""
# Letters of an answer in which a place is looked for.
_LETTERS: Final = 2_000
CONTACTS: Final = frozenset(("phone", "address"))


@dataclass(frozen=True)
class Today:
    """Today's facts, as a draft is held against them."""

    facts: Facts

    def is_so(self, mention: Mention) -> bool:
        """Whether a day, a time or a place is one of today's facts; anything else always is."""
        return mention.kind not in DATED or self.facts.holds(mention)

    def is_foreign(self, mention: Mention) -> bool:
        """Whether it is somebody else's number or address."""
        return mention.kind in CONTACTS and mention.value not in self._contacts

    def is_outdated(self, text: str, source: Source) -> bool:
        """Whether something in ``text`` of a past answer, beside days and places, is no longer so."""
        return bool(outdated(text, source.written, self.facts))

    def names_the_hours(self, text: str) -> bool:
        """Whether each time of ``text`` is when the event begins or ends: nobody is let in till then."""
        hours = self.facts.settings.event_time or ()
        named = [each.value for each in mentions(text, self.facts.today) if each.kind == "time"]
        return bool(named) and all(each is None or each in hours for value in named for each in value)

    def is_within(self, hour: time) -> bool:
        """Whether ``hour`` is after the event's beginning and before its end."""
        hours = self.facts.settings.event_time
        return hours is not None and hours[1] is not None and hours[0] < hour < hours[1]

    def is_early_enough(self, span: Span) -> bool:
        """Whether one may come at the hour ``span``: within the event's, not after one of the house facts."""
        hour, until = span
        return until is None and self.is_within(hour) and all(hour <= each for each in self._told_hours)

    def is_elsewhere(self, source: Source) -> bool:
        """Whether the answer is of a time when the group was somewhere else."""
        said = "\n".join(statements(source.answer))[:_LETTERS]  # the group's name below it is of today
        places = [each for each in mentions(said, source.written) if each.kind == "place"]
        return bool(places) and not any(self.facts.holds(each) for each in places)

    @cached_property
    def _told_hours(self) -> frozenset[time]:
        """Those within the event that the house facts name: till then one is let in, or something is mended."""
        named = [
            each.value
            for each in mentions("\n".join(self.facts.settings.house_facts), self.facts.today)
            if each.kind == "time"
        ]
        return frozenset(each for value in named for each in value if each and self.is_within(each))

    @cached_property
    def _contacts(self) -> frozenset[object]:
        settings = self.facts.settings
        texts = [*settings.house_facts, settings.reply_signature, *settings.group_addresses]
        found = mentions("\n".join(texts), self.facts.today)
        return frozenset(each.value for each in found if each.kind in CONTACTS)
