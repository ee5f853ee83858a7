"""``/mail/{id}/draft`` for programs: exactly as the specification says."""

import json
from pathlib import Path
from typing import Any

import pytest

from rcmail.db.pool import Database
from rcmail.drafting import store
from rcmail.mail.decisions import decide
from tests.conftest import Client
from tests.drafting.kept import PHRASE, TOASTER, Room, waiting

FIELDS = {"id", "revision", "state", "text", "origin", "model", "sources", "warnings", "stale"}


@pytest.fixture
async def room(database: Database, tmp_path: Path) -> Room:
    room = Room(database, tmp_path)
    await room.bring_in(TOASTER, waiting())
    return room


@pytest.fixture
async def path(room: Room) -> str:
    return f"/mail/{await room.conversation()}/draft"


async def drafted(client: Client, path: str) -> dict[str, Any]:
    response = await client.get(path)
    assert response.status == 200
    body: dict[str, Any] = await response.json()
    assert set(body) == {"draft"}
    assert set(body["draft"]) == FIELDS
    return dict(body["draft"])


async def put(client: Client, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
    response = await client.put(path, json=body)
    return response.status, await response.json()


async def test_there_is_none_then_it_is_queued_then_ready(client: Client, room: Room, path: str) -> None:
    assert await (await client.get(path)).json() == {"draft": None}
    response = await client.post(path, json={})
    assert response.status == 202
    queued = (await response.json())["draft"]
    assert (queued["state"], queued["text"], queued["sources"], queued["stale"]) == ("queued", "", [], False)
    again = await client.post(path, json={"hint": "not looked at: one is under way"})
    assert (again.status, (await again.json())["draft"]) == (202, queued)
    await room.make_asked()
    draft = await drafted(client, path)
    assert (draft["state"], draft["model"], draft["stale"], draft["id"]) == ("ready", None, False, queued["id"])
    assert draft["text"]
    assert draft["origin"] == "past answer"
    [source] = draft["sources"]
    messages = await room.database.fetch("SELECT id FROM messages WHERE direction = 'in'")
    assert source in [row.id for row in messages]


async def test_a_body_is_no_must(client: Client, path: str) -> None:
    assert (await client.post(path)).status == 202


async def test_a_hint_goes_to_whoever_makes_it(client: Client, room: Room, path: str) -> None:
    await client.post(path, json={"hint": "the bike man is ill"})
    await room.make_asked()
    assert [call["hint"] for call in room.child.calls] == ["the bike man is ill"]


async def test_text_and_state_are_set_alone_and_together(client: Client, room: Room, path: str) -> None:
    await room.make_all()
    revision = (await drafted(client, path))["revision"]
    status, body = await put(client, path, revision=revision, text="Kom gerust langs.\r\nGroet")
    assert status == 200
    assert set(body["draft"]) == FIELDS
    edited = body["draft"]
    assert (edited["text"], edited["state"], edited["origin"]) == (
        "Kom gerust langs.\nGroet",
        "ready",
        "volunteer",
    )
    assert edited["revision"] > revision
    status, body = await put(client, path, revision=float(edited["revision"]), state="approved")
    assert (status, body["draft"]["state"]) == (200, "approved")
    status, body = await put(client, path, revision=body["draft"]["revision"], text="Anders.", state="approved")
    assert (status, body["draft"]["state"], body["draft"]["text"]) == (200, "approved", "Anders.")
    status, body = await put(client, path, revision=body["draft"]["revision"], state="discarded")
    assert (status, body["draft"]["state"], body["draft"]["text"]) == (200, "discarded", "Anders.")
    assert await drafted(client, path) == body["draft"]
    status, body = await put(client, path, revision=body["draft"]["revision"], state="ready")
    assert (status, body["draft"]["state"]) == (200, "ready")


async def test_an_older_revision_is_refused_with_both_versions(client: Client, room: Room, path: str) -> None:
    await room.make_all()
    revision = (await drafted(client, path))["revision"]
    await put(client, path, revision=revision, text="de eerste")
    status, body = await put(client, path, revision=revision, text="de tweede")
    assert status == 409
    assert set(body) == {"status", "error", "draft", "yours"}
    assert (body["draft"]["text"], body["yours"]["text"]) == ("de eerste", "de tweede")
    assert (await drafted(client, path))["text"] == "de eerste"
    status, _ = await put(client, path, revision=revision + 100, text="de derde")
    assert status == 409
    status, body = await put(client, path, revision=revision, text="[Hier de prijs]", state="approved")
    assert (status, body["draft"]["text"]) == (409, "de eerste")


async def test_an_unmended_gap_is_refused_by_name(client: Client, room: Room, path: str) -> None:
    await room.make_all()
    draft = await drafted(client, path)
    status, body = await put(client, path, revision=draft["revision"], text="Hallo\n\n[Hier de prijs]\n\nGroet")
    assert status == 200
    draft = body["draft"]
    [gap] = [each for each in draft["warnings"] if each["kind"] == "unanswered"]
    assert set(gap) == {"kind", "sentence", "start", "end"}
    assert draft["text"][gap["start"] : gap["end"]] == "[Hier de prijs]"
    status, body = await put(client, path, revision=draft["revision"], state="approved")
    assert (status, set(body["errors"])) == (422, {"text"})
    assert (await drafted(client, path))["state"] == "ready"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"revision"}),
        ({"revision": 1}, {"text"}),
        ({"revision": "1", "text": "x"}, {"revision"}),
        ({"revision": True, "text": "x"}, {"revision"}),
        ({"revision": 1.5, "text": "x"}, {"revision"}),
        ({"revision": 0, "text": "x"}, {"revision"}),
        ({"revision": 10**30, "text": "x"}, {"revision"}),
        ({"revision": 1, "text": 5}, {"text"}),
        ({"revision": 1, "text": None}, {"text"}),
        ({"revision": 1, "text": "x" * 20_001}, {"text"}),
        ({"revision": 1, "text": "a\x00b"}, {"text"}),
        ({"revision": 1, "state": "sent"}, {"state"}),
        ({"revision": 1, "state": None}, {"state"}),
        ({"revision": 1, "text": "x", "colour": "red"}, {"colour"}),
        ({"state": "nowhere", "text": []}, {"revision", "state", "text"}),
    ],
)
async def test_what_is_wrong_is_named(
    client: Client, room: Room, path: str, body: dict[str, Any], fields: set[str]
) -> None:
    await room.make_all()
    before = await drafted(client, path)
    response = await client.put(path, json=body)
    assert response.status == 422
    assert set((await response.json())["errors"]) == fields
    assert await drafted(client, path) == before


