"""What several tests need: a configuration, a free port, and rcmail as a process of its own."""

import html
import itertools
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from rcmail.config import Config, GmailConfig, PostgresConfig
from rcmail.log.redaction import Secret

ROOT = Path(__file__).resolve().parent.parent
SECRET_KEY = "test-secret-key-test-secret-key-test-secret-key"


def postgres_config(host: str, *, database: str = "rcmail", **changes: Any) -> PostgresConfig:
    values: dict[str, Any] = {
        "host": host,
        "port": 5432,
        "user": "rcmail",
        "database": database,
        "password": Secret(""),
        "connect_attempts": 1,
        "connect_delay": 0,
    }
    return PostgresConfig(**values | changes)


def gmail_config(client_id: str = "", client_secret: str = "", refresh_token: str = "") -> GmailConfig:
    """What Google gives, and places where nobody answers: no test is to ask Google."""
    places = [f"http://127.0.0.1:9/{name}" for name in ("api", "consent", "token", "revoke")]
    return GmailConfig(Secret(client_id), Secret(client_secret), Secret(refresh_token), *places)


def make_config(postgres: PostgresConfig, **changes: Any) -> Config:
    values: dict[str, Any] = {
        "secret_key": Secret(SECRET_KEY),
        "postgres": postgres,
        "gmail": gmail_config(),
        "ollama_base_url": "",
        "http_host": "127.0.0.1",
        "http_port": 8000,
        "allowed_hosts": frozenset(),
        "password_required": False,
        "demo": False,
        "log_level": "INFO",
        "log_format": "json",
    }
    return Config(**values | changes)


# Below those that the kernel hands out to whoever asks for any: until it is used, nobody else gets one of them.
_FIRST_PORT = random.randrange(20_000, 32_000)  # other tests may run on this machine
_PORTS: Iterator[int] = itertools.cycle([*range(_FIRST_PORT, 32_000), *range(20_000, _FIRST_PORT)])


def free_port() -> int:
    """A port that nobody has, and that stays free until whoever asked for it uses it."""
    for port in _PORTS:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("", port))
            return port
    raise AssertionError


