"""One draft by a language model, which is asked, watched while it writes, and told its mistakes once."""

import asyncio
import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from rcmail.clock import today
from rcmail.db.pool import Database, Row
from rcmail.drafting import fitting, making, material, written
from rcmail.drafting.material import Material
from rcmail.drafting.prompt import Prompt, again
from rcmail.drafting.proposal import Objection
from rcmail.drafting.serving import Serving
from rcmail.drafting.written import Written
from rcmail.errors import (
    ChildFailed,
    DatabaseUnavailable,
    LLMBusy,
    LLMFailed,
    LLMLoading,
    LLMTooSlow,
    LLMUnreachable,
    NoSuchConversation,
    PromptTooLong,
)
from rcmail.llm.base import Limits, LLMAdapter, Message, Reason, Usage
from rcmail.process.child import Child

logger = logging.getLogger("rcmail.drafting")

_LEFT_OUT: Final = "The model has not read {}: it has no room for all of it."
_GAP: Final = "unanswered"


@dataclass(frozen=True, slots=True)
class Patience:
    """In seconds."""

    whole: float = 600
    """For one draft, with all waiting."""
    pause: float = 5
    """Between two tries."""
    tick: float = 0.5
    """Between two looks whether anybody still wants it, at each of which what is written so far is kept."""
    alive: float = 10
    """Between two looks whether a server that says nothing is still there."""
    child: float = 20
    limits: Limits = field(default_factory=Limits)


class NotTaken(Exception):
    """What the model wrote is not better than the draft without. The message is of ours alone."""


