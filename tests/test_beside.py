"""The other commands beside a `make run` in the same folder: its database, its key, its port."""

import json
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rcmail.config import PostgresConfig
from tests.support import SECRET_KEY, Service, clean_environment, free_port, run_rcmail, serving

FOR_A_PI = re.compile(r"sudo|systemctl|journalctl")
HTML = {"Accept": "text/html"}


def command(*arguments: str, cwd: Path, typed: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    return run_rcmail(*arguments, env=clean_environment(**variables), cwd=cwd, typed=typed)


def diagnosis(folder: Path, **variables: str) -> dict[str, dict[str, str]]:
    """What `rcmail check` finds in ``folder``, by the names of the checks."""
    found: dict[str, Any] = json.loads(command("check", "--json", cwd=folder, **variables).stdout)
    return {check["name"]: check for check in found["machine"]}


@pytest.fixture
def dev(folder: Path) -> Iterator[Service]:
    """What `make run` runs, on a port of its own."""
    with serving(folder, clean_environment(OLLAMA_BASE_URL=""), ("dev",)) as service:
        yield service


def test_every_command_works_beside_it_and_goes_on_where_it_has_ended(dev: Service, folder: Path) -> None:
    def save(value: str) -> None:
        assert dev.post("/config", {"llm_model": value}).status == 200

    save("first:1b")
    listed = command("migrate", "--list", cwd=folder)
    assert (listed.returncode, listed.stdout.split()[0]) == (0, "0001.create-settings")
    backup = command("backup", cwd=folder)
    assert backup.returncode == 0, backup.stdout
    [dump] = (folder / ".rcmail/backups").glob("*.dump")
    save("second:1b")
    assert command("restore", str(dump), cwd=folder).returncode == 0
    assert dev.get("/config").json()["llm_model"] == "first:1b"
    found = diagnosis(folder)
    assert found["service"]["value"] == f"answers on port {dev.port}"
    assert (found["db"]["verdict"], found["llm"]["verdict"]) == ("ok", "not here")

    assert dev.stop() == 0
    found = diagnosis(folder)
    assert (found["service"]["verdict"], found["db"]["verdict"]) == ("error", "error")
    assert "`make run` in this folder starts it" in found["service"]["advice"]
    assert command("migrate", cwd=folder).returncode == 0
    again = command("backup", "--folder", str(folder / "elsewhere"), cwd=folder)
    assert again.returncode == 0, again.stdout
    assert command("restore", str(dump), cwd=folder).returncode == 0
    dev.start()
    assert dev.get("/config").json()["llm_model"] == "first:1b"


def test_after_kill_9_they_work_too(dev: Service, folder: Path) -> None:
    dev.stop(signal.SIGKILL)
    assert command("backup", cwd=folder).returncode == 0


@pytest.mark.parametrize(
    ("said", "code", "db"),
    [
        ({"SECRET_KEY": SECRET_KEY}, 2, "unreachable"),  # at /run/postgresql
        ({"POSTGRES_HOST": "/nowhere"}, 78, None),
        ({"RCMAIL_SETTINGS_FILE": "/dev/null"}, 78, None),
    ],
)
def test_what_the_environment_says_keeps_its_meaning(
    said: dict[str, str], code: int, db: str | None, folder: Path
) -> None:
    (folder / ".rcmail/postgresql-16").mkdir(parents=True)
    result = command("check", "--json", cwd=folder, **said)
    assert result.returncode == code
    assert db is None or json.loads(result.stdout)["checks"]["db"] == db
    assert "make run" not in result.stdout + result.stderr


def test_the_secrets_of_systemd_keep_their_meaning_too(folder: Path, database_config: PostgresConfig) -> None:
    (folder / ".rcmail/postgresql-16").mkdir(parents=True)
    (folder / "rcmail_SECRET_KEY").write_text(SECRET_KEY)
    site = folder / "site.toml"
    site.write_text(
        f'POSTGRES_HOST = "{database_config.host}"\nPOSTGRES_PORT = {database_config.port}\n'
        f'POSTGRES_DB = "{database_config.database}"\n'
    )
    result = command("--settings", str(site), "migrate", cwd=folder, CREDENTIALS_DIRECTORY=str(folder))
    assert (result.returncode, "db_schema_current" in result.stdout) == (0, True)


def test_a_key_in_dotenv_hides_no_make_run_and_a_database_there_does(dev: Service, folder: Path) -> None:
    (folder / ".env").write_text(f"SECRET_KEY={SECRET_KEY}\nHTTP_PORT={free_port()}\n")
    found = diagnosis(folder)
    assert (found["db"]["verdict"], found["service"]["value"]) == ("ok", f"answers on port {dev.port}")
    (folder / ".env").write_text(f"SECRET_KEY={SECRET_KEY}\nPOSTGRES_HOST={folder}\n")
    assert diagnosis(folder)["db"]["verdict"] == "error"


def test_serve_asks_for_its_key_as_ever(folder: Path) -> None:
    (folder / ".rcmail/postgresql-16").mkdir(parents=True)
    assert command("serve", cwd=folder).returncode == 78


def test_no_page_and_no_check_sends_anybody_to_root_or_to_systemd(dev: Service, folder: Path) -> None:
    for path in ("/", "/health", "/logs", "/config", "/health?full=1"):
        answer = dev.get(path, {} if "full" in path else HTML)
        assert not FOR_A_PI.search(answer.text), path
    assert ".venv/bin/rcmail check" in dev.get("/health", HTML).text
    assert not FOR_A_PI.search(command("check", cwd=folder).stdout)
    dev.stop()
    assert not FOR_A_PI.search(command("check", cwd=folder).stdout)


def test_the_password_of_a_make_run_is_set_beside_it_and_without_it(folder: Path) -> None:
    env = clean_environment(OLLAMA_BASE_URL="", PASSWORD_REQUIRED="true")
    with serving(folder, env, ("dev",)) as service:
        assert service.get("/config").status == 401
        assert diagnosis(folder)["door"]["verdict"] == "warning"
        assert command("password", cwd=folder, typed="three friendly toasters\n").returncode == 0
        assert service.post("/sign-in", {"password": "three friendly toasters"}).status == 200
        assert diagnosis(folder)["door"]["verdict"] == "ok"
        service.stop()
        assert command("password", cwd=folder, typed="four shy kettles\n").returncode == 0
        service.start()
        assert service.post("/sign-in", {"password": "four shy kettles"}).status == 200
    with serving(folder, clean_environment(OLLAMA_BASE_URL=""), ("dev",)) as service:
        assert service.get("/config").status == 200  # by itself it asks nobody
        assert diagnosis(folder)["door"]["verdict"] == "not here"
