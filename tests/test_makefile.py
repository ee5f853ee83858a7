"""`make run` as a newcomer meets it, with a Python whose pip is a fake."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import ROOT

# `python -m venv` makes a real venv, whose pip notes what it is told and, for rcmail itself, makes its command.
FAKE_PYTHON = """#!/bin/sh
case "$*" in
*"-m venv"*)
    echo venv >> made
    {fault}
    {python} -m venv --without-pip .venv && sed -i 's/ --without-pip//' .venv/pyvenv.cfg
    cp -r {pip} "$(echo .venv/lib/python*)/site-packages/pip" ;;
*) exec {python} "$@" ;;
esac
"""
FAKE_PIP = """
import os, stat, sys, time
from pathlib import Path
with open("made", "a") as made:
    print("pip", *sys.argv[-1:], file=made)
time.sleep(float(os.environ.get("FAKE_PIP_SECONDS", "0")))
if words := os.environ.get("FAKE_PIP_SAYS"):
    sys.exit(words)
command = Path(sys.prefix, "bin/rcmail")
command.write_text("#!/bin/sh\\necho served\\n")
command.chmod(0o755)
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "a checkout"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    pip = tmp_path / "pip"
    pip.mkdir()
    (pip / "__init__.py").touch()
    (pip / "__main__.py").write_text(FAKE_PIP)
    return folder


