"""What the group's answers say of the house today, beyond the settings: the last entry, where to park."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from rcmail.answers.facts import Fact, Facts, is_at, stored
from rcmail.db.pool import Database
from rcmail.mail.mentions import Mention, mentions
from rcmail.process.threads import in_daemon_thread
from rcmail.settings.values import hours

# Answers that are looked at; and the newest of them, one of which has to say it.
_ANSWERS: Final = 200
_NEWEST: Final = 50
_TIMES: Final = 2
# Letters of an answer.
_LETTERS: Final = 10_000
_LOOK: Final = f"""
SELECT left(new_text, {_LETTERS}) AS text, sent_at
FROM messages JOIN conversations ON conversations.id = conversation
WHERE direction = 'out' AND machine = '' AND kind <> 'other'
ORDER BY sent_at DESC, messages.id DESC LIMIT {_ANSWERS}
"""
_PUT: Final = """
INSERT INTO said_facts (location, said) VALUES (%s, %s::jsonb)
ON CONFLICT (id) DO UPDATE SET location = excluded.location, said = excluded.said, made_at = now()
"""


async def renew(database: Database, facts: Facts) -> None:
    """Keep what the answers say where the group is today. Raises DatabaseUnavailable."""
    location = facts.settings.get("event_location")
    if location is None:
        await database.execute("DELETE FROM said_facts")
        return
    rows = await database.fetch(_LOOK, timeout=15.0)
    answers = [(row.text, row.sent_at.date()) for row in rows]
    found = await in_daemon_thread(partial(said, answers, facts), "said")
    await database.execute(_PUT, (location, json.dumps(sorted(stored(found), key=str))))


def said(answers: Sequence[tuple[str, date]], facts: Facts) -> set[Fact]:
    """Times and places that stand in at least two of ``answers``, newest first, since the group is where it is.

    That is since the first one that names today's place. What was said twice before, or was a setting, is of then.
    """
    location = facts.settings.get("event_location") or ""
    found = [[each for each in mentions(*answer) if each.kind in ("time", "place")] for answer in answers]
    here = [number for number, each in enumerate(found) if any(is_at(mention, location) for mention in each)]
    if not here:
        return set()
    since, before = found[: here[-1] + 1], found[here[-1] + 1 :]
    elsewhere = [former for former in facts.former.get("event_location", ()) if former != location]
    known = _often([each for each in since if not _is_of(each, elsewhere, location)])
    newest = {fact for each in since[:_NEWEST] for fact in _facts(each)}
    return (known & newest) - _often(before) - _former_hours(facts)


def _often(found: Sequence[Sequence[Mention]]) -> set[Fact]:
    counted = Counter(fact for each in found for fact in _facts(each))
    return {fact for fact, count in counted.items() if count >= _TIMES}


def _facts(found: Sequence[Mention]) -> set[Fact]:
    return {(each.kind, each.value) for each in found}


def _is_of(found: Sequence[Mention], places: Sequence[str], location: str) -> bool:
    """Whether one of ``places`` is named that ``location`` does not name."""
    return any(is_at(each, place) and not is_at(each, location) for each in found for place in places)


def _former_hours(facts: Facts) -> set[Fact]:
    given = [hours(text) for text in facts.former.get("event_time", ())]
    return {("time", each) for span in given for each in (span, (span[0], None), (span[1], None))}
