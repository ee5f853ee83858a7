"""The log chain: one record, one JSON line, from whichever library and however it fails."""

import asyncio
import gc
import io
import json
import logging
import os
import pty
import re
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rcmail.log import setup as log
from rcmail.log.formatter import MAX_LINE, RedactingFormatter
from rcmail.log.redaction import Redactor
from rcmail.log.setup import LogFormat
from rcmail.process.loop import ErrorLog
from tests.support import SECRET_KEY, clean_environment, run_rcmail

MILLISECOND = timedelta(milliseconds=1)
PASSWORD = "kQ7-configured-pass/word@1"
LIBRARIES = {
    "rcmail.db.pool": "db",
    "rcmail.web.health": "web",
    "aiohttp.server": "http",
    "aiopg.pool": "db",
    "psycopg2.pool": "db",
    "yoyo.migrations": "db",
    "backoff": "app",
    "asyncio": "app",
    "some.other": "app",
}


class Written:
    """What has been logged since this was made."""

    def __init__(self, style: LogFormat = "json", level: str = "DEBUG") -> None:
        self.stream = io.StringIO()
        log.configure(level, style, [PASSWORD, SECRET_KEY], self.stream, ["llm_model"])

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def written() -> Written:
    return Written()


@pytest.mark.parametrize("name", LIBRARIES)
def test_a_record_of_any_library_is_one_json_line_with_its_service(written: Written, name: str) -> None:
    logging.getLogger(name).warning("something %s\nin two lines", "happened", extra={"attempt": 1})
    (record,) = written.records
    assert list(record)[:4] == ["timestamp", "level", "service", "event"]
    assert record.pop("timestamp").endswith("Z")
    assert record == {
        "level": "WARNING",
        "service": LIBRARIES[name],
        "event": "something happened\nin two lines",
        "attempt": 1,
    }


