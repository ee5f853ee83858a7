"""The bare machine, the playbook as an operator runs it, and releases that differ from this checkout."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.deploy import raspberry_pi
from tests.deploy.machine import USER, Machine, lasting_port
from tests.support import ROOT

ANSIBLE = ROOT / "deploy" / "ansible"
SECRETS = {
    "rcmail_gmail_client_id": "CLIENTID-that-must-stay-hidden",
    "rcmail_gmail_client_secret": "CLIENTSECRET-that-must-stay-hidden",
    "rcmail_gmail_refresh_token": "REFRESHTOKEN-that-must-stay-hidden",
    "rcmail_password": "PASSWORD-that-must-stay-hidden",
}
PLAY_SECONDS = 900


@dataclass
class Play:
    """How one run of a playbook ended."""

    returncode: int
    output: str
    seconds: float

    @property
    def changed(self) -> int:
        return int(re.findall(r"changed=(\d+)", self.output)[-1])


def wait_for_task(running: subprocess.Popen[str], task: str) -> str:
    """Read on until ``task`` begins; what was said until then."""
    assert running.stdout is not None
    said = ""
    for line in running.stdout:
        said += line
        if line.startswith("TASK [") and task in line:
            return said
    raise AssertionError(f"{task} did not come: {said}")


class Host:
    """A machine, the inventory that leads to it, and what its service answers."""

    def __init__(self, machine: Machine, folder: Path) -> None:
        self.machine = machine
        self.port = lasting_port()
        self.inventory = folder / f"{machine.name}.json"
        self._cookie = ""
        self.variables: dict[str, Any] = {
            "ansible_host": "127.0.0.1",
            "ansible_port": machine.ssh_port,
            "ansible_user": USER,
            "ansible_ssh_private_key_file": str(machine.key),
            "ansible_ssh_common_args": " ".join(machine.ssh_options[:8]),
            "rcmail_http_port": self.port,
            "rcmail_health_timeout": 20,
            **SECRETS,
        }

    def start(
        self, *arguments: str, book: str = "site.yml", user: str = "anna", **variables: Any
    ) -> subprocess.Popen[str]:
        """Begin a playbook as ``user`` of this computer would; ``variables`` are added to the inventory."""
        hosts = {self.machine.name: self.variables | variables}
        self.inventory.write_text(json.dumps({"rcmail": {"hosts": hosts}}))
        self.inventory.chmod(0o600)
        return subprocess.Popen(
            [Path(sys.executable).parent / "ansible-playbook", "-i", self.inventory, *arguments, book],
            cwd=ANSIBLE, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "USER": user, "ANSIBLE_FORCE_COLOR": "0", "ANSIBLE_NOCOLOR": "1"},
        )  # fmt: skip

    def play(self, *arguments: str, **named: Any) -> Play:
        began = time.monotonic()
        with self.start(*arguments, **named) as running:
            try:
                output, _ = running.communicate(timeout=PLAY_SECONDS)
            except subprocess.TimeoutExpired:
                running.kill()
                raise
        return Play(running.returncode, output, time.monotonic() - began)

    def cut_power_during(self, task: str, when: Callable[[], bool] = lambda: True, **named: Any) -> None:
        """Begin the playbook, and take the machine's power away in the midst of ``task``, as soon as ``when``."""
        with self.start(**named) as running:
            wait_for_task(running, task)
            deadline = time.monotonic() + 60
            while not when():
                assert time.monotonic() < deadline, f"{task} was never under way"
                time.sleep(0.02)
            self.machine.cut_power()
            output, _ = running.communicate(timeout=PLAY_SECONDS)
        assert running.returncode, output
        assert "UNREACHABLE" in output or "FAILED" in output, output
        self.machine.boot()

    def get(self, path: str, *, timeout: float = 5, data: bytes | None = None) -> tuple[int, str]:
        """The answer for who is signed in: that is done where it is asked for, or where less would be told."""
        status, answer = self._ask(path, timeout, data)
        if status == 401 or (path == "/health?full=1" and "machine" not in json.loads(answer)):
            self.sign_in(SECRETS["rcmail_password"])
            status, answer = self._ask(path, timeout, data)
        return status, answer

    def sign_in(self, password: str) -> None:
        """Raises HTTPError for a wrong one."""
        body = json.dumps({"password": password}).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/sign-in", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=10) as response:
            cookies = response.headers.get_all("Set-Cookie")
        self._cookie = "; ".join(cookie.partition(";")[0] for cookie in cookies)

    def _ask(self, path: str, timeout: float, data: bytes | None) -> tuple[int, str]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=data,
            headers={"Accept": "application/json", "Cookie": self._cookie}
            | ({"Content-Type": "application/json"} if data else {}),
        )
        try:
            with urllib.request.urlopen(request, timeout=timeout) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def health(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.get("/health")[1])
        return answer

    def wait_until_healthy(self, seconds: float = 120) -> float:
        """How long it took until the database was reached, in seconds."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            try:
                if self.health()["checks"]["db"] == "ok":
                    return time.monotonic() - began
            except (OSError, ValueError):
                pass
            time.sleep(0.1)
        log = self.machine.ssh("systemctl status rcmail; journalctl -u rcmail -n 20 -o cat", check=False).stdout
        raise AssertionError(f"not healthy after {seconds} s: {log}")

    def show(self, unit: str, name: str) -> str:
        return self.machine.ssh(f"systemctl show --property={name} --value {unit}").stdout.strip()

    def sql(self, statement: str, database: str = "rcmail") -> str:
        """As PostgreSQL's superuser."""
        return self.machine.ssh(
            f"cd / && runuser -u postgres -- psql -p $(pg_lsclusters -h | awk '{{print $3}}') -XAt -d {database}"
            f" <<'SQL'\n{statement}\nSQL"
        ).stdout.strip()


