"""A process of its own for what strangers wrote: it may hang, eat memory or die, and costs one item.

The child (``child_main``) gets lists of arguments as pickles, which only we write, and answers item by item as
JSON, so that nothing a mail could do to the child is unpickled here. Both are preceded by their length in four
bytes, big-endian. It has none of our environment's secrets, a ceiling for its memory, and ends when we do.

The pipes are spoken to in a thread: a call waits there, with a limit of time for each item.
"""

import asyncio
import json
import os
import pickle
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType, TracebackType
from typing import IO, Any, Final, Self, cast

from rcmail.errors import ChildFailed
from rcmail.process.child_main import LARGEST_ANSWER, OUT_OF_MEMORY
from rcmail.process.threads import in_daemon_thread

MEMORY: Final = 300 * 1024 * 1024
"""Bytes of address space that a child may take beside what it begins with."""

# Seconds for a child to come up and load the function: a Pi reads from its card.
_START: Final = 60.0
# What the child needs of our environment; the secrets are in the rest.
_PASSED_ON: Final = ("PATH", "PYTHONPATH", "LANG", "LC_ALL")
_TOOK_TOO_LONG: Final = "it took too long"
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_UNFIT: Final = "its answer is not what was asked for"


class Child:
    """Calls functions of the package ``prefix`` in a child process, one call at a time.

    The process starts at the first call and again after each that ended it; it ends with the ``async with`` block,
    and after ``idle`` seconds without a call, if that is given. ``memory`` in bytes, beside what a bare child
    takes. ``environment`` is added to what a child gets of ours.
    """

    def __init__(
        self,
        prefix: str,
        *,
        memory: int = MEMORY,
        idle: float | None = None,
        environment: Mapping[str, str] = _NOTHING,
    ) -> None:
        self._command = [sys.executable, "-P", "-m", "rcmail.process.child_main", prefix, str(memory)]
        self._environment = environment
        self._idle = idle
        self._process: _Process | None = None
        self._turn = asyncio.Lock()
        self._bedtime: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def end(self) -> None:
        """End the process, if there is one; the next call starts another. Blocks for some milliseconds."""
        self._end()

    async def call(self, function: str, argument: object, *, timeout: float) -> Any:
        """What ``function``, ``"package.module:name"``, returns for ``argument``, as JSON can say it.

        ``timeout`` in seconds. Raises ChildFailed where it takes longer, dies, raises or answers too much.
        """
        [result] = await self.map(function, [argument], timeout=timeout)
        if isinstance(result, ChildFailed):
            raise result
        return result

    async def map(self, function: str, items: Sequence[object], *, timeout: float) -> list[Any]:
        """As ``call`` for each of ``items``, in their order; a ChildFailed stands for each that failed.

        ``timeout`` in seconds for each. Who ends the child costs the others nothing: they are given to the next.
        Raises ChildFailed itself where no child comes up.
        """
        results: list[Any] = []
        is_second_try = False
        async with self._turn:
            self._stay_up()
            while len(results) < len(items):
                found, is_well = await self._ask(function, items[len(results) :], timeout)
                had_two_tries = is_second_try and len(found) == 1
                # Perhaps somebody else ended it, or an earlier item had taken the memory: it gets a fresh child.
                is_second_try = not (is_well or had_two_tries or str(found[-1]) == _TOOK_TOO_LONG)
                results += found[:-1] if is_second_try else found
            self._rest()
        return results

    def _stay_up(self) -> None:
        if self._bedtime is not None:
            self._bedtime.cancel()

    def _rest(self) -> None:
        if self._idle is not None:
            self._bedtime = asyncio.get_running_loop().call_later(self._idle, self._end)

    async def _ask(self, function: str, items: Sequence[object], timeout: float) -> tuple[list[Any], bool]:
        while True:
            is_fresh = self._process is None
            process = self._process = self._process or _Process(self._command, self._environment)
            try:
                found = await in_daemon_thread(partial(process.ask, function, items, timeout), "child")
            except BaseException as error:  # also where we are cancelled: nobody reads the rest of its answers
                self._end()
                if is_fresh or not isinstance(error, ChildFailed):
                    raise
            else:
                if not process.is_well:
                    self._end()
                return found, process.is_well

    def _end(self) -> None:
        self._stay_up()
        if self._process is not None:
            self._process.end()
            self._process = None


