"""The mail page as a browser without JavaScript gets it, and the parts of it that htmx asks for."""

import html
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from rcmail import keys
from rcmail.db.pool import Database
from tests.conftest import Client
from tests.mail.letters import ANNA, GROUP, TODAY, letter, recent
from tests.mail.room import bring_in

HTML = {"Accept": "text/html"}
pytestmark = pytest.mark.usefixtures("state")


@pytest.fixture
async def mail(database: Database, tmp_path: Path) -> None:
    await bring_in(
        database,
        tmp_path,
        recent(9, Message_ID="<1@x>", subject="toaster"),
        recent(8, sender=GROUP, to=ANNA, subject="Re: toaster", Message_ID="<2@x>", In_Reply_To="<1@x>"),
        recent(4, sender="Bert <bert@example.com>", subject="lamp", text="Kan mijn lamp ook?"),
        recent(3, sender="Cora <cora@example.com>", subject="clock", text="Can you mend my clock?"),
        recent(2, sender="Dora <dora@example.com>", subject="radio", text="Mijn radio kraakt. Kan dat?"),
        recent(1, sender="news@example.net", subject="News", List_Id="<news.example.net>"),
    )


async def page_of(client: Client, path: str = "/mail", status: int = 200, **headers: str) -> str:
    response = await client.get(
        path, headers=HTML | {name.replace("_", "-"): text for name, text in headers.items()}
    )
    assert response.status == status, await response.text()
    return await response.text()


async def number_of(client: Client, subject: str) -> int:
    found = (await (await client.get("/mail", params={"q": subject})).json())["conversations"]
    return int(next(each["id"] for each in found if each["subject"] == subject))


async def decide(client: Client, number: int, query: str = "", **fields: str) -> str:
    """Press a button of the form; the page that it leads to."""
    response = await client.post(f"/mail/{number}/decide{query}", data=fields, headers=HTML)
    assert response.status == 200, await response.text()
    assert [each.status for each in response.history] == [303]
    return await response.text()


def subjects(page: str) -> list[str]:
    """Those in the list."""
    return re.findall(r'<bdi class="subject">([^<]*)</bdi>', page)


def undo_of(page: str) -> str:
    """The number of the decision that the page offers to undo."""
    [number] = re.findall(r'name="undo" value="(\d+)"', page)
    return str(number)


async def as_told(client: Client, number: int) -> dict[str, Any]:
    found = await (await client.get(f"/mail/{number}")).json()
    return {name: found[name] for name in ("kind", "why", "state", "state_why", "note")}


async def test_the_list_is_of_those_who_wait_and_says_so_in_words(client: Client, mail: None) -> None:
    page = await page_of(client)
    assert subjects(page) == ["radio", "clock", "lamp"]
    assert page.count('<li class="row waiting">') == page.count('<span class="state waiting">waits</span>') == 3
    assert "3 conversations wait for an answer" in page
    assert "Can you mend my clock?" in page
    assert 'aria-current="true">Waiting</a>' in page
    assert await page_of(client, "/mail?state=answered") != page
    assert subjects(await page_of(client, "/mail?state=answered")) == ["toaster"]


async def test_an_open_conversation_has_the_same_list_beside_it_and_is_marked_there(
    client: Client, mail: None
) -> None:
    number = await number_of(client, "lamp")
    page = await page_of(client, f"/mail/{number}?state=waiting&q=kan")
    assert subjects(page) == ["radio", "lamp"]
    assert re.findall(r'<a id="c(\d+)" href="[^"]+" aria-current="true">', page) == [str(number)]
    for address in re.findall(r'<a id="c\d+" href="([^"]+)"', page):
        assert parse_qs(urlsplit(html.unescape(address)).query) == {"state": ["waiting"], "q": ["kan"]}
    back = html.unescape(re.findall(r'<a href="([^"]+)"[^>]*>← Back to the list', page)[0])
    assert back == f"/mail?state=waiting&q=kan#c{number}"
    assert '<a href="/mail" aria-current="page">Mail</a>' in page
    assert "<title>lamp · Mail" in page


async def test_the_way_through_the_pages_keeps_the_filters(client: Client, mail: None) -> None:
    seen: list[str] = []
    path = "/mail?state=all&language=nl&limit=1"
    for _ in range(9):
        page = await page_of(client, path)
        seen += subjects(page)
        older = re.findall(r'<a class="button quiet" href="([^"]+)">Older ones', page)
        if not older:
            break
        path = html.unescape(older[0]) + "&limit=1"
        assert "language=nl" in path
    assert seen == ["radio", "lamp", "toaster"] or seen == ["News", "radio", "lamp", "toaster"]
    assert "Back to the newest" in page


