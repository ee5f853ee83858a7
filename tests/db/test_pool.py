"""The pool against a PostgreSQL that is restarted, stopped, hung and killed."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

import aiopg
import psutil
import pytest

from rcmail.config import PostgresConfig
from rcmail.db import ways
from rcmail.db.embedded import EmbeddedPostgres
from rcmail.db.pool import POOL_SIZE, Database
from rcmail.errors import DatabaseRefused, DatabaseUnavailable, OutcomeUnknown
from rcmail.log.redaction import Secret
from tests.support import postgres_config


@pytest.fixture
async def own_database(own_postgres: EmbeddedPostgres) -> AsyncIterator[Database]:
    database = Database(postgres_config(str(own_postgres.socket)))
    yield database
    await database.close()


def server_processes(server: EmbeddedPostgres) -> list[psutil.Process]:
    assert server.pid is not None
    postmaster = psutil.Process(server.pid)
    return [postmaster, *postmaster.children(recursive=True)]


async def gone(processes: list[psutil.Process]) -> None:
    """Returns when they are: a backend outlives a postmaster that was killed for a moment, and may answer."""
    async with asyncio.timeout(30):
        while any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes):
            await asyncio.sleep(0.01)


ASLEEP = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"


async def asleep(database: Database) -> None:
    """Returns when a statement on another connection is where it has to be."""
    async with asyncio.timeout(30):
        while not await database.fetch(ASLEEP):
            await asyncio.sleep(0.01)


@contextmanager
def hung(server: EmbeddedPostgres) -> Iterator[None]:
    processes = server_processes(server)
    for process in processes:
        process.suspend()
    try:
        yield
    finally:
        for process in processes:
            process.resume()


async def use_every_connection(database: Database) -> None:
    await asyncio.gather(*(database.fetch("SELECT pg_sleep(0.05)") for _ in range(POOL_SIZE)))


async def test_fetch_returns_rows_and_an_empty_list_where_there_are_none(database: Database) -> None:
    assert await database.fetch("SELECT %s::int, %s", (1, "a'b")) == [(1, "a'b")]
    assert await database.fetch("SELECT 1 WHERE false") == []
    assert await database.fetch("CREATE TEMPORARY TABLE t (a int)") == []
    assert await database.fetch("SELECT '100%'") == [("100%",)]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
async def test_the_first_query_after_a_restart_succeeds(
    how: signal.Signals, own_postgres: EmbeddedPostgres, own_database: Database
) -> None:
    await use_every_connection(own_database)
    backends = server_processes(own_postgres)
    await asyncio.to_thread(own_postgres.stop, how)
    await gone(backends)
    with pytest.raises(DatabaseUnavailable, match="not running"):
        await own_database.fetch("SELECT 1")
    own_postgres.start()
    assert await own_database.fetch("SELECT 1") == [(1,)]
    async with own_database.transaction() as session:
        assert await session.fetch("SELECT 2") == [(2,)]


async def test_a_restart_while_nobody_asked_is_not_noticed(
    own_postgres: EmbeddedPostgres, own_database: Database
) -> None:
    await use_every_connection(own_database)
    await asyncio.to_thread(own_postgres.stop)
    own_postgres.start()
    async with own_database.transaction("SELECT 3") as session:
        assert session.opening == [(3,)]
        assert await session.fetch("SELECT 1") == [(1,)]
    await asyncio.gather(*(own_database.fetch("SELECT 1") for _ in range(20)))


async def test_a_plan_is_made_once_a_connection_and_anew_after_a_restart(
    own_postgres: EmbeddedPostgres, own_database: Database
) -> None:
    plans = (
        "SELECT %s::int AS number, (SELECT count(*) FROM pg_prepared_statements WHERE name = 'counted') AS plans"
    )
    for _ in range(2):
        for number in range(3):
            assert await own_database.fetch_planned("counted", plans, (number,)) == [(number, 1)]
        await asyncio.to_thread(own_postgres.stop)
        own_postgres.start()


async def test_a_hung_server_is_told_in_time_and_recovers_by_itself(
    own_postgres: EmbeddedPostgres, own_database: Database
) -> None:
    await use_every_connection(own_database)
    with hung(own_postgres):
        async with asyncio.timeout(20):
            outcomes = await asyncio.gather(
                *(own_database.fetch("SELECT 1", timeout=0.5) for _ in range(30)), return_exceptions=True
            )
        assert {str(outcome) for outcome in outcomes} == {"PostgreSQL did not answer in time"}
    assert await own_database.fetch("SELECT 1") == [(1,)]


async def test_a_server_that_hangs_in_the_middle_of_a_query_costs_that_connection_only(
    own_postgres: EmbeddedPostgres, own_database: Database
) -> None:
    query = asyncio.create_task(own_database.fetch("SELECT pg_sleep(60)", timeout=3))
    await asleep(own_database)
    with hung(own_postgres), pytest.raises(DatabaseUnavailable):
        await query
    assert await own_database.fetch("SELECT 1") == [(1,)]


async def test_no_connection_and_no_descriptor_leaks_through_faults(
    own_postgres: EmbeddedPostgres, own_database: Database
) -> None:
    await use_every_connection(own_database)
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        with hung(own_postgres):
            await asyncio.gather(
                *(own_database.fetch("SELECT 1", timeout=0.2) for _ in range(10)), return_exceptions=True
            )
        await asyncio.to_thread(own_postgres.stop)
        await asyncio.gather(*(own_database.fetch("SELECT 1") for _ in range(10)), return_exceptions=True)
        own_postgres.start()
        await use_every_connection(own_database)
    assert len(os.listdir("/proc/self/fd")) <= before
    [(sessions,)] = await own_database.fetch(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'rcmail'"
    )
    assert sessions <= POOL_SIZE + 1


async def test_a_cancelled_caller_leaves_the_pool_whole(database: Database) -> None:
    for _ in range(POOL_SIZE * 3):
        task = asyncio.create_task(database.fetch("SELECT pg_sleep(30)"))
        await asyncio.sleep(0.02)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert await database.fetch("SELECT 1") == [(1,)]


async def test_more_callers_than_connections_wait_their_turn(database: Database) -> None:
    rows = await asyncio.gather(*(database.fetch("SELECT pg_sleep(0.01), %s", (n,)) for n in range(60)))
    assert [row[0][1] for row in rows] == list(range(60))
    [(sessions,)] = await database.fetch(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    )
    assert sessions <= POOL_SIZE


async def test_when_the_server_gives_no_more_connections_those_there_are_go_round(
    own_postgres: EmbeddedPostgres,
) -> None:
    from psycopg2 import sql

    from tests.conftest import as_superuser, execute_as_superuser

    def sessions() -> int:
        connection = as_superuser(own_postgres, "postgres")
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE usename = 'rcmail'")
                return int(cursor.fetchone()[0])
        finally:
            connection.close()

    for limit in (2, 1, 0):
        while sessions():  # of the round before, which count until they have ended
            await asyncio.sleep(0.01)
        execute_as_superuser(own_postgres, sql.SQL(f"ALTER ROLE rcmail CONNECTION LIMIT {limit}"))
        database = Database(postgres_config(str(own_postgres.socket)))
        callers = [database.fetch("SELECT pg_sleep(0.01), %s", (n,)) for n in range(40)]
        outcomes = await asyncio.gather(*callers, database.probe(), return_exceptions=True)
        if limit:
            assert [outcome[0][1] for outcome in outcomes[:-1] if isinstance(outcome, list)] == list(range(40))
            async with database.transaction() as session:
                assert await session.fetch("SELECT 1") == [(1,)]
        else:
            assert {str(outcome) for outcome in outcomes} == {"PostgreSQL has no free connection"}
        await database.close()


async def test_a_busy_pool_is_not_an_unreachable_database(database: Database) -> None:
    busy = [asyncio.create_task(database.fetch("SELECT pg_sleep(60)", timeout=60)) for _ in range(POOL_SIZE * 2)]
    async with asyncio.timeout(10):
        while len(await database.probe(ASLEEP)) < POOL_SIZE:
            await asyncio.sleep(0.01)
    assert not any(each.done() for each in busy)
    for each in busy:
        each.cancel()
    await asyncio.gather(*busy, return_exceptions=True)


async def test_a_statement_cancelled_by_the_server_is_no_cancellation_of_ours(database: Database) -> None:
    slow = asyncio.create_task(database.fetch("SELECT pg_sleep(30)"))
    await asleep(database)
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)  # aiopg reports it there as well
    await database.fetch(
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with pytest.raises(DatabaseUnavailable, match="gave up on a statement"):
        await slow


async def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as session:
            await session.fetch("INSERT INTO settings (key, value) VALUES ('a', 'b')")
            raise ZeroDivisionError
    assert await database.fetch("SELECT * FROM settings") == []
    async with database.transaction() as session:
        await session.fetch("INSERT INTO settings (key, value) VALUES ('a', 'b')")
    assert await database.fetch("SELECT key FROM settings") == [("a",)]


async def test_what_opens_a_transaction_is_a_part_of_it(database: Database) -> None:
    insert = "INSERT INTO settings (key, value) VALUES ('a', 'b') RETURNING key"
    with pytest.raises(ZeroDivisionError):
        async with database.transaction(insert) as session:
            assert session.opening == [("a",)]
            raise ZeroDivisionError
    assert await database.fetch("SELECT * FROM settings") == []
    with pytest.raises(Exception, match="does_not_exist"):
        async with database.transaction("SELECT does_not_exist()"):
            pytest.fail("the block is not reached")
    async with database.transaction(insert) as session:
        pass
    assert await database.fetch("SELECT key FROM settings") == [("a",)]


async def test_a_mistake_in_our_own_sql_is_no_unreachable_database(database: Database) -> None:
    with pytest.raises(Exception, match="does_not_exist") as caught:
        await database.fetch("SELECT does_not_exist()")
    assert not isinstance(caught.value, DatabaseUnavailable)
    assert await database.fetch("SELECT 1") == [(1,)]


async def test_a_password_may_hold_any_character(postgres: EmbeddedPostgres, database: Database) -> None:
    from psycopg2 import sql

    from tests.conftest import execute_as_superuser

    password = "p@ss:w/rd '\"\\ %s ü"
    role = sql.Identifier("odd_password")
    execute_as_superuser(postgres, sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(role, sql.Literal(password)))
    over_tcp = Database(
        postgres_config(
            "localhost", port=postgres.port, user="odd_password", database="postgres", password=Secret(password)
        )
    )
    assert await over_tcp.fetch("SELECT current_user") == [("odd_password",)]
    await over_tcp.close()


@pytest.mark.parametrize(
    ("password", "says"), [("wrong-password", "refused the password"), ("", "asks for a password")]
)
async def test_a_refusal_over_tcp_says_what_to_set(password: str, says: str, postgres: EmbeddedPostgres) -> None:
    refused = Database(postgres_config("127.0.0.1", port=postgres.port, password=Secret(password)))
    with pytest.raises(DatabaseRefused, match=says) as caught:
        await refused.probe()
    assert "wrong-password" not in str(caught.value)


async def test_an_unknown_host_name_is_said(postgres: EmbeddedPostgres) -> None:
    unknown = Database(postgres_config("nowhere.invalid"))
    with pytest.raises(DatabaseUnavailable, match="name in POSTGRES_HOST is not known"):
        await unknown.probe()


async def test_a_commit_without_an_answer_is_not_said_to_have_failed(database: Database) -> None:
    for statement in (
        "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(9); RETURN NULL; END'",
        "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON settings DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION slow()",
    ):
        await database.fetch(statement)
    with pytest.raises(OutcomeUnknown):
        async with database.transaction(timeout=2) as session:
            await session.fetch("INSERT INTO settings (key, value) VALUES ('a', 'b')")


async def test_a_role_that_may_not_read_the_tables_is_told(
    postgres: EmbeddedPostgres, database_config: PostgresConfig, database: Database
) -> None:
    from psycopg2 import sql

    from tests.conftest import execute_as_superuser

    execute_as_superuser(
        postgres, sql.SQL("ALTER TABLE settings OWNER TO postgres"), database=database_config.database
    )
    with pytest.raises(DatabaseUnavailable, match="make it their owner"):
        await database.fetch("SELECT * FROM settings")


async def test_a_database_without_our_tables_is_told(empty_database: PostgresConfig) -> None:
    empty = Database(empty_database)
    with pytest.raises(DatabaseRefused, match="a table of rcmail is missing"):
        await empty.fetch("SELECT * FROM settings")
    await empty.close()


def _fatal(code: str, message: str, encoding: str = "utf-8") -> bytes:
    """An ErrorResponse: https://www.postgresql.org/docs/current/protocol-message-formats.html"""
    told = (("S", "FATAL"), ("C", code), ("M", message))
    fields = b"".join(f"{kind}{text}\0".encode(encoding) for kind, text in told)
    return b"E" + (len(fields) + 5).to_bytes(4, "big") + fields + b"\0"


