"""How it stands with the language model: one look, whose finest state every page and program is told."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from rcmail.errors import LLMLoading, Unconfigured
from rcmail.health.base import (
    LIMIT,
    Check,
    ConnectionStatus,
    Finding,
    Group,
    ServiceStatus,
    Tried,
    Verdict,
)
from rcmail.llm.base import Examination, LLMAdapter
from rcmail.llm.current import CurrentLLM
from rcmail.llm.state import LLMFinding, LLMState

NAME: Final = "llm"
_WELL: Final = (Verdict.OK, ServiceStatus.OK)
_SILENT: Final = (Verdict.WARNING, ServiceStatus.UNREACHABLE)
# In every other state it answers, and somebody has to do something.
_MEANS: Final = {
    LLMState.UNCONFIGURED: (Verdict.NOT_HERE, ServiceStatus.UNCONFIGURED),
    LLMState.NO_ANSWER: _SILENT,
    LLMState.WRONG_SERVER: _SILENT,
    LLMState.OUTSIDE: (Verdict.ERROR, ServiceStatus.UNREACHABLE),
    LLMState.LOADING: _WELL,
    LLMState.REMOTE: (Verdict.ERROR, ServiceStatus.OK),
    LLMState.ANSWERS: _WELL,
    LLMState.INSTALLED: _WELL,
    LLMState.ASLEEP: _WELL,
    LLMState.LOADED: _WELL,
}


def check(llm: CurrentLLM) -> Check:
    # Gives up by itself after 3 s, and then still says what to do.
    return Check(
        NAME,
        "Language model",
        partial(_look, llm),
        Group.SERVICES,
        limit=LIMIT + 0.2,
        test=partial(_try, llm),
        address=partial(CurrentLLM.address, llm),
    )


async def _look(llm: CurrentLLM) -> Finding:
    return as_finding(await llm.find_out(LIMIT))


def as_finding(found: LLMFinding) -> Finding:
    """What the state means for the operator."""
    verdict, status = _MEANS.get(found.state, (Verdict.WARNING, ServiceStatus.OK))
    notice = f"AI features unavailable — {found.notice}" if found.notice else ""
    alarm = f"Visitors’ mail is sent to {found.remote}, outside this house" if found.remote else ""
    if alarm and verdict is Verdict.OK:
        verdict = Verdict.WARNING
    return Finding(found.sentence, verdict, found.remedy, status, notice, found.setting, alarm)


async def _try(llm: CurrentLLM, typed: Mapping[str, str]) -> Tried:
    """Reachable, really what it should be, and the model there."""
    adapter, model = await llm.use(typed)
    if adapter is None:
        raise Unconfigured("no LLM endpoint is set; save one on the configuration page")
    try:
        found = await adapter.examine()
    except LLMLoading as error:
        return Tried(ConnectionStatus.OK, str(error))
    if model and not adapter.has(found, model):
        return Tried(
            ConnectionStatus.MODEL_NOT_FOUND,
            f"{found.server} answered, but model {model} is not installed: {adapter.how_to_install(model)}",
            found.models,
        )
    return Tried(ConnectionStatus.OK, f"{found.server} answers; {_has(found, adapter, model)}", found.models)


def _has(found: Examination, adapter: LLMAdapter, model: str) -> str:
    if model:
        return f"model {model} is installed"
    if adapter.has(found, ""):
        return f"it has model {found.models[0]}"
    return f"{len(found.models)} model{'' if len(found.models) == 1 else 's'} installed, none is chosen yet"
