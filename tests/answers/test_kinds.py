"""Whose mail it is, by meaning; and forty corrections of a volunteer: what they change, what changes them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rcmail.db.pool import Database, Row
from rcmail.mail import decisions
from rcmail.mail.kinds.meaning import verdict
from rcmail.mail.kinds.teaching import teach
from rcmail.mail.listing import Wanted, found
from rcmail.mail.remake import remake
from tests.answers.helpers import HereHelper
from tests.answers.room import compare
from tests.mail.letters import letter
from tests.mail.room import HereReader, bring_in

NOW = datetime.now(UTC).replace(microsecond=0)
MUCH_THE_SAME = "it says much the same as visitors' mail"
ASKED = [f"Mijn toaster is stuk, kan ik komen met nummer {number}?" for number in range(3)]


def recent(days_ago: float, sender: str, text: str, subject: str = "") -> bytes:
    return letter(sender, text=text, date=NOW - timedelta(days=days_ago), subject=subject or f"{days_ago}")


async def kinds(database: Database) -> dict[str, Row]:
    """The conversations by their visitors' addresses."""
    rows: list[Row] = []
    before = ""
    while True:
        page = await found(database, Wanted(limit=100, before=before), 60)
        rows += page.conversations
        if page.next is None:
            return {row.visitor_address: row for row in reversed(rows)}  # the newest of each
        before = page.next


async def mark(database: Database, address: str, kind: str) -> None:
    await decisions.decide(database, (await kinds(database))[address].id, kind=kind)


@pytest.mark.parametrize(
    ("near", "kind"),
    [
        ([("visitor", False, 0.6), ("visitor", False, 0.5), ("visitor", False, 0.2)], "visitor"),
        ([("visitor", False, 0.6), ("visitor", False, 0.4), ("visitor", False, 0.4)], None),
        ([("visitor", False, 0.6), ("visitor", False, 0.5), ("other", False, 0.5)], None),
        ([("visitor", True, 0.9), ("visitor", True, 0.9)], None),
        ([("other", True, 0.6), ("other", True, 0.5), ("other", True, 0.5)], "other"),
        ([("other", True, 0.9), ("other", True, 0.9), ("other", False, 0.9)], None),
        ([], None),
    ],
)
def test_the_three_nearest_have_to_agree_and_what_closes_a_conversation_has_to_be_marked(
    near: list[tuple[str, bool, float]], kind: str | None
) -> None:
    told = verdict("unsure", -0.1, near)
    assert (told.kind if told else None) == kind


THREE_MARKED = [("other", True, 0.6), ("other", True, 0.5), ("other", True, 0.5)]
THREE_VISITORS = [("visitor", False, 0.6), ("visitor", False, 0.5), ("visitor", False, 0.5)]


@pytest.mark.parametrize(
    ("says", "voice", "near", "kind"),
    [
        ("visitor", -0.6, [], "unsure"),
        ("visitor", -0.6, THREE_VISITORS, "unsure"),
        ("visitor", -0.6, [("visitor", True, 0.6), *THREE_VISITORS[1:]], None),
        ("visitor", -0.6, [("visitor", False, 0.7), *THREE_VISITORS[1:]], None),
        ("visitor", -0.6, [("visitor", False, 0.7), *THREE_MARKED[1:]], "unsure"),
        ("vague", -0.1, [], "unsure"),
        ("vague", 0.1, [], None),
        ("visitor", -0.4, [], None),
        ("visitor", 0.9, THREE_MARKED, "unsure"),
        ("unsure", 0.6, [], "visitor"),
        ("unsure", 0.1, [], None),
        ("leaning", 0.6, [], "visitor"),
        ("leaning", 0.4, THREE_VISITORS, None),
        ("unsure", 0.6, THREE_MARKED, None),
        ("unsure", -0.5, THREE_MARKED, "other"),
        ("unsure", -0.6, THREE_VISITORS, None),
        ("held", 0.9, THREE_VISITORS, None),
        ("held", -0.5, THREE_MARKED, "other"),
        ("other", 0.9, [], "unsure"),
        ("other", 0.5, [], None),
        ("other", 0.9, THREE_MARKED, None),
    ],
)
def test_a_voice_that_is_no_visitors_makes_her_words_doubted_and_never_closes_a_conversation_by_itself(
    says: str, voice: float, near: list[tuple[str, bool, float]], kind: str | None
) -> None:
    told = verdict(says, voice, near)
    assert (told.kind if told else None) == kind


