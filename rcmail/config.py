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
from typing import Any, Final, cast

from dynaconf import Dynaconf
from dynaconf.vendor.dotenv import dotenv_values

from rcmail import paths
from rcmail.errors import ConfigError
from rcmail.log.redaction import Secret
from rcmail.log.setup import LogFormat
from rcmail.validation import is_loopback
from rcmail.variables import SECRET_VARIABLES, VARIABLES

SITE_FILE_VARIABLE: Final = "RCMAIL_SETTINGS_FILE"
# systemd.exec(5), "Credentials": LoadCredential=rcmail:FOLDER/ hands every file of the folder over as rcmail_FILE.
_CREDENTIALS_VARIABLE: Final = "CREDENTIALS_DIRECTORY"
_CREDENTIAL_PREFIX: Final = "rcmail_"
# https://www.postgresql.org/docs/current/libpq-envars.html; what concerns TLS counts.
_OF_LIBPQ: Final = ("PGHOSTADDR", "PGSERVICE", "PGSERVICEFILE", "PGTZ", "PGDATESTYLE", "PGTARGETSESSIONATTRS")
_UTF_8: Final = "utf-8-sig"  # editors on Windows put a mark before the first letter


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
    own_log: Path | None = None
    """The server's log where it is the one that `make run` has started; not a setting."""

    @property
    def is_here(self) -> bool:
        """Whether the server is on this machine for certain."""
        return self.host.startswith(("/", "@")) or is_loopback(self.host)


@dataclass(frozen=True, slots=True)
class GmailConfig:
    """What Google gives to a registered application, and where it is asked."""

    client_id: Secret
    client_secret: Secret
    refresh_token: Secret
    """Taken over at the first use; empty where somebody connects on the configuration page."""
    api_url: str
    consent_url: str
    token_url: str
    revoke_url: str


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
    password_required: bool
    """Whether the pages ask for the password; False only where this machine alone can reach them."""
    demo: bool
    """Whether the demonstration's invented mail comes by itself into a database that never had any."""
    log_level: str
    log_format: LogFormat

    @property
    def is_local(self) -> bool:
        """Whether only programs on this machine can reach the pages."""
        return is_loopback(self.http_host)

    @property
    def is_make_run(self) -> bool:
        """Whether this is a `make run`, or a command beside one: no systemd looks after it, and nobody is root."""
        return self.postgres.own_log is not None

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


def is_given(site_file: Path | None) -> bool:
    """Whether it is said which database is meant: by systemd, by the environment, or by a file that was named."""
    deciding = (name for name in VARIABLES if name == "SECRET_KEY" or name.startswith("POSTGRES_"))
    named = site_file or os.environ.get(SITE_FILE_VARIABLE)
    return bool(named or _credentials() or any(os.environ.get(name) for name in deciding))


def load(
    site_file: Path | None = None,
    *,
    fallback: Mapping[str, object] | None = None,
    override: Mapping[str, object] | None = None,
) -> Config:
    """Read every layer and return the configuration.

    ``site_file`` defaults to ``$RCMAIL_SETTINGS_FILE``, then to ``/etc/rcmail/settings.toml`` where it exists.
    ``fallback`` lies above the TOML files and below ``.env``, where a variable set to nothing counts as not set;
    ``override`` lies above everything.
    Raises ConfigError that names everything that is wrong, never a value.
    """
    fallback = fallback or {}
    raw = {
        **_defaults(),
        **_site_settings(site_file),
        **fallback,
        **{name: value for name, value in _environment().items() if value or name not in fallback},
        **(override or {}),
    }
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, convert in VARIABLES.items():
        try:
            values[name] = convert(raw.get(name, ""))
        except ValueError as error:
            # Never chained, never with the value: what was typed may be a secret in the wrong place.
            problems[name] = str(error)
    is_local = is_loopback(values.get("HTTP_HOST", ""))
    if values.get("PASSWORD_REQUIRED") is False and "HTTP_HOST" in values and not is_local:
        sentence = "must be true where others can reach the pages; false goes with HTTP_HOST=127.0.0.1 only"
        problems |= {"PASSWORD_REQUIRED": sentence}
    if problems:
        raise ConfigError(problems)
    required = values["PASSWORD_REQUIRED"]
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
            api_url=values["GMAIL_API_URL"],
            consent_url=values["GMAIL_CONSENT_URL"],
            token_url=values["GMAIL_TOKEN_URL"],
            revoke_url=values["GMAIL_REVOKE_URL"],
        ),
        ollama_base_url=values["OLLAMA_BASE_URL"],
        http_host=values["HTTP_HOST"],
        http_port=values["HTTP_PORT"],
        allowed_hosts=values["ALLOWED_HOSTS"],
        password_required=not is_local if required is None else required,
        demo=values["DEMO"],
        log_level=values["LOG_LEVEL"],
        log_format=cast("LogFormat", values["LOG_FORMAT"]),
    )


