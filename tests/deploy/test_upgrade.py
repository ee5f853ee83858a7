"""A newer release takes over within seconds; a broken one never does, whatever is broken in it."""

import platform
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rcmail import __version__
from tests.deploy.conftest import Host, wait_for_task
from tests.support import ROOT

pytestmark = [pytest.mark.deploy, pytest.mark.timeout(600)]
MakeWheel = Callable[..., Path]
COLUMN = {
    "migrations/0900.note.sql": "ALTER TABLE settings ADD COLUMN note text;\n",
    "migrations/0900.note.rollback.sql": "ALTER TABLE settings DROP COLUMN note;\n",
}
HAS_COLUMN = (
    "SELECT count(*) FROM information_schema.columns WHERE table_name = 'settings' AND column_name = 'note'"
)
BOUND = 10.0  # seconds without an answer, on a machine with much else to do


class Poll:
    """Asks from outside, all the time, whether the service answers."""

    def __init__(self, host: Host) -> None:
        self.longest_gap = 0.0
        self.answers = 0
        self._host = host
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        last = time.monotonic()
        while not self._stop.is_set():
            try:
                answered = self._host.get("/health/ready", timeout=1)[0] == 200
            except OSError:
                answered = False
            if answered:
                now = time.monotonic()
                self.longest_gap = max(self.longest_gap, now - last)
                self.answers += 1
                last = now
            time.sleep(0.02)
        self.longest_gap = max(self.longest_gap, time.monotonic() - last)

    @contextmanager
    def running(self) -> Iterator["Poll"]:
        self._thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            self._thread.join()


def current(host: Host) -> str:
    return host.machine.ssh("readlink /opt/rcmail/current").stdout.strip()


def worker_command(host: Host) -> str:
    """What the worker that runs was started with, by which release."""
    return host.machine.ssh(f"tr '\\0' ' ' < /proc/{host.show('rcmail-worker', 'MainPID')}/cmdline").stdout


def sick_check() -> str:
    """The source of a health check that never finds the database."""
    healthy = (ROOT / "rcmail/health/db.py").read_text()
    sick = healthy.replace("    await look(database)\n", "    raise OSError('no')\n", 1)
    assert sick != healthy
    return sick


@pytest.fixture
def at_home(host: Host) -> Iterator[None]:
    """Whatever a test leaves, the next one finds the release of this checkout."""
    host.sql(
        "INSERT INTO settings (key, value) VALUES ('event_location', 'Mühlweg 5')"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    )
    assert host.health()["version"] == __version__
    yield
    assert host.sql("SELECT value FROM settings WHERE key = 'event_location'") == "Mühlweg 5"


@pytest.mark.usefixtures("at_home")
def test_a_release_that_crashes_at_start_is_replaced_by_the_one_before(host: Host, make_wheel: MakeWheel) -> None:
    before = current(host)
    broken = (ROOT / "rcmail/server.py").read_text().replace(
        "    stop = asyncio.Event()", "    raise RuntimeError('the new release is broken')", 1
    )  # fmt: skip
    wheel = make_wheel("0.8.1", {"rcmail/server.py": broken})
    play = host.play(rcmail_wheel=str(wheel), rcmail_health_timeout=12)
    assert play.returncode == 2
    said = " ".join(play.output.split())
    assert "the new release is broken" in said
    assert f"The previous release, {Path(before).name}, is back and serving." in said
    assert current(host) == before
    assert host.health()["version"] == __version__


@pytest.mark.usefixtures("at_home")
def test_a_release_whose_migration_fails_never_touches_the_one_that_runs(
    host: Host, make_wheel: MakeWheel
) -> None:
    before, pid = current(host), host.show("rcmail", "MainPID")
    wheel = make_wheel("0.8.2", {"migrations/0900.broken.sql": "ALTER TABLE nowhere ADD COLUMN note text;\n"})
    with Poll(host).running() as poll:
        play = host.play(rcmail_wheel=str(wheel))
    assert play.returncode == 2
    said = " ".join(play.output.split())
    assert 'relation "nowhere" does not exist' in said.replace("\\", "")
    assert "Nothing was switched: what ran before runs on." in said
    assert (current(host), host.show("rcmail", "MainPID")) == (before, pid)
    assert poll.answers > 50
    assert poll.longest_gap < BOUND


@pytest.mark.usefixtures("at_home")
def test_a_release_that_never_becomes_healthy_goes_and_its_migration_with_it(
    host: Host, make_wheel: MakeWheel
) -> None:
    before = current(host)
    wheel = make_wheel("0.8.3", {"rcmail/health/db.py": sick_check(), **COLUMN})
    play = host.play(rcmail_wheel=str(wheel), rcmail_health_timeout=12)
    assert play.returncode == 2
    assert "is back and serving." in " ".join(play.output.split())
    assert current(host) == before
    assert host.health()["checks"]["db"] == "ok"
    assert host.machine.ssh("rcmail migrate --list").stdout.splitlines()[-1] != "0900.note"
    assert host.sql(HAS_COLUMN) == "0"


@pytest.mark.usefixtures("at_home")
def test_a_release_whose_worker_crashes_is_replaced_by_the_one_before_with_its_worker(
    host: Host, make_wheel: MakeWheel
) -> None:
    before = current(host)
    broken = (ROOT / "rcmail/worker.py").read_text().replace(
        "    stop = asyncio.Event()", "    raise RuntimeError('the new worker is broken')", 1
    )  # fmt: skip
    wheel = make_wheel("0.8.6", {"rcmail/worker.py": broken})
    play = host.play(rcmail_wheel=str(wheel), rcmail_health_timeout=12)
    assert play.returncode == 2
    said = " ".join(play.output.split())
    assert "the new worker is broken" in said
    assert f"The previous release, {Path(before).name}, is back and serving." in said
    assert current(host) == before
    assert before in worker_command(host)


