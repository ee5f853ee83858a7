"""Logging: one JSON object a line on stdout, for every record of every library.

Redaction sits in the formatter of the one handler, so nothing that is logged can go around it.
"""

import copy
import json
import logging
import os
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from functools import lru_cache
from types import TracebackType
from typing import IO, Any, Final, Literal

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

from rcmail.console import readable
from rcmail.entries import CORE, LEVELS, RecentEntries
from rcmail.output import Output
from rcmail.redaction import Redactor, holds_structures

LogFormat = Literal["auto", "json", "console"]

# sd-daemon(3): a line that begins with "<N>" goes to the journal with syslog priority N.
_PRIORITIES: Final = ("<7>", "<6>", "<4>", "<3>", "<2>")
_COMPONENTS: Final = {"aiohttp": "http", "aiopg": "db", "yoyo": "db", "psycopg2": "db"}
# Characters in a line. journalctl(1): with -o json a field of more than 4096 bytes is shown as null.
MAX_LINE: Final = 32_000
MAX_JOURNAL_LINE: Final = 4_000
# Seconds; the service has 5 to end.
_LAST_MOMENT: Final = 0.4
_ENCODE: Final = json.JSONEncoder(check_circular=False).encode
_STRUCTURES: Final = (Mapping, list, tuple, set, frozenset, BaseException)

logger = logging.getLogger("rcmail.app")

request_id: Final[ContextVar[str]] = ContextVar("request_id", default="")
"""What the request that is being served is called, in each of its records; empty outside of one."""

recent: Final = RecentEntries()
"""The latest entries of this process."""

_redactor = Redactor()


def redactor() -> Redactor:
    """The one in use: for what is shown and was not logged by this process."""
    return _redactor


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


def _rank(level: int) -> int:
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
            given = {self._get_rename(name): value for name, value in message_dict.items()}
            context = {name: value for name, value in given.items() if name not in CORE} | context
        log_data["timestamp"] = f"{_second(int(record.created))}.{int(record.created % 1 * 1000):03d}Z"
        log_data["level"] = LEVELS[_rank(record.levelno)]
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
                text = text.replace(str(error), self._redactor.message(error))
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


class EntryHandler(logging.StreamHandler[IO[str]]):
    """Writes each entry in the style of its reader, and keeps it for the page."""

    def __init__(self, stream: IO[str], formatter: RedactingFormatter, style: Callable[[str, int], str]) -> None:
        super().__init__(stream)
        self.setFormatter(formatter)
        self._style = style
        self._encoding = getattr(stream, "encoding", None) or "utf-8"
        self._output = None if (descriptor := _descriptor(stream)) is None else Output(descriptor, _tell_lost)

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        recent.append(line)
        return self._style(line, record.levelno)

    def emit(self, record: logging.LogRecord) -> None:
        if self._output is None:
            super().emit(record)
            return
        try:
            line = self.format(record) + self.terminator
            self._output.write(line.encode(self._encoding, "backslashreplace"))
        except Exception:
            self.handleError(record)

    def flush(self) -> None:
        """At the end of the process: what waits gets a moment to be read, and no more."""
        if self._output is None:
            super().flush()
        else:
            self._output.flush(_LAST_MOMENT)


def _descriptor(stream: IO[str]) -> int | None:
    try:
        return stream.fileno()
    except (OSError, ValueError):  # it writes into memory
        return None


def _tell_lost(count: int) -> None:
    logger.warning("log_entries_lost", extra={"count": count})


def is_journal(stream: IO[str] | None = None) -> bool:
    """Whether ``stream`` (stdout) leads to journald: systemd.exec(5), ``$JOURNAL_STREAM`` is ``device:inode``."""
    try:
        stat = os.fstat((stream or sys.stdout).fileno())
    except (OSError, ValueError):
        return False
    return os.environ.get("JOURNAL_STREAM") == f"{stat.st_dev}:{stat.st_ino}"


def _style(stream: IO[str], style: LogFormat) -> Callable[[str, int], str]:
    to_journal = is_journal(stream)
    if style == "console" or (style == "auto" and stream.isatty()):
        colour = stream.isatty() and "NO_COLOR" not in os.environ
        encoding = getattr(stream, "encoding", None) or "utf-8"

        def console(line: str, level: int) -> str:
            text = readable(line, colour=colour).encode(encoding, "backslashreplace").decode(encoding)
            # Every line that is written is an entry of the journal.
            return "\n".join(_PRIORITIES[_rank(level)] + part for part in text.split("\n")) if to_journal else text

        return console
    if to_journal:
        return lambda line, level: _PRIORITIES[_rank(level)] + line
    return lambda line, _level: line


def configure(
    level: str = "INFO",
    style: LogFormat = "auto",
    secrets: Iterable[str] = (),
    stream: IO[str] | None = None,
    names: Iterable[str] = (),
) -> None:
    """Send every record of this process, at ``level`` and above, to ``stream`` (stdout); may be called again.

    ``secrets`` are the values that must appear nowhere, ``names`` those of settings, which may.
    """
    global _redactor
    stream = stream or sys.stdout
    _redactor = Redactor(secrets, names)
    limit = MAX_JOURNAL_LINE if is_journal(stream) else MAX_LINE
    root = logging.getLogger()
    root.handlers[:] = [EntryHandler(stream, RedactingFormatter(_redactor, limit), _style(stream, style))]
    root.setLevel(level)
    # The default answer to a failed write is a traceback with the raw arguments on stderr.
    logging.raiseExceptions = False
    # https://docs.python.org/3/howto/logging.html#optimization: what no entry shows is not looked up for each.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging.logAsyncioTasks = False  # type: ignore[attr-defined, unused-ignore]  # from Python 3.12 on
    logging.captureWarnings(True)
    warnings.showwarning = _log_warning
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda args: _log_uncaught(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )
    sys.unraisablehook = _log_unraisable


def _log_uncaught(kind: type[BaseException], error: BaseException, traceback: TracebackType | None = None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logger.critical("uncaught_exception", exc_info=(kind, error, traceback))


def _log_unraisable(unraisable: "sys.UnraisableHookArgs") -> None:
    """sys.unraisablehook: an error in a ``__del__`` or a callback of the interpreter."""
    error = unraisable.exc_value or unraisable.exc_type()
    exc_info = (unraisable.exc_type, error, unraisable.exc_traceback)
    logger.error("unraisable_exception", exc_info=exc_info, extra={"where": unraisable.err_msg})


def _log_warning(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, *_: object, **_more: object
) -> None:
    logger.warning(
        "python_warning",
        extra={"category": category.__name__, "text": str(message), "where": f"{filename}:{lineno}"},
    )
