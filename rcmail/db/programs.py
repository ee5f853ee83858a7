"""PostgreSQL's own programs, those of the server's version: pg_dump and pg_restore.

https://www.postgresql.org/docs/current/app-pgdump.html, app-pgrestore.html and libpq-envars.html
"""

import asyncio
import os
from pathlib import Path

from rcmail.config import PostgresConfig
from rcmail.db import embedded
from rcmail.db.pool import Database
from rcmail.errors import BackupError, EmbeddedDatabaseError


async def folder_of(server: Database) -> Path:
    """The folder with them: Debian's of the server's own version, else the wheel's.

    Raises BackupError where there is none, DatabaseUnavailable.
    """
    [(number,)] = await server.fetch("SHOW server_version_num")
    major = int(number) // 10_000
    debian = Path(f"/usr/lib/postgresql/{major}/bin")  # /usr/bin/pg_dump is a wrapper in Perl that guesses
    if (debian / "pg_dump").exists():
        return debian
    try:
        return embedded.programs()
    except EmbeddedDatabaseError:
        raise BackupError(f"pg_dump is not installed; on Debian: apt install postgresql-client-{major}") from None


async def run(program: Path, config: PostgresConfig, *arguments: str) -> None:
    """Run one of them; where it leads to goes by the environment, which ``ps`` does not show.

    Raises BackupError with the last thing it said.
    """
    environment = {
        "PATH": os.defpath,
        "LC_ALL": "C",
        "PGHOST": config.host,
        "PGPORT": str(config.port),
        "PGUSER": config.user,
        "PGDATABASE": config.database,
        "PGCONNECT_TIMEOUT": "10",
    }
    if config.password:
        environment["PGPASSWORD"] = config.password.reveal()
    process = await asyncio.create_subprocess_exec(
        str(program), "--no-password", *arguments, env=environment, cwd="/",
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        _, words = await process.communicate()
    except BaseException:
        process.kill()
        await process.wait()
        raise
    if process.returncode:
        last = words.decode("utf-8", "replace").strip().splitlines()[-1:] or ["nothing"]
        raise BackupError(f"{program.name} failed, nothing was changed; it says: {last[0]}")
