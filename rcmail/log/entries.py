"""Log entries as they are shown: what one is, which ones are asked for, and the latest of this process."""

import ipaddress
import json
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
CORE: Final = ("timestamp", "level", "service", "event")

# Some hours of an ordinary day, within a Pi's memory.
_MAX_ENTRIES: Final = 2_000
MAX_CHARACTERS: Final = 1_000_000


def shortened(remote: str) -> str:
    """An IPv4 address without its last number, the /48 of an IPv6 one, and what is none as it is."""
    try:
        found = ipaddress.ip_interface(remote.partition("%")[0]).ip
    except ValueError:
        return remote
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((found, 48), strict=False))
    return f"{str(getattr(found, 'ipv4_mapped', None) or found).rpartition('.')[0]}.x"


class Entry:
    """One log entry: ``timestamp`` (RFC 3339, UTC), ``level``, ``service``, ``event``, and its context."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data: Final = data
        self.timestamp: Final[str] = data["timestamp"]
        self.level: Final[str] = data["level"]
        self.service: Final[str] = data["service"]
        self.event: Final[str] = data["event"]

    @classmethod
    def parse(cls, line: str) -> "Entry | None":
        """The entry that ``line`` holds as JSON; None where it is no entry of ours.

        It is for whoever looks at the page: of a client's address it has the network only. The line has it whole.
        """
        try:
            data = json.loads(line)
        except (ValueError, RecursionError):
            return None
        if not isinstance(data, dict) or not all(isinstance(data.get(name), str) for name in CORE):
            return None
        if isinstance(remote := data.get("remote"), str):
            data["remote"] = shortened(remote)
        return cls(data) if data["level"] in LEVELS else None

    @property
    def context(self) -> dict[str, Any]:
        """Everything but the four fields that each entry has."""
        return {name: value for name, value in self.data.items() if name not in CORE}

    @property
    def json(self) -> str:
        """The same for the same entry wherever it is read from."""
        return json.dumps(self.data, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are wanted; an empty text leaves them all."""

    service: str = ""
    level: str = ""
    """The least important level, one of LEVELS."""
    text: str = ""

    def matches(self, entry: Entry) -> bool:
        if self.service and entry.service != self.service:
            return False
        if self.level and LEVELS.index(entry.level) < LEVELS.index(self.level):
            return False
        wanted = self.text.casefold()
        return not wanted or any(wanted in text.casefold() for text in _texts(entry.data))


def _texts(value: object) -> Iterator[str]:
    """Every name and every value, as the page shows them."""
    if isinstance(value, Mapping):
        for name, item in value.items():
            yield str(name)
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    else:
        yield value if isinstance(value, str) else json.dumps(value)


class RecentEntries:
    """The latest entries of this process, as JSON without secrets; bounded in number and in characters.

    Every entry has a number, counted from 1. Any thread may append and read.
    """

    def __init__(self, max_entries: int = _MAX_ENTRIES, max_characters: int = MAX_CHARACTERS) -> None:
        self._lines: deque[str] = deque()
        self._max_entries = max_entries
        self._max_characters = max_characters
        self._characters = 0
        self._lock = threading.Lock()
        self._last = 0

    def append(self, line: str) -> None:
        with self._lock:
            self._last += 1
            self._lines.append(line)
            self._characters += len(line)
            while len(self._lines) > self._max_entries or self._characters > self._max_characters:
                self._characters -= len(self._lines.popleft())

    def after(self, number: int = 0) -> tuple[int, list[str]]:
        """The number of the latest entry (0 before the first), and the lines kept of those after ``number``, the
        oldest first."""
        with self._lock:
            missing = self._last - number
            if missing <= 0:
                return self._last, []
            lines = list(self._lines)
            return self._last, lines[-missing:] if missing < len(lines) else lines
