"""The worker as a process while a language model writes: ended, killed, and what the next one makes of it."""

import asyncio
import signal
from pathlib import Path

import pytest

from rcmail.drafting import store
from tests.drafting.kept import TOASTER, Room, waiting
from tests.drafting.models import CHAT, half, llama
from tests.drafting.test_writer import better, so_far
from tests.fakes.llamacpp import streamed
from tests.jobs.conftest import eventually
from tests.support import Service

WORK = ("work",)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
async def test_the_next_worker_has_the_same_draft_written(
    how: signal.Signals, room: Room, service_env: dict[str, str], folder: Path
) -> None:
    await room.bring_in(TOASTER, waiting())
    async with llama() as fake:
        await room.settings.save({"llm_endpoint": fake.url})
        await store.ask(room.database, await room.conversation(), "")
        fake.answers[CHAT] = half("Beste Piet")
        worker = Service(folder, service_env, WORK)
        worker.start(wait=0)
        try:
            await so_far(room, "Beste Piet", 60)
            code = await asyncio.to_thread(worker.stop, how, 5)
            assert code == (0 if how is signal.SIGTERM else -9)
            await asyncio.wait_for(fake.hung_up.wait(), 60)
            without = await room.draft()
            assert (without.state, without.origin) == ("writing", "past answer")
            fake.answers[CHAT] = streamed(better(without))
            worker.start(wait=0)
            await eventually(lambda: room.database.fetch("SELECT 1 FROM drafts WHERE origin = 'model'"), 60)
        finally:
            await asyncio.to_thread(worker.stop, signal.SIGKILL)
    assert (await room.draft()).text == better(without)
    [row] = await room.database.fetch("SELECT count(*) AS drafts FROM drafts")
    assert row.drafts == 1
    [(_, made_by, ended)] = await room.texts()
    assert (made_by, ended) == ("rcmail", "written")
    assert len(worker.events("draft_written")) == 1
    assert not [word for word in ("Piet", "broodrooster", "Jazeker", "piet@") if word in worker.output]
