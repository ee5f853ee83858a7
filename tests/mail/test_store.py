"""Mails in the tables: each once, in its conversation, whatever the order, and what volunteers decided stays."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rcmail.db.pool import Database, Row
from rcmail.errors import NoSuchConversation
from rcmail.mail.decisions import decide
from rcmail.mail.listing import Wanted, found, one, place
from tests.mail.letters import ANNA, GROUP, TODAY, letter, recent
from tests.mail.room import bring_in


async def all_of(database: Database, **wanted: object) -> list[Row]:
    return list((await found(database, Wanted(**wanted), 60)).conversations)  # type: ignore[arg-type]


async def test_the_second_import_brings_nothing_new(database: Database, tmp_path: Path) -> None:
    letters = [letter(), letter(sender=GROUP, to=ANNA), letter(sender="bert@example.com")]
    assert await bring_in(database, tmp_path, *letters) == {"new": 3, "known": 0, "skipped": 0, "failed": 0}
    assert await bring_in(database, tmp_path, *letters) == {"new": 0, "known": 3, "skipped": 0, "failed": 0}
    assert len(await database.fetch("SELECT id FROM messages")) == 3


async def test_the_same_mail_in_other_bytes_is_the_same_mail(database: Database, tmp_path: Path) -> None:
    when = TODAY - timedelta(days=1)
    first = letter(date=when, Message_ID="<a@example.com>")
    assert (await bring_in(database, tmp_path, first))["new"] == 1
    again = letter(date=when, Message_ID="<a@example.com>", Received="by mx.example.org; " + when.strftime("%c"))
    assert await bring_in(database, tmp_path, again) == {"new": 0, "known": 1, "skipped": 0, "failed": 0}
    without = letter(date=when)
    assert (await bring_in(database, tmp_path, without))["new"] == 1
    assert (await bring_in(database, tmp_path, without.replace(b"MIME", b"Mime")))["known"] == 1


async def test_a_message_id_twice_with_another_sender_is_another_mail(database: Database, tmp_path: Path) -> None:
    when = TODAY - timedelta(days=1)
    letters = [letter(date=when, Message_ID="<a@x>"), letter("eve@example.com", date=when, Message_ID="<a@x>")]
    assert (await bring_in(database, tmp_path, *letters))["new"] == 2


async def test_a_question_an_answer_and_thanks_are_one_closed_conversation(
    database: Database, tmp_path: Path
) -> None:
    await bring_in(
        database,
        tmp_path,
        recent(3, Message_ID="<1@x>", subject="toaster"),
        recent(2, sender=GROUP, to=ANNA, subject="Re: toaster", Message_ID="<2@x>", In_Reply_To="<1@x>"),
        recent(1, subject="Re: Re: toaster", text="Bedankt, tot zaterdag!", In_Reply_To="<2@x>"),
    )
    [row] = await all_of(database)
    assert (row.subject, row.state, row.messages, row.visitor_address) == (
        "toaster",
        "closed",
        3,
        "anna@example.com",
    )
    assert row.state_why == "the visitor only says thanks"


async def test_the_order_of_the_file_makes_no_difference(database: Database, tmp_path: Path) -> None:
    question = "Kan ik zaterdag met mijn broodrooster komen? Hij wordt niet meer warm, ook niet op stand zes."
    letters = [
        recent(9, Message_ID="<1@x>", text=question),
        recent(
            8, sender=GROUP, to=ANNA, Message_ID="<2@x>", In_Reply_To="<1@x>", text=f"Ja hoor!\n\n> {question}"
        ),
        recent(7, Message_ID="<3@x>", References="<1@x> <2@x>", text="En mijn lamp?"),
    ]
    ends = []
    for seed in range(4):
        random.Random(seed).shuffle(letters)
        for each in letters:
            await bring_in(database, tmp_path, each)
        rows = await database.fetch("SELECT new_text, text_version FROM messages ORDER BY sent_at")
        [row] = await all_of(database)
        ends.append(([tuple(each) for each in rows], row.state, row.messages, row.last_at, row.subject))
        await database.execute("TRUNCATE conversations, seen CASCADE")
    assert ends == [ends[0]] * 4
    assert [text for text, _ in ends[0][0]] == [question, "Ja hoor!", "En mijn lamp?"]


async def test_two_conversations_that_turn_out_to_be_one_keep_the_older_number_and_every_note(
    database: Database, tmp_path: Path
) -> None:
    await bring_in(database, tmp_path, recent(9, Message_ID="<1@x>"))
    await bring_in(database, tmp_path, recent(7, Message_ID="<3@x>", subject="other", References="<2@x>"))
    newer, older = await all_of(database)
    await decide(database, older.id, note="asked Gerrit")
    await decide(database, newer.id, note="on Tuesday", kind="visitor")
    await bring_in(database, tmp_path, recent(8, sender=GROUP, to=ANNA, Message_ID="<2@x>", In_Reply_To="<1@x>"))
    [row] = await all_of(database)
    assert (row.id, row.messages, row.note, row.kind) == (older.id, 3, "asked Gerrit\non Tuesday", "visitor")


async def test_what_a_volunteer_said_of_the_kind_is_for_good(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, recent(3, Message_ID="<1@x>", List_Unsubscribe="<mailto:a@b.example>"))
    [row] = await all_of(database)
    assert (row.kind, row.state, row.kind_why) == ("other", "closed", "it has an unsubscribe header")
    await decide(database, row.id, kind="visitor", state="waiting")
    await bring_in(database, tmp_path, recent(2, Message_ID="<2@x>", References="<1@x>", Precedence="bulk"))
    [row] = await all_of(database)
    assert (row.kind, row.kind_why, row.messages) == ("visitor", "a volunteer said that it is a visitor's", 2)


async def test_a_closed_conversation_waits_again_when_the_visitor_writes(
    database: Database, tmp_path: Path
) -> None:
    await bring_in(database, tmp_path, recent(3, Message_ID="<1@x>"))
    [row] = await all_of(database)
    await decide(database, row.id, state="closed")
    assert [each.state for each in await all_of(database)] == ["closed"]
    await bring_in(database, tmp_path, recent(2, Message_ID="<2@x>", References="<1@x>"))
    assert [each.state for each in await all_of(database, states=("waiting",))] == ["waiting"]


async def test_what_is_too_old_does_not_wait_unless_a_volunteer_says_so(
    database: Database, tmp_path: Path
) -> None:
    await bring_in(database, tmp_path, recent(61.5), recent(59, subject="younger"))
    young, old = await all_of(database)
    assert (young.state, old.state) == ("waiting", "closed")
    assert old.state_why == "it has waited for longer than a question waits"
    assert [row.id for row in await all_of(database, states=("closed",))] == [old.id]
    await decide(database, old.id, state="waiting")
    assert [row.id for row in await all_of(database, states=("waiting",))] == [young.id, old.id]


async def test_deciding_about_nothing_says_so(database: Database) -> None:
    with pytest.raises(NoSuchConversation):
        await decide(database, 7, state="closed")
    with pytest.raises(NoSuchConversation):
        await one(database, 7, 60)


async def test_words_are_found_in_subject_sender_and_text_without_accents_or_endings(
    database: Database, tmp_path: Path
) -> None:
    await bring_in(
        database,
        tmp_path,
        recent(3, subject="Crème brûlée brander", sender="Zoë van Straße <zoe@example.com>", text="Hij is stuk"),
        recent(2, subject="andere", sender="bert@example.com", text="De koffiemolen"),
    )
    for words in ("creme", "BRÛLÉE brander", "zoe", "strasse", "stuk brul", "zoe@example.com", "creme!?'"):
        assert [row.visitor_name for row in await all_of(database, text=words)] == ["Zoë van Straße"], words
    assert [row.subject for row in await all_of(database, text="koffie")] == ["andere"]
    assert await all_of(database, text="creme koffie") == []
    assert len(await all_of(database, text="?!")) == 2


async def test_how_a_search_is_done_holds_for_that_search_only(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, recent(1, text="een lamp"), recent(2, text="een fiets"))
    for _ in range(3):
        assert len(await all_of(database, text="een lamp")) == 1
        assert await all_of(database, text="lamp xylofoon") == []
        for name in ("enable_seqscan", "enable_nestloop"):
            [row] = await database.fetch(f"SHOW {name}")
            assert tuple(row) == ("on",)


async def test_pages_follow_each_other_without_a_gap(database: Database, tmp_path: Path) -> None:
    when = TODAY - timedelta(days=1)
    await bring_in(database, tmp_path, *(letter(f"v{n}@example.com", date=when) for n in range(25)))
    seen: list[int] = []
    before = ""
    while True:
        page = await found(database, Wanted(limit=10, before=before), 60)
        seen += [row.id for row in page.conversations]
        if page.next is None:
            break
        before = page.next
        assert place(before) is not None
    assert len(seen) == len(set(seen)) == 25


async def test_a_date_that_is_still_to_come_or_missing_is_the_imports(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, letter(date=datetime(2099, 1, 1, tzinfo=UTC)), letter(Date=""))
    rows = await database.fetch("SELECT sent_at, sent_at_from FROM messages")
    assert [row.sent_at_from for row in rows] == ["import", "import"]
    assert all(row.sent_at - TODAY < timedelta(hours=1) for row in rows)


async def test_drafts_and_chats_of_takeout_are_skipped_and_its_threads_and_sent_mail_known(
    database: Database, tmp_path: Path
) -> None:
    counted = await bring_in(
        database,
        tmp_path,
        recent(5, Message_ID="<1@x>", subject="one", **{"X-GM-THRID": "17", "X-Gmail-Labels": "Inbox,Ongelezen"}),
        recent(4, sender="mieke@example.net", to=ANNA, subject="two", X_GM_THRID="17", X_Gmail_Labels="Verzonden"),
        recent(3, X_Gmail_Labels="=?UTF-8?Q?Entw=C3=BCrfe?="),
        recent(2, X_Gmail_Labels="Chat"),
    )
    assert counted == {"new": 2, "known": 0, "skipped": 2, "failed": 0}
    [row] = await all_of(database)
    assert (row.messages, row.state) == (2, "answered")
