"""The jobs that make drafts: for whom, when again, and what they let alone."""

from datetime import timedelta

import pytest

from rcmail.clock import today
from rcmail.drafting import material, store
from rcmail.errors import NoSuchConversation
from rcmail.mail.decisions import decide
from tests.answers.room import asked
from tests.drafting.kept import BIKE, TOASTER, Room, waiting
from tests.mail.letters import GROUP, letter

UNKNOWN = asked("Verkopen jullie ook zonnepanelen voor op het dak, en hoe duur?", day=21)


def further(text: str, *, day: int, sender: str = "piet@example.com") -> bytes:
    return letter(sender, text=text, day=day, subject="stuk")


async def test_each_visitor_that_waits_gets_a_draft_of_what_was_answered_before(room: Room) -> None:
    await room.bring_in(TOASTER, BIKE, waiting())
    await room.make_all()
    draft = await room.draft()
    assert (draft.state, draft.origin, draft.model, draft.is_stale) == ("ready", "past answer", None, False)
    assert draft.text
    [row] = await room.database.fetch("SELECT id FROM messages WHERE new_text LIKE '%%Kan ik daarmee%%'", ())
    assert draft.sources == [row.id]
    assert await room.texts() == []


async def test_a_draft_is_made_once(room: Room) -> None:
    await room.bring_in(TOASTER, waiting())
    await room.make_all()
    before = await room.draft()
    await room.make_all()
    assert await room.draft() == before
    assert len(room.child.calls) == 1


async def test_the_newest_comes_first_and_what_somebody_asked_for_before_it(room: Room) -> None:
    await room.bring_in(
        TOASTER,
        waiting("De oude fiets piept. Kan dat?", 5),
        waiting(),
        waiting("Mijn fiets is stuk, mag hij mee?", 9),
    )
    await store.ask(room.database, await room.conversation("piept"))
    await room.make_all()
    assert [call["asked"].texts[0][:8] for call in room.child.calls] == ["De oude ", "Onze bro", "Mijn fie"]


async def test_only_visitors_get_one_by_themselves_and_others_when_somebody_asks(room: Room) -> None:
    await room.bring_in(TOASTER, waiting())
    number = await room.conversation()
    await decide(room.database, number, kind="unsure")
    await room.make_all()
    assert await room.review.look(number) is None
    await store.ask(room.database, number)
    await room.make_asked()
    assert (await room.draft()).state == "ready"