@pytest.mark.parametrize("path", ["/mail?state=open", "/mail/1?state=open", "/mail/1?show=x", "/mail?colour=red"])
async def test_a_wrong_address_is_told(client: Client, path: str) -> None:
    assert "must be one of" in (page := await page_of(client, path, 400)) or "no parameter" in page


async def test_words_that_no_mail_has_and_nobody_who_waits_are_told_apart(client: Client, mail: None) -> None:
    assert "No conversation matches" in await page_of(client, "/mail?q=zebra")
    for subject in ("lamp", "clock", "radio"):
        await decide(client, await number_of(client, subject), state="closed")
    page = await page_of(client)
    assert "Every visitor has an answer" in page
    assert "Nobody waits for an answer" in page


async def test_without_javascript_a_decision_is_made_told_and_undone(
    client: Client, database: Database, mail: None
) -> None:
    number = await number_of(client, "lamp")
    before = await as_told(client, number)
    page = await decide(client, number, "?q=lamp", state="closed")
    assert "Closed: it needs no answer." in page
    assert (await as_told(client, number))["state"] == "closed"
    assert 'value="lamp"' in page, "the filters are as they were"
    assert "Undone: it is as it was before." in await decide(client, number, undo=undo_of(page))
    assert await as_told(client, number) == before
    [row] = await database.fetch("SELECT decision, decided_for FROM conversations WHERE id = %s", (number,))
    assert (row.decision, row.decided_for) == (None, None)


async def test_what_rcmail_decided_is_rcmails_again(client: Client, database: Database, mail: None) -> None:
    number = await number_of(client, "News")
    before = await as_told(client, number)
    assert before["kind"] == "other"
    page = await decide(client, number, kind="visitor")
    assert (await as_told(client, number))["why"] == "a volunteer said that it is a visitor's"
    await decide(client, number, undo=undo_of(page))
    assert await as_told(client, number) == before
    [row] = await database.fetch("SELECT is_kind_decided FROM conversations WHERE id = %s", (number,))
    assert row.is_kind_decided is False


async def test_decisions_are_undone_one_after_the_other(client: Client, mail: None) -> None:
    number = await number_of(client, "lamp")
    told = [await as_told(client, number)]
    for fields in ({"kind": "visitor"}, {"state": "closed"}, {"note": "asked Gerrit", "seen_note": ""}):
        await decide(client, number, **fields)
        told.append(await as_told(client, number))
    assert told[3] == {**told[2], "note": "asked Gerrit"}
    for before in reversed(told[:-1]):
        await decide(client, number, undo=undo_of(await page_of(client, f"/mail/{number}")))
        assert await as_told(client, number) == before
    assert 'name="undo"' not in await page_of(client, f"/mail/{number}")


async def test_an_undo_of_what_somebody_else_has_changed_meanwhile_is_refused_in_words(
    client: Client, mail: None
) -> None:
    number = await number_of(client, "lamp")
    mine = undo_of(await decide(client, number, state="closed"))
    await client.put(f"/mail/{number}", json={"kind": "visitor"})  # somebody else
    now = await as_told(client, number)
    assert "Nothing was undone" in await decide(client, number, undo=mine)
    assert await as_told(client, number) == now


async def test_a_conversation_that_became_one_with_another_has_nothing_to_undo(
    client: Client, database: Database, tmp_path: Path
) -> None:
    await bring_in(database, tmp_path, recent(5, subject="one", Message_ID="<a@x>"))
    await bring_in(database, tmp_path, recent(4, subject="two", Message_ID="<b@x>"))
    for subject in ("one", "two"):
        await decide(client, await number_of(client, subject), note=f"note of {subject}", seen_note="")
    await bring_in(database, tmp_path, recent(3, subject="both", Message_ID="<c@x>", References="<a@x> <b@x>"))
    number = await number_of(client, "one")
    page = await page_of(client, f"/mail/{number}")
    assert "note of one\nnote of two" in page
    assert 'name="undo"' not in page


async def test_what_was_just_closed_stays_in_its_place_until_another_page(client: Client, mail: None) -> None:
    number = await number_of(client, "clock")
    page = await decide(client, number, state="closed")
    assert subjects(page) == ["radio", "clock", "lamp"]
    assert '<span class="state closed">closed</span>' in page
    assert "2 conversations wait for an answer" in page
    assert subjects(await page_of(client, f"/mail/{number}")) == ["radio", "lamp"]
    assert "Closed: it needs no answer." not in await page_of(client, f"/mail/{number}"), "told once"


