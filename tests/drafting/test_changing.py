"""What volunteers make of a draft: nobody's text is overwritten, and nobody approves what she has not seen."""

import asyncio
from typing import Any

import pytest

from rcmail.drafting import changing, store
from rcmail.errors import (
    DraftChanged,
    DraftSent,
    DraftStale,
    InvalidSettings,
    NoSuchConversation,
    NoSuchDraft,
    OutcomeUnknown,
)
from tests.answers.room import asked
from tests.drafting.kept import TOASTER, Room, waiting
from tests.mail.letters import GROUP, letter


@pytest.fixture
async def ready(room: Room) -> Room:
    """With a draft that is ready."""
    await room.bring_in(TOASTER, waiting())
    await room.make_all()
    return room


async def test_an_edit_is_kept_checked_and_the_volunteers(ready: Room) -> None:
    made = await ready.draft()
    edited = await ready.save(made, text="Kom gerust.\n[Hier nog iets over de prijs]")
    assert (edited.text, edited.state, edited.origin) == (
        "Kom gerust.\n[Hier nog iets over de prijs]",
        "ready",
        "volunteer",
    )
    assert edited.revision > made.revision
    [gap] = [each for each in edited.warnings if each.kind == "unanswered"]
    assert edited.text[gap.start : gap.end] == "[Hier nog iets over de prijs]"
    assert await ready.texts() == [(made.text, "rcmail", "edited")]


async def test_of_two_who_edit_the_second_is_told_and_the_first_ones_text_stays(ready: Room) -> None:
    before = await ready.draft()
    first = await ready.save(before, text="eerst")
    with pytest.raises(DraftChanged):
        await ready.save(before, text="later")
    assert await ready.draft() == first
    assert (await ready.save(first, text="later")).text == "later"


async def test_the_same_once_more_changes_nothing_and_is_no_conflict(ready: Room) -> None:
    before = await ready.draft()
    first = await ready.save(before, text="eerst")
    assert await ready.save(before, text="eerst") == first
    approved = await ready.save(first, state="approved")
    assert await ready.save(first, state="approved") == approved


async def test_of_many_at_once_one_wins(ready: Room) -> None:
    before = await ready.draft()
    found = await asyncio.gather(
        *(ready.save(before, text=f"tekst {number}") for number in range(8)), return_exceptions=True
    )
    assert [type(each) for each in found if isinstance(each, BaseException)] == [DraftChanged] * 7


async def test_approved_is_exactly_what_stands_there_and_an_edit_takes_the_approval_back(ready: Room) -> None:
    approved = await ready.save(await ready.draft(), text="Kom gerust.", state="approved")
    assert (approved.text, approved.state) == ("Kom gerust.", "approved")
    edited = await ready.save(approved, text="Kom gerust langs.")
    assert edited.state == "ready"


async def test_each_decision_can_be_taken_back(ready: Room) -> None:
    for state in ("approved", "discarded"):
        draft = await ready.save(await ready.draft(), state=state)
        assert draft.state == state
        assert (await ready.save(draft, state="ready")).state == "ready"


async def test_a_gap_and_nothing_at_all_are_not_approved(ready: Room) -> None:
    with pytest.raises(InvalidSettings) as refused:
        await ready.save(await ready.draft(), text="Beste,\n[Wat kost het?]\nGroet", state="approved")
    assert "[Wat kost het?]" in refused.value.problems["text"]
    empty = await ready.save(await ready.draft(), text="")
    with pytest.raises(InvalidSettings):
        await ready.save(empty, state="approved")
    assert (await ready.draft()).state == "ready"


async def test_what_is_stale_is_approved_by_nobody_who_has_not_seen_that(ready: Room) -> None:
    before = await ready.draft()
    await ready.settings.save({"event_location": "Molenlaan 5"})
    with pytest.raises(DraftStale):
        await ready.save(before, state="approved")
    with pytest.raises(DraftStale):  # it is marked by now
        await ready.save(before, state="approved")
    stale = await ready.draft()
    assert (stale.state, stale.is_stale) == ("ready", True)
    approved = await ready.save(stale, state="approved")
    assert (approved.state, approved.is_stale) == ("approved", False)


async def test_a_mail_that_comes_while_it_is_edited_loses_no_edit(room: Room) -> None:
    mail = letter("piet@example.com", text="Mijn broodrooster springt niet op. Mag dat?", subject="stuk", day=20)
    await room.bring_in(TOASTER, [mail])
    await room.make_all()
    before = await room.draft()
    await room.bring_in([letter("piet@example.com", text="En mijn fiets?", subject="stuk", day=21)])
    assert (await room.draft()).revision == before.revision + 1
    edited = await room.save(before, text="Beste Piet")  # typed before it came
    assert (edited.text, edited.is_stale) == ("Beste Piet", True)
    await room.make_all()
    assert (await room.draft()).text == "Beste Piet"


async def test_a_stale_approval_can_be_given_again(ready: Room) -> None:
    await ready.save(await ready.draft(), state="approved")
    await ready.settings.save({"event_location": "Molenlaan 5"})
    stale = await ready.draft()
    assert (stale.state, stale.is_stale) == ("approved", True)
    again = await ready.save(stale, state="approved")
    assert (again.state, again.is_stale) == ("approved", False)


async def test_of_what_saves_itself_the_newest_fifty_texts_are_kept_and_the_one_that_was_made(ready: Room) -> None:
    draft = await ready.draft()
    made = draft.text
    for number in range(60):
        draft = await ready.save(draft, text=f"Kom maar, {number}")
    texts = [text for text, _, _ in await ready.texts()]
    assert texts[0] == made
    assert texts[1:] == [f"Kom maar, {number}" for number in range(9, 59)]
    assert draft.text == "Kom maar, 59"


