"""The service is killed, its database restarted, its machine's power cut: it comes back without anybody."""

import http.client
import itertools
import json
import os
import re
import threading
import time

import pytest

from tests.deploy.conftest import Host

pytestmark = [pytest.mark.deploy, pytest.mark.timeout(1800)]
POWER_CUTS = int(os.environ.get("DEPLOY_POWER_CUTS", "30"))


class Saver:
    """Saves numbers on the configuration page, without a pause; ``acknowledged`` is the last that was answered."""

    def __init__(self, host: Host, acknowledged: int) -> None:
        self.acknowledged = acknowledged
        self._host = host
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        for number in itertools.count(self.acknowledged + 1):
            body = json.dumps({"event_location": f"place {number}"}).encode()
            try:
                if self._host.get("/config", data=body)[0] != 200:
                    return
            except (OSError, http.client.HTTPException):
                return  # the power is cut
            self.acknowledged = number

    def wait_for_more(self, saved: int, seconds: float = 60) -> None:
        """Return when more than ``saved`` was acknowledged."""
        deadline = time.monotonic() + seconds
        while self.acknowledged <= saved:
            assert self._thread.is_alive(), "nothing is being saved"
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def wait(self) -> int:
        self._thread.join(20)
        assert not self._thread.is_alive()
        return self.acknowledged


def test_a_killed_service_is_back_by_itself(host: Host) -> None:
    before = host.show("rcmail", "MainPID")
    host.machine.ssh(f"kill -9 {before}")
    time.sleep(0.5)
    seconds = host.wait_until_healthy()
    assert host.show("rcmail", "MainPID") not in ("0", before)
    print(f"\nback after kill -9: {seconds + 0.5:.1f} s")


def wait_for_the_worker(host: Host, seconds: float = 60) -> float:
    """How long it took until the health page knew of a worker, in seconds."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        facts = json.loads(host.get("/health?full=1")[1])["machine"]
        if any(fact["name"] == "worker" and fact["value"].startswith("at work") for fact in facts):
            return time.monotonic() - began
        time.sleep(0.2)
    raise AssertionError(host.machine.ssh("systemctl status rcmail-worker", check=False).stdout)


def test_a_killed_worker_is_back_by_itself_and_the_service_goes_on(host: Host) -> None:
    wait_for_the_worker(host)
    service, before = host.show("rcmail", "MainPID"), host.show("rcmail-worker", "MainPID")
    host.machine.ssh(f"kill -9 {before}")
    deadline = time.monotonic() + 60
    while host.show("rcmail-worker", "MainPID") in ("0", before):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    wait_for_the_worker(host)
    assert host.show("rcmail", "MainPID") == service


def test_a_restart_of_postgresql_restarts_nothing_else(host: Host) -> None:
    before, worker = host.show("rcmail", "MainPID"), host.show("rcmail-worker", "MainPID")
    host.machine.ssh("systemctl restart postgresql")
    host.wait_until_healthy()
    assert host.show("rcmail", "MainPID") == before
    wait_for_the_worker(host)
    assert host.show("rcmail-worker", "MainPID") == worker


def test_postgresql_that_is_killed_comes_back_by_itself(host: Host) -> None:
    before = host.show("rcmail", "MainPID")
    host.machine.ssh("kill -9 $(head -1 /var/lib/postgresql/*/main/postmaster.pid)")
    time.sleep(1)
    host.wait_until_healthy()
    assert host.show("rcmail", "MainPID") == before


def test_a_hung_service_is_restarted_by_the_watchdog(host: Host) -> None:
    before = host.show("rcmail", "MainPID")
    host.machine.ssh("""
        mkdir -p /run/systemd/system/rcmail.service.d
        printf '[Service]\\nWatchdogSec=3\\n' > /run/systemd/system/rcmail.service.d/99-test.conf
        systemctl daemon-reload && systemctl restart rcmail
    """)
    host.wait_until_healthy()
    hung = host.show("rcmail", "MainPID")
    assert hung != before
    host.machine.ssh(f"kill -STOP {hung}")
    time.sleep(4)
    host.wait_until_healthy()
    assert host.show("rcmail", "MainPID") != hung
    host.machine.ssh("rm /run/systemd/system/rcmail.service.d/99-test.conf; systemctl daemon-reload")


def test_a_database_that_comes_late_never_leaves_a_dead_unit(host: Host) -> None:
    # Not simply stopped: rcmail.service wants PostgreSQL, and systemd would start it along.
    host.machine.ssh("""
        mkdir -p /run/systemd/system/rcmail.service.d
        cat > /run/systemd/system/rcmail.service.d/99-test.conf <<'E'
