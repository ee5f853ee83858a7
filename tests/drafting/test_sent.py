"""Which drafts were sent, told by what comes in."""

from typing import Any

import pytest

from rcmail.drafting import sent
from rcmail.mail.listing import one
from rcmail.mail.mime.parse import parse
from tests.drafting.kept import PHRASE, TOASTER, Room, waiting
from tests.drafting.test_push import Drafts
from tests.mail.letters import GROUP, letter
from tests.mail.room import bring_in

OTHER = "Helaas, dat repareren wij niet. Vraag het eens bij de kringloop."


@pytest.fixture
async def pushed(room: Room) -> Drafts:
    """With a draft in the mailbox."""
    await room.settings.save({"group_addresses": GROUP})
    await room.bring_in(TOASTER, waiting())
    await room.make_all()
    drafts = Drafts(room)
    await drafts.approve()
    await drafts.sync()
    return drafts


async def comes_back(drafts: Drafts, text: str | None = None, day: int = 22, **headers: str) -> None:
    """Import the mail that was sent from the pushed draft, as a mail program sends it."""
    mail = drafts.mail()
    body = mail.text if text is None else mail.text.replace((await drafts.room.draft()).text, text)
    known = {"Message_ID": mail.message_id or "", "In_Reply_To": mail.in_reply_to or ""}
    raw = letter(GROUP, mail.to[0].address, body, subject=mail.subject, day=day, **known | headers)  # type: ignore[arg-type]
    await bring_in(drafts.room.database, drafts.room.folder, raw)
    await sent.follow(drafts.room.database)


async def became(drafts: Drafts) -> list[tuple[Any, ...]]:
    rows = await drafts.room.database.fetch(
        "SELECT drafts.state, sent_as FROM drafts LEFT JOIN sent_drafts ON draft = drafts.id ORDER BY drafts.id"
    )
    return [tuple(row) for row in rows]


async def test_sent_as_it_is_it_is_sent_unchanged_and_the_conversation_answered(pushed: Drafts) -> None:
    draft = await pushed.room.draft()
    await comes_back(pushed)
    assert await became(pushed) == [("sent", "unchanged")]
    row, messages = await one(pushed.room.database, await pushed.room.conversation(), 60)
    assert row.state == "answered"
    [found] = await pushed.room.database.fetch("SELECT message FROM sent_drafts")
    assert [each.new_text for each in messages if each.id == found.message] == [draft.text]


async def test_edited_in_the_mail_program_it_is_lightly_edited_and_both_are_kept(pushed: Drafts) -> None:
    draft = await pushed.room.draft()
    await comes_back(pushed, f"{draft.text}\n\nPS: neem ook het snoer mee.")
    assert await became(pushed) == [("sent", "lightly edited")]
    assert (await pushed.room.draft()).text == draft.text


async def test_edited_in_rcmail_before_it_was_approved_it_is_not_unchanged(pushed: Drafts) -> None:
    made = await pushed.room.draft()
    await pushed.approve(f"{made.text}\n\nPS: neem ook het snoer mee.")
    await pushed.sync()
    await comes_back(pushed)
    assert await became(pushed) == [("sent", "lightly edited")]
    [row] = await pushed.room.database.fetch("SELECT made_text FROM drafts")
    assert row.made_text == made.text


async def test_with_our_message_id_it_is_the_draft_however_it_was_rewritten(pushed: Drafts) -> None:
    await comes_back(pushed, OTHER)
    assert await became(pushed) == [("sent", "rewritten")]


async def test_sent_under_another_message_id_it_is_known_by_its_text(pushed: Drafts) -> None:
    await comes_back(pushed, Message_ID="<outlook@example.org>")
    assert await became(pushed) == [("sent", "unchanged")]


async def test_copied_into_another_program_without_a_word_of_the_thread(pushed: Drafts) -> None:
    text = (await pushed.room.draft()).text
    to = pushed.mail().to[0].address
    raw = letter(GROUP, to, text, subject="Re: vraag", day=22, Message_ID="<other@example.org>")
    await bring_in(pushed.room.database, pushed.room.folder, raw)
    await sent.follow(pushed.room.database)
    assert await became(pushed) == [("sent", "unchanged")]