@pytest.mark.parametrize("body", [{"hint": 5}, {"hint": "x" * 2001}, {"hint": "a\x00b"}, {"colour": "red"}])
async def test_a_wrong_hint_is_named(client: Client, path: str, body: dict[str, Any]) -> None:
    response = await client.post(path, json=body)
    assert response.status == 422
    assert set((await response.json())["errors"]) == set(body)
    assert await (await client.get(path)).json() == {"draft": None}


async def test_what_has_no_text_is_not_approved(client: Client, path: str) -> None:
    await client.post(path, json={})
    draft = await drafted(client, path)
    for state in ("ready", "approved"):
        status, body = await put(client, path, revision=draft["revision"], state=state)
        assert (status, len(body["errors"])) == (422, 1)


async def test_a_failed_one_has_no_text(client: Client, room: Room, path: str) -> None:
    room.child.failure = "it took too long"
    await client.post(path, json={})
    await room.make_asked()
    draft = await drafted(client, path)
    assert (draft["state"], draft["text"], draft["origin"]) == ("failed", "", None)


@pytest.mark.parametrize(
    ("method", "request_", "status"),
    [
        ("GET", {}, 404),
        ("POST", {"json": {}}, 404),
        ("PUT", {"json": {"revision": 1, "text": "x"}}, 404),
        ("PUT", {"data": b"{"}, 400),
        ("PUT", {"json": []}, 422),
        ("POST", {"json": []}, 422),
        ("POST", {"data": b"{"}, 400),
        ("DELETE", {}, 405),
    ],
)
async def test_where_there_is_nothing(client: Client, method: str, request_: dict[str, Any], status: int) -> None:
    if "data" in request_:
        request_ = {**request_, "headers": {"Content-Type": "application/json"}}
    response = await client.request(method, "/mail/4711/draft", **request_)
    assert response.status == status
    assert (await response.json())["status"] == status


