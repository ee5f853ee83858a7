"""PostgreSQL goes, hangs, is full: what the pages say meanwhile, and that the service needs nobody afterwards."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path
from typing import Any

import psutil
import psycopg2
import pytest

from rcmail.db.embedded import SUPERUSER, EmbeddedPostgres
from rcmail.db.pool import POOL_SIZE
from tests.db.test_pool import hung, server_processes
from tests.faults.conftest import HTML, Note, env_for, fill, health, is_ok, until
from tests.support import Answer, Service, serving


def admin(server: EmbeddedPostgres, *statements: str) -> list[tuple[Any, ...]]:
    """Run them as the superuser, each on its own; the rows of the last one."""
    connection = psycopg2.connect(host=str(server.socket), user=SUPERUSER, dbname="rcmail")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []
    finally:
        connection.close()


def save(service: Service, place: str) -> Answer:
    """As a volunteer does it in the browser."""
    return service.post("/config", {"event_location": place}, HTML)


def saved_place(service: Service) -> str | None:
    place: str | None = service.get("/config").json().get("event_location")
    return place


def assert_pages_open_and_say(service: Service, sentence: str) -> None:
    """Every page is there, and says what is wrong with the database."""

    def has_notice(page: Answer) -> bool:
        notice = page.text.partition('data-notice="database"')[2].partition("</div>")[0]
        return "<strong>The database does not answer</strong>" in notice and sentence in notice

    until(lambda: has_notice(service.get("/", HTML)), 10)
    for path in ("/", "/health", "/config", "/logs"):
        page = service.get(path, HTML)
        assert page.status == 200
        assert has_notice(page), path
    assert service.get("/health/live").status == 200
    assert service.get("/health/ready").status == 503
    assert health(service, "db") == ("unreachable", sentence)


def assert_nothing_is_saved(service: Service, sentence: str, text: str = "typed in vain") -> None:
    page = save(service, text)
    assert page.status == 503
    assert f"Nothing was saved: {sentence}. What you typed is still here" in page.text
    assert f'value="{text}"' in page.text
    answer = service.post("/config", {"event_location": text})
    assert answer.status == 503
    assert sentence in answer.json()["error"]


def recovered(service: Service) -> float:
    """Seconds until everything is as it should be, saving included."""
    seconds = until(lambda: service.get("/health/ready").status == 200)
    page = service.get("/", HTML)
    assert page.status == 200
    assert "The database does not answer" not in page.text
    assert "cannot be read" not in page.text
    assert save(service, "well again").status == 200
    assert saved_place(service) == "well again"
    return seconds


@pytest.mark.parametrize(
    ("how", "what"), [(signal.SIGINT, "stopped and started"), (signal.SIGKILL, "killed and started")]
)
def test_postgresql_may_go_and_come_while_the_service_runs(
    how: signal.Signals, what: str, own_postgres: EmbeddedPostgres, folder: Path, note: Note
) -> None:
    sentence = "connection refused: PostgreSQL is not running there"
    with serving(folder, env_for(own_postgres)) as service:
        assert is_ok(service, "db")
        assert save(service, "before").status == 200
        own_postgres.stop(how)
        assert_pages_open_and_say(service, sentence)
        until(lambda: "The settings cannot be read just now" in service.get("/", HTML).text)
        assert "before" in service.get("/", HTML).text  # what was last known
        assert_nothing_is_saved(service, sentence)
        assert service.get("/config").status == 503
        own_postgres.start()
        page = service.get("/config", HTML)  # the first request after it is back
        assert page.status == 200
        assert "cannot be read" not in page.text
        assert 'value="before"' in page.text
        recovery = recovered(service)
        told = [r["status"] for r in service.events("health_check") if r["check"] == "db"]
        # While it stops it may say so, too: one state, two sentences.
        assert [status for status, _ in groupby(told)] == ["ok", "unreachable", "ok"]
        assert not service.events("request_failed")
        assert service.stop() == 0
    note(f"PostgreSQL is {what}", f"“{sentence}”, pages open, saves 503 and nothing lost", recovery)


def test_a_crash_inside_postgresql_is_over_before_anybody_reads_about_it(
    own_postgres: EmbeddedPostgres, folder: Path, note: Note
) -> None:
    """One backend killed: PostgreSQL throws every session out and recovers."""
    with serving(folder, env_for(own_postgres)) as service:
        assert save(service, "before").status == 200
        backends = [
            pid for (pid,) in admin(own_postgres, "SELECT pid FROM pg_stat_activity WHERE usename = 'rcmail'")
        ]
        os.kill(backends[0], signal.SIGKILL)
        until(lambda: not psutil.pid_exists(backends[0]))
        recovery = until(lambda: saved_place(service) == "before")
        recovered(service)
        assert not service.events("request_failed")
    note(
        "a backend of PostgreSQL is killed, it restarts itself", "at most a 503 “try again in a moment”", recovery
    )


def test_a_hung_postgresql_is_told_within_the_limit_and_pages_still_open(
    own_postgres: EmbeddedPostgres, folder: Path, note: Note
) -> None:
    with serving(folder, env_for(own_postgres)) as service:
        assert save(service, "before").status == 200
        descriptors = len(os.listdir(f"/proc/{service.pid}/fd"))
        with hung(own_postgres):
            time.sleep(1.1)
            began = time.monotonic()
            assert health(service, "db") == ("unreachable", "timed out after 3 s")
            assert time.monotonic() - began < 6  # 3, and some for a machine with much to do
            page = service.get("/", HTML)
            assert page.status == 200
            assert "The database does not answer" in page.text
            began = time.monotonic()
            answer = save(service, "typed in vain")
            assert time.monotonic() - began < 9  # 5
            assert answer.status == 503
            assert "PostgreSQL did not answer in time" in answer.text
            assert 'value="typed in vain"' in answer.text
            began = time.monotonic()
            assert service.post("/config/test/db", {}).json()["status"] == "unreachable"
            assert time.monotonic() - began < 8  # 4.5
        recovery = recovered(service)
        assert len(os.listdir(f"/proc/{service.pid}/fd")) <= descriptors + POOL_SIZE
    note("PostgreSQL hangs (SIGSTOP)", "“timed out after 3 s”, pages open, saves 503 within 5 s", recovery)


@contextmanager
def every_connection_taken(server: EmbeddedPostgres, user: str = "rcmail") -> Iterator[list[Any]]:
    taken: list[Any] = []
    try:
        with pytest.raises(psycopg2.OperationalError, match="connection"):
            while True:
                taken.append(psycopg2.connect(host=str(server.socket), user=user, dbname="rcmail"))
        yield taken
    finally:
        for connection in taken:
            connection.close()


def at_once(service: Service, number: int, path: str, headers: dict[str, str] | None = None) -> list[int]:
    """The statuses of ``number`` requests that come at the same time."""
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda: statuses.append(service.get(path, headers).status)) for _ in range(number)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def test_when_others_take_every_connection_the_service_goes_on_with_those_it_has(
    own_postgres: EmbeddedPostgres, folder: Path, note: Note
) -> None:
    with serving(folder, env_for(own_postgres)) as service:
        assert save(service, "before").status == 200
        with every_connection_taken(own_postgres):
            assert set(at_once(service, 20, "/config", HTML)) == {200}
            assert set(at_once(service, 20, "/config")) == {200}
            time.sleep(1.1)
            assert is_ok(service, "db")
            assert "cannot be read" not in service.get("/", HTML).text
            assert save(service, "in the middle").status == 200
            assert saved_place(service) == "in the middle"
    note("others take every connection, rcmail has one", "nothing: it takes turns with those it has", 0)


def test_without_any_connection_it_says_so_and_has_one_as_soon_as_there_is_one(
    own_postgres: EmbeddedPostgres, folder: Path, note: Note
) -> None:
    sentence = "PostgreSQL has no free connection"
    with serving(folder, env_for(own_postgres)) as service:
        assert save(service, "before").status == 200
        own_postgres.stop()
        own_postgres.start()
        with every_connection_taken(own_postgres) as taken:
            admin(
                own_postgres,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rcmail'",
            )
            with every_connection_taken(own_postgres):
                assert_pages_open_and_say(service, sentence)
                assert_nothing_is_saved(service, sentence)
            taken.pop().close()
            recovery = recovered(service)
    note("others take every connection, rcmail has none", f"“{sentence}”, pages open, saves 503", recovery)


def test_a_read_only_database_is_shown_and_nothing_typed_is_lost(
    own_postgres: EmbeddedPostgres, folder: Path, note: Note
) -> None:
    with serving(folder, env_for(own_postgres)) as service:
        assert save(service, "before").status == 200
        admin(own_postgres, "ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()")
        until(lambda: admin(own_postgres, "SHOW default_transaction_read_only") == [("on",)])  # told to everybody
        assert_nothing_is_saved(service, "the database is read-only")
        assert saved_place(service) == "before"
        assert service.get("/", HTML).status == 200
        # It starts like that, too.
        assert service.stop() == 0
        service.start()
        assert "before" in service.get("/", HTML).text
        admin(
            own_postgres,
            "SET default_transaction_read_only = off",
            "ALTER SYSTEM RESET default_transaction_read_only",
            "SELECT pg_reload_conf()",
        )
        recovery = until(lambda: save(service, "well again").status == 200)
        recovered(service)
    note("the database is read-only", "“the database is read-only”, what is stored is shown, saves 503", recovery)


@contextmanager
def keeping_old_rows(server: EmbeddedPostgres) -> Iterator[None]:
    """Somebody still looks at how it was, so that every save needs new room."""
    connection = psycopg2.connect(host=str(server.socket), user=SUPERUSER, dbname="rcmail")
    connection.set_session(isolation_level="REPEATABLE READ")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    try:
        yield
    finally:
        connection.close()


def test_a_full_disk_costs_the_saves_and_not_the_service(small_disk: Path, folder: Path, note: Note) -> None:
    text = "a long text " * 150
    with EmbeddedPostgres(small_disk / "pg") as server, serving(folder, env_for(server)) as service:
        assert save(service, "before").status == 200
        ballast = fill(small_disk)
        # First the table cannot grow: PostgreSQL refuses, and goes on.
        with keeping_old_rows(server):
            places = [f"{number} {text}" for number in range(100)]
            last = next(
                place for place in places if service.post("/config", {"event_location": place}).status != 200
            )
            assert_nothing_is_saved(service, "the disk of the database is full", "z" * 1900)
        before = places[places.index(last) - 1] if places.index(last) else "before"
        assert saved_place(service) == before.strip()
        assert is_ok(service, "db")
        assert before[:20] in service.get("/", HTML).text
        # Then its journal finds no room: it stops, and does not come up again while the disk is full.
        with pytest.raises(psycopg2.Error):
            admin(server, *["SELECT pg_logical_emit_message(true, 'fill', repeat('x', 1000000))"] * 50)
        until(lambda: server.pid is None, 60)
        assert_pages_open_and_say(service, "connection refused: PostgreSQL is not running there")
        assert_nothing_is_saved(service, "connection refused: PostgreSQL is not running there")
        ballast.unlink()
        server.start()  # postgresql@.service: Restart=on-failure
        recovery = recovered(service)
        assert not service.events("request_failed")
    seen = "“the disk of the database is full”, saves 503; then “PostgreSQL is not running”, pages open"
    note("the disk of the database is full", seen, recovery)


def test_a_table_that_is_locked_when_the_service_starts_is_waited_for(
    own_postgres: EmbeddedPostgres, folder: Path, note: Note
) -> None:
    """As slow as a card can be after a power cut: the connection is there, the first answer is not."""
    with serving(folder, env_for(own_postgres)) as service:
        assert save(service, "before").status == 200
        assert service.stop() == 0
    connection = psycopg2.connect(host=str(own_postgres.socket), user=SUPERUSER, dbname="rcmail")
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE settings IN ACCESS EXCLUSIVE MODE")
    service = Service(folder, env_for(own_postgres))
    service.start(wait=0)
    try:
        until(lambda: service.events("db_connect_retry"), 30)
        connection.close()
        recovery = until(lambda: service.get("/", HTML).status == 200)
        assert saved_place(service) == "before"
        assert service.stop() == 0
    finally:
        service.stop(signal.SIGKILL)
    note("at the start PostgreSQL accepts, and does not answer", "no page yet, `db_connect_retry`", recovery)


def test_a_postgresql_that_goes_again_while_the_service_starts_is_waited_for(
    own_postgres: EmbeddedPostgres, folder: Path, note: Note
) -> None:
    env = env_for(own_postgres, DB_CONNECT_DELAY_SECONDS="0.5", DB_CONNECT_ATTEMPTS="8")
    service = Service(folder, env)
    own_postgres.stop()
    service.start(wait=0)
    try:
        until(lambda: service.events("db_connect_retry"), 30)
        own_postgres.start()
        processes = server_processes(own_postgres)
        for process in processes:
            process.suspend()  # it accepts, and no more
        own_postgres.stop(signal.SIGKILL)
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        until(lambda: len(service.events("db_connect_retry")) >= 2, 30)
        own_postgres.start()
        recovery = until(lambda: service.get("/", HTML).status == 200)
        assert service.stop() == 0
    finally:
        service.stop(signal.SIGKILL)
    note("PostgreSQL comes late, dies again, comes", "no page yet, `db_connect_retry`", recovery)
