"""What stands in an answer of Gmail's, where it is what it should be."""

from collections.abc import Iterator, Mapping
from typing import Any

from rcmail.mailbox.gmail.parts import decoded
from rcmail.mailbox.gmail.wire import Faltered

Content = Mapping[str, Any]


def text(content: Content, name: str) -> str:
    """The text called ``name``. Raises Faltered where there is none."""
    value = content.get(name)
    if not isinstance(value, str) or not value:
        raise nonsense()
    return value


def raw(content: Content) -> bytes:
    """The bytes of a message in the format ``raw``. Raises Faltered."""
    try:
        return decoded(text(content, "raw"))
    except ValueError as error:
        raise nonsense() from error


def part(content: Content, name: str) -> Content:
    """The object called ``name``, an empty one where there is none."""
    value = content.get(name)
    return value if isinstance(value, dict) else {}


def items(content: Content, name: str) -> Iterator[Content]:
    """The objects in the list called ``name``, which Gmail leaves out where it is empty."""
    value = content.get(name)
    return (each for each in (value if isinstance(value, list) else []) if isinstance(each, dict))


def labels(content: Content, name: str = "labelIds") -> frozenset[str]:
    value = content.get(name)
    return frozenset(map(str, value)) if isinstance(value, list) else frozenset()


def milliseconds(content: Content) -> int | None:
    """``internalDate``: when Gmail got the message, since 1970."""
    date = str(content.get("internalDate", ""))
    return int(date) if date.isdecimal() and len(date) < 18 else None


def nonsense() -> Faltered:
    return Faltered("Gmail answers, but not with what rcmail asked for")