async def test_a_past_answer_or_an_earlier_text_to_start_from(ready: Room) -> None:
    number = await ready.conversation()
    made = await ready.draft()
    await ready.save(made, text="Mijn eigen antwoord")
    [source] = made.sources
    await ready.review.start_from_answer(number, source)
    draft = await ready.draft()
    assert (draft.text, draft.origin, draft.sources) == ("Ja hoor, neem hem maar mee.", "past answer", [source])
    await ready.settings.save({"event_location": "Molenlaan 5"})
    await ready.make_all()
    assert (await ready.draft()).text == draft.text, "chosen by a volunteer"
    mine = next(row for row in await store.versions(ready.database, number) if row.made_by == "volunteer")
    await ready.review.start_from_version(number, mine.id)
    assert (await ready.draft()).text == "Mijn eigen antwoord"
    with pytest.raises(NoSuchDraft):
        await ready.review.start_from_answer(number, 4711)
    with pytest.raises(NoSuchDraft):
        await ready.review.start_from_version(number, 4711)


async def test_a_past_answer_is_a_start_where_there_is_no_draft(room: Room) -> None:
    await room.bring_in(TOASTER, waiting())
    [row] = await room.database.fetch("SELECT message FROM past_requests")
    number = await room.conversation()
    await room.review.start_from_answer(number, row.message)
    assert (await room.draft()).text == "Ja hoor, neem hem maar mee."
    with pytest.raises(NoSuchConversation):
        await room.review.start_from_answer(4711, row.message)


async def test_a_past_answer_is_a_start_while_others_are_looked_for_anew(ready: Room) -> None:
    [source] = (await ready.draft()).sources
    await ready.database.execute("UPDATE similar_answers SET signature = 'of before'")
    await ready.review.start_from_answer(await ready.conversation(), source)
    assert (await ready.draft()).text == "Ja hoor, neem hem maar mee."


async def test_nothing_is_said_of_a_draft_that_is_not_there_has_no_text_or_was_sent(room: Room) -> None:
    await room.bring_in(TOASTER, waiting())
    number = await room.conversation()
    with pytest.raises(NoSuchDraft):
        await room.review.save(number, seen=1, text="x")
    await store.ask(room.database, number)
    for state in ("ready", "approved"):
        with pytest.raises(InvalidSettings):
            await room.save(await room.draft(), state=state)
    assert (await room.save(await room.draft(), state="discarded")).state == "discarded"
    await room.make_asked()
    assert (await room.draft()).state == "discarded"
    await room.database.execute("UPDATE drafts SET state = 'sent'")
    with pytest.raises(DraftSent):
        await room.review.save(number, seen=1, text="x")


@pytest.mark.parametrize("whose", ["older", "newer", "both"])
async def test_where_two_conversations_become_one_no_draft_is_lost(room: Room, whose: str) -> None:
    piet = "piet@example.com"
    older = letter(
        piet, text="Mijn broodrooster springt niet op. Kan dat?", subject="stuk", day=20, Message_ID="<1@x>"
    )
    newer = letter(
        piet, text="Mag mijn fiets mee?", subject="fiets", day=22, References="<2@x>", Message_ID="<3@x>"
    )
    await room.bring_in(TOASTER, [older], [newer])
    await room.make_all()
    before = await room.conversation()
    edited = {"older": ("springt",), "newer": ("fiets mee",), "both": ("springt", "fiets mee")}[whose]
    for words in edited:
        await room.save(await room.draft(words), words, text=f"Over {words}")
    revision = max([(await room.draft(words)).revision for words in ("springt", "fiets mee")])
    joining = letter(GROUP, piet, "Ja hoor.", subject="Re: stuk", day=21, Message_ID="<2@x>", In_Reply_To="<1@x>")
    await room.bring_in([joining])
    assert await room.conversation("fiets mee") == before
    draft = await room.draft()
    assert draft.text in [f"Over {words}" for words in edited]
    assert draft.revision > revision
    kept = {text for text, _, _ in await room.texts()} | {draft.text}
    assert {f"Over {words}" for words in edited} <= kept
    [row] = await room.database.fetch("SELECT count(*) AS drafts FROM drafts")
    assert row.drafts == 1


async def test_an_edit_is_there_however_its_answer_was_lost(ready: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sends it again, with the number she had, is told that it is there."""
    before = await ready.draft()

    async def lost(*_: Any, **__: Any) -> None:
        await real(*_, **__)
        raise OutcomeUnknown

    real = changing.change
    monkeypatch.setattr(changing, "change", lost)
    with pytest.raises(OutcomeUnknown):
        await ready.save(before, text="Kom maar")
    monkeypatch.setattr(changing, "change", real)
    assert (await ready.save(before, text="Kom maar")).text == "Kom maar"


async def test_the_demonstration_takes_its_drafts_along(ready: Room) -> None:
    await ready.database.execute("DELETE FROM conversations")
    assert await ready.database.fetch("SELECT 1 FROM drafts UNION ALL SELECT 1 FROM draft_versions") == []
    await ready.bring_in(asked("Is dit iets?", day=30))


async def test_what_could_not_be_looked_through_is_kept_and_not_approved(ready: Room) -> None:
    ready.checker.failure = "it took too long"
    edited = await ready.save(await ready.draft(), text="Kom maar")
    assert [each.kind for each in edited.warnings] == ["unchecked"]
    with pytest.raises(InvalidSettings):
        await ready.save(edited, state="approved")
    ready.checker.failure = None
    assert (await ready.save(edited, state="approved")).warnings != edited.warnings
