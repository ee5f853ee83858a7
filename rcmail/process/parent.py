"""Ending with the process that started this one, however that ended."""

import fcntl
import os
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def ending_with_parent(number: int) -> Iterator[None]:
    """Inside the block the kernel ends this process when the other end of the pipe ``number`` closes.

    It sends SIGIO, of which one dies: fcntl(2), “Managing signals”. Nothing of ours has to run for that, neither
    the event loop nor a thread, which a regular expression would keep waiting for the interpreter's lock. What is
    written into the pipe would bring the signal too.
    """
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    flags = fcntl.fcntl(number, fcntl.F_GETFL)
    fcntl.fcntl(number, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(number, fcntl.F_SETFL, flags | os.O_ASYNC)
    if select.select([number], [], [], 0)[0]:  # it closed before we asked for the signal
        sys.exit(1)
    try:
        yield
    finally:
        fcntl.fcntl(number, fcntl.F_SETFL, flags)
