"""A server as a process of its own: started until it says READY=1, weighed, and stopped."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_START_SECONDS: Final = 30
_STOP_SECONDS: Final = 10
_MB: Final = 1024  # kB in what is called MB here, as smaps and systemd count


class Server:
    """``python -m *arguments``, pinned to ``core``; a context manager. ``start_seconds``: from exec to READY=1."""

    def __init__(self, *arguments: str, folder: Path, env: Mapping[str, str], port: int, core: int) -> None:
        self.arguments = arguments
        self.port = port
        self._folder = folder
        self._env = env
        self._core = core
        self._process: subprocess.Popen[bytes] | None = None
        self.start_seconds = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def __enter__(self) -> Self:
        address = self._folder / f"notify-{self.port}"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready, self._log.open("ab") as log:
            address.unlink(missing_ok=True)
            ready.bind(str(address))
            ready.settimeout(0.2)
            started = time.perf_counter()
            self._process = subprocess.Popen(
                ["taskset", "--cpu-list", str(self._core), sys.executable, "-m", *self.arguments],
                env={**self._env, "NOTIFY_SOCKET": str(address)},
                cwd=self._folder,
                stdout=log,
                stderr=log,
            )
            self._wait_until_ready(ready, started + _START_SECONDS)
            self.start_seconds = time.perf_counter() - started
        return self

    def _wait_until_ready(self, ready: socket.socket, deadline: float) -> None:
        assert self._process is not None
        while True:
            try:
                if ready.recv(4096).startswith(b"READY=1"):
                    return
            except TimeoutError:
                if self._process.poll() is not None or time.perf_counter() > deadline:
                    self.__exit__()
                    raise RuntimeError(
                        f"{self.arguments} did not start: {self._log.read_text()[-2000:]}"
                    ) from None

    def __exit__(self, *_exc: object) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def _log(self) -> Path:
        return self._folder / f"{self.arguments[0]}-{self.port}.log"

    def cpu_seconds(self) -> float:
        """CPU time spent so far, of all its threads, in steps of 10 ms: proc_pid_stat(5), utime and stime."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory_mb(self) -> dict[str, float]:
        """proc_pid_smaps(5): ``pss`` as it is, and ``alone``: as if no other Python ran on the machine."""
        return weigh(Path(f"/proc/{self.pid}/smaps").read_text())


def weigh(smaps: str) -> dict[str, float]:
    """The sums of a smaps file, in MB.

    PSS divides a page among the processes that map it, so other Pythons, the benchmark itself among them, make it
    look smaller than it is on a Pi. ``alone`` counts the interpreter and its extension modules in full: all have
    "python" in their path, be it /usr/bin/python3.13 or lib/python3.13/ of a venv.
    """
    pss = alone = 0
    for mapping in re.split(r"^(?=[0-9a-f]+-[0-9a-f]+ )", smaps, flags=re.MULTILINE):
        amounts = {name: int(kb) for name, kb in re.findall(r"^(Rss|Pss): +(\d+) kB$", mapping, re.MULTILINE)}
        if not amounts:
            continue
        path = mapping.partition("\n")[0].split(maxsplit=5)[5:]
        is_ours = bool(path) and "python" in path[0]
        pss += amounts["Pss"]
        alone += amounts["Rss" if is_ours else "Pss"]
    return {"pss": round(pss / _MB, 1), "alone": round(alone / _MB, 1)}
