"""The mail for programs and for people: lists, conversations, decisions, uploads and how far they are."""

from datetime import timedelta
from html import escape
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from rcmail.db.pool import Database
from rcmail.web import upload
from tests.conftest import Client
from tests.mail.letters import ANNA, GROUP, TODAY, letter, mbox, recent
from tests.mail.room import bring_in

HTML = {"Accept": "text/html"}
pytestmark = pytest.mark.usefixtures("state")


@pytest.fixture
async def mail(database: Database, tmp_path: Path) -> None:
    await bring_in(
        database,
        tmp_path,
        recent(9, Message_ID="<1@x>", subject="toaster <b>"),
        recent(8, sender=GROUP, to=ANNA, subject="Re: toaster", Message_ID="<2@x>", In_Reply_To="<1@x>"),
        recent(
            3,
            sender="Bert <bert@example.com>",
            subject="lamp",
            text="Kan mijn lamp ook?\n\nOn 1 Nov 2026 at 12:00, Repair <repair@example.org> wrote:\n> niemand",
        ),
        recent(2, sender="news@example.net", subject="News", List_Id="<news.example.net>"),
        recent(80, sender="Cora <cora@example.com>", subject="old"),
    )


async def listed(client: Client, **given: str) -> list[str]:
    response = await client.get("/mail", params=given)
    assert response.status == 200, await response.text()
    return [each["subject"] for each in (await response.json())["conversations"]]


async def test_the_list_is_the_newest_first_and_has_the_shape_that_is_promised(client: Client, mail: None) -> None:
    body = await (await client.get("/mail")).json()
    assert body["next"] is None
    assert [each["subject"] for each in body["conversations"]] == ["News", "lamp", "toaster <b>", "old"]
    lamp = body["conversations"][1]
    assert lamp == {
        "id": lamp["id"],
        "subject": "lamp",
        "visitor": {"name": "Bert", "address": "bert@example.com"},
        "kind": "visitor",
        "why": "it asks about something that can be repaired",
        "language": "nl",
        "state": "waiting",
        "messages": 1,
        "last_at": (TODAY - timedelta(days=3)).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "last_direction": "in",
    }


async def test_filters_and_words_narrow_the_list(client: Client, mail: None) -> None:
    assert await listed(client, state="waiting") == ["lamp"]
    assert await listed(client, state="answered") == ["toaster <b>"]
    assert await listed(client, state="closed") == ["News", "old"]
    assert await listed(client, state="drafted") == []
    assert await listed(client, kind="other") == ["News"]
    assert await listed(client, language="nl", kind="visitor", state="all") == ["lamp", "toaster <b>", "old"]
    assert await listed(client, q="bert lamp") == ["lamp"]


async def test_pages_follow_by_what_next_says(client: Client, mail: None) -> None:
    seen: list[str] = []
    before = ""
    for _ in range(4):
        body = await (await client.get("/mail", params={"limit": "1", "before": before})).json()
        seen += [each["subject"] for each in body["conversations"]]
        before = body["next"] or ""
    assert seen == ["News", "lamp", "toaster <b>", "old"]
    assert before == ""


@pytest.mark.parametrize(
    "given",
    [
        {"state": "open"}, {"kind": "x"}, {"language": "xx"}, {"limit": "0"}, {"limit": "101"}, {"before": "x"},
        {"before": "1-"}, {"colour": "red"}, {"q": "x" * 3000},
    ],
)  # fmt: skip
async def test_what_the_list_does_not_know_is_refused_with_a_sentence(
    client: Client, given: dict[str, str]
) -> None:
    response = await client.get("/mail", params=given)
    assert response.status == 400
    assert (await response.json())["error"].endswith(".")


async def test_a_conversation_has_its_messages_the_oldest_first(client: Client, mail: None) -> None:
    [found] = (await (await client.get("/mail", params={"state": "answered"})).json())["conversations"]
    whole = await (await client.get(f"/mail/{found['id']}")).json()
    first, second = whole["messages"]
    assert (first["direction"], second["direction"], first["message_id"]) == ("in", "out", "<1@x>")
    assert first["from"] == {"name": "Anna", "address": "anna@example.com"}
    assert first["to"] == [{"name": "Repair Café", "address": GROUP}]
    assert set(first) == {
        *("id", "message_id", "direction", "from", "to", "date", "subject", "text", "whole_text", "attachments"),
        "language",
    }


