"""Similar answers: whether the right past conversations are found, of ``mailbox/`` and of ``similar/``."""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from eval import unlike as unlike_mails
from eval.brought import FOLDER, bring_in, empty_database
from eval.line import Line
from eval.unlike import Unlike
from eval.wrapping import wrap
from rcmail.answers import work
from rcmail.answers.helper import Helper, Lists
from rcmail.answers.search import similar
from rcmail.db.pool import Database
from rcmail.errors import ChildFailed
from rcmail.jobs.here import do_here

SIMILAR: Final = FOLDER.parent / "similar/questions.jsonl"
_FIVE: Final = 5
_ALL: Final = 200
_GROUP: Final = "repair@example.org"


@dataclass
class Case:
    """A question beside what was found for it: pairs of a past conversation's name and its language."""

    name: str
    language: str
    right: frozenset[str]
    right_in_language: frozenset[str] = frozenset()
    found: list[tuple[str, str | None]] = field(default_factory=list)

    def first(self, most: int = _FIVE, *, own: bool | None = None) -> list[str]:
        """The first ``most``; ``own``: of those in the question's language only, or of the others."""
        return [name for name, language in self.found if own is None or own is (language == self.language)][:most]

    def is_met(self, most: int = _FIVE, *, own: bool | None = None) -> bool:
        return bool(self.right.intersection(self.first(most, own=own)))


class WordsAlone(Helper):
    """A helper without the encoder."""

    async def nearest(self, _database: Database, _texts: Sequence[str]) -> Lists:
        raise ChildFailed("measured without it")


@dataclass(frozen=True)
class Measured:
    mailbox: list[Case]
    unlike: dict[str, tuple[str, int]]
    """The mails of ``mailbox/`` that are no visitor's: their kind, and how many past answers each gets."""
    unanswerable: dict[str, int]
    """The open questions of ``mailbox/`` that nothing answers, and how many past answers each gets."""
    invented: list[Unlike]
    bare: list[Case]
    wrapped: list[Case]
    words: list[Case]
    vectors: float
    """A second."""


@cache
def measured() -> Measured:
    return asyncio.run(_measured())


async def _measured() -> Measured:
    helper, words_alone = Helper(), WordsAlone()
    try:
        async with empty_database() as database:
            rate = await _bring(database, helper, FOLDER / "mailbox.mbox", _own())
            mailbox, unlike, unanswerable = await _mailbox(database, helper)
            invented = await unlike_mails.measured(database, helper, words_alone, _own())
            bare = await _similar(database, helper, is_wrapped=False)
            wrapped = await _similar(database, helper, is_wrapped=True)
            words = await _found_of_similar(database, words_alone)
            return Measured(mailbox, unlike, unanswerable, invented, bare, wrapped, words, rate)
    finally:
        helper.end()
        words_alone.end()


def _own() -> str:
    return str(json.loads((FOLDER / "settings.json").read_text())["_beyond_rcmail"]["group_address"])


async def _bring(database: Database, helper: Helper, path: Path, own: str) -> float:
    """Import ``path`` and compare it; vectors a second."""
    await bring_in(database, path, own)
    began = asyncio.get_running_loop().time()
    await do_here(database, work.ALL, {}, partial(work.bring_up_to_date, database, helper))
    took = asyncio.get_running_loop().time() - began
    [row] = await database.fetch("SELECT count(*) AS vectors FROM past_vectors")
    return float(row.vectors) / took


async def _mailbox(
    database: Database, helper: Helper
) -> tuple[list[Case], dict[str, tuple[str, int]], dict[str, int]]:
    labels = [json.loads(line) for line in (FOLDER / "labels.jsonl").read_text().splitlines()]
    rows = await database.fetch("SELECT message_id, from_address, sent_at, conversation, language FROM messages")
    by_id = {row.message_id: row for row in rows if row.message_id}
    by_date = {(row.from_address, row.sent_at): row for row in rows}
    kept = {
        label["id"]: by_id.get(label["message_id"])
        or by_date[label["from_address"], datetime.fromisoformat(label["date"])]
        for label in labels
    }
    names = {kept[label["id"]].conversation: label["conversation"] for label in labels}
    cases, unanswerable = [], {}
    for line in (FOLDER / "questions.jsonl").read_text().splitlines():
        asked = json.loads(line)
        if not asked["answerable"]:
            result = await similar(database, helper, kept[asked["id"]].conversation)
            unanswerable[asked["qid"]] = len(result.found)
        else:
            own = frozenset(asked["relevant"])
            case = Case(asked["qid"], asked["language"], own | frozenset(asked["relevant_cross_language"]), own)
            case.found = await _found(database, helper, kept[asked["id"]].conversation, names)
            cases.append(case)
    unlike = {}
    for label in labels:
        if not label["is_visitor"] and label["turn"] == 1 and label["direction"] == "in":
            result = await similar(database, helper, kept[label["id"]].conversation)
            [row] = await database.fetch(
                "SELECT kind FROM conversations WHERE id = %s", (kept[label["id"]].conversation,)
            )
            unlike[label["id"]] = (row.kind, len(result.found))
    return cases, unlike, unanswerable


async def _similar(database: Database, helper: Helper, *, is_wrapped: bool) -> list[Case]:
    """The questions of ``similar/`` in place of the mail that is there."""
    await database.execute("TRUNCATE accounts, conversations, messages, jobs, past_grams CASCADE")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "similar.mbox"
        path.write_bytes(b"".join(_letters(_questions(), is_wrapped=is_wrapped)))
        await _bring(database, helper, path, _GROUP)
    return await _found_of_similar(database, helper)


def _questions() -> list[dict[str, Any]]:
    return [json.loads(line) for line in SIMILAR.read_text().splitlines()]


