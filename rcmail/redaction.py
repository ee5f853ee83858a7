"""Keeping secrets out of everything that is written down.

Two nets, because each has holes the other covers: by *name* (a field called ``refresh_token`` is
hidden whatever it holds) and by *value* (a configured secret is hidden wherever it turns up, in a
traceback as well as in another library's message; so are passwords inside URLs and DSNs).
"""

import dataclasses
import hmac
import math
import re
import urllib.parse
from collections.abc import Iterable, Mapping
from typing import Any, Final

HIDDEN: Final = "[redacted]"

# Shorter configured secrets are not searched for: hiding every "abc" would leave no log to read.
MIN_SCRUBBED_LENGTH: Final = 4
_MAX_DEPTH: Final = 12

_SENSITIVE_NAME = re.compile(r"token|secret|passw|credential|key", re.IGNORECASE)
# Words that hold "key" and open no door. A setting's *name* is logged as ``setting``, never as ``key``.
_HARMLESS_NAME = re.compile(
    r"(?:monkey|turkey|donkey|hockey|jockey|whiskey)s?|key(?:board|pad|stroke|word|note)s?", re.IGNORECASE
)
_URL_PASSWORD = re.compile(r"(\b[a-z][a-z0-9+.-]*://[^\s:/@\"'<>]*):[^\s/\"'<>]+@", re.IGNORECASE)
_ASSIGNMENT = re.compile(
    r"(\b[\w-]*(?:password|passwd|secret|token|credential|api_?key|secret_?key|private_?key)[\w-]*"
    r"[\"']?\s*[=:]\s*)(?:\"[^\"]*\"|'(?:[^'\\]|\\.)*'|[^\s,;&)\]}\"']+)",
    re.IGNORECASE,
)
_AUTHORIZATION = re.compile(r"\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}", re.IGNORECASE)


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


def is_sensitive(name: str) -> bool:
    """Whether a field of this name is hidden: the name holds token, secret, password, key or credential."""
    return _SENSITIVE_NAME.search(_HARMLESS_NAME.sub("", name)) is not None


class Redactor:
    """Hides secrets in texts and in structures.

    ``secrets`` are the configured secret values; each is also recognised URL-encoded and as ``repr`` shows it.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        forms: set[str] = set()
        for secret in secrets:
            stripped = secret.strip()
            if len(stripped) >= MIN_SCRUBBED_LENGTH:
                forms |= {
                    secret,
                    stripped,
                    urllib.parse.quote(stripped, safe=""),
                    urllib.parse.quote(stripped),
                    urllib.parse.quote_plus(stripped),
                    repr(stripped)[1:-1],
                }
        # The longest first: a secret that begins with another one must not leave its tail behind.
        longest_first = sorted(forms, key=len, reverse=True)
        self._values = re.compile("|".join(map(re.escape, longest_first))) if forms else None

    def scrub(self, text: str) -> str:
        """``text`` without the configured secrets and without passwords in URLs, DSNs and assignments."""
        if self._values is not None:
            text = self._values.sub(HIDDEN, text)
        # Each pattern needs one of these characters; most log lines have neither.
        if ":" in text or "=" in text:
            text = _URL_PASSWORD.sub(rf"\1:{HIDDEN}@", text)
            text = _ASSIGNMENT.sub(rf"\1{HIDDEN}", text)
        return _AUTHORIZATION.sub(rf"\1 {HIDDEN}", text) if " " in text else text

    def redact(self, value: object, depth: int = 0) -> Any:
        """``value`` as plain JSON types (dict, list, str, int, float, bool, None), without secrets.

        Never raises: what cannot be shown is named by its type.
        """
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self.scrub(str.__str__(value))
        if isinstance(value, int):
            return self._number(int(value))
        if isinstance(value, float):
            return self._number(float(value)) if math.isfinite(value) else str(value)
        if depth >= _MAX_DEPTH:
            return f"<{type(value).__name__}>"
        try:
            return self._compound(value, depth + 1)
        except Exception:  # a hostile __repr__ or mapping must not cost us the log line
            return f"<{type(value).__name__}>"

    def _number(self, value: int | float) -> int | float | str:
        """A secret may be all digits, and ``extra`` may hold it as a number."""
        if self._values is not None and self._values.search(str(value)):
            return HIDDEN
        return value

    def _compound(self, value: object, depth: int) -> Any:
        if isinstance(value, Secret):
            return HIDDEN
        if isinstance(value, Mapping):
            return {
                self.scrub(str(name)): HIDDEN if is_sensitive(str(name)) else self.redact(item, depth)
                for name, item in value.items()
            }
        if isinstance(value, list | tuple | set | frozenset):
            return [self.redact(item, depth) for item in value]
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
            return self._compound(fields, depth)
        if isinstance(value, bytes | bytearray):
            return self.scrub(value.decode("utf-8", "backslashreplace"))
        if isinstance(value, BaseException):
            return self.scrub(f"{type(value).__name__}: {value}")
        return self.scrub(str(value))
