"""Which machine the figures are of."""

import os
import platform
import re
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path


def describe() -> dict[str, str]:
    """Its kind, not its name: what somebody else needs to compare."""
    return {
        "processor": f"{processor()}, {os.cpu_count()} cores, {platform.machine()}",
        "memory": f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.1f} GiB",
        "system": f"{platform.freedesktop_os_release().get('PRETTY_NAME', 'Linux')}, Linux {platform.release()}",
        "python": f"CPython {platform.python_version()}, aiohttp {version('aiohttp')}, aiopg {version('aiopg')}",
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "load": f"{os.getloadavg()[0]:.1f} processes wanted a core before the run began",
    }


def processor() -> str:
    """From the device tree on an Arm board ("Raspberry Pi 5 Model B"), else from /proc/cpuinfo."""
    model = Path("/proc/device-tree/model")
    if model.exists():
        return model.read_text().strip("\0\n")
    found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1].strip() if found else platform.machine()
