"""Migrations: killed at any moment, started twice at once, broken, and newer than the code."""

import asyncio
import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from psycopg2 import sql

from rcmail import paths
from rcmail.config import PostgresConfig
from rcmail.db import embedded, programs
from rcmail.db.embedded import EmbeddedPostgres
from rcmail.db.migrations import applied, available, migrate, roll_back
from rcmail.db.pool import Database
from rcmail.errors import MigrationError, SchemaTooNew
from tests.conftest import execute_as_superuser
from tests.support import Service, run_rcmail, service_environment


@pytest.fixture
async def empty(empty_database: PostgresConfig) -> AsyncIterator[Database]:
    database = Database(empty_database)
    yield database
    await database.close()


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """A copy of ours that a test adds to."""
    folder = tmp_path / "migrations"
    shutil.copytree(paths.MIGRATIONS, folder)
    return folder


def test_every_migration_has_its_rollback_and_stays_in_the_transaction() -> None:
    for name in available():
        assert (paths.MIGRATIONS / f"{name}.sql").read_text().isascii(), "not every database can tell it"
        assert (paths.MIGRATIONS / f"{name}.rollback.sql").is_file()
        assert "transactional" not in (paths.MIGRATIONS / f"{name}.sql").read_text()


async def test_an_empty_database_gets_the_schema_of_the_specification(
    empty: Database, empty_database: PostgresConfig
) -> None:
    assert await migrate(empty, empty_database) == available()
    assert await migrate(empty, empty_database) == []
    columns = await empty.fetch(
        "SELECT column_name, data_type, character_maximum_length, is_nullable"
        " FROM information_schema.columns WHERE table_name = 'settings' ORDER BY ordinal_position"
    )
    assert columns == [
        ("id", "integer", None, "NO"),
        ("key", "character varying", 255, "NO"),
        ("value", "text", None, "NO"),
        ("updated_at", "timestamp with time zone", None, "NO"),
    ]


async def schema_of(config: PostgresConfig, file: Path) -> str:
    """All that is ours in a database, as SQL, less yoyo's own tables and those that a way back has put aside."""
    without = ("--exclude-table=*yoyo*", "--exclude-table=put_aside_*")
    await programs.run(embedded.programs() / "pg_dump", config, "--schema-only", *without, f"--file={file}")
    lines = file.read_text().splitlines()
    return "\n".join(line for line in lines if line and not line.startswith(("--", "\\")))


async def test_each_rollback_leaves_the_schema_as_it_was_before_its_migration(
    empty: Database, empty_database: PostgresConfig, tmp_path: Path
) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    previous = None
    for name in available():
        before = await schema_of(empty_database, tmp_path / "dump")
        for suffix in (".sql", ".rollback.sql"):
            shutil.copy(paths.MIGRATIONS / f"{name}{suffix}", folder)
        assert await migrate(empty, empty_database, folder) == [name]
        assert await schema_of(empty_database, tmp_path / "dump") != before
        if previous:
            assert await roll_back(empty, empty_database, previous, folder) == [name]
        else:  # the first is never undone by a release: it has none before it
            await empty.fetch((folder / f"{name}.rollback.sql").read_text())
        assert await schema_of(empty_database, tmp_path / "dump") == before
        if previous:
            await migrate(empty, empty_database, folder)
        else:
            await empty.fetch((folder / f"{name}.sql").read_text())
        previous = name


async def test_mail_is_still_there_after_a_way_back_and_forward_again(
    database: Database, database_config: PostgresConfig
) -> None:
    added = (
        "INSERT INTO conversations (subject, visitor_name, kind, kind_why, state, state_why, note, messages,"
        " last_at, last_direction) VALUES (%s, 'Anna', 'unsure', '', 'waiting', '', 'asked him', 1, now(), 'in')"
    )
    await database.execute(added, ("toaster",))
    await database.execute(
        "INSERT INTO decisions (conversation, note, was_kind, was_kind_why, was_kind_decided, was_note)"
        " SELECT id, 'asked him', 'unsure', '', false, 'before' FROM conversations"
    )
    await database.execute(
        "INSERT INTO drafts (conversation, state, text) SELECT id, 'approved', 'now' FROM conversations;"
        " INSERT INTO draft_versions (draft, text, made_by, ended)"
        " SELECT id, 'then', 'volunteer', 'edited' FROM drafts"
    )
    for _ in range(2):
        assert "0004.create-mail" in await roll_back(database, database_config, "0001.create-settings")
        assert await migrate(database, database_config) == available()[1:]
    assert await database.fetch("SELECT subject, note FROM conversations") == [("toaster", "asked him")]
    assert await database.fetch("SELECT was_note FROM decisions") == [("before",)]
    kept = (
        "SELECT drafts.text, draft_versions.text AS earlier FROM drafts JOIN draft_versions ON draft = drafts.id"
    )
    assert await database.fetch(kept) == [("now", "then")]
    await database.execute(added, ("lamp",))


