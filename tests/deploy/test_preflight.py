"""What the playbook refuses, with a sentence, before it touches anything."""

import json
import socket
import time
from typing import Any

import pytest

from tests.deploy.conftest import Host

pytestmark = [pytest.mark.deploy, pytest.mark.timeout(300)]
FACTS = {
    "architecture": "aarch64", "userspace_bits": "64", "os_family": "Debian", "service_mgr": "systemd",
    "distribution": "Debian", "distribution_version": "13", "python_version": "3.13.5",
    "date_time": {"epoch": str(int(time.time()))},
}  # fmt: skip


def refusal(host: Host, **variables: Any) -> str:
    """What a run of nothing but the preflight says."""
    extra = ["--extra-vars", json.dumps(variables)] if variables else []
    play = host.play("--tags", "always", *extra)
    assert play.returncode == 2, play.output[-3000:]
    assert "changed=0" in play.output
    return " ".join(play.output.split())


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        ({"userspace_bits": "32"}, "This is a 32-bit system (aarch64); rcmail needs a 64-bit one."),
        ({"architecture": "armv7l", "userspace_bits": "32"}, "Write the 64-bit Raspberry Pi OS to the card"),
        ({"python_version": "3.9.2"}, "Python here is 3.9.2; rcmail needs 3.11 or newer."),
        (
            {"os_family": "Archlinux", "distribution": "Archlinux"},
            "rcmail is installed on Raspberry Pi OS or Debian",
        ),
        ({"date_time": {"epoch": "1700000000"}}, "h behind that of this computer. A Pi sets it from the network"),
    ],
)
def test_a_system_that_cannot_carry_rcmail_is_refused(bare: Host, fact: dict[str, str], sentence: str) -> None:
    assert sentence in refusal(bare, ansible_facts=FACTS | fact)


def test_a_full_disk_is_refused(bare: Host) -> None:
    said = refusal(bare, rcmail_min_free_mb=10**9)
    assert "MB are free; at least 1000000000 MB are needed" in said


def test_a_port_of_another_program_is_refused(bare: Host) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = refusal(bare, rcmail_http_port=port)
    assert f"Port {port} is taken by another program" in said
    assert "set rcmail_http_port to a free port" in said


@pytest.mark.parametrize(
    ("port", "sentence"),
    [(80, "rcmail_http_port is 80; it must be a number from 1024"), ("acht", "we were unable to convert to int")],
)
def test_a_port_that_cannot_be_is_refused(bare: Host, port: object, sentence: str) -> None:
    assert sentence in refusal(bare, rcmail_http_port=port)


def test_half_a_gmail_registration_is_refused_by_name(bare: Host) -> None:
    said = refusal(bare, rcmail_gmail_client_secret=" ", rcmail_gmail_refresh_token="")
    assert "Missing in the inventory: rcmail_gmail_client_secret." in said


def test_a_token_of_gmail_without_its_client_is_refused(bare: Host) -> None:
    said = refusal(bare, rcmail_gmail_client_id="", rcmail_gmail_client_secret="")
    assert "Missing in the inventory: rcmail_gmail_client_id, rcmail_gmail_client_secret." in said


def test_a_password_that_is_too_short_is_refused_and_not_told(bare: Host) -> None:
    said = refusal(bare, rcmail_password="toast")
    assert "rcmail_password must be one line of 8 to 200 characters" in said
    assert "toast" not in said


def test_a_secret_among_the_plain_settings_is_refused(bare: Host) -> None:
    said = refusal(bare, rcmail_settings={"SECRET_KEY": "x" * 40})
    assert "rcmail_settings must hold neither secrets" in said


def test_a_misspelt_variable_is_refused_with_the_nearest_name(bare: Host) -> None:
    said = refusal(bare, rcmail_http_prt=8080, rcmal_http_port=8080, ollama_modl="tiny", rcmail_colour="blue")
    assert (
        "Not a variable of this playbook: ollama_modl (did you mean ollama_model?), rcmail_colour,"
        " rcmail_http_prt (did you mean rcmail_http_port?), rcmal_http_port (did you mean rcmail_http_port?)."
    ) in said


@pytest.mark.parametrize("book", ["restore.yml", "uninstall.yml"])
def test_the_other_playbooks_refuse_a_misspelt_variable_too(bare: Host, book: str) -> None:
    play = bare.play(book=book, rcmail_prge=True)
    assert play.returncode == 2
    assert "rcmail_prge (did you mean rcmail_purge?)" in " ".join(play.output.split())
    assert play.changed == 0


def test_variables_of_other_programs_are_nobodys_business(bare: Host) -> None:
    others = {"postgresql_users": [], "http_port": 80, "backup_host": "nas.local"}
    said = refusal(bare, rcmail_min_free_mb=10**9, **others)
    assert "MB are free" in said
