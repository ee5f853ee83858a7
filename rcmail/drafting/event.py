"""When and where it is next, in a sentence of the draft's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rcmail.answers.facts import Facts
from rcmail.drafting import dates, phrases
from rcmail.drafting.when import Wish


@dataclass(frozen=True, slots=True)
class NextEvent:
    """The sentence; ``is_open`` where it is a gap."""

    text: str
    is_open: bool


def next_event(facts: Facts, language: str) -> NextEvent:
    """As much as settings say; without a date a gap."""
    when = facts.settings.next_event(facts.today)
    if when is None:
        return NextEvent(phrases.no_date(language), True)
    return NextEvent(phrases.next_event(_when_and_where([when], facts, language), language), False)


def wished_event(wish: Wish, facts: Facts, language: str) -> NextEvent:
    """As ``next_event``, of those dates that the visitor asks for; a gap where the next one is ruled out."""
    if wish.days:
        return NextEvent(phrases.on_days(_when_and_where(wish.days, facts, language), language), False)
    return NextEvent(phrases.no_date(language), True) if wish.is_ruled_out else next_event(facts, language)


def _when_and_where(days: Sequence[date], facts: Facts, language: str) -> list[str]:
    parts = [phrases.joined([dates.day(each, facts.today, language) for each in days], language)]
    if facts.settings.event_time:
        parts.append(dates.hours(facts.settings.event_time, language))
    place = phrases.place(" ".join(facts.text("event_location", language).split()), language)
    return [*parts, *filter(None, [place])]
