"""``GET /mail/{id}/similar`` for programs, and as a piece of the page."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rcmail.answers import work
from rcmail.answers.facts import Facts
from rcmail.answers.outdated import Outdated, outdated
from rcmail.db.pool import Database
from rcmail.errors import DatabaseUnavailable
from rcmail.settings.store import SettingsStore
from rcmail.web import similar
from tests.answers.helpers import HereHelper
from tests.answers.room import asked, compare, keep, number_of
from tests.conftest import Client

HTML = {"Accept": "text/html"}


@pytest.fixture
def here() -> HereHelper:
    return HereHelper()


@pytest.fixture
async def waiting(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """A conversation that waits, beside answered ones."""
    monkeypatch.setattr(similar, "today", lambda: date(2027, 1, 1))
    await keep(
        database,
        tmp_path,
        asked(
            "Is <b>mijn</b> broodrooster iets voor jullie?", "Ja, kom op 5 december 2026 of 6 maart 2027.", day=1
        ),
        asked("My toaster is broken. May I come?", "Of course.", day=3),
        asked("De broodrooster is stuk. Mag ik komen?", day=20),
    )
    return await number_of(database, "Mag ik komen")


async def test_it_is_working_until_it_was_looked_for(client: Client, database: Database, waiting: int) -> None:
    for _ in range(2):
        answer = await (await client.get(f"/mail/{waiting}/similar")).json()
        assert answer == {"state": "working", "method": "words and meaning", "similar": []}
    rows = await database.fetch("SELECT kind, payload FROM jobs")
    assert rows == [(work.ONE, {"conversation": waiting})]
    page = await (await client.get(f"/mail/{waiting}/similar", headers=HTML)).text()
    assert f'hx-get="/mail/{waiting}/similar"' in page
    assert "every 2s" in page


ANSWERS = (
    "Ja hoor, neem hem mee.",
    "Eerst de kruimels eruit schudden.",
    "Vaak is het alleen de zekering in de stekker.",
    "Dat ligt meestal aan het veertje.",
    "Wim kijkt er graag naar.",
    "Breng ook het snoer, dat is vaak de oorzaak.",
    "Kom vroeg, het is druk.",
    "Zonder afspraak, gewoon binnenlopen.",
)


async def test_a_page_looks_only_through_what_it_shows(
    client: Client, database: Database, tmp_path: Path, here: HereHelper, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [asked("Mijn broodrooster is stuk. Mag ik komen?", said, day=n) for n, said in enumerate(ANSWERS, 1)]
    await keep(database, tmp_path, *before, asked("De broodrooster is stuk. Mag ik dan komen?", day=20))
    conversation = await number_of(database, "Mag ik dan komen")
    await compare(database, here)
    looked = []

    def look(answer: str, written: date, known: Facts) -> list[Outdated]:
        looked.append(answer)
        return outdated(answer, written, known)

    monkeypatch.setattr(similar, "outdated", look)
    page = await (await client.get(f"/mail/{conversation}/similar", headers=HTML)).text()
    assert [each for each in ANSWERS if each in page] == sorted(looked, key=ANSWERS.index)
    assert len(looked) == 5
    answer = await (await client.get(f"/mail/{conversation}/similar?limit=20")).json()
    assert len(answer["similar"]) > 5


async def test_it_gives_question_answer_and_what_is_out_of_date(
    client: Client, database: Database, waiting: int, here: HereHelper
) -> None:
    await compare(database, here)
    answer = await (await client.get(f"/mail/{waiting}/similar")).json()
    assert (answer["state"], answer["method"]) == ("ready", "words and meaning")
    first, second = answer["similar"]
    assert first["question"] == "Is <b>mijn</b> broodrooster iets voor jullie?"
    assert first["answer"] == "Ja, kom op 5 december 2026 of 6 maart 2027."
    assert first["outdated"] == ["5 december 2026"]
    assert first["conversation"] == await number_of(database, "iets voor jullie")
    assert first["message_id"].startswith("<question-")
    assert datetime.fromisoformat(first["date"]).tzinfo == UTC
    assert (first["language"], second["language"], second["outdated"]) == ("nl", "en", [])
    assert (first["why"], second["why"]) == ("the same question", "the same question, in English")
    limited = await (await client.get(f"/mail/{waiting}/similar?limit=1")).json()
    assert limited["similar"] == [first]


async def test_an_address_is_out_of_date_when_the_group_has_moved(
    client: Client, database: Database, tmp_path: Path, here: HereHelper
) -> None:
    await keep(
        database,
        tmp_path,
        asked("Waar kan ik parkeren?", "Achter het gebouw, Havenstraat 12.", day=1),
        asked("Kan ik bij jullie parkeren?", day=20),
    )
    await compare(database, here)
    path = f"/mail/{await number_of(database, 'bij jullie')}/similar"
    assert (await (await client.get(path)).json())["similar"][0]["outdated"] == []
    await SettingsStore(database).save({"event_location": "Wijkcentrum De Brug, Molenlaan 5"})
    assert (await (await client.get(path)).json())["similar"][0]["outdated"] == ["Havenstraat 12"]


async def test_the_piece_of_the_page_shows_both_and_marks_what_is_out_of_date(
    client: Client, database: Database, waiting: int, here: HereHelper
) -> None:
    await compare(database, here)
    page = await (await client.get(f"/mail/{waiting}/similar", headers=HTML)).text()
    assert "Is &lt;b&gt;mijn&lt;/b&gt; broodrooster" in page
    assert '<mark title="the date is past">5 december 2026</mark> of 6 maart 2027.' in page
    assert "Out of date: <bdi>5 december 2026</bdi> (the date is past)" in page
    assert f'href="/mail/{await number_of(database, "iets voor jullie")}"' in page
    assert "by words only" not in page
    assert "every 2s" not in page


async def test_it_stands_on_the_page_of_a_request_that_waits_and_of_no_other(
    client: Client, database: Database, waiting: int, here: HereHelper
) -> None:
    page = await (await client.get(f"/mail/{waiting}", headers=HTML)).text()
    assert "Looking for similar questions" in page
    await compare(database, here)
    page = await (await client.get(f"/mail/{waiting}", headers=HTML)).text()
    assert "Is &lt;b&gt;mijn&lt;/b&gt; broodrooster" in page
    assert "every 2s" not in page
    answered = await number_of(database, "iets voor jullie")
    assert "Answered before" not in await (await client.get(f"/mail/{answered}", headers=HTML)).text()


async def test_a_database_that_takes_nothing_still_shows_the_letters(
    client: Client, waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object) -> None:
        raise DatabaseUnavailable("the database is read-only")

    monkeypatch.setattr(work, "ask_for_one", refuse)
    response = await client.get(f"/mail/{waiting}", headers=HTML)
    assert response.status == 200
    assert "Mag ik komen" in await response.text()


async def test_it_says_so_where_nothing_is_similar_and_where_words_are_alone(
    client: Client, database: Database, waiting: int, here: HereHelper
) -> None:
    await compare(database, here)
    await database.execute("UPDATE similar_answers SET method = 'words'")
    assert "by words only" in await (await client.get(f"/mail/{waiting}/similar", headers=HTML)).text()
    await database.execute("UPDATE similar_answers SET found = '[]'")
    page = await (await client.get(f"/mail/{waiting}/similar", headers=HTML)).text()
    assert "Nothing similar was answered before, as far as words tell." in page


async def test_what_does_not_help_is_taken_away_from_this_one_and_given_back(
    client: Client, database: Database, waiting: int, here: HereHelper
) -> None:
    await compare(database, here)
    path, away = f"/mail/{waiting}/similar", f"/mail/{waiting}/unhelpful"
    [row] = await database.fetch("SELECT id FROM messages WHERE new_text LIKE '%%iets voor%%'", ())
    left = await (await client.post(away, data={"message": row.id})).json()
    assert [each["language"] for each in left["similar"]] == ["en"]
    await compare(database, here)
    assert (await (await client.get(path)).json()) == left
    page = await (await client.post(away, data={"message": row.id}, headers={**HTML, "HX-Request": "true"})).text()
    assert "1 taken away as not helpful" in page
    answer = await client.post(away, headers=HTML, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, f"/mail/{waiting}")
    assert len((await (await client.get(path)).json())["similar"]) == 2
    assert (await client.post(away, data={"message": "x"})).status == 400
    assert (await client.post(away, data={"message": 4711})).status == 404


@pytest.mark.parametrize("query", ["limit=0", "limit=21", "limit=x", "limit=5&limit=5", "page=2"])
async def test_a_wrong_address_is_refused(query: str, client: Client, waiting: int) -> None:
    assert (await client.get(f"/mail/{waiting}/similar?{query}")).status == 400


async def test_where_there_is_no_such_conversation(client: Client) -> None:
    assert (await client.get("/mail/4711/similar")).status == 404
