"""A database that somebody has changed by hand, or that is of another kind: told with what to do, never a 500."""

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from psycopg2 import sql

from rcmail import keys
from rcmail.config import PostgresConfig
from rcmail.db.embedded import EmbeddedPostgres
from rcmail.db.migrations import migrate
from rcmail.db.pool import Database
from rcmail.db.schema import NEEDED, look
from rcmail.errors import RcmailError
from rcmail.settings.store import SettingsStore
from rcmail.validation import MAX_LENGTH
from tests.conftest import Client, execute_as_superuser
from tests.support import free_port, postgres_config, run_rcmail, service_environment

HTML = {"Accept": "text/html"}
RESTORE = "made it; restore a backup"
# What is done, and what health, readiness and pages say of it.
DAMAGE = {
    "table dropped": (["DROP TABLE settings"], RESTORE),
    "column renamed": (["ALTER TABLE settings RENAME value TO wert"], RESTORE),
    "column of no reader renamed": (["ALTER TABLE settings RENAME updated_at TO changed"], RESTORE),
    "table of migrations renamed": (
        ["ALTER TABLE _yoyo_migration RENAME migration_id TO name"],
        "restore a backup",
    ),
    "rights taken": (["REVOKE ALL ON settings FROM rcmail"], "make it their owner"),
    "schema newer": (
        ["INSERT INTO _yoyo_migration (migration_hash, migration_id) VALUES ('x', '0999.future')"],
        "newer than this version of rcmail: it has 0999.future",
    ),
    "schema older": (["DELETE FROM _yoyo_migration"], "restart rcmail"),
    "nothing there": (["DROP OWNED BY rcmail", "CREATE SCHEMA IF NOT EXISTS public"], "restart rcmail"),
}


async def health(client: Client) -> tuple[str, str]:
    client.app[keys.MONITOR].expire()
    answer = await (await client.get("/health")).json()
    return answer["checks"]["db"], answer["details"]["db"]


async def statuses(client: Client) -> dict[str, int]:
    """Of everything that a browser and a program may ask for."""
    found = {path: (await client.get(path, headers=HTML)).status for path in ("/", "/config", "/health", "/logs")}
    found["JSON"] = (await client.get("/config")).status
    found["test"] = (await client.post("/config/test/db")).status
    saved = await client.post("/config", data={"event_location": "x"}, headers=HTML, allow_redirects=False)
    return found | {
        "save": saved.status,
        "save JSON": (await client.post("/config", json={"llm_model": "m"})).status,
    }


@pytest.mark.parametrize(("statements", "says"), DAMAGE.values(), ids=DAMAGE)
async def test_damage_is_told_with_what_to_do_while_the_service_runs(
    statements: list[str], says: str, client: Client, database: Database
) -> None:
    await client.post("/config", json={"event_location": "before"})
    assert await health(client) == ("ok", "PostgreSQL answers")
    for statement in statements:
        await database.execute(statement)
    status, sentence = await health(client)
    assert status == "unreachable"
    assert says in sentence
    assert (await client.get("/health/ready")).status == 503
    assert says in (await (await client.post("/config/test/db")).json())["detail"]
    found = await statuses(client)
    assert {found[path] for path in ("/", "/config", "/health", "/logs", "test")} == {200}
    assert {found[path] for path in ("JSON", "save", "save JSON")} <= {200, 303, 503}
    page = await (await client.get("/", headers=HTML)).text()
    assert "before" in page, "what was last known"


@pytest.mark.parametrize("damage", ["table dropped", "column renamed", "schema newer", "rights taken"])
async def test_damage_ends_the_start_with_what_to_do(
    damage: str, database: Database, database_config: PostgresConfig, folder: Path
) -> None:
    statements, says = DAMAGE[damage]
    for statement in statements:
        await database.execute(statement)
    env = service_environment(database_config, HTTP_PORT=str(free_port()))
    result = await asyncio.to_thread(run_rcmail, "serve", env=env, cwd=folder)
    assert result.returncode == 1
    assert says in result.stdout
    assert "Traceback" not in result.stdout
    check = await asyncio.to_thread(run_rcmail, "check", env=env, cwd=folder)
    [row] = [line for line in check.stdout.splitlines() if re.match(r"[a-z ]{10}Database  ", line)]
    assert row.startswith("error")
    assert says in row


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("nothing there", ""),
        ("schema older", r"settings.*already exists.*restore a backup"),
    ],
)
async def test_what_a_start_can_mend_it_mends_or_says_why_not(
    damage: str, says: str, database: Database, database_config: PostgresConfig
) -> None:
    for statement in DAMAGE[damage][0]:
        await database.execute(statement)
    if says:
        with pytest.raises(RcmailError, match=says):
            await migrate(database, database_config)
    else:
        await migrate(database, database_config)
        await look(database)


async def test_a_save_that_the_table_no_longer_bears_is_no_500(client: Client, database: Database) -> None:
    await database.execute("ALTER TABLE settings DROP CONSTRAINT settings_key_key")
    found = await statuses(client)
    assert {found["save"], found["save JSON"]} == {503}
    assert found["JSON"] == 200


async def test_what_is_looked_at_is_all_that_the_migrations_make(database: Database) -> None:
    """Whoever adds a table or a column adds it to NEEDED."""
    rows = await database.fetch(
        "SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position) AS columns"
        " FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '%%yoyo%%'"
        " GROUP BY table_name",
        (),
    )
    assert {row.table_name: tuple(row.columns) for row in rows} == NEEDED


