"""Faults done to the real service, and a table at the end: what a user saw, and when all was well again."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Final

import pytest

from rcmail.db.embedded import EmbeddedPostgres
from tests.fakes.ollama import FakeOllama
from tests.support import SECRET_KEY, Service, clean_environment

INSIDE: Final = Path(__file__).parent / "inside"
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


def until(condition: Callable[[], object], seconds: float = 30, pause: float = 0.02) -> float:
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
    return clean_environment(**variables | more)


def with_inside(env: Env, folder: Path) -> Env:
    """``env`` for a service that can be blocked, asked for its tasks, and told a wrong time."""
    return env | {"PYTHONPATH": f"{INSIDE}:{env['PYTHONPATH']}", "FAULTS_FOLDER": str(folder)}


@pytest.fixture
def own_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A cluster that this test may stop, hang and kill. It keeps what it acknowledged, unlike a scratch one."""
    with EmbeddedPostgres(tmp_path_factory.mktemp("own")) as server:
        yield server


class OllamaThread:
    """A fake Ollama beside the test, which may wait for the service meanwhile."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self.fake = FakeOllama()
        self._do(self.fake.__aenter__()).result()
        self.url = self.fake.url

    def refuse(self) -> None:
        self._do(self.fake.stop()).result()

    def start_again(self) -> None:
        """On the same port."""
        self._do(self.fake.start(self.fake.port)).result()

    def close(self) -> None:
        self.refuse()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Any) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)


@pytest.fixture
def ollama_thread() -> Iterator[OllamaThread]:
    fake = OllamaThread()
    yield fake
    fake.close()
