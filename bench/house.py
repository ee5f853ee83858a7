"""What is measured, and what it stands on: PostgreSQL, a language model, rcmail, the bare application."""

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from rcmail.db.embedded import EmbeddedPostgres
from tests.fakes.ollama import OllamaThread
from tests.support import Service, clean_environment, postgres_config, service_environment


@dataclass(frozen=True)
class House:
    """A database, and a language model that does as it is told."""

    folder: Path
    postgres: EmbeddedPostgres
    ollama: OllamaThread

    def service(self, **variables: str) -> Service:
        """``rcmail serve`` with all set up, a door that is shut, and JSON on stdout, as the unit runs it.

        ``variables`` are its environment's, beside the others.
        """
        gmail = {f"GMAIL_{name}": f"bench-{name}" for name in ("CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN")}
        env = service_environment(
            postgres_config(str(self.postgres.socket)), LOG_FORMAT="json", PASSWORD_REQUIRED="true", **gmail
        )
        return Service(self.folder, env | {"OLLAMA_BASE_URL": self.ollama.url} | variables)

    def bare(self, body: object, *, with_database: bool = True) -> Service:
        """The bare application, whose ``/health`` answers with ``body``."""
        dsn = f"host={self.postgres.socket} user=rcmail dbname=rcmail" if with_database else ""
        return Bare(self.folder, clean_environment(BARE_BODY=json.dumps(body), BARE_DSN=dsn))


class Bare(Service):
    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        super().__init__(folder, env)
        self._command = [sys.executable, "-m", "bench.bare"]


@contextmanager
def house() -> Iterator[House]:
    """Everything in a folder of its own, gone after the block."""
    with tempfile.TemporaryDirectory(prefix="rcmail-bench-") as name, closing(OllamaThread()) as ollama:
        folder = Path(name)
        folder.chmod(0o755)  # as root, PostgreSQL runs as nobody
        with EmbeddedPostgres(folder / "postgresql") as postgres:
            yield House(folder, postgres, ollama)


@contextmanager
def running(service: Service) -> Iterator[float]:
    """Seconds from exec to the first answer, which comes after all is ready; it is stopped after the block."""
    began = time.perf_counter()
    try:
        service.start()
        yield time.perf_counter() - began
    finally:
        service.stop()


def memory_mb(pid: int) -> float:
    """Its PSS as if no other Python ran: the benchmark's own would make it look smaller than it is on a Pi."""
    maps = psutil.Process(pid).memory_maps()
    return float(sum(each.rss if "python" in each.path else each.pss for each in maps) / 2**20)
