"""From mail to past answers: what the job keeps, finds, and finds again when something has changed."""

from email import message_from_bytes
from pathlib import Path

import pytest

from rcmail.answers import results, work
from rcmail.answers.past import count
from rcmail.answers.results import BOTH, WORDS
from rcmail.db.pool import Database
from rcmail.errors import NoSuchConversation, Retry
from rcmail.jobs.here import do_here
from rcmail.jobs.job import Job
from rcmail.jobs.queue import LATER, NOW, Queue
from rcmail.mail.decisions import decide
from tests.answers.helpers import HereHelper
from tests.answers.room import asked, compare, found, keep, look, number_of
from tests.mail.letters import GROUP, letter

TOASTER = asked(
    "Mijn broodrooster springt niet meer op. Kan ik daarmee komen?", "Ja hoor, neem hem maar mee.", day=1
)
BIKE = asked("Repareren jullie ook een fiets?", "Ja, onze Gerrit kijkt naar remmen en banden.", day=3)
PARKING = asked("Waar kan ik parkeren?", "Achter het gebouw, gratis.", day=5)
ENGLISH = asked("Do you look at a broken toaster?", "Yes, please bring it along.", day=7)
WAITING = asked("Hallo,\n\nonze broodrooster wordt niet warm. Is dat iets voor jullie?\n\nGroet, Els", day=20)


async def test_a_waiting_request_gets_the_past_answers_to_its_like(
    database: Database, tmp_path: Path, here: HereHelper
) -> None:
    await keep(database, tmp_path, TOASTER, BIKE, PARKING, ENGLISH, WAITING)
    await compare(database, here)
    result = await found(database, "niet warm")
    assert (result.is_ready, result.method) == (True, BOTH)
    assert [each.answer for each in result.answers] == [
        "Ja hoor, neem hem maar mee.",
        "Yes, please bring it along.",
    ]
    first, second = result.answers
    assert first.question == "Mijn broodrooster springt niet meer op. Kan ik daarmee komen?"
    assert first.message_id is not None
    assert first.message_id.startswith("<question-")
    assert (first.why, second.why) == ("the same question", "the same question, in English")
    assert 1 >= first.score > second.score > 0
    assert first.conversation == await number_of(database, "springt niet")
    assert (await found(database, "niet warm", 1)).answers == [first]


async def test_what_is_the_same_stays_as_it_is(database: Database, tmp_path: Path, here: HereHelper) -> None:
    await keep(database, tmp_path, TOASTER, WAITING)
    await compare(database, here)
    assert here.encoded == 1
    await compare(database, here)
    assert here.encoded == 1


async def test_a_further_answer_is_in_what_is_found_next(
    database: Database, tmp_path: Path, here: HereHelper
) -> None:
    await keep(database, tmp_path, TOASTER, WAITING)
    await compare(database, here)
    await keep(database, tmp_path, ENGLISH)
    await compare(database, here)
    assert len((await found(database, "niet warm")).answers) == 2


async def test_several_mails_in_a_row_are_one_request_and_thanks_take_nothing_away(
    database: Database, tmp_path: Path, here: HereHelper
) -> None:
    first = letter(
        "piet@example.com", text="Mijn broodrooster is stuk.", day=1, subject="stuk", Message_ID="<a@x>"
    )
    second = letter("piet@example.com", text="En de fiets?", day=2, subject="stuk", In_Reply_To="<a@x>")
    answer = letter(GROUP, "piet@example.com", "Neem beide mee!", day=3, subject="Re: stuk", In_Reply_To="<a@x>",
                    Message_ID="<b@x>")  # fmt: skip
    thanks = letter("piet@example.com", text="Bedankt!", day=4, subject="Re: stuk", In_Reply_To="<b@x>")
    await keep(database, tmp_path, [first, second, answer, thanks], WAITING)
    await compare(database, here)
    [only] = (await found(database, "niet warm")).answers
    assert only.question == "Mijn broodrooster is stuk.\n\nEn de fiets?"
    assert only.answer == "Neem beide mee!"