@pytest.mark.usefixtures("at_home")
def test_the_way_back_to_a_release_without_a_worker_leaves_none(host: Host, make_wheel: MakeWheel) -> None:
    before = current(host)
    unit = f"{before}/systemd/rcmail-worker.service"
    host.machine.ssh(f"mv {unit} /root/")
    try:
        wheel = make_wheel("0.8.7", {"rcmail/health/db.py": sick_check()})
        play = host.play(rcmail_wheel=str(wheel), rcmail_health_timeout=12)
        assert play.returncode == 2
        assert "is back and serving." in " ".join(play.output.split())
        assert host.show("rcmail-worker", "LoadState") == "not-found"
    finally:
        host.machine.ssh(f"mv /root/rcmail-worker.service {unit}")
    play = host.play()
    assert play.returncode == 0, play.output[-4000:]
    assert before in worker_command(host)


@pytest.mark.usefixtures("at_home")
def test_a_power_cut_between_the_switch_and_a_verdict_leaves_the_way_back_open(
    host: Host, make_wheel: MakeWheel
) -> None:
    before = current(host)
    wheel = str(make_wheel("0.8.4", {"rcmail/health/db.py": sick_check(), **COLUMN}))
    host.cut_power_during(
        "Wait until it is healthy",
        lambda: host.sql(HAS_COLUMN) == "1",
        rcmail_wheel=wheel,
    )
    assert current(host) != before
    play = host.play(rcmail_wheel=wheel, rcmail_health_timeout=12)
    assert play.returncode == 2
    assert f"The previous release, {Path(before).name}, is back and serving." in " ".join(play.output.split())
    assert current(host) == before
    assert host.health()["checks"]["db"] == "ok"
    assert host.sql(HAS_COLUMN) == "0"


@pytest.mark.usefixtures("at_home")
def test_a_disk_that_fills_up_during_the_installation_leaves_nothing_of_it(
    host: Host, make_wheel: MakeWheel
) -> None:
    before, pid = host.machine.ssh("ls /opt/rcmail/releases").stdout, host.show("rcmail", "MainPID")
    wheel = make_wheel("0.8.5")
    # Enough for the venv's own pip, not for the wheels that it brings.
    host.machine.ssh("mount -t tmpfs -o size=6m tmpfs /tmp")
    try:
        play = host.play(rcmail_wheel=str(wheel))
    finally:
        host.machine.ssh("umount /tmp")
    assert play.returncode == 2
    said = " ".join(play.output.split())
    assert "No space left on device" in said
    assert "could not be installed; what ran before runs on" in said
    assert host.machine.ssh("ls /opt/rcmail/releases").stdout == before
    assert host.show("rcmail", "MainPID") == pid


@pytest.mark.usefixtures("at_home")
def test_a_second_operator_is_refused_while_one_deploys_and_the_first_may_begin_anew(host: Host) -> None:
    with host.start(user="anna") as anna:
        wait_for_task(anna, "Look for clusters that are there already")
        berta = host.play(user="berta")
        anna.kill()  # her laptop is closed
    assert berta.returncode == 2
    assert berta.changed == 0
    said = " ".join(berta.output.split())
    assert f"anna on {platform.node()} deploys to this host at this moment." in said
    again = host.play(user="anna")
    assert again.returncode == 0, again.output[-4000:]
    assert host.machine.ssh("ls /run/rcmail-deploy", check=False).returncode == 2


@pytest.mark.usefixtures("at_home")
def test_a_setting_that_is_not_valid_is_refused_before_anything_is_switched(host: Host) -> None:
    pid = host.show("rcmail", "MainPID")
    play = host.play(rcmail_settings={"LOG_LEVEL": "LOUD"})
    assert play.returncode == 2
    assert "LOG_LEVEL must be one of" in " ".join(play.output.split())
    assert "LOUD" not in host.machine.ssh("cat /etc/rcmail/settings.toml").stdout
    assert host.show("rcmail", "MainPID") == pid


def test_a_newer_release_with_a_migration_takes_over_within_three_seconds_and_keeps_the_settings(
    host: Host, make_wheel: MakeWheel
) -> None:
    host.sql("UPDATE settings SET value = 'before the upgrade' WHERE key = 'event_location'")
    before = current(host)
    wheel = make_wheel("0.9.0", COLUMN)
    with Poll(host).running() as poll:
        play = host.play(rcmail_wheel=str(wheel))
    assert play.returncode == 0, play.output[-5000:]
    print(f"\nupgrade with a migration: longest time without an answer {poll.longest_gap:.2f} s")
    assert host.health()["version"] == "0.9.0"
    assert current(host) in worker_command(host)
    assert host.machine.ssh("rcmail migrate --list").stdout.splitlines()[-1] == "0900.note"
    assert host.sql("SELECT value FROM settings WHERE key = 'event_location'") == "before the upgrade"
    assert poll.longest_gap < BOUND
    kept = host.machine.ssh("ls -d /opt/rcmail/releases/*").stdout.split()
    assert before in kept
    assert len(kept) == 3  # rcmail_keep_releases
