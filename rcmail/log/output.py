"""Writing to a descriptor without ever waiting for whoever reads it.

A pipe that nobody empties, a terminal on Ctrl-S, a journald that hangs: a plain write to one of them waits, and
with it the event loop and every request.
"""

import os
import select
import stat
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

# What waits for a reader, in bytes: some thousand entries.
_MAX_WAITING: Final = 1_000_000
# pipe(7): so much goes through at once where poll(2) says that there is room.
_AT_ONCE: Final = select.PIPE_BUF


class Output:
    """Lines to ``descriptor`` in their order, from any thread.

    What cannot be written at once waits, up to ``limit`` bytes, and a thread writes it later; it is gone when
    nothing waits. ``when_lost`` is told how many lines found no room or could not be written, as soon
    as one could again.
    """

    def __init__(self, descriptor: int, when_lost: Callable[[int], None], limit: int = _MAX_WAITING) -> None:
        self._descriptor = descriptor
        self._when_lost = when_lost
        self._limit = limit
        self._is_file = _never_waits(descriptor)
        # A terminal says that there is room and may then wait for more of it.
        self._is_direct = self._is_file or not os.isatty(descriptor)
        self._poll = select.poll()
        self._poll.register(descriptor, select.POLLOUT)
        self._state = threading.Condition()
        self._waiting: deque[bytes] = deque()
        self._bytes = 0
        self._lost = 0
        self._is_cut = False
        self._thread: threading.Thread | None = None

    def write(self, line: bytes) -> None:
        """Write ``line``, which ends as it is to end, now or later. Never waits and raises nothing."""
        lost = 0
        with self._state:
            if self._thread is None and self._is_direct and self._has_room(len(line)):
                lost = self._account(is_written=self._put(line))
            elif self._bytes + len(line) > self._limit:
                self._lost += 1
            else:
                self._waiting.append(line)
                self._bytes += len(line)
                if self._thread is None:
                    self._thread = threading.Thread(target=self._write_later, name="log output", daemon=True)
                    self._thread.start()
        if lost:
            self._when_lost(lost)

    def flush(self, seconds: float) -> None:
        """Wait until everything is written, ``seconds`` at most."""
        deadline = time.monotonic() + seconds
        with self._state:
            while self._thread is not None and (left := deadline - time.monotonic()) > 0:
                self._state.wait(left)

    def _has_room(self, size: int) -> bool:
        # Any answer will do: where the reader is gone (POLLERR) a write fails at once.
        return self._is_file or (size <= _AT_ONCE and bool(self._poll.poll(0)))

    def _write_later(self) -> None:
        while True:
            with self._state:
                if not self._waiting:
                    self._thread = None
                    self._state.notify_all()
                    return
                line = self._waiting[0]
            is_written = self._put(line)
            with self._state:
                self._waiting.popleft()
                self._bytes -= len(line)
                lost = self._account(is_written=is_written)
            if lost:
                self._when_lost(lost)

    def _put(self, line: bytes) -> bool:
        """Write it all, however long that takes; whether that could be done."""
        rest = whole = b"\n" + line if self._is_cut else line
        try:
            while rest:
                if not self._is_file:
                    self._poll.poll()
                rest = rest[os.write(self._descriptor, rest if self._is_file else rest[:_AT_ONCE]) :]
        except OSError:  # the reader is gone, the disk is full: who else should be told?
            # Half a line: the next one begins on a line of its own.
            self._is_cut = self._is_cut or len(rest) < len(whole)
            return False
        self._is_cut = False
        return True

    def _account(self, *, is_written: bool) -> int:
        """How many lost ones to tell of: none before something could be written again."""
        if not is_written:
            self._lost += 1
            return 0
        lost, self._lost = self._lost, 0
        return lost


def _never_waits(descriptor: int) -> bool:
    """A file, or a device such as /dev/null."""
    mode = os.fstat(descriptor).st_mode
    return stat.S_ISREG(mode) or (stat.S_ISCHR(mode) and not os.isatty(descriptor))
