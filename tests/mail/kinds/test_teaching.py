"""What a volunteer's mark teaches of other mail, and what it never turns back."""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from rcmail.db.pool import Database, Row
from rcmail.jobs.queue import Queue
from rcmail.mail.decisions import decide
from rcmail.mail.kinds import teaching
from rcmail.mail.listing import Wanted, found
from rcmail.timers import ask_to_sort
from rcmail.worker import sort
from tests.answers.helpers import HereHelper
from tests.jobs.conftest import eventually, working
from tests.mail.letters import GROUP, letter
from tests.mail.room import bring_in

NOW = datetime.now(UTC).replace(microsecond=0)
NOTHING = "Tot zondag dan maar weer"


def recent(days_ago: float, sender: str, text: str = NOTHING, **headers: str) -> bytes:
    return letter(sender, text=text, date=NOW - timedelta(days=days_ago), **headers)  # type: ignore[arg-type]


async def kinds(database: Database) -> dict[str, Row]:
    """The conversations by their visitors' addresses."""
    return {row.visitor_address: row for row in (await found(database, Wanted(limit=100), 60)).conversations}


async def mark(database: Database, address: str, kind: str) -> None:
    await decide(database, (await kinds(database))[address].id, kind=kind)
    await teaching.teach(database)


async def test_a_visitors_words_wait_and_anothers_close_with_their_reason(
    database: Database, tmp_path: Path
) -> None:
    await bring_in(
        database,
        tmp_path,
        recent(3, "anna@example.com", "Mijn lamp doet het niet meer. Mag ik komen?"),
        recent(2, "bert@example.com", "Zoeken jullie nog vrijwilligers?"),
        recent(1, "carla@example.com"),
    )
    rows = await kinds(database)
    assert (rows["anna@example.com"].kind, rows["anna@example.com"].state) == ("visitor", "waiting")
    assert (rows["bert@example.com"].kind, rows["bert@example.com"].state) == ("other", "closed")
    assert rows["bert@example.com"].state_why == rows["bert@example.com"].kind_why == "it offers help"
    assert (rows["carla@example.com"].kind, rows["carla@example.com"].state) == ("unsure", "waiting")


async def test_only_the_first_mail_makes_it_anothers_and_a_later_one_a_visitors(
    database: Database, tmp_path: Path
) -> None:
    await bring_in(
        database,
        tmp_path,
        recent(9, "anna@example.com", "Mijn lamp is stuk. Mag ik komen?", subject="a"),
        recent(8, "anna@example.com", "Zoeken jullie nog vrijwilligers?", subject="Re: a"),
        recent(7, "bert@example.com", subject="b"),
        recent(6, "bert@example.com", "Zoeken jullie nog vrijwilligers?", subject="Re: b"),
        recent(5, "carla@example.com", subject="c"),
        recent(4, "carla@example.com", "Mijn lamp is stuk. Mag ik komen?", subject="Re: c"),
        recent(3, "dirk@example.com", "Zoeken jullie nog vrijwilligers?", subject="d"),
        recent(2, "dirk@example.com", "Mijn lamp is stuk. Mag ik komen?", subject="Re: d"),
    )
    found = {address: row.kind for address, row in (await kinds(database)).items()}
    assert list(found.values()) == ["other", "visitor", "unsure", "visitor"]
    await teaching.teach(database)
    assert {address: row.kind for address, row in (await kinds(database)).items()} == found


async def test_a_sender_who_was_marked_stays_what_she_is(database: Database, tmp_path: Path) -> None:
    await bring_in(database, tmp_path, recent(5, "joke@example.com", subject="one"))
    await mark(database, "joke@example.com", "other")
    asks = "Mag ik zaterdag met mijn kapotte lamp komen?"
    await bring_in(database, tmp_path, recent(1, "Joke <Joke+cafe@example.com>", asks, subject="two"))
    row = (await kinds(database))["Joke+cafe@example.com"]
    assert (row.kind, row.kind_why) == ("other", "it is from somebody whose mail you marked as no visitor's")


async def test_a_mark_counts_for_what_is_there_already_and_its_withdrawal_too(
    database: Database, tmp_path: Path
) -> None:
    await bring_in(
        database,
        tmp_path,
        recent(5, "info@gemeente.example", subject="one"),
        recent(4, "wijken@gemeente.example", "Heel iets anders", subject="two"),
    )
    await mark(database, "info@gemeente.example", "other")
    row = (await kinds(database))["wijken@gemeente.example"]
    assert (row.kind, row.kind_why) == (
        "other",
        "it is from the same house as mail that you marked as no visitor's",
    )
    assert row.state == "closed"
    await mark(database, "info@gemeente.example", "visitor")
    assert (await kinds(database))["wijken@gemeente.example"].kind == "unsure"