def clean_environment(**variables: str) -> dict[str, str]:
    """An environment that knows nothing of this machine's but where programs are, and wants no invented mail."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "DEMO": "false", **variables}


def service_environment(database: PostgresConfig, **variables: str) -> dict[str, str]:
    """The environment of an rcmail process on that database as the unit sets it, with no language model, and as
    `make run` does without a password."""
    unit = (ROOT / "deploy/systemd/rcmail.service").read_text()
    return clean_environment(
        **dict(re.findall(r"^Environment=(\w+)=(\S+)$", unit, re.MULTILINE)),
        SECRET_KEY=SECRET_KEY,
        POSTGRES_HOST=database.host,
        POSTGRES_PORT=str(database.port),
        POSTGRES_DB=database.database,
        OLLAMA_BASE_URL="",
        **{"HTTP_HOST": "127.0.0.1", "PASSWORD_REQUIRED": "false"} | variables,
    )


def with_inside(env: Mapping[str, str], folder: Path) -> dict[str, str]:
    """``env`` for a service that can be blocked, asked for its tasks, and told a wrong time."""
    inside = ROOT / "tests/faults/inside"
    return {**env, "PYTHONPATH": f"{inside}:{env['PYTHONPATH']}", "FAULTS_FOLDER": str(folder)}


def run_rcmail(
    *arguments: str, env: Mapping[str, str], cwd: Path, timeout: float = 60, typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end, with ``typed`` on its stdin."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "rcmail", *arguments],
        env=dict(env),
        cwd=cwd,
        input=typed,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def poll_address(page: str) -> str:
    """Where a page of the log that follows asks for what is new."""
    (found,) = re.findall(r'hx-get="(/logs/new\?[^"]*)"', page)
    return html.unescape(found)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str

    def json(self) -> Any:
        return json.loads(self.text)


class Service:
    """``rcmail serve`` (or another command) as a process; its output goes to files, stdout to where it is told."""

    def __init__(self, folder: Path, env: Mapping[str, str], command: tuple[str, ...] = ("serve",)) -> None:
        self.folder = folder
        self.port = free_port()
        self.env = {**env, "HTTP_HOST": "127.0.0.1", "HTTP_PORT": str(self.port)}
        self._command = [sys.executable, "-m", "rcmail", *command]
        self.process: subprocess.Popen[bytes] | None = None
        self.stdout: IO[bytes] | int | None = None
        self.session: dict[str, str] = {}

    def start(self, *, wait: float = 30) -> None:
        """Start it and return when it answers; ``wait=0`` returns at once."""
        with (self.folder / "stdout").open("ab") as out, (self.folder / "stderr").open("ab") as err:
            self.process = subprocess.Popen(
                self._command,
                env=self.env,
                cwd=self.folder,
                stdout=out if self.stdout is None else self.stdout,
                stderr=err,
                start_new_session=True,
            )
        deadline = time.monotonic() + wait
        while time.monotonic() < deadline:
            assert self.process.poll() is None, f"it ended with {self.process.returncode}: {self.output}"
            try:
                self.get("/health/live", timeout=1)
            except OSError:
                time.sleep(0.02)
            else:
                return
        assert not wait, f"it does not answer: {self.output}"

    def stop(self, how: signal.Signals = signal.SIGTERM, timeout: float = 10) -> int:
        """Send ``how`` and return the exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(timeout)

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    @property
    def output(self) -> str:
        """Everything it has written, to stdout and stderr."""
        return "".join(path.read_text() for name in ("stdout", "stderr") if (path := self.folder / name).exists())

    def events(self, name: str) -> list[dict[str, Any]]:
        """The records of one event that it has logged."""
        written = (self.folder / "stdout").read_text()
        lines = written[: written.rfind("\n") + 1].splitlines()  # the last one may be under way
        return [record for line in lines if (record := json.loads(line))["event"] == name]

    def come_in(self, password: str = "three friendly toasters") -> None:
        """Set the password with `rcmail password` and sign in: each request from now on has the session."""
        done = run_rcmail("password", env=self.env, cwd=self.folder, typed=f"{password}\n")
        assert done.returncode == 0, done.stdout + done.stderr
        answer = self.post("/sign-in", {"password": password})
        assert answer.status == 200, answer.text
        self.session = {"Cookie": answer.headers["Set-Cookie"].partition(";")[0]}

    def get(self, path: str, headers: Mapping[str, str] | None = None, timeout: float = 10) -> Answer:
        return self._ask(path, headers, timeout)

    def post(
        self,
        path: str,
        values: Mapping[str, str],
        headers: Mapping[str, str] | None = None,
        timeout: float = 10,
    ) -> Answer:
        """Send ``values`` as JSON, or as a form where a page is accepted: then what a redirect leads to."""
        is_form = "text/html" in (headers or {}).get("Accept", "")
        body = urllib.parse.urlencode(values) if is_form else json.dumps(values)
        kind = "application/x-www-form-urlencoded" if is_form else "application/json"
        return self._ask(path, {**(headers or {}), "Content-Type": kind}, timeout, body.encode())

    def _ask(
        self, path: str, headers: Mapping[str, str] | None, timeout: float, body: bytes | None = None
    ) -> Answer:
        url = f"http://127.0.0.1:{self.port}{path}"
        request = urllib.request.Request(url, body, headers=self.session | dict(headers or {}))
        try:
            with urllib.request.urlopen(request, timeout=timeout) as response:
                return Answer(response.status, dict(response.headers), response.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers), error.read().decode())


@contextmanager
def serving(
    folder: Path, env: Mapping[str, str], command: tuple[str, ...] = ("serve",), *, wait: float = 30
) -> Iterator[Service]:
    """A service that runs inside the block and is gone after it."""
    service = Service(folder, env, command)
    service.start(wait=wait)
    try:
        yield service
    finally:
        if service.process is not None and service.process.poll() is None:
            service.stop(signal.SIGKILL)