[Service]
Environment=DB_CONNECT_ATTEMPTS=1 POSTGRES_HOST=/run/late
RestartSec=200ms
RestartSteps=0
E
        systemctl daemon-reload; systemctl restart --no-block rcmail
    """)
    deadline = time.monotonic() + 60
    # More failures in a row than systemd's own limit (5 within 10 s) would bear.
    while int(host.show("rcmail", "NRestarts")) < 7:
        assert time.monotonic() < deadline
        time.sleep(0.5)
    assert host.show("rcmail", "ActiveState") == "activating"
    host.machine.ssh("rm /run/systemd/system/rcmail.service.d/99-test.conf; systemctl daemon-reload")
    # The wait has grown to half a minute by now, where systemd lets it grow.
    host.wait_until_healthy(90)


def test_a_faulty_configuration_ends_with_78_no_loop_and_a_reason(host: Host) -> None:
    host.machine.ssh("""
        cp -a /etc/rcmail/settings.toml /root/settings.toml
        echo 'LOG_LEVEL = "LOUD"' >> /etc/rcmail/settings.toml
        systemctl restart rcmail || true; sleep 4
    """)
    try:
        assert host.show("rcmail", "ActiveState") == "failed"
        assert host.show("rcmail", "ExecMainStatus") == "78"
        assert host.show("rcmail", "NRestarts") == "0"
        status = host.machine.ssh("systemctl status --no-pager --full rcmail", check=False).stdout
        assert "LOG_LEVEL must be one of" in status
    finally:
        host.machine.ssh("cp -a /root/settings.toml /etc/rcmail/settings.toml; systemctl restart rcmail")
    host.wait_until_healthy()


def test_thirty_power_cuts_during_saves_lose_nothing_and_need_nobody(host: Host) -> None:
    saved, slowest = 0, 0.0
    for cut in range(POWER_CUTS):
        saver = Saver(host, saved)
        saver.wait_for_more(saved)
        time.sleep(0.2 + 0.03 * (cut % 10))
        host.machine.cut_power()
        acknowledged = saver.wait()
        began = time.monotonic()
        host.machine.boot()
        host.wait_until_healthy()
        slowest = max(slowest, time.monotonic() - began)
        kept = int(json.loads(host.get("/config")[1])["event_location"].split()[-1])
        # The save under way at that moment may have happened without its answer getting through.
        assert acknowledged <= kept <= acknowledged + 1, f"cut {cut}: {acknowledged} acknowledged, {kept} is there"
        saved = kept
    health = json.loads(host.get("/health")[1])
    assert health["checks"]["db"] == "ok"
    wait_for_the_worker(host)
    print(f"\n{POWER_CUTS} power cuts, {saved} saves, none lost; slowest start {slowest:.1f} s")


def test_packages_that_a_power_cut_left_without_what_they_need_are_made_good_by_the_next_run(host: Host) -> None:
    host.machine.ssh("""
        mkdir -p /run/cut/DEBIAN
        printf '%s\\n' 'Package: cut' 'Version: 1' 'Architecture: all' 'Maintainer: nobody <nobody@example.org>' \\
            'Depends: hello' 'Description: unpacked before what it depends on' > /run/cut/DEBIAN/control
        dpkg-deb --build /run/cut && dpkg --unpack /run/cut.deb
    """)
    assert "cut" in host.machine.ssh("dpkg --audit").stdout
    play = host.play()
    assert play.returncode == 0, play.output[-4000:]
    assert host.machine.ssh("dpkg --audit").stdout == ""
    states = host.machine.ssh("dpkg-query --show --showformat='${db:Status-Status} ' cut hello").stdout
    assert states.split() == ["installed", "installed"]
    assert host.play().changed == 0
    host.machine.ssh("apt-get purge -q -y cut hello; rm -r /run/cut /run/cut.deb")


def test_a_backup_missed_while_the_power_was_off_is_made_after_the_start(host: Host) -> None:
    newest = "ls -t /var/lib/rcmail/backups/*.dump 2>/dev/null | head -1"
    before = host.machine.ssh(newest).stdout
    host.machine.cut_power()
    long_ago = time.time() - 2 * 86_400
    os.utime(host.machine.root / "var/lib/systemd/timers/stamp-rcmail-backup.timer", (long_ago, long_ago))
    host.machine.boot()
    deadline = time.monotonic() + 60
    while host.machine.ssh(newest).stdout == before:
        assert time.monotonic() < deadline, host.machine.ssh("systemctl status rcmail-backup", check=False).stdout
        time.sleep(0.5)


def test_a_backup_onto_a_full_disk_keeps_the_old_ones_and_leaves_nothing_half_done(host: Host) -> None:
    folder = "/var/lib/rcmail/backups"
    host.machine.ssh(f"""
        systemctl start rcmail-backup
        cp "$(ls -t {folder}/*.dump | head -1)" /run/old.dump
        mount -t tmpfs -o size=512k,uid=rcmail,gid=rcmail,mode=700 tmpfs {folder}
        cp /run/old.dump {folder}/rcmail-20260101T013000Z.dump
        head -c 1M /dev/zero > {folder}/filler || true
    """)
    try:
        done = host.machine.ssh("systemctl start rcmail-backup", check=False)
        assert done.returncode == 1
        left = host.machine.ssh(f"ls -A {folder}; cmp /run/old.dump {folder}/*.dump").stdout.split()
        assert left == ["filler", "rcmail-20260101T013000Z.dump"]
        said = host.machine.ssh("journalctl -u rcmail-backup -n 5 -o cat").stdout
        assert re.search(r"backup_failed.*No space left on device", said), said
        scratch = host.sql("SELECT count(*) FROM pg_database WHERE datname LIKE 'rcmail_scratch%'", "postgres")
        assert scratch == "0"
    finally:
        host.machine.ssh(f"umount {folder}; systemctl reset-failed rcmail-backup")
    host.machine.ssh("systemctl start rcmail-backup")
