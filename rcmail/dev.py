"""``rcmail dev``: everything on one machine with nothing installed — PostgreSQL from a wheel, a kept key.

And the way to it for the other commands, from another terminal.
"""

import errno
import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from rcmail.config import Config
from rcmail.db.embedded import PORT, EmbeddedPostgres
from rcmail.errors import EmbeddedDatabaseError, EmbeddedDatabaseInUse
from rcmail.files import write_whole
from rcmail.variables import MIN_SECRET_KEY_LENGTH

FOLDER: Final = Path(".rcmail")
_CLUSTER: Final = "postgresql-16"
_NOTE: Final = "service.json"
TOLD: Final[tuple[str, ...]] = ("HTTP_HOST", "HTTP_PORT", "OLLAMA_BASE_URL", "PASSWORD_REQUIRED")
"""What the environment may have told `make run`, and a command from another terminal has to know."""


def fallback(folder: Path = FOLDER) -> dict[str, str]:
    """What counts in development where nothing else is said: this machine only, no password, the demonstration, a
    key of its own."""
    key = _kept_secret_key(folder)
    return {"HTTP_HOST": "127.0.0.1", "PASSWORD_REQUIRED": "auto", "DEMO": "true", "SECRET_KEY": key}


@contextmanager
def embedded_postgres(folder: Path = FOLDER) -> Iterator[EmbeddedPostgres]:
    """PostgreSQL runs inside the block. Raises EmbeddedDatabaseError."""
    with ExitStack() as running:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            postgres = running.enter_context(EmbeddedPostgres(folder / _CLUSTER))
        except OSError as error:
            raise _unusable(folder, error) from error
        yield postgres


def settings_for(socket: Path) -> dict[str, str]:
    """The configuration that leads to it."""
    return {
        "POSTGRES_HOST": str(socket),
        "POSTGRES_PORT": str(PORT),
        "POSTGRES_USER": "rcmail",
        "POSTGRES_DB": "rcmail",
        "POSTGRES_PASSWORD": "",
    }


def is_here(folder: Path = FOLDER) -> bool:
    """Whether there was a `make run` in this working directory."""
    return (folder / _CLUSTER).is_dir()


@contextmanager
def beside(*, may_start: bool, folder: Path = FOLDER) -> Iterator[dict[str, str]]:
    """What leads to the database and to the service of the `make run` in ``folder``.

    Where it does not run, and its database ``may_start``, that runs inside the block.
    """
    found = fallback(folder) | settings_for((folder / _CLUSTER / "run").absolute()) | _noted(folder)
    with ExitStack() as running:
        if may_start:
            with suppress(EmbeddedDatabaseInUse):
                found |= settings_for(running.enter_context(embedded_postgres(folder)).socket)
        yield found


def worker_command(settings: Path | None) -> list[str]:
    """What runs beside the service of `make run`; it finds its database by the note."""
    named = ["--settings", str(settings)] if settings else []
    return [sys.executable, "-m", "rcmail", *named, "work", "--with-parent"]


def claim(config: Config, leads_to: dict[str, str], folder: Path = FOLDER) -> Config:
    """``config`` as one of `make run`, where its database is the one that ``leads_to`` leads to."""
    if config.postgres.host != leads_to["POSTGRES_HOST"]:
        return config
    # As systemd does for the unit: where the service keeps what it notes, and its backups.
    os.environ.setdefault("STATE_DIRECTORY", str(folder.absolute()))
    log = (folder / _CLUSTER / "postgresql.log").absolute()
    return replace(config, postgres=replace(config.postgres, own_log=log))


def note(config: Config, folder: Path = FOLDER) -> None:
    """For the commands: where this service and its database are, whatever the environment said."""
    required = str(config.password_required).lower()
    told = (config.http_host, str(config.http_port), config.ollama_base_url, required)
    found = {"POSTGRES_HOST": config.postgres.host, **dict(zip(TOLD, told, strict=True))}
    try:
        write_whole(folder / _NOTE, json.dumps(found))
    except OSError as error:
        raise _unusable(folder, error) from error


def _noted(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / _NOTE).read_text("utf-8"))
        return {str(name): str(value) for name, value in found.items()}
    except (OSError, ValueError, AttributeError):  # none yet, or half of one
        return {}


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
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return EmbeddedDatabaseError(
            f"the disk is full: {folder}/ cannot be written. Make room and start again; nothing saved is lost"
        )
    what = f"{folder}/ cannot be used ({error.strerror}: {error.filename})"
    if error.errno not in (errno.EACCES, errno.EPERM):
        return EmbeddedDatabaseError(what)
    if not folder.exists():
        return EmbeddedDatabaseError(f"{what}: this user may not write into {folder.absolute().parent}")
    return EmbeddedDatabaseError(
        f"{what}. It belongs to another user, perhaps from `sudo make run`; get it back with:"
        f" sudo chown -R $USER {folder}"
    )
