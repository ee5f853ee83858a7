"""Keeping secrets out of everything that is written down.

Two nets, because each has holes the other covers: by *name* (a field called ``refresh_token`` is
hidden whatever it holds) and by *value* (a configured secret is hidden wherever it turns up, in a
traceback as well as in another library's message). What both take for a secret: docs/adr/0004.
"""

import dataclasses
import hmac
import math
from collections import deque
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final

from rcmail.log.scrubbing import HIDDEN, Scrubber, is_sensitive

# What one record may hold; more is named, not shown. A list that holds itself is as deep as it is wide.
_MAX_DEPTH: Final = 12
_MAX_FIELDS: Final = 200
_MAX_ITEMS: Final = 2_000
_JSON_SAFE: Final = 2**63
_NUMBERS: Final = (int, float)  # a tuple: X | Y would be made anew each time
_SEQUENCES: Final = (list, tuple, AbstractSet, deque)


class Secret:
    """A text that neither ``repr``, ``str`` nor a formatter gives away; only ``reveal()`` does."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return f"Secret({HIDDEN!r})" if self._value else "Secret('')"

    __str__ = __repr__

    def __bool__(self) -> bool:
        """True where the text is more than white space."""
        return bool(self._value.strip())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._value.encode(), other._value.encode())

    def __hash__(self) -> int:
        return hash((Secret, self._value))


class Redactor:
    """Hides secrets in texts and in structures.

    ``secrets`` are the configured secret values. ``names`` are words that may stand in a field called ``key``
    or ``keys``: the names of settings are public, and nothing else in such a field is.
    """

    def __init__(self, secrets: Iterable[str] = (), names: Iterable[str] = ()) -> None:
        self.scrub: Final = Scrubber(secrets)
        self._names = frozenset(names)

    def redact(self, value: object) -> Any:
        """``value`` as plain JSON types (dict, list, str, int, float, bool, None), without secrets.

        Never raises: what cannot be shown is named by its type.
        """
        return _Walk(self.scrub, self._names).visit(value, 0)

    def message(self, error: BaseException) -> str:
        """What ``str(error)`` says, without secrets; structures among its arguments are redacted by name."""
        try:
            return self.scrub(_Walk(self.scrub, self._names).message(error, 0))
        except Exception:  # a hostile __str__
            return f"<{type(error).__name__}>"


class _Walk:
    """One structure on its way to plain types, with what is left of its allowance."""

    __slots__ = ("_left", "_names", "_scrub")

    def __init__(self, scrub: Scrubber, names: frozenset[str]) -> None:
        self._scrub = scrub
        self._names = names
        self._left = _MAX_ITEMS

    def visit(self, value: object, depth: int) -> Any:
        kind = type(value)
        if kind is str:
            return self._scrub(value)  # type: ignore[arg-type]
        if value is None or kind is bool:
            return value
        try:
            if isinstance(value, str):
                return self._scrub(str.__str__(value))
            if isinstance(value, _NUMBERS):
                return self._number(value)
            if depth >= _MAX_DEPTH or self._left <= 0:
                return f"<{kind.__name__}>"
            return self._compound(value, depth + 1)
        except Exception:  # a hostile __repr__ or mapping must not cost us the log line
            return f"<{kind.__name__}>"

    def _number(self, value: int | float) -> int | float | str:
        """A secret may be all digits, and ``extra`` may hold it as a number."""
        plain = int(value) if isinstance(value, int) else float(value)
        if self._scrub.has_number and self._scrub.values(str(plain)) != str(plain):
            return HIDDEN
        if isinstance(plain, float):
            return plain if math.isfinite(plain) else str(plain)
        return plain if -_JSON_SAFE <= plain < _JSON_SAFE else f"<int of {plain.bit_length()} bits>"

    def _compound(self, value: object, depth: int) -> Any:
        if isinstance(value, Secret):
            return HIDDEN
        if isinstance(value, Mapping):
            return self._mapping(value.items(), depth)
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = dataclasses.fields(value)
            return self._mapping(((field.name, getattr(value, field.name, None)) for field in fields), depth)
        if isinstance(value, tuple) and hasattr(value, "_fields"):  # a named tuple: aiohttp.BasicAuth is one
            return self._mapping(zip(value._fields, value, strict=False), depth)
        if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], str | bytes):  # a header, a pair
            return [self.visit(value[0], depth), self._held(_text(value[0]), value[1], depth)]
        if isinstance(value, _SEQUENCES):
            return self._sequence(value, depth)
        if isinstance(value, bytes | bytearray):
            return self._scrub(_text(value))
        if isinstance(value, BaseException):
            return self._scrub(f"{type(value).__name__}: {self.message(value, depth)}")
        return self._scrub(str(value))

    def _mapping(self, items: Iterable[tuple[Any, Any]], depth: int) -> dict[str, Any]:
        shown: dict[str, Any] = {}
        for name, item in items:
            # Each field of a record has an allowance of its own: one that is endless hides none of the others.
            self._left = _MAX_ITEMS if depth == 1 else self._left - 1
            if self._left < 0 or (depth == 1 and len(shown) == _MAX_FIELDS):
                shown["…"] = "more"
                break
            text = name if type(name) is str else _text(name)
            shown[self._scrub(text)] = self._held(text, item, depth)
        if "code" in shown and "state" in shown:  # the parsed query of an OAuth callback
            shown["code"] = shown["state"] = HIDDEN
        return shown

    def _held(self, name: str, item: object, depth: int) -> Any:
        if is_sensitive(name) and not (name in ("key", "keys") and self._are_names(item)):
            return HIDDEN
        return self.visit(item, depth)

    def _are_names(self, item: object) -> bool:
        if isinstance(item, str):
            return item in self._names
        return isinstance(item, list | tuple) and all(isinstance(one, str) and one in self._names for one in item)

    def _sequence(self, items: Iterable[object], depth: int) -> list[Any]:
        shown = []
        for item in items:
            if self._left <= 0:
                shown.append("… more")
                break
            self._left -= 1
            shown.append(self.visit(item, depth))
        return shown

    def message(self, error: BaseException, depth: int) -> str:
        """What ``str(error)`` says, where its arguments are structures: with those redacted by name."""
        if not holds_structures(error):
            return str(error)
        arguments = [self.visit(argument, depth) for argument in error.args]
        return str(arguments[0]) if len(arguments) == 1 else str(tuple(arguments))


def holds_structures(error: BaseException) -> bool:
    """Whether ``error`` was given more than texts and numbers; the members of a group are told of themselves."""
    if isinstance(error, BaseExceptionGroup):
        return False
    return not all(isinstance(argument, str | int | float | None) for argument in error.args)


def _text(value: object) -> str:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes | bytearray) else str(value)