# From PostgreSQL's own catalogue, /usr/share/locale/de/LC_MESSAGES/postgres-15.mo.
GERMAN = {
    "28P01": "Passwort-Authentifizierung für Benutzer »rcmail« fehlgeschlagen",
    "28000": "Rolle »rcmail« hat keine Berechtigung zum Einloggen",
    "57P03": "das Datenbanksystem fährt hoch",
    "53300": "tut mir leid, schon zu viele Verbindungen für »rcmail«",
}


@asynccontextmanager
async def refusing(code: str, words: str, encoding: str = "utf-8") -> AsyncIterator[int]:
    """A server without TLS that refuses everybody with these words; its port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            length = int.from_bytes(await reader.readexactly(4), "big")
            request = await reader.readexactly(length - 4)
            is_tls = request == (80877103).to_bytes(4, "big")
            writer.write(b"N" if is_tls else _fatal(code, words, encoding))
            await writer.drain()
            writer.close()
            await writer.wait_closed()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
@pytest.mark.parametrize(("code", "words"), GERMAN.items())
async def test_a_refusal_in_another_language_is_tried_again_and_its_words_are_logged(
    code: str, words: str, encoding: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with refusing(code, words, encoding) as port:
        database = Database(postgres_config("127.0.0.1", port=port, connect_attempts=2))
        with pytest.raises(DatabaseUnavailable, match="in words that rcmail does not know; the log has them"):
            async with asyncio.timeout(20):
                await database.connect()
        await database.close()
    told = [record.__dict__["words"] for record in caplog.records if record.message == "db_trouble"]
    assert told == [f"FATAL:  {words}"] * 2
    assert [r.message for r in caplog.records if r.name == "asyncio"] == []


async def test_a_server_without_tls_that_is_full_is_said_to_be_full() -> None:
    async with refusing("53300", "sorry, too many clients already") as port:
        database = Database(postgres_config("127.0.0.1", port=port))
        with pytest.raises(DatabaseUnavailable, match="PostgreSQL has no free connection"):
            await database.probe()
        await database.close()


async def test_when_a_server_of_another_language_gives_no_more_connections_those_there_are_go_round(
    database_config: PostgresConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(database_config)
    assert await database.fetch("SELECT 1") == [(1,)]
    connect = aiopg.connect

    async with refusing("53300", GERMAN["53300"]) as port:
        elsewhere = {"host": "127.0.0.1", "port": port, "sslmode": "disable"}
        monkeypatch.setattr(aiopg, "connect", lambda **options: connect(**options | elsewhere))
        callers = [database.fetch("SELECT pg_sleep(0.01), %s", (n,)) for n in range(40)]
        assert [rows[0][1] for rows in await asyncio.gather(*callers)] == list(range(40))
    await database.close()


async def test_a_refusal_after_tls_failed_is_told_at_once() -> None:
    # libpq then tries again without, on a socket that aiopg knows nothing of: the wrong password hung for ever.
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        length = int.from_bytes(await reader.readexactly(4), "big")
        request = await reader.readexactly(length - 4)
        if request == (80877103).to_bytes(4, "big"):  # SSLRequest
            writer.write(b"S")
            await reader.read(5)
        else:
            writer.write(_fatal("28P01", 'password authentication failed for user "rcmail"'))
        await writer.drain()
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        database = Database(postgres_config("127.0.0.1", port=port, password=Secret("wrong"), connect_attempts=5))
        with pytest.raises(DatabaseRefused, match="refused the password"):
            async with asyncio.timeout(20):
                await database.connect()
        await database.close()


async def test_the_second_address_of_a_name_is_tried_where_the_first_refuses(
    postgres: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def two(host: str, port: int) -> list[tuple[int, int, str, int]]:
        return [(2, 6, "127.0.0.2", port), (2, 6, "127.0.0.1", port)]

    monkeypatch.setattr(ways, "look_up", two)
    database = Database(postgres_config("somewhere", port=postgres.port, password=Secret("wrong")))
    async with asyncio.timeout(20):
        with pytest.raises(DatabaseRefused, match="refused the password"):
            await database.fetch("SELECT 1")
    await database.close()


async def test_rows_go_by_the_names_of_their_columns(database: Database) -> None:
    [row] = await database.fetch("SELECT 1 AS id, 'Anna' AS name")
    assert (row.id, row.name) == row == (1, "Anna")


async def test_what_changes_something_is_sent_once_though_its_connection_was_cut(
    own_postgres: EmbeddedPostgres, own_database: Database
) -> None:
    await own_database.execute("CREATE TABLE visits (n serial)")
    await use_every_connection(own_database)
    await asyncio.to_thread(own_postgres.stop)
    own_postgres.start()
    assert await own_database.execute("INSERT INTO visits VALUES (%s) RETURNING n", (7,)) == [(7,)]
    assert await own_database.fetch("SELECT n FROM visits") == [(7,)]


async def test_what_was_cut_before_its_commit_happens_once(database: Database) -> None:
    await database.execute("CREATE TABLE visits (n int)")
    await use_every_connection(database)
    await database.execute("CREATE SEQUENCE tries")  # which no rollback sets back
    seconds = "CASE nextval('tries') WHEN 1 THEN 60 ELSE 0 END"
    slow = asyncio.create_task(database.execute(f"INSERT INTO visits SELECT 1 FROM pg_sleep({seconds})"))
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
    async with asyncio.timeout(30):
        while not await database.fetch(f"{cut} AND datname = current_database()"):
            await asyncio.sleep(0.02)
    await slow
    assert await database.fetch("SELECT n FROM visits") == [(1,)]


async def test_many_rows_are_one_statement_and_keep_every_character(database: Database) -> None:
    await database.execute("CREATE TABLE notes (id int, text text)")
    rows = [(number, f"{number}: 100 % 'n' \\ \"é😀\" %s") for number in range(2_500)]
    async with database.transaction() as session:
        ids = await session.fetch_values("INSERT INTO notes (id, text) VALUES %s RETURNING id", rows)
        assert await session.fetch_values("INSERT INTO notes (id, text) VALUES %s", []) == []
    assert [row.id for row in ids] == list(range(2_500))
    assert [tuple(row) for row in await database.fetch("SELECT id, text FROM notes ORDER BY id")] == rows


async def test_a_call_may_have_a_longer_limit_than_the_server_has_by_default(database: Database) -> None:
    async with database.transaction("SELECT 1", timeout=40) as session:
        [(limit,)] = await session.fetch("SELECT current_setting('statement_timeout')")
    [(usual,)] = await database.fetch("SELECT current_setting('statement_timeout')")
    assert (limit, usual) == ("40s", "15s")


async def test_who_is_cancelled_just_as_the_answer_comes_is_cancelled(database: Database) -> None:
    """Else a limit of time passes without effect, and a task that is to end goes on."""
    loop = asyncio.get_running_loop()
    swallowed = 0
    async with database.transaction() as session:
        began = loop.time()
        for _ in range(20):
            await session.fetch("SELECT 1")
        usual = (loop.time() - began) / 20
    for number in range(300):
        task = asyncio.create_task(database.fetch("SELECT 1"))
        loop.call_later(usual * (0.2 + 1.6 * number / 300), task.cancel)
        try:
            await task
        except (asyncio.CancelledError, DatabaseUnavailable):  # or so many new connections at once were too many
            continue
        swallowed += task.cancelling()
    assert swallowed == 0