async def test_the_text_is_the_new_text_and_the_whole_stays_beside_it(client: Client, mail: None) -> None:
    [found] = (await (await client.get("/mail", params={"q": "lamp"})).json())["conversations"]
    [message] = (await (await client.get(f"/mail/{found['id']}")).json())["messages"]
    assert message["text"].startswith("Kan mijn lamp ook?")
    assert "> niemand" in message["whole_text"]


@pytest.mark.parametrize("number", ["1", "999999999999999999"])
async def test_a_conversation_that_is_not_there_is_not_found(client: Client, number: str) -> None:
    assert (await client.get(f"/mail/{number}")).status == 404
    assert (await client.put(f"/mail/{number}", json={"state": "closed"})).status == 404


async def test_a_volunteer_decides_and_writes_a_note(client: Client, mail: None) -> None:
    [found] = (await (await client.get("/mail", params={"q": "lamp"})).json())["conversations"]
    address = f"/mail/{found['id']}"
    given = {"kind": "visitor", "state": "closed", "note": " asked Gerrit\n"}
    changed = await (await client.put(address, json=given)).json()
    assert (changed["kind"], changed["state"], changed["note"]) == ("visitor", "closed", "asked Gerrit")
    assert changed["why"] == "a volunteer said that it is a visitor's"
    changed = await (await client.put(address, json={"state": "waiting", "note": None})).json()
    assert (changed["kind"], changed["state"], changed["note"]) == ("visitor", "waiting", "")


@pytest.mark.parametrize(
    ("given", "field"),
    [({"kind": "friend"}, "kind"), ({"state": "answered"}, "state"), ({"x": "y"}, "x"), ({"note": "a\0"}, "note"),
     ({"kind": None}, "kind"), ({"note": "x" * 3000}, "note")],
)  # fmt: skip
async def test_a_wrong_decision_names_the_field_and_changes_nothing(
    client: Client, mail: None, given: dict[str, str], field: str
) -> None:
    [found] = (await (await client.get("/mail", params={"q": "lamp"})).json())["conversations"]
    response = await client.put(f"/mail/{found['id']}", json={"state": "closed", **given})
    assert response.status == 422
    assert list((await response.json())["errors"]) == [field]
    assert await listed(client, state="waiting") == ["lamp"]


async def test_the_page_shows_who_waits_and_whatever_is_in_a_mail_as_text(client: Client, mail: None) -> None:
    page = await (await client.get("/mail", headers=HTML)).text()
    assert "lamp" in page
    assert "toaster" not in page
    page = await (await client.get("/mail?state=all", headers=HTML)).text()
    assert "toaster &lt;b&gt;" in page
    [found] = (await (await client.get("/mail", params={"q": "lamp"})).json())["conversations"]
    page = await (await client.get(f"/mail/{found['id']}", headers=HTML)).text()
    assert "Kan mijn lamp ook?" in page
    assert "Show the whole text" in page


async def test_without_mail_the_page_says_how_to_begin(client: Client) -> None:
    page = await (await client.get("/mail", headers=HTML)).text()
    assert "There is no mail here yet" in page
    assert (await (await client.get("/mail/sync")).json()) == {"state": None}


async def test_an_upload_is_kept_for_the_worker_alone_and_the_run_is_there_at_once(
    state: Path, client: Client, database: Database
) -> None:
    content = mbox(letter(), letter())
    headers = {"Content-Type": "application/mbox"}
    response = await client.post(
        "/mail/import", params={"address": "Repair@Example.org"}, data=content, headers=headers
    )
    assert response.status == 202
    run = {
        "state": "queued",
        "done": 0,
        "total": 0,
        "new": 0,
        "known": 0,
        "skipped": 0,
        "failed": 0,
        "error": None,
    }
    assert await response.json() == run
    assert await (await client.get("/mail/sync")).json() == run
    [job] = await database.fetch("SELECT kind, payload FROM jobs WHERE kind = 'import'")
    [path] = (state / "uploads").iterdir()
    assert (job.kind, job.payload) == ("import", {"file": path.name, "address": "repair@example.org"})
    assert path.read_bytes() == content
    assert path.stat().st_mode & 0o777 == 0o600
    assert (await (await client.get("/config")).json())["group_addresses"] == "repair@example.org"
    stopped = await (await client.delete("/mail/sync")).json()
    assert stopped == {**run, "state": "stopped"}
    assert not path.exists()
    assert "was stopped" in await (await client.get("/mail/sync", headers=HTML)).text()


