"""What is the database stored on, and how worn is it? Source: proc_pid_mountinfo(5) and sysfs."""

import re
from pathlib import PurePosixPath
from typing import Final

from rcmail.health.base import Finding, NotTold, Verdict, not_here
from rcmail.machine.place import Place

# JEDEC eMMC: each step of life_time is a tenth of the expected life, 0x0b is beyond it.
_WORN: Final = 9
_WORN_OUT: Final = 11


def look(place: Place) -> Finding:
    if place.database is None:
        return not_here("the database is on another machine")
    name = _disk(place)
    if name.startswith("nvme"):
        return Finding("NVMe SSD")
    if name.startswith("mmcblk"):
        if _text(place, f"sys/class/block/{name}/device/type") == "MMC":
            return _emmc(place, name)
        return Finding("SD card", advice="a card wears out one day: keep a copy of the backups on another machine")
    rotates = _text(place, f"sys/class/block/{name}/queue/rotational")
    return Finding({"0": "SSD", "1": "hard disk"}[rotates] if rotates in ("0", "1") else name)


def _emmc(place: Place, name: str) -> Finding:
    steps = re.findall(r"0x([0-9a-f]{2})\b", _text(place, f"sys/class/block/{name}/device/life_time"))
    worst = max((int(step, 16) for step in steps), default=0)
    if not 0 < worst <= _WORN_OUT:
        return Finding("eMMC, its wear is not told")
    value = f"eMMC, {min(worst, 10) * 10} % of its expected life used"
    if worst < _WORN:
        return Finding(value)
    verdict = Verdict.ERROR if worst >= _WORN_OUT else Verdict.WARNING
    return Finding(value, verdict, "plan its replacement: deploy to a new one and restore the newest backup there")


def _disk(place: Place) -> str:
    """The kernel's name of the whole disk under the database: through partitions, encryption and volumes."""
    name = _mounted(place)
    for _ in range(8):
        below = place.find(f"sys/class/block/{name}/slaves/*")
        if below:
            name = PurePosixPath(below[0]).name
        elif place.exists(f"sys/class/block/{name}/partition"):
            name = PurePosixPath(place.resolved(f"sys/class/block/{name}")).parent.name
        else:
            break
    if not place.exists(f"sys/class/block/{name}"):
        raise NotTold("it is no drive of this machine: a container, or one in the network")
    return name


def _mounted(place: Place) -> str:
    """The block device of the innermost mount above the database."""
    best, found = -1, ""
    for line in place.text("proc/self/mountinfo").splitlines():
        fields, _, more = line.partition(" - ")
        parts, source = fields.split(), more.split()
        if len(parts) < 5 or len(source) < 2:
            continue
        point = PurePosixPath(parts[4].replace(r"\040", " "))
        if PurePosixPath(str(place.database)).is_relative_to(point) and len(point.parts) >= best:
            best = len(point.parts)
            number = f"sys/dev/block/{parts[2]}"
            # A file system over several devices (btrfs) has no number of its own, and names its first device.
            known = place.exists(number)
            found = PurePosixPath(place.resolved(number)).name if known else PurePosixPath(source[1]).name
    if not re.fullmatch(r"[\w.:!-]+", found):
        raise NotTold("it is no drive of this machine: a container, or one in the network")
    return found


def _text(place: Place, path: str) -> str:
    try:
        return place.text(path)
    except OSError:
        return ""
