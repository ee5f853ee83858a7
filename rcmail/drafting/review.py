"""A volunteer's review of a draft: each text is checked as it is saved, and none with a gap is approved."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from rcmail.clock import today
from rcmail.db.pool import Database
from rcmail.drafting import changing, material, store
from rcmail.drafting.checks import check
from rcmail.drafting.proposal import Objection
from rcmail.drafting.store import Draft
from rcmail.errors import DraftChanged, InvalidSettings, NoSuchDraft
from rcmail.process.threads import in_daemon_thread
from rcmail.settings.store import SettingsStore

MOST: Final = 20_000
"""Letters of a draft."""
GAP: Final = "unanswered"


async def look(database: Database, settings: SettingsStore, conversation: int) -> Draft | None:
    """The draft of ``conversation``. Raises NoSuchConversation and DatabaseUnavailable."""
    return await store.read(database, conversation, await _facts(settings))


async def save(
    database: Database,
    settings: SettingsStore,
    conversation: int,
    *,
    seen: int,
    text: str | None = None,
    state: str | None = None,
) -> None:
    """As ``changing.change``, with its errors. Raises InvalidSettings, which names the field, for a text that is
    empty, or has a gap, and is to be approved."""
    facts = await _facts(settings)
    draft = await store.read(database, conversation, facts)
    if draft is None:
        raise NoSuchDraft
    if seen > draft.revision:
        raise DraftChanged
    new = draft.text if text is None else text
    warnings = await _checked(database, conversation, new, draft.sources)
    if state == "approved":
        _refuse(new, warnings)
    await changing.change(database, conversation, facts, warnings, seen=seen, text=text, state=state)


def _refuse(text: str, warnings: Sequence[Objection]) -> None:
    if not text.strip():
        raise InvalidSettings({"text": "is empty, and nobody sends an empty answer"})
    if gap := next((each for each in warnings if each.kind == GAP), None):
        raise InvalidSettings({"text": f"has a gap that is still to be filled: {text[gap.start : gap.end][:200]}"})


async def start_from_answer(database: Database, settings: SettingsStore, conversation: int, message: int) -> None:
    """Have the past answer to ``message`` as the draft. Raises NoSuchDraft where that was not found for this
    conversation, NoSuchConversation and DatabaseUnavailable."""
    found = await material.read(database, conversation, today())
    source = next((each for each in found.sources if each.message == message), None)
    if source is None:
        raise NoSuchDraft
    await _start(database, settings, conversation, source.answer[:MOST], message)


async def start_from_version(database: Database, settings: SettingsStore, conversation: int, version: int) -> None:
    """Have an earlier text as the draft again. Raises NoSuchDraft, NoSuchConversation and DatabaseUnavailable."""
    await _start(database, settings, conversation, await store.version(database, conversation, version), None)


async def _start(
    database: Database, settings: SettingsStore, conversation: int, text: str, source: int | None
) -> None:
    facts = await _facts(settings)
    warnings = await _checked(database, conversation, text, [source] if source else [])
    await changing.start_from(database, conversation, facts, warnings, text=text, source=source)


async def _checked(database: Database, conversation: int, text: str, sources: Sequence[int]) -> list[Objection]:
    found = await material.read(database, conversation, today(), sources)
    return await in_daemon_thread(partial(check, text, found.asked, found.sources, found.facts), "check")


async def _facts(settings: SettingsStore) -> str:
    return material.signature(await settings.read(), today())
