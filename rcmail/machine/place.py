"""Where the facts are read. Everything is below ``root``, so that a recorded tree can stand in for a machine."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rcmail.config import PostgresConfig

# Where Debian keeps its clusters, each in a folder of its own that others may not enter.
_DISTRIBUTION: Final = Path("/var/lib/postgresql")
_MAX_FILE: Final = 256 * 1024  # the kernel's own files are far smaller


@dataclass(frozen=True, slots=True)
class Space:
    """What is left of a file system, for users other than root."""

    free: int
    """Bytes."""
    total: int
    """Bytes."""
    free_files: int | None
    """How many more files fit, None where there is no such limit."""


class Place:
    """One machine, as its files show it. The methods block, and raise OSError where a file cannot be read.

    ``state`` is the folder that belongs to rcmail, ``database`` the one where PostgreSQL keeps its data, None
    where that is another machine's. Under ``is_make_run`` nobody is told to be root or to ask systemd.
    """

    def __init__(
        self, state: Path | None, database: Path | None, root: Path = Path("/"), *, is_make_run: bool = False
    ) -> None:
        self.state = state
        self.database = database
        self.is_make_run = is_make_run
        self._root = root

    def text(self, path: str) -> str:
        """The text of the file ``path`` (from the root, without a leading slash), whatever bytes it holds."""
        with (self._root / path).open("rb") as file:
            return file.read(_MAX_FILE).decode("utf-8", "replace").strip(" \t\r\n\0")

    def find(self, pattern: str) -> list[str]:
        """The paths that match a glob pattern, sorted; none where nothing does."""
        return sorted(str(path.relative_to(self._root)) for path in self._root.glob(pattern))

    def exists(self, path: str) -> bool:
        return (self._root / path).exists()

    def resolved(self, path: str) -> str:
        """``path`` with its links followed."""
        return str((self._root / path).resolve().relative_to(self._root.resolve()))

    def modified(self, path: str) -> float:
        """When ``path`` was last written, in seconds since 1970."""
        return (self._root / path).stat().st_mtime

    def space(self, folder: Path) -> Space:
        """What is left where ``folder`` is: statvfs(3)."""
        found = os.statvfs(folder)
        return Space(
            found.f_bavail * found.f_frsize,
            found.f_blocks * found.f_frsize,
            found.f_favail if found.f_files else None,
        )

    def is_raspberry_pi(self) -> bool:
        """The device tree, Documentation/ABI/testing/sysfs-firmware-ofw of the kernel, names the model."""
        try:
            return self.text("sys/firmware/devicetree/base/model").startswith("Raspberry Pi")
        except OSError:
            return False


def state_folder() -> Path | None:
    """rcmail's own folder: systemd.exec(5), StateDirectory=. None where it has none."""
    named = os.environ.get("STATE_DIRECTORY")
    return Path(named) if named else None


def database_folder(config: PostgresConfig) -> Path | None:
    """Where the server that ``config`` leads to keeps its data, None where that is another machine's."""
    if config.own_log is not None:
        return config.own_log.parent
    return _DISTRIBUTION if config.is_here else None
