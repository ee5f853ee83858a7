"""The command, from outside the process: exit codes, what it says, and that no failure is silent."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from psycopg2 import sql

from rcmail import __version__
from rcmail.config import PostgresConfig
from rcmail.db.embedded import EmbeddedPostgres
from rcmail.variables import PLACEHOLDER_SECRET_KEY
from tests.conftest import execute_as_superuser
from tests.support import SECRET_KEY, clean_environment, free_port, run_rcmail, service_environment

Env = dict[str, str]


def records(result: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    """Everything it logged; whatever is not a JSON object a line fails the test."""
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize("key", [None, PLACEHOLDER_SECRET_KEY, "tiny"])
def test_without_a_proper_secret_key_it_exits_78_with_one_line(key: str | None, folder: Path) -> None:
    env = clean_environment() | ({} if key is None else {"SECRET_KEY": key})
    result = run_rcmail("serve", env=env, cwd=folder)
    assert result.returncode == 78
    [record] = records(result)
    assert (record["event"], record["level"], record["variables"]) == (
        "config_invalid",
        "CRITICAL",
        ["SECRET_KEY"],
    )
    assert "openssl rand -hex 32" in record["problems"][0]
    assert result.stderr == ""
    assert key is None or key not in result.stdout


@pytest.mark.parametrize("command", ["serve", "dev", "check", "backup"])
def test_a_working_directory_that_was_deleted_is_told_and_no_traceback(command: str, folder: Path) -> None:
    result = subprocess.run(
        ["sh", "-c", 'rmdir "$PWD" && exec "$@"', "sh", sys.executable, "-m", "rcmail", command],
        cwd=folder,
        env=clean_environment(SECRET_KEY=SECRET_KEY),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 78
    assert records(result)[0]["problems"] == [
        "the working directory was deleted; go into a folder that exists (cd)"
    ]
    assert "Traceback" not in result.stdout + result.stderr


def test_the_working_directory_is_no_password(folder: Path) -> None:
    env = clean_environment(SECRET_KEY=SECRET_KEY, PWD=str(folder), OLDPWD=str(folder.parent))
    result = run_rcmail("--settings", str(folder / "absent.toml"), "serve", env=env, cwd=folder)
    assert records(result)[0]["variables"] == [str(folder / "absent.toml")]


def test_one_line_names_every_faulty_variable_and_no_value(folder: Path) -> None:
    env = clean_environment(SECRET_KEY="hunter22", HTTP_PORT="hunter23", POSTGRES_PORT="hunter24")
    result = run_rcmail("serve", env=env, cwd=folder)
    assert result.returncode == 78
    assert records(result)[0]["variables"] == ["HTTP_PORT", "POSTGRES_PORT", "SECRET_KEY"]
    assert "hunter2" not in result.stdout + result.stderr


def test_without_a_database_it_tries_five_times_with_growing_waits_and_exits_1(folder: Path) -> None:
    env = clean_environment(SECRET_KEY=SECRET_KEY, POSTGRES_HOST=str(folder), DB_CONNECT_DELAY_SECONDS="0.05")
    result = run_rcmail("serve", env=env, cwd=folder)
    assert result.returncode == 1
    logged = records(result)
    retries = [record for record in logged if record["event"] == "db_connect_retry"]
    assert [retry["attempt"] for retry in retries] == [1, 2, 3, 4]
    assert [retry["delay_seconds"] for retry in retries] == [0.05, 0.1, 0.2, 0.4]
    assert all(retry["service"] == "db" and retry["level"] == "WARNING" for retry in retries)
    assert [record["event"] for record in logged[-2:]] == ["db_connect_failed", "serve_failed"]
    assert "connection refused" in logged[-1]["reason"]


def test_a_wrong_password_is_not_tried_again(
    postgres: EmbeddedPostgres, database_config: PostgresConfig, folder: Path
) -> None:
    execute_as_superuser(postgres, sql.SQL("ALTER ROLE rcmail PASSWORD 'right'"))
    env = clean_environment(
        SECRET_KEY=SECRET_KEY,
        POSTGRES_HOST="127.0.0.1",
        POSTGRES_PORT=str(postgres.port),
        POSTGRES_DB=database_config.database,
        POSTGRES_PASSWORD="wr@ng:pass/word",
    )
    result = run_rcmail("serve", env=env, cwd=folder)
    assert result.returncode == 1
    assert [record["event"] for record in records(result)] == ["db_connect_failed", "serve_failed"]
    assert "POSTGRES_PASSWORD" in records(result)[-1]["reason"]
    assert "wr@ng:pass/word" not in result.stdout + result.stderr


@pytest.mark.parametrize(
    ("variable", "says"),
    [("POSTGRES_USER", "no such role"), ("POSTGRES_DB", "no such database")],
)
def test_a_missing_role_or_database_is_said_at_once(
    variable: str, says: str, service_env: Env, folder: Path
) -> None:
    result = run_rcmail("serve", env=service_env | {variable: "nobody_of_this_name"}, cwd=folder)
    assert result.returncode == 1
    assert says in records(result)[-1]["reason"]
    assert not [record for record in records(result) if record["event"] == "db_connect_retry"]


def test_a_port_in_use_exits_1_with_a_sentence(service_env: Env, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        env = service_env | {"HTTP_HOST": "127.0.0.1", "HTTP_PORT": port}
        result = run_rcmail("serve", env=env, cwd=folder)
    assert result.returncode == 1
    assert f"port {port} of 127.0.0.1 is in use by another program" in records(result)[-1]["reason"]


def test_an_address_of_another_machine_exits_1_with_a_sentence(service_env: Env, folder: Path) -> None:
    env = service_env | {"HTTP_HOST": "192.0.2.1", "HTTP_PORT": str(free_port()), "PASSWORD_REQUIRED": "true"}
    result = run_rcmail("serve", env=env, cwd=folder)
    assert result.returncode == 1
    assert "192.0.2.1 is not an address of this machine" in records(result)[-1]["reason"]


def test_a_stored_value_that_is_no_longer_valid_does_not_keep_the_service_from_starting(
    service_env: Env, postgres: EmbeddedPostgres, database_config: PostgresConfig, folder: Path
) -> None:
    from tests.support import serving

    execute_as_superuser(
        postgres,
        sql.SQL(
            "INSERT INTO settings (key, value)"
            " VALUES ('event_date', 'soon'), ('llm_endpoint', 'nowhere'), ('x', '')"
        ),
        database=database_config.database,
    )
    with serving(folder, service_env) as service:
        assert service.get("/", {"Accept": "text/html"}).status == 200
        [started] = service.events("startup_complete")
        assert (started["event_date"], started["llm_endpoint"]) == (None, None)
        [reported] = service.events("config_invalid_stored_value")
        assert reported["settings"] == ["event_date", "llm_endpoint"]
        assert service.stop() == 0


def test_migrate_brings_the_schema_up_to_date_and_says_when_it_is(
    empty_database: PostgresConfig, folder: Path
) -> None:
    env = service_environment(empty_database)
    first = run_rcmail("migrate", env=env, cwd=folder)
    second = run_rcmail("migrate", env=env, cwd=folder)
    assert (first.returncode, second.returncode) == (0, 0)
    assert records(first)[-1]["event"] == "db_migrated"
    assert [record["event"] for record in records(second)] == ["db_schema_current"]


def test_the_version_and_the_help_are_there(folder: Path) -> None:
    env = clean_environment()
    assert run_rcmail("--version", env=env, cwd=folder).stdout == f"rcmail {__version__}\n"
    help_text = run_rcmail("--help", env=env, cwd=folder).stdout
    assert all(word in help_text for word in ("serve", "dev", "migrate", "check", "Exit codes"))
    assert run_rcmail("nonsense", env=env, cwd=folder).returncode == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PGHOSTADDR", "127.0.0.9"), ("PGSERVICE", "nowhere"), ("PGSERVICEFILE", "/nonexistent"),
        ("PGTZ", "Nowhere"), ("PGDATESTYLE", "none"), ("PGTARGETSESSIONATTRS", "read-only"),
        ("PGOPTIONS", "-c nonsense=1"),
        ("PGCLIENTENCODING", "KOI8"), ("TZ", "Nonsense/City"), ("LC_ALL", "xx_YY.nonsense"),
    ],
)  # fmt: skip
def test_somebody_elses_variable_leads_nowhere_else(
    service_env: dict[str, str], folder: Path, name: str, value: str
) -> None:
    result = run_rcmail("migrate", env={**service_env, name: value}, cwd=folder)
    assert result.returncode == 0, result.stdout


def test_an_answer_that_nobody_reads_to_its_end_is_no_mistake(service_env: dict[str, str], folder: Path) -> None:
    script = f"{sys.executable} -m rcmail check --json | true"
    result = subprocess.run(
        ["sh", "-c", script], env=service_env, cwd=folder, capture_output=True, text=True, check=False
    )
    assert "BrokenPipe" not in result.stderr
