"""The configuration of the process: where it comes from, what is valid, and frozen objects out of it.

Layers, later wins: ``config/settings.toml`` → the site's TOML file → systemd's credentials → ``.env`` → the
environment. This is the only module that knows dynaconf.
"""

import logging
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, cast

from dynaconf import Dynaconf, get_history

from rcmail import paths
from rcmail.errors import ConfigError
from rcmail.redaction import Secret
from rcmail.variables import SECRET_VARIABLES, VARIABLES

SITE_FILE_VARIABLE: Final = "RCMAIL_SETTINGS_FILE"
# systemd.exec(5), "Credentials": LoadCredential=rcmail:FOLDER/ hands every file of the folder over as rcmail_FILE.
_CREDENTIALS_VARIABLE: Final = "CREDENTIALS_DIRECTORY"
_CREDENTIAL_PREFIX: Final = "rcmail_"

LogFormat = Literal["auto", "json", "console"]


@dataclass(frozen=True, slots=True)
class PostgresConfig:
    """How to reach PostgreSQL. A ``host`` that begins with ``/`` is the folder of the Unix socket."""

    host: str
    port: int
    user: str
    database: str
    password: Secret
    connect_attempts: int
    connect_delay: float
    """Seconds before the second attempt; doubles from there, up to 10."""


@dataclass(frozen=True, slots=True)
class GmailConfig:
    """What Google gives to a registered application."""

    client_id: Secret
    client_secret: Secret
    refresh_token: Secret


@dataclass(frozen=True, slots=True)
class Config:
    """Everything the environment decides; what the operator decides in the browser is in ``settings``."""

    secret_key: Secret
    postgres: PostgresConfig
    gmail: GmailConfig
    ollama_base_url: str
    http_host: str
    http_port: int
    allowed_hosts: frozenset[str]
    log_level: str
    log_format: LogFormat

    def secrets(self) -> list[str]:
        """The values that must appear in no log, page or error."""
        gmail = self.gmail
        held = (
            self.secret_key,
            self.postgres.password,
            gmail.client_id,
            gmail.client_secret,
            gmail.refresh_token,
        )
        return [secret.reveal() for secret in held if secret]


def load(
    site_file: Path | None = None,
    *,
    fallback: Mapping[str, object] | None = None,
    override: Mapping[str, object] | None = None,
) -> Config:
    """Read every layer and return the configuration.

    ``site_file`` defaults to ``$RCMAIL_SETTINGS_FILE``, then to ``/etc/rcmail/settings.toml`` where it exists.
    ``fallback`` lies above the TOML files and below ``.env``; ``override`` lies above everything.
    Raises ConfigError that names everything that is wrong, never a value.
    """
    from_files, from_environment = _read_layers(_site_file(site_file))
    raw = {**from_files, **(fallback or {}), **from_environment, **(override or {})}
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, convert in VARIABLES.items():
        try:
            values[name] = convert(raw.get(name, ""))
        except ValueError as error:
            # Never chained, never with the value: what was typed may be a secret in the wrong place.
            problems[name] = str(error)
    if problems:
        raise ConfigError(problems)
    return Config(
        secret_key=values["SECRET_KEY"],
        postgres=PostgresConfig(
            host=values["POSTGRES_HOST"],
            port=values["POSTGRES_PORT"],
            user=values["POSTGRES_USER"],
            database=values["POSTGRES_DB"],
            password=values["POSTGRES_PASSWORD"],
            connect_attempts=values["DB_CONNECT_ATTEMPTS"],
            connect_delay=values["DB_CONNECT_DELAY_SECONDS"],
        ),
        gmail=GmailConfig(
            client_id=values["GMAIL_CLIENT_ID"],
            client_secret=values["GMAIL_CLIENT_SECRET"],
            refresh_token=values["GMAIL_REFRESH_TOKEN"],
        ),
        ollama_base_url=values["OLLAMA_BASE_URL"],
        http_host=values["HTTP_HOST"],
        http_port=values["HTTP_PORT"],
        allowed_hosts=values["ALLOWED_HOSTS"],
        log_level=values["LOG_LEVEL"],
        log_format=cast("LogFormat", values["LOG_FORMAT"]),
    )


def _site_file(asked_for: Path | None) -> Path | None:
    """The site's file, or None where the default one does not exist. One that was asked for must be there."""
    named = os.environ.get(SITE_FILE_VARIABLE)
    path = asked_for or (Path(named) if named else None)
    if path is None:
        path = paths.SITE_SETTINGS
        if not path.exists():
            return None
    # dynaconf passes over a file it cannot read; an operator's typo must not be passed over.
    try:
        tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError({str(path): f"cannot be read: {error.strerror}"}) from None
    except UnicodeDecodeError:
        raise ConfigError({str(path): "is not UTF-8 text"}) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError({str(path): f"is not valid TOML: {error}"}) from None
    return path


def _read_layers(site_file: Path | None) -> tuple[dict[str, Any], dict[str, str]]:
    """What the TOML files say, and what ``.env`` and the environment say."""
    logging.getLogger("dotenv").setLevel(logging.ERROR)
    dotenv = Path.cwd() / ".env"
    files = [str(paths.DEFAULT_SETTINGS), *([str(site_file)] if site_file else [])]
    layers = Dynaconf(
        settings_files=files,
        core_loaders=["TOML"],
        environments=False,
        load_dotenv=dotenv.is_file(),
        dotenv_path=str(dotenv),
        # Environment values are taken below, as they stand: dynaconf would read a password of digits as a
        # number and evaluate one that begins with "@format".
        envvar_prefix=None,
        auto_cast=False,
    )
    try:
        from_files = cast("dict[str, Any]", layers.as_dict())  # and .env is in the environment now
    except UnicodeDecodeError:
        raise ConfigError({".env": "is not UTF-8 text"}) from None
    except OSError as error:
        raise ConfigError({".env": f"cannot be read: {error.strerror}"}) from None
    if site_file:
        _check_site_names(layers, str(site_file))
    from_environment = {name: os.environ[name] for name in VARIABLES if name in os.environ}
    return from_files, _credentials() | from_environment


def _credentials() -> dict[str, str]:
    """The secrets that systemd hands over as files: unlike variables, no child process inherits them."""
    folder = os.environ.get(_CREDENTIALS_VARIABLE)
    if not folder:
        return {}
    found: dict[str, str] = {}
    problems: dict[str, str] = {}
    for name in SECRET_VARIABLES:
        try:
            # One line; what ends it is the editor's, spaces before it may be part of a password.
            found[name] = (Path(folder) / f"{_CREDENTIAL_PREFIX}{name}").read_text("utf-8").rstrip("\r\n")
        except FileNotFoundError:
            continue
        except OSError as error:
            problems[name] = f"cannot be read from systemd's credentials: {error.strerror}"
        except UnicodeDecodeError:
            problems[name] = "in systemd's credentials is not UTF-8 text"
    if problems:
        raise ConfigError(problems)
    return found


def _check_site_names(layers: Dynaconf, site_file: str) -> None:
    problems = {}
    for layer in get_history(layers, filter_callable=lambda source: source.identifier == site_file):
        for name in layer["value"]:
            if name not in VARIABLES:
                problems[name] = f"in {site_file} is not a setting of rcmail; see config/settings.toml"
            elif name in SECRET_VARIABLES:
                problems[name] = f"must come from the environment, not from {site_file}"
    if problems:
        raise ConfigError(problems)
