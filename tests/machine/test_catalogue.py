"""The lists of checks: documented, complete, and each added in one place."""

import re
from collections.abc import Awaitable, Callable

import pytest
from aiohttp.web import Application

from rcmail.app import create_app
from rcmail.config import Config
from rcmail.health import catalogue as services
from rcmail.health.base import Check, ConnectionStatus, Finding, Group, ServiceStatus, Tried, Verdict
from rcmail.health.llm import as_finding
from rcmail.llm.state import LLMFinding, LLMState
from rcmail.machine import catalogue as machine
from tests.conftest import Client
from tests.support import ROOT

HTML = {"Accept": "text/html"}


async def test_the_manual_lists_every_check_and_no_other(client: Client) -> None:
    full = await (await client.get("/health?full=1")).json()
    manual = (ROOT / "docs" / "operating.md").read_text()
    table = manual.partition("| check | tells | remedy |")[2].partition("\n\n")[0]
    documented = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert documented == ["service", *(check["name"] for check in full["machine"])]


def test_every_state_of_the_language_model_has_a_verdict_and_where_it_needs_one_a_notice() -> None:
    quiet = {"loaded", "loading", "asleep", "installed", "answers"}
    unreachable = {"no answer", "another server", "outside the house"}
    for state in LLMState:
        finding = as_finding(LLMFinding(state, "so it is", "do this", "" if state in quiet else "it is not so"))
        assert (finding.verdict in (Verdict.OK, Verdict.NOT_HERE)) == (state in quiet | {"unconfigured"}), state
        assert (finding.status is ServiceStatus.UNREACHABLE) == (state in unreachable), state
        assert finding.notice == ("" if state in quiet else "AI features unavailable — it is not so")


async def test_a_check_is_added_by_one_line_and_is_then_everywhere(
    monkeypatch: pytest.MonkeyPatch,
    config: Config,
    aiohttp_client: Callable[[Application], Awaitable[Client]],
) -> None:
    """As a maintainer would: a check made in a file of its own, and a line in the catalogue."""

    async def look() -> Finding:
        return Finding("no paper", Verdict.WARNING, "put some in: `lpstat`", ServiceStatus.OK, "No paper")

    async def try_it(typed: object) -> Tried:
        return Tried(ConnectionStatus.OK, "a page came out")

    printer = Check("printer", "The printer", look, Group.SERVICES, test=try_it)
    fan = Check("fan", "The fan", lambda: Finding("turns"))
    known, facts = services.services, machine.facts
    monkeypatch.setattr(services, "services", lambda *given: [*known(*given), printer])
    monkeypatch.setattr(machine, "facts", lambda *given: [*facts(*given), fan])
    client = await aiohttp_client(create_app(config))
    full = await (await client.get("/health?full=1")).json()
    assert (full["checks"]["printer"], full["details"]["printer"]) == ("ok", "no paper")
    assert {"printer", "fan"} <= {check["name"] for check in full["machine"]}
    for path in ("/", "/health"):
        text = await (await client.get(path, headers=HTML)).text()
        assert "The printer" in text
        assert "Put some in: <code>lpstat</code>." in text
        assert "No paper" in text[: text.index("<main")], "the notice above every page"
    assert "The fan" in text
    page = await (await client.get("/config", headers=HTML)).text()
    assert 'formaction="/config/test/printer#test-printer"' in page
    answer = await (await client.post("/config/test/printer")).json()
    assert answer == {"service": "printer", "status": "ok", "detail": "a page came out"}
    assert "printer" in await (await client.post("/config/test/fax")).text()


def test_the_machine_and_the_services_have_names_of_their_own() -> None:
    names = [check.name for check in services.services(None, None, None, None)]  # type: ignore[arg-type]
    names += [check.name for check in [*machine.facts(None, None), *machine.of_this_process()]]  # type: ignore[arg-type]
    assert len(set(names)) == len(names)
