"""A Raspberry Pi's power supply: too weak now, or at some time since it was switched on."""

import re
from typing import Final

from rcmail.health.base import Finding, NotTold, Verdict, not_here
from rcmail.machine import runs
from rcmail.machine.place import Place

# Raspberry Pi's kernel shows the firmware's word to everyone, in hexadecimal (drivers/firmware/raspberrypi.c of
# github.com/raspberrypi/linux); the folder is soc:firmware up to the Pi 4, soc@…:firmware on the Pi 5. The
# kernel warns once that hwmon is the newer way, but hwmon tells of under-voltage only.
_WORD: Final = "sys/devices/platform/soc*/soc*:firmware/get_throttled"
# The driver raspberrypi-hwmon has one bit of it: Documentation/hwmon/raspberrypi-hwmon.rst.
_CHIPS: Final = "sys/class/hwmon/hwmon*/name"
# The bits as for `vcgencmd get_throttled`: https://www.raspberrypi.com/documentation/computers/os.html#get_throttled
# The same four shifted by 16 tell of some time before: since the start, or, where the driver raspberrypi-hwmon is
# loaded, which has them cleared every two seconds, since then. So what was seen is remembered: runs.py.
_UNDER_VOLTAGE: Final = 1 << 0
_BITS: Final = (
    (_UNDER_VOLTAGE, "under-voltage"),
    (1 << 1, "processor capped"),
    (1 << 2, "processor throttled"),
    (1 << 3, "soft temperature limit"),
)
_BEFORE: Final = 16
_ALL: Final = 0b1111
_SUPPLY: Final = (
    "use the official power supply (27 W for a Raspberry Pi 5) and its own cable, and nothing hungry on USB"
)
_HEAT: Final = "it was slowed down: look at the temperature, give the case air or a fan"


def look(place: Place) -> Finding:
    if not place.is_raspberry_pi():
        return not_here("only a Raspberry Pi tells")
    word = _word(place)
    seen = runs.remember(place, (word | word >> _BEFORE) & _ALL)
    now = [name for bit, name in _BITS if word & bit]
    earlier = [name for bit, name in _BITS if seen & ~word & bit]
    value = "; ".join(
        [f"{', '.join(now)} now"] * bool(now) + [f"{', '.join(earlier)} since it was switched on"] * bool(earlier)
    )
    if word & _UNDER_VOLTAGE:
        return Finding(value, Verdict.ERROR, f"the card may be spoilt by it: {_SUPPLY}")
    if seen & _UNDER_VOLTAGE:
        return Finding(value, Verdict.WARNING, f"{_SUPPLY}; this message ends with a restart")
    return Finding(value, Verdict.WARNING, _HEAT) if value else Finding("enough")


def _word(place: Place) -> int:
    for path in place.find(_WORD):
        text = place.text(path).removeprefix("0x")
        if re.fullmatch(r"[0-9a-fA-F]{1,8}", text):
            return int(text, 16)
    for path in place.find(_CHIPS):
        if place.text(path) == "rpi_volt":
            alarm = place.text(path.removesuffix("name") + "in0_lcrit_alarm")
            if alarm in ("0", "1"):
                return _UNDER_VOLTAGE * int(alarm)
    raise NotTold("the firmware does not tell")
