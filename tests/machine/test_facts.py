"""The facts, from recorded trees and from files that are absent, empty, closed or nonsense."""

import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcmail.health.base import TROUBLE, Check, Finding, NotTold, Verdict
from rcmail.health.monitor import Monitor
from rcmail.machine import backup, boot, clock, disk, memory, power, release, runs, storage, swap, temperature
from rcmail.machine.place import Place, database_folder
from rcmail.machine.words import size, span
from tests.fakes.machine import TREES, RecordedMachine
from tests.support import postgres_config

LOOKS: dict[str, Callable[[Place], Finding]] = {
    "disk": disk.look,
    "memory": memory.look,
    "ceilings": memory.look_at_ceilings,
    "temperature": temperature.look,
    "power": power.look,
    "clock": clock.look,
    "uptime": boot.look,
    "shutdown": boot.look_at_shutdown,
    "storage": storage.look,
    "swap": swap.look,
    "backup": backup.look,
    "release": release.look,
}
# Every file a look reads; the ones in folders with a changing name as the trees have them.
FILES = (
    "sys/firmware/devicetree/base/model",
    "proc/meminfo",
    "proc/swaps",
    "proc/uptime",
    "proc/self/mountinfo",
    "sys/fs/cgroup/cgroup.controllers",
    "sys/class/thermal/thermal_zone0/type",
    "sys/class/thermal/thermal_zone0/temp",
    "sys/class/hwmon/hwmon1/name",
    "sys/class/hwmon/hwmon1/in0_lcrit_alarm",
    "sys/devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled",
    "sys/class/block/mmcblk0/device/type",
    "sys/class/block/mmcblk0/device/life_time",
    "run/systemd/timesync/synchronized",
    "var/lib/rcmail/run.json",
    "var/lib/rcmail/backups/last-verified.json",
)


async def survey(place: Place) -> dict[str, Finding]:
    """Every fact of the machine as the service finds it, by its name."""
    monitor = Monitor([Check(name, name, lambda look=look: look(place)) for name, look in LOOKS.items()])
    return {result.name: result.finding for result in (await monitor.current()).results}


def verdicts(facts: dict[str, Finding]) -> dict[str, str]:
    return {name: fact.verdict.value for name, fact in facts.items()}


async def test_a_healthy_pi_has_nothing_to_complain_about(tmp_path: Path) -> None:
    pi = RecordedMachine("pi5", tmp_path)
    note = {"file": "x.dump", "verified_at": (datetime.now(UTC) - timedelta(hours=20)).isoformat(), "bytes": 24000}
    pi.write("var/lib/rcmail/backups/last-verified.json", json.dumps(note))
    facts = await survey(pi)
    assert set(verdicts(facts).values()) == {"ok"}
    assert facts["disk"].value == "21.3 GB of 31.1 GB free"
    assert facts["memory"].value == "7.1 GB of 8.5 GB available"
    assert facts["temperature"].value == "51 °C"
    assert facts["storage"].value == "SD card"
    assert facts["swap"].value == "2.1 GB in compressed memory"
    assert facts["uptime"].value == "3 days 4 hours"
    assert facts["shutdown"].value == "clean"
    assert facts["backup"].value.endswith("20 hours ago (24 kB)")
    assert facts["release"].value.endswith(", which replaced 0.1.0")


async def test_a_pi_in_trouble_says_what_is_wrong_and_what_to_do(tmp_path: Path) -> None:
    facts = await survey(RecordedMachine("pi5-trouble", tmp_path))
    assert verdicts(facts) == {
        "disk": "error",
        "memory": "warning",
        "ceilings": "warning",
        "temperature": "warning",
        "power": "error",
        "clock": "warning",
        "uptime": "ok",
        "shutdown": "ok",
        "storage": "ok",
        "swap": "ok",
        "backup": "warning",
        "release": "ok",
    }
    assert facts["disk"].value == "123 MB of 31.1 GB free"
    assert facts["power"].value == "under-voltage, processor throttled now"
    assert "power supply" in facts["power"].advice
    assert facts["shutdown"].value == "not clean: the power went away"
    assert all(fact.advice for fact in facts.values() if fact.verdict in TROUBLE)


async def test_a_plain_laptop_is_told_without_a_warning(tmp_path: Path) -> None:
    laptop = RecordedMachine("laptop", tmp_path)
    facts = await survey(laptop)
    assert {name for name, verdict in verdicts(facts).items() if verdict == "not here"} == {
        "power",
        "shutdown",
        "backup",
    }
    assert set(verdicts(facts).values()) == {"ok", "not here"}
    assert facts["storage"].value == "NVMe SSD"
    assert facts["temperature"].value == "86 °C"  # hot for a Pi, ordinary here