async def test_there_is_nothing_to_put_where_there_is_no_draft(client: Client, path: str) -> None:
    assert (await put(client, path, revision=1, text="x"))[0] == 404


async def test_it_can_be_made_of_any_conversation(client: Client, room: Room) -> None:
    number = await room.conversation("Kan ik daarmee")  # answered
    await decide(room.database, number, kind="other")
    assert (await client.post(f"/mail/{number}/draft", json={})).status == 202
    await room.make_asked()
    assert (await drafted(client, f"/mail/{number}/draft"))["state"] == "ready"


async def test_changed_facts_make_it_stale(client: Client, room: Room, path: str) -> None:
    await room.make_all()
    draft = await drafted(client, path)
    await client.post("/config", json={"event_location": "Molenlaan 5"})
    stale = await drafted(client, path)
    assert stale["stale"]
    assert stale["text"] == draft["text"]
    status, body = await put(client, path, revision=draft["revision"], state="approved")
    assert status == 409
    assert body["draft"]["stale"]
    jobs = await room.database.fetch("SELECT kind FROM jobs WHERE kind = 'drafts' AND state = 'queued'")
    assert len(jobs) == 1


async def states(client: Client, query: str) -> list[str]:
    body = await (await client.get(f"/mail?{query}")).json()
    return [each["state"] for each in body["conversations"]]


async def test_the_list_tells_drafted_approved_and_pushed(client: Client, room: Room, path: str) -> None:
    assert await states(client, "state=waiting") == ["waiting"]
    await room.make_all()
    assert await states(client, "state=waiting") == []
    assert await states(client, "state=drafted") == ["drafted"]
    assert (await (await client.get(path.removesuffix("/draft"))).json())["state"] == "drafted"
    await put(client, path, revision=(await drafted(client, path))["revision"], state="approved")
    assert await states(client, "state=approved") == ["approved"]
    assert await states(client, "state=drafted") == []
    await room.database.execute("UPDATE drafts SET state = 'pushed'")
    assert await states(client, "state=pushed") == ["pushed"]
    assert sorted(await states(client, "state=all")) == ["answered", "pushed"]
    await decide(room.database, await room.conversation(), state="closed")
    assert await states(client, "state=pushed") == []
    assert "closed" in await states(client, "")


async def test_the_dashboard_says_how_many_are_ready_and_approved(client: Client, room: Room) -> None:
    html = {"Accept": "text/html"}
    await room.make_all()
    assert "1 draft is ready" in " ".join((await (await client.get("/", headers=html)).text()).split())
    await room.save(await room.draft(), state="approved")
    page = " ".join((await (await client.get("/", headers=html)).text()).split())
    assert "1 draft is approved" in page
    assert "Nobody waits" in page
    assert json.dumps(await states(client, "")) == '["approved", "answered"]'
    assert await store.sources(room.database, await room.conversation(PHRASE))


async def test_an_approved_one_that_is_out_of_date_is_among_those_to_be_looked_at(
    client: Client, room: Room
) -> None:
    html = {"Accept": "text/html"}

    async def page() -> str:
        return await (await client.get("/mail", headers=html)).text()

    await room.make_all()
    await room.save(await room.draft(), state="approved")
    assert "Nobody waits" in await page()
    await room.settings.save({"event_location": "Molenlaan 5"})
    await room.make_all()
    assert "approved, out of date" in await page()
    assert "One conversation waits" in await page()
    assert await states(client, "state=approved") == ["approved"]
    await room.settings.save({"event_location": None})
    await room.make_all()
    assert "Nobody waits" in await page()
    await room.settings.save({"event_location": "Molenlaan 5"})
    await room.make_all()
    await room.save(await room.draft(), state="approved")
    assert "Nobody waits" in await page()
