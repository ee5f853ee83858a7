"""Logging: one JSON object a line on stdout, for every record of every library."""

import logging
import os
import sys
import threading
import warnings
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import IO, Final, Literal

from rcmail.log.console import readable
from rcmail.log.entries import RecentEntries
from rcmail.log.formatter import MAX_JOURNAL_LINE, MAX_LINE, RedactingFormatter, rank
from rcmail.log.output import Output
from rcmail.log.redaction import Redactor

LogFormat = Literal["auto", "json", "console"]

# sd-daemon(3): a line that begins with "<N>" goes to the journal with syslog priority N.
_PRIORITIES: Final = ("<7>", "<6>", "<4>", "<3>", "<2>")
# Seconds; the service has 5 to end.
_LAST_MOMENT: Final = 0.4

logger = logging.getLogger("rcmail.app")

recent: Final = RecentEntries()
"""The latest entries of this process."""

_redactor = Redactor()


def redactor() -> Redactor:
    """The one in use: for what is shown and was not logged by this process."""
    return _redactor


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
            return "\n".join(_PRIORITIES[rank(level)] + part for part in text.split("\n")) if to_journal else text

        return console
    if to_journal:
        return lambda line, level: _PRIORITIES[rank(level)] + line
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
