"""What a language model writes: when it takes the place of the draft without, and when it does not."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from rcmail.client import make_http_client
from rcmail.drafting import store, work, written
from rcmail.drafting.store import Draft
from rcmail.jobs.here import do_here
from rcmail.llm.base import Limits
from tests.drafting.kept import SOON, TOASTER, Room, waiting
from tests.drafting.models import CHAT, answered, asked_of, broken, endless, half, llama, ollama
from tests.fakes.llamacpp import LOADING, MODEL, TOO_LONG, FakeLlamaCpp, streamed
from tests.fakes.ollama import HANGS, FakeOllama, Refusal, Stream
from tests.jobs.conftest import eventually

NAME = MODEL.rpartition("/")[2]


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with make_http_client() as client:
        yield client


@pytest.fixture
async def waits(room: Room) -> Room:
    """A visitor who waits, with what was answered before."""
    await room.bring_in(TOASTER, waiting())
    return room


async def asked(room: Room, client: aiohttp.ClientSession, fake: FakeOllama) -> Draft:
    """A volunteer has asked for a draft, and it is made as far as it is without the model."""
    if not isinstance(fake, FakeLlamaCpp):
        await room.settings.save({"llm_model": "llama3.2"})
    room.have_model(client, fake.url)
    await store.ask(room.database, await room.conversation())
    await room.make_asked()
    return await room.draft()


def better(without: Draft) -> str:
    """A right answer that is not that of the draft without."""
    assert "Ja hoor" in without.text
    return without.text.replace("Ja hoor", "Jazeker")


def wrong(without: Draft) -> str:
    return without.text.replace("Ja hoor", "Kom op 3 januari")


def kept_without(before: Draft, after: Draft) -> None:
    assert (after.state, after.text, after.model, after.so_far, after.to_write) == (
        "ready",
        before.text,
        None,
        "",
        False,
    )


async def test_what_it_writes_takes_the_place_of_the_draft_without(
    waits: Room, client: aiohttp.ClientSession
) -> None:
    async with llama() as fake:
        without = await asked(waits, client, fake)
        assert (without.state, without.origin, without.to_write) == ("writing", "past answer", True)
        fake.answers[CHAT] = streamed(better(without))
        await waits.write()
    draft = await waits.draft()
    assert (draft.state, draft.origin, draft.model, draft.text) == ("ready", "model", NAME, better(without))
    assert draft.warnings == []
    assert draft.seconds is not None
    assert draft.changed_in == draft.revision > without.revision
    assert await waits.texts() == [(without.text, "rcmail", "written")]
    [row] = await waits.database.fetch("SELECT made_text, so_far FROM drafts")
    assert tuple(row) == (better(without), "")


async def test_by_itself_it_is_ready_without_and_then_written(waits: Room, client: aiohttp.ClientSession) -> None:
    async with llama() as fake:
        waits.have_model(client, fake.url)
        await waits.make_all()
        without = await waits.draft()
        assert (without.state, without.to_write) == ("ready", True)
        [job] = await waits.database.fetch(
            "SELECT kind, priority FROM jobs WHERE state = 'queued' AND kind = 'write'"
        )
        assert job.priority == 30
        fake.answers[CHAT] = streamed(better(without))
        await waits.write()
    assert (await waits.draft()).origin == "model"


async def test_a_mistake_is_told_once_and_the_second_answer_counts(
    waits: Room, client: aiohttp.ClientSession
) -> None:
    async with llama() as fake:
        without = await asked(waits, client, fake)
        fake.answers[CHAT] = [streamed(wrong(without)), streamed(better(without))]
        await waits.write()
        first, second = asked_of(fake)
    assert (await waits.draft()).text == better(without)
    assert second["messages"][: len(first["messages"])] == first["messages"]
    assert [each["role"] for each in second["messages"]] == ["system", "user", "assistant", "user"]
    assert "“3 januari”: No event is on this day" in second["messages"][-1]["content"]


UNFIT: dict[str, Callable[[str], list[Any]]] = {
    "wrong twice": lambda text: [streamed(text.replace("Ja hoor", "Kom op 3 januari"))],
    "empty": lambda _: [streamed("")],
    "endless": lambda _: [endless(300)],
    "cut in the midst": lambda text: [streamed(text, finish="length")],
    "too long for it": lambda _: [TOO_LONG],
    "garbage": lambda _: [Stream([b"\x00\xff\xfe\n\n" * 9])],
    "an error in the midst": lambda _: [
        Stream([b'data: {"error":{"code":500,"message":"x","type":"server_error"}}\n\n'])
    ],
    "a web page": lambda _: [b"<!DOCTYPE html>"],
    "no model there": lambda _: [
        Refusal("404 Not Found", {"error": {"type": "not_found_error", "message": "model"}})
    ],
    "a key wanted": lambda _: [Refusal("401 Unauthorized", {"error": {"type": "authentication_error"}})],
    "silent for ever": lambda text: [half(text[:9])],
}


@pytest.mark.parametrize("what", UNFIT)
async def test_otherwise_the_draft_without_stays(
    what: str, waits: Room, client: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    waits.patience = replace(SOON, limits=Limits(seconds=1, silence=1))
    async with llama() as fake:
        without = await asked(waits, client, fake)
        [answer] = UNFIT[what](without.text)
        fake.answers[CHAT] = answer
        await waits.write()
        assert await written.turn(waits.database) is None
    kept_without(without, await waits.draft())
    assert await waits.texts() == []
    assert any(each.message in ("draft_not_written", "drafts_without_model") for each in caplog.records)
    assert "januari" not in caplog.text + str([vars(each) for each in caplog.records])


@pytest.mark.parametrize("behaviour", ["refuse", "hang", "reset", "garbage", "html", "500", "flood"])
async def test_a_server_that_is_none_leaves_a_draft_at_once(
    behaviour: str, waits: Room, client: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rcmail.drafting.serving._GLANCE", 0.3)
    async with llama() as fake:
        fake.behaviour = behaviour
        if behaviour == "refuse":
            await fake.stop()
        draft = await asked(waits, client, fake)
        assert (draft.state, draft.model) == ("ready", None)
        await asyncio.wait_for(waits.write(), 60)
    kept_without(draft, await waits.draft())


async def test_one_that_is_silent_for_too_long_is_none_and_is_not_waited_for_again(
    waits: Room, client: aiohttp.ClientSession
) -> None:
    fake = llama()
    await fake.start()
    draft = await asked(waits, client, fake)
    assert draft.state == "writing"
    await fake.stop()
    await asyncio.wait_for(waits.write(), 60)
    kept_without(draft, await waits.draft())
    await store.ask(waits.database, await waits.conversation())
    await waits.make_asked()
    again = await waits.draft()
    assert (again.state, again.to_write) == ("ready", False)


async def test_one_that_is_killed_and_comes_back_writes_after_all(
    waits: Room, client: aiohttp.ClientSession
) -> None:
    async with llama() as fake:
        without = await asked(waits, client, fake)
        fake.answers[CHAT] = [broken("Beste"), streamed(better(without))]
        await waits.write()
    assert (await waits.draft()).text == better(without)


async def test_one_that_loads_is_waited_for_and_one_that_hangs_in_the_midst_is_not(
    waits: Room, client: aiohttp.ClientSession
) -> None:
    async with llama() as fake:
        fake.answers = dict(fake.answers)
        ready = fake.answers
        fake.load()
        without = await asked(waits, client, fake)
        assert without.state == "writing"
        job = asyncio.create_task(waits.write())
        await asyncio.sleep(1)  # longer than one may be silent
        assert not job.done()
        fake.answers = {**ready, CHAT: streamed(better(without))}
        await asyncio.wait_for(job, 60)
        assert (await waits.draft()).text == better(without)
        without = await asked(waits, client, fake)
        fake.answers = {**ready, CHAT: half("Beste"), "/v1/models": HANGS}
        waits.patience = replace(SOON, whole=8)
        await asyncio.wait_for(waits.write(), 60)
    kept_without(without, await waits.draft())


async def test_it_waits_no_longer_than_it_may(waits: Room, client: aiohttp.ClientSession) -> None:
    waits.patience = replace(SOON, whole=0.5)
    async with llama() as fake:
        fake.load()
        without = await asked(waits, client, fake)
        await asyncio.wait_for(waits.write(), 60)
    kept_without(without, await waits.draft())


async def so_far(room: Room, text: str, seconds: float = 60) -> None:
    """Returns when so much is seen."""
    await eventually(lambda: room.database.fetch("SELECT 1 FROM drafts WHERE so_far = %s", (text,)), seconds)


TOUCHES: dict[str, Callable[[Room, Draft], Any]] = {
    "stopped": lambda room, draft: room.save(draft, state="ready"),
    "edited": lambda room, draft: room.save(draft, text="Mijn eigen antwoord"),
    "approved": lambda room, draft: room.save(draft, state="approved"),
    "thrown away": lambda room, draft: room.save(draft, state="discarded"),
}


@pytest.mark.parametrize("how", TOUCHES)
async def test_what_is_written_is_seen_and_whatever_a_volunteer_does_ends_it(
    how: str, waits: Room, client: aiohttp.ClientSession
) -> None:
    async with llama() as fake:
        without = await asked(waits, client, fake)
        fake.answers[CHAT] = half("Beste Piet, ja")
        job = asyncio.create_task(waits.write())
        await so_far(waits, "Beste Piet, ja")
        seen = await waits.draft()
        assert (seen.state, seen.text, seen.revision) == ("writing", without.text, without.revision)
        after = await TOUCHES[how](waits, seen)
        await asyncio.wait_for(fake.hung_up.wait(), 60)
        await asyncio.wait_for(job, 60)
    now = await waits.draft()
    assert (now.state, now.text, now.to_write, now.so_far) == (after.state, after.text, False, "")
    assert now.model is None
    await waits.make_all()
    assert await written.turn(waits.database) is None


async def test_what_is_written_while_somebody_edits_the_ready_one_is_not_put_in_place(
    waits: Room, client: aiohttp.ClientSession
) -> None:
    async with llama() as fake:
        waits.have_model(client, fake.url)
        await waits.make_all()
        seen = await waits.draft()
        fake.answers[CHAT] = half("Beste")
        job = asyncio.create_task(waits.write())
        await so_far(waits, "Beste")
        await waits.save(seen, text="Mijn eigen antwoord")
        await asyncio.wait_for(job, 60)
    assert (await waits.draft()).text == "Mijn eigen antwoord"
    assert asked_of(fake)


NEWS: dict[str, Callable[[Room], Any]] = {
    "a newer mail": lambda room: room.database.execute("UPDATE drafts SET newest = NULL"),
    "other facts": lambda room: room.settings.save({"event_time": "12:00-15:00"}),
}


@pytest.mark.parametrize("what", NEWS)
async def test_what_is_new_has_it_made_and_written_again(
    what: str, waits: Room, client: aiohttp.ClientSession
) -> None:
    async with llama() as fake:
        waits.have_model(client, fake.url)
        await waits.make_all()
        fake.answers[CHAT] = half("Beste")
        job = asyncio.create_task(waits.write())
        await so_far(waits, "Beste")
        fake.answers[CHAT] = LOADING  # for whoever asks anew before it is known here what is right
        await NEWS[what](waits)
        await waits.make_all()
        await asyncio.wait_for(fake.hung_up.wait(), 60)
        without = await waits.draft()
        fake.answers[CHAT] = streamed(better(without))
        await asyncio.wait_for(job, 60)
    assert (await waits.draft()).text == better(without)


async def test_a_worker_that_ends_hangs_up_and_the_next_one_goes_on_with_the_same_draft(
    waits: Room, client: aiohttp.ClientSession
) -> None:
    async with llama() as fake:
        without = await asked(waits, client, fake)
        fake.answers[CHAT] = half("Beste")
        job = asyncio.create_task(waits.write())
        await so_far(waits, "Beste")
        job.cancel()
        with suppress(asyncio.CancelledError):
            await job
        await asyncio.wait_for(fake.hung_up.wait(), 60)
        assert (await waits.draft()).state == "writing"
        fake.answers[CHAT] = streamed(better(without))
        await waits.make_all()
        [row] = await waits.database.fetch(
            "SELECT count(*) AS jobs FROM jobs WHERE kind = 'write' AND state = 'queued'"
        )
        assert row.jobs  # the one that was asked for, and one more in case that is lost
        await waits.write()
    assert (await waits.draft()).text == better(without)
    [row] = await waits.database.fetch("SELECT count(*) AS drafts FROM drafts")
    assert row.drafts == 1


async def test_who_waits_for_it_comes_before_what_is_written_by_itself(
    waits: Room, client: aiohttp.ClientSession
) -> None:
    await waits.bring_in(waiting("Mijn broodrooster is kapot, mag hij mee?", 25))
    async with llama() as fake:
        waits.have_model(client, fake.url)
        await waits.make_all()
        await store.ask(waits.database, await waits.conversation())
        await waits.make_asked()
        fake.answers[CHAT] = streamed("")
        await waits.write()
        letters = [each["messages"][1]["content"] for each in asked_of(fake)]
    assert "springt niet op" in letters[0]
    assert "is kapot" in letters[-1]


async def test_a_hint_is_for_the_model_and_the_past_answers_are_left_out_where_there_is_no_room(
    waits: Room, client: aiohttp.ClientSession
) -> None:
    async with llama() as fake:
        waits.have_model(client, fake.url)
        await store.ask(waits.database, await waits.conversation(), "the bike man is ill")
        await waits.make_asked()
        without = await waits.draft()
        right = better(without).replace("[the bike man is ill]", "Onze fietsenman is ziek.")
        fake.answers[CHAT] = streamed(right)
        counts = [{"input_tokens": 9000, "object": "x"}, {"input_tokens": 700, "object": "x"}]
        fake.answers[f"{CHAT}/input_tokens"] = _Twice(counts)
        await waits.write()
        [body] = asked_of(fake)
    assert "wants this to be said in the answer: the bike man is ill" in body["messages"][1]["content"]
    assert "asked before" not in body["messages"][1]["content"]
    draft = await waits.draft()
    assert (draft.text, draft.sources) == (right, [])
    assert [each.kind for each in draft.warnings] == ["left out"]


class _Twice(list[Any]):
    """Each answer twice: the fake looks once whether it is a stream, and once what it is."""

    def __init__(self, answers: list[Any]) -> None:
        super().__init__(each for each in answers for _ in range(2))


OLLAMA: dict[str, Callable[[str], Any]] = {
    "wrong twice": lambda text: answered(text.replace("Ja hoor", "Kom op 3 januari")),
    "empty": lambda _: answered(""),
    "cut in the midst": lambda text: answered(text, reason="length"),
    "it has cut the question": lambda text: answered(text.replace("Ja hoor", "Jazeker"), read=4000),
    "an error in the midst": lambda _: Stream([b'{"error":"llama runner process has terminated"}\n']),
    "no memory": lambda _: Refusal("500 Internal Server Error", {"error": "model requires more system memory"}),
    "too long for it": lambda _: Refusal("400 Bad Request", {"error": "input exceeds context length"}),
    "breaks off": lambda _: Stream([b'{"message":{"content":"Beste"}}\n'], breaks_off=True),
    "silent for ever": lambda _: Stream([HANGS]),
    "busy for ever": lambda _: Refusal("503 Service Unavailable", {"error": "server busy, maximum pending"}),
}


@pytest.mark.parametrize("what", OLLAMA)
async def test_of_ollama_too_the_draft_without_stays(
    what: str, waits: Room, client: aiohttp.ClientSession
) -> None:
    waits.patience = replace(SOON, whole=3, limits=Limits(seconds=1, silence=1))
    async with ollama() as fake:
        fake.answers["/api/chat"] = answered("")
        without = await asked(waits, client, fake)
        assert without.state == "writing"
        fake.answers["/api/chat"] = OLLAMA[what](without.text)
        await asyncio.wait_for(waits.write(), 60)
    kept_without(without, await waits.draft())


async def test_ollama_writes_too(waits: Room, client: aiohttp.ClientSession) -> None:
    async with ollama() as fake:
        without = await asked(waits, client, fake)
        fake.answers["/api/chat"] = answered(better(without))
        await waits.write()
    draft = await waits.draft()
    assert (draft.text, draft.model) == (better(without), "llama3.2:latest")


async def test_who_approves_a_draft_is_not_stopped_because_the_model_has_gone_meanwhile(
    waits: Room, client: aiohttp.ClientSession
) -> None:
    async with llama() as fake:
        waits.have_model(client, fake.url)
        await waits.make_all()
    seen = await waits.draft()
    assert (seen.state, seen.to_write) == ("ready", True)
    await waits.write()
    assert not (await waits.draft()).to_write
    assert (await waits.save(seen, state="approved")).state == "approved"


async def test_there_is_no_model_where_none_is_chosen_or_the_chosen_one_is_missing(
    waits: Room, client: aiohttp.ClientSession
) -> None:
    async with ollama() as fake:
        for model in ("", "other"):
            await waits.settings.save({"llm_model": model})
            waits.have_model(client, fake.url)
            await store.ask(waits.database, await waits.conversation())
            await waits.make_asked()
            draft = await waits.draft()
            assert (draft.state, draft.to_write) == ("ready", False)
    rows = await waits.database.fetch("SELECT 1 FROM jobs WHERE kind = 'write'")
    assert rows == []


async def test_what_was_made_without_a_model_stays_so_when_there_is_one_again(
    waits: Room, client: aiohttp.ClientSession
) -> None:
    await waits.make_all()
    without = await waits.draft()
    async with llama(better(without)) as fake:
        waits.have_model(client, fake.url)
        await waits.make_all()
        await waits.write()
        kept_without(without, await waits.draft())
        assert not asked_of(fake)
        await store.ask(waits.database, await waits.conversation())  # as the page offers it
        await waits.make_asked()
        await waits.write()
    assert (await waits.draft()).text == better(without)


async def test_a_mistake_of_ours_leaves_the_draft_without(
    waits: Room, client: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with llama() as fake:
        without = await asked(waits, client, fake)
        monkeypatch.setattr("rcmail.drafting.fitting.messages", lambda _: 1 / 0)
        with pytest.raises(Exception, match="ZeroDivisionError"):
            await do_here(waits.database, work.WRITE, {}, waits.write_all)
    kept_without(without, await waits.draft())
