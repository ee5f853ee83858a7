"""From a bare Debian to a healthy service, and what is true there afterwards."""

import json
import re
import urllib.request
from pathlib import Path

import pytest

from rcmail import __version__
from tests.deploy.conftest import SECRETS, Host, Play, Watch
from tests.deploy.machine import lasting_port
from tests.support import ROOT

pytestmark = [pytest.mark.deploy, pytest.mark.timeout(900)]
BOUND = 600  # seconds: SC-001


def test_a_bare_debian_becomes_a_healthy_service_within_ten_minutes(host: Host, first_play: Play) -> None:
    assert host.health()["checks"]["db"] == "ok"
    assert host.health()["version"] == __version__
    assert host.show("rcmail", "ActiveState") == "active"
    enabled = host.machine.ssh("systemctl is-enabled rcmail rcmail-worker rcmail-backup.timer").stdout.split()
    assert enabled == ["enabled"] * 3
    print(f"\nbare → healthy: {first_play.seconds:.0f} s")
    assert first_play.seconds < BOUND


def test_looking_first_on_a_bare_machine_fails_nothing_and_changes_nothing(bare_check: Play) -> None:
    assert bare_check.returncode == 0, bare_check.output[-4000:]
    assert "would be installed and switched to" in bare_check.output


@pytest.fixture(scope="module")
def second_play(host: Host) -> Play:
    """The second run, with all that Ansible can say of it, and a setting that is the operator's own."""
    host.machine.ssh("""
        cd /etc/postgresql/*/main/conf.d && echo 'max_connections = 31' > 60-own.conf
        systemctl restart 'postgresql@*'
    """)
    started = host.sql("SELECT pg_postmaster_start_time()")
    play = host.play("-vvv", "--diff")
    assert host.sql("SHOW max_connections") == "31"
    assert host.sql("SELECT pg_postmaster_start_time()") == started
    host.machine.ssh("rm /etc/postgresql/*/main/conf.d/60-own.conf; systemctl restart 'postgresql@*'")
    return play


def test_the_second_run_changes_nothing_and_leaves_the_operators_own_settings_of_postgresql_alone(
    second_play: Play,
) -> None:
    assert second_play.returncode == 0, second_play.output[-4000:]
    assert second_play.changed == 0, [line for line in second_play.output.splitlines() if "changed:" in line]


def test_a_password_that_was_changed_since_stays_until_another_one_is_given(host: Host) -> None:
    def typed(password: str) -> None:
        host.machine.ssh(f"echo '{password}' | rcmail password")

    typed("changed in a browser")
    host.sign_in("changed in a browser")
    assert host.play().changed == 0
    host.sign_in("changed in a browser")
    play = host.play(rcmail_password="another one from the inventory")
    assert play.changed == 1
    host.sign_in("another one from the inventory")
    assert host.play().changed == 1
    host.sign_in(SECRETS["rcmail_password"])


def test_a_port_that_a_drop_in_of_the_operator_sets_is_where_the_playbook_looks(host: Host) -> None:
    folder = "/etc/systemd/system/rcmail.service.d"
    port = lasting_port()
    host.machine.ssh(f"""
        sed 's/^#\\(Environment=HTTP_PORT=\\).*/\\1{port}/' {folder}/override.conf.example > {folder}/override.conf
        cp /opt/rcmail/.running .
    """)
    try:
        play = host.play()
        assert play.returncode == 0, play.output[-4000:]
        [address] = re.findall(rf"runs: http://([^:/ ]+):{port}/", play.output)
        assert not address.endswith(".local"), "avahi is not installed on a plain Debian"
        with urllib.request.urlopen(f"http://{address}:{port}/health/live", timeout=10) as answer:
            assert answer.status == 200
    finally:
        host.machine.ssh(f"rm {folder}/override.conf; cp .running /opt/rcmail/")
        host.machine.ssh("systemctl daemon-reload; systemctl restart rcmail")
    host.wait_until_healthy()


def test_looking_first_on_a_deployed_machine_shows_nothing_to_do(host: Host) -> None:
    play = host.play("--check", "--diff")
    assert play.returncode == 0, play.output[-4000:]
    assert play.changed == 0, play.output[-4000:]


def test_the_units_are_installed_unchanged_and_every_user_may_read_them(host: Host) -> None:
    for unit in ("rcmail.service", "rcmail-worker.service", "rcmail-backup.service", "rcmail-backup.timer"):
        installed = host.machine.ssh(f"cat /etc/systemd/system/{unit}").stdout
        assert installed == (ROOT / "deploy" / "systemd" / unit).read_text()
    drop_ins = "/etc/systemd/system /etc/systemd/system/rcmail.service.d"
    assert host.machine.ssh(f"stat -c %a {drop_ins}").stdout.split() == ["755", "755"]