async def test_what_was_decided_of_one_conversation_is_not_told_of_another(client: Client, mail: None) -> None:
    clock, lamp = await number_of(client, "clock"), await number_of(client, "lamp")
    await decide(client, lamp, kind="visitor")
    await client.post(f"/mail/{clock}/decide", data={"state": "closed"}, headers=HTML, allow_redirects=False)
    assert "Closed: it needs no answer." not in await page_of(client, f"/mail/{lamp}")
    assert "Closed: it needs no answer." in await page_of(client, f"/mail/{clock}")


async def test_a_note_is_kept_and_stands_in_the_list_too(client: Client, mail: None) -> None:
    number = await number_of(client, "lamp")
    page = await decide(client, number, note="asked Gerrit\r\non Tuesday <b>", seen_note="")
    assert "The note is saved." in page
    assert "asked Gerrit\non Tuesday &lt;b&gt;</textarea>" in page
    assert "asked Gerrit on Tuesday &lt;b&gt;</bdi>" in await page_of(client)
    page = await decide(
        client, number, state="closed", note="done\r\n", seen_note="asked Gerrit\r\non Tuesday <b>"
    )
    assert (await as_told(client, number))["note"] == "done"
    await decide(client, number, undo=undo_of(page))
    assert (await as_told(client, number))["note"] == "asked Gerrit\non Tuesday <b>"
    response = await client.post(f"/mail/{number}/decide", data={"note": "x" * 3000}, headers=HTML)
    assert response.status == 422


async def test_a_note_over_somebody_elses_newer_one_is_refused_with_both(client: Client, mail: None) -> None:
    number = await number_of(client, "lamp")
    await client.put(f"/mail/{number}", json={"note": "theirs"})
    fields = {"note": "mine", "seen_note": "", "state": "closed"}
    response = await client.post(f"/mail/{number}/decide", data=fields, headers=HTML)
    page = await response.text()
    assert response.status == 409
    assert ">\nmine</textarea>" in page
    assert "theirs" in page
    assert (await as_told(client, number))["note"] == "theirs"
    assert (await as_told(client, number))["state"] == "waiting", "nothing of it was done"
    [seen] = re.findall(r'name="seen_note" value="([^"]*)"', page)
    await decide(client, number, note="mine", seen_note=seen)
    assert (await as_told(client, number))["note"] == "mine"


@pytest.mark.parametrize("fields", [{"state": "answered"}, {"kind": "friend"}, {"undo": "x"}, {"note": "a\0"}])
async def test_a_faulty_form_changes_nothing(client: Client, mail: None, fields: dict[str, str]) -> None:
    number = await number_of(client, "lamp")
    before = await as_told(client, number)
    assert (await client.post(f"/mail/{number}/decide", data=fields, headers=HTML)).status == 422
    assert await as_told(client, number) == before


async def test_another_sites_page_decides_nothing(client: Client, mail: None) -> None:
    number = await number_of(client, "lamp")
    evil = {"Origin": "http://evil.example"}
    for path in (f"/mail/{number}/decide", f"/mail/{number}/unhelpful", "/mail/sync/stop"):
        assert (await client.post(path, data={"state": "closed"}, headers=evil)).status == 403
    assert (await as_told(client, number))["state"] == "waiting"


@pytest.mark.parametrize("fields", [{"state": "closed"}, {"undo": "1"}, {"note": "x"}])
async def test_what_is_not_there_cannot_be_decided(client: Client, mail: None, fields: dict[str, str]) -> None:
    response = await client.post("/mail/999999/decide", data=fields, headers=HTML)
    assert response.status == 404


async def test_htmx_gets_the_column_it_asks_for_and_the_whole_page_on_the_way_back(
    client: Client, mail: None
) -> None:
    number = await number_of(client, "lamp")
    path = f"/mail/{number}?state=waiting"
    column = await page_of(client, path, HX_Request="true", HX_Target="open")
    assert "<html" not in column
    assert 'id="open"' in column
    assert 'id="list"' not in column
    assert 'id="rows"' not in column
    assert column.lstrip().startswith("<title>lamp")
    rows = await page_of(client, path, HX_Request="true", HX_Target="rows")
    assert subjects(rows) == ["radio", "clock", "lamp"]
    assert 'id="open"' not in rows
    back = await page_of(client, path, HX_Request="true", HX_History_Restore_Request="true")
    assert "<html" in back
    assert "hx-history-elt" in back


