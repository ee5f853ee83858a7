"""``rcmail dev``: everything on one machine with nothing installed — PostgreSQL from a wheel, a kept key."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from rcmail.db.embedded import PORT, EmbeddedPostgres

FOLDER: Final = Path(".rcmail")


def fallback(folder: Path = FOLDER) -> dict[str, str]:
    """What counts in development where nothing else is said: this machine only, and a key of its own."""
    return {"HTTP_HOST": "127.0.0.1", "SECRET_KEY": _kept_secret_key(folder)}


@contextmanager
def embedded_postgres(folder: Path = FOLDER) -> Iterator[dict[str, str]]:
    """PostgreSQL runs inside the block; yields the configuration that leads to it."""
    folder.mkdir(parents=True, exist_ok=True)
    with EmbeddedPostgres(folder / "postgresql-16") as postgres:
        yield {
            "POSTGRES_HOST": str(postgres.socket),
            "POSTGRES_PORT": str(PORT),
            "POSTGRES_USER": "rcmail",
            "POSTGRES_DB": "rcmail",
            "POSTGRES_PASSWORD": "",
        }


def _kept_secret_key(folder: Path) -> str:
    """Made once, then the same at every start."""
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Written beside and renamed: a power cut leaves no half a key.
        fresh = path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32))
        fresh.replace(path)
    return path.read_text().strip()
