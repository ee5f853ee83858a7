"""Today's facts: what the configuration says, and what the group's answers say since it is where it is."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, time
from functools import cached_property
from typing import Any, Final

from rcmail.answers import gone
from rcmail.db.pool import Database
from rcmail.mail.language import language as language_of
from rcmail.mail.mentions import Mention, mentions
from rcmail.mail.mentions.hours import readings
from rcmail.mail.mentions.mention import folded, plain, small
from rcmail.settings.store import Settings, SettingsStore
from rcmail.settings.values import Span, lines

Fact = tuple[str, Any]
"""The kind and the value of a mention."""

# More of them than anybody will ever have saved.
_FORMER: Final = 200
_LOOK: Final = f"""
SELECT (SELECT row_to_json(said_facts) FROM said_facts) AS said,
    (SELECT coalesce(json_agg(former), '[]') FROM (
        SELECT key, value FROM former_settings ORDER BY until DESC, id DESC LIMIT {_FORMER}
    ) AS former) AS former
"""
_ARTICLES: Final = frozenset(["de", "het", "the", "le", "la", "les", "der", "die", "das", "den", "t"])


@dataclass(frozen=True)
class Facts:
    """What is true on the day ``today``.

    ``said`` is what the group wrote in at least two answers since it is where it is today, beyond the settings.
    ``former`` has of each setting the values that it had before, the newest first, and not the one that it has.
    """

    today: date
    settings: Settings = field(default_factory=Settings)
    said: Collection[Fact] = ()
    former: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, Any]:
        """For another process, without what is worked out of it: tables of words that are there too."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def text(self, name: str, language: str) -> str:
        """``Settings.text``, without lines that name no language and are in another one."""
        found = self.settings.lines(name)
        return "\n".join(line for mark, line in found if (mark or _guess(name, line) or language) == language)

    def items(self, name: str, language: str) -> list[str]:
        """``Settings.items``, without those that name no language and are in another one."""
        return [item for line in self.text(name, language).split("\n") for item in line.split(", ") if item]

    def holds(self, mention: Mention) -> bool:
        """Whether a day, a weekday, a time or a place is one of today's facts."""
        if mention.kind == "date":
            return mention.value in self._days
        if mention.kind == "days":
            return not self._days.isdisjoint(mention.value)
        if mention.kind == "rule":
            return any(map(mention.value.fits, self._days))
        if mention.kind == "weekday":
            return any(day.weekday() == mention.value for day in self._days)
        if mention.kind == "time":
            return any(map(self._is_time, readings(small(plain(mention.text)), mention.value)))
        if mention.kind == "place":
            wanted = _words(mention.value)
            return any(wanted <= place for place in self.places)
        raise ValueError(f"no fact is a {mention.kind}")

    def is_here(self, mention: Mention) -> bool:
        """Whether it names the place of the event."""
        return is_at(mention, self.settings.get("event_location") or "")

    @cached_property
    def times(self) -> frozenset[Span]:
        """The hours of the event, and others that are facts; empty where none are known."""
        given = self.settings.event_time
        return frozenset(value for kind, value in self._mentioned if kind == "time") | (
            {given} if given else set()
        )

    @cached_property
    def places(self) -> Sequence[frozenset[str]]:
        """The words of each place that is a fact; empty where the settings name none."""
        location = self.settings.event_location
        others = [value for kind, value in self._mentioned if kind == "place"]
        return [_words(folded(each)) for each in (*location, *others)] if location else []

    @cached_property
    def gone_places(self) -> re.Pattern[str] | None:
        """The names of places where the group was."""
        return gone.places(self.settings, self.former)

    @cached_property
    def gone_offerings(self) -> gone.Gone:
        """What is not repaired, or no more."""
        if not self.settings.not_repaired and not self.former.get("event_offerings"):
            return gone.NOTHING
        # The pages' process has it only where there is such a thing: a third of a megabyte of words.
        from rcmail.answers.offerings import offerings

        return offerings(self.settings, self.former)

    def _is_time(self, hours: Span) -> bool:
        return hours in self.times or all(each is None or each in self._hours for each in hours)

    @cached_property
    def _days(self) -> frozenset[date]:
        return frozenset(day for day in self.settings.event_dates if day >= self.today)

    @cached_property
    def _hours(self) -> frozenset[time]:
        return frozenset(each for hours in self.times for each in hours if each)

    @cached_property
    def _mentioned(self) -> frozenset[Fact]:
        house = "\n".join(self.settings.house_facts)
        return frozenset(self.said) | {(each.kind, each.value) for each in mentions(house, self.today)}


def is_at(mention: Mention, location: str) -> bool:
    """Whether a mention names the place that the setting ``location`` says, or its street."""
    return mention.kind == "place" and any(
        _words(mention.value) <= _words(folded(line)) for _, line in lines(location)
    )


def _words(text: str) -> frozenset[str]:
    found = frozenset(text.split())
    return found - _ARTICLES or found


def _guess(name: str, line: str) -> str | None:
    """The language of a line that names none; a place is called the same in each."""
    return None if name == "event_location" else language_of(line)


async def read(database: Database, today: date, store: SettingsStore | None = None) -> Facts:
    """Today's facts, in one round trip; ``store`` is one that remembers. Raises DatabaseUnavailable."""
    settings, row = await (store or SettingsStore(database)).read_beside("facts", _LOOK, ())
    former: dict[str, list[str]] = {}
    for each in row["former"]:
        if each["value"] != settings.get(each["key"]):
            former.setdefault(each["key"], []).append(each["value"])
    said = row["said"]
    is_of_here = said and said["location"] == settings.get("event_location")
    return Facts(today, settings, loaded(said["said"]) if is_of_here else (), former)


def stored(facts: Iterable[Fact]) -> list[list[Any]]:
    """Times and places as JSON has them."""
    return [
        [kind, [each and each.isoformat("minutes") for each in value] if kind == "time" else value]
        for kind, value in facts
    ]


def loaded(facts: Iterable[Sequence[Any]]) -> frozenset[Fact]:
    """What ``stored`` made."""
    return frozenset(
        (kind, tuple(each and time.fromisoformat(each) for each in value) if kind == "time" else value)
        for kind, value in facts
    )
