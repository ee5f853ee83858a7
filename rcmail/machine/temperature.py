"""How hot is the processor? Source: the kernel's Documentation/driver-api/thermal/sysfs-api.rst and hwmon."""

import re
from typing import Final

from rcmail.health.base import Finding, NotTold, Verdict
from rcmail.machine.place import Place

_ZONES: Final = ("cpu-thermal", "cpu_thermal", "x86_pkg_temp", "soc-thermal", "soc_thermal")
_CHIPS: Final = ("cpu_thermal", "coretemp", "k10temp")
# A Raspberry Pi slows down from 80 °C, and hard at 85; processors of laptops may be hotter.
_PI: Final = 80.0
_OTHERS: Final = 95.0


def look(place: Place) -> Finding:
    celsius = _reading(place)
    value = f"{celsius:.0f} °C"
    if celsius >= (_PI if place.is_raspberry_pi() else _OTHERS):
        return Finding(
            value,
            Verdict.WARNING,
            "it is so hot that it slows down: give the case air, or a fan (an Active Cooler)",
        )
    return Finding(value)


def _reading(place: Place) -> float:
    """The processor's temperature in °C. Raises NotTold where none makes sense."""
    sources: list[tuple[str, str, tuple[str, ...]]] = [
        (f"{folder}/type", f"{folder}/temp", _ZONES) for folder in place.find("sys/class/thermal/thermal_zone*")
    ]
    sources += [
        (f"{folder}/name", f"{folder}/temp1_input", _CHIPS) for folder in place.find("sys/class/hwmon/hwmon*")
    ]
    for kind, reading, known in sources:
        try:
            text = place.text(reading) if place.text(kind) in known else ""
        except OSError:
            continue
        if re.fullmatch(r"-?[0-9]{1,6}", text) and -50_000 < int(text) < 150_000:
            return int(text) / 1000
    raise NotTold("there is no sensor of the processor that rcmail knows")
