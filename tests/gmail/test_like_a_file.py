"""The same mailbox, once as a file and once from Gmail, gives the same rows."""

import asyncio
from pathlib import Path

import pytest

from rcmail.config import PostgresConfig
from rcmail.db.embedded import EmbeddedPostgres
from rcmail.db.pool import Database
from tests.gmail.cafe import ROWS, cafe
from tests.gmail.google import Google
from tests.gmail.loading import EXAMPLE, EXAMPLE_GROUP
from tests.mail.letters import letter
from tests.support import run_rcmail

Rows = list[tuple[object, ...]]


def of_the_file(env: dict[str, str], config: PostgresConfig, folder: Path) -> Rows:
    done = run_rcmail("import", str(EXAMPLE), "--address", EXAMPLE_GROUP, env=env, cwd=folder)
    assert done.returncode == 0, done.stderr

    async def read() -> Rows:
        database = Database(config)
        try:
            return [tuple(row) for row in await database.fetch(ROWS)]
        finally:
            await database.close()

    return asyncio.run(read())


@pytest.mark.timeout(300)
def test_gmail_gives_what_the_file_gives_and_a_second_sync_asks_next_to_nothing(
    service_env: dict[str, str], database_config: PostgresConfig, own_postgres: EmbeddedPostgres,
    folder: Path, tmp_path: Path, example_google: Google,
) -> None:  # fmt: skip
    wanted = of_the_file(service_env, database_config, tmp_path)
    with cafe(own_postgres, folder, example_google, lapse=50) as here:
        here.connect()
        here.post("/config", {"mail_since": "2020-01-01"})
        run = here.sync()
        assert (run["state"], run["new"], run["failed"], run["error"]) == ("done", 348, 0, None)
        assert here.rows() == wanted
        assert example_google.count(r"GET .*/messages/[^/]+$") == 348
        before = example_google.count()
        again = here.sync()
        assert (again["state"], again["new"]) == ("done", 0)
        assert example_google.count() - before <= 3
        example_google.seed([letter(subject="nieuw")])
        assert here.sync()["new"] == 1
        example_google.expire_history()
        assert here.sync()["new"] == 0
        assert example_google.count(r"GET .*/messages/[^/]+$") == 349
        assert here.health()[0] == "ok"
