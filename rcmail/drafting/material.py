"""What a draft is made from and checked against: the request, past answers to its like, and today's facts."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rcmail.answers import facts as todays
from rcmail.answers import results
from rcmail.answers.facts import Facts
from rcmail.answers.results import Answer
from rcmail.answers.search import MOST, REQUEST
from rcmail.db.pool import Database, Row
from rcmail.drafting.proposal import Asked, Source
from rcmail.settings.store import Settings

_TEXTS: Final = (
    "event_time", "event_location", "event_offerings", "not_repaired", "house_facts", "reply_signature",
)  # fmt: skip
FACTS: Final = ("event_date", "event_further_dates", *_TEXTS)
"""The settings that stand in drafts."""
_VISITORS: Final = "SELECT id, visitor_name, visitor_address FROM messages WHERE id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class Material:
    """What ``compose`` and ``check`` take. ``asked`` has no texts where the visitor wrote none."""

    asked: Asked
    sources: Sequence[Source]
    facts: Facts


def signature(settings: Settings, today: date) -> str:
    """Of the facts of the configuration page on that day: another one, and what is drafted is stale."""
    days = [day for day in settings.event_dates if day >= today]  # a volunteer may name a further one
    known = (days, *(settings.get(name) for name in _TEXTS))
    return hashlib.sha256(repr(known).encode()).hexdigest()[:16]


async def read(database: Database, conversation: int, today: date, also: Sequence[int] = ()) -> Material:
    """The material of ``conversation``; ``also``: numbers of past questions beside those that are found now.

    Raises NoSuchConversation and DatabaseUnavailable.
    """
    answers = list((await results.read(database, conversation, MOST)).answers)
    found = {each.message for each in answers}
    answers += await results.named(database, conversation, [each for each in also if each not in found])
    asked = _asked(await database.fetch(REQUEST, (conversation, conversation)))
    return Material(asked, await _sources(database, answers), await todays.read(database, today))


def _asked(messages: Sequence[Row]) -> Asked:
    if not messages:
        return Asked([], "", None, "", None)
    language = next((row.language for row in reversed(messages) if row.language), None)
    texts = [row.new_text for row in messages]
    newest = messages[-1]  # of two who share a thread the answer goes to whoever wrote last
    return Asked(
        texts,
        messages[0].subject,
        language,
        newest.visitor_name,
        newest.visitor_address,
        is_shared=len({row.visitor_address for row in messages}) > 1,
    )


async def _sources(database: Database, answers: Sequence[Answer]) -> list[Source]:
    rows = await database.fetch(_VISITORS, ([each.message for each in answers],)) if answers else []
    visitors = {row.id: row for row in rows}
    return [_source(each, visitors[each.message]) for each in answers if each.message in visitors]


def _source(answer: Answer, visitor: Row) -> Source:
    return Source(
        message=answer.message,
        message_id=answer.message_id,
        question=answer.question,
        answer=answer.answer,
        language=answer.language,
        written=answer.date.date(),
        score=answer.score,
        visitor_name=visitor.visitor_name,
        visitor_address=visitor.visitor_address,
    )
