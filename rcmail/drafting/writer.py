"""One draft by a language model, which is waited for, and watched while it writes."""

import asyncio
import logging
import time
from contextlib import suppress
from dataclasses import dataclass, field

from rcmail.clock import today
from rcmail.db.pool import Database, Row
from rcmail.drafting import material, written
from rcmail.drafting.author import Author, NotTaken
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
from rcmail.llm.base import Limits
from rcmail.process.child import Child

logger = logging.getLogger("rcmail.drafting")


@dataclass(frozen=True, slots=True)
class Patience:
    """In seconds."""

    whole: float = 600
    """For one draft, with all waiting."""
    pause: float = 5
    """Between two tries."""
    tick: float = 0.5
    """Between two looks whether anybody still wants it; at every second one what is written so far is kept."""
    alive: float = 10
    """Between two looks whether a server that says nothing is still there."""
    limits: Limits = field(default_factory=Limits)


class Writer:
    """Has drafts written, one at a time."""

    def __init__(
        self, database: Database, serving: Serving, child: Child, patience: Patience | None = None
    ) -> None:
        self._database = database
        self._serving = serving
        self._patience = patience or Patience()
        self._author = Author(child, self._patience.limits)

    async def is_ready(self) -> bool:
        """Whether there is a server to write, now or soon; False after a while. Raises NoModel."""
        if await self._serving.is_there():
            return True
        await asyncio.sleep(self._patience.pause)
        return False

    async def write(self, row: Row) -> Written | None:
        """What takes the place of the draft ``row``; None where that stays, or somebody changed it.

        Raises NoModel where there is none, and DatabaseUnavailable. Whoever cancels it stops the server.
        """
        self._author.so_far = ""
        tasks = [asyncio.create_task(each) for each in (self._in_time(row), self._alive())]
        shown, is_second = "", False
        try:
            while not (await asyncio.wait(tasks, timeout=self._patience.tick, return_when="FIRST_COMPLETED"))[0]:
                so_far = self._author.so_far
                is_new, is_second = is_second and so_far != shown, not is_second
                with suppress(DatabaseUnavailable):  # it may come back before the model is through
                    if not await written.show(self._database, row, so_far if is_new else None):
                        return None
                    shown = so_far if is_new else shown
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
            before = self._author.so_far
            await asyncio.sleep(self._patience.alive)
            if self._author.so_far == before:
                with suppress(LLMUnreachable, DatabaseUnavailable):
                    await self._serving.look()

    async def _written(self, row: Row) -> Written:
        began = time.monotonic()
        adapter, model, name = await self._serving.look()
        found = await material.read(self._database, row.conversation, today())
        gaps = sum(each["kind"] == "unanswered" for each in row.warnings)
        answer = await self._author.write(adapter, model, found, hint=row.hint, used=row.sources, gaps=gaps)
        seconds = time.monotonic() - began
        logger.info("draft_written", extra={"conversation": row.conversation, "seconds": round(seconds, 1)})
        return Written(answer.text, name, answer.sources, [*_of_all(row), *answer.warnings], seconds)


def _of_all(row: Row) -> list[Objection]:
    """Warnings of the draft without that are of no place in it, and so of this one too."""
    of_all = [each for each in row.warnings if each["kind"] in ("language", "shared") and not each["end"]]
    return [Objection(each["kind"], each["sentence"]) for each in of_all]