async def test_another_address_of_the_group_is_told_to_the_mail_that_is_in(
    client: Client, database: Database
) -> None:
    await client.post("/config", json={"event_location": "Mill Lane"})
    assert await database.fetch("SELECT id FROM jobs WHERE kind = 'own'") == []
    await client.post("/config", json={"group_addresses": GROUP})
    [job] = await database.fetch("SELECT state FROM jobs WHERE kind = 'own'")
    assert job.state == "queued"


async def test_a_browsers_form_uploads_too(state: Path, client: Client) -> None:
    content = mbox(letter())
    form = aiohttp.FormData()
    form.add_field("address", GROUP)
    form.add_field("file", content, filename="all.mbox", content_type="application/mbox")
    response = await client.post("/mail/import", data=form, headers=HTML, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (303, "/mail")
    [path] = (state / "uploads").iterdir()
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("address", "content", "status", "sentence"),
    [
        ("nob<ody", b"From x", 422, "The address has something in it that is no mail address"),
        (GROUP, b"", 422, "The file is empty."),
        ("", b"From x", 409, "The address"),
    ],
)
async def test_a_form_that_is_refused_comes_again_with_what_was_typed_and_why(
    state: Path, client: Client, address: str, content: bytes, status: int, sentence: str
) -> None:
    form = aiohttp.FormData()
    form.add_field("address", address)
    form.add_field("file", content, filename="all.mbox", content_type="application/mbox")
    response = await client.post("/mail/import", data=form, headers=HTML)
    page = await response.text()
    assert (response.status, "Import a mailbox" in page) == (status, True)
    assert f"Nothing was imported. {sentence}" in page
    assert f'name="address" type="text" inputmode="email" autocomplete="off" value="{escape(address)}"' in page
    assert not list(state.rglob("*.mbox"))


@pytest.mark.parametrize(
    ("params", "content", "kind", "status"),
    [
        ({}, b"From x", "application/mbox", 409),
        ({"address": "nobody"}, b"From x", "application/mbox", 422),
        ({"address": GROUP}, b"", "application/mbox", 422),
        ({"address": GROUP}, b"From x", "text/plain", 415),
        ({"address": GROUP}, b"no form", "multipart/form-data", 400),
        ({"address": GROUP}, b"--x--", "multipart/form-data; boundary=x", 422),
    ],
)
async def test_a_wrong_upload_is_refused_with_a_sentence_and_leaves_nothing(
    state: Path, client: Client, params: dict[str, str], content: bytes, kind: str, status: int
) -> None:
    response = await client.post("/mail/import", params=params, data=content, headers={"Content-Type": kind})
    assert response.status == status, await response.text()
    assert not list(state.rglob("*.mbox"))
    assert await (await client.get("/mail/sync")).json() == {"state": None}


async def test_more_than_is_taken_is_cut_off_and_leaves_nothing(
    state: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upload, "MAX_UPLOAD", 1000)

    async def endless() -> Any:
        for _ in range(100):
            yield b"x" * 100

    headers = {"Content-Type": "application/mbox"}
    response = await client.post("/mail/import", params={"address": GROUP}, data=endless(), headers=headers)
    assert response.status == 413
    assert not list((state / "uploads").iterdir())


async def test_a_disk_that_takes_nothing_is_told(state: Path, client: Client) -> None:
    (state / "uploads").write_text("in the way")
    headers = {"Content-Type": "application/mbox"}
    response = await client.post("/mail/import", params={"address": GROUP}, data=mbox(letter()), headers=headers)
    assert response.status == 507
    assert "Nothing was imported" in (await response.json())["error"]
