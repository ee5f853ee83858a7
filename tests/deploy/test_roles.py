"""What can be said of the roles and the units without a machine."""

import itertools
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.conftest import ANSIBLE
from tests.support import ROOT

pytestmark = pytest.mark.deploy
ROLES = sorted(path.name for path in (ANSIBLE / "roles").iterdir())


def read(*parts: str) -> Any:
    return yaml.safe_load(ANSIBLE.joinpath("roles", *parts).read_text())


@pytest.mark.parametrize("role", ROLES)
def test_the_argument_specs_of_a_role_are_its_defaults(role: str) -> None:
    options = read(role, "meta", "argument_specs.yml")["argument_specs"]["main"]["options"]
    specified = {name: option["default"] for name, option in options.items()}
    assert specified == read(role, "defaults", "main.yml")
    for name, option in options.items():
        assert option["description"], name
        assert isinstance(option["default"], {"str": str, "int": int, "bool": bool, "dict": dict}[option["type"]])


@pytest.mark.parametrize("role", ROLES)
def test_every_variable_of_a_role_begins_with_its_name(role: str) -> None:
    assert all(name.startswith(f"{role}_") for name in read(role, "defaults", "main.yml"))


@pytest.mark.parametrize("unit", ["rcmail.service", "rcmail-worker.service", "rcmail-backup.service"])
def test_every_hardening_line_has_a_reason_above_it(unit: str) -> None:
    lines = (ROOT / "deploy" / "systemd" / unit).read_text().splitlines()
    hardening = lines[next(i for i, line in enumerate(lines) if line.startswith("# Hardening")) :]
    reasons = 0
    for before, line in itertools.pairwise(line for line in hardening if line and not line.startswith("[")):
        # At most six lines share one reason.
        reasons = 0 if before.startswith("#") else reasons + 1
        assert line.startswith("#") or reasons < 6, f"{unit}: {line} has no reason"
    assert sum(line.startswith("#") for line in hardening) >= 15


def test_the_checksum_of_ollama_is_pinned_for_both_architectures() -> None:
    sums = read("ollama", "defaults", "main.yml")["ollama_sha256"]
    assert sorted(sums) == ["amd64", "arm64"]
    assert all(len(value) == 64 and int(value, 16) for value in sums.values())


@pytest.mark.parametrize(
    ("inventory", "sentence"),
    [
        (None, "Completely failed to parse inventory source"),
        ("rcmial:\n  hosts:\n    raspberrypi.local:\n", "Could not match supplied host pattern, ignoring: rcmail"),
        ("rcmail:\n  hosts:\n   a.local:\n  x\n", "YAML parsing failed"),
    ],
    ids=["no host at all", "a misspelt group", "no YAML"],
)
def test_an_inventory_that_leads_nowhere_is_a_failure(
    tmp_path: Path, inventory: str | None, sentence: str
) -> None:
    if inventory is not None:
        (tmp_path / "hosts.yml").write_text(inventory)
    done = subprocess.run(
        [Path(sys.executable).parent / "ansible-playbook", "-i", tmp_path, "site.yml"],
        cwd=ANSIBLE, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout
    assert sentence in done.stderr
