"""The wheel, installed into an empty venv somewhere else, serves a page."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.support import ROOT, free_port


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT], check=True)
    [built] = folder.glob("rcmail-*.whl")
    return built


def test_the_wheel_holds_what_stands_beside_the_code_and_nothing_of_development(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "rcmail/_bundled/templates/base.html" in names
    assert "rcmail/_bundled/templates/prompt.txt" in names
    assert "rcmail/_bundled/migrations/0001.create-settings.sql" in names
    assert "rcmail/_bundled/config/settings.toml" in names
    assert "rcmail/static/rcmail.css" in names
    assert "rcmail/mailbox/demo/mail.mbox" in names
    assert not [name for name in names if name.startswith(("tests", ".env", "config/")) or "__pycache__" in name]


def test_the_wheel_in_an_empty_venv_serves_a_page(
    wheel: Path, service_env: dict[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests import support

    home = folder / "venv"
    venv.create(home, with_pip=True)
    pip = [str(home / "bin/python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run(
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", ROOT / "requirements/runtime.lock"], check=True
    )
    subprocess.run([*pip, "--no-deps", wheel], check=True)
    env = {name: value for name, value in service_env.items() if name != "PYTHONPATH"}
    monkeypatch.setattr(sys, "executable", str(home / "bin/python"))
    with support.serving(folder, env) as service:
        page = service.get("/", {"Accept": "text/html"})
        assert (page.status, "Next Repair Café" in page.text) == (200, True)
        assert "/static/rcmail.css?v=" in page.text
        assert service.get("/static/htmx/htmx.min.js").status == 200
        assert service.stop() == 0
    # The embedded server is for development: a deployment that asks for it is told so.
    result = subprocess.run(
        [home / "bin/rcmail", "dev"],
        env={**env, "HTTP_PORT": str(free_port())},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "the embedded PostgreSQL is not installed" in result.stdout
