"""A volunteer's review of a draft: each text is checked as it is saved, and none with a gap is approved."""

from collections.abc import Sequence
from typing import Final

from rcmail.clock import today
from rcmail.db.pool import Database
from rcmail.drafting import changing, material, store
from rcmail.drafting.proposal import Objection
from rcmail.drafting.store import Draft
from rcmail.errors import ChildFailed, DraftChanged, InvalidSettings, NoSuchDraft
from rcmail.process.child import Child
from rcmail.settings.store import SettingsStore

MOST: Final = 20_000
"""Letters of a draft."""
GAP: Final = "unanswered"
# Seconds: for one text, and until the child that looked through the last one ends.
_TIMEOUT: Final = 5.0
_IDLE: Final = 300.0
# No edit is lost for it; but who knows what is in it.
_UNCHECKED: Final = Objection(
    "unchecked",
    "This text could not be looked through by rcmail just now, so it cannot be approved. Save it again.",
)


class Review:
    """Every method raises DatabaseUnavailable.

    Texts are looked through in a child: past mails are beside them, which strangers wrote.
    """

    def __init__(self, database: Database, settings: SettingsStore, child: Child | None = None) -> None:
        self._database = database
        self._settings = settings
        self._child = child or Child("rcmail.drafting", idle=_IDLE)

    def end(self) -> None:
        """End the child."""
        self._child.end()

    async def look(self, conversation: int) -> Draft | None:
        """The draft of ``conversation``. Raises NoSuchConversation."""
        return await store.read(self._database, conversation, await self._facts())

    async def save(
        self, conversation: int, *, seen: int, text: str | None = None, state: str | None = None
    ) -> None:
        """As ``changing.change``, with its errors. Raises InvalidSettings, which names the field, for a text that
        is empty, or has a gap, and is to be approved."""
        facts = await self._facts()
        draft = await store.read(self._database, conversation, facts)
        if draft is None:
            raise NoSuchDraft
        if seen > draft.revision:
            raise DraftChanged
        new = draft.text if text is None else text
        if new == draft.text and not draft.is_stale and _UNCHECKED not in draft.warnings:
            warnings = draft.warnings  # as it was looked through before: nobody waits for the child
        else:
            warnings = await self._checked(conversation, new, draft.sources)
        if state == "approved" and seen >= draft.changed_in:  # else that it was changed is what is to be told
            _refuse(new, warnings)
        await changing.change(self._database, conversation, facts, warnings, seen=seen, text=text, state=state)

    async def start_from_answer(self, conversation: int, message: int) -> None:
        """Have the past answer to ``message`` as the draft, also one that is not found for this conversation any
        more. Raises NoSuchDraft where there is none, and NoSuchConversation."""
        found = await material.read(self._database, conversation, today(), [message])
        source = next((each for each in found.sources if each.message == message), None)
        if source is None:
            raise NoSuchDraft("This past answer is not there any more, or was taken away from this conversation.")
        await self._start(conversation, source.answer[:MOST], message)

    async def start_from_version(self, conversation: int, version: int) -> None:
        """Have an earlier text as the draft again. Raises NoSuchDraft and NoSuchConversation."""
        await self._start(conversation, await store.version(self._database, conversation, version), None)

    async def _start(self, conversation: int, text: str, source: int | None) -> None:
        warnings = await self._checked(conversation, text, [source] if source else [])
        facts = await self._facts()
        await changing.start_from(self._database, conversation, facts, warnings, text=text, source=source)

    async def _checked(self, conversation: int, text: str, sources: Sequence[int]) -> Sequence[Objection]:
        found = await material.read(self._database, conversation, today(), sources)
        item = {"text": text, "asked": found.asked, "sources": list(found.sources), "facts": found.facts}
        try:
            made = await self._child.call("rcmail.drafting.making:checked", item, timeout=_TIMEOUT)
            return [Objection(**each) for each in made]
        except (ChildFailed, TypeError):
            return [_UNCHECKED]

    async def _facts(self) -> str:
        return material.signature(await self._settings.read(), today())


def _refuse(text: str, warnings: Sequence[Objection]) -> None:
    if not text.strip():
        raise InvalidSettings({"text": "is empty, and nobody sends an empty answer"})
    if _UNCHECKED in warnings:
        raise InvalidSettings({"text": "could not be looked through just now; try again"})
    if gap := next((each for each in warnings if each.kind == GAP), None):
        raise InvalidSettings({"text": f"has a gap that is still to be filled: {text[gap.start : gap.end][:200]}"})