@given(st.floats(0, 4e9))
@example(1767225599.9999)
@example(1767225600.0)
@example(951782400.001)
def test_the_timestamp_is_the_moment_of_the_record_in_utc_cut_to_milliseconds(moment: float) -> None:
    formatter = RedactingFormatter(Redactor())
    record = logging.LogRecord("rcmail.app", logging.INFO, __file__, 1, "event", None, None)
    record.created = moment
    told = json.loads(formatter.format(record))["timestamp"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", told)
    assert timedelta() <= datetime.fromtimestamp(moment, UTC) - datetime.fromisoformat(told) <= MILLISECOND


def test_no_context_can_forge_the_fields_that_every_line_has(written: Written) -> None:
    forged = {"timestamp": "1999", "level": "DEBUG", "service": "evil", "event": "other", "request_id": "mine"}
    logging.getLogger("rcmail.db").error("real", extra=forged)
    (record,) = written.records
    assert (record["level"], record["service"], record["event"]) == ("ERROR", "db", "real")
    assert not record["timestamp"].startswith("1999")


def test_a_dictionary_as_message_keeps_its_event_and_its_context(written: Written) -> None:
    logging.getLogger("rcmail.db").info({"event": "connected", "password": PASSWORD, "port": 5432})
    (record,) = written.records
    assert (record["event"], record["password"], record["port"]) == ("connected", "[redacted]", 5432)


@given(st.text(), st.dictionaries(st.text(min_size=1), st.text() | st.integers() | st.binary()))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_record_is_one_line_of_ascii_whatever_is_in_it(event: str, context: dict[str, Any]) -> None:
    written = Written()
    logging.getLogger("rcmail.http").info("%s", event, extra={"context": context})
    assert written.text.isascii()
    assert written.text.count("\n") == 1
    assert written.text[:-1].isprintable()
    assert json.loads(written.text)["service"] == "http"


class Hostile:
    def __str__(self) -> str:
        raise RuntimeError("no")

    __repr__ = __str__


@pytest.mark.parametrize(
    ("message", "arguments", "extra"),
    [
        ("%d apples", ("many",), {}),
        ("%s and %s", ("one",), {}),
        ("plain", (), {"held": Hostile()}),
        ("%s", (Hostile(),), {}),
        (Hostile(), (), {}),
        ("plain", (), {"held": object(), "set": {1}, "bytes": b"\xff", "huge": 10**5000}),
        ("surrogate \ud800", (), {}),
    ],
)
def test_a_record_that_cannot_be_written_as_it_is_still_comes_out(
    written: Written, message: Any, arguments: tuple[Any, ...], extra: dict[str, Any]
) -> None:
    logging.getLogger("rcmail.app").info(message, *arguments, extra=extra)
    (record,) = written.records
    assert record["level"] == "INFO"
    assert record["event"]


def test_structures_among_the_arguments_are_redacted_by_name(written: Written) -> None:
    log = logging.getLogger("some.library")
    log.info("got %s from %r", {"password": {"inner": "wN3-held"}}, [("token", "wN3-held")])
    log.info("got %(password)s", {"password": "wN3-held"})
    log.info("failed: %s", RuntimeError({"api_key": ["wN3-held"]}))
    assert len(written.records) == 3
    assert "wN3" not in written.text


def test_no_secret_is_in_a_traceback_however_it_came_about(written: Written) -> None:
    try:
        try:
            psycopg2.connect(f"host=/nowhere user=u password='{PASSWORD}' dbname=x bad")
        except psycopg2.Error as error:
            raise ExceptionGroup(
                "both",
                [ValueError({"password": {"inner": "wN3-held"}}), OSError(f"postgresql://u:{PASSWORD}@h/db")],
            ) from error
    except ExceptionGroup:
        logging.getLogger("rcmail.db").exception("failed", stack_info=True)
    (record,) = written.records
    assert "ExceptionGroup: both" in record["exception"]
    assert "postgresql://u:[redacted]@h/db" in record["exception"]
    assert "Stack" in record["stack"]
    assert "wN3" not in written.text
    assert "configured-pass" not in written.text


def test_a_warning_is_a_record(written: Written) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        log.configure("INFO", "json", [PASSWORD], written.stream)
        warnings.warn(f"do not use {PASSWORD}", DeprecationWarning, stacklevel=1)
    (record,) = written.records
    assert (record["level"], record["event"]) == ("WARNING", "python_warning")
    assert (record["category"], record["text"]) == ("DeprecationWarning", "do not use [redacted]")


def test_an_exception_that_nobody_catches_is_a_record(written: Written) -> None:
    thread = threading.Thread(target=lambda: int(PASSWORD))
    thread.start()
    thread.join()

    class Broken:
        def __del__(self) -> None:
            raise ValueError(PASSWORD)

    Broken()
    gc.collect()
    sys.excepthook(ValueError, ValueError(PASSWORD), None)
    names = [record["event"] for record in written.records]
    assert names == ["uncaught_exception", "unraisable_exception", "uncaught_exception"]
    assert "ValueError: [redacted]" in written.records[1]["exception"]
    assert "configured-pass" not in written.text


async def test_a_task_that_fails_unseen_is_a_record(written: Written) -> None:
    asyncio.get_running_loop().set_exception_handler(ErrorLog())

    async def fail() -> None:
        raise ValueError(PASSWORD)

    task = asyncio.create_task(fail(), name="the one that fails")
    await asyncio.wait([task])
    del task
    gc.collect()
    asyncio.get_running_loop().call_soon(lambda: int(PASSWORD))
    await asyncio.sleep(0.01)
    failed, broken = (record for record in written.records if record["level"] == "ERROR")
    assert (failed["event"], failed["task"]) == ("task_failed", "the one that fails")
    assert "ValueError: [redacted]" in failed["exception"]
    assert broken["event"] == "event_loop_error"
    assert "configured-pass" not in written.text


def test_a_crash_of_the_process_is_a_record_and_nothing_is_on_stderr(folder: Path) -> None:
    (folder / "crash").mkdir()
    script = (
        "import sys; from rcmail.log import setup as log; log.configure('INFO', 'json', [sys.argv[1]])\n"
        "raise SystemError(f'postgresql://u:{sys.argv[1]}@h, {sys.argv[1]!r}')"
    )
    import subprocess

    result = subprocess.run(
        [sys.executable, "-c", script, PASSWORD],
        env=clean_environment(),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert result.stderr == ""
    assert json.loads(result.stdout)["event"] == "uncaught_exception"
    assert "configured-pass" not in result.stdout


def test_until_the_configuration_is_read_the_environment_tells_what_is_secret(folder: Path) -> None:
    env = clean_environment(SECRET_KEY="short-kQ7", POSTGRES_PASSWORD=PASSWORD, HTTP_PORT=PASSWORD)
    result = run_rcmail("serve", env=env, cwd=folder)
    assert result.returncode == 78
    assert "kQ7" not in result.stdout + result.stderr


def test_a_long_record_is_cut_in_its_middle_and_still_one_line_of_json(written: Written) -> None:
    logging.getLogger("rcmail.db").error(
        "x" * 500_000, extra={"exception": "y" * 500_000, "many": ["é" * 99] * 999}
    )
    (line,) = written.text.splitlines()
    assert len(line) <= MAX_LINE
    assert "characters left out" in json.loads(line)["exception"]


def test_a_record_of_a_thousand_fields_still_comes_out(written: Written) -> None:
    logging.getLogger("rcmail.db").error("event", extra={f"field{n}": "z" * 900 for n in range(1000)})
    (line,) = written.text.splitlines()
    assert len(line) <= MAX_LINE
    assert json.loads(line)["event"] == "event"


LEVELS = [(10, "<7>", "DEBUG"), (20, "<6>", "INFO"), (25, "<6>", "INFO"), (30, "<4>", "WARNING")]
LEVELS += [(40, "<3>", "ERROR"), (50, "<2>", "CRITICAL")]


@pytest.mark.parametrize(("level", "prefix", "name"), LEVELS)
def test_in_the_journal_a_line_begins_with_its_priority_and_fits_its_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, level: int, prefix: str, name: str
) -> None:
    path = tmp_path / "journal"
    with path.open("w") as stream:
        stat = os.fstat(stream.fileno())
        monkeypatch.setenv("JOURNAL_STREAM", f"{stat.st_dev}:{stat.st_ino}")
        log.configure("DEBUG", "auto", stream=stream)
        logging.getLogger("rcmail.db").log(level, "event", extra={"long": "x" * 9_000})
    line = path.read_text()
    assert line.startswith(prefix + "{")
    assert len(line) <= 4096
    assert json.loads(line[3:])["level"] == name


def test_a_service_of_systemd_with_its_output_elsewhere_writes_no_priority(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNAL_STREAM", "1:2")
    with (tmp_path / "file").open("w") as stream:
        log.configure("INFO", "auto", stream=stream)
        logging.getLogger("rcmail.db").info("event")
    assert (tmp_path / "file").read_text().startswith('{"timestamp"')


@pytest.fixture
def terminal() -> Iterator[tuple[Any, Callable[[], str]]]:
    """A pseudo-terminal to write to, and what arrives at it."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as stream:
        yield stream, lambda: os.read(ours, 65536).decode().replace("\r\n", "\n")
    os.close(ours)


def test_on_a_terminal_lines_are_readable_and_coloured_and_steer_nothing(
    terminal: tuple[Any, Callable[[], str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream, read = terminal
    log.configure("INFO", "auto", [PASSWORD], stream)
    logging.getLogger("rcmail.db").warning("lost\x1b[2J\n", extra={"attempt": 2, "why": f"a {PASSWORD}\u2028b"})
    text = read()
    assert text.startswith("\x1b[33m")
    assert text.endswith("\x1b[0m\n")
    assert 'WARNING db      lost\\x1b[2J\\n  attempt=2 why="a [redacted]\\u2028b"' in text
    assert text.count("\x1b") == 2
    assert text.count("\n") == 1


def test_on_a_terminal_log_format_json_is_json(terminal: tuple[Any, Callable[[], str]]) -> None:
    stream, read = terminal
    log.configure("INFO", "json", stream=stream)
    logging.getLogger("rcmail.db").warning("event")
    assert json.loads(read())["event"] == "event"


def test_piped_lines_are_json_unless_console_is_asked_for() -> None:
    piped, asked = Written("auto"), io.StringIO()
    logging.getLogger("rcmail.db").warning("event")
    assert piped.records[0]["event"] == "event"
    log.configure("INFO", "console", stream=asked)
    try:
        raise ValueError("why")
    except ValueError:
        logging.getLogger("rcmail.db").exception("event")
    lines = asked.getvalue().splitlines()
    assert "ERROR   db      event" in lines[0]
    assert lines[1] == "Traceback (most recent call last):"
    assert lines[-1] == "ValueError: why"


def test_a_terminal_without_unicode_gets_escapes_rather_than_nothing() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    log.configure("INFO", "console", stream=stream)
    logging.getLogger("rcmail.db").info("Café", extra={"guest": "Zoë"})
    assert rb"Caf\xe9  guest=Zo\xeb" in raw.getvalue()


def test_of_several_threads_nothing_is_lost_and_nothing_mixed(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w") as stream:
        log.configure("INFO", "json", [PASSWORD], stream)

        def work(number: int) -> None:
            for count in range(500):
                logging.getLogger(f"rcmail.t{number}").info("event", extra={"count": count, "pad": "x" * 300})

        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    records = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    for number in range(8):
        counts = [record["count"] for record in records if record["service"] == f"t{number}"]
        assert counts == list(range(500))


def test_a_stream_that_cannot_be_written_costs_nobody_an_exception() -> None:
    stream = io.StringIO()
    log.configure("INFO", "json", stream=stream)
    stream.close()
    logging.getLogger("rcmail.db").info("event")
    assert "event" in log.recent.after()[1][-1]


def test_what_is_kept_for_the_page_is_redacted_already(written: Written) -> None:
    logging.getLogger("rcmail.db").info("a %s", PASSWORD, extra={"token": "wN3-held"})
    assert log.recent.after()[1][-1] == written.text.strip()
    assert "configured-pass" not in log.recent.after()[1][-1]
