"""``rcmail password`` as a process: on a terminal, on stdin, and beside a service that runs."""

import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import Service, run_rcmail, serving

Env = dict[str, str]
PASSWORD = "three friendly toasters"
OTHER = "four shy kettles"


@pytest.fixture
def env(service_env: Env) -> Env:
    return service_env | {"PASSWORD_REQUIRED": "true"}


def test_it_signs_everybody_out_of_a_service_that_runs_before_it_says_so(env: Env, folder: Path) -> None:
    with serving(folder, env) as service:
        service.come_in(PASSWORD)
        assert service.get("/config").status == 200
        done = run_rcmail("password", env=env, cwd=folder, typed=f"{OTHER}\n")
        assert (done.returncode, done.stderr) == (0, "rcmail: the password is set, and everybody is signed out\n")
        assert service.get("/config").status == 401
        assert service.post("/sign-in", {"password": PASSWORD}).status == 401
        assert service.post("/sign-in", {"password": OTHER}).status == 200
        for secret in (PASSWORD, OTHER):
            assert secret not in service.output + done.stdout + done.stderr


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "the password is missing; type it"),
        ("\n", "the password is missing; type it"),
        ("short\n", "the password is too easy to guess: take 8 characters or more"),
        (f"{'x' * 300}\n", "the password is too long"),
    ],
)
def test_what_can_be_no_password_is_refused_with_a_sentence(
    env: Env, folder: Path, typed: str, sentence: str
) -> None:
    done = run_rcmail("password", env=env, cwd=folder, typed=typed)
    assert done.returncode == 1
    assert sentence in done.stdout
    assert not typed.strip() or typed.strip() not in done.stdout + done.stderr


def test_what_is_no_text_and_what_never_ends_is_refused_too(env: Env, folder: Path) -> None:
    for given in (b"\xff\xfe\xfd\xfc broken\n", b"x" * 10_000_000):
        done = subprocess.run(
            [sys.executable, "-m", "rcmail", "password"],
            env=env | {"LANG": "C.UTF-8"},
            cwd=folder,
            input=given,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 1
        assert b"Traceback" not in done.stdout + done.stderr
        assert b"password_failed" in done.stdout


def test_a_playbook_changes_nothing_the_second_time(env: Env, folder: Path) -> None:
    for typed, said in ((PASSWORD, "is set"), (PASSWORD, "was set before"), (OTHER, "is set")):
        done = run_rcmail("password", "--once", env=env, cwd=folder, typed=f"{typed}\n")
        assert done.returncode == 0
        assert said in done.stderr


def on_a_terminal(env: Env, folder: Path, *answers: str) -> tuple[int, str]:
    """What the command says on a terminal where these lines are typed, a line when it asks for one."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "rcmail", "password"]
    process = subprocess.Popen(
        command, env=env, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    )
    os.close(theirs)
    said = b""
    waiting = list(answers)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            said += os.read(ours, 4096)
        except OSError:  # its end is closed: it has ended
            break
        if waiting and said.count(b": ") == len(answers) - len(waiting) + 1:
            os.write(ours, waiting.pop(0).encode() + b"\n")
    os.close(ours)
    return process.wait(20), said.decode()


def test_on_a_terminal_it_is_typed_twice_and_never_shown(env: Env, folder: Path) -> None:
    code, said = on_a_terminal(env, folder, PASSWORD, PASSWORD)
    assert code == 0, said
    assert "the password is set" in said
    assert PASSWORD not in said
    code, said = on_a_terminal(env, folder, PASSWORD, OTHER)
    assert code == 1
    assert "was not the same twice" in said
    assert OTHER not in said


def test_the_first_visit_of_an_upgraded_house_is_told_in_the_log(env: Env, folder: Path) -> None:
    with serving(folder, env) as service:
        [told] = service.events("password_not_set")
        done = run_rcmail("check", env=env | {"HTTP_PORT": str(service.port)}, cwd=folder)
        assert done.returncode == 1
        assert "no password is set yet" in done.stdout
        assert service.post("/set-up", {"code": told["code"], "password": PASSWORD}).status == 200
        done = run_rcmail("check", env=env | {"HTTP_PORT": str(service.port)}, cwd=folder)
        assert "a password is set" in done.stdout
        service.stop()
        service.start()
        assert len(service.events("password_not_set")) == 1


def test_a_restart_makes_another_code(env: Env, folder: Path) -> None:
    with serving(folder, env) as service:
        service.stop()
        service.start()
        old, new = service.events("password_not_set")
        assert old["code"] != new["code"]
        assert service.post("/set-up", {"code": old["code"], "password": PASSWORD}).status == 401
        assert service.post("/set-up", {"code": new["code"], "password": PASSWORD}).status == 200


def test_a_session_outlives_a_restart_and_a_power_cut(env: Env, folder: Path) -> None:
    with serving(folder, env) as service:
        service.come_in(PASSWORD)
        for how in ("SIGTERM", "SIGKILL"):
            stop(service, how)
            service.start()
            assert service.get("/config").status == 200


def stop(service: Service, how: str) -> None:
    import signal

    service.stop(signal.Signals[how])