async def test_an_empty_machine_is_not_here(tmp_path: Path) -> None:
    facts = await survey(Place(None, tmp_path, tmp_path))
    judged = {name: fact for name, fact in facts.items() if fact.verdict is not Verdict.NOT_HERE}
    assert set(judged) <= {"disk", "release"}  # statvfs(3) answers for every folder
    assert all(fact.value for fact in facts.values())


@pytest.mark.parametrize(
    "content", [b"", b"\0\xff\xfe nonsense \n\n:::", b"-1", b"9" * 5000, b"[]", b"{}", b"null"]
)
async def test_nonsense_in_every_file_gives_a_true_sentence(tmp_path: Path, content: bytes) -> None:
    pi = RecordedMachine("pi5", tmp_path)
    for file in FILES:
        pi.write(file, content)
    facts = await survey(pi)
    assert len(facts) == len(LOOKS)
    assert all(fact.value for fact in facts.values())
    assert "the check failed" not in str(facts)


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error")])
async def test_a_file_that_cannot_be_read_gives_a_sentence(
    tmp_path: Path, error: OSError, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Place, path: str) -> str:
        raise error

    pi = RecordedMachine("pi5", tmp_path)
    monkeypatch.setattr(Place, "text", refuse)
    facts = await survey(pi)
    assert "the check failed" not in str(facts)
    assert facts["memory"].value == f"it cannot be read: {error.strerror}"


