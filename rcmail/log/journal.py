"""Reading the journal through journalctl(1); its JSON: https://systemd.io/JOURNAL_EXPORT_FORMATS/"""

import json
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from rcmail.clock import rfc3339
from rcmail.errors import RcmailError
from rcmail.log.entries import MAX_CHARACTERS, Entry, Filter
from rcmail.log.redaction import Redactor

# One reading: seconds, lines looked at, bytes in a line.
TIME_LIMIT: Final = 2.0
_MAX_LINES: Final = 20_000
_MAX_LINE: Final = 1024 * 1024
_FIELDS: Final = "MESSAGE,PRIORITY,SYSLOG_IDENTIFIER"
# syslog(3): 0 to 7.
_LEVELS: Final = ("CRITICAL", "CRITICAL", "CRITICAL", "ERROR", "WARNING", "INFO", "INFO", "DEBUG")
_PRIORITIES: Final = {"DEBUG": "debug", "INFO": "info", "WARNING": "warning", "ERROR": "err", "CRITICAL": "crit"}
_WORKER: Final = "rcmail-worker.service"
_CGROUP: Final = Path("/proc/self/cgroup")


class JournalUnreadable(RcmailError):
    """The journal cannot be read."""


class _CutOff(Exception):
    """The journal goes further back than one reading does."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Entries, the newest first."""

    entries: list[Entry]
    cut_off: str = ""
    """The time of the oldest entry looked at, where the limits of a reading left older ones unread."""


def own_unit(cgroup: Path = _CGROUP) -> str:
    """The systemd unit that this process belongs to, as cgroups(7) tells; ``rcmail.service`` where it doesn't."""
    try:
        last = cgroup.read_text().rstrip().rpartition("/")[2]
    except OSError:
        last = ""
    return last if last.endswith(".service") else "rcmail.service"


class Journal:
    """The entries of one unit and of the worker, of earlier runs too. Its methods block: run them in a thread."""

    def __init__(self, unit: str, redactor: Callable[[], Redactor], time_limit: float = TIME_LIMIT) -> None:
        self._unit = unit
        self._redactor = redactor
        self._time_limit = time_limit

    def read(self, wanted: Filter, limit: int) -> Reading:
        """At most ``limit`` entries that ``wanted`` matches, and no more after those of MAX_CHARACTERS.

        Raises JournalUnreadable.
        """
        entries: list[Entry] = []
        oldest = ""
        characters = 0
        with closing(self._lines(wanted.level)) as lines:
            try:
                for fields in lines:
                    entry = self._entry(fields)
                    oldest = entry.timestamp
                    if wanted.matches(entry):
                        entries.append(entry)
                        characters += len(entry.json)
                    if len(entries) == limit:
                        break
                    if characters > MAX_CHARACTERS:
                        return Reading(entries, oldest)
            except _CutOff:
                if oldest:
                    return Reading(entries, oldest)
        if not oldest:
            self._check(wanted.level)
        return Reading(entries)

    def _check(self, level: str) -> None:
        """This process has written to the journal, so one without a line is closed to us."""
        with closing(self._lines("")) as lines, suppress(_CutOff):
            if level and next(lines, None) is not None:
                return
        raise JournalUnreadable("this system user may not read it; add it to the group systemd-journal")

    def _lines(self, level: str) -> Generator[dict[str, Any], None, None]:
        """The fields of one entry after the other. Raises _CutOff where a limit ends them."""
        command = [
            "--unit",
            self._unit,
            "--unit",
            _WORKER,
            "--output=json",
            "--all",
            "--reverse",
            "--no-pager",
            "--quiet",
        ]
        command += [f"--lines={_MAX_LINES}", f"--output-fields={_FIELDS}"]
        if level:
            command.append(f"--priority={_PRIORITIES[level]}")
        with _running(command, self._time_limit) as process:
            assert process.stdout is not None  # noqa: S101 - for the type: it is a pipe
            number = 0
            while line := process.stdout.readline(_MAX_LINE):
                number += line.endswith(b"\n")
                try:
                    fields = json.loads(line)
                except ValueError:  # cut off by the limit, of bytes or of time
                    continue
                if isinstance(fields, dict):
                    yield fields
            if number >= _MAX_LINES or process.wait() == -signal.SIGKILL:
                raise _CutOff

    def _entry(self, fields: dict[str, Any]) -> Entry:
        """Ours as it was written; a line of systemd's, or what a crash left on stderr, as one entry each."""
        message = _text(fields.get("MESSAGE"))
        entry = Entry.parse(message)
        redact = self._redactor().redact
        if entry is not None:
            core = {"timestamp": entry.timestamp, "level": entry.level, "service": entry.service}
            return Entry(redact(entry.data) | core)
        return Entry(
            {
                "timestamp": _timestamp(fields.get("__REALTIME_TIMESTAMP")),
                "level": _LEVELS[_number(fields.get("PRIORITY"), 6) % 8],
                "service": redact(_text(fields.get("SYSLOG_IDENTIFIER")) or "systemd"),
                "event": redact(message),
            }
        )


@contextmanager
def _running(arguments: list[str], time_limit: float) -> Iterator[subprocess.Popen[bytes]]:
    """A journalctl to read from, which is killed with the block and after ``time_limit`` seconds."""
    program = shutil.which("journalctl")
    if program is None:
        raise JournalUnreadable("journalctl is not installed")
    try:
        process = subprocess.Popen(  # noqa: S603 - no shell, and no argument is a stranger's text
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise JournalUnreadable(f"journalctl could not be run: {error.strerror}") from error
    ending = threading.Timer(time_limit, process.kill)
    ending.daemon = True
    ending.start()
    try:
        yield process
    finally:
        ending.cancel()
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _text(value: object) -> str:
    """A field's value: a text; bytes as a list of numbers; several values as a list of texts; null."""
    if isinstance(value, list):
        if all(isinstance(each, int) for each in value):
            return bytes(each & 0xFF for each in value).decode("utf-8", "backslashreplace")
        return "\n".join(map(_text, value))
    return value if isinstance(value, str) else ""


def _number(value: object, otherwise: int) -> int:
    return int(value) if isinstance(value, str) and value.isdecimal() else otherwise


def _timestamp(value: object) -> str:
    """Of microseconds since 1970."""
    return rfc3339(datetime.fromtimestamp(_number(value, int(time.time() * 1e6)) / 1e6, UTC))
