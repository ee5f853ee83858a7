"""What belongs to a draft beside its text: what is quoted below it, what lies in the mailbox, what was sent."""

from dataclasses import dataclass
from typing import Final

from rcmail.db.pool import Database
from rcmail.drafting import addressing
from rcmail.drafting.letter import quoted
from rcmail.drafting.store import Draft
from rcmail.settings.store import SettingsStore

_BESIDE: Final = """
SELECT (SELECT state FROM pushes WHERE draft = %s) AS place,
    (SELECT sent_as FROM sent_drafts WHERE draft = %s) AS became
"""
_ANSWERS: Final = ("ready", "approved", "pushed")


@dataclass(frozen=True, slots=True)
class Beside:
    """``place`` is the state of what lies in the mailbox, empty where nothing was written there; ``became`` how
    much of the text was sent, empty where that is not known."""

    quoted: str
    place: str
    became: str


async def beside(database: Database, settings: SettingsStore, draft: Draft) -> Beside:
    """Raises DatabaseUnavailable."""
    [row] = await database.fetch(_BESIDE, (draft.id, draft.id))
    quote = ""
    if draft.state in _ANSWERS:
        languages = settings.last_known.languages
        asked = await addressing.asked_of(database, draft.conversation)
        quote = quoted(asked, addressing.language_of(draft.text, languages))
    return Beside(quote, row.place or "", row.became or "")
