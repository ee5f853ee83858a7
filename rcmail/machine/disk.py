"""Is there room where the database lives?"""

from typing import Final

from rcmail.health.base import Finding, Verdict, not_here
from rcmail.machine.place import Place
from rcmail.machine.words import size

# PostgreSQL stops when it cannot write its log of 16 MB pieces; a backup needs room for a dump and a copy.
_ERROR: Final = 200 * 10**6
_WARNING: Final = 10**9
_FEW_FILES: Final = 1000
_ADVICE: Final = "make room: {}`ollama list` shows models that nobody uses"
_ON_A_PI: Final = "`sudo apt clean`, `sudo journalctl --vacuum-size=50M`, and "


def look(place: Place) -> Finding:
    if place.database is None:
        return not_here("the database is on another machine")
    space = place.space(place.database)
    advice = _ADVICE.format("" if place.is_make_run else _ON_A_PI)
    value = f"{size(space.free)} of {size(space.total)} free"
    if space.free_files is not None and space.free_files < _FEW_FILES:
        return Finding(
            f"{value}, but no more files fit", Verdict.ERROR, "remove folders with very many small files"
        )
    if space.free < _ERROR:
        return Finding(value, Verdict.ERROR, f"the database cannot save any more soon: {advice}")
    if space.free < _WARNING:
        return Finding(value, Verdict.WARNING, advice)
    return Finding(value)
