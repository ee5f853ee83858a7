"""Drafts without a model: what they state, beside the patterns of ``mailbox/``; and past requests, asked again."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, Final

from eval.brought import FOLDER, TODAY, bring_in, empty_database
from eval.line import Line
from rcmail.answers import work
from rcmail.answers.helper import Helper
from rcmail.db.pool import Database
from rcmail.drafting.compose import compose
from rcmail.drafting.material import Material, read
from rcmail.drafting.proposal import Proposal
from rcmail.jobs.here import do_here
from rcmail.settings.store import SettingsStore

# What is wrong whoever asks.
_OF_THEN: Final = ("old_place", "old_hours", "past_date")


@dataclass
class Drafted:
    """A draft of ``material``, and what of it is missing and wrong; ``asks`` is the line of questions.jsonl."""

    name: str
    proposal: Proposal
    material: Material
    asks: Mapping[str, Any] = field(default_factory=dict)
    missing: Sequence[str] = ()
    wrong: Sequence[str] = ()

    @property
    def has_gap(self) -> bool:
        return any(each.kind == "unanswered" for each in self.proposal.warnings)


@dataclass(frozen=True)
class Measured:
    """The open questions, and the past requests as if they were new."""

    questions: list[Drafted]
    again: list[Drafted]


@cache
def measured() -> Measured:
    """Everything, once for all tests."""
    return asyncio.run(_measured())


async def _measured() -> Measured:
    helper = Helper()
    try:
        async with empty_database() as database:
            settings = json.loads((FOLDER / "settings.json").read_text())
            beyond = settings.pop("_beyond_rcmail")
            await SettingsStore(database).save(settings | {"event_time": beyond["event_hours"]})
            await bring_in(database, FOLDER / "mailbox.mbox", beyond["group_address"])
            await do_here(database, work.ALL, {}, partial(work.bring_up_to_date, database, helper))
            return await _drafted(database, helper)
    finally:
        helper.end()


async def _drafted(database: Database, helper: Helper) -> Measured:
    asked = {each["message_id"]: each for each in _lines("questions.jsonl")}
    of_then = [each for each in next(iter(asked.values()))["must_not_state"] if each["fact"] in _OF_THEN]
    conversations = await _conversations(database, _lines("labels.jsonl"))
    questions, again = [], []
    for conversation, names in conversations.items():
        await work.make_ready(database, helper, conversation)
        material = await read(database, conversation, TODAY)
        proposal = compose(material.asked, material.sources, material.facts)
        question = next((asked[each] for each in names if each in asked), None)
        if question:
            states = [each["fact"] for each in question["must_state"] if not found(each, proposal.text)]
            wrong = [each["fact"] for each in question["must_not_state"] if found(each, proposal.text)]
            questions.append(Drafted(question["qid"], proposal, material, question, states, wrong))
        else:
            wrong = [each["fact"] for each in of_then if found(each, proposal.text)]
            again.append(Drafted(str(names[0]), proposal, material, wrong=wrong))
    return Measured(questions, again)


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text().splitlines()]


async def _conversations(database: Database, labels: Sequence[Mapping[str, Any]]) -> dict[int, list[str | None]]:
    """Those of visitors, with the names of their mails."""
    visitors = {each["message_id"] for each in labels if each["is_visitor"]} - {None}
    rows = await database.fetch("SELECT conversation, message_id FROM messages ORDER BY sent_at, id")
    names: dict[int, list[str | None]] = {}
    for row in rows:
        names.setdefault(row.conversation, []).append(row.message_id)
    return {each: found for each, found in names.items() if visitors.intersection(found)}


def found(fact: Mapping[str, Any], text: str) -> bool:
    """As check_reply.py looks for it."""
    flat = re.sub(r"\s+", " ", text)
    return any(re.search(pattern, flat, re.IGNORECASE) for pattern in fact["any_of"] or ())


def lines() -> Iterator[Line]:
    """What MAIL.md §26 bounds of them, and how much is left to volunteers."""
    known = measured()
    wrong = tuple(f"{each.name} {fact}" for each in known.questions for fact in each.wrong)
    yield Line("drafts, `mailbox/`: wrong facts", str(len(wrong)), "0", not wrong, wrong)
    missing = tuple(f"{each.name} {fact}" for each in known.questions for fact in each.missing)
    whole = sum(len(each.asks["must_state"]) for each in known.questions)
    percent = 100 * (1 - len(missing) / whole)
    yield Line("drafts, `mailbox/`: right facts", f"{percent:.0f} % of {whole}", "≥ 75 %", percent >= 75, missing)
    open_ones = [each for each in known.questions if not each.asks["answerable"]]
    unmarked = tuple(each.name for each in open_ones if not each.has_gap)
    value = f"{len(open_ones) - len(unmarked)} of {len(open_ones)}"
    yield Line("drafts, `mailbox/`: unanswerable ones with a gap", value, "all", not unmarked, unmarked)
    answerable = [each for each in known.questions if each.asks["answerable"]]
    gaps = tuple(each.name for each in answerable if each.has_gap)
    yield Line("drafts, `mailbox/`: answerable ones with a gap", f"{len(gaps)} of {len(answerable)}", misses=gaps)
    other = tuple(
        f"{each.name} {warning.kind}"
        for each in known.questions
        for warning in each.proposal.warnings
        if warning.kind != "unanswered"
    )
    yield Line("drafts, `mailbox/`: warnings beside gaps", str(len(other)), misses=other)
    then = tuple(f"{each.name} {fact}" for each in known.again for fact in each.wrong)
    what = f"drafts, {len(known.again)} past requests of `mailbox/` asked again: facts of then"
    yield Line(what, str(len(then)), "0", not then, then)