async def _found_of_similar(database: Database, helper: Helper) -> list[Case]:
    questions = _questions()
    rows = await database.fetch("SELECT message_id, conversation FROM messages WHERE direction = 'in'")
    conversations = {row.message_id: row.conversation for row in rows}
    names = {conversations[_message_id(each)]: each["topic"] for each in questions if each["kind"] == "past"}
    cases = []
    for each in questions:
        if each["kind"] == "query":
            case = Case(str(each["id"]), each["lang"], frozenset(each["topics"]))
            case.found = await _found(database, helper, conversations[_message_id(each)], names)
            cases.append(case)
    return cases


async def _found(
    database: Database, helper: Helper, conversation: int, names: Mapping[int, str]
) -> list[tuple[str, str | None]]:
    result = await similar(database, helper, conversation, _ALL)
    return [(names[each.past.conversation], each.past.language) for each in result.found]


def _message_id(each: Mapping[str, Any]) -> str:
    return f"<{each['kind']}-{each['id']}@example.org>"


def _letters(questions: Sequence[Mapping[str, Any]], *, is_wrapped: bool) -> Iterator[bytes]:
    first = datetime(2026, 1, 1, 12, tzinfo=UTC)
    for number, each in enumerate(questions):

        def dressed(text: str, language: str = each["lang"], number: int = number) -> str:
            return wrap(text, language, number) if is_wrapped else text

        visitor, moment = f"{each['kind']}{each['id']}@example.com", first + timedelta(hours=number)
        text = dressed(each.get("question") or each["text"])
        yield _letter(visitor, _GROUP, text, moment, _message_id(each), "")
        if each["kind"] == "past":
            answer = f"<answer-{each['id']}@example.org>"
            moment += timedelta(minutes=30)
            yield _letter(_GROUP, visitor, dressed(each["answer"]), moment, answer, _message_id(each))


def _letter(sender: str, to: str, text: str, moment: datetime, message_id: str, reply_to: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, "Re: bericht" if reply_to else "bericht"
    message["Date"], message["Message-ID"] = format_datetime(moment), message_id
    if reply_to:
        message["In-Reply-To"] = reply_to
    message.set_content(text)
    return b"From someone@example.org Sun Nov  1 12:00:00 2026\n" + bytes(message) + b"\n"


def lines() -> Iterator[Line]:
    """What MAIL.md §26 bounds of them, and the same by language."""
    found = measured()
    bound: float | None
    for most, bound in ((1, 14), (3, 16), (5, 17)):
        yield _count(f"`mailbox/`: a right past conversation among the first {most}", found.mailbox, bound, most)
    yield _in_language(found.mailbox)
    yield _count("`mailbox/`: the visitor's language taken out of the history", found.mailbox, 11, own=False)
    got = tuple(sorted(name for name, (_, answers) in found.unlike.items() if answers))
    wrong = [name for name in got if found.unlike[name][0] == "other"]
    yield Line("`mailbox/`: `other` mails that get a past answer", str(len(wrong)), "0", not wrong, tuple(wrong))
    # What nobody has recognised as `other` yet is above the floor, or is not: the better the kinds, the fewer.
    yield Line(
        "`mailbox/`: mails of no visitor that get a past answer",
        f"{len(got)} of {len(found.unlike)}",
        "",
        None,
        got,
    )
    far = tuple(name for name, answers in found.unanswerable.items() if answers)
    yield Line(
        "`mailbox/`: open questions that nothing answers and that get a past answer",
        f"{len(far)} of {len(found.unanswerable)}",
        "",
        None,
        far,
    )
    yield from unlike_mails.lines(found.invented)
    for name, cases, bounds in (
        ("bare", found.bare, (86, 86, 82)),
        ("wrapped", found.wrapped, (86, 86, 82)),
        ("wrapped, by words only", found.words, (55, None, None)),
    ):
        for which, bound in zip((None, True, False), bounds, strict=True):
            named = {None: "all", True: "same language", False: "other language"}[which]
            yield _share(f"`similar/`, {name}: recall among five, {named}", cases, bound, which)
    for language in ("nl", "de", "en", "fr"):
        cases = [case for case in found.wrapped if case.language == language]
        yield _share(f"`similar/`, wrapped: recall among five, asked in {language}", cases, None, None)
    yield Line("past requests compared a second, with their vectors", f"{found.vectors:.0f}")


def _count(what: str, cases: Sequence[Case], bound: float, most: int = _FIVE, own: bool | None = None) -> Line:
    missed = tuple(case.name for case in cases if not case.is_met(most, own=own))
    met = len(cases) - len(missed)
    return Line(what, f"{met} of {len(cases)}", f"≥ {bound}", met >= bound, missed)


def _in_language(cases: Sequence[Case]) -> Line:
    """Of the right ones in the visitor's language, as many as have room among five."""
    room = sum(min(_FIVE, len(case.right_in_language)) for case in cases)
    missed = tuple(
        f"{case.name} {name}" for case in cases for name in sorted(case.right_in_language - set(case.first()))
    )
    met = sum(len(case.right_in_language.intersection(case.first())) for case in cases)
    percent = 100 * met / room
    return Line(
        "`mailbox/`: of the right ones in the same language",
        f"{percent:.0f} % of {room}",
        "≥ 82 %",
        percent >= 82,
        missed,
    )


def _share(what: str, cases: Sequence[Case], bound: float | None, own: bool | None) -> Line:
    missed = tuple(case.name for case in cases if not case.is_met(own=own))
    percent = 100 * (1 - len(missed) / len(cases))
    is_met = None if bound is None else percent >= bound
    return Line(what, f"{percent:.1f} % of {len(cases)}", "" if bound is None else f"≥ {bound} %", is_met, missed)
