"""``rcmail dev``: everything on one machine with nothing installed — PostgreSQL from a wheel, a kept key."""

import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from rcmail.db.embedded import PORT, EmbeddedPostgres
from rcmail.errors import EmbeddedDatabaseError
from rcmail.files import write_whole
from rcmail.variables import MIN_SECRET_KEY_LENGTH

FOLDER: Final = Path(".rcmail")


def fallback(folder: Path = FOLDER) -> dict[str, str]:
    """What counts in development where nothing else is said: this machine only, and a key of its own."""
    return {"HTTP_HOST": "127.0.0.1", "SECRET_KEY": _kept_secret_key(folder)}


@contextmanager
def embedded_postgres(folder: Path = FOLDER) -> Iterator[EmbeddedPostgres]:
    """PostgreSQL runs inside the block."""
    # As systemd does for the unit: where the service keeps what it notes.
    os.environ.setdefault("STATE_DIRECTORY", str(folder.absolute()))
    with ExitStack() as running:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            postgres = running.enter_context(EmbeddedPostgres(folder / "postgresql-16"))
        except OSError as error:
            raise _unusable(folder, error) from error
        yield postgres


def settings_for(postgres: EmbeddedPostgres) -> dict[str, str]:
    """The configuration that leads to it."""
    return {
        "POSTGRES_HOST": str(postgres.socket),
        "POSTGRES_PORT": str(PORT),
        "POSTGRES_USER": "rcmail",
        "POSTGRES_DB": "rcmail",
        "POSTGRES_PASSWORD": "",
    }


def _kept_secret_key(folder: Path) -> str:
    """Made once, then the same at every start; one that is no key (a power cut, an editor) is made anew."""
    path = folder / "secret_key"
    try:
        kept = path.read_text("ascii", "replace").strip() if path.exists() else ""
        if len(kept) >= MIN_SECRET_KEY_LENGTH and kept.isalnum():
            return kept
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, key := secrets.token_hex(32), mode=0o600)
    except OSError as error:
        raise _unusable(folder, error) from error
    return key


def _unusable(folder: Path, error: OSError) -> EmbeddedDatabaseError:
    return EmbeddedDatabaseError(
        f"{folder}/ cannot be used ({error.strerror}: {error.filename}). Does it belong to another user, perhaps"
        f" from `sudo make run`? Remove it, or: sudo chown -R $USER {folder}"
    )
