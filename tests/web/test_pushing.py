"""“Sync drafts” for programs and for people, and the mail of one draft."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from rcmail.db.pool import Database
from rcmail.drafting import push
from rcmail.jobs.here import do_here
from rcmail.jobs.job import Job
from rcmail.mail.mime.parse import parse
from rcmail.mailbox.drafts import FileDrafts
from tests.conftest import Client
from tests.drafting.kept import PHRASE, TOASTER, Given, Room, waiting
from tests.drafting.test_push import Drafts
from tests.mail.letters import GROUP, letter
from tests.mail.room import bring_in

HTML = {"Accept": "text/html"}
HTMX = {"HX-Request": "true", "Accept": "*/*"}
SYNC = "/mail/drafts/sync"


@pytest.fixture
async def drafts(database: Database, tmp_path: Path) -> Drafts:
    room = Room(database, tmp_path)
    await room.settings.save({"group_addresses": GROUP})
    await room.bring_in(TOASTER, waiting())
    await room.make_all()
    return Drafts(room)


@pytest.fixture
async def path(drafts: Drafts) -> str:
    return f"/mail/{await drafts.room.conversation()}"


async def work(drafts: Drafts) -> None:
    """What a worker does with the job that was put."""
    [row] = await drafts.room.database.execute("DELETE FROM jobs WHERE kind = 'push' RETURNING kind")
    assert row.kind == push.KIND

    async def handler(job: Job) -> None:
        await push.push_all(drafts.room.database, Given(file=FileDrafts(drafts.folder)), job)

    await do_here(drafts.room.database, push.KIND, {}, handler)


async def text_of(client: Client, path: str, headers: dict[str, str] = HTML) -> str:
    response = await client.get(path, headers=headers)
    assert response.status == 200
    return " ".join((await response.text()).split())


async def test_there_was_none_then_it_is_queued_then_done_with_a_result(client: Client, drafts: Drafts) -> None:
    assert await (await client.get(SYNC)).json() == {"state": None, "results": []}
    await drafts.approve()
    response = await client.post(SYNC)
    assert response.status == 202
    body: dict[str, Any] = await response.json()
    assert (body["state"], body["results"]) == ("queued", [])
    assert (await client.post(SYNC)).status == 202
    await work(drafts)
    number = await drafts.room.conversation()
    assert await (await client.get(SYNC)).json() == {
        "state": "done", "done": 1, "total": 1, "new": 1, "known": 0, "skipped": 0, "failed": 0, "error": None,
        "results": [{"conversation": number, "state": "pushed", "reason": None}],
    }  # fmt: skip
    assert (await (await client.get(f"/mail/{number}")).json())["state"] == "pushed"
    assert len(drafts.files) == 1


async def test_it_can_be_stopped_before_it_begins(client: Client, drafts: Drafts) -> None:
    await drafts.approve()
    await client.post(SYNC)
    assert (await (await client.delete(SYNC)).json())["state"] == "stopped"
    await client.post(SYNC)
    response = await client.post(f"{SYNC}/stop", headers=HTML, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/mail")
    assert (await (await client.get(SYNC)).json())["state"] == "stopped"
    assert drafts.files == []


async def test_the_page_has_a_button_with_the_number_of_approved_ones(client: Client, drafts: Drafts) -> None:
    for page in ("/", "/mail"):
        assert "Sync drafts (" not in await text_of(client, page)
    await drafts.approve()
    for page in ("/", "/mail"):
        text = await text_of(client, page)
        assert "Sync drafts (1)" in text
        assert "rcmail never sends" in text
    response = await client.post(SYNC, headers=HTML, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/mail")
    for page in ("/", "/mail"):
        text = await text_of(client, page)
        assert "Sync drafts (" not in text
        assert 'hx-get="/mail/drafts/sync"' in text


async def test_what_lies_in_the_mailbox_can_be_looked_after_where_nothing_is_approved(
    client: Client, drafts: Drafts
) -> None:
    await drafts.approve()
    await drafts.sync()
    text = await text_of(client, "/mail")
    assert "what became of the draft that lies in your mailbox" in text
    assert 'id="sync-drafts"' in text
    drafts.files[0].unlink()
    await drafts.sync()
    number = await drafts.room.conversation()
    assert (await (await client.get(f"/mail/{number}")).json())["state"] == "drafted"
    assert 'id="sync-drafts"' not in await text_of(client, "/mail")


async def test_progress_and_result_come_without_a_reload(client: Client, drafts: Drafts) -> None:
    await drafts.approve()
    response = await client.post(SYNC, headers=HTMX)
    assert response.status == 202 or response.status == 200
    assert 'hx-trigger="every 1s"' in await response.text()
    assert "HX-Trigger" not in response.headers
    await work(drafts)
    response = await client.get(SYNC, headers=HTMX)
    text = await response.text()
    assert "1 written" in text
    assert "in your drafts" in text
    assert "every 1s" not in text
    assert response.headers["HX-Trigger"] == "mail-came"


async def test_what_was_left_alone_is_named_with_the_reason(client: Client, drafts: Drafts, path: str) -> None:
    await drafts.approve()
    await client.post("/config", json={"event_location": "Molenlaan 5"})
    await client.post(SYNC)
    await work(drafts)
    [result] = (await (await client.get(SYNC)).json())["results"]
    assert (result["state"], result["reason"]) == (
        "stale",
        "the facts have changed since it was approved: look at it again",
    )
    text = await text_of(client, "/mail")
    assert "<strong>out of date</strong>" in text
    assert f'href="{path}?show=reply"' in text


async def test_the_mail_of_a_draft_is_what_is_written_to_the_mailbox(
    client: Client, drafts: Drafts, path: str
) -> None:
    text = await drafts.approve()
    response = await client.get(f"{path}/draft.eml")
    assert response.status == 200
    assert response.content_type == "message/rfc822"
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    content = await response.read()
    assert parse(content).text.startswith(text)
    await drafts.sync()
    assert drafts.files[0].read_bytes() == content == await (await client.get(f"{path}/draft.eml")).read()


async def test_there_is_none_of_a_draft_that_nobody_has_approved(
    client: Client, drafts: Drafts, path: str
) -> None:
    assert (await client.get(f"{path}/draft.eml")).status == 404
    assert (await client.get("/mail/4711/draft.eml")).status == 404
    await drafts.approve()
    await client.post("/config", json={"event_location": "Molenlaan 5"})
    response = await client.get(f"{path}/draft.eml")
    assert response.status == 409
    assert "facts have changed" in (await response.json())["error"]


async def test_what_was_written_for_one_is_never_opened_as_an_answer_to_another(
    client: Client, drafts: Drafts, path: str
) -> None:
    await drafts.approve()
    await drafts.sync()
    [row] = await drafts.room.database.fetch(
        "SELECT message_id, from_address FROM messages WHERE new_text LIKE %s", (f"%{PHRASE}%",)
    )
    bert, cc = "Bert <bert@example.net>", row.from_address
    other = letter(bert, text="En een fiets?", day=21, Cc=cc, In_Reply_To=row.message_id)
    await bring_in(drafts.room.database, drafts.room.folder, other)
    response = await client.get(f"{path}/draft.eml")
    assert response.status == 409
    assert "a newer mail has come" in (await response.json())["error"]
    assert "draft.eml" not in await text_of(client, f"{path}?show=reply")


async def test_the_quoted_mail_and_the_link_stand_below_the_draft(
    client: Client, drafts: Drafts, path: str
) -> None:
    text = await text_of(client, f"{path}?show=reply")
    assert "The visitor’s mail, quoted below it" in text
    assert f"&gt; Onze broodrooster {PHRASE}" in text
    assert f"from <bdi>{GROUP}</bdi>" in text
    assert "draft.eml" not in text
    await drafts.approve()
    text = await text_of(client, f"{path}?show=reply")
    assert f'href="{path}/draft.eml" hx-boost="false" download' in text
    assert "The visitor’s mail, quoted below it" in text


async def test_that_there_is_nobody_to_answer_stands_beside_the_draft(
    client: Client, drafts: Drafts, path: str
) -> None:
    await drafts.room.database.execute("UPDATE messages SET visitor_address = NULL")
    text = await text_of(client, f"{path}?show=reply")
    assert "It cannot be written into the mailbox: the mail has no address that an answer could go to." in text
    await drafts.approve()
    assert (await client.get(f"{path}/draft.eml")).status == 409


async def test_what_became_of_it_in_the_mailbox_is_told(client: Client, drafts: Drafts, path: str) -> None:
    await drafts.approve()
    await drafts.sync()
    assert "In your mailbox’s drafts" in await text_of(client, f"{path}?show=reply")
    content = drafts.files[0].read_bytes()
    drafts.files[0].write_bytes(content + b"PS\r\n")
    await drafts.sync()
    assert "Somebody has changed it in the mailbox" in await text_of(client, f"{path}?show=reply")
    await drafts.approve("Toch anders.")
    await drafts.sync()
    assert "remove it there, and this one can take its place" in await text_of(client, f"{path}?show=reply")
    drafts.files[0].unlink()
    await drafts.approve()
    assert [state for state, _ in await drafts.sync()] == ["pushed"]
    drafts.files[0].unlink()
    await drafts.sync()
    assert "is no longer there. Approve this one" in await text_of(client, f"{path}?show=reply")


async def test_what_was_sent_is_counted_on_the_dashboard(client: Client, drafts: Drafts, path: str) -> None:
    await drafts.approve()
    await drafts.sync()
    assert "you sent lately" not in await text_of(client, "/")
    mail = drafts.mail()
    raw = letter(
        GROUP, mail.to[0].address, mail.text, subject=mail.subject, day=22, Message_ID=mail.message_id or ""
    )
    await bring_in(drafts.room.database, drafts.room.folder, raw)
    await drafts.sync()
    assert "Drafts that you sent lately: 1 as rcmail made them." in await text_of(client, "/")
    text = await text_of(client, f"{path}?show=reply")
    assert "<strong>Sent</strong>" in text
    assert "As rcmail had made it." in text
    assert json.loads(await (await client.get(f"{path}/draft")).text())["draft"]["state"] == "sent"


async def test_where_the_mailbox_asks_to_wait_the_page_says_until_when(client: Client, database: Database) -> None:
    await database.execute(
        "INSERT INTO jobs (kind, priority, run_at, error) VALUES"
        " ('push', 0, now() + interval '10 min', 'gmail asks rcmail to wait')"
    )
    page = await (await client.get("/mail", headers=HTML)).text()
    assert re.search(r"Gmail asks rcmail to wait\. It goes on at [0-2][0-9]:[0-5][0-9]\.</p>", page)
