"""The list of facts: documented, complete, and fit for programs."""

import re

from rcmail.db.pool import Database
from rcmail.llm.state import LLMFinding, LLMState
from rcmail.machine import catalogue, llm
from rcmail.machine.base import Verdict
from rcmail.machine.place import Place
from tests.support import ROOT, postgres_config


async def nothing() -> LLMFinding:
    return LLMFinding(LLMState.UNCONFIGURED, "none")


def test_the_manual_lists_every_fact_and_no_other() -> None:
    database = Database(postgres_config("/nowhere"))
    facts = [*catalogue.examinations(Place(None, None), database, nothing), *catalogue.of_this_process()]
    manual = (ROOT / "docs" / "operating.md").read_text()
    table = manual.partition("| fact | tells | remedy |")[2].partition("\n\n")[0]
    documented = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert documented == ["service", *(fact.name for fact in facts)]


async def test_every_state_of_the_language_model_has_a_verdict() -> None:
    quiet = {"unconfigured", "loaded", "asleep", "installed", "answers"}
    for state in LLMState:

        async def find_out(state: LLMState = state) -> LLMFinding:
            return LLMFinding(state, "so it is", "do this")

        finding = await llm.look(find_out)
        assert (finding.verdict in (Verdict.OK, Verdict.NOT_HERE)) == (state.value in quiet), state
        assert finding.is_told == (state in (LLMState.NO_ANSWER, LLMState.WRONG_SERVER))
