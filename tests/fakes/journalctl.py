"""A program that behaves like journalctl, or as badly as one can; it is put in front of the real one in PATH."""

import json
import stat
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_SCRIPT = """#!{python}
import json, sys, time, pathlib
folder = pathlib.Path({folder!r})
with (folder / "calls").open("a") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
behaviour = (folder / "behaviour").read_text()
if behaviour == "hang":
    time.sleep(60)
if behaviour == "closed":
    print("No journal files were opened due to insufficient permissions.", file=sys.stderr)
    sys.exit(1)
if behaviour == "garbage":
    sys.stdout.buffer.write(bytes(range(256)) * 100 + b"\\n[1]\\nnull\\n")
lines = (folder / "lines").read_text().splitlines()
least = [a.split("=")[1] for a in sys.argv if a.startswith("--priority=")]
names = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"]
for line in reversed(lines):
    fields = json.loads(line)
    if least and int(fields.get("PRIORITY", 6)) > names.index(least[0]):
        continue
    print(line, flush=True)
    while behaviour == "flood":
        print(line)
"""
_PRIORITIES = {"DEBUG": "7", "INFO": "6", "WARNING": "4", "ERROR": "3", "CRITICAL": "2"}


class FakeJournal:
    """``behaviour``: ok, hang (before the first line), closed (no permission), garbage (then ok), flood."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        self.behave("ok")
        (folder / "lines").touch()
        (folder / "calls").touch()
        program = folder / "journalctl"
        program.write_text(_SCRIPT.format(python=sys.executable, folder=str(folder)))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    def behave(self, behaviour: str) -> None:
        (self._folder / "behaviour").write_text(behaviour)

    @property
    def calls(self) -> list[Sequence[str]]:
        return [json.loads(line) for line in (self._folder / "calls").read_text().splitlines()]

    def add(
        self, message: Any, *, second: float = 0, pid: int = 77, priority: str = "6", name: str = "rcmail"
    ) -> None:
        """One entry, ``second`` seconds after 2026-01-01."""
        moment = int((1767225600 + second) * 1e6)
        fields = {"__REALTIME_TIMESTAMP": str(moment), "__CURSOR": f"s={moment}", "_PID": str(pid)}
        fields |= {"PRIORITY": priority, "SYSLOG_IDENTIFIER": name, "MESSAGE": message}
        with (self._folder / "lines").open("a") as lines:
            lines.write(json.dumps(fields) + "\n")

    def add_entry(self, *, second: float = 0, pid: int = 77, **data: Any) -> dict[str, Any]:
        """One of rcmail's own entries."""
        moment = datetime.fromtimestamp(1767225600 + second, UTC).isoformat(timespec="milliseconds")
        whole = {
            "timestamp": moment.replace("+00:00", "Z"),
            "level": "INFO",
            "service": "app",
            "event": "event",
            **data,
        }
        self.add(json.dumps(whole), second=second, pid=pid, priority=_PRIORITIES[whole["level"]])
        return whole
