"""Memory, and whether the ceilings of the units hold. Source: proc_meminfo(5), cgroups(7)."""

from typing import Final

from rcmail.health.base import Finding, Verdict, not_here
from rcmail.machine.place import Place
from rcmail.machine.words import size

_LITTLE: Final = 0.05  # of all of it


def meminfo(place: Place) -> dict[str, int]:
    """The amounts of /proc/meminfo in bytes. Lines that are none are passed over."""
    amounts = {}
    for line in place.text("proc/meminfo").splitlines():
        name, _, rest = line.partition(":")
        number, _, unit = rest.strip().partition(" ")
        if unit == "kB" and number.isascii() and number.isdecimal() and len(number) < 16:
            amounts[name] = int(number) * 1024
    return amounts


def look(place: Place) -> Finding:
    amounts = meminfo(place)
    total, available = amounts.get("MemTotal", 0), amounts.get("MemAvailable")
    if not total or available is None:
        raise ValueError("no amounts")
    value = f"{size(available)} of {size(total)} available"
    if available < total * _LITTLE:
        return Finding(
            value,
            Verdict.WARNING,
            "nearly all of it is taken: `top -o %MEM` shows by what; a smaller language model takes less",
        )
    return Finding(value)


def look_at_ceilings(place: Place) -> Finding:
    """Raspberry Pi OS starts with the memory controller off, and MemoryMax= is then silently ignored."""
    if "memory" in place.text("sys/fs/cgroup/cgroup.controllers").split():
        return Finding("kept by the kernel")
    if not place.is_raspberry_pi():
        return not_here("this kernel has no memory controller")
    if place.is_make_run:
        return not_here("only an installed rcmail has any")
    return Finding(
        "not kept",
        Verdict.WARNING,
        "the kernel's memory controller is off, so one unit can take all memory: run the playbook with"
        " -e rcmail_reboot=true, or reboot where it has run already",
    )