async def test_nothing_is_made_by_itself_where_the_group_does_not_want_it(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    await room.bring_in(TOASTER, waiting())
    number = await room.conversation()
    await room.database.execute("INSERT INTO settings (key, value) VALUES ('drafts_by_themselves', 'no')")
    await room.make_all()
    assert await room.review.look(number) is None
    await store.ask(room.database, number, "the bike man is ill")
    await room.make_all()
    assert (await room.draft()).state == "ready"
    assert room.child.calls[0]["hint"] == "the bike man is ill"


async def test_a_newer_mail_makes_an_unedited_draft_anew(room: Room) -> None:
    await room.bring_in(TOASTER, BIKE, [further("Mijn broodrooster springt niet op. Mag ik komen?", day=20)])
    await room.make_all()
    before = await room.draft()
    await room.bring_in([further("En repareren jullie ook mijn fiets?", day=21)])
    stale = await room.draft()
    assert (stale.new_mail, stale.new_facts, stale.revision) == (True, False, before.revision + 1)
    await room.make_all()
    after = await room.draft()
    assert (after.id, after.is_stale, after.state) == (before.id, False, "ready")
    assert after.revision > stale.revision
    assert [(text, by) for text, by, _ in await room.texts()] == [(before.text, "rcmail")]


async def test_other_facts_make_an_unedited_draft_anew_and_mark_an_edited_one(room: Room) -> None:
    await room.bring_in(TOASTER, waiting(), waiting("Kan ik met mijn fiets komen?", 18))
    await room.make_all()
    edited = await room.save(await room.draft(), text="Mijn eigen antwoord")
    await room.settings.save({"event_location": "Molenlaan 5"})
    await room.make_all()
    assert not (await room.draft("met mijn fiets")).is_stale
    now = await room.draft()
    assert (now.text, now.state, now.new_facts) == ("Mijn eigen antwoord", "ready", True)
    assert now.changed_in == edited.revision


async def test_a_further_day_that_is_called_off_makes_stale_what_may_name_it(room: Room) -> None:
    await room.bring_in(TOASTER, waiting())
    later = (today() + timedelta(days=42)).isoformat()
    await room.settings.save({"event_further_dates": f"2001-01-06, {later}"})
    await room.make_all()
    await room.save(await room.draft(), text=f"Kom anders op {later}.", state="approved")
    await room.settings.save({"event_further_dates": later})
    assert not (await room.draft()).is_stale
    await room.settings.save({"event_further_dates": None})
    assert (await room.draft()).new_facts


async def test_an_approved_one_that_became_stale_stays_and_says_so(room: Room) -> None:
    await room.bring_in(TOASTER, waiting())
    await room.make_all()
    approved = await room.save(await room.draft(), state="approved")
    await room.settings.save({"event_location": "Molenlaan 5"})
    await room.make_all()
    now = await room.draft()
    assert (now.state, now.text, now.is_stale) == ("approved", approved.text, True)


async def test_what_was_thrown_away_stays_away_until_the_visitor_writes_again(room: Room) -> None:
    await room.bring_in(TOASTER, [further("Mijn broodrooster springt niet op. Mag ik komen?", day=20)])
    await room.make_all()
    await room.save(await room.draft(), state="discarded")
    await room.settings.save({"event_location": "Molenlaan 5"})
    await room.make_all()
    assert (await room.draft()).state == "discarded"
    await room.bring_in([further("Hallo, mag het zaterdag?", day=22)])
    await room.make_all()
    assert (await room.draft()).state == "ready"


async def test_what_cannot_be_made_has_failed_without_a_text_and_is_not_tried_for_ever(room: Room) -> None:
    await room.bring_in(TOASTER, waiting())
    room.child.failure = "it took too long"
    for _ in range(2):
        await room.make_all()
    draft = await room.draft()
    assert (draft.state, draft.text, len(room.child.calls)) == ("failed", "", 1)
    room.child.failure = None
    await store.ask(room.database, await room.conversation())
    await room.make_asked()
    assert (await room.draft()).state == "ready"


async def test_where_nothing_is_like_it_there_is_a_gap(room: Room) -> None:
    await room.bring_in(TOASTER, UNKNOWN)
    await room.make_all()
    draft = await room.draft("zonnepanelen")
    gaps = [each for each in draft.warnings if each.kind == "unanswered"]
    assert gaps
    assert all(draft.text[each.start] == "[" for each in gaps)


async def test_what_a_volunteer_wrote_while_one_was_made_is_not_overwritten(room: Room) -> None:
    await room.bring_in(TOASTER, waiting())
    await store.ask(room.database, await room.conversation())
    await room.save(await room.draft(), text="Ik schrijf zelf")
    await room.make_asked()
    await room.make_all()
    draft = await room.draft()
    assert (draft.text, draft.state, draft.origin) == ("Ik schrijf zelf", "ready", "volunteer")


async def test_to_ask_twice_queues_one_and_an_edited_text_becomes_an_earlier_one(room: Room) -> None:
    await room.bring_in(TOASTER, waiting())
    number = await room.conversation()
    await room.make_all()
    made = (await room.draft()).text
    await room.save(await room.draft(), text="Mijn eigen antwoord")
    for _ in range(3):
        await store.ask(room.database, number)
    assert (await room.draft()).state == "queued"
    assert (await room.draft()).text == ""
    [row] = await room.database.fetch(
        "SELECT count(*) AS jobs FROM jobs WHERE kind = 'draft' AND state = 'queued'"
    )
    assert row.jobs == 1
    await room.make_asked()
    draft = await room.draft()
    assert (draft.state, draft.text, draft.is_edited) == ("ready", made, False)
    assert await room.texts() == [
        (made, "rcmail", "edited"),
        ("Mijn eigen antwoord", "volunteer", "made again"),
    ]
    shown = await store.versions(room.database, number)
    assert [row.text for row in shown] == ["Mijn eigen antwoord", made]


async def test_there_is_none_where_there_is_no_conversation(room: Room) -> None:
    with pytest.raises(NoSuchConversation):
        await store.ask(room.database, 4711)
    with pytest.raises(NoSuchConversation):
        await room.review.look(4711)


async def test_one_that_was_sent_stays_beside_the_next(room: Room) -> None:
    await room.bring_in(TOASTER, [further("Mijn broodrooster springt niet op. Mag ik komen?", day=20)])
    await room.make_all()
    await room.database.execute("UPDATE drafts SET state = 'sent'")
    await room.bring_in(
        [letter(GROUP, "piet@example.com", "Ja hoor!", day=21, subject="Re: stuk")],
        [further("Mag ik ook mijn fiets meenemen?", day=22)],
    )
    await room.make_all()
    rows = await room.database.fetch("SELECT state FROM drafts ORDER BY id")
    assert [row.state for row in rows] == ["sent", "ready"]
    assert (await room.draft()).state == "ready"


async def test_of_a_visitor_who_never_stops_the_newest_mails_are_read(room: Room) -> None:
    mails = [further(f"Nummer {each}. " + "Kan dat? " * 3_000, day=20) for each in range(12)]
    await room.bring_in(TOASTER, mails)
    found = await material.read(room.database, await room.conversation("Nummer 11."), today())
    assert [text[:8] for text in found.asked.texts] == [f"Nummer {each}"[:8] for each in range(2, 12)]
    assert max(map(len, found.asked.texts)) == 20_000
