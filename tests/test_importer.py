"""The command ``rcmail import``: what it prints, what it leaves, and what it says where it cannot."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

from rcmail.db.pool import Database
from tests.mail.letters import GROUP, letter, mbox
from tests.support import ROOT, run_rcmail

EXAMPLE = ROOT / "tests/data/mailbox/mailbox.mbox"


def write(folder: Path, *letters: bytes) -> Path:
    path = folder / "some.mbox"
    path.write_bytes(mbox(*letters))
    return path


def test_a_file_is_imported_once(service_env: dict[str, str], tmp_path: Path) -> None:
    path = write(tmp_path, letter(), letter(sender=GROUP, to="anna@example.com"))
    first = run_rcmail("import", str(path), "--address", GROUP, "--json", env=service_env, cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout) == {"new": 2, "known": 0, "skipped": 0, "failed": 0}
    # The address is known from now on.
    again = run_rcmail("import", str(path), env=service_env, cwd=tmp_path)
    assert (again.returncode, again.stdout) == (0, "0 new, 2 known, 0 skipped, 0 failed\n")


def test_nothing_of_a_mail_is_in_what_the_command_logs(service_env: dict[str, str], tmp_path: Path) -> None:
    said = run_rcmail(
        "import", str(EXAMPLE), "--address", GROUP, env={**service_env, "LOG_LEVEL": "DEBUG"}, cwd=tmp_path
    )
    assert said.returncode == 0
    for word in ("broodrooster", "Annelies", "annelies79", "kwakkelstein", "example.net"):
        assert word not in said.stdout + said.stderr, word


async def test_the_run_is_where_the_page_looks_for_it(
    service_env: dict[str, str], tmp_path: Path, database: Database
) -> None:
    run_rcmail("import", str(write(tmp_path, letter())), "--address", GROUP, env=service_env, cwd=tmp_path)
    job, next_job = await database.fetch("SELECT kind, state, progress, owner FROM jobs ORDER BY id")
    assert (next_job.kind, next_job.state) == ("answers", "queued")
    assert (job.kind, job.state, job.owner) == ("import", "done", None)
    assert job.progress.items() >= {"done": 1, "total": 1, "new": 1}.items()


def test_whose_mail_it_is_must_be_known(service_env: dict[str, str], tmp_path: Path) -> None:
    said = run_rcmail("import", str(write(tmp_path, letter())), env=service_env, cwd=tmp_path)
    assert said.returncode == 78
    assert "--address is missing: whose mailbox is it?" in said.stderr
    said = run_rcmail(
        "import", str(write(tmp_path, letter())), "--address", "nobody", env=service_env, cwd=tmp_path
    )
    assert said.returncode == 78
    assert "nobody" not in said.stderr


def test_a_file_that_is_none_is_told_and_stands_as_a_failed_run(
    service_env: dict[str, str], tmp_path: Path
) -> None:
    for content, sentence in ((b"PK\x03\x04", "ZIP archive"), (b"\x7fELF", "no mbox file")):
        path = tmp_path / "some.mbox"
        path.write_bytes(content)
        said = run_rcmail("import", str(path), "--address", GROUP, env=service_env, cwd=tmp_path)
        assert said.returncode == 1
        assert sentence in said.stderr
    said = run_rcmail("import", str(tmp_path / "none"), "--address", GROUP, env=service_env, cwd=tmp_path)
    assert (said.returncode, "cannot be read: No such file" in said.stderr) == (1, True)


async def test_an_interrupted_import_stays_as_far_as_it_came_and_goes_on(
    service_env: dict[str, str], tmp_path: Path, database: Database
) -> None:
    path = write(tmp_path, *(letter(subject=f"s{number}") for number in range(3000)))
    process = subprocess.Popen(
        [sys.executable, "-m", "rcmail", "import", str(path), "--address", GROUP],
        env=service_env, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        [(count,)] = await database.fetch("SELECT count(*) FROM messages")
        if count:
            break
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 1, said
    assert "stopped" in said
    [job] = await database.fetch("SELECT state, progress FROM jobs")
    [(count,)] = await database.fetch("SELECT count(*) FROM messages")
    assert (job.state, job.progress["new"]) == ("stopped", count)
    rest = run_rcmail("import", str(path), "--json", env=service_env, cwd=tmp_path)
    assert json.loads(rest.stdout) == {"new": 3000 - count, "known": count, "skipped": 0, "failed": 0}