async def test_words_of_asking_are_doubted_where_the_voice_is_no_visitors_and_nothing_of_the_writers_is_broken(
    database: Database, tmp_path: Path, here: HereHelper
) -> None:
    asks = "Mag ik zaterdag met een toaster komen? Groet van de Zonnebloem"
    mails = [
        recent(3, "doubted@example.com", asks),
        recent(2, "sure@example.com", "Mijn lamp is stuk. Mag ik komen? Groet van de Zonnebloem"),
        recent(1, "visitor@example.com", "Mag ik zaterdag met een toaster komen?"),
    ]
    await bring_in(database, tmp_path, *mails)
    assert {row.kind for row in (await kinds(database)).values()} == {"visitor"}
    await compare(database, here)
    assert {address: row.kind for address, row in (await kinds(database)).items()} == {
        "doubted@example.com": "unsure",
        "sure@example.com": "visitor",
        "visitor@example.com": "visitor",
    }
    await teach(database)  # where no voice can be heard, what was heard counts
    assert (await kinds(database))["doubted@example.com"].kind == "unsure"
    await bring_in(database, tmp_path, recent(0.5, "doubted@example.com", asks, "nog eens"))
    first = min(row.id for row in (await database.fetch("SELECT id FROM conversations WHERE kind = 'unsure'")))
    await decisions.decide(database, first, kind="visitor")
    await compare(database, here)
    told = {row.kind for row in await database.fetch("SELECT kind FROM conversations")}
    assert told == {"visitor"}  # whose mail was marked is not doubted again


async def test_mail_that_words_do_not_know_is_a_visitors_where_it_means_what_visitors_wrote(
    database: Database, tmp_path: Path, here: HereHelper
) -> None:
    mails = [recent(9 - n, f"v{n}@example.com", text) for n, text in enumerate(ASKED)]
    mails += [
        recent(2, "new@example.com", "Over een toaster"),
        recent(1, "far@example.com", "Tot zondag dan maar"),
    ]
    await bring_in(database, tmp_path, *mails)
    assert (await kinds(database))["new@example.com"].kind == "unsure"
    await compare(database, here)
    rows = await kinds(database)
    assert (rows["new@example.com"].kind, rows["new@example.com"].kind_why) == ("visitor", MUCH_THE_SAME)
    assert rows["far@example.com"].kind == "unsure"
    await teach(database)  # where meanings are not compared
    assert (await kinds(database))["new@example.com"].kind == "visitor"
    here.failure = "it took too long"
    await teach(database, here.alike)
    assert (await kinds(database))["new@example.com"].kind == "visitor"
    here.failure = None
    await mark(database, "v0@example.com", "other")  # they do not agree any more
    await compare(database, here)
    assert (await kinds(database))["new@example.com"].kind == "unsure"


async def test_words_of_asking_are_doubted_beside_three_marked_others_though_the_mail_is_known_itself(
    database: Database, tmp_path: Path, here: HereHelper
) -> None:
    asks = "Mag ik zaterdag met een toaster komen?"
    others = [f"Wij willen {number} toasters filmen" for number in range(3)]
    mails = [recent(9 - n, f"o{n}@example.com", text) for n, text in enumerate(others)]
    await bring_in(database, tmp_path, *mails, recent(1, "asks@example.net", asks))
    for number in range(3):
        await mark(database, f"o{number}@example.com", "other")
    for _ in range(3):  # and each run says the same
        await compare(database, here)
        assert (await kinds(database))["asks@example.net"].kind == "unsure"


async def test_two_mails_that_are_doubted_do_not_clear_each_other_every_other_time(
    database: Database, tmp_path: Path, here: HereHelper
) -> None:
    doubted = [f"Mag ik zaterdag met toaster {number} komen? Groet van de Zonnebloem" for number in range(3)]
    mails = [recent(3 - n, f"d{n}@example.com", text) for n, text in enumerate(doubted)]
    mails.append(recent(9, "v@example.net", "Mag ik zaterdag met mijn toaster komen?"))
    mails += [recent(8 - n, f"w{n}@example.org", text) for n, text in enumerate(ASKED)]
    await bring_in(database, tmp_path, *mails)
    await mark(database, "v@example.net", "visitor")
    # The doubted ones are nearer to one another than to what was marked.
    here.nearer = "Zonnebloem"
    told = []
    for _ in range(4):
        await compare(database, here)
        told.append({address: row.kind for address, row in (await kinds(database)).items()})
    assert told == told[:1] * 4


async def test_who_has_an_answer_that_a_volunteer_approved_is_not_closed_by_what_she_marks_of_other_mail(
    database: Database, tmp_path: Path, here: HereHelper
) -> None:
    texts = [f"Tot zondag dan maar met de toaster, groet {number} van de Zonnebloem" for number in range(3)]
    mails = [recent(9 - n, f"o{n}@example.com", text) for n, text in enumerate(texts)]
    again = "Tot ziens dan met de toaster. De Zonnebloem"
    mails += [recent(2 - n, f"a{n}@example.net", again) for n in range(2)]
    await bring_in(database, tmp_path, *mails)
    approved = (await kinds(database))["a0@example.net"].id
    await database.execute(
        "INSERT INTO drafts (conversation, state, text, made_text) VALUES (%s, 'approved', 'Kom langs.', 'Kom.')",
        (approved,),
    )
    for number in range(3):
        await mark(database, f"o{number}@example.com", "other")
    await compare(database, here)
    rows = await kinds(database)
    assert (rows["a1@example.net"].kind, rows["a1@example.net"].state) == ("other", "closed")
    assert (rows["a0@example.net"].kind, rows["a0@example.net"].state) == ("unsure", "approved")


