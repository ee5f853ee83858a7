"""The events in the code and the list of them in docs/operating.md are the same."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from rcmail.log.entries import LEVELS
from rcmail.log.formatter import component
from tests.support import ROOT

# Where among a method's arguments the event stands; behind it, the level is among them too.
METHODS = {
    "debug": 0,
    "info": 0,
    "warning": 0,
    "error": 0,
    "critical": 0,
    "exception": 0,
    "log": 1,
    "makeRecord": 4,
}
NAME = re.compile(r"[a-z]+(_[a-z]+)+")
MODULES = sorted((ROOT / "rcmail").rglob("*.py"))


def documented() -> dict[str, tuple[set[str], str]]:
    """Event → its levels and its service, from the table."""
    section = (ROOT / "docs/operating.md").read_text().split("## Events in the log\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([^`]+)` \| ([A-Z, ]+) \| (\w+) \| .{10,} \|$", section, re.MULTILINE)
    assert len(rows) == section.count("\n|") - 2, "a row of the table is not as the others are"
    assert len({event for event, _, _ in rows}) == len(rows), "an event is there twice"
    return {event: (set(levels.split(", ")), service) for event, levels, service in rows}


def events(expression: ast.expr) -> list[str]:
    """The event names an argument can be; ``f"{options.name}_failed"`` is ``<command>_failed``."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        return [expression.value]
    if isinstance(expression, ast.IfExp):
        return events(expression.body) + events(expression.orelse)
    if isinstance(expression, ast.JoinedStr):
        return [
            "".join(
                str(part.value) if isinstance(part, ast.Constant) else "<command>" for part in expression.values
            )
        ]
    raise AssertionError(f"an event needs a name that stays: {ast.unparse(expression)}")


def logged(path: Path) -> dict[str, tuple[set[str], str]]:
    """Event → the levels it is logged at where they can be told, and the service of the module's logger."""
    tree = ast.parse(path.read_text())
    services = [
        component(str(node.args[0].value))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "logging.getLogger"
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and str(node.args[0].value).startswith("rcmail.")
    ]
    found: dict[str, set[str]] = defaultdict(set)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in METHODS and ast.unparse(node.func.value) in ("logger", "self.logger"):
            place = METHODS[node.func.attr]
            for event in events(node.args[place]):
                name = "ERROR" if node.func.attr == "exception" else node.func.attr.upper()
                found[event] |= (
                    {part for part in LEVELS if f"logging.{part}" in ast.unparse(node.args[0])}
                    if place
                    else {name}
                )
    service = services[0] if services else "http"  # the access logger is handed to aiohttp
    return {event: (levels, service) for event, levels in found.items()}


LOGGED = [(event, levels, service) for path in MODULES for event, (levels, service) in logged(path).items()]


@pytest.mark.parametrize(("event", "levels", "service"), LOGGED)
def test_an_event_in_the_code_is_documented_with_its_level_and_service(
    event: str, levels: set[str], service: str
) -> None:
    assert event in documented()
    assert levels <= documented()[event][0]
    assert service == documented()[event][1]
    assert NAME.fullmatch(event.replace("<command>", "command"))


def test_no_event_is_documented_that_the_code_does_not_log() -> None:
    assert set(documented()) == {event for event, _, _ in LOGGED}
