"""A command that runs beside this process for as long as this one does: what systemd is on the Pi."""

import logging
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

logger = logging.getLogger("rcmail.app")

# Seconds before it is begun again; twice as long each time it ends at once.
_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 60.0
# For its end, before it is killed.
_ENDING: Final = 5.0


@contextmanager
def kept_running(name: str, command: Sequence[str], pause: float = _PAUSE) -> Iterator[None]:
    """``command`` runs beside the block, is begun again where it ends by itself, and gets SIGTERM at its end.

    Its stdin is a pipe of ours: where this process is killed it finds that closed (``parent``). ``pause`` in
    seconds before it is begun again, growing.
    """
    keeper = _Keeper(name, command, pause)
    try:
        yield
    finally:
        keeper.end()


class _Keeper:
    def __init__(self, name: str, command: Sequence[str], pause: float) -> None:
        self._name = name
        self._command = command
        self._pause = pause
        self._is_over = threading.Event()
        self._starting = threading.Lock()
        self._process = self._start()
        self._thread = threading.Thread(target=self._keep, name=name, daemon=True)
        self._thread.start()

    def end(self) -> None:
        with self._starting:
            self._is_over.set()
        self._process.terminate()
        try:
            self._process.wait(_ENDING)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._thread.join()

    def _keep(self) -> None:
        pause = self._pause
        while True:
            began = time.monotonic()
            with self._process as process:
                code = process.wait()
            if self._is_over.is_set():
                return
            lasted = time.monotonic() - began
            pause = self._pause if lasted > _LONGEST_PAUSE else min(2 * pause, _LONGEST_PAUSE)
            logger.warning(
                "process_begun_again", extra={"command": self._name, "exit_code": code, "delay_seconds": pause}
            )
            self._is_over.wait(pause)
            with self._starting:
                if self._is_over.is_set():
                    return
                self._process = self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        # A session of its own: Ctrl-C in the terminal is for us, and we tell it.
        return subprocess.Popen(self._command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603