@pytest.mark.parametrize("unit", ["rcmail", "rcmail-worker"])
def test_the_units_are_hardened_and_systemd_has_no_complaint(host: Host, unit: str) -> None:
    said = host.machine.ssh(f"systemd-analyze security --no-pager {unit} | tail -1").stdout
    exposure = re.search(r"service: ([\d.]+)", said)
    assert exposure, said
    print(f"\nsystemd-analyze security {unit}: {exposure[1]}")
    assert float(exposure[1]) <= 1.5
    verify = host.machine.ssh(
        "systemd-analyze verify rcmail.service rcmail-worker.service rcmail-backup.service rcmail-backup.timer",
        check=False,
    )
    assert (verify.returncode, verify.stdout + verify.stderr) == (0, "")


def test_every_page_works_under_that_hardening(host: Host) -> None:
    for path in (
        "/",
        "/config",
        "/logs",
        "/health",
        "/health/fragment",
        "/health/live",
        "/health/ready",
        "/static/rcmail.css",
    ):
        assert host.get(path)[0] == 200, path


def test_the_worker_is_at_work_and_known_to_the_health_page(host: Host) -> None:
    assert host.show("rcmail-worker", "ActiveState") == "active"
    [worker] = [each for each in json.loads(host.get("/health?full=1")[1])["machine"] if each["name"] == "worker"]
    assert worker["verdict"] == "ok", worker
    assert worker["value"].startswith("at work"), worker
    assert host.show("rcmail-worker", "MemoryMax") == str(768 * 2**20)


CHILD = """
import asyncio
from pathlib import Path
from rcmail.errors import ChildFailed
from rcmail.process.child import Child

async def main():
    async with Child("builtins") as child:
        found = [*await child.map("builtins:len", ["sieben!"], timeout=20),
                 *await child.map("builtins:range", [10**10], timeout=20),
                 *await child.map("builtins:bytearray", [10**10], timeout=20)]
    Path("/var/lib/rcmail/child.txt").write_text(repr([str(each) for each in found]))

asyncio.run(main())
"""


def test_the_child_that_parses_gets_its_ceilings_under_the_hardening_of_the_worker(host: Host) -> None:
    folder = "/run/systemd/system/rcmail-worker.service.d"
    host.machine.ssh(f"""
        mkdir -p {folder}
        cat > /run/child.py <<'E'
{CHILD}
E
        cat > {folder}/99-test.conf <<'E'
[Service]
Type=oneshot
ExecStart=
ExecStart=/opt/rcmail/current/bin/python /run/child.py
E
        systemctl daemon-reload; systemctl restart rcmail-worker
    """)
    try:
        found = host.machine.ssh("cat /var/lib/rcmail/child.txt; rm /var/lib/rcmail/child.txt").stdout
        assert found == "['7', 'reading it ended with TypeError', 'it needs too much memory']"
    finally:
        host.machine.ssh(f"rm -r {folder}; systemctl daemon-reload; systemctl restart rcmail-worker")


def test_the_log_page_shows_the_journal_of_earlier_runs_too_under_that_hardening(host: Host) -> None:
    host.machine.ssh("systemctl restart rcmail")
    host.wait_until_healthy()
    page = json.loads(host.get("/logs?service=app")[1])
    assert page["source"] == "journal", page
    events = [entry["event"] for entry in page["entries"]]
    assert "shutdown_complete" in events
    assert events.count("startup_complete") >= 2
    assert "worker_started" in events


def test_the_log_has_priorities_and_is_json_inside(host: Host) -> None:
    warnings = host.machine.ssh("journalctl -u rcmail -p warning -o cat --no-pager").stdout.splitlines()
    assert warnings
    assert all('"level": "INFO"' not in line for line in warnings)
    lines = host.machine.ssh("journalctl -u rcmail _TRANSPORT=stdout -o cat --no-pager").stdout.splitlines()
    assert any('"event": "startup_complete"' in line for line in lines)


def test_the_operator_may_use_the_command_with_the_services_secrets(host: Host) -> None:
    said = json.loads(host.machine.ssh("rcmail check --json", check=False).stdout)
    assert (said["checks"]["db"], said["checks"]["mail"]) == ("ok", "ok")


def test_rcmail_listens_on_its_port_and_nothing_else_listens_on_the_network(host: Host) -> None:
    sockets = host.machine.ssh("ss -Hltnp").stdout.splitlines()
    named: dict[str, set[str]] = {}
    for line in sockets:
        program = re.search(r'users:\(\("([^"]+)"', line)
        if program:  # the others are not this machine's: the container shares the network
            named.setdefault(program[1], set()).add(line.split()[3])
    assert named.pop("sshd") == {f"127.0.0.1:{host.machine.ssh_port}"}
    assert named == {"rcmail": {f"0.0.0.0:{host.port}"}}


