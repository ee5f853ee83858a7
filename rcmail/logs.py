"""Logging: one JSON object a line on stdout, for every record of every library.

Redaction sits in the formatter of the one handler, so nothing that is logged can go around it.
"""

import logging
import os
import sys
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import IO, Any, Final, Literal

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

from rcmail.redaction import Redactor

LogFormat = Literal["auto", "json", "console"]

# sd-daemon(3): a line that begins with "<N>" goes to the journal with syslog priority N.
_PRIORITY: Final = {
    logging.DEBUG: "<7>",
    logging.INFO: "<6>",
    logging.WARNING: "<4>",
    logging.ERROR: "<3>",
    logging.CRITICAL: "<2>",
}
_COMPONENTS: Final = {"aiohttp": "http", "aiopg": "db", "yoyo": "db", "psycopg2": "db"}
_COLOURS: Final = {"WARNING": "\x1b[33m", "ERROR": "\x1b[31m", "CRITICAL": "\x1b[31;1m", "DEBUG": "\x1b[2m"}
_CORE: Final = ("timestamp", "level", "service", "event")


def component(logger_name: str) -> str:
    """The component a logger speaks for: ``rcmail.db.pool`` → ``db``, ``aiohttp.server`` → ``http``."""
    first, _, rest = logger_name.partition(".")
    if first == "rcmail" and rest:
        return rest.partition(".")[0]
    return _COMPONENTS.get(first, "app")


class RedactingFormatter(JsonFormatter):
    """One record as one JSON object without secrets: timestamp, level, service, event, then the context."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__(
            [],  # no field by itself: the message is our "event"
            rename_fields={"exc_info": "exception", "stack_info": "stack"},
            reserved_attrs=[*RESERVED_ATTRS, "color_message"],
        )
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        try:
            return super().format(record)
        except Exception as error:  # e.g. "%d" with a text: the line comes out all the same, and says so
            spoilt = logging.LogRecord(
                record.name, record.levelno, record.pathname, record.lineno, str(record.msg), None, None
            )
            spoilt.log_error = type(error).__name__
            return super().format(spoilt)

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        core = {
            "timestamp": datetime.fromtimestamp(record.created, UTC)
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z"),
            "level": record.levelname,
            "service": component(record.name),
            "event": record.message or str(message_dict.get("event", "")),
        }
        log_data.update(core)  # first, so that they lead the line
        super().add_fields(log_data, record, message_dict)
        log_data.update(core)  # and last, so that no context can forge them

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        shown: dict[str, Any] = self._redactor.redact(log_data)
        return shown


class ConsoleFormatter(RedactingFormatter):
    """The same record for a person at a terminal: ``19:03:11 INFO  db  connected  attempt=1``."""

    def __init__(self, redactor: Redactor, *, colour: bool) -> None:
        super().__init__(redactor)
        self._colour = colour

    def jsonify_log_record(self, log_data: Any) -> str:
        exception = str(log_data.pop("exception", ""))
        timestamp, level, service, event = (str(log_data.pop(name)) for name in _CORE)
        context = " ".join(f"{name}={_quoted(value)}" for name, value in log_data.items())
        time = datetime.fromisoformat(timestamp).astimezone().strftime("%H:%M:%S")
        line = f"{time} {level:<7} {service:<7} {_printable(event)}  {context}".rstrip()
        if self._colour and level in _COLOURS:
            line = f"{_COLOURS[level]}{line}\x1b[0m"
        return "\n".join([line, *(_printable(part) for part in exception.splitlines())])


class JournalFormatter(RedactingFormatter):
    """JSON with the priority that journald reads off the beginning of the line."""

    def format(self, record: logging.LogRecord) -> str:
        return _PRIORITY.get(record.levelno, "<6>") + super().format(record)


def _printable(text: str) -> str:
    """``text`` without the control characters that a terminal would obey."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _quoted(value: object) -> str:
    text = _printable(value if isinstance(value, str) else str(value))
    return f'"{text}"' if not text or " " in text else text


def _is_journal(stream: IO[str]) -> bool:
    """Whether ``stream`` is connected to journald: systemd.exec(5), ``$JOURNAL_STREAM`` is ``device:inode``."""
    try:
        stat = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return False
    return os.environ.get("JOURNAL_STREAM") == f"{stat.st_dev}:{stat.st_ino}"


def _formatter(stream: IO[str], style: LogFormat, redactor: Redactor) -> logging.Formatter:
    if style == "console" or (style == "auto" and stream.isatty()):
        return ConsoleFormatter(redactor, colour=stream.isatty() and "NO_COLOR" not in os.environ)
    return JournalFormatter(redactor) if _is_journal(stream) else RedactingFormatter(redactor)


def configure(
    level: str = "INFO",
    style: LogFormat = "auto",
    secrets: Iterable[str] = (),
    stream: IO[str] | None = None,
) -> None:
    """Send every record of this process, at ``level`` and above, to ``stream`` (stdout); may be called again.

    ``secrets`` are the values that must appear nowhere.
    """
    stream = stream or sys.stdout
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(stream, style, Redactor(secrets)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.captureWarnings(True)
    # The default answer to a failed write is a traceback with the raw arguments on stderr.
    logging.raiseExceptions = False
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda args: _log_uncaught(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )


def _log_uncaught(kind: type[BaseException], error: BaseException, traceback: TracebackType | None = None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("rcmail.app").critical("uncaught_exception", exc_info=(kind, error, traceback))