async def test_who_has_an_answer_that_a_volunteer_approved_is_not_closed_by_words_that_a_later_version_knows(
    database: Database, tmp_path: Path, here: HereHelper
) -> None:
    await bring_in(database, tmp_path, recent(2, "anna@example.com", "Mijn lamp is stuk. Mag ik komen?"))
    [row] = (await kinds(database)).values()
    await database.execute(
        "INSERT INTO drafts (conversation, state, text, made_text) VALUES (%s, 'approved', 'Kom langs.', 'Kom.')",
        (row.id,),
    )
    await database.execute("UPDATE messages SET says = 'other', says_why = 'it offers to help'")
    for _ in range(2):
        await compare(database, here)
        [row] = (await kinds(database)).values()
        assert (row.kind, row.state) == ("unsure", "approved")
    assert row.kind_why == "it has somebody else's words, but you wrote or approved an answer"
    await database.execute("UPDATE drafts SET state = 'discarded'")
    await compare(database, here)
    [row] = (await kinds(database)).values()
    assert (row.kind, row.state) == ("other", "closed")


OFFICES = {f"p{n}@koor.example": "other" for n in range(10)}
BELLS = {f"b{n}@gmail.com": "other" for n in range(10)}
LAMPS = {f"l{n}@gmail.com": "visitor" for n in range(10)}
AGAINST_WORDS = {f"a{n}@example.com": "other" for n in range(5)} | {
    f"c{n}@example.com": "visitor" for n in range(5)
}
FORTY = OFFICES | BELLS | LAMPS | AGAINST_WORDS


def text_of(sender: str) -> str:
    texts = {
        "p": "Tot zondag dan maar weer",
        "b": "De beiaard met carillon klinkt zondag",
        "l": "Een kroonluchter met zes armen van Boheems glas",
        "a": "Mijn lamp is stuk. Mag ik komen?",
        "c": "Zoeken jullie nog vrijwilligers?",
    }
    return texts[sender[0]]


async def test_forty_corrections_teach_and_nothing_turns_one_of_them_back(
    database: Database, tmp_path: Path, here: HereHelper
) -> None:
    mails = [recent(50 - n, sender, text_of(sender)) for n, sender in enumerate(FORTY)]
    later = [
        recent(0.9, "new@koor.example", "Nog een bericht"),
        recent(0.7, "new@example.net", "Beiaard en carillon, weer zondag"),
        recent(0.6, "new@example.org", "Zo'n kroonluchter van Boheems glas, zes armen"),
        recent(0.5, "a0@example.com", "Mag ik zaterdag met mijn kapotte fiets komen?", "anders"),
    ]
    await bring_in(database, tmp_path, *mails)
    for sender, kind in FORTY.items():
        await mark(database, sender, kind)
    marked = {sender: (await kinds(database))[sender].id for sender in FORTY}
    await bring_in(database, tmp_path, *later)
    rows = await kinds(database)
    assert rows["new@koor.example"].kind_why == "it is from the same house as mail that you marked as no visitor's"
    assert (rows["new@example.net"].kind, rows["new@example.org"].kind) == ("other", "visitor")
    assert rows["a0@example.com"].kind_why == "it is from somebody whose mail you marked as no visitor's"

    async def check() -> None:
        rows = await database.fetch(
            "SELECT id, kind, kind_why, is_kind_decided FROM conversations WHERE id = ANY(%s)",
            (list(marked.values()),),
        )
        told = {row.id: (row.kind, row.is_kind_decided) for row in rows}
        assert told == {marked[sender]: (kind, True) for sender, kind in FORTY.items()}
        assert all(row.kind_why.startswith("a volunteer said") for row in rows)

    await check()
    counted = await bring_in(database, tmp_path, *mails, *later)
    assert counted["known"] == 44
    await check()
    await database.execute("UPDATE messages SET text_version = 1, says = 'visitor', says_why = 'x'")
    assert await remake(database, HereReader().make_texts) == 44
    await check()
    for helper in (here, here):
        await teach(database, helper.alike)
        await compare(database, helper)
        await check()
    await mark(database, "new@example.net", "visitor")
    await teach(database)
    await check()
    other = (await kinds(database))["new@example.net"].id
    decision = await decisions.newest(database, other)
    assert decision is not None
    await decisions.undo(database, other, decision.id)
    await teach(database, here.alike)
    await check()
    assert (await kinds(database))["new@example.net"].kind == "other"


async def test_an_undone_correction_gives_back_the_one_before_it(
    database: Database, tmp_path: Path, here: HereHelper
) -> None:
    await bring_in(database, tmp_path, recent(2, "anna@example.com", "Mijn lamp is stuk. Mag ik komen?"))
    [row] = (await kinds(database)).values()
    for kind in ("other", "unsure"):
        await decisions.decide(database, row.id, kind=kind)
    for right in ("other", "visitor"):
        decision = await decisions.newest(database, row.id)
        assert decision is not None
        await decisions.undo(database, row.id, decision.id)
        await compare(database, here)
        assert (await kinds(database))["anna@example.com"].kind == right
