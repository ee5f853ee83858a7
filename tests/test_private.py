"""A library's private attributes are no interface: the next release may be without them."""

import ast
import importlib.util
import inspect
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pytest

from tests.support import ROOT

# namedtuple and os document these, underscore and all: https://docs.python.org/3/library/collections.html
DOCUMENTED = {"_fields", "_asdict", "_replace", "_make", "_field_defaults", "_exit"}
PATHS = sorted((ROOT / "rcmail").rglob("*.py"))


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in DOCUMENTED


def is_own(value: ast.expr) -> bool:
    return isinstance(value, ast.Name) and value.id in ("self", "cls")


def defined(tree: ast.AST) -> Iterator[str]:
    """Every name that the module gives to something."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and is_own(node.value):
            yield node.attr


def borrowed(tree: ast.AST, ours: set[str]) -> Iterator[str]:
    """Private attributes of something that is not ours, and private names from elsewhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            if not is_own(node.value) and node.attr not in ours:
                yield ast.unparse(node)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] != "rcmail":
            yield from (f"{node.module}.{each.name}" for each in node.names if is_private(each.name))


def private_names(kind: type) -> set[str]:
    """Those that a class has by its definition, and those that its methods set."""
    names = set(dir(kind))
    with suppress(OSError, TypeError):  # written in C
        names |= set(re.findall(r"\bself\.(_\w+)", inspect.getsource(kind)))
    return {name for name in names if is_private(name)}


def inherited(tree: ast.AST, module: ModuleType) -> Iterator[str]:
    """Private names of a library's class that a class of ours, made from it, defines or uses."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and isinstance(kind := getattr(module, node.name, None), type):
            foreign = [private_names(base) for base in kind.__mro__[1:] if not is_ours(base)]
            names = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)} | set(defined(node))
            yield from (f"{node.name}.{name}" for name in sorted(names & set().union(*foreign)))


def is_ours(kind: type) -> bool:
    return kind.__module__.partition(".")[0] in ("rcmail", "a_sample")


def load(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


OURS = {name for path in PATHS for name in defined(ast.parse(path.read_text()))}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_private_attribute_of_a_library_is_used(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert not list(borrowed(tree, OURS))
    if path.name != "__main__.py":
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        assert not list(inherited(tree, importlib.import_module(name)))


SAMPLE = """
import sys
from collections import namedtuple
from aiohttp import web
from aiohttp.web_protocol import _ErrInfo

class Connection(web.RequestHandler):
    __slots__ = ("_fed",)

    def pause(self):
        self._fed = 0
        return self._waiter

class Server(web.Server):
    def __call__(self):
        return Connection(self, **self._kwargs)

class Runner(web.AppRunner):
    async def _make_server(self):
        return Server(None)

def peek(thread):
    return sys._current_frames()[thread], namedtuple("A", "a")(1)._asdict(), Connection._fed
"""


def test_what_reaches_into_a_library_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a_sample.py"
    path.write_text(SAMPLE)
    tree = ast.parse(SAMPLE)
    assert list(borrowed(tree, set(defined(tree)))) == [
        "aiohttp.web_protocol._ErrInfo",
        "sys._current_frames",
    ]
    assert list(inherited(tree, load(path, "a_sample"))) == [
        "Connection._waiter",
        "Server._kwargs",
        "Runner._make_server",
    ]