def test_postgresql_is_on_its_socket_only_with_peer_authentication_and_durable_settings(host: Host) -> None:
    shown = host.sql(
        "SELECT name || '=' || setting FROM pg_settings WHERE name IN ('listen_addresses', 'fsync',"
        " 'synchronous_commit', 'full_page_writes', 'data_checksums', 'server_encoding', 'lc_messages')"
        " ORDER BY name"
    ).split()
    assert shown == [
        "data_checksums=on", "fsync=on", "full_page_writes=on", "lc_messages=C", "listen_addresses=",
        "server_encoding=UTF8", "synchronous_commit=on",
    ]  # fmt: skip
    assert host.sql("SELECT rolcanlogin, rolcreatedb, rolsuper, rolpassword IS NULL FROM pg_authid"
                    " WHERE rolname = 'rcmail'") == "t|t|f|t"  # fmt: skip
    cluster = host.machine.ssh("pg_lsclusters -h").stdout.split()
    assert host.show(f"postgresql@{cluster[0]}-main", "MemoryMax") == str(512 * 2**20)
    assert host.show(f"postgresql@{cluster[0]}-main", "Restart") == "on-failure"


def test_a_mistake_in_the_settings_of_postgresql_is_refused_before_it_could_do_harm(host: Host) -> None:
    before = host.machine.ssh("sha256sum /etc/postgresql/*/main/conf.d/*").stdout
    play = host.play(postgresql_settings={"shared_bufers": "96MB"})
    assert play.returncode == 2
    assert 'unrecognized configuration parameter "shared_bufers"' in play.output.replace("\\", "")
    assert host.machine.ssh("sha256sum /etc/postgresql/*/main/conf.d/*").stdout == before
    assert host.health()["checks"]["db"] == "ok"


def test_the_ceilings_the_watchdog_and_the_restarts_are_those_of_the_unit(host: Host) -> None:
    assert host.show("rcmail", "MemoryMax") == str(512 * 2**20)
    assert host.show("rcmail", "WatchdogUSec") == "30s"
    assert host.show("rcmail", "StartLimitIntervalUSec") == "0"
    version = int(host.machine.ssh("systemctl --version").stdout.split()[1])
    assert (host.show("rcmail", "RestartSteps") == "5") == (version >= 254)


def test_no_secret_is_shown_anywhere(host: Host, first_play: Play, second_play: Play, watch: Watch) -> None:
    key = host.machine.ssh("cat /etc/rcmail/credentials/SECRET_KEY").stdout.strip()
    assert len(key) == 64
    secrets = [key, *SECRETS.values()]
    journal = host.machine.ssh("journalctl --all -o export --no-pager", timeout=120).stdout
    unit = host.machine.ssh(
        "systemctl show rcmail rcmail-worker; systemctl status rcmail rcmail-worker; cat /proc/*/cmdline"
    ).stdout
    places = {
        "Ansible's output": first_play.output + second_play.output,
        "the journal": journal,
        "what systemd shows": unit,
        "the command lines seen during the first run": "\n".join(watch.seen),
    }
    for place, text in places.items():
        assert len(text) > 1000, place
        assert [secret for secret in secrets if secret in text] == [], place
    readable = host.machine.ssh(
        "umask 077; cat > /root/patterns <<'E'\n" + "\n".join(secrets) + "\nE\n"
        "find / -xdev -type f -perm /o=r -not -path '/proc/*' -not -path '/sys/*' -size -20M -print0"
        " | xargs -0 grep -lsF -f /root/patterns || true; rm /root/patterns",
        timeout=300,
    ).stdout
    assert readable == ""


def test_secrets_belong_to_root_and_only_the_service_may_read_them(host: Host) -> None:
    shown = host.machine.ssh("stat -c '%a %U:%G %n' /etc/rcmail /etc/rcmail/credentials/* /etc/rcmail/*.toml")
    modes = {Path(line.split()[2]).name: line.split()[:2] for line in shown.stdout.splitlines()}
    assert modes.pop("rcmail") == ["750", "root:rcmail"]
    assert set(modes) == {
        "SECRET_KEY", "GMAIL_CLIENT_ID", "GMAIL_CLIENT_SECRET", "GMAIL_REFRESH_TOKEN", "settings.toml",
    }  # fmt: skip
    assert all(mode == ["640", "root:rcmail"] for mode in modes.values()), modes
    assert host.machine.ssh("getent passwd rcmail").stdout.strip().endswith("/usr/sbin/nologin")


def test_the_timer_runs_at_half_past_one_and_makes_up_for_a_missed_night(host: Host) -> None:
    timer = host.machine.ssh("systemctl cat rcmail-backup.timer").stdout
    assert "OnCalendar=*-*-* 01:30:00" in timer
    assert host.show("rcmail-backup.timer", "Persistent") == "yes"
    host.machine.ssh("systemctl start rcmail-backup")
    assert host.show("rcmail-backup", "Result") == "success"
    files = host.machine.ssh("stat -c '%a %U %n' /var/lib/rcmail/backups/*").stdout
    assert re.search(r"600 rcmail \S+/rcmail-\d{8}T\d{6}Z\.dump", files), files
    assert "last-verified.json" in files