@given(st.data())
def test_no_text_makes_a_look_raise_anything_unexpected(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    tree = data.draw(st.sampled_from(["pi5", "laptop"]))
    pi = RecordedMachine(tree, tmp_path_factory.mktemp("machine"))
    for file in data.draw(st.lists(st.sampled_from(FILES), min_size=1, max_size=4, unique=True)):
        lines = st.lists(st.text("0123456789abcdefx:.-+/ \t٣", max_size=30), max_size=4).map("\n".join)
        pi.write(file, data.draw(st.one_of(st.binary(max_size=60), lines)))
    for look in LOOKS.values():
        try:
            finding = look(pi)
        except (NotTold, OSError, ValueError):
            continue
        assert finding.value


@pytest.mark.parametrize(
    ("word", "verdict", "value"),
    [
        ("0", "ok", "enough"),
        ("0x0", "ok", "enough"),
        ("1", "error", "under-voltage now"),
        ("50000", "warning", "under-voltage, processor throttled since it was switched on"),
        ("50005", "error", "under-voltage, processor throttled now"),
        (
            "e0008",
            "warning",
            "soft temperature limit now; processor capped, processor throttled since it was switched on",
        ),
    ],
)
def test_the_firmwares_word_is_told_bit_by_bit(tmp_path: Path, word: str, verdict: str, value: str) -> None:
    pi = RecordedMachine("pi5", tmp_path)
    pi.write("sys/devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled", f"{word}\n")
    assert (power.look(pi).verdict, power.look(pi).value) == (verdict, value)


def test_an_under_voltage_that_is_over_is_remembered_until_the_next_start(tmp_path: Path) -> None:
    pi = RecordedMachine("pi5", tmp_path)
    word = "sys/devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled"
    pi.write(word, "10001\n")
    assert power.look(pi).verdict is Verdict.ERROR
    pi.write(word, "0\n")  # the driver had the bits cleared two seconds later
    for machine in (pi, Place(pi.state, pi.database, tmp_path)):  # another process, such as the doctor, knows too
        assert (power.look(machine).verdict, power.look(machine).value) == (
            Verdict.WARNING,
            "under-voltage since it was switched on",
        )
    pi.write("proc/sys/kernel/random/boot_id", "2" * 32)
    assert power.look(pi).value == "enough"
    runs.note_begin(pi)
    assert power.look(pi).value == "enough"


def test_the_alarm_of_hwmon_stands_in_where_the_firmwares_word_is_missing(tmp_path: Path) -> None:
    pi = RecordedMachine("pi5", tmp_path)
    (tmp_path / "sys/devices/platform/soc@107c000000/soc@107c000000:firmware/get_throttled").unlink()
    assert power.look(pi).value == "enough"
    pi.write("sys/class/hwmon/hwmon1/in0_lcrit_alarm", "1\n")
    assert power.look(pi).verdict is Verdict.ERROR


@pytest.mark.parametrize(
    ("life_time", "verdict", "value"),
    [
        ("0x01 0x02", "ok", "eMMC, 20 % of its expected life used"),
        ("0x09 0x01", "warning", "eMMC, 90 % of its expected life used"),
        ("0x01 0x0b", "error", "eMMC, 100 % of its expected life used"),
        ("0x00 0x00", "ok", "eMMC, its wear is not told"),
        ("0xff", "ok", "eMMC, its wear is not told"),
        ("", "ok", "eMMC, its wear is not told"),
    ],
)
def test_the_wear_of_an_emmc_is_told(tmp_path: Path, life_time: str, verdict: str, value: str) -> None:
    pi = RecordedMachine("pi5", tmp_path)
    pi.write("sys/class/block/mmcblk0/device/type", "MMC\n")
    pi.write("sys/class/block/mmcblk0/device/life_time", life_time)
    assert (storage.look(pi).verdict, storage.look(pi).value) == (verdict, value)


def test_a_disk_without_room_for_more_files_is_an_error(tmp_path: Path) -> None:
    pi = RecordedMachine("pi5", tmp_path)
    pi.free_files = 3
    assert disk.look(pi).verdict is Verdict.ERROR


def test_a_clock_that_was_right_long_ago_or_is_in_the_past_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pi = RecordedMachine("pi5", tmp_path)
    file = tmp_path / "run/systemd/timesync/synchronized"
    long_ago = time.time() - 13 * 3600
    os.utime(file, (long_ago, long_ago))
    assert clock.look(pi).value == "last synchronised 13 hours ago"
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert clock.look(pi).verdict is Verdict.ERROR


def test_backups_that_stay_away_are_a_warning_and_a_new_installation_is_not(tmp_path: Path) -> None:
    pi = RecordedMachine("pi5", tmp_path)
    assert backup.look(pi).verdict is Verdict.WARNING
    run = json.loads(pi.text("var/lib/rcmail/run.json")) | {"installed": time.time() - 3600}
    pi.write("var/lib/rcmail/run.json", json.dumps(run))
    assert (backup.look(pi).verdict, backup.look(pi).value) == (Verdict.OK, "none yet")
    for days, verdict in ((1, Verdict.OK), (4, Verdict.WARNING), (-1, Verdict.OK)):
        moment = (datetime.now(UTC) - timedelta(days=days)).isoformat()
        note = {"file": "x.dump", "verified_at": moment, "bytes": 24000}
        pi.write("var/lib/rcmail/backups/last-verified.json", json.dumps(note))
        assert backup.look(pi).verdict is verdict


@pytest.mark.parametrize(
    ("host", "folder"),
    [
        ("/run/postgresql", "/var/lib/postgresql"),
        ("localhost", "/var/lib/postgresql"),
        ("127.0.0.1", "/var/lib/postgresql"),
        ("::1", "/var/lib/postgresql"),
        ("db.lan", None),
        ("192.168.1.9", None),
    ],
)
def test_the_database_of_another_machine_has_no_disk_here(host: str, folder: str | None, tmp_path: Path) -> None:
    found = database_folder(postgres_config(host))
    assert (str(found) if found else None) == folder
    if found is None:
        assert disk.look(Place(None, found, tmp_path)).verdict is Verdict.NOT_HERE
        assert storage.look(Place(None, found, tmp_path)).verdict is Verdict.NOT_HERE


def test_amounts_and_times_are_told_as_people_say_them() -> None:
    assert [size(n) for n in (0, 999, 1500, 2_400_000, 3_140_000_000, 120_000_000_000, 2e12)] == [
        "0 bytes", "999 bytes", "2 kB", "2 MB", "3.1 GB", "120 GB", "2.0 TB",
    ]  # fmt: skip
    assert [span(n) for n in (-5, 59, 60, 3700, 90000, 172800)] == [
        "less than a minute", "less than a minute", "1 minute", "1 hour 1 minute", "1 day 1 hour", "2 days",
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted(tree.stem for tree in TREES.glob("*.tree")))
async def test_under_make_run_nobody_is_sent_to_root_or_to_systemd(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = RecordedMachine(name, tmp_path)
    place.write("etc/systemd/system/rcmail-backup.timer", "")
    place.free_blocks = 1
    place.write("proc/meminfo", "MemTotal: 1000 kB\nMemAvailable: 1 kB\n")
    monkeypatch.setattr(time, "time", lambda: 0.0)  # as on a Pi without a network

    async def advice() -> str:
        return " ".join(finding.advice for finding in (await survey(place)).values())

    assert "sudo" in await advice()
    place.is_make_run = True
    assert not [word for word in ("sudo", "systemctl", "journalctl", "playbook") if word in await advice()]
