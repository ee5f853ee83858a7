"""Keeping secrets out of everything that is written down.

Two nets, because each has holes the other covers: by *name* (a field called ``refresh_token`` is hidden whatever
it holds) and by *value* (a configured secret is hidden wherever it turns up). What is a secret: docs/adr/0004.
"""

import dataclasses
import math
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from rcmail.log.scrubbing import HIDDEN, Scrubber, is_sensitive

# How much of a structure is shown. A list that holds itself is as deep as it is wide.
_MAX_DEPTH: Final = 12
_MAX_FIELDS: Final = 200
_MAX_ITEMS: Final = 2_000


class Secret:
    """A text that neither ``repr``, ``str`` nor a formatter gives away; only ``reveal()`` does."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return f"Secret({HIDDEN!r})" if self._value else "Secret('')"

    def __bool__(self) -> bool:
        """True where the text is more than white space."""
        return bool(self._value.strip())


class Redactor:
    """Hides ``secrets``, the configured values, and what is held under a name like that of a secret.

    A field called ``key`` or ``keys`` is shown where it holds nothing but some of ``names``, those of settings.
    """

    def __init__(self, secrets: Iterable[str] = (), names: Iterable[str] = ()) -> None:
        self._secrets = frozenset(secrets)
        self._names = frozenset(names)
        self._prepare()

    def add(self, secret: str) -> None:
        """Hide ``secret`` too from now on: one that no configuration knew."""
        if secret not in self._secrets:
            self._secrets |= {secret}
            self._prepare()

    def redact(self, value: object) -> Any:
        """``value`` in JSON types, without secrets; what cannot be shown is named by its type. Never raises."""
        return _Walk(self._scrub, self._scrub_name, self._names).visit(value, 0)

    def _prepare(self) -> None:
        self._scrub = Scrubber(self._secrets)
        self._scrub_name = lru_cache(maxsize=256)(self._scrub)  # records have the same fields each time


@dataclasses.dataclass(slots=True)
class _Walk:
    """One structure on its way to plain types, with what is left of its allowance."""

    _scrub: Callable[[str], str]
    _scrub_name: Callable[[str], str]
    _names: frozenset[str]
    _left: int = _MAX_ITEMS

    def visit(self, value: object, depth: int) -> Any:
        kind = type(value)
        if kind is str:
            return self._scrub(value)  # type: ignore[arg-type]
        if value is None or kind is bool:
            return value
        try:
            if isinstance(value, int | float):
                text = str(value)
                if self._scrub(text) != text:  # a secret may be all digits
                    return HIDDEN
                return +value if math.isfinite(value) else text
            if depth >= _MAX_DEPTH or self._left <= 0:
                return f"<{kind.__name__}>"
            return self._compound(value, depth + 1)
        except Exception:  # a hostile __repr__ or mapping must not cost us the log line
            return f"<{kind.__name__}>"

    def _compound(self, value: Any, depth: int) -> Any:
        if isinstance(value, Mapping):
            return self._mapping(value.items(), depth)
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return self._mapping(((f.name, getattr(value, f.name)) for f in dataclasses.fields(value)), depth)
        if isinstance(value, tuple) and hasattr(value, "_fields"):  # a named tuple: aiohttp.BasicAuth is one
            return self._mapping(zip(value._fields, value, strict=False), depth)
        if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], str | bytes):  # a header, a pair
            return [self.visit(value[0], depth), self._held(_text(value[0]), value[1], depth)]
        if isinstance(value, Collection) and not isinstance(value, str | bytes | bytearray):
            return self._sequence(value, depth)
        if isinstance(value, BaseException):
            told = self._sequence(value.args, depth) if holds_structures(value) else value
            return self._scrub(f"{type(value).__name__}: {told}")
        return self._scrub(_text(value))

    def _mapping(self, items: Iterable[tuple[Any, Any]], depth: int) -> dict[str, Any]:
        shown: dict[str, Any] = {}
        for name, item in items:
            # Each field of a record has an allowance of its own: one that is endless hides none of the others.
            self._left = _MAX_ITEMS if depth == 1 else self._left - 1
            if self._left < 0 or len(shown) == _MAX_FIELDS:
                shown["…"] = "more"
                break
            text = _text(name)
            shown[self._scrub_name(text)] = self._held(text, item, depth)
        if "code" in shown and "state" in shown:  # the parsed query of an OAuth callback
            shown["code"] = shown["state"] = HIDDEN
        return shown

    def _held(self, name: str, item: Any, depth: int) -> Any:
        if not is_sensitive(name):
            return self.visit(item, depth)
        words = item if isinstance(item, list | tuple) else [item]
        are_settings = name in ("key", "keys") and all(isinstance(w, str) and w in self._names for w in words)
        return self.visit(item, depth) if are_settings else HIDDEN

    def _sequence(self, items: Iterable[object], depth: int) -> list[Any]:
        shown: list[Any] = []
        for item in items:
            self._left -= 1
            if self._left < 0:
                return [*shown, "… more"]
            shown.append(self.visit(item, depth))
        return shown


def holds_structures(error: BaseException) -> bool:
    """Whether the text of ``error`` is nothing but that of its arguments, and structures are among them."""
    return type(error).__str__ is BaseException.__str__ and not all(
        isinstance(argument, str | int | float | None) for argument in error.args
    )


def _text(value: object) -> str:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes | bytearray) else str(value)