async def test_another_answer_to_the_same_request_is_not_the_draft(pushed: Drafts) -> None:
    await comes_back(pushed, OTHER, Message_ID="<outlook@example.org>")
    assert await became(pushed) == [("pushed", None)]


async def test_what_was_never_pushed_but_copied_is_known_too(room: Room) -> None:
    await room.bring_in(TOASTER, waiting())
    await room.make_all()
    [asked] = await room.database.fetch(
        "SELECT from_address, message_id FROM messages WHERE new_text LIKE %s", (f"%{PHRASE}%",)
    )
    text = (await room.draft()).text
    raw = letter(GROUP, asked.from_address, text, subject="Re: vraag", day=22, In_Reply_To=asked.message_id)
    await bring_in(room.database, room.folder, raw)
    assert await sent.follow(room.database) == 1
    assert (await room.draft()).state == "sent"


async def test_sent_twice_it_is_one_draft_that_was_sent(pushed: Drafts) -> None:
    await comes_back(pushed)
    await comes_back(pushed, day=23)
    await comes_back(pushed, day=24, Message_ID="<again@example.org>")
    assert await became(pushed) == [("sent", "unchanged")]
    assert len(await pushed.room.database.fetch("SELECT id FROM messages WHERE direction = 'out'")) == 4


async def test_looked_at_again_it_changes_nothing(pushed: Drafts) -> None:
    await comes_back(pushed)
    before = await pushed.room.draft()
    assert await sent.follow(pushed.room.database) == 0
    assert await pushed.room.draft() == before


async def test_the_next_request_gets_a_draft_of_its_own_that_is_not_sent(pushed: Drafts) -> None:
    await comes_back(pushed)
    mail = pushed.mail()
    more = "En kan ik dan ook mijn lamp meenemen? Het snoer is stuk."
    raw = letter(mail.to[0].address, text=more, day=25, In_Reply_To=mail.message_id or "", subject="Re: vraag")
    await bring_in(pushed.room.database, pushed.room.folder, raw)
    await pushed.room.make_all()
    await sent.follow(pushed.room.database)
    assert [state for state, _ in await became(pushed)] == ["sent", "ready"]


async def test_the_draft_itself_in_an_exported_folder_of_drafts_was_not_sent(pushed: Drafts) -> None:
    counted = await bring_in(pushed.room.database, pushed.room.folder, pushed.files[0].read_bytes())
    assert counted["skipped"] == 1
    assert await sent.follow(pushed.room.database) == 0
    assert parse(pushed.files[0].read_bytes()).message_id


async def test_a_stranger_who_knows_the_message_id_sends_nothing_in_our_name(pushed: Drafts) -> None:
    raw = letter("eve@example.net", text="Gestuurd!", Message_ID=pushed.mail().message_id or "", day=22)
    await bring_in(pushed.room.database, pushed.room.folder, raw)
    assert await sent.follow(pushed.room.database) == 0


async def test_an_answer_of_before_is_not_the_draft_that_says_the_same(room: Room) -> None:
    """Though a mail that was late, and is answered too, was written before it."""
    await room.settings.save({"group_addresses": GROUP})
    await room.bring_in(TOASTER, waiting())
    [asked] = await room.database.fetch(
        "SELECT from_address, message_id FROM messages WHERE new_text LIKE %s", (f"%{PHRASE}%",)
    )
    visitor, first = asked.from_address, asked.message_id or ""
    mails = [
        letter(
            GROUP, visitor, "Ja hoor, neem maar mee.", day=21, In_Reply_To=first, Message_ID="<yes@example.org>"
        ),
        letter(visitor, text="En mijn lamp ook?", day=22, In_Reply_To="<yes@example.org>"),
        letter(visitor, text="En een fiets?", day=19, References=first),
    ]
    for mail in mails:
        await bring_in(room.database, room.folder, mail)
    await room.make_all()
    await room.save(await room.draft(), text="Ja hoor, neem maar mee.", state="approved")
    assert await sent.follow(room.database) == 0