@pytest.mark.parametrize("whose", ["ROLE rcmail IN DATABASE {}", "DATABASE {}"])
async def test_tables_are_found_whatever_search_path_is_set(
    whose: str, postgres: EmbeddedPostgres, database_config: PostgresConfig, folder: Path
) -> None:
    database = Database(database_config)
    await database.execute("CREATE SCHEMA other")
    await database.execute("CREATE TABLE other.settings (nothing int)")
    name = sql.Identifier(database_config.database)
    execute_as_superuser(postgres, sql.SQL(f"ALTER {whose} SET search_path = other").format(name))
    await database.close()
    await SettingsStore(database := Database(database_config)).save({"event_location": "here"})
    await look(database)
    assert await database.fetch("SELECT value FROM public.settings") == [("here",)]
    await database.close()
    env = service_environment(database_config)
    assert run_rcmail("migrate", env=env, cwd=folder).returncode == 0


async def test_a_row_without_a_value_is_skipped_and_told_once(
    client: Client, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await database.execute("ALTER TABLE settings ALTER value DROP NOT NULL, ALTER key DROP NOT NULL")
    await database.execute(
        "INSERT INTO settings (key, value) VALUES ('event_location', NULL), (NULL, 'x'), ('llm_model', 'm')"
    )
    for _ in range(3):
        page = await (await client.get("/config", headers=HTML)).text()
        assert "Place is stored without a value (NULL); type it again." in page
        assert 'value="m"' in page
    told = [record for record in caplog.records if record.message == "config_invalid_stored_value"]
    assert [record.__dict__["settings"] for record in told] == [["event_location"]]
    assert (await (await client.get("/config")).json())["event_location"] is None
    form = {"event_location": "5 Mill Lane", "was_event_location": ""}
    assert (await client.post("/config", data=form, allow_redirects=False)).status == 303
    assert (await (await client.get("/config")).json())["event_location"] == "5 Mill Lane"


async def test_a_huge_value_in_the_table_costs_no_more_than_a_long_one(client: Client, database: Database) -> None:
    await database.execute(
        "INSERT INTO settings (key, value)"
        " VALUES ('event_location', repeat('ü', 30000000)), ('of_later', repeat('x', 30000000))"
    )
    memory = psutil.Process().memory_info().rss
    page = await client.get("/config", headers=HTML)
    text = await page.text()
    assert page.status == 200
    assert "Place is too long" in text
    assert len(text) < 30_000
    assert psutil.Process().memory_info().rss - memory < 20 * 1024 * 1024
    # and another setting is saved beside it, in the form that shows it
    shown = "ü" * (MAX_LENGTH + 1)
    form = {"event_location": shown, "was_event_location": shown, "llm_model": "m", "was_llm_model": ""}
    assert (await client.post("/config", data=form, allow_redirects=False)).status == 303
    assert await database.fetch("SELECT length(value) FROM settings WHERE key = 'event_location'") == [
        (30_000_000,)
    ]
    assert (await client.post("/config", json={"event_location": None})).status == 200


@pytest.fixture
def other_encoding(postgres: EmbeddedPostgres) -> Callable[[str], PostgresConfig]:
    def make(encoding: str) -> PostgresConfig:
        name = f"in_{encoding.lower()}"
        identifier = sql.Identifier(name)
        execute_as_superuser(
            postgres,
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(identifier),
            sql.SQL("CREATE DATABASE {} OWNER rcmail TEMPLATE template0 ENCODING {}").format(
                identifier, sql.Literal(encoding)
            ),
        )
        return postgres_config(str(postgres.socket), port=postgres.port, database=name)

    return make


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_is_not_utf8_is_told_at_the_start(
    encoding: str, other_encoding: Callable[[str], PostgresConfig], folder: Path
) -> None:
    env = service_environment(other_encoding(encoding), HTTP_PORT=str(free_port()))
    result = run_rcmail("serve", env=env, cwd=folder)
    assert result.returncode == 1
    assert f"the database is in {encoding}" in result.stdout
    assert "UTF8" in result.stdout
    assert "Traceback" not in result.stdout


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
async def test_what_is_in_such_a_database_comes_along_into_one_in_utf8(
    encoding: str, other_encoding: Callable[[str], PostgresConfig], tmp_path: Path
) -> None:
    """As docs/operating.md tells it."""
    from rcmail.db.backup import back_up, restore

    old = other_encoding(encoding)
    database = Database(old)
    await migrate(database, old)
    await database.execute("INSERT INTO settings (key, value) VALUES ('event_location', 'Café Ü')")
    backup = await back_up(old, tmp_path)
    await database.close()
    new = other_encoding("UTF8")
    await restore(new, backup.file)
    store = SettingsStore(database := Database(new))
    await look(database)
    assert (await store.read()).values == {"event_location": "Café Ü"}
    await database.close()


async def test_every_letter_is_kept_whatever_pgclientencoding_says(
    monkeypatch: pytest.MonkeyPatch, database_config: PostgresConfig
) -> None:
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    database = Database(database_config)
    settings, _ = await SettingsStore(database).save({"event_location": "é – Łódź 日本 🔧"})
    assert (
        settings.values == (await SettingsStore(database).read()).values == {"event_location": "é – Łódź 日本 🔧"}
    )
    await database.close()
