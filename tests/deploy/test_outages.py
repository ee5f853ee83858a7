"""The service is killed, its database restarted, its machine's power cut: it comes back without anybody."""

import json
import os
import subprocess
import time

import pytest

from tests.deploy.conftest import Host

pytestmark = [pytest.mark.deploy, pytest.mark.timeout(1800)]
POWER_CUTS = int(os.environ.get("DEPLOY_POWER_CUTS", "30"))

# Saves numbers as fast as it can through the very code of the page, and says each one only when it is saved.
SAVER = """
import asyncio, itertools, sys
from rcmail import config
from rcmail.db.pool import Database
from rcmail.settings import SettingsStore

async def main():
    store = SettingsStore(Database(config.load().postgres))
    for number in itertools.count(int(sys.argv[1])):
        await store.save({"event_location": f"place {number}"})
        print(number, flush=True)

asyncio.run(main())
"""


def test_a_killed_service_is_back_by_itself(host: Host) -> None:
    before = host.show("rcmail", "MainPID")
    host.machine.ssh("systemctl kill --signal=KILL rcmail")
    time.sleep(0.5)
    seconds = host.wait_until_healthy()
    assert host.show("rcmail", "MainPID") not in ("0", before)
    print(f"\nback after kill -9: {seconds + 0.5:.1f} s")


def test_a_restart_of_postgresql_restarts_nothing_else(host: Host) -> None:
    before = host.show("rcmail", "MainPID")
    host.machine.ssh("systemctl restart postgresql")
    assert host.wait_until_healthy() < 10
    assert host.show("rcmail", "MainPID") == before


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
    host.machine.ssh("""
        systemctl stop postgresql 'postgresql@*'
        mkdir -p /run/systemd/system/rcmail.service.d
        printf '[Service]\\nEnvironment=DB_CONNECT_ATTEMPTS=1\\nRestartSec=200ms\\nRestartSteps=0\\n' \\
            > /run/systemd/system/rcmail.service.d/99-test.conf
        systemctl daemon-reload; systemctl restart --no-block rcmail
    """)
    deadline = time.monotonic() + 60
    # More failures in a row than systemd's own limit (5 within 10 s) would bear.
    while int(host.show("rcmail", "NRestarts")) < 7:
        assert time.monotonic() < deadline
        time.sleep(0.5)
    assert host.show("rcmail", "ActiveState") == "activating"
    host.machine.ssh("rm /run/systemd/system/rcmail.service.d/99-test.conf; systemctl daemon-reload")
    host.machine.ssh("systemctl start postgresql 'postgresql@*-main' || systemctl start postgresql")
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
    machine = host.machine
    machine.ssh(f"cat > /opt/saver.py <<'E'\n{SAVER}\nE")
    acknowledged, slowest = 0, 0.0
    for cut in range(POWER_CUTS):
        saver = subprocess.Popen(
            ["ssh", *machine.ssh_options, "-p", str(machine.ssh_port), "pi@127.0.0.1",
             f"sudo -n -u rcmail sh -c 'cd / && exec env SECRET_KEY={'x' * 64}"
             f" /opt/rcmail/current/bin/python /opt/saver.py {acknowledged + 1}'"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert saver.stdout is not None
        first = saver.stdout.readline()
        assert first.strip().isdigit(), first + saver.stdout.read()
        time.sleep(0.05 + 0.03 * (cut % 10))
        machine.cut_power()
        said = [int(first), *(int(line) for line in saver.stdout.read().split() if line.isdigit())]
        saver.wait(20)
        acknowledged = max(acknowledged, *said)
        began = time.monotonic()
        machine.boot()
        host.wait_until_healthy()
        slowest = max(slowest, time.monotonic() - began)
        kept = int(host.sql("SELECT value FROM settings WHERE key = 'event_location'").split()[-1])
        assert kept >= acknowledged, f"cut {cut}: {acknowledged} was acknowledged, {kept} is there"
        acknowledged = kept
    health = json.loads(host.get("/health")[1])
    assert health["checks"]["db"] == "ok"
    print(f"\n{POWER_CUTS} power cuts, {acknowledged} saves, none lost; slowest start {slowest:.1f} s")