def _new_host(tmp_path_factory: pytest.TempPathFactory, name: str) -> Host:
    folder = tmp_path_factory.mktemp(name)
    machine = Machine(folder, name)
    try:
        machine.create()
        machine.boot()
    except BaseException:
        machine.destroy()
        raise
    return Host(machine, folder)


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """The first machine, whatever was done on it."""
    if os.geteuid() != 0:
        pytest.fail("booting a container needs root: sudo make test-deploy")
    host = _new_host(tmp_path_factory, "repaircafe")
    # A port that nobody has: the shared loopback may carry the other machine's Ollama.
    host.variables["rcmail_settings"] = {"OLLAMA_BASE_URL": "http://127.0.0.1:9"}
    yield host
    host.machine.destroy()


class Watch:
    """Collects the command line of every process, this machine's and the container's."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.stop = threading.Event()

    def run(self) -> None:
        while not self.stop.wait(0.02):
            for name in filter(str.isdecimal, os.listdir("/proc")):
                with contextlib.suppress(OSError):  # it has ended meanwhile
                    self.seen.add(
                        Path(f"/proc/{name}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                    )


@pytest.fixture(scope="session")
def watch() -> Watch:
    return Watch()


@pytest.fixture(scope="session")
def bare_check(bare: Host) -> Play:
    """What `--check --diff` says before anything was installed."""
    return bare.play("--check", "--diff")


@pytest.fixture(scope="session")
def first_play(bare: Host, bare_check: Play, watch: Watch) -> Play:
    """The first run of the playbook, on the bare machine."""
    watching = threading.Thread(target=watch.run, daemon=True)
    watching.start()
    play = bare.play("-vvv")
    watch.stop.set()
    watching.join()
    assert play.returncode == 0, play.output[-6000:]
    return play


@pytest.fixture(scope="session")
def host(bare: Host, first_play: Play) -> Host:
    """The machine with the service of this checkout."""
    return bare


@pytest.fixture(scope="session", autouse=True)
def second_machine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Future[Host] | None]:
    """It takes minutes, so it is made while the first machine is tried."""
    if os.geteuid() != 0 or not any("pi" in getattr(item, "fixturenames", ()) for item in request.session.items):
        yield None
        return
    folder = tmp_path_factory.mktemp("ollama")
    made: list[Host] = []

    def make() -> Host:
        made.append(_new_host(tmp_path_factory, "secondcafe"))
        raspberry_pi.deploy(made[0], folder)
        return made[0]

    with ThreadPoolExecutor(1) as executor:
        yield executor.submit(make)
    for host in made:
        host.machine.destroy()


@pytest.fixture(scope="session")
def pi(second_machine: Future[Host]) -> Host:
    """The second machine, deployed with Ollama."""
    return second_machine.result()


@pytest.fixture(scope="session")
def make_wheel(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Build a release of another version: ``files`` are paths in the checkout with a new text."""

    def make(version: str, files: dict[str, str] | None = None) -> Path:
        source = tmp_path_factory.mktemp("source")
        for name in ("rcmail", "migrations", "templates", "config"):
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", source)
        init = source / "rcmail" / "__init__.py"
        init.write_text(re.sub(r'__version__ = ".*"', f'__version__ = "{version}"', init.read_text()))
        for path, text in (files or {}).items():
            (source / path).write_text(text)
        subprocess.run(
            [sys.executable, "-m", "pip", "--quiet", "wheel", "--no-deps", "--no-build-isolation",
             "--wheel-dir", source / "dist", source],
            check=True,
        )  # fmt: skip
        [wheel] = (source / "dist").glob("*.whl")
        return wheel

    return make
