"""rcmail never sends: there is nothing in it that could."""

import ast
import re
from pathlib import Path

import pytest

from tests.support import ROOT
from tests.test_layers import MODULES, imported

SENDERS = {"smtplib", "aiosmtplib", "smtpd", "imaplib", "nntplib", "telnetlib", "ftplib", "poplib", "asyncore"}
# Of Gmail and of Graph, of sendmail's programs, and of the protocol itself.
WAYS = re.compile(r"(?i:(?:messages|drafts)[/.]send|sendmail|msmtp|gmail\.send)|\bMAIL FROM:|\bRCPT TO:")
MAILBOXES = sorted((ROOT / "rcmail/mailbox").rglob("*.py"))


def names(tree: ast.AST) -> set[str]:
    """Every name that a module gives or uses, in lower case."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                found.add(name)
    return {name.lower() for name in found}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_knows_a_way_to_send_mail(path: Path) -> None:
    assert not {name.partition(".")[0] for name in imported(path)} & SENDERS
    assert not WAYS.search(path.read_text())


@pytest.mark.parametrize("path", MAILBOXES, ids=lambda path: path.name)
def test_nothing_in_a_mailbox_is_called_sending(path: Path) -> None:
    assert not [name for name in names(ast.parse(path.read_text())) if "send" in name or "smtp" in name]


def test_such_a_module_would_be_found() -> None:
    sample = "import smtplib\nclass Box:\n    def send_draft(self): self.post('/drafts/send')\n"
    assert "send_draft" in names(ast.parse(sample))
    assert WAYS.search(sample)


def test_no_package_that_sends_is_installed_with_it() -> None:
    wanted = [ROOT / "requirements/runtime.lock"]
    packages = {line.split("==")[0].strip().lower() for path in wanted for line in path.read_text().splitlines()}
    assert packages
    assert not packages & {"aiosmtplib", "yagmail", "sendgrid", "redmail", "django", "boto3"}
