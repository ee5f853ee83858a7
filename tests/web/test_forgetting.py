"""Forgetting a visitor from the page and by programs, and what there is of one as a file."""

import mailbox
import re
from contextlib import closing
from pathlib import Path

import pytest

from rcmail.db.pool import Database
from rcmail.settings.store import SettingsStore
from tests.conftest import Client
from tests.drafting.kept import Room
from tests.mail.letters import GROUP, TODAY, letter
from tests.mail.room import bring_in
from tests.privacy.test_forget import ADDRESS, ANSWER, answers, asks

HTML = {"Accept": "text/html"}
PIET = "Mijn fiets piept ook, mag die mee?"


@pytest.fixture
async def path(client: Client, database: Database, tmp_path: Path, state: Path) -> str:
    """Her conversation."""
    room = Room(database, tmp_path)
    await room.settings.save({"group_addresses": GROUP})
    await room.bring_in([asks(), answers()], [letter("Piet <piet@example.net>", text=PIET, day=5)])
    return "/mail/1"


async def text_of(client: Client, path: str) -> str:
    response = await client.get(path, headers=HTML)
    assert response.status == 200, await response.text()
    return " ".join((await response.text()).split())


async def test_programs_see_what_goes_and_have_it_done(client: Client, path: str) -> None:
    found = await (await client.get(f"{path}/forget")).json()
    [person] = found["people"]
    assert person == {
        "address": ADDRESS, "message": 1, "conversations": 1, "shared": 0, "theirs": 1, "answers": 1, "others": 0,
        "drafts": 0, "named": 0, "answers_kept": [ANSWER], "answers_removed": 0,
    }  # fmt: skip
    assert found["backups"] == {"older": 0, "nights": 14}
    done = await client.post(f"{path}/forget")
    assert (done.status, (await done.json())["person"]) == (200, person)
    assert (await client.get(path)).status == 404
    assert (await client.post(f"{path}/forget")).status == 404
    others = (await (await client.get("/mail")).json())["conversations"]
    assert [each["visitor"]["address"] for each in others] == ["piet@example.net", None]


async def test_the_page_shows_what_goes_and_what_stays_and_then_what_went(
    state: Path, client: Client, path: str
) -> None:
    (state / "backups").mkdir()
    (state / "backups/rcmail-20200101T013000Z.dump").touch()
    assert f'href="{path}/forget"' in await text_of(client, path)
    page = await text_of(client, f"{path}/forget")
    assert "1 conversation: 1 mail of this person, 1 to this person." in page
    assert "1 of the group’s answers, without greeting and name" in page
    assert ANSWER in page
    assert "1 backup on this machine still holds this person" in page
    [message] = re.findall(r'name="message" value="(\d+)"', page)
    response = await client.post(f"{path}/forget", data={"message": message}, headers=HTML)
    assert response.status == 200
    page = " ".join((await response.text()).split())
    assert "is forgotten" in page
    assert "1 of the group’s answers stayed" in page
    assert "forgotten" in await text_of(client, "/mail?state=answered")


async def test_of_two_visitors_in_one_conversation_one_is_chosen(
    client: Client, path: str, database: Database, tmp_path: Path
) -> None:
    piet = asks(PIET, "piet@example.net", References="<oorlogsvaartje-1@example.com>", Message_ID="<p@x>", day=6)
    await bring_in(database, tmp_path, piet)
    await database.execute("UPDATE messages SET conversation = 1 WHERE message_id = '<p@x>'")
    await database.execute("UPDATE conversations SET messages = 3 WHERE id = 1")
    people = (await (await client.get(f"{path}/forget")).json())["people"]
    assert [each["address"] for each in people] == [ADDRESS, "piet@example.net"]
    refused = await client.post(f"{path}/forget", json={})
    assert refused.status == 422
    for wrong in ({"message": 999}, {"address": ADDRESS}):
        assert (await client.post(f"{path}/forget", json=wrong)).status == 422
    assert (await client.post(f"{path}/forget", json={"message": "x"})).status == 400
    done = await client.post(f"{path}/forget", json={"message": people[0]["message"]})
    assert (await done.json())["person"]["shared"] == 1
    left = await (await client.get(path)).json()
    assert [each["text"] for each in left["messages"]] == [PIET]


async def test_the_group_itself_is_refused_with_a_sentence(client: Client, path: str, database: Database) -> None:
    await SettingsStore(database).save({"group_addresses": f"{GROUP}, {ADDRESS}"})
    for response in (await client.get(f"{path}/forget"), await client.post(f"{path}/forget")):
        assert response.status == 409
        assert "the group's own" in (await response.json())["error"]
    assert (await client.get(path)).status == 200


@pytest.mark.parametrize("name", ["person.mbox", "person.txt"])
async def test_what_there_is_of_her_is_a_file_that_nobody_keeps(
    client: Client, path: str, name: str, tmp_path: Path
) -> None:
    response = await client.get(f"{path}/{name}")
    assert response.status == 200
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert response.headers["Cache-Control"] == "no-store"
    content = await response.read()
    assert b"piet" not in content.lower()
    if name == "person.mbox":
        (tmp_path / name).write_bytes(content)
        with closing(mailbox.mbox(tmp_path / name)) as box:
            assert [each["From"] for each in box] == [f"Hupsa Quispelturf\n <{ADDRESS}>", f"Repair\n <{GROUP}>"]
    else:
        assert ANSWER in content.decode()
    assert (await client.get(f"/mail/99/{name}")).status == 404
    assert (await client.get(f"{path}/{name}?message=99")).status == 422
    assert (await client.get(f"{path}/{name}?address=x")).status == 400


async def test_the_configuration_page_says_how_much_the_next_night_removes(
    client: Client, path: str, database: Database
) -> None:
    await database.execute("UPDATE conversations SET last_at = %s WHERE id = 1", (TODAY.replace(year=2020),))
    assert "older than that" not in await text_of(client, "/config")
    await client.post("/config", json={"mail_keep_months": "12"})
    assert "1 conversation is older than that. The next night removes it for good" in await text_of(
        client, "/config"
    )
