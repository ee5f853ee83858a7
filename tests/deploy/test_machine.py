"""The facts of the machine: under the unit's hardening, and from the doctor."""

import json
import time
from typing import Any

import pytest

from rcmail.health.monitor import MAX_AGE
from tests.deploy.conftest import Host

pytestmark = [pytest.mark.deploy, pytest.mark.timeout(900)]
# What only one of the two can tell, and what is another amount a moment later.
DIFFERENT = ("service", "own_memory", "disk", "memory", "temperature", "uptime", "database", "worker")


def on_the_page(host: Host) -> dict[str, Any]:
    return {fact["name"]: fact for fact in json.loads(host.get("/health?full=1")[1])["machine"]}


def by_the_doctor(host: Host) -> tuple[int, dict[str, Any]]:
    result = host.machine.ssh("rcmail check --json", check=False)
    return result.returncode, {fact["name"]: fact for fact in json.loads(result.stdout)["machine"]}


def test_the_page_and_the_doctor_agree(host: Host) -> None:
    host.wait_until_healthy()
    code, doctor = by_the_doctor(host)
    page = on_the_page(host)
    assert {name: fact for name, fact in page.items() if name not in DIFFERENT} == {
        name: fact for name, fact in doctor.items() if name not in DIFFERENT
    }
    assert doctor["service"]["verdict"] == "ok"
    verdicts = {fact["verdict"] for fact in doctor.values()}
    # Its language model does not answer, which is a warning.
    assert code == (2 if "error" in verdicts else 1)


def test_the_hardened_service_can_read_what_the_machine_tells(host: Host) -> None:
    page = on_the_page(host)
    told = ("disk", "memory", "uptime", "swap", "database", "schema", "backup", "release", "own_memory")
    assert [(name, page[name]["value"]) for name in told if page[name]["verdict"] == "not here"] == []


def test_the_doctor_finds_a_service_and_a_database_that_are_stopped(host: Host) -> None:
    host.machine.ssh("systemctl stop rcmail postgresql")
    try:
        began = time.monotonic()
        result = host.machine.ssh("rcmail check", check=False)
        assert time.monotonic() - began < 60
        assert result.returncode == 2
        assert "does not answer on port" in result.stdout
        assert "Traceback" not in result.stdout + result.stderr
    finally:
        host.machine.ssh("systemctl start postgresql rcmail")
    host.wait_until_healthy()


def test_a_verified_backup_is_told_with_its_date(host: Host) -> None:
    host.machine.ssh("rcmail backup")
    day = host.machine.ssh("date '+%d %b %Y'").stdout.strip()
    time.sleep(MAX_AGE)  # a look that began just before the backup counts until then
    backup = on_the_page(host)["backup"]
    assert (backup["verdict"], backup["value"].startswith(day)) == ("ok", True), backup["advice"]
    assert by_the_doctor(host)[1]["backup"]["verdict"] == "ok"


def is_told_the_start_of_another(host: Host) -> bool:
    """Whether a hardened unit sees the boot id of the computer around the container, which never starts anew.

    systemd-nspawn lays the container's own over /proc; with systemd 252, a unit with ProtectProc= has a fresh one
    without that. On a machine of its own there is but one.
    """
    read = "cat /proc/sys/kernel/random/boot_id"
    inside = f"systemd-run --quiet --wait --pipe --property=ProtectProc=invisible {read}"
    return host.machine.ssh(inside).stdout != host.machine.ssh(read).stdout


def test_a_power_cut_is_told_from_a_shutdown(host: Host) -> None:
    if is_told_the_start_of_another(host):
        pytest.skip("in this container a unit is told the boot id of the computer around it")
    host.machine.cut_power()
    host.machine.boot()
    host.wait_until_healthy()
    assert on_the_page(host)["shutdown"]["value"] == "not clean: the power went away"
    assert by_the_doctor(host)[1]["shutdown"]["value"] == "not clean: the power went away"
    # A service that is killed and comes back has nothing to do with it.
    host.machine.ssh("kill -9 $(systemctl show --property=MainPID --value rcmail)")
    time.sleep(0.5)
    host.wait_until_healthy()
    host.machine.shut_down()
    host.machine.boot()
    host.wait_until_healthy()
    assert on_the_page(host)["shutdown"]["value"] == "clean"