async def test_who_was_doubted_is_looked_at_again_after_a_way_back_behind_doubt(
    database: Database, database_config: PostgresConfig
) -> None:
    added = (
        "INSERT INTO conversations (subject, visitor_name, kind, kind_why, state, state_why, taught, taught_why,"
        " messages, last_at, last_direction)"
        " VALUES ('toaster', 'Anna', 'unsure', 'heard', 'waiting', '', 'unsure', 'heard', 1, now(), 'in')"
    )
    await database.execute(added)
    assert "0016.doubt-kinds" in await roll_back(database, database_config, "0015.forget-people")
    # What marks say nothing of has no reason: the job writes and sums up each row that is otherwise.
    assert await database.fetch("SELECT taught, taught_why FROM conversations") == [(None, "heard")]


async def test_a_schema_newer_than_the_code_is_refused_with_a_clear_message(
    empty: Database, empty_database: PostgresConfig, migrations: Path
) -> None:
    (migrations / "0999.future.sql").write_text("CREATE TABLE future ();")
    await migrate(empty, empty_database, migrations)
    with pytest.raises(SchemaTooNew, match=r"newer than this version of rcmail: it has 0999\.future"):
        await migrate(empty, empty_database)


async def test_a_failing_migration_leaves_the_schema_as_it_was(
    empty: Database, empty_database: PostgresConfig, migrations: Path
) -> None:
    (migrations / "0900.good.sql").write_text("CREATE TABLE good ();")
    (migrations / "0901.bad.sql").write_text("CREATE TABLE half ();\nSELECT 1/0;")
    with pytest.raises(MigrationError, match=r"rolled back; the schema is as it was.*division by zero"):
        await migrate(empty, empty_database, migrations)
    assert await applied(empty) == []
    assert await empty.fetch("SELECT to_regclass('good') AS good, to_regclass('settings') AS settings") == [
        (None, None)
    ]
    (migrations / "0901.bad.sql").write_text("SELECT 1;")
    assert await migrate(empty, empty_database, migrations) == available(migrations)


async def test_a_migration_that_would_leave_the_transaction_is_refused(
    empty: Database, empty_database: PostgresConfig, migrations: Path
) -> None:
    (migrations / "0900.loose.sql").write_text("-- transactional: false\nCREATE TABLE loose ();")
    with pytest.raises(MigrationError, match="must not leave the transaction"):
        await migrate(empty, empty_database, migrations)
    assert await applied(empty) == []


async def test_a_lock_left_behind_by_a_killed_process_is_cleared(
    empty: Database, empty_database: PostgresConfig, migrations: Path
) -> None:
    await migrate(empty, empty_database)
    await empty.fetch("INSERT INTO yoyo_lock (locked, ctime, pid) VALUES (1, now(), 999999)")
    (migrations / "0900.next.sql").write_text("CREATE TABLE next ();")
    async with asyncio.timeout(30):
        assert await migrate(empty, empty_database, migrations) == ["0900.next"]
    assert await empty.fetch("SELECT * FROM yoyo_lock") == []


async def test_two_at_once_both_come_up_and_one_migrates(
    empty: Database, empty_database: PostgresConfig, migrations: Path
) -> None:
    (migrations / "0900.slow.sql").write_text("CREATE TABLE slow (); SELECT pg_sleep(0.5);")
    done = await asyncio.gather(*(migrate(empty, empty_database, migrations) for _ in range(3)))
    assert sorted(map(len, done)) == [0, 0, len(available(migrations))]