class Writer:
    """Has drafts written, one at a time."""

    def __init__(
        self, database: Database, serving: Serving, child: Child, patience: Patience | None = None
    ) -> None:
        self._database = database
        self._serving = serving
        self._child = child
        self._patience = patience or Patience()
        self._so_far = ""

    async def write(self, row: Row) -> Written | None:
        """What takes the place of the draft ``row``; None where that stays, or somebody changed it.

        Raises NoModel where there is none, and DatabaseUnavailable. Whoever cancels it stops the server.
        """
        tasks = [asyncio.create_task(each) for each in (self._in_time(row), self._alive())]
        shown = ""
        try:
            while not (await asyncio.wait(tasks, timeout=self._patience.tick, return_when="FIRST_COMPLETED"))[0]:
                so_far = self._so_far
                with suppress(DatabaseUnavailable):  # it may come back before the model is through
                    if not await written.show(self._database, row, so_far if so_far != shown else None):
                        return None
                    shown = so_far
            return next(each for each in tasks if each.done()).result()
        finally:
            for each in tasks:
                each.cancel()
            await asyncio.wait(tasks)

    async def _in_time(self, row: Row) -> Written | None:
        try:
            async with asyncio.timeout(self._patience.whole):
                return await self._patiently(row)
        except TimeoutError:
            reason = "it took too long"
        except (LLMUnreachable, PromptTooLong, ChildFailed, NotTaken) as error:
            reason = str(error)
        except (NoSuchConversation, KeyError, TypeError, ValueError):
            reason = "it could not be asked"
        logger.info("draft_not_written", extra={"conversation": row.conversation, "reason": reason})
        return None

    async def _patiently(self, row: Row) -> Written:
        """Again where it is loading, writes for others, or has gone for a moment."""
        while True:
            self._so_far = ""
            try:
                return await self._written(row)
            except (LLMLoading, LLMBusy):
                pass
            except (LLMFailed, LLMTooSlow):
                raise
            except LLMUnreachable as error:
                self._serving.note(error)
            await asyncio.sleep(self._patience.pause)

    async def _alive(self) -> None:
        """Ends with NoModel where the server is silent for too long while it is waited for."""
        while True:
            before = self._so_far
            await asyncio.sleep(self._patience.alive)
            if self._so_far == before:
                with suppress(LLMUnreachable):
                    await self._serving.look()

    async def _written(self, row: Row) -> Written:
        began = time.monotonic()
        adapter, model, name = await self._serving.look()
        found = await material.read(self._database, row.conversation, today())
        whole = await self._prompt(row, found)
        prompt = await fitting.fit(adapter, model, whole, self._patience.limits.tokens)
        while True:
            try:
                text, objections = await self._twice(adapter, model, fitting.messages(prompt), row, found)
                break
            except PromptTooLong:
                prompt = fitting.without_oldest(prompt)
        seconds = time.monotonic() - began
        logger.info("draft_written", extra={"conversation": row.conversation, "seconds": round(seconds, 1)})
        warnings = [*_of_all(row), *_left_out(whole, prompt), *objections]
        return Written(text, name, [each.message for each in prompt.examples], warnings, seconds)

    async def _prompt(self, row: Row, found: Material) -> Prompt:
        item = making.item(found.asked, found.sources, found.facts, hint=row.hint, used=row.sources)
        made = await self._child.call("rcmail.drafting.making:prompted", item, timeout=self._patience.child)
        return making.question(made)

    async def _twice(
        self, adapter: LLMAdapter, model: str, asked: Sequence[Message], row: Row, found: Material
    ) -> tuple[str, Sequence[Objection]]:
        """A text that may take the place of the other one. Raises NotTaken where the second has mistakes too."""
        kinds: list[str] = []
        messages = list(asked)
        for _ in range(2):
            said, is_whole = await self._answer(adapter, model, messages)
            text, objections = await self._judged(said, found)
            wrong = _wrong(objections, row)
            if is_whole and not wrong:
                return text, objections
            kinds = sorted({each.kind for each in wrong}) or ["not at an end"]
            unended = [] if is_whole else [Objection("long", "It is far too long: be brief.")]
            messages = [
                *asked,
                Message("assistant", text.replace("<", "‹")),
                Message("user", again(text, [*wrong, *unended])),
            ]
        raise NotTaken(f"it was wrong twice: {', '.join(kinds)}")

    async def _answer(self, adapter: LLMAdapter, model: str, messages: Sequence[Message]) -> tuple[str, bool]:
        """What it writes, and whether it came to an end of its own."""
        self._so_far = ""
        async with adapter.generate(model, messages, self._patience.limits) as writing:
            async for piece in writing:
                self._so_far += piece
            ending = writing.ending
        read = ending.usage if ending else Usage()
        await self._insist_on_all(adapter, model, messages, read)
        return self._so_far, ending is not None and ending.reason is Reason.DONE

    async def _insist_on_all(
        self, adapter: LLMAdapter, model: str, messages: Sequence[Message], usage: Usage
    ) -> None:
        """Raises PromptTooLong where a server that does not count beforehand may have left something out."""
        if not (await adapter.count_tokens(model, messages)).is_exact:
            context = await adapter.context_size(model)
            if fitting.was_cut(usage.prompt, context, self._patience.limits.tokens):
                raise PromptTooLong(usage.prompt, context)

    async def _judged(self, text: str, found: Material) -> tuple[str, Sequence[Objection]]:
        item = making.item(found.asked, found.sources, found.facts, text=text)
        made = await self._child.call("rcmail.drafting.making:judged", item, timeout=self._patience.child)
        return str(made["text"]), making.objections(made["objections"])


def _wrong(objections: Sequence[Objection], row: Row) -> list[Objection]:
    """What a model has to do better: a gap only where the draft without has fewer of them."""
    gaps = [each for each in objections if each.kind == _GAP]
    others = [each for each in objections if each.kind != _GAP]
    before = sum(each["kind"] == _GAP for each in row.warnings)
    return [*others, *(gaps if len(gaps) > before else [])]


def _of_all(row: Row) -> list[Objection]:
    """Warnings of the draft without that are of no place in it, and so of this one too."""
    return [
        Objection(each["kind"], each["sentence"])
        for each in row.warnings
        if not each["end"] and each["kind"] == "language"
    ]


def _left_out(whole: Prompt, given: Prompt) -> list[Objection]:
    missing = len(whole.examples) - len(given.examples)
    past = [f"{missing} of the past answers that are like it"] if missing else []
    letter = ["the end of the visitor’s long mail"] if whole.is_cut else []
    return [Objection("left out", _LEFT_OUT.format(" and ".join([*past, *letter])))] if past or letter else []