async def test_htmx_gets_the_list_along_with_what_was_decided(client: Client, mail: None) -> None:
    number = await number_of(client, "lamp")
    headers = HTML | {"HX-Request": "true", "HX-Target": "open"}
    response = await client.post(f"/mail/{number}/decide", data={"state": "closed"}, headers=headers)
    part = await response.text()
    assert "Closed: it needs no answer." in part
    assert '<div id="rows" hx-swap-oob="innerHTML">' in part
    assert "2 conversations wait" in part


async def opened(client: Client, database: Database, folder: Path, *letters: bytes) -> str:
    """The page of the one conversation of these mails."""
    await bring_in(database, folder, *letters)
    [found] = (await (await client.get("/mail")).json())["conversations"]
    return await page_of(client, f"/mail/{found['id']}")


async def test_who_wrote_when_and_which_way_is_told(client: Client, database: Database, tmp_path: Path) -> None:
    sent = datetime(2026, 11, 3, 12, 30, tzinfo=UTC)
    page = await opened(
        client,
        database,
        tmp_path,
        letter(date=sent, Message_ID="<1@x>"),
        letter(sender=GROUP, to=ANNA, date=sent + timedelta(days=1), In_Reply_To="<1@x>", text="Kom maar langs!"),
    )
    assert page.count('class="message in"') == page.count('class="message out"') == 1
    assert 'Received</span> <strong><bdi>Anna</bdi></strong> <bdi class="address">anna@example.com</bdi>' in page
    assert 'datetime="2026-11-03T12:30:00.000Z"' in page
    assert f"{sent.astimezone():%a %-d %b %Y, %H:%M}" in page or f"{sent.astimezone():%a %-d %b, %H:%M}" in page
    assert 'lang="nl"' in page
    assert page.count("Kom maar langs!") == 2, "as a message, and as what was sent last"
    assert "There is no draft yet" not in page


async def test_whatever_stands_in_a_mail_is_text(client: Client, database: Database, tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    page = await opened(
        client,
        database,
        tmp_path,
        letter(
            sender=f'"{evil}" <"><b>"@example.com>', subject=f"{evil}'\"", text=f'{evil}\n</div></li>"><img src=x>'
        ),
    )
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert page.count("&lt;script&gt;") >= 4


async def test_a_subject_of_two_thousand_letters_and_a_word_of_five_thousand_are_within_bounds(
    client: Client, database: Database, tmp_path: Path
) -> None:
    page = await opened(client, database, tmp_path, letter(subject="lang " * 400, text="x" * 5000 + " ?"))
    assert max(len(each) for each in subjects(page)) <= 121
    assert "The whole subject" in page
    assert len(re.findall(r"<title>([^<]*)</title>", page)[0]) < 300
    assert "x" * 5000 in page


async def test_a_mail_without_a_subject_and_a_sender_has_words_for_it(
    client: Client, database: Database, tmp_path: Path
) -> None:
    page = await opened(client, database, tmp_path, letter(subject="", sender="", text="Kan dat?"))
    assert page.count("(no subject)") >= 2
    assert "nobody named" in page


async def test_of_two_hundred_messages_the_newest_are_open_and_the_others_folded(
    client: Client, database: Database, tmp_path: Path
) -> None:
    quoted = "\n> ".join(f"regel {number} van wat er al stond" for number in range(60))
    letters = [
        letter(
            sender=ANNA if number % 2 == 0 else GROUP,
            to=GROUP if number % 2 == 0 else ANNA,
            date=TODAY - timedelta(hours=300 - number),
            text=f"vraag nummer {number}?\n\nOp 1 nov. 2026 schreef iemand:\n> {quoted}",
            Message_ID=f"<{number}@x>",
            References="<0@x>" if number else "",
        )
        for number in range(210)
    ]
    page = await opened(client, database, tmp_path, *letters)
    folded, _, fresh = page.partition('</details>\n    <ol class="messages"')
    assert "Show the 197 earlier messages" in folded
    assert "The 10 oldest messages are not shown" in folded
    assert fresh.count('class="message ') == 3
    assert "vraag nummer 209?" in fresh
    assert "vraag nummer 9?" not in page
    assert len(page) < 700_000
    assert "Show the whole text" in folded
    far = re.findall(r'<a href="(/mail/\d+\?whole=\d+)#m\d+"', page)
    whole = await page_of(client, far[0])
    assert '<details class="folded" open>' in whole
    assert whole.count("regel 50 van") == page.count("regel 50 van") + 1


async def test_a_mail_that_was_cut_says_so(client: Client, database: Database, tmp_path: Path) -> None:
    page = await opened(client, database, tmp_path, letter(text="Kan dat? " * 20_000))
    assert len(page) < 150_000
    assert "Show the whole text" in page
    number = re.findall(r'id="m(\d+)"', page)[0]
    path = re.findall(r'action="(/mail/\d+)', page)[0]
    whole = await page_of(client, f"{path}?whole={number}")
    assert "The mail was longer" in whole


async def test_attachments_are_named_with_type_and_size(
    client: Client, database: Database, tmp_path: Path
) -> None:
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Date"] = ANNA, GROUP, "foto", "Tue, 3 Nov 2026 12:00:00 +0000"
    mail.set_content("Kan deze lamp?")
    mail.add_attachment(b"x" * 2500, maintype="image", subtype="jpeg", filename="lamp <1>.jpg")
    page = await opened(client, database, tmp_path, bytes(mail))
    assert 'lamp &lt;1&gt;.jpg</bdi> <span class="hint">image/jpeg, 2 kB' in page or "image/jpeg, 3 kB" in page


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"X_GM_THRID": "1719847523084267521"}, "17de2035c945f001"),
        ({"Message_ID": "<a@x>"}, ""),
    ],
    ids=["takeout", "another mailbox"],
)
async def test_only_what_lies_in_gmail_is_opened_there(
    client: Client, database: Database, tmp_path: Path, headers: dict[str, Any], expected: str
) -> None:
    page = await opened(client, database, tmp_path, letter(**headers))
    link = re.findall(r'<a class="button quiet" href="([^"]*)" target="_blank" rel="noreferrer noopener">', page)
    mailbox = quote(GROUP, safe="")
    assert link == ([f"https://mail.google.com/mail/?authuser={mailbox}#all/{expected}"] if expected else [])


