"""Forgetting a person: nothing of it is left anywhere, and nothing of others goes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

import psycopg2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.config import PostgresConfig
from rcmail.db.pool import Database, Session
from rcmail.drafting import store
from rcmail.errors import NobodyToForget, NoSuchConversation
from rcmail.mail import decisions, reading
from rcmail.mail.identity import pattern
from rcmail.mail.model import Message
from rcmail.mail.store import Kept, Store
from rcmail.privacy import person
from rcmail.privacy.forget import WHO, forget, preview
from rcmail.privacy.traces import Traces, full
from tests.answers.room import compare, found, number_of
from tests.drafting.kept import PHRASE, Room, waiting
from tests.mail.letters import GROUP, letter
from tests.mail.room import AWAY, bring_in

ADDRESS = "hupsa.quispelturf@example.com"
HUPSA = f"Hupsa Quispelturf <{ADDRESS}>"
# Of the name and the address, of what she wrote, of the names that her mails have.
PLANTED = ("quispelturf", "hupsa", "zwartbessen", "oorlogsvaartje", "knarrenbakkes", "0612345678")
QUESTION = (
    "Mijn broodrooster, een Zwartbessen 884422, is kapot. Bel mij: 0612345678, Knarrenbakkesstraat 12. Kan het?"
)
ANSWER = "Neem de broodrooster gerust mee, dan kijken wij er samen naar. Een afspraak is niet nodig."


def asks(text: str = QUESTION, sender: str = HUPSA, **changes: Any) -> bytes:
    known: dict[str, Any] = {"subject": "zwartbessen", "Message_ID": "<oorlogsvaartje-1@example.com>", "day": 1}
    return letter(sender, text=text, **known | changes)


def answers(text: str = f"Beste Hupsa,\n\n{ANSWER}\n\nGroet,\nGerrit", to: str = HUPSA, **changes: Any) -> bytes:
    known: dict[str, Any] = {"Message_ID": "<an-answer@example.org>", "day": 2}
    known |= {"In_Reply_To": "<oorlogsvaartje-1@example.com>", "subject": "Re: zwartbessen"}
    return letter(f"Repair <{GROUP}>", to, text, **known | changes)


def rows_of(config: PostgresConfig) -> list[str]:
    """Every row of every table as text, and what PostgreSQL has noted for its plans."""
    connection = psycopg2.connect(host=config.host, port=config.port, user=config.user, dbname=config.database)
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [str(name) for (name,) in cursor.fetchall()]
        texts: list[str] = []
        for table in (*tables, "pg_stats"):
            cursor.execute(f"SELECT t::text FROM {table} AS t")
            texts += [text.lower() for (text,) in cursor.fetchall()]
    connection.close()
    return texts


def left(config: PostgresConfig, words: Iterable[str] = PLANTED) -> list[str]:
    """Which of the words are in the database."""
    texts = rows_of(config)
    return [word for word in words if any(word in text for text in texts)]


@pytest.fixture
async def hupsa(room: Room) -> Room:
    """With one question of hers, and its answer."""
    await room.settings.save({"group_addresses": GROUP})
    await room.bring_in([asks(), answers()])
    return room


async def test_nothing_is_left_and_nothing_comes_back(hupsa: Room, database_config: PostgresConfig) -> None:
    assert left(database_config) == list(PLANTED)
    await forget(hupsa.database, AWAY, ADDRESS)
    assert left(database_config) == []
    with pytest.raises(NoSuchConversation):
        await person.visitors(hupsa.database, 1)
    again = await bring_in(hupsa.database, hupsa.folder, asks(X_Copy="another file"), answers(X_Copy="another"))
    assert again == {"new": 0, "known": 0, "skipped": 2, "failed": 0}
    assert left(database_config) == []


async def test_what_she_writes_from_then_on_comes_in(hupsa: Room) -> None:
    await forget(hupsa.database, AWAY, ADDRESS)
    new = asks("Mijn radio is stuk. Mag ik komen?", date=datetime(2100, 1, 1, tzinfo=UTC), Message_ID="<n@x>")
    counted = await bring_in(hupsa.database, hupsa.folder, new)
    assert (counted["new"], counted["skipped"]) == (1, 0)
    assert await number_of(hupsa.database, "Mijn radio is stuk")


async def test_an_answer_stays_that_points_to_nobody(hupsa: Room) -> None:
    await forget(hupsa.database, AWAY, ADDRESS)
    [row] = await hupsa.database.fetch("SELECT * FROM conversations")
    assert (row.visitor_name, row.visitor_address, row.kind, row.state) == (WHO, None, "visitor", "answered")
    await hupsa.bring_in(waiting())
    similar = await found(hupsa.database, PHRASE)
    assert [(each.question, each.answer) for each in similar.answers] == [("", ANSWER)]


@pytest.mark.parametrize(
    "text",
    [
        "Neem de pers gerust mee, Hupsa, dan kijken wij er samen naar.",
        "Wij bellen vanavond naar 06 12345678 om te zeggen of het kan.",
        "Wij komen de pers halen in de Knarrenbakkesstraat, aan het einde van de dag.",
        "Vraag het anders eens aan gerrit@voorbeeld.nl, die heeft er zelf ook zo een staan.",
        "U schreef: is kapot. Bel mij: 0612345678, Knarrenbakkesstraat. Neem hem mee.",
        "Een 884422 is ons bekend, dus neem de pers gerust mee naar ons, wij hebben tijd.",
        "Ja hoor, dat kan.",
    ],
    ids=["name", "phone", "street", "address", "own words", "number", "hardly anything"],
)
async def test_an_answer_that_points_to_somebody_goes(room: Room, text: str) -> None:
    await room.settings.save({"group_addresses": GROUP})
    await room.bring_in([asks(), answers(f"Hallo,\n\n{text}\n\nGroet, Gerrit")])
    looked = await preview(room.database, ADDRESS)
    assert (len(looked.staying), looked.going) == (0, 1)
    await forget(room.database, AWAY, ADDRESS)
    assert await room.database.fetch("SELECT 1 FROM messages") == []


async def test_what_the_group_says_of_itself_points_to_nobody(room: Room) -> None:
    await room.settings.save(
        {"group_addresses": GROUP, "event_location": "Buurthuis De Bron, Kerkstraat 12, 1234 AB"}
    )
    text = "Kom gerust langs in de Kerkstraat 12, wij kijken er dan samen naar."
    await room.bring_in([asks(), answers(f"Hallo,\n\n{text}\n\nGroet, Gerrit")])
    assert [each.text for each in (await preview(room.database, ADDRESS)).staying] == [text]


@pytest.mark.parametrize(
    ("written", "forgotten"),
    [
        ("Hupsel@Example.com", "hupsel@example.com"),
        ("hupsel+cafe@example.com", "hupsel@example.com"),
        ("h.upsel@gmail.com", "hupsel@gmail.com"),
        ("hupsel@googlemail.com", "Hup.sel+x@gmail.com"),
    ],
)
async def test_however_the_address_is_spelled(
    room: Room, database_config: PostgresConfig, written: str, forgotten: str
) -> None:
    first = asks(sender=written)
    colleague = letter("jan@example.org", text=f"Gaat over de mail van {written.upper()}: doen we dat?", day=3)
    await room.bring_in([first, colleague])
    await forget(room.database, AWAY, forgotten)
    assert left(database_config, ["hupsel", "h.upsel"]) == []
    assert await number_of(room.database, "doen we dat")
    counted = await bring_in(room.database, room.folder, asks(sender=written.upper(), Message_ID="<other@x>"))
    assert counted["skipped"] == 1


async def test_nobody_else_is_meant_by_a_part_of_an_address(room: Room) -> None:
    await room.bring_in(
        [
            asks("van de een", "an@example.com", Message_ID="<1@x>"),
            asks("van Jan", "jan@example.com", Message_ID="<2@x>"),
        ],
        [asks("langer", "an@example.com.au", Message_ID="<3@x>")],
    )
    await forget(room.database, AWAY, "an@example.com")
    rows = await room.database.fetch("SELECT new_text FROM messages ORDER BY id")
    assert [row.new_text for row in rows] == ["van Jan", "langer"]


async def test_a_visitor_of_a_website_s_form(room: Room, database_config: PostgresConfig) -> None:
    text = f"Naam: Hupsa Quispelturf\nE-mail: {ADDRESS}\nBericht: {QUESTION}"
    await room.settings.save({"group_addresses": GROUP})
    form = asks(text, "WordPress <wordpress@example.org>", Message_ID="<form@example.org>")
    await room.bring_in([form])
    assert (await person.visitors(room.database, 1))[0].address == ADDRESS
    await forget(room.database, AWAY, ADDRESS)
    assert left(database_config) == []
    assert await room.database.fetch("SELECT 1 FROM conversations") == []
    again = asks(text, "WordPress <wordpress@example.org>", Message_ID="<other@example.org>")
    assert (await bring_in(room.database, room.folder, again))["skipped"] == 1


async def test_a_mail_that_has_the_address_among_those_who_got_it_goes(room: Room) -> None:
    await room.bring_in(
        [letter("piet@example.com", text="over het buurtfeest", Cc=f"Buren <a@x.nl>, {HUPSA}", day=4)],
        [letter("piet@example.com", text="over iets anders", day=5, subject="anders")],
        [letter("kees@example.com", text="antwoord aan haar", Reply_To=HUPSA, day=6)],
    )
    looked = await preview(room.database, ADDRESS)
    assert dict(looked.numbers) == {
        "conversations": 2, "shared": 0, "theirs": 1, "answers": 0, "others": 1, "drafts": 0, "named": 0,
    }  # fmt: skip
    await forget(room.database, AWAY, ADDRESS)
    assert [row.new_text for row in await room.database.fetch("SELECT new_text FROM messages")] == [
        "over iets anders"
    ]


async def test_of_two_in_one_thread_the_other_one_stays(room: Room, database_config: PostgresConfig) -> None:
    await room.settings.save({"group_addresses": GROUP})
    text = "Mijn fiets piept ook, mag die mee?"
    piet = asks(
        f"{text}\n\nOp zondag 1 november 2026 schreef {HUPSA}:\n> {QUESTION}\n",
        "Piet <piet@example.com>",
        References="<oorlogsvaartje-1@example.com>",
        Message_ID="<piet@example.com>",
        day=3,
    )
    await room.bring_in([asks(), answers(), piet])
    number = await number_of(room.database, "fiets piept")
    await decisions.decide(room.database, number, note="Hupsa Quispelturf en Piet bellen")
    assert (await preview(room.database, ADDRESS)).numbers["named"] == 1
    await forget(room.database, AWAY, ADDRESS)
    assert left(database_config) == []
    [row] = await room.database.fetch(
        "SELECT whole_text, state, conversations.visitor_address FROM messages"
        " JOIN conversations ON conversations.id = conversation WHERE from_address = 'piet@example.com'"
    )
    assert (row.whole_text, row.state) == (text, "waiting")
    assert row.visitor_address == "piet@example.com"


async def test_what_a_colleague_was_told_of_her_goes_and_the_rest_stays(
    room: Room, database_config: PostgresConfig
) -> None:
    await room.settings.save({"group_addresses": GROUP})
    forwarded = (
        f"Gerrit, weet jij dit?\n\n---------- Forwarded message ---------\nVan: {HUPSA}\nDate: zo 1 nov 2026\n"
        f"Subject: zwartbessen\nTo: <{GROUP}>\n\n{QUESTION}\n"
    )
    await room.bring_in([asks(), answers(forwarded, "gerrit@example.net", Message_ID="<fw@x>", In_Reply_To="")])
    await forget(room.database, AWAY, ADDRESS)
    assert left(database_config) == []
    [row] = await room.database.fetch("SELECT whole_text FROM messages")
    assert row.whole_text == "Gerrit, weet jij dit?"


async def test_drafts_for_others_that_are_made_of_her_answer_are_made_again(hupsa: Room) -> None:
    await hupsa.bring_in(waiting())
    await hupsa.make_all()
    draft = await hupsa.draft()
    assert draft.sources
    assert draft.state == "ready"
    await forget(hupsa.database, AWAY, ADDRESS)
    assert (await hupsa.draft()).state == "queued"
    await compare(hupsa.database, hupsa.helper)
    await hupsa.make_all()
    assert (await hupsa.draft()).state == "ready"
    assert set((await hupsa.draft()).sources).isdisjoint(draft.sources)


async def test_a_draft_that_somebody_edited_stays_but_for_her_name(
    hupsa: Room, database_config: PostgresConfig
) -> None:
    await hupsa.bring_in(waiting())
    await hupsa.make_all()
    text = "Ja, net als bij Hupsa Quispelturf mag dat."
    await hupsa.save(await hupsa.draft(), text=text)
    await forget(hupsa.database, AWAY, ADDRESS)
    draft = await hupsa.draft()
    assert (draft.text, draft.state, list(draft.sources)) == ("Ja, net als bij [removed] mag dat.", "ready", [])
    assert left(database_config) == []


async def test_a_name_that_stands_below_her_mail_only_is_hers_too(
    room: Room, database_config: PostgresConfig
) -> None:
    await room.settings.save({"group_addresses": GROUP})
    text = "Beste Gerrit Jansen,\n\nMijn lamp is stuk. Kan ik komen?\n\nGroetjes,\nHupsa Quispelturf"
    answer = "Hallo,\n\nDat is fijn, dan zien wij Hupsa en de lamp graag op zaterdag.\n\nGroet, Gerrit"
    kees = letter("kees@example.net", text="Gerrit Jansen zei dat Hupsa Quispelturf ook komt?", day=5)
    await room.bring_in([asks(text, ADDRESS, subject="lamp"), answers(answer, ADDRESS, subject="Re: lamp"), kees])
    assert (await preview(room.database, ADDRESS)).staying == []
    await forget(room.database, AWAY, ADDRESS)
    assert left(database_config) == []
    assert await number_of(room.database, "Gerrit Jansen zei dat [removed] ook komt?")


async def test_a_name_that_others_have_too_stands_where_it_stood(room: Room) -> None:
    await room.settings.save({"group_addresses": GROUP})
    text = "Jan Jansen uit Utrecht heeft dat ook gevraagd, over jan@example.com gaat het."
    await room.bring_in(
        [asks("van de een", "Jan Jansen <jan@example.com>", Message_ID="<1@x>")],
        [asks("van de ander", "Jan Jansen <jansen@example.net>", Message_ID="<2@x>")],
        [letter("kees@example.net", text=text, day=4)],
    )
    await forget(room.database, AWAY, "jan@example.com")
    assert await number_of(room.database, "Jan Jansen uit Utrecht heeft dat ook gevraagd, over [removed]")


def test_a_name_of_small_words_may_stand_anywhere() -> None:
    assert full(["De Man", "Bo Li", "Jan", "Jan de Vries", "Quispelturf, Hupsa"]) == {
        "Jan de Vries", "Quispelturf, Hupsa",
    }  # fmt: skip
    traces = Traces("jan@example.com", frozenset({"Jan de Vries"}))
    assert (
        traces.removed("JAN  de\nVries, JAN+x@example.com, Jan de Vriesland")
        == "[removed], [removed], Jan de Vriesland"
    )


async def test_what_a_draft_is_being_made_of_is_not_kept_when_it_is_gone_meanwhile(hupsa: Room) -> None:
    await hupsa.bring_in(waiting())
    call = hupsa.child.call

    async def late(*arguments: Any, timeout: float) -> Any:
        made = await call(*arguments, timeout=timeout)
        await forget(hupsa.database, AWAY, ADDRESS)
        return made

    cast("Any", hupsa.child).call = late
    await hupsa.make_all()
    assert await store.read(hupsa.database, await hupsa.conversation(), "") is None


async def test_the_group_itself_cannot_be_forgotten(room: Room) -> None:
    await room.settings.save({"group_addresses": GROUP})
    await room.bring_in(
        [letter("Gerrit <gerrit@example.net>", text="Wie komt er zaterdag?", day=1)], [asks(day=2)]
    )
    await room.settings.save({"group_addresses": f"{GROUP}, Gerrit@example.net"})
    with pytest.raises(NobodyToForget, match="the group's own"):
        await person.visitors(room.database, await number_of(room.database, "Wie komt er"))
    with pytest.raises(NoSuchConversation):
        await person.visitors(room.database, 999)
    await forget(room.database, AWAY, ADDRESS)
    rows = await room.database.fetch("SELECT new_text FROM messages")
    assert [row.new_text for row in rows] == ["Wie komt er zaterdag?"]


async def test_what_is_compared_of_others_has_no_trace_either(
    hupsa: Room, database_config: PostgresConfig
) -> None:
    piet = letter("piet@example.net", text="Hupsa Quispelturf raadt u aan. Mijn fiets?", Message_ID="<p@x>", day=6)
    told = letter(GROUP, "piet@example.net", "Neem de fiets maar mee.", In_Reply_To="<p@x>", day=7)
    await hupsa.bring_in([piet, told])
    assert await hupsa.database.fetch("SELECT 1 FROM past_requests WHERE question LIKE '%%Quispelturf%%'")
    await forget(hupsa.database, AWAY, ADDRESS)
    assert left(database_config) == []


async def test_a_page_of_mail_that_was_read_before_stays_away_after(database: Database) -> None:
    async def make_texts(items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        if not await database.fetch("SELECT 1 FROM forgotten"):
            await forget(database, AWAY, ADDRESS)
        return [reading.make_text(item) for item in items]

    async def note(_session: Session, kept: Kept) -> None:
        noted.append(kept)

    noted: list[Kept] = []
    store = Store(database, make_texts, AWAY)
    account = await store.account("file", GROUP)
    item = {"raw": asks(), "own": [GROUP], "is_sent": False, "is_spam": False}
    message = Message.new(reading.read(item), key="1", thread=None, otherwise=datetime.now(UTC))
    await store.put(account, [message], {}, note)
    assert noted == [Kept(0, 0, 1)]
    assert await database.fetch("SELECT 1 FROM messages") == []
    assert await store.missing(account, ["1"]) == []


ODD = ("o'brien.x@ex-ample.co.uk", "a_b%c=d@x.example", "jürgen@exämple.de", "j.a.n@gmail.com", "a*b@example.com")


@pytest.mark.parametrize("address", ODD)
async def test_python_and_postgresql_find_an_address_alike(database: Database, address: str) -> None:
    local, _, domain = address.partition("@")
    there = [
        address,
        address.upper(),
        f"<{local}+tag@{domain}>",
        f"mailto:{address}?x",
        f"{address}.",
        f"({address})",
    ]
    elsewhere = [f"x{address}", f"{address}.au", f"{address}x", f"q.{address}", domain, local]
    for text, wanted in [*((each, True) for each in there), *((each, False) for each in elsewhere)]:
        [row] = await database.fetch("SELECT %s ~* %s AS found", (text, pattern(address)))
        assert row.found is wanted, text
        assert bool(re.search(pattern(address), text, re.IGNORECASE)) is wanted, text


@given(st.text("abc.", min_size=1, max_size=8).filter(lambda text: text.strip(".")), st.text("ab+", max_size=4))
def test_every_spelling_of_an_address_is_found_where_it_stands(local: str, tag: str) -> None:
    for domain in ("gmail.com", "googlemail.com", "example.com"):
        written = f"{local}+{tag}@{domain}"
        assert re.search(pattern(f"{local}@{domain}"), f"Aan: <{written.upper()}>", re.IGNORECASE)
