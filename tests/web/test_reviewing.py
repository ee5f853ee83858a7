"""What people do with a draft: the forms of the reply column, with and without JavaScript."""

import re
from pathlib import Path
from typing import Any

import pytest

from rcmail.db.pool import Database
from rcmail.drafting import store
from tests.conftest import Client
from tests.drafting.kept import TOASTER, Room, waiting

HTML = {"Accept": "text/html"}
HTMX = {**HTML, "HX-Request": "true"}
NEWS = {**HTMX, "HX-Target": "draft-news"}


@pytest.fixture
async def room(database: Database, tmp_path: Path) -> Room:
    room = Room(database, tmp_path)
    await room.bring_in(TOASTER, waiting())
    return room


@pytest.fixture
async def ready(room: Room) -> Room:
    await room.make_all()
    return room


async def where(room: Room) -> str:
    return f"/mail/{await room.conversation()}"


async def page_of(client: Client, path: str, headers: dict[str, str] = HTML) -> str:
    response = await client.get(path, headers=headers)
    assert response.status == 200
    return " ".join((await response.text()).split())


async def send(client: Client, path: str, headers: dict[str, str] = HTML, **fields: Any) -> tuple[int, str]:
    response = await client.post(path, data=fields, headers=headers, allow_redirects=False)
    return response.status, " ".join((await response.text()).split())


async def test_it_says_that_one_comes_and_asks_by_itself(client: Client, room: Room) -> None:
    path = await where(room)
    page = await page_of(client, path)
    assert "A draft comes by itself" in page
    poll = re.search(r'<section id="draft"[^>]*hx-get="([^"]*)"', page)
    assert poll
    assert (await client.get(poll[1], headers=HTMX)).status == 204
    await room.make_all()
    answer = await client.get(poll[1], headers=HTMX)
    assert "mail-came" in answer.headers["HX-Trigger"]
    piece = await answer.text()
    assert '<textarea id="draft-text"' in piece
    assert "<html" not in piece


async def test_where_none_comes_by_itself_one_can_be_asked_for(client: Client, room: Room) -> None:
    await room.settings.save({"drafts_by_themselves": "no"})
    path = await where(room)
    page = await page_of(client, path)
    assert "There is no draft" in page
    assert "A draft comes by itself" not in page
    assert (await send(client, f"{path}/draft/make", hint="the bike man is ill"))[0] == 303
    page = await page_of(client, path)
    assert "The draft is being made" in page
    assert "every 1s" in page
    poll = re.search(r'<section id="draft"[^>]*hx-get="([^"]*)"', page)
    assert poll
    await room.make_asked()
    assert "in the meantime" not in await page_of(client, poll[1].replace("&amp;", "&"), HTMX)
    assert room.child.calls[0]["hint"] == "the bike man is ill"
    assert "The draft is being made" not in await page_of(client, path)


async def test_it_is_saved_approved_and_taken_back_and_told(client: Client, ready: Room) -> None:
    path = await where(ready)
    draft = await ready.draft()
    edit = f"{path}/draft/edit"
    response = await client.post(
        edit, data={"revision": draft.revision, "text": "Kom maar.\r\nGroet"}, headers=HTML, allow_redirects=False
    )
    assert (response.status, response.headers["Location"]) == (303, f"{path}?show=reply")
    assert "The draft is saved." in await page_of(client, f"{path}?show=reply")
    draft = await ready.draft()
    assert draft.text == "Kom maar.\nGroet"
    for state, told in (
        ("approved", "Approved: this is what"),
        ("ready", "can be changed again"),
        ("discarded", "thrown away"),
    ):
        assert (await send(client, edit, revision=draft.revision, state=state))[0] == 303
        assert told in await page_of(client, path)
        draft = await ready.draft()
        assert draft.state == state


async def test_what_saves_itself_gets_news_without_the_text(client: Client, ready: Room) -> None:
    path = await where(ready)
    draft = await ready.draft()
    status, news = await send(
        client, f"{path}/draft/edit", NEWS, revision=draft.revision, text="Kom maar.", auto="yes"
    )
    assert status == 200
    assert "<textarea" not in news
    assert "Saved" in news
    now = await ready.draft()
    assert f'name="revision" value="{now.revision}"' in news
    poll = f"{path}/draft?revision={now.revision}"
    assert (await client.get(poll, headers=NEWS)).status == 204
    await ready.settings.save({"event_location": "Molenlaan 5"})
    news = await page_of(client, poll, NEWS)
    assert "Out of date" in news
    assert "<textarea" not in news
    assert f'name="revision" value="{now.revision + 1}"' in news