async def test_of_a_question_of_many_mails_no_more_is_shown_than_of_a_long_one(
    database: Database, tmp_path: Path, here: HereHelper
) -> None:
    long = "Mijn broodrooster springt niet op. " * 2_500
    further = [letter("v@example.com", text=long, Message_ID=f"<{each}@v.example>", day=1) for each in range(2)]
    answer = letter(f"Repair <{GROUP}>", "v@example.com", "Ja.", In_Reply_To="<1@v.example>", day=2)
    await keep(database, tmp_path, further, [answer], WAITING)
    await compare(database, here)
    assert [len(each.question) for each in (await found(database, "niet warm")).answers] == [100_000]


async def test_a_mail_with_several_questions_gets_answers_to_each(
    database: Database, tmp_path: Path, here: HereHelper
) -> None:
    both = asked("Repareren jullie een grille-pain of een tosti-ijzer? En mag ik op het plein garer?", day=20)
    await keep(database, tmp_path, TOASTER, BIKE, PARKING, both)
    await compare(database, here)
    answers = [each.answer for each in (await found(database, "tosti-ijzer")).answers]
    assert sorted(answers[:2]) == ["Achter het gebouw, gratis.", "Ja hoor, neem hem maar mee."]


async def test_never_its_own_conversation_and_never_a_machines_answer(
    database: Database, tmp_path: Path, here: HereHelper
) -> None:
    later = letter(_header(TOASTER[0], "From"), text="Nog iets over mijn broodrooster: kan het morgen?", day=9,
                   subject="Re: vraag", In_Reply_To=_header(TOASTER[1], "Message-ID"))  # fmt: skip
    machine = asked("Kan mijn broodrooster mee?", "Wij zijn met vakantie.", day=10)
    machine[1] = machine[1].replace(b"Subject:", b"Auto-Submitted: auto-replied\nSubject:", 1)
    await keep(database, tmp_path, [*TOASTER, later], machine)
    await compare(database, here)
    assert (await found(database, "kan het morgen")).answers == []


def _header(mail: bytes, name: str) -> str:
    return str(message_from_bytes(mail)[name])


async def test_mail_that_is_no_visitors_gets_none_and_its_answers_are_nobodys(
    database: Database, tmp_path: Path, here: HereHelper
) -> None:
    await keep(database, tmp_path, TOASTER, ENGLISH, WAITING)
    await decide(database, await number_of(database, "springt niet"), kind="other")
    await compare(database, here)
    assert [each.language for each in (await found(database, "niet warm")).answers] == ["en"]
    await decide(database, await number_of(database, "niet warm"), kind="other")
    result = await found(database, "niet warm")
    assert (result.is_ready, result.answers) == (True, [])


async def test_far_fetched_is_nothing(database: Database, tmp_path: Path, here: HereHelper) -> None:
    await keep(database, tmp_path, BIKE, PARKING, asked("Hebben jullie een recept voor appeltaart?", day=20))
    await compare(database, here)
    result = await found(database, "appeltaart")
    assert (result.is_ready, result.answers) == (True, [])


async def test_the_same_answer_is_shown_once(database: Database, tmp_path: Path, here: HereHelper) -> None:
    again = asked("Mijn broodrooster springt niet meer op. Kan ik daarmee komen?", "Ja hoor, neem hem maar mee.")
    await keep(database, tmp_path, TOASTER, again, WAITING)
    await compare(database, here)
    assert len((await found(database, "niet warm")).answers) == 1


async def test_words_serve_alone_where_the_helper_fails_and_meaning_comes_later(
    database: Database, tmp_path: Path, here: HereHelper
) -> None:
    await keep(database, tmp_path, TOASTER, ENGLISH, WAITING)
    here.failure = "it took too long"
    with pytest.raises(Retry):
        await compare(database, here)
    result = await found(database, "niet warm")
    assert (result.is_ready, result.method) == (True, WORDS)
    assert [(each.language, each.why) for each in result.answers] == [("nl", "the same words")]
    here.failure = None
    await compare(database, here)
    result = await found(database, "niet warm")
    assert (result.method, len(result.answers)) == (BOTH, 2)