def test_two_services_started_at_once_on_an_empty_database_both_serve(
    empty_database: PostgresConfig, tmp_path: Path
) -> None:
    services = []
    for number in range(2):
        folder = tmp_path / str(number)
        folder.mkdir()
        services.append(Service(folder, service_environment(empty_database)))
    try:
        for service in services:
            service.start(wait=0)
        for service in services:
            deadline = time.monotonic() + 60
            while not service.events("startup_complete"):
                assert time.monotonic() < deadline, service.output
                time.sleep(0.05)
            assert service.get("/health").json()["checks"]["db"] == "ok"
        assert sum(len(service.events("db_migrated")) for service in services) == 1
    finally:
        for service in services:
            service.stop(signal.SIGKILL)


def test_killed_at_ten_random_moments_the_eleventh_start_is_clean(
    empty_database: PostgresConfig, folder: Path
) -> None:
    env = service_environment(empty_database)
    moments = random.Random(20261123)
    began = time.monotonic()
    assert run_rcmail("check", env=env, cwd=folder).returncode == 2  # how long a start takes here
    full = time.monotonic() - began + 0.5
    service = Service(folder, env)
    for _ in range(10):
        service.start(wait=0)
        time.sleep(moments.uniform(0.1, full))
        service.stop(signal.SIGKILL)
    try:
        service.start()
        assert service.get("/health").json()["checks"]["db"] == "ok"
        assert service.stop() == 0
    finally:
        service.stop(signal.SIGKILL)


# What is imported once is there in each fork; a start of Python takes longer than a migration.
KILLED = """
import os
import sys
from pathlib import Path
from rcmail import paths
paths.MIGRATIONS = Path(sys.argv[1])
import psycopg2
from tests.db.test_migrations import killing_connect
from rcmail.cli import main
for number in sys.stdin:
    if not (child := os.fork()):
        os.dup2(2, 1)
        psycopg2.connect = killing_connect(psycopg2.connect, int(number))
        os._exit(main(["migrate"]))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def killing_connect(connect: Callable[..., Any], after: int) -> Callable[..., Any]:
    """A ``psycopg2.connect`` whose process dies by SIGKILL after so many of yoyo's writing statements."""
    from psycopg2.extensions import cursor

    statements = itertools.count()

    class DeadlyCursor(cursor):
        def execute(self, query: Any, parameters: Any = None) -> None:
            super().execute(query, parameters)
            words = str(query).split()
            if words[0] in ("CREATE", "INSERT", "DELETE", "BEGIN", "SAVEPOINT") and next(statements) == after:
                os.kill(os.getpid(), signal.SIGKILL)

    def replacement(*arguments: Any, **keywords: Any) -> Any:
        is_yoyo = not keywords.get("async_") and not keywords.get("async")
        return connect(*arguments, **keywords, **({"cursor_factory": DeadlyCursor} if is_yoyo else {}))

    return replacement


@contextmanager
def killed_migrations(migrations: Path, env: dict[str, str], folder: Path) -> Iterator[Callable[[int], int]]:
    """Runs `rcmail migrate`, each time in a new process that is killed after so many statements; its exit code."""
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(migrations)],
            env=env,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        )

    def run(statements: int) -> int:
        assert process.stdin is not None
        assert process.stdout is not None
        print(statements, file=process.stdin, flush=True)
        return int(process.stdout.readline())

    with process:
        yield run


async def test_killed_after_any_statement_of_a_migration_the_next_one_completes_it(
    postgres: EmbeddedPostgres, empty: Database, empty_database: PostgresConfig, folder: Path
) -> None:
    some = folder / "migrations"  # a few tell as much as all
    some.mkdir()
    for name in available()[:3]:
        for suffix in (".sql", ".rollback.sql"):
            shutil.copy(paths.MIGRATIONS / f"{name}{suffix}", some)
    with killed_migrations(some, service_environment(empty_database), folder) as migrate_killed:
        for killed in itertools.count():
            returncode = await asyncio.to_thread(migrate_killed, killed)
            if returncode == 0:
                break  # there were not that many statements
            assert returncode == -signal.SIGKILL, (folder / "said").read_text()
            async with asyncio.timeout(30):
                await migrate(empty, empty_database, some)
            assert await applied(empty) == available(some)
            assert await empty.fetch("SELECT count(*) FROM settings") == [(0,)]
            execute_as_superuser(
                postgres,
                sql.SQL("DROP OWNED BY rcmail"),
                sql.SQL("GRANT ALL ON SCHEMA public TO rcmail"),
                database=empty_database.database,
            )
    assert killed > 10