async def test_who_has_an_older_text_is_told_and_keeps_her_number(client: Client, ready: Room) -> None:
    path = await where(ready)
    draft = await ready.draft()
    await ready.save(draft, text="van een ander <b>")
    news = await page_of(client, f"{path}/draft?revision={draft.revision}", NEWS)
    assert "Somebody else has changed this draft" in news
    assert f'name="revision" value="{draft.revision}"' in news
    assert "van een ander &lt;b&gt;" in news
    fields: dict[str, Any] = {"revision": draft.revision, "text": "van mij"}
    status, news = await send(client, f"{path}/draft/edit", NEWS, auto="yes", **fields)
    assert status == 409
    assert "van een ander &lt;b&gt;" in news
    assert f'name="revision" value="{draft.revision}"' in news
    status, page = await send(client, f"{path}/draft/edit", **fields)
    assert status == 409
    assert "van een ander &lt;b&gt;" in page
    assert "van mij</textarea>" in page
    over = re.search(r'name="over" value="(\d+)"', page)
    assert over
    assert (await send(client, f"{path}/draft/edit", over=over[1], **fields))[0] == 303
    assert (await ready.draft()).text == "van mij"


async def test_a_gap_is_not_approved_and_what_was_typed_is_kept(client: Client, ready: Room) -> None:
    path = await where(ready)
    draft = await ready.draft()
    text = "Beste,\n\n[Wat kost het?]\n\nGroet"
    status, page = await send(client, f"{path}/draft/edit", revision=draft.revision, text=text, state="approved")
    assert status == 409
    assert "Not approved: the text has a gap that is still to be filled" in page
    assert "Line 3" in page
    now = await ready.draft()
    assert (now.text, now.state) == (text, "ready")


async def test_what_became_stale_is_shown_before_it_is_approved(client: Client, ready: Room) -> None:
    path = await where(ready)
    draft = await ready.draft()
    await ready.settings.save({"event_location": "Molenlaan 5"})
    status, page = await send(client, f"{path}/draft/edit", revision=draft.revision, state="approved")
    assert status == 409
    assert "the facts have changed" in page
    assert (await ready.draft()).state == "ready"
    now = await ready.draft()
    assert (await send(client, f"{path}/draft/edit", revision=now.revision, state="approved"))[0] == 303
    await ready.settings.save({"event_location": "Kerkstraat 1"})
    page = await page_of(client, path)
    assert "will not be written into the mailbox" in page
    assert "Approve it as it is" in page


async def test_it_starts_from_a_past_answer_or_an_earlier_text(client: Client, ready: Room) -> None:
    path = await where(ready)
    draft = await ready.draft()
    await ready.save(draft, text="mijn tekst")
    page = await page_of(client, path)
    assert "In the draft" in page
    assert "Start from this answer" in page
    [source] = draft.sources
    assert (await send(client, f"{path}/draft/make", message=source))[0] == 303
    assert (await ready.draft()).text == "Ja hoor, neem hem maar mee."
    [mine] = [
        row for row in await store.versions(ready.database, await ready.conversation()) if row.text == "mijn tekst"
    ]
    assert "mijn tekst" in await page_of(client, path)
    assert (await send(client, f"{path}/draft/make", version=mine.id))[0] == 303
    assert (await ready.draft()).text == "mijn tekst"


@pytest.mark.parametrize(
    ("address", "fields", "status"),
    [
        ("edit", {"text": "x"}, 400),
        ("edit", {"revision": "x", "text": "x"}, 400),
        ("edit", {"revision": "1", "state": "sent"}, 422),
        ("edit", {"revision": "1", "text": "x" * 20_001}, 409),
        ("make", {"message": "4711"}, 404),
        ("make", {"message": "x"}, 400),
        ("make", {"version": "4711"}, 404),
        ("make", {"hint": "x" * 2001}, 422),
    ],
)
async def test_what_is_wrong_changes_nothing(
    client: Client, ready: Room, address: str, fields: dict[str, Any], status: int
) -> None:
    before = await ready.draft()
    assert (await send(client, f"{await where(ready)}/draft/{address}", **fields))[0] == status
    assert await ready.draft() == before


@pytest.mark.parametrize("address", ["edit", "make"])
async def test_where_there_is_no_conversation(client: Client, address: str) -> None:
    assert (await send(client, f"/mail/4711/draft/{address}", revision="1", text="x"))[0] == 404


async def test_markup_in_a_draft_and_in_what_is_said_of_it_stays_text(client: Client, ready: Room) -> None:
    hostile = '</textarea><script>alert(1)</script>"><img src=x onerror=alert(1)>'
    draft = await ready.save(await ready.draft(), text=f"{hostile}\n12 maart 2020")
    path = await where(ready)
    for _ in range(2):
        page = await page_of(client, path)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        draft = await ready.draft()
        await ready.database.execute("UPDATE drafts SET state = 'approved' WHERE id = %s", (draft.id,))


@pytest.mark.parametrize("headers", [HTML, NEWS])
async def test_a_gap_in_a_text_that_somebody_else_has_changed_is_a_conflict(
    client: Client, ready: Room, headers: dict[str, str]
) -> None:
    path = await where(ready)
    draft = await ready.draft()
    theirs = await ready.save(draft, text="van een ander")
    fields: dict[str, Any] = {"revision": draft.revision, "text": "Beste,\n\n[Wat kost het?]", "state": "approved"}
    if headers is NEWS:
        fields["auto"] = "yes"
    status, page = await send(client, f"{path}/draft/edit", headers, **fields)
    assert status == 409
    assert "van een ander" in page
    assert await ready.draft() == theirs
