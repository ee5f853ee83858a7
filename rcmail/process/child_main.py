"""What runs in the child process of ``child``: it trusts its parent, and nothing else.

``python -P -m rcmail.process.child_main PREFIX MEMORY``: functions of the package PREFIX, and so many bytes of
address space beside what is taken at the start.
"""

import importlib
import json
import math
import os
import pickle
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

from rcmail.process.parent import ending_with_parent

LARGEST_ANSWER: Final = 8 * 1024 * 1024
"""Bytes of one answer; a whole mail of ours has 100 kB of text."""
OUT_OF_MEMORY: Final = 71
"""The exit code: what had to be freed may be in pieces, so a new child goes on."""


def main() -> None:
    """Answer until the parent closes its end."""
    prefix, memory = sys.argv[1], int(sys.argv[2])
    # Who prints, or reads stdin, must not come in between.
    requests, answers = os.fdopen(os.dup(0), "rb", 0), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nowhere, number)
    _limit(memory)
    while request := _next(requests):
        # Only our parent has the other end.
        name, timeout, items = pickle.loads(request)  # noqa: S301
        function = _load(name, prefix)
        _send(answers, b"")
        _allow_seconds(timeout * len(items))
        for item in items:  # the parent writes again when it has all answers, and not before
            with ending_with_parent(requests.fileno()):
                answer = _answer(function, item)
            _send(answers, answer)


def _limit(memory: int) -> None:
    # The parent ends us: Ctrl-C and systemd's SIGTERM are meant for it, and an innocent mail would be lost.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    # proc_pid_statm(5): the first number is the address space, in pages.
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + memory,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core would hold what was read
    # Where the machine's memory ends first, the kernel takes us and nobody else: proc_pid_oom_score_adj(5).
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def _allow_seconds(seconds: float) -> None:
    """Of the processor, from now on: should the parent stand still, the kernel ends us."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = math.ceil(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def _next(requests: BinaryIO) -> bytes:
    """The next request; empty where the parent is gone."""
    length = int.from_bytes(_read(requests, 4), "big")
    return _read(requests, length)


def _read(requests: BinaryIO, length: int) -> bytes:
    found = bytearray()
    while len(found) < length:
        part = requests.read(length - len(found))
        if not part:
            return b""
        found += part
    return bytes(found)


def _load(name: str, prefix: str) -> Callable[[Any], object]:
    module, _, function = name.partition(":")
    if not f"{module}.".startswith(f"{prefix}."):
        raise ValueError("not one of the functions that may be called here")
    found: Callable[[Any], object] = getattr(importlib.import_module(module), function)
    return found


def _answer(function: Callable[[Any], object], item: object) -> bytes:
    try:
        answer = json.dumps(("value", function(item))).encode()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:  # whatever a parser may raise; its message may quote the mail
        return json.dumps(("error", type(error).__name__)).encode()
    return answer if len(answer) <= LARGEST_ANSWER else json.dumps(("error", "TooLarge")).encode()


def _send(answers: BinaryIO, data: bytes) -> None:
    answers.write(len(data).to_bytes(4, "big") + data)
    answers.flush()


if __name__ == "__main__":
    main()