async def test_a_house_where_everybody_may_have_an_address_teaches_nothing(
    database: Database, tmp_path: Path
) -> None:
    await bring_in(
        database,
        tmp_path,
        recent(5, "a@gmail.com", subject="one"),
        recent(4, "b@gmail.com", "Heel iets anders, groeten", subject="two"),
        recent(3, "a@small.example", "Wat dan ook", subject="three"),
        recent(2, "b@small.example", "Mijn lamp is stuk. Mag ik komen?", subject="four"),
        recent(1, "c@small.example", "Nog wat", subject="five"),
    )
    await mark(database, "a@gmail.com", "other")
    await mark(database, "a@small.example", "other")
    rows = await kinds(database)
    assert (rows["b@gmail.com"].kind, rows["c@small.example"].kind) == ("unsure", "unsure")


async def test_what_is_like_marked_mails_is_what_they_are(database: Database, tmp_path: Path) -> None:
    bells = ("De beiaard speelt", "Onze beiaard klinkt zondag", "Beiaard en carillon")
    letters = [recent(9 - n, f"v{n}@example.com", text, subject=f"{n}") for n, text in enumerate(bells)]
    await bring_in(database, tmp_path, *letters)
    assert [row.kind for row in (await kinds(database)).values()] == ["unsure"] * 3
    await mark(database, "v0@example.com", "visitor")
    await mark(database, "v1@example.com", "visitor")
    row = (await kinds(database))["v2@example.com"]
    assert (row.kind, row.kind_why) == ("visitor", "it is like 2 mails that you marked as visitors'")


async def test_nothing_that_was_marked_is_turned_back(database: Database, tmp_path: Path) -> None:
    text = "De beiaard speelt zondag"
    letters = [recent(9 - n, f"v{n}@example.com", text, subject=f"{n}") for n in range(8)]
    await bring_in(database, tmp_path, *letters)
    for n in range(8):
        await mark(database, f"v{n}@example.com", "visitor" if n else "unsure")
    await mark(database, "v1@example.com", "other")
    await bring_in(database, tmp_path, recent(0.5, "v1@example.com", "Mijn lamp is stuk", subject="1"))
    rows = await kinds(database)
    assert [rows[f"v{n}@example.com"].kind for n in range(8)] == ["unsure", "other"] + ["visitor"] * 6


async def test_a_mark_is_followed_by_a_job_that_teaches_and_of_ten_only_the_last_one_looks(
    database: Database, tmp_path: Path
) -> None:
    await bring_in(
        database, tmp_path, recent(3, "a@club.example", subject="1"), recent(2, "b@club.example", subject="2")
    )
    row = (await kinds(database))["a@club.example"]
    for kind in ("visitor", "unsure", "other"):
        await decide(database, row.id, kind=kind)
    assert await Queue(database).is_asked_again(teaching.KIND)

    async def is_taught() -> bool:
        return bool((await kinds(database))["b@club.example"].kind == "other")

    async def is_done() -> bool:
        return not await database.fetch(
            "SELECT id FROM jobs WHERE kind = %s AND state <> 'done'", (teaching.KIND,)
        )

    async with working(database, {teaching.KIND: partial(sort, database, HereHelper())}):
        await eventually(is_taught)
        await eventually(is_done)
    assert not await Queue(database).is_asked_again(teaching.KIND)
    payloads = [row.payload for row in await database.fetch("SELECT payload FROM jobs WHERE kind = 'answers'")]
    assert payloads == [{"is_taught": True}], "what was told just now is not told once more"


async def test_after_an_upgrade_the_stored_mail_is_read_again_by_a_job_and_marks_stay(
    database: Database, tmp_path: Path
) -> None:
    await bring_in(
        database,
        tmp_path,
        recent(3, "anna@example.com", "Mijn lamp is stuk. Mag ik komen?"),
        recent(2, "bert@example.com", "Mijn fiets is stuk. Mag ik komen?"),
        recent(1, GROUP, to="carla@example.com"),
    )
    await mark(database, "bert@example.com", "other")
    await database.execute("UPDATE messages SET text_version = 1, says = 'unsure', says_why = ''")
    await database.execute("UPDATE conversations SET kind = 'unsure', kind_why = '' WHERE NOT is_kind_decided")
    await database.execute("DELETE FROM jobs")
    await ask_to_sort(database)
    [job] = await database.fetch("SELECT kind, priority FROM jobs")
    assert (job.kind, job.priority) == (teaching.KIND, 20)

    async def is_read() -> bool:
        return bool((await kinds(database))["anna@example.com"].kind == "visitor")

    async with working(database, {teaching.KIND: partial(sort, database, HereHelper())}):
        await eventually(is_read, 30)
    assert (await kinds(database))["bert@example.com"].kind == "other"
    await database.execute("DELETE FROM jobs")
    await ask_to_sort(database)
    assert await database.fetch("SELECT id FROM jobs") == []
    assert await Queue(database).newest([teaching.KIND]) is None
