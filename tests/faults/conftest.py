"""Faults done to the real service, and a table at the end: what a user saw, and when all was well again."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from rcmail.db.embedded import EmbeddedPostgres
from tests.conftest import copy_of
from tests.fakes.ollama import OllamaThread
from tests.support import SECRET_KEY, Service, clean_environment

HTML: Final = {"Accept": "text/html"}
Env = dict[str, str]
Note = Callable[..., None]

_seen: Final[list[tuple[str, str, str]]] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("faults")


@pytest.fixture
def note() -> Note:
    """Enter what was found into the report: the fault, what a user saw, and the seconds to recovery."""

    def enter(fault: str, seen: str, recovery: float | None = None) -> None:
        _seen.append((fault, seen, "—" if recovery is None else f"{recovery:.2f} s"))

    return enter


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The rows as Markdown, for docs/faults.md."""
    if _seen:
        terminalreporter.section("faults: what a user saw, and when all was well again")
        for row in (("fault", "what a user saw", "well again after"), ("---", "---", "---:"), *_seen):
            terminalreporter.write_line(f"| {' | '.join(row)} |")


def until(condition: Callable[[], object], seconds: float = 60, pause: float = 0.02) -> float:
    """Wait for ``condition``; how long it took, in seconds. A connection that fails counts as "not yet"."""
    began = time.monotonic()
    while True:
        try:
            if condition():
                return time.monotonic() - began
        except OSError:
            pass
        assert time.monotonic() - began < seconds, "it does not recover"
        time.sleep(pause)


def health(service: Service, name: str) -> tuple[str, str]:
    """Status and sentence of one check, as ``curl /health`` has it."""
    answer = service.get("/health")
    assert answer.status == 200
    return answer.json()["checks"][name], answer.json()["details"][name]


def is_ok(service: Service, name: str) -> bool:
    return health(service, name)[0] == "ok"


def env_for(server: EmbeddedPostgres, **more: str) -> Env:
    """The environment of a service on that server, with no language model."""
    variables = {"POSTGRES_HOST": str(server.socket), "OLLAMA_BASE_URL": "", "SECRET_KEY": SECRET_KEY}
    variables |= {"HTTP_HOST": "127.0.0.1", "PASSWORD_REQUIRED": "false"}
    return clean_environment(**variables | more)


@pytest.fixture
def own_postgres(cluster: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A cluster that this test may stop, hang and kill. It keeps what it acknowledged, unlike a scratch one."""
    with EmbeddedPostgres(copy_of(cluster, tmp_path_factory.mktemp("own"))) as server:
        yield server


@pytest.fixture
def ollama_thread() -> Iterator[OllamaThread]:
    fake = OllamaThread()
    yield fake
    fake.close()


@pytest.fixture
def dead_dns(tmp_path: Path) -> Iterator[str]:
    """A shell line that runs a command where the only name server takes every question and answers none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        try:
            silent.bind(("127.0.0.53", 53))
        except PermissionError:
            assert not os.environ.get("CI")
            pytest.skip("a name server of one's own needs root")
        (tmp_path / "resolv.conf").write_text("nameserver 127.0.0.53\n")
        mount = f"mount --bind '{tmp_path}/resolv.conf' /etc/resolv.conf"
        if subprocess.run(["unshare", "--mount", "sh", "-c", mount], capture_output=True, check=False).returncode:
            assert not os.environ.get("CI")
            pytest.skip("a resolv.conf of one's own needs root")
        yield f'{mount} && exec "$@"'


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 90 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=90m,mode=0755", "rcmail-test", str(disk)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if mounting.returncode != 0:
        assert not os.environ.get("CI"), mounting.stderr
        pytest.skip(f"a small disk needs root: {mounting.stderr.strip()}")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """Leave not a byte."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 65536)
        except OSError:
            pass
    assert shutil.disk_usage(disk).free == 0
    return ballast
