"""How it stands with the language model, as the room of the language models finds out."""

from collections.abc import Awaitable, Callable
from typing import Final, Protocol

from rcmail.machine.base import Finding, Verdict, not_here

_UNCONFIGURED: Final = "unconfigured"
_WELL: Final = ("loaded", "asleep", "installed", "answers")
_UNREACHABLE: Final = ("no answer", "another server")
_LEAVES_THE_HOUSE: Final = "in the cloud"


class Standing(Protocol):
    """What is needed here of rcmail/llm/state.py, which says what each state means."""

    @property
    def state(self) -> str: ...
    @property
    def sentence(self) -> str: ...
    @property
    def remedy(self) -> str: ...


async def look(find_out: Callable[[], Awaitable[Standing]]) -> Finding:
    found = await find_out()
    if found.state == _UNCONFIGURED:
        return not_here(found.sentence)
    if found.state in _WELL:
        return Finding(found.sentence)
    verdict = Verdict.ERROR if found.state == _LEAVES_THE_HOUSE else Verdict.WARNING
    return Finding(found.sentence, verdict, found.remedy, is_told=found.state in _UNREACHABLE)
