"""Google's partial answers: of everything only what ``fields`` names.

https://developers.google.com/workspace/gmail/api/guides/performance#partial-response
"""

import re
from collections.abc import Iterator
from typing import Any, Final

_WORD: Final = re.compile(r"[\w*]+|[,/()]")
Wanted = dict[str, "Wanted"]
"""What is wanted of an object, by name; with nothing below it: all of it."""


def only(found: Any, fields: str) -> Any:
    """``found`` without what ``fields`` does not name. Raises ValueError for what Google would refuse."""
    words = iter([*_WORD.findall(fields), ""])
    wanted, last = _list(words)
    if last:
        raise ValueError(fields)
    return _part(found, wanted)


def _list(words: Iterator[str]) -> tuple[Wanted, str]:
    """The names up to the end of the list, and the word that ended it."""
    wanted: Wanted = {}
    end = ","
    while end == ",":
        name, below = next(words), wanted
        while True:
            if not re.fullmatch(r"[\w*]+", name):
                raise ValueError(name)
            below = below.setdefault(name, {})
            end = next(words)
            if end != "/":
                break
            name = next(words)
        if end == "(":
            inner, closed = _list(words)
            if closed != ")":
                raise ValueError("a bracket is not closed")
            below.update(inner)
            end = next(words)
    return wanted, end


def _part(found: Any, wanted: Wanted) -> Any:
    if not wanted or "*" in wanted:
        return found
    if isinstance(found, list):
        return [_part(each, wanted) for each in found]
    return {name: _part(value, wanted[name]) for name, value in found.items() if name in wanted}
