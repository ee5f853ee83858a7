"""When and where it is next, in a sentence of the draft's language."""

from dataclasses import dataclass

from rcmail.answers.facts import Facts
from rcmail.drafting import dates, phrases


@dataclass(frozen=True, slots=True)
class NextEvent:
    """The sentence; ``is_open`` where it is a gap."""

    text: str
    is_open: bool


def next_event(facts: Facts, language: str) -> NextEvent:
    """As much as settings say; without a date a gap."""
    settings = facts.settings
    when = settings.next_event(facts.today)
    if when is None:
        return NextEvent(phrases.no_date(language), True)
    parts = [dates.day(when, facts.today, language)]
    if settings.event_time:
        parts.append(dates.hours(settings.event_time, language))
    place = phrases.place(" ".join(facts.text("event_location", language).split()), language)
    return NextEvent(phrases.next_event([*parts, *filter(None, [place])], language), False)