class _Process:
    """One child. Its methods block."""

    def __init__(self, command: list[str], environment: Mapping[str, str]) -> None:
        self.is_well = True
        """Whether it may be asked again."""
        self._in_use = threading.Lock()
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a traceback there could quote a mail
                env={name: os.environ[name] for name in _PASSED_ON if name in os.environ} | dict(environment),
            )
        except OSError as error:
            raise ChildFailed(f"the process for it cannot be started: {error.strerror}") from error
        self._to, self._from = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        for pipe in (self._to, self._from):
            os.set_blocking(pipe.fileno(), False)

    def ask(self, function: str, items: Sequence[object], timeout: float) -> list[Any]:
        """The answers as far as they come, at least one; the last is a ChildFailed where it ended the child.

        Raises ChildFailed where it ended before the first item, perhaps long ago.
        """
        answers: list[Any] = []
        with self._in_use:
            self._send(pickle.dumps((function, timeout, list(items))))
            self._receive(_START)  # it has loaded the function
            for _ in items:
                try:
                    answers.append(_understood(self._receive(timeout)))
                except ChildFailed as error:
                    self.is_well = False
                    answers.append(error)
                    break
        return answers

    def end(self) -> None:
        """Whoever waits for an answer in another thread finds that it has ended, a moment later."""
        self._process.kill()
        with self._in_use:
            self._to.close()
            self._from.close()
            self._process.wait()

    def _send(self, data: bytes) -> None:
        rest = memoryview(len(data).to_bytes(4, "big") + data)
        deadline = time.monotonic() + _START
        while rest:
            self._wait(self._to, select.POLLOUT, deadline)
            try:
                rest = rest[os.write(self._to.fileno(), rest) :]
            except BrokenPipeError:
                raise self._why() from None

    def _receive(self, timeout: float) -> bytes:
        deadline = time.monotonic() + timeout
        length = int.from_bytes(self._read(4, deadline), "big")
        if length > LARGEST_ANSWER:
            raise ChildFailed(_UNFIT)
        return self._read(length, deadline)

    def _read(self, length: int, deadline: float) -> bytes:
        found = bytearray()
        while len(found) < length:
            self._wait(self._from, select.POLLIN, deadline)
            part = os.read(self._from.fileno(), length - len(found))
            if not part:
                raise self._why()
            found += part
        return bytes(found)

    def _wait(self, pipe: IO[bytes], what: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(pipe, what)
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise ChildFailed(_TOOK_TOO_LONG)

    def _why(self) -> ChildFailed:
        """It has closed its end."""
        try:
            code = self._process.wait(1)
        except subprocess.TimeoutExpired:
            return ChildFailed(_UNFIT)
        if code == OUT_OF_MEMORY:
            return ChildFailed("it needs too much memory")
        if code == -signal.SIGXCPU:
            return ChildFailed(_TOOK_TOO_LONG)
        return ChildFailed(f"the process died of it ({signal.Signals(-code).name if code < 0 else code})")


def _understood(answer: bytes) -> Any:
    """The value in an answer, or a ChildFailed in place of one; raises that where the child talks nonsense."""
    try:
        kind, value = json.loads(answer)
    except (ValueError, TypeError, RecursionError):
        raise ChildFailed(_UNFIT) from None
    if kind == "value":
        return value
    name = value if isinstance(value, str) and value.isidentifier() and len(value) < 60 else "an error"
    return ChildFailed(f"reading it ended with {name}")
