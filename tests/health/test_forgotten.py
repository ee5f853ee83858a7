"""What health and the doctor say of those who were forgotten, and of what still holds them."""

from pathlib import Path

import pytest

from rcmail.config import PostgresConfig
from rcmail.db.pool import Database
from rcmail.health import forgotten
from rcmail.health.base import Finding, Verdict
from rcmail.health.monitor import Monitor
from rcmail.log.redaction import Secret
from rcmail.privacy.forget import forget
from tests.mail.room import AWAY
from tests.support import make_config


async def finding(database: Database, config: PostgresConfig, folder: Path, secret: str = "") -> Finding:
    changes = {"secret_key": Secret(secret)} if secret else {}
    check = forgotten.check(make_config(config, **changes), database, folder)
    [result] = (await Monitor([check]).current()).results
    return result.finding


async def test_backups_from_before_are_counted(
    database: Database, database_config: PostgresConfig, tmp_path: Path
) -> None:
    assert (await finding(database, database_config, tmp_path)).verdict is Verdict.NOT_HERE
    (tmp_path / "backups").mkdir()
    await forget(database, AWAY, "hupsa@example.com")
    found = await finding(database, database_config, tmp_path)
    assert (found.verdict, "no backup here is from before" in found.value) == (Verdict.OK, True)
    (tmp_path / "backups/rcmail-20200101T013000Z.dump").touch()
    found = await finding(database, database_config, tmp_path)
    assert found.value.startswith("1, the last one on ")
    assert "a backup from before that still holds that person; it goes 14 backups later" in found.value
    (tmp_path / "backups/rcmail-20200101T013000Z.dump").rename(tmp_path / "elsewhere")
    (tmp_path / "backups").rmdir()
    (tmp_path / "backups").touch()
    assert "cannot be seen from here" in (await finding(database, database_config, tmp_path)).value


async def test_another_secret_key_is_a_warning(
    database: Database, database_config: PostgresConfig, tmp_path: Path
) -> None:
    await forget(database, AWAY, "hupsa@example.com")
    found = await finding(database, database_config, tmp_path, "another-secret-key-another-secret-key")
    assert found.verdict is Verdict.WARNING
    assert "1 of them are unknown to this SECRET_KEY" in found.value


async def test_the_database_before_a_restore_is_a_warning(
    database: Database, database_config: PostgresConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await forget(database, AWAY, "hupsa@example.com")

    async def is_here(_database: Database) -> bool:
        return True

    monkeypatch.setattr(forgotten, "is_replaced_here", is_here)
    found = await finding(database, database_config, tmp_path)
    assert found.verdict is Verdict.WARNING
    assert found.advice.endswith(f"`sudo -u postgres dropdb {database_config.database}_before_restore`")
