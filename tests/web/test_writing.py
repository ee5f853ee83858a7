"""The page while a language model writes: what it shows, Stop, and the draft without it."""

import re
from pathlib import Path

import pytest

from rcmail import keys
from rcmail.db.pool import Database
from rcmail.drafting import written
from rcmail.drafting.written import Written
from tests.conftest import Client
from tests.drafting.kept import TOASTER, Room, waiting
from tests.drafting.models import llama
from tests.web.test_reviewing import HTMX, page_of, send, where

PIECE = {**HTMX, "HX-Target": "draft-so-far"}


@pytest.fixture
async def room(database: Database, tmp_path: Path) -> Room:
    room = Room(database, tmp_path)
    await room.bring_in(TOASTER, waiting())
    await room.make_all()
    return room


async def begin(room: Room, to_write: str = "now") -> None:
    await room.database.execute("UPDATE drafts SET to_write = %s", (to_write,))
    row = await written.turn(room.database)
    assert row is not None
    assert await written.begin(room.database, row)


async def write(room: Room, text: str) -> None:
    row = await written.turn(room.database)
    assert row is not None
    assert await written.show(room.database, row, text)


async def end(room: Room, text: str) -> None:
    row = await written.turn(room.database)
    assert row is not None
    async with room.database.transaction() as session:
        assert await written.take(session, row, Written(text, "gemma <4>", [], [], 48.3))


def poll(page: str) -> str:
    found = re.search(r'<div id="draft-so-far"[^>]*hx-get="([^"]*)"', page)
    assert found
    return found[1].replace("&amp;", "&")


async def test_it_shows_what_is_written_as_it_comes_beside_the_draft_without(client: Client, room: Room) -> None:
    without = (await room.draft()).text
    await begin(room)
    page = await page_of(client, await where(room))
    assert "The language model is reading the letter" in page
    assert " ".join(without.split()) in page
    assert "draft-form" not in page
    assert (await client.get(poll(page), headers=HTMX)).status == 204
    await write(room, "Beste <b>Piet</b>, ja")
    piece = await page_of(client, poll(page), PIECE)
    assert "stop-writing" not in piece
    assert "The language model is writing" in piece
    assert "Beste &lt;b&gt;Piet&lt;/b&gt;, ja</div>" in piece
    assert "Nobody has looked through this yet" in piece
    assert (await client.get(poll(piece), headers=PIECE)).status == 204
    await end(room, "Jazeker, kom langs.")
    answer = await client.get(poll(piece), headers=PIECE)
    assert answer.headers["HX-Retarget"] == "#draft"
    text = await answer.text()
    assert "Jazeker, kom langs.</textarea>" in text
    assert "in the meantime" not in text


async def test_stop_takes_the_draft_without_and_needs_no_javascript(client: Client, room: Room) -> None:
    await begin(room)
    await write(room, "Beste")
    draft = await room.draft()
    path = await where(room)
    assert (await send(client, f"{path}/draft/edit", revision=draft.revision, state="ready"))[0] == 303
    now = await room.draft()
    assert (now.state, now.text, now.to_write, now.is_edited) == ("ready", draft.text, False, False)
    assert await written.turn(room.database) is None
    assert '<textarea id="draft-text"' in await page_of(client, path)


async def test_it_says_which_model_wrote_how_long_it_took_and_what_there_would_be_without(
    client: Client, room: Room
) -> None:
    without = (await room.draft()).text
    await begin(room)
    await end(room, "Jazeker, kom langs.")
    path = await where(room)
    page = await page_of(client, path)
    assert "written by the language model <bdi>gemma &lt;4&gt;</bdi> in 48 s" in page
    assert "Compare with the draft without the language model" in page
    assert "as rcmail made it without the language model" in page
    [version] = re.findall(r'name="version" value="(\d+)"', page)
    assert (await send(client, f"{path}/draft/make", version=version))[0] == 303
    now = await room.draft()
    assert (now.text, now.origin) == (without, "volunteer")


async def test_whoever_reads_the_ready_one_keeps_it_until_the_other_is_there(client: Client, room: Room) -> None:
    await room.database.execute("UPDATE drafts SET to_write = 'later'")
    path = await where(room)
    page = await page_of(client, path)
    assert "The language model will write one too" in page
    draft = await room.draft()
    await begin(room, "later")
    news = {**HTMX, "HX-Target": "draft-news"}
    assert (await client.get(f"{path}/draft?revision={draft.revision}", headers=news)).status == 204
    await end(room, "Jazeker, kom langs.")
    piece = await page_of(client, f"{path}/draft?revision={draft.revision}", news)
    assert "The language model has written this draft in the meantime" in piece


async def test_a_program_sees_the_draft_without_while_it_is_written(client: Client, room: Room) -> None:
    before = await room.draft()
    await begin(room)
    await write(room, "Beste")
    path = f"{await where(room)}/draft"
    draft = (await (await client.get(path)).json())["draft"]
    assert (draft["state"], draft["text"], draft["model"]) == ("writing", before.text, None)
    answer = await client.put(path, json={"revision": draft["revision"], "state": "ready"})
    assert (await answer.json())["draft"]["state"] == "ready"


async def test_where_a_model_is_back_one_is_offered_and_not_put_in_place(client: Client, room: Room) -> None:
    path = await where(room)
    offer = "Made without the language model, which is there now"
    assert offer not in await page_of(client, path)
    async with llama() as fake:
        await room.settings.save({"llm_endpoint": fake.url})
        app = client.app
        assert app is not None
        await app[keys.SETTINGS].read()
        app[keys.MONITOR].expire()
        await app[keys.MONITOR].current("llm")
        assert offer in await page_of(client, path)
    assert await written.turn(room.database) is None