@pytest.mark.parametrize("damage", ["vector = substring(vector FOR 100)", "model = 'an older one'"])
async def test_vectors_that_are_no_use_are_made_again(
    damage: str, database: Database, tmp_path: Path, here: HereHelper
) -> None:
    await keep(database, tmp_path, TOASTER, WAITING)
    await compare(database, here)
    await database.execute(f"UPDATE past_vectors SET {damage}")
    payload = {"conversation": await number_of(database, "niet warm")}
    await do_here(database, work.ONE, payload, lambda job: work.look_for_one(database, here, job))
    result = await found(database, "niet warm")
    assert (result.method, len(result.answers)) == (WORDS, 1)
    [row] = await database.fetch("SELECT kind, priority FROM jobs WHERE state = 'queued'")
    assert row == (work.ALL, LATER)
    await compare(database, here)
    result = await found(database, "niet warm")
    assert (result.method, len(result.answers), here.encoded) == (BOTH, 1, 2)


async def test_what_was_found_goes_with_the_mail(database: Database, tmp_path: Path, here: HereHelper) -> None:
    await keep(database, tmp_path, TOASTER, ENGLISH, WAITING)
    await compare(database, here)
    await database.execute("DELETE FROM conversations WHERE id = %s", (await number_of(database, "springt niet"),))
    assert [each.language for each in (await found(database, "niet warm")).answers] == ["en"]
    assert await count(database) == 1
    [row] = await database.fetch("SELECT count(*) AS vectors FROM past_vectors")
    assert row.vectors == 1


async def test_a_new_mail_of_the_conversation_has_it_looked_for_again(
    database: Database, tmp_path: Path, here: HereHelper
) -> None:
    await keep(database, tmp_path, TOASTER, BIKE, WAITING)
    await compare(database, here)
    more = letter(_header(WAITING[0], "From"), text="O ja, en ook een fiets.", subject="Re: vraag", day=21,
                  In_Reply_To=_header(WAITING[0], "Message-ID"))  # fmt: skip
    await keep(database, tmp_path, [more])
    assert not (await found(database, "niet warm")).is_ready
    await compare(database, here)
    result = await found(database, "niet warm")
    assert sorted(each.language or "" for each in result.answers) == ["nl", "nl"]


async def test_asking_twice_for_a_conversation_is_one_job_and_comes_first(database: Database) -> None:
    await work.ask_for_all(database)
    for _ in range(2):
        await work.ask_for_one(database, 7)
    rows = await database.fetch("SELECT kind, priority FROM jobs ORDER BY priority")
    assert rows == [(work.ONE, NOW), (work.ALL, LATER)]


async def test_mail_that_comes_while_all_is_compared_is_compared_after_it_and_of_ten_asks_only_the_last_looks(
    database: Database, tmp_path: Path, here: HereHelper
) -> None:
    await keep(database, tmp_path, TOASTER)
    queue = Queue(database)

    async def meanwhile(_job: Job) -> None:
        for _ in range(2):
            await work.ask_for_all(database)

    await do_here(database, work.ALL, {}, meanwhile)
    assert await queue.is_asked_again(work.ALL)
    await look(database, here)
    assert await count(database) == 0
    await compare(database, here)
    assert await count(database) == 1


@pytest.mark.parametrize(("payload", "times"), [({}, 1), ({"is_taught": False}, 1), ({"is_taught": True}, 0)])
async def test_what_the_marks_say_is_told_again_unless_it_was_told_just_now(
    payload: dict[str, object],
    times: int,
    database: Database,
    here: HereHelper,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[object] = []

    async def teach(*_: object) -> int:
        told.append(None)
        return 0

    monkeypatch.setattr(work, "teach", teach)
    await do_here(database, work.ALL, payload, lambda job: work.bring_up_to_date(database, here, job))
    assert len(told) == times


async def test_a_conversation_that_is_not_there(database: Database, here: HereHelper) -> None:
    with pytest.raises(NoSuchConversation):
        await results.read(database, 4711, 5)
    await do_here(database, work.ONE, {"conversation": 4711}, lambda job: work.look_for_one(database, here, job))
