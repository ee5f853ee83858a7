"""Recognisable secrets in every variable, and everything driven into the ground: not one comes out anywhere."""

import base64
import json
import signal
import sys
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from rcmail.config import PostgresConfig
from rcmail.db.embedded import EmbeddedPostgres
from tests.support import ROOT, Service, clean_environment, free_port, run_rcmail, service_environment, serving

MARK = "ZqX7"
SECRETS = {
    "SECRET_KEY": f"{MARK}-secret-key-{'k' * 32}",
    "POSTGRES_PASSWORD": f"{MARK}-p@ss/w:rd'&=%é",
    "GMAIL_CLIENT_ID": f"{MARK}-client-id.apps.example",
    "GMAIL_CLIENT_SECRET": f"{MARK}-client-secret",
    "GMAIL_REFRESH_TOKEN": f"1//0{MARK}-refresh-token",
}
ENDPOINT = f"http://user:{MARK}-url-password@127.0.0.1:9/?token={MARK}-url-token"


def hits(text: str) -> list[str]:
    """Every line of ``text`` in which a secret shows, as it is or encoded."""
    needles = [MARK, *(urllib.parse.quote(value, safe="") for value in SECRETS.values())]
    for value in SECRETS.values():
        needles += [base64.b64encode(value.encode()).decode()[:-4], value.encode().hex()]
    return [line for line in text.splitlines() if any(needle in line for needle in needles)]


def environment(database: PostgresConfig, **changes: str) -> dict[str, str]:
    return {
        **service_environment(database),
        **SECRETS,
        "OLLAMA_BASE_URL": "http://127.0.0.1:9/",
        "LOG_LEVEL": "DEBUG",
        **changes,
    }


VARIABLES = """
    POSTGRES_PORT POSTGRES_USER POSTGRES_DB POSTGRES_HOST HTTP_PORT HTTP_HOST OLLAMA_BASE_URL ALLOWED_HOSTS
    LOG_LEVEL LOG_FORMAT DB_CONNECT_ATTEMPTS DB_CONNECT_DELAY_SECONDS PASSWORD_REQUIRED
"""


@pytest.mark.parametrize("name", VARIABLES.split())
def test_a_secret_in_the_wrong_variable_ends_the_start_and_is_not_told(
    database_config: PostgresConfig, folder: Path, name: str
) -> None:
    env = environment(database_config, **{name: f"{SECRETS['POSTGRES_PASSWORD']} x", "DB_CONNECT_ATTEMPTS": "1"})
    if name.startswith("DB_"):
        env[name] = SECRETS["SECRET_KEY"]
    result = run_rcmail("serve", env=env, cwd=folder)
    assert result.returncode in (1, 78)
    assert result.stdout
    assert not hits(result.stdout + result.stderr)


@pytest.mark.parametrize("style", ["json", "console"])
def test_a_wrong_password_over_tcp_is_told_without_it(
    postgres: EmbeddedPostgres, database_config: PostgresConfig, folder: Path, style: str
) -> None:
    env = environment(database_config, POSTGRES_HOST="127.0.0.1", LOG_FORMAT=style)
    for command, code in (("serve", 1), ("migrate", 1), ("check", 2)):
        result = run_rcmail(command, env=env, cwd=folder)
        assert result.returncode == code
        assert not hits(result.stdout + result.stderr)


