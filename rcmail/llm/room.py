"""How much memory a language model has, where its server runs on this machine."""

import os
import socket
from contextlib import suppress
from pathlib import Path
from typing import Final

from rcmail.llm.base import Room

# https://docs.kernel.org/admin-guide/cgroup-v2.html, memory.max; the unit is deploy/systemd/ollama.service.
_CEILING: Final = Path("/sys/fs/cgroup/system.slice/ollama.service/memory.max")


def room_here(ceiling: Path = _CEILING) -> Room | None:
    """What a server on this machine may use. None where the system does not tell."""
    # sysinfo(2)
    with suppress(OSError, ValueError):
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        if memory > 0:
            return Room(memory, _limit(ceiling))
    return None


def _limit(file: Path) -> int | None:
    with suppress(OSError, ValueError):
        text = file.read_text("ascii").strip()
        if text.isdecimal() and 0 < int(text) < 1 << 62:
            return int(text)
    return None  # “max”, no such unit, or no control groups


def is_here(host: str) -> bool:
    """Whether ``host``, a name or an address, is this machine for certain. Looks nothing up."""
    own = socket.gethostname().casefold()
    if host.casefold().removesuffix(".") in ("localhost", own, f"{own}.local"):
        return True
    # Only an own address can be bound to; nothing is sent.
    for family in (socket.AF_INET, socket.AF_INET6):
        with suppress(OSError, ValueError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            socket.inet_pton(family, host)
            probe.bind((host, 0))
            return True
    return False
