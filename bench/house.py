"""What is measured, and what it stands on: PostgreSQL, a language model that answers, the service, the floor."""

import asyncio
import json
import os
import tempfile
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from bench.processes import Server
from bench.wrk import Load
from rcmail.db.embedded import EmbeddedPostgres
from tests.fakes.ollama import FakeOllama
from tests.support import clean_environment, free_port, postgres_config, service_environment

FLOOR: Final = Load("floor: JSON", "/health")
FLOOR_SELECT: Final = Load("floor: SELECT 1", "/select")
HEALTH: Final = Load("/health", "/health")
DASHBOARD: Final = Load("/", "/", {"Accept": "text/html"})
SAVE: Final = "POST /config"

# The load generator on the last core, what is measured on the first one: neither waits for the other.
_CORES: Final = sorted(os.sched_getaffinity(0))
SERVER_CORE: Final = _CORES[0]
LOAD_CORE: Final = _CORES[-1]


@dataclass(frozen=True)
class House:
    """One database and one language model, and servers on them."""

    folder: Path
    postgres: EmbeddedPostgres
    ollama: str

    def service(self) -> Server:
        """``rcmail serve`` as the unit runs it: everything set up, JSON on stdout into a file."""
        port = free_port()
        env = service_environment(
            postgres_config(str(self.postgres.socket), port=self.postgres.port),
            LOG_FORMAT="json",
            HTTP_HOST="127.0.0.1",
            HTTP_PORT=str(port),
            GMAIL_CLIENT_ID="bench",
            GMAIL_CLIENT_SECRET="bench-secret",
            GMAIL_REFRESH_TOKEN="bench-token",
        ) | {"OLLAMA_BASE_URL": self.ollama}
        return Server("rcmail", "serve", folder=self.folder, env=env, port=port, core=SERVER_CORE)

    def bare(self, body: object, *, with_database: bool = True) -> Server:
        """The floor, answering with ``body``."""
        port = free_port()
        dsn = f"host={self.postgres.socket} port={self.postgres.port} user=rcmail dbname=rcmail"
        env = clean_environment(BARE_BODY=json.dumps(body), BARE_DSN=dsn if with_database else "")
        return Server("bench.bare", str(port), folder=self.folder, env=env, port=port, core=SERVER_CORE)

    def loads(self, service: Server) -> list[Load]:
        """What is asked of the service."""
        form = {
            "event_date": "2027-03-@",
            "event_location": "Community centre, @ Mill Lane",
            "event_offerings": "Electrical, Textiles, Bicycles, @",
            "llm_endpoint": self.ollama,
            "llm_model": "llama3.2",
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": service.url}
        return [
            HEALTH,
            Load("/health/fragment", "/health/fragment", {"HX-Request": "true"}),
            DASHBOARD,
            Load("/config", "/config", {"Accept": "text/html"}),
            Load(SAVE, "/config", headers, urlencode(form, safe="@")),
        ]


@contextmanager
def house() -> Iterator[House]:
    """Everything set up in a folder of its own, gone after the block."""
    with tempfile.TemporaryDirectory(prefix="rcmail-bench-") as name, fake_ollama() as ollama:
        folder = Path(name)
        folder.chmod(0o755)  # as root, PostgreSQL runs as nobody
        with EmbeddedPostgres(folder / "postgresql") as postgres:
            yield House(folder, postgres, ollama)


@contextmanager
def fake_ollama() -> Iterator[str]:
    """The address of one that answers, in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    fake = FakeOllama()
    try:
        asyncio.run_coroutine_threadsafe(fake.__aenter__(), loop).result()
        yield fake.url
        asyncio.run_coroutine_threadsafe(fake.stop(), loop).result()
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def get(url: str, headers: dict[str, str] | None = None) -> bytes:
    """The body of one answer. Raises OSError where it is none."""
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=10) as response:
        body: bytes = response.read()
        return body
