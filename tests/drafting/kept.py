"""Mail, its drafts, and the job that makes them, without a child."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import aiohttp

from rcmail.answers.helper import Helper
from rcmail.clock import today
from rcmail.db.pool import Database
from rcmail.drafting import asking, store, work
from rcmail.drafting.review import Review
from rcmail.drafting.serving import Serving
from rcmail.drafting.store import Draft
from rcmail.drafting.writer import Patience, Writer
from rcmail.errors import ChildFailed
from rcmail.jobs.here import do_here
from rcmail.jobs.job import Job
from rcmail.llm.base import Limits
from rcmail.llm.current import CurrentLLM
from rcmail.mailbox.base import DraftBox
from rcmail.process.child import Child
from rcmail.settings.store import SettingsStore
from tests.answers.helpers import HereHelper
from tests.answers.room import asked, compare, keep, number_of

TOASTER = asked("Mijn broodrooster is stuk. Kan ik daarmee komen?", "Ja hoor, neem hem maar mee.", day=1)
BIKE = asked("Repareren jullie ook een fiets?", "Ja, onze Gerrit kijkt naar remmen en banden.", day=3)
PHRASE = "springt niet op"
SOON = Patience(whole=20, pause=0.05, tick=0.05, alive=0.1, limits=Limits(seconds=10, silence=10))


class Given:
    """Boxes that are there, by their providers; what is no box is raised."""

    def __init__(self, **boxes: DraftBox | Exception) -> None:
        self._boxes = boxes

    async def get(self, provider: str, /) -> DraftBox | None:
        box = self._boxes.get(provider)
        if isinstance(box, Exception):
            raise box
        return box


class HereChild(Child):
    """Calls in this process. ``failure``: what the next calls fail with."""

    def __init__(self) -> None:
        super().__init__("rcmail.drafting")
        self.failure: str | None = None
        self.calls: list[Mapping[str, Any]] = []

    async def call(self, function: str, argument: Any, *, timeout: float) -> Any:  # noqa: ARG002
        self.calls.append(argument)
        if self.failure:
            raise ChildFailed(self.failure)
        module, _, name = function.partition(":")
        return getattr(import_module(module), name)(argument)


class Room:
    """A database with mail in it."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.settings = SettingsStore(database)
        self.helper: Helper = HereHelper()
        self.child = HereChild()
        self.checker = HereChild()
        self.review = Review(database, self.settings, self.checker)
        self.folder = folder
        self.serving = Serving(CurrentLLM(self.settings, cast("aiohttp.ClientSession", None), ""))
        self.patience = SOON

    def have_model(self, client: aiohttp.ClientSession, url: str, silent: float = 0.5) -> None:
        """From now on there is a language model at ``url``."""
        self.serving = Serving(CurrentLLM(self.settings, client, url), silent)

    async def write(self) -> None:
        """The job that has the model write."""
        await do_here(self.database, work.WRITE, {}, self.write_all)

    async def write_all(self, job: Job) -> None:
        writer = Writer(self.database, self.serving, self.child, self.patience)
        await work.write_all(self.database, writer, job)

    async def bring_in(self, *mails: list[bytes]) -> None:
        """And the next event, without which each draft has a gap."""
        soon = today() + timedelta(days=14)
        await self.settings.save({"event_date": soon.isoformat(), "event_time": "13:00-16:30"})
        await keep(self.database, self.folder, *mails)
        await compare(self.database, self.helper)

    async def make_all(self) -> None:
        handler = partial(work.make_all, self.database, self.helper, self.child, self.serving)
        await do_here(self.database, asking.ALL, {}, handler)

    async def make_asked(self) -> None:
        """The jobs that volunteers asked for."""
        rows = await self.database.execute(
            "DELETE FROM jobs WHERE kind = 'draft' AND state = 'queued' RETURNING payload"
        )
        for row in rows:
            handler = partial(work.make_one, self.database, self.helper, self.child, self.serving)
            await do_here(self.database, store.ONE, row.payload, handler)

    async def conversation(self, words: str = PHRASE) -> int:
        return await number_of(self.database, words)

    async def draft(self, words: str = PHRASE) -> Draft:
        found = await self.review.look(await self.conversation(words))
        assert found is not None
        return found

    async def save(self, draft: Draft, words: str = PHRASE, **changes: str) -> Draft:
        number = await self.conversation(words)
        await self.review.save(number, seen=draft.revision, **changes)
        return await self.draft(words)

    async def texts(self) -> list[tuple[str, str, str]]:
        """Every earlier text, the oldest first."""
        rows = await self.database.fetch("SELECT text, made_by, ended FROM draft_versions ORDER BY id")
        return [tuple(row) for row in rows]


def waiting(
    text: str = "Onze broodrooster springt niet op. Is dat iets voor jullie?", day: int = 20
) -> list[bytes]:
    return asked(text, day=day)