async def run_is(database: Database, state: str, **progress: int) -> None:
    """The newest run stands like this."""
    await database.execute("DELETE FROM jobs")
    await database.execute(
        "INSERT INTO jobs (kind, priority, state, owner, progress, error, started_at, ended_at)"
        " VALUES ('import', 10, %s, %s, %s::jsonb, %s, now() - interval '10 s',"
        " CASE WHEN %s THEN now() - interval '3 days' END)",
        (
            state,
            1 if state == "running" else None,
            json.dumps(progress),
            "the file breaks off" if state == "failed" else None,
            state in ("done", "failed", "stopped"),
        ),
    )


async def test_how_far_an_import_is_and_how_long_still_is_told_with_a_stop(
    client: Client, database: Database
) -> None:
    await run_is(database, "running", done=200, total=1000, new=150, known=50)
    page = await page_of(client)
    assert "Importing: 200 of 1,000 mails, 4" in page
    assert "seconds to go" in page
    assert '<form method="post" action="/mail/sync/stop"' in page
    assert 'hx-get="/mail/sync" hx-trigger="every 2s"' in page
    assert "The first mails are on their way" in page
    assert '<meta http-equiv="refresh" content="10">' in page
    response = await client.post("/mail/sync/stop", headers=HTML)
    assert (response.status, response.history[0].status) == (200, 303)
    assert "Stopping …" in await response.text()


async def test_what_the_last_import_brought_stays_in_sight(client: Client, database: Database, mail: None) -> None:
    await database.execute(
        "INSERT INTO seen (account, key, reason) SELECT id, 'k', 'it is too long' FROM accounts LIMIT 1"
    )
    await run_is(database, "done", done=9, total=9, new=5, known=2, skipped=1, failed=1)
    page = await page_of(client)
    assert "Last import 3 days ago. 5 new, 2 known, 1 skipped, 1 unreadable." in page
    assert "1 mail: it is too long" in page
    assert "every 2s" not in page
    await run_is(database, "failed", new=3)
    assert "The last import failed 3 days ago: the file breaks off. 3 new" in await page_of(client)
    await run_is(database, "stopped", new=3)
    answer = await client.get("/mail/sync", headers=HTML | {"HX-Request": "true"})
    assert "was stopped 3 days ago; what it brought in stays" in await answer.text()
    assert answer.headers["HX-Trigger"] == "mail-came"


async def test_the_way_to_import_is_on_the_configuration_page(client: Client) -> None:
    page = await page_of(client)
    assert 'href="/config#import"' in page
    assert 'action="/mail/demonstration"' in page
    await client.app[keys.SETTINGS].save({"group_addresses": "a@example.org, b@example.org"})
    page = await page_of(client, "/config")
    assert 'id="import"' in page
    assert 'action="/mail/import#import" enctype="multipart/form-data"' in page
    assert 'name="address" type="text" inputmode="email" autocomplete="off" value="a@example.org"' in page
