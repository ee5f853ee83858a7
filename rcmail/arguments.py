"""What the command line may say: the commands with their options."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from rcmail import __version__

Command = Callable[[argparse.Namespace], int]


def parser(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    """The parser; the options that it gives have ``name`` and ``command``, the function of that name."""
    made = argparse.ArgumentParser(
        prog="rcmail",
        description="The Repair Café Mail Assistant. Configuration comes from the environment and from"
        " /etc/rcmail/settings.toml; every name is explained in config/settings.toml.",
        epilog="Exit codes: 0 well, 1 failed (the log says why), 78 the configuration is not valid."
        " Of check: 0 all well, 1 a warning, 2 an error.",
    )
    made.add_argument("--version", action="version", version=f"rcmail {__version__}")
    made.add_argument(
        "--settings",
        type=Path,
        metavar="FILE",
        help="the site's TOML file instead of /etc/rcmail/settings.toml",
    )
    found = made.add_subparsers(dest="name", required=True, metavar="COMMAND")
    for name, summary in (
        ("serve", "run the service until SIGTERM or Ctrl-C"),
        ("dev", "run the service on 127.0.0.1 with an embedded PostgreSQL (make run)"),
        ("work", "do what takes longer than a page may, beside the service, until SIGTERM or Ctrl-C"),
        ("migrate", "bring the database schema up to date, and nothing else"),
        ("backup", "dump the database and prove that the dump can be restored"),
        ("restore", "put a backup in place of the database, which is kept under another name"),
        ("import", "bring in the mails of an mbox file, such as Google Takeout's"),
        ("password", "set the password of the pages (typed, or a line on stdin), and sign everybody out"),
        ("check", "look at everything: the service, what it needs, the machine"),
    ):
        added = found.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        added.set_defaults(command=commands[name])
        if name == "check":
            added.add_argument("--json", action="store_true", help="print what GET /health?full=1 answers")
            added.add_argument(
                "--wait",
                type=_seconds,
                default=0.0,
                metavar="SECONDS",
                help="give the service so long to become ready before looking",
            )
            added.add_argument("--offline", action="store_true", help="validate the configuration, no more")
        elif name == "work":
            added.add_argument(
                "--with-parent", action="store_true", help="end also when stdin, a pipe, is closed (make run)"
            )
        elif name == "migrate":
            instead = added.add_mutually_exclusive_group()
            instead.add_argument("--list", action="store_true", help="print what the database has instead")
            instead.add_argument("--back-to", metavar="MIGRATION", help="undo what came after this one instead")
        elif name == "backup":
            added.add_argument("--folder", type=Path, help="default: $STATE_DIRECTORY/backups")
            added.add_argument("--keep", type=_at_least_one, help="how many to keep; default: 14")
        elif name == "password":
            added.add_argument(
                "--once", action="store_true", help="unless it was set in this way before: a playbook's"
            )
        elif name == "restore":
            added.add_argument("file", type=Path, metavar="FILE", help="a file that `rcmail backup` made")
        elif name == "import":
            added.add_argument("file", type=Path, metavar="FILE", help="an .mbox file")
            added.add_argument(
                "--address", default="", help="whose mailbox it is; default: the first of the settings"
            )
            added.add_argument("--json", action="store_true", help="print the numbers as JSON")
    return made


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a whole number from 1")
    return int(text)


def _seconds(text: str) -> float:
    if not text.isdecimal() or len(text) > 4:
        raise argparse.ArgumentTypeError("must be a whole number of seconds, up to 9999")
    return float(text)
