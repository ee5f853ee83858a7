"""A second machine, made up as a Raspberry Pi with Ollama, takes over the settings of the first."""

from pathlib import Path

import pytest

from tests.deploy.conftest import Host
from tests.deploy.raspberry_pi import CMDLINE

pytestmark = [pytest.mark.deploy, pytest.mark.timeout(900)]


def test_an_installation_cut_short_three_times_ends_well(pi: Host) -> None:
    assert pi.health()["checks"]["db"] == "ok"
    assert pi.show("rcmail", "ActiveState") == "active"
    assert pi.machine.ssh("dpkg --audit").stdout == ""
    assert pi.sql("SHOW server_encoding") == "UTF8"
    assert pi.sql("SHOW max_connections") == "30"
    assert len(pi.machine.ssh("ls /opt/rcmail/releases").stdout.split()) == 1


def test_the_memory_controller_is_switched_on_and_one_line_stays_one_line(pi: Host) -> None:
    after = pi.machine.ssh("cat /boot/firmware/cmdline.txt").stdout
    assert after == CMDLINE.replace(" cgroup_disable=memory", "") + " cgroup_enable=memory cgroup_memory=1\n"
    assert pi.machine.ssh("cat /boot/firmware/cmdline.txt.before-rcmail").stdout == CMDLINE + "\n"


def test_the_journal_stays_over_restarts_with_a_cap_and_the_name_is_announced(pi: Host) -> None:
    assert pi.machine.ssh("ls /var/log/journal/*/system.journal").stdout
    settings = pi.machine.ssh("systemd-analyze cat-config systemd/journald.conf").stdout
    assert "\nStorage=persistent" in settings
    assert "\nSystemMaxUse=200M" in settings
    assert "\nMaxRetentionSec=30day" in settings
    assert pi.show("avahi-daemon", "ActiveState") == "active"


def test_ollama_answers_on_loopback_only_with_its_model_and_its_ceiling(pi: Host) -> None:
    assert pi.health()["checks"]["llm"] == "ok"
    assert "tinyllama:latest" in pi.machine.ssh("curl -s http://127.0.0.1:11434/api/tags").stdout
    listening = pi.machine.ssh("ss -Hltn 'sport = :11434'").stdout.split()
    assert listening[3] == "127.0.0.1:11434"
    assert pi.show("ollama", "MemoryMax") == str(2**30)
    assert pi.show("ollama", "User") == "ollama"
    command = pi.machine.ssh("readlink -e $(command -v ollama)").stdout.strip()  # as the pages say it
    assert command.startswith("/opt/ollama/releases/")


def test_a_second_run_changes_nothing_on_a_pi_with_ollama_either(pi: Host) -> None:
    play = pi.play()
    assert play.returncode == 0, play.output[-4000:]
    assert play.changed == 0, [line for line in play.output.splitlines() if "changed:" in line]


def test_an_archive_with_another_checksum_is_refused(pi: Host) -> None:
    play = pi.play(ollama_sha256={"amd64": "0" * 64, "arm64": "0" * 64})
    assert play.returncode == 2
    assert "Nothing was installed" in play.output
    assert pi.show("ollama", "ActiveState") == "active"


def test_a_restore_brings_the_settings_of_the_old_machine_to_the_new_one(
    host: Host, pi: Host, tmp_path: Path
) -> None:
    host.sql(
        "INSERT INTO settings (key, value) VALUES ('event_offerings', 'Fahrräder, Textilien')"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    )
    host.machine.ssh("systemctl start rcmail-backup")
    newest = host.machine.ssh("ls -t /var/lib/rcmail/backups/*.dump | head -1").stdout.strip()
    dump = tmp_path / "dump"
    dump.write_bytes((host.machine.root / newest.lstrip("/")).read_bytes())

    damaged = tmp_path / "damaged"
    damaged.write_bytes(dump.read_bytes()[: dump.stat().st_size // 2])
    pi.sql("INSERT INTO settings (key, value) VALUES ('event_location', 'before')")
    play = pi.play(book="restore.yml", rcmail_restore_file=str(damaged))
    assert play.returncode == 2
    assert "pg_restore failed, nothing was changed" in " ".join(play.output.split())
    assert pi.sql("SELECT value FROM settings WHERE key = 'event_location'") == "before"
    assert pi.health()["checks"]["db"] == "ok"

    pid = pi.show("rcmail", "MainPID")
    play = pi.play(book="restore.yml", rcmail_restore_file=str(dump))
    assert play.returncode == 0, play.output[-4000:]
    assert "rcmail_before_restore" in play.output
    everything = "SELECT key, value FROM settings ORDER BY key"
    assert pi.sql(everything) == host.sql(everything)
    assert pi.health()["checks"]["db"] == "ok"
    assert pi.show("rcmail", "MainPID") == pid
    assert pi.machine.ssh("ls /var/lib/rcmail").stdout.split() == ["backups", "run.json"]


def test_uninstalling_keeps_the_data_unless_told_otherwise(pi: Host) -> None:
    play = pi.play(book="uninstall.yml")
    assert play.returncode == 0, play.output[-4000:]
    left = pi.machine.ssh("ls -d /opt/rcmail /etc/systemd/system/rcmail* /usr/local/bin/*", check=False)
    assert left.stdout.split() == [
        "/etc/systemd/system/rcmail-worker.service.d",
        "/etc/systemd/system/rcmail.service.d",
    ]
    assert pi.show("rcmail", "LoadState") == "not-found"
    assert "Textilien" in pi.sql("SELECT value FROM settings WHERE key = 'event_offerings'")
    assert pi.machine.ssh("ls /etc/rcmail/credentials/SECRET_KEY /var/lib/rcmail/backups").stdout

    play = pi.play("-e", "rcmail_purge=true", book="uninstall.yml")  # a text there, as for every -e
    assert play.returncode == 0, play.output[-4000:]
    assert pi.sql("SELECT datname FROM pg_database WHERE datname LIKE 'rcmail%'", "postgres") == ""
    gone = pi.machine.ssh("ls -d /etc/rcmail /var/lib/rcmail; getent passwd rcmail", check=False)
    assert gone.stdout == ""
    play = pi.play(book="uninstall.yml", rcmail_purge=True)
    assert (play.returncode, play.changed) == (0, 0), play.output[-4000:]


def test_a_cluster_that_was_there_before_rcmail_keeps_its_settings(pi: Host) -> None:
    pi.machine.ssh("""
        rm /etc/postgresql-common/createcluster.d/50-rcmail.conf /etc/postgresql/*/main/conf.d/50-rcmail.conf
        rm -r /etc/systemd/system/postgresql@*.service.d
        cd /etc/postgresql/*/main/conf.d
        printf "max_connections = 77\\nlisten_addresses = ''\\n" > own.conf
        systemctl daemon-reload; systemctl restart 'postgresql@*'
    """)
    pi.sql("CREATE DATABASE others", "postgres")
    fingerprint = "find /etc/postgresql -type f -exec sha256sum {} + | sort; systemctl cat 'postgresql@*'"
    before = pi.machine.ssh(fingerprint).stdout
    play = pi.play(rcmail_ollama_enabled=False)
    assert play.returncode == 0, play.output[-4000:]
    assert "was here before rcmail: its settings and memory ceiling are left alone" in " ".join(
        play.output.split()
    )
    assert pi.machine.ssh(fingerprint).stdout == before
    assert pi.sql("SHOW max_connections") == "77"
    assert pi.sql("SELECT count(*) FROM pg_database WHERE datname IN ('others', 'rcmail')") == "2"
    assert pi.health()["checks"]["db"] == "ok"
