"""What a mail may do to the process that reads it; called in a child."""

import os
import re
import signal
import sys
import time
from pathlib import Path
from typing import Any


def double(number: int) -> int:
    return 2 * number


def echo(text: Any) -> Any:
    return text


def length(data: bytes) -> int:
    return len(data)


def do(what: str) -> Any:
    """Whatever is asked."""
    if what == "hang":
        re.match(r"(a|a)*b", "a" * 60)  # keeps the interpreter's lock
    if what == "sleep":
        time.sleep(600)
    if what == "eat":
        return len([bytes(1024 * 1024) for _ in range(10_000)])
    if what == "die":
        os.kill(os.getpid(), signal.SIGSEGV)
    if what == "raise":
        raise ValueError("Beste Jansen, mijn lamp is kapot")
    if what == "print":
        print("Beste Jansen, mijn lamp is kapot", flush=True)
        sys.stderr.write("Beste Jansen, mijn lamp is kapot")
    if what == "much":
        return "x" * 50_000_000
    if what == "object":
        return object()
    if what == "environment":
        return dict(os.environ)
    if what == "pid":
        return os.getpid()
    return what


def die_once(mark: str) -> str:
    """Die the first time, as one does whom the kernel chose when memory was short."""
    path = Path(mark)
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "well"
