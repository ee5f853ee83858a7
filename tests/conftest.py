"""Fixtures: a real PostgreSQL, a database of its own for each test, the application, a fake Ollama."""

import errno
import itertools
import os
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import hypothesis
import psycopg2
import pytest
from aiohttp.test_utils import TestClient
from aiohttp.web import Application, Request
from psycopg2 import sql

from rcmail.app import create_app
from rcmail.config import Config, PostgresConfig
from rcmail.db.embedded import SUPERUSER, EmbeddedPostgres
from rcmail.db.pool import Database
from tests.fakes.google import FakeGoogle
from tests.fakes.ollama import FakeOllama
from tests.support import free_port, make_config, postgres_config, run_rcmail, service_environment

# A scratch cluster is thrown away: it need not survive the power cut that the product must.
SCRATCH = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "64MB"}
MEMORY = Path("/dev/shm")
_MEMORY_BYTES = 1_000_000_000  # a cluster takes 150 MB; a container often has 64 MB there
TEMPLATE = "rcmail_template"
Client = TestClient[Request, Application]

# What depends on how busy the machine is, or on chance, says nothing of a change.
# Under CI Hypothesis has a profile that knows. Whoever looks for more says --hypothesis-profile=explore.
if not os.environ.get("CI"):
    explore = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
    hypothesis.settings.register_profile("explore", explore)
    hypothesis.settings.register_profile("rcmail", explore, derandomize=True)
    hypothesis.settings.load_profile("rcmail")


@pytest.fixture(autouse=True)
def quiet_logging() -> Iterator[None]:
    """A test that configures logging leaves it as it was."""
    import logging
    import sys
    import threading

    root = logging.getLogger()
    before = (list(root.handlers), root.level, sys.excepthook, threading.excepthook, logging.raiseExceptions)
    unraisable = sys.unraisablehook
    yield
    root.handlers[:], level, sys.excepthook, threading.excepthook, logging.raiseExceptions = before
    sys.unraisablehook = unraisable
    root.setLevel(level)
    logging.captureWarnings(False)


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    """A folder for scratch clusters, in memory where there is room: there a database is made ten times as fast."""
    in_memory = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > _MEMORY_BYTES
    with TemporaryDirectory(prefix="rcmail-tests-", dir=MEMORY if in_memory else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def postgres(scratch: Path) -> Iterator[EmbeddedPostgres]:
    """One scratch cluster for all tests, on a socket and on 127.0.0.1 (there with passwords)."""
    options = SCRATCH | {"listen_addresses": "127.0.0.1"}
    with EmbeddedPostgres(scratch / "pg", options, port=free_port()) as server:
        yield server


def as_superuser(server: EmbeddedPostgres, database: str) -> Any:
    """A connection; where so many that a test has broken off stand before it, it waits until they are gone."""
    deadline = time.monotonic() + 10
    while True:
        try:
            return psycopg2.connect(host=str(server.socket), port=server.port, user=SUPERUSER, dbname=database)
        except psycopg2.OperationalError as error:
            if os.strerror(errno.EAGAIN) not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def execute_as_superuser(
    server: EmbeddedPostgres, *statements: sql.Composable, database: str = "postgres"
) -> None:
    connection = as_superuser(server, database)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    finally:
        connection.close()


@pytest.fixture
def empty_database(postgres: EmbeddedPostgres) -> Iterator[PostgresConfig]:
    """A new database without a schema."""
    with new_database(postgres, "template1") as database:
        yield database


@pytest.fixture(scope="session")
def template(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A migrated database that each test's own is cloned from."""
    execute_as_superuser(postgres, sql.SQL("CREATE DATABASE {} OWNER rcmail").format(sql.Identifier(TEMPLATE)))
    env = service_environment(postgres_config(str(postgres.socket), port=postgres.port, database=TEMPLATE))
    result = run_rcmail("migrate", env=env, cwd=tmp_path_factory.mktemp("template"))
    assert result.returncode == 0, result.stdout
    return TEMPLATE


@pytest.fixture
def database_config(postgres: EmbeddedPostgres, template: str) -> Iterator[PostgresConfig]:
    """A new database with the current schema."""
    with new_database(postgres, template) as database:
        yield database


_numbers = itertools.count()


@contextmanager
def new_database(postgres: EmbeddedPostgres, template: str) -> Iterator[PostgresConfig]:
    """A copy of ``template`` that is gone after the block, whoever is still connected."""
    name = f"test_{next(_numbers)}"
    identifier = sql.Identifier(name)
    execute_as_superuser(
        postgres,
        sql.SQL("CREATE DATABASE {} OWNER rcmail TEMPLATE {} STRATEGY FILE_COPY").format(
            identifier, sql.Identifier(template)
        ),
    )
    yield postgres_config(str(postgres.socket), port=postgres.port, database=name)
    execute_as_superuser(postgres, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))


@pytest.fixture(scope="session")
def cluster(scratch: Path) -> Path:
    """The folder of a cluster as initdb leaves it: to copy it is faster than to make another."""
    folder = scratch / "cluster"
    with EmbeddedPostgres(folder, SCRATCH):
        pass
    return folder


def copy_of(cluster: Path, folder: Path) -> Path:
    """``folder``, with the data of ``cluster`` in it; a server on it begins as on a new one."""
    subprocess.run(["cp", "-a", "--reflink=auto", str(cluster / "data"), str(folder)], check=True)
    return folder


@contextmanager
def server_on_copy(cluster: Path) -> Iterator[EmbeddedPostgres]:
    """A server on a copy of ``cluster`` beside it, gone after the block."""
    with TemporaryDirectory(prefix="own-", dir=cluster.parent) as folder:
        with EmbeddedPostgres(copy_of(cluster, Path(folder)), SCRATCH) as server:
            yield server


@pytest.fixture
def own_postgres(cluster: Path) -> Iterator[EmbeddedPostgres]:
    """A cluster that this test may stop, hang and kill."""
    with server_on_copy(cluster) as server:
        yield server


@pytest.fixture
async def database(database_config: PostgresConfig) -> AsyncIterator[Database]:
    database = Database(database_config)
    yield database
    await database.close()


@pytest.fixture
async def ollama() -> AsyncIterator[FakeOllama]:
    async with FakeOllama() as fake:
        yield fake


@pytest.fixture
async def google() -> AsyncIterator[FakeGoogle]:
    async with FakeGoogle() as fake:
        yield fake


@pytest.fixture
def config(database_config: PostgresConfig) -> Config:
    return make_config(database_config)


@pytest.fixture
async def client(config: Config, aiohttp_client: Callable[[Application], Awaitable[Client]]) -> Client:
    """The application on a real socket."""
    return await aiohttp_client(create_app(config))


@pytest.fixture
def service_env(database_config: PostgresConfig) -> dict[str, str]:
    """The environment of an rcmail process on this test's database."""
    return service_environment(database_config)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a process of this test runs."""
    path = tmp_path / "run"
    path.mkdir()
    return path
