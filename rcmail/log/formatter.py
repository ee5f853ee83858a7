"""One record as one JSON object without secrets.

Redaction sits here, in the formatter of the one handler, so nothing that is logged can go around it.
"""

import copy
import json
import logging
import time
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, Final

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

from rcmail.log.entries import CORE, LEVELS
from rcmail.log.redaction import Redactor, holds_structures

_COMPONENTS: Final = {"aiohttp": "http", "aiopg": "db", "yoyo": "db", "psycopg2": "db"}
# Characters in a line. journalctl(1): with -o json a field of more than 4096 bytes is shown as null.
MAX_LINE: Final = 32_000
MAX_JOURNAL_LINE: Final = 4_000
_ENCODE: Final = json.JSONEncoder(check_circular=False).encode
_STRUCTURES: Final = (Mapping, list, tuple, set, frozenset, BaseException)

request_id: Final[ContextVar[str]] = ContextVar("request_id", default="")
"""What the request that is being served is called, in each of its records; empty outside of one."""


@lru_cache(maxsize=256)
def component(logger_name: str) -> str:
    """The component a logger speaks for: ``rcmail.db.pool`` → ``db``, ``aiohttp.server`` → ``http``."""
    first, _, rest = logger_name.partition(".")
    if first == "rcmail" and rest:
        return rest.partition(".")[0]
    return _COMPONENTS.get(first, "app")


@lru_cache(maxsize=8)
def _second(seconds: int) -> str:
    """RFC 3339 in UTC without a zone, of whole seconds since 1970."""
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))


def rank(level: int) -> int:
    """The place in LEVELS; a library's own level counts as the one below it."""
    return min(max(level // 10, 1), 5) - 1


class RedactingFormatter(JsonFormatter):
    """One record as one JSON object without secrets: timestamp, level, service, event, then the context."""

    def __init__(self, redactor: Redactor, limit: int = MAX_LINE) -> None:
        super().__init__(
            [],  # no field by itself: the message is our "event"
            rename_fields={"exc_info": "exception", "stack_info": "stack"},
            reserved_attrs=[*RESERVED_ATTRS, "color_message"],
        )
        self._redactor = redactor
        self._limit = limit
        # No context can forge the fields that each entry has.
        self._not_context: Final = frozenset(self.reserved_attrs).union(CORE)

    def format(self, record: logging.LogRecord) -> str:
        try:
            return super().format(self._with_safe_arguments(record))
        except Exception as error:  # e.g. "%d" with a text: the line comes out all the same, and says so
            return super().format(_spoilt(record, error))

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        context = {
            name: value
            for name, value in record.__dict__.items()
            if name not in self._not_context and not str(name).startswith("_")
        }
        if message_dict:
            given = {self.rename_fields.get(name, name): value for name, value in message_dict.items()}
            context = {name: value for name, value in given.items() if name not in CORE} | context
        log_data["timestamp"] = f"{_second(int(record.created))}.{int(record.created % 1 * 1000):03d}Z"
        log_data["level"] = LEVELS[rank(record.levelno)]
        log_data["service"] = component(record.name)
        event = record.message or str(message_dict.get("event", ""))
        log_data.update(self._redactor.redact({"event": event, **context}))
        if request := request_id.get():  # ours, and each time another one: nothing to redact
            log_data["request_id"] = request

    def jsonify_log_record(self, log_data: Any) -> str:
        line: str = _ENCODE(log_data)  # ASCII: no terminator of any kind, nothing a terminal obeys
        return line if len(line) <= self._limit else _fitted(log_data, self._limit)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        text = str(super().formatException(ei))
        for error in _chain(ei[1]):
            if holds_structures(error):
                text = text.replace(f"{type(error).__name__}: {error}", self._redactor.redact(error))
        return text

    def _with_safe_arguments(self, record: logging.LogRecord) -> logging.LogRecord:
        """Structures are redacted by name before they become part of a text."""
        arguments = record.args
        if not arguments:
            return record
        safe: Any
        if isinstance(arguments, Mapping):
            safe = self._redactor.redact(arguments)
        elif any(isinstance(argument, _STRUCTURES) for argument in arguments):
            safe = tuple(self._redactor.redact(a) if isinstance(a, _STRUCTURES) else a for a in arguments)
        else:
            return record
        record = copy.copy(record)
        record.args = safe
        return record


def _spoilt(record: logging.LogRecord, error: Exception) -> logging.LogRecord:
    try:
        text = str(record.msg)
    except Exception:  # a hostile __str__
        text = f"<{type(record.msg).__name__}>"
    spoilt = logging.LogRecord(record.name, record.levelno, record.pathname, record.lineno, text, None, None)
    spoilt.created = record.created
    spoilt.log_error = type(error).__name__
    return spoilt


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """``error`` and everything that its traceback tells about: causes, contexts, the members of a group."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting += [each.__cause__, each.__context__]
        if isinstance(each, BaseExceptionGroup):
            waiting += each.exceptions


def _fitted(data: dict[str, Any], limit: int) -> str:
    """``data`` as a line of at most ``limit`` characters: its longest values lose their middle."""
    data = dict(data)
    for share in (limit // 2, limit // 8, limit // 40):
        for name, value in data.items():
            if name not in CORE[:3] and len(_ENCODE(value)) > share:
                data[name] = _shortened(value if isinstance(value, str) else _ENCODE(value), share)
        line: str = _ENCODE(data)
        if len(line) <= limit:
            return line
    core = {name: data[name] for name in CORE}
    return _ENCODE(core | {"log_error": "TooLong", "left_out": len(data) - len(core)})


def _shortened(text: str, limit: int) -> str:
    keep = limit // 2
    while True:
        shown = f"{text[:keep]} … [{len(text) - 2 * keep} characters left out] … {text[len(text) - keep :]}"
        if len(_ENCODE(shown)) <= limit or keep < 8:
            return shown
        keep = keep * 2 // 3
