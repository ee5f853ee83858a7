"""What belongs to a draft beside its text: whom it goes to, what is quoted below it, what lies in the mailbox."""

from dataclasses import dataclass
from typing import Final

from rcmail.db.pool import Database
from rcmail.drafting import addressing
from rcmail.drafting.addressing import Unanswerable
from rcmail.drafting.letter import quoted
from rcmail.drafting.store import Draft
from rcmail.settings.store import Settings

_BESIDE: Final = """
SELECT (SELECT state FROM pushes WHERE draft = %s) AS place,
    (SELECT sent_as FROM sent_drafts WHERE draft = %s) AS became
"""
_ANSWERS: Final = ("ready", "approved", "pushed")


@dataclass(frozen=True, slots=True)
class Beside:
    """What is not known is empty.

    ``place`` is the state of what lies in the mailbox; ``became`` how much of the text was sent; ``problem`` why
    it cannot be written to the mailbox.
    """

    place: str
    became: str
    to_address: str = ""
    from_address: str = ""
    quoted: str = ""
    problem: str = ""


async def beside(database: Database, settings: Settings, draft: Draft) -> Beside:
    """Raises DatabaseUnavailable."""
    [row] = await database.fetch(_BESIDE, (draft.id, draft.id))
    place, became = row.place or "", row.became or ""
    if draft.state not in _ANSWERS:
        return Beside(place, became)
    try:
        envelope = await addressing.envelope(database, draft.conversation, settings.group_addresses)
    except Unanswerable as error:
        return Beside(place, became, problem=str(error))
    quote = quoted(envelope.asked, addressing.language_of(draft.text, settings.languages))
    return Beside(place, became, envelope.to_address, envelope.from_address, quote)
