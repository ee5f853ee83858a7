"""Writing without waiting: order, bounds, what is lost, and readers that stop, go, or come back."""

import os
import pty
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from rcmail.log.output import Output

Pipe = tuple[int, int]


def nothing_is_lost(count: int) -> None:
    raise AssertionError(count)


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    """Where to read and where to write."""
    reading, writing = os.pipe()
    yield reading, writing
    os.close(writing)
    os.close(reading)


def lines(number: int, size: int = 100) -> list[bytes]:
    return [f"{count:06} ".encode().ljust(size - 1, b"x") + b"\n" for count in range(number)]


def read(descriptor: int, number: int) -> list[bytes]:
    """``number`` lines, waiting for them."""
    text = b""
    while text.count(b"\n") < number:
        text += os.read(descriptor, 1 << 16)
    return text.splitlines(keepends=True)


def test_a_line_is_written_at_once_and_without_a_thread(pipe: Pipe) -> None:
    before = threading.active_count()
    Output(pipe[1], nothing_is_lost).write(b"a line\n")
    assert threading.active_count() == before
    assert os.read(pipe[0], 100) == b"a line\n"


def test_a_reader_that_stopped_gets_everything_in_order_when_it_reads_again(pipe: Pipe) -> None:
    output, sent = Output(pipe[1], nothing_is_lost), lines(2000)
    for line in sent:
        output.write(line)
    assert read(pipe[0], len(sent)) == sent
    output.flush(10)
    output.write(b"and on\n")
    assert os.read(pipe[0], 100) == b"and on\n"


def test_a_line_longer_than_the_pipe_arrives_whole_and_holds_up_nobody(pipe: Pipe) -> None:
    output, sent = Output(pipe[1], nothing_is_lost), [b"y" * 300_000 + b"\n", b"short\n"]
    for line in sent:
        output.write(line)
    assert read(pipe[0], 2) == sent


def test_what_finds_no_room_is_counted_and_told_once_when_there_is_some(pipe: Pipe) -> None:
    told: list[int] = []
    output, sent = Output(pipe[1], told.append, limit=10_000), lines(5000)
    for line in sent:
        output.write(line)
    assert told == []
    os.set_blocking(pipe[0], False)
    arrived, deadline = b"", time.monotonic() + 20
    while not told:
        assert time.monotonic() < deadline
        with suppress(BlockingIOError):
            arrived += os.read(pipe[0], 1 << 16)
    output.flush(10)
    with suppress(BlockingIOError):
        arrived += os.read(pipe[0], 1 << 16)
    assert len(told) == 1
    kept = arrived.splitlines(keepends=True)
    assert told[0] == len(sent) - len(kept) > 0
    assert kept == sent[: len(kept)]


def test_without_a_reader_nothing_is_raised_and_nothing_grows() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    output = Output(writing, nothing_is_lost)
    for line in [*lines(1000), *lines(100, 10_000)]:
        output.write(line)
    output.flush(10)
    os.close(writing)
    assert "log output" not in {thread.name for thread in threading.enumerate()}


def test_the_end_does_not_wait_for_a_reader_that_never_comes(pipe: Pipe) -> None:
    output = Output(pipe[1], nothing_is_lost)
    for line in lines(2000):
        output.write(line)
    began = time.monotonic()
    output.flush(0.2)
    assert time.monotonic() - began < 5
    assert len(read(pipe[0], 2000)) == 2000  # or its thread would outlive this test
    output.flush(10)


def test_after_half_a_line_on_a_full_disk_the_next_one_begins_anew(tmp_path: Path) -> None:
    """RLIMIT_FSIZE is a disk of any size, but for this process; so a child."""
    import subprocess
    import sys

    script = """
import os, resource, signal, sys
from rcmail.log.output import Output
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
told = []
with open(sys.argv[1], "wb") as file:
    output = Output(file.fileno(), told.append)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150, resource.RLIM_INFINITY))
    for number in range(4):
        output.write(b"%d" % number * 99 + b"\\n")
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    output.write(b"after\\n")
print(told)
"""
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "log")], capture_output=True, check=True)
    assert (tmp_path / "log").read_bytes() == b"0" * 99 + b"\n" + b"1" * 50 + b"\nafter\n"
    assert done.stdout == b"[3]\n"


def test_a_terminal_that_is_stopped_holds_up_nobody() -> None:
    ours, theirs = pty.openpty()
    output = Output(theirs, nothing_is_lost)
    for line in lines(2000):
        output.write(line)
    assert os.read(ours, 6) == b"000000"
    os.close(ours)
    output.flush(10)
    os.close(theirs)