def make(checkout: Path, fault: str = "", target: str = "run", **variables: str) -> subprocess.Popen[str]:
    """`make run` under way; ``fault`` is what goes wrong where the venv is made."""
    python = checkout.parent / "python"
    python.write_text(FAKE_PYTHON.format(python=sys.executable, pip=checkout.parent / "pip", fault=fault))
    python.chmod(0o755)
    env = {"PATH": os.environ["PATH"], "PYTHON": str(python), **variables}
    return subprocess.Popen(
        ["make", target], cwd=checkout, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def said(process: subprocess.Popen[str], *, fails: bool = False) -> str:
    """Everything it said, once it has ended."""
    output, _ = process.communicate(timeout=60)
    assert (process.returncode != 0) is fails, output
    return output


def made(checkout: Path) -> list[str]:
    return (checkout / "made").read_text().splitlines()


def test_the_first_line_is_a_friendly_one_and_the_second_time_there_is_none(checkout: Path) -> None:
    assert said(make(checkout)).startswith("rcmail: setting up .venv; the first time takes a minute or two")
    assert said(make(checkout)) == "served\n"
    assert made(checkout) == ["venv", "pip requirements/dev.lock", "pip ."]


def test_two_first_runs_at_once_set_up_once_and_both_serve(checkout: Path) -> None:
    first = make(checkout, FAKE_PIP_SECONDS="1")
    deadline = time.monotonic() + 30
    while not (checkout / "made").exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    second = said(make(checkout))
    assert said(first).endswith("served\n")
    assert "another make sets up .venv at this moment; waiting for it" in second
    assert second.endswith("served\n")
    assert made(checkout) == ["venv", "pip requirements/dev.lock", "pip ."]


def test_an_interrupted_set_up_is_begun_anew(checkout: Path) -> None:
    (checkout / ".venv/bin").mkdir(parents=True)
    assert said(make(checkout)).endswith("served\n")
    assert made(checkout)[0] == "venv"


@pytest.mark.parametrize("damage", ["moved", "copied", "no interpreter", "another version"])
def test_a_venv_that_is_no_use_any_more_is_made_anew_with_one_sentence(damage: str, checkout: Path) -> None:
    said(make(checkout))
    if damage == "moved":
        checkout = checkout.rename(checkout.with_name("moved"))
    elif damage == "copied":
        checkout = Path(shutil.copytree(checkout, checkout.with_name("copied"), symlinks=True))
    elif damage == "no interpreter":
        (checkout / ".venv/bin/python").unlink()
        (checkout / ".venv/bin/python").symlink_to("/usr/bin/python3.99")
    else:
        [library] = (checkout / ".venv/lib").glob("python3.*")
        library.rename(library.with_name("python3.99"))
    told = said(make(checkout))
    assert told.startswith("rcmail: .venv was made in another folder or by another Python: making it anew")
    assert told.endswith("served\n")
    assert said(make(checkout)) == "served\n"


def test_a_checkout_reached_by_a_link_is_set_up_once(checkout: Path) -> None:
    link = checkout.with_name("link")
    link.symlink_to(checkout)
    said(make(link))
    assert said(make(link)) == "served\n"
    assert said(make(checkout)) == "served\n"


def test_a_newer_lock_file_is_installed_and_what_lies_above_it_too(checkout: Path) -> None:
    install: list[str | Path] = [checkout / "requirements/install", "dev", "test"]
    said(make(checkout))
    subprocess.run(install, check=True, capture_output=True)
    for layer in ("dev", "test"):
        (checkout / "made").unlink()
        markers = [checkout / ".venv" / name for name in (".made", ".dev", ".test")]
        for old in (*markers, *(checkout / "requirements").glob("*.lock"), checkout / "pyproject.toml"):
            os.utime(old, (0, 0))
        (checkout / f"requirements/{layer}.lock").touch()
        subprocess.run(install, check=True, capture_output=True)
        above = ["pip requirements/dev.lock", "pip ."] if layer == "dev" else []
        assert made(checkout) == [*above, "pip requirements/test.lock"]


# Debian's words, with the end of the line where Debian has it.
MISSING = (
    "echo 'The virtual environment was not created successfully because ensurepip is not\navailable.'; exit 1"
)
FULL = "echo \"Error: [Errno 28] No space left on device: '.venv'\" >&2; exit 1"


@pytest.mark.parametrize(
    ("fault", "variables", "says"),
    [
        (MISSING, {}, "apt install python3-venv"),
        (FULL, {}, "the disk is full"),
        ("", {"FAKE_PIP_SAYS": "OSError: [Errno 28] No space left on device"}, "the disk is full"),
        (
            "",
            {"FAKE_PIP_SAYS": "WARNING: Retrying after connection broken by 'NewConnectionError'\nERROR: none"},
            "the first run needs the internet",
        ),
        ("", {"FAKE_PIP_SAYS": "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES"}, "DO NOT MATCH THE HASHES"),
        ("", {"PYTHON": "/nowhere/python3"}, "there is no program /nowhere/python3"),
        ("", {"PYTHON": "false"}, "false failed"),
    ],
)
def test_the_sentence_fits_the_cause(fault: str, variables: dict[str, str], says: str, checkout: Path) -> None:
    told = said(make(checkout, fault, **variables), fails=True)
    assert says in told
    assert ("python3-venv" in told) is (fault == MISSING)
    assert "Retrying" not in told


def test_an_empty_python_is_the_usual_one(checkout: Path) -> None:
    programs = checkout.parent / "bin"
    programs.mkdir()
    (programs / "python3").symlink_to(checkout.parent / "python")
    path = f"{programs}:{os.environ['PATH']}"
    assert said(make(checkout, PYTHON="", PATH=path)).endswith("served\n")


@pytest.mark.skipif(os.geteuid() == 0 and shutil.which("setpriv") is None, reason="root writes everywhere")
def test_a_folder_that_may_not_be_written_is_told_as_that(checkout: Path) -> None:
    # As root without the right to override modes: what anybody else is.
    ordinary = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    checkout.chmod(0o555)
    result = subprocess.run(
        [*ordinary, checkout / "requirements/install", "dev"], capture_output=True, text=True, check=False
    )
    checkout.chmod(0o755)
    assert result.returncode == 1
    assert "may not write into" in result.stderr
    assert "chmod -R u+w" in result.stderr
    assert "python3-venv" not in result.stderr