CRASH = """
import sys, os, runpy
{patch}
sys.argv = ["rcmail", "serve"]
runpy.run_module("rcmail", run_name="__main__")
"""
EVERYTHING = "RuntimeError(dict(os.environ), 'postgresql://u:' + os.environ['POSTGRES_PASSWORD'] + '@h/db')"
CRASHES = {
    "while reading the configuration": f"""
import rcmail.config
def load(*a, **k): raise {EVERYTHING}
rcmail.config.load = load""",
    "in the driver": """
import psycopg2, rcmail.db.driver as d
real = d.connect_keywords
def broken(config):
    dsn = " ".join(f"{name}={value}" for name, value in real(config).items())
    raise psycopg2.ProgrammingError(f"bad dsn {real(config)} {dsn}")
import rcmail.db.pool
rcmail.db.pool.connect_keywords = broken""",
    "while starting": f"""
import rcmail.app
async def broken(app):
    raise {EVERYTHING}
    yield
rcmail.app.settings = broken""",
    "in a task, a thread, a warning and a __del__": f"""
import rcmail.app, asyncio, threading, warnings, gc
async def fail(): raise {EVERYTHING}
class Broken:
    def __del__(self): raise {EVERYTHING}
def explode(): raise {EVERYTHING}
async def broken(app):
    task = asyncio.create_task(fail()); await asyncio.wait([task]); del task
    warnings.warn(str(dict(os.environ)))
    thread = threading.Thread(target=explode); thread.start(); thread.join()
    Broken(); gc.collect()
    asyncio.get_running_loop().call_soon(explode)
    await asyncio.sleep(0.05)
    raise SystemError(os.environ["SECRET_KEY"])
    yield
rcmail.app.settings = broken""",
    "while stopping": f"""
import rcmail.app, asyncio, os, signal
async def broken(app):
    asyncio.get_running_loop().call_later(0.3, os.kill, os.getpid(), signal.SIGTERM)
    yield
    raise {EVERYTHING}
rcmail.app.settings, real = broken, rcmail.app.settings
rcmail.app.health = real""",
}


@pytest.mark.parametrize("place", CRASHES)
def test_a_crash_tells_of_itself_and_of_no_secret(
    database_config: PostgresConfig, folder: Path, place: str
) -> None:
    import subprocess

    env = environment(database_config, HTTP_HOST="127.0.0.1", HTTP_PORT=str(free_port()))
    result = subprocess.run(
        [sys.executable, "-c", CRASH.format(patch=CRASHES[place])],
        env={**clean_environment(), **env, "PYTHONPATH": str(ROOT)},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 1, result.stdout
    assert result.stderr == ""
    assert not hits(result.stdout)
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert any("Traceback" in record.get("exception", "") for record in records), result.stdout
    assert "[redacted]" in result.stdout


def drive(service: Service) -> list[str]:
    """Use and misuse the pages with secrets in everything that is sent; what they answer."""
    secret = SECRETS["POSTGRES_PASSWORD"]
    quoted = urllib.parse.quote(secret, safe="")
    said = []

    def post(path: str, body: bytes, kind: str) -> None:
        request = urllib.request.Request(
            f"http://127.0.0.1:{service.port}{path}",
            data=body,
            headers={"Content-Type": kind, "Accept": "text/html"},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                response.read()
        except urllib.error.HTTPError as error:
            error.close()

    for path in ("/nowhere", "/oauth/back", "/health/nothing"):
        said.append(service.get(f"{path}?code=4/0{MARK}-code&state={MARK}-state").text)
        said.append(service.get(path, headers={"Accept": "text/html", "Authorization": f"Bearer {MARK}"}).text)
    for name in ("db", "llm", "mail"):
        post(f"/config/test/{name}", json.dumps({"llm_endpoint": ENDPOINT}).encode(), "application/json")
    form = f"llm_endpoint={urllib.parse.quote(ENDPOINT)}&llm_model={quoted}&password={quoted}"
    post("/config", form.encode(), "application/x-www-form-urlencoded")
    post("/config", json.dumps({"llm_endpoint": ENDPOINT}).encode(), "application/json")
    post("/config", b'{"llm_endpoint": "' + secret.encode(), "application/json")
    for accept in ("text/html", "application/json"):
        said.append(service.get("/health", headers={"Accept": accept}).text)
        said.append(service.get("/logs", headers={"Accept": accept}).text)
    said.append(service.get("/health/ready").text)
    return said


def test_no_secret_is_in_any_output_page_or_stream_of_a_service_in_trouble(
    own_postgres: EmbeddedPostgres, folder: Path
) -> None:
    from tests.support import postgres_config

    config = postgres_config(str(own_postgres.socket), port=own_postgres.port)
    with serving(folder, environment(config)) as service:
        said = drive(service)
        own_postgres.stop()
        said += drive(service)
        service.stop(signal.SIGTERM)
        said.append(service.output)
    assert len(service.output.splitlines()) > 30
    assert not hits("\n".join(said))
