"""The command ``rcmail``: one function a command, and the exit codes in one place."""

import argparse
import asyncio
import json
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rcmail.arguments import parser
from rcmail.errors import ConfigError, InvalidSettings, RcmailError
from rcmail.log import setup as log
from rcmail.log.scrubbing import is_sensitive
from rcmail.process.parent import ending_with_parent

if TYPE_CHECKING:
    from rcmail.config import Config

EXIT_FAILURE: Final = 1
EXIT_ERROR: Final = 2  # of check, where 1 is a warning
EXIT_CONFIG: Final = os.EX_CONFIG  # 78, sysexits.h: systemd does not restart on it

logger = logging.getLogger("rcmail.app")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code. Every failure is logged before it ends the process."""
    _open_what_is_closed()
    options = parser(_COMMANDS).parse_args(arguments)
    # Until the configuration says otherwise; what is wrong with it may be told by an error that quotes it.
    log.configure(style="json", secrets=_likely_secrets())
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        _stand_somewhere()
        return command(options)
    except ConfigError as error:
        # The values stay out: what is wrong may be a secret in the wrong place.
        logger.critical(
            "config_invalid",
            extra={
                "variables": sorted(error.problems),
                "problems": [f"{name} {what}" for name, what in error.problems.items()],
            },
        )
        return EXIT_CONFIG
    except InvalidSettings as error:
        reason = "; ".join(f"the {name} {what}" for name, what in error.problems.items())
        logger.critical(f"{options.name}_failed", extra={"reason": reason})  # noqa: G004
        return EXIT_FAILURE
    except RcmailError as error:
        logger.critical(f"{options.name}_failed", extra={"reason": str(error)})  # noqa: G004
        return EXIT_FAILURE
    except KeyboardInterrupt:
        return EXIT_FAILURE
    except BrokenPipeError:  # “rcmail check | head”: who was to read it has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAILURE
    except Exception:
        logger.critical(f"{options.name}_failed", exc_info=True)  # noqa: G004
        return EXIT_ERROR if command is check else EXIT_FAILURE


def _configure(
    options: argparse.Namespace,
    fallback: Mapping[str, object] | None = None,
    override: Mapping[str, object] | None = None,
) -> "Config":
    from rcmail import config
    from rcmail.settings.keys import BY_NAME

    loaded = config.load(options.settings, fallback=fallback, override=override)
    # What `check` and `migrate --list` print is their answer, so their log goes elsewhere.
    answers = options.command in (check, import_mail) or getattr(options, "list", False)
    stream = sys.stderr if answers else sys.stdout
    # The table of `check` says everything, and better.
    level = "ERROR" if options.command is check and loaded.log_level != "DEBUG" else loaded.log_level
    log.configure(level, loaded.log_format, loaded.secrets(), stream, BY_NAME)
    return loaded


@contextmanager
def _configured(options: argparse.Namespace) -> Iterator["Config"]:
    """The configuration for a command beside the service.

    In the folder of a `make run` it leads to that one, unless it is said elsewhere which database is meant. Only
    `check` looks at what is there; for the others its database runs in the meantime.
    """
    from rcmail import config, dev

    if config.is_given(options.settings) or not dev.is_here():
        yield _configure(options)
        return
    with dev.beside(may_start=options.command is not check) as leads_to:
        # What was told to `make run` beats .env, as it did there; what is told to this command beats both.
        told = {name: leads_to[name] for name in dev.TOLD if name in leads_to and name not in os.environ}
        found = dev.claim(_configure(options, leads_to, told), leads_to)
        if found.is_make_run and options.command is not check:
            _say("rcmail: on the database of `make run` in this folder")
        yield found


@contextmanager
def _configured_as_parent(options: argparse.Namespace) -> Iterator["Config"]:
    """The configuration of the `make run` that started this command."""
    from rcmail import dev

    with dev.beside(may_start=False) as leads_to:
        where = {name: value for name, value in leads_to.items() if name != "SECRET_KEY"}
        yield dev.claim(_configure(options, leads_to, where), leads_to)


def serve(options: argparse.Namespace) -> int:
    from rcmail import server

    server.run(_configure(options))
    return 0


def dev(options: argparse.Namespace) -> int:
    from rcmail import dev, server
    from rcmail.process.beside import kept_running

    fallback = dev.fallback()
    _configure(options, fallback)  # a typing mistake shows before PostgreSQL starts
    _say("rcmail: starting the embedded PostgreSQL (its data is kept in .rcmail/) …")
    with dev.embedded_postgres() as postgres:
        leads_to = dev.settings_for(postgres.socket)
        config = dev.claim(_configure(options, fallback, leads_to), leads_to)
        dev.note(config)
        with ExitStack() as beside:

            def when_ready(address: str) -> None:
                # With the database as the service has made it.
                beside.enter_context(kept_running("worker", dev.worker_command(options.settings)))
                _say(f"rcmail: open {address} — Ctrl-C stops it")

            server.run(config, when_ready)
    return 0


def work(options: argparse.Namespace) -> int:
    from rcmail import worker

    if options.with_parent:
        with ending_with_parent(sys.stdin.fileno()), _configured_as_parent(options) as config:
            worker.run(config)
    else:
        with _configured(options) as config:
            worker.run(config)
    return 0


def migrate(options: argparse.Namespace) -> int:
    with _configured(options) as config:
        asyncio.run(_migrate(options, config))
    return 0


async def _migrate(options: argparse.Namespace, config: "Config") -> None:
    from rcmail.db.migrations import applied, migrate, roll_back
    from rcmail.db.pool import Database

    database = Database(config.postgres)
    try:
        await database.connect()
        if options.list:
            for name in await applied(database):
                print(name)
        elif options.back_to:
            await roll_back(database, config.postgres, options.back_to)
        elif not await migrate(database, config.postgres):
            logger.info("db_schema_current")
    finally:
        await database.close()


def backup(options: argparse.Namespace) -> int:
    from rcmail.db.backup import KEEP, back_up, default_folder

    with _configured(options) as config:
        folder = options.folder or default_folder()
        verified = asyncio.run(back_up(config.postgres, folder, options.keep or KEEP))
    _say(f"rcmail: {verified.file} was restored on trial and is good")
    return 0


def restore(options: argparse.Namespace) -> int:
    from rcmail.db.backup import restore
    from rcmail.mail.forgotten import Names
    from rcmail.privacy.again import forget_again

    with _configured(options) as config:
        then = partial(forget_again, names=Names(config.secret_key))
        replaced = asyncio.run(restore(config.postgres, options.file.absolute(), then))
    kept = f"; what was there before is kept as the database {replaced}" if replaced else ""
    _say(f"rcmail: {options.file} is in place{kept}")
    return 0


def import_mail(options: argparse.Namespace) -> int:
    from rcmail.importer import bring_in

    with _configured(options) as config:
        counted = asyncio.run(bring_in(config, options.file.absolute(), options.address))
    if options.json:
        print(json.dumps(counted), flush=True)
    else:
        print(", ".join(f"{count:,} {name}" for name, count in counted.items()), flush=True)
    return 0


def password(options: argparse.Namespace) -> int:
    from rcmail.door.command import set_password, typed_password

    typed = typed_password()
    with _configured(options) as config:
        was_set = asyncio.run(set_password(config.postgres, typed, once=options.once))
    _say("rcmail: the password is set, and everybody is signed out" if was_set else "rcmail: it was set before")
    return 0


def check(options: argparse.Namespace) -> int:
    with _configured(options) as config:
        if options.offline:
            return 0
        from rcmail.doctor import examine

        found = asyncio.run(examine(config, options.wait))
    if options.json:
        print(found.as_json(), flush=True)
    else:
        is_terminal = sys.stdout.isatty()
        width = shutil.get_terminal_size().columns if is_terminal else 1000
        # https://no-color.org/
        print(found.as_table(width=width, is_colourful=is_terminal and not os.environ.get("NO_COLOR")), flush=True)
    return found.exit_code


def _open_what_is_closed() -> None:
    """Whoever started us may have closed stdin, stdout or stderr: the next socket would get its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w" if number else "r"))  # noqa: PTH123, SIM115


def _stand_somewhere() -> None:
    """Every relative path needs a working directory, and so does whatever asks for it much later."""
    try:
        Path.cwd()
    except FileNotFoundError:
        raise ConfigError({"the working directory": "was deleted; go into a folder that exists (cd)"}) from None


def _likely_secrets() -> list[str]:
    """Values of the environment that are secrets by their names, ours or another program's."""
    from rcmail.variables import SECRET_VARIABLES, VARIABLES

    # The shell's names for the working directory, and ours for whether a password is asked for, only look like it.
    innocent = {"PWD", "OLDPWD", *VARIABLES} - set(SECRET_VARIABLES)
    named = {name: value for name, value in os.environ.items() if name not in innocent}
    return [value for name, value in named.items() if name in SECRET_VARIABLES or is_sensitive(name)]


def _say(text: str) -> None:
    """For the person at the terminal, beside the log."""
    print(text, file=sys.stderr, flush=True)


_COMMANDS: Final = {
    "serve": serve,
    "dev": dev,
    "work": work,
    "migrate": migrate,
    "backup": backup,
    "restore": restore,
    "import": import_mail,
    "password": password,
    "check": check,
}