def _site_settings(asked_for: Path | None) -> dict[str, Any]:
    """What the site's file says, nothing where the default one does not exist. One that was asked for must."""
    named = os.environ.get(SITE_FILE_VARIABLE)
    path = asked_for or (Path(named) if named else None)
    if path is None:
        path = paths.SITE_SETTINGS
        if not path.exists():
            return {}
    # Read here and not by dynaconf, which passes over a file it cannot read, includes others beside it
    # (*.local.toml, dynaconf_include) and knows only names that end in .toml.
    try:
        found = tomllib.loads(path.read_text(_UTF_8))
    except OSError as error:
        raise ConfigError({str(path): f"cannot be read: {error.strerror}"}) from None
    except UnicodeDecodeError:
        raise ConfigError({str(path): "is not UTF-8 text"}) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError({str(path): f"is not valid TOML: {error}"}) from None
    settings = {name.upper(): value for name, value in found.items()}
    problems = {}
    for name in settings:
        if name not in VARIABLES:
            problems[name] = f"in {path} is not a setting of rcmail; see config/settings.toml"
        elif name in SECRET_VARIABLES:
            problems[name] = f"must come from the environment, not from {path}"
    if problems:
        raise ConfigError(problems)
    return settings


def _defaults() -> dict[str, Any]:
    # Variables of these names steer dynaconf, or lead libpq elsewhere than the configuration says; in our
    # environment they are somebody else's, and ignored.
    for name in [name for name in os.environ if name.endswith("_FOR_DYNACONF") or name in _OF_LIBPQ]:
        del os.environ[name]
    layers = Dynaconf(
        settings_files=[str(paths.DEFAULT_SETTINGS)],
        core_loaders=["TOML"],
        environments=False,
        load_dotenv=False,
        # Environment values are taken as they stand: dynaconf would read a password of digits as a number and
        # evaluate one that begins with "@format".
        envvar_prefix=None,
        auto_cast=False,
    )
    return cast("dict[str, Any]", layers.as_dict())


def _environment() -> dict[str, str]:
    """systemd's credentials, ``.env`` of the working directory, the environment; later wins."""
    dotenv = Path.cwd() / ".env"
    logging.getLogger("dotenv").setLevel(logging.ERROR)
    try:
        # Not put into the environment, where child processes would inherit it; and "${x}" is no reference.
        from_file = dotenv_values(dotenv, interpolate=False, encoding=_UTF_8) if dotenv.is_file() else {}
    except UnicodeDecodeError:
        raise ConfigError({".env": "is not UTF-8 text"}) from None
    except OSError as error:
        raise ConfigError({".env": f"cannot be read: {error.strerror}"}) from None
    given = {name: value for name, value in from_file.items() if name in VARIABLES and value is not None}
    return _credentials() | given | {name: os.environ[name] for name in VARIABLES if name in os.environ}


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
            found[name] = (Path(folder) / f"{_CREDENTIAL_PREFIX}{name}").read_text(_UTF_8).rstrip("\r\n")
        except FileNotFoundError:
            continue
        except OSError as error:
            problems[name] = f"cannot be read from systemd's credentials: {error.strerror}"
        except UnicodeDecodeError:
            problems[name] = "in systemd's credentials is not UTF-8 text"
    if problems:
        raise ConfigError(problems)
    return found
