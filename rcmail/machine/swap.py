"""Where does memory go that is not used? Source: proc_swaps(5)."""

from rcmail.health.base import Finding
from rcmail.machine.place import Place
from rcmail.machine.words import size


def look(place: Place) -> Finding:
    kinds = []
    for line in place.text("proc/swaps").splitlines()[1:]:
        fields = line.split()
        if len(fields) < 4 or not (fields[2].isascii() and fields[2].isdecimal() and len(fields[2]) < 16):
            raise ValueError("no table of swap areas")
        kind = "compressed memory" if fields[0].startswith("/dev/zram") else f"a {fields[1]}"
        kinds.append(f"{size(int(fields[2]) * 1024)} in {kind}")
    return Finding(" and ".join(kinds) or "none")
