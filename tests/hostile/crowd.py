"""Clients that mean no good, and one beside them who only wants the page."""

import http.client
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import Any, Self

import psutil

from tests.support import ROOT, Service

# Addresses of the loopback network: the neighbour is another client than the crowd.
NEIGHBOUR = "127.0.0.2"
CROWD = "127.0.0.3"
MEGABYTE = 1024 * 1024
# Where systemd would end the service.
CEILING = MEGABYTE * int(
    re.findall(r"^MemoryMax=(\d+)M$", (ROOT / "deploy/systemd/rcmail.service").read_text(), re.MULTILINE)[0]
)


class Neighbour:
    """Asks for a page again and again on a new connection each time, and looks how large the service is."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._process = psutil.Process(service.pid)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.answers = 0
        self.failures: list[str] = []
        self.slowest = 0.0
        self.peak = self.before = self._memory()
        self.descriptors = self._process.num_fds()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()
        print(
            f"{self.answers} answers, the slowest after {self.slowest * 1000:.0f} ms;"
            f" PSS {self.before / MEGABYTE:.1f} MB before, {self.peak / MEGABYTE:.1f} MB at peak,"
            f" {self._memory() / MEGABYTE:.1f} MB after; {self.failures[:3]}"
        )

    def _memory(self) -> int:
        """The proportional set size in bytes."""
        size: int = self._process.memory_full_info().pss
        return size

    def _run(self) -> None:
        while not self._done.is_set():
            for path in ("/", "/health/live"):
                try:
                    self._ask(path)
                except (OSError, http.client.HTTPException, AssertionError) as error:
                    self.failures.append(f"{path}: {error!r}")
            self.peak = max(self.peak, self._memory())
            self._done.wait(0.05)

    def _ask(self, path: str) -> None:
        begun = time.monotonic()
        connection = http.client.HTTPConnection(
            "127.0.0.1", self._service.port, timeout=10, source_address=(NEIGHBOUR, 0)
        )
        try:
            connection.request("GET", path, headers={"Accept": "text/html"})
            response = connection.getresponse()
            assert response.status == 200, response.status
            response.read()
        finally:
            connection.close()
        self.answers += 1
        self.slowest = max(self.slowest, time.monotonic() - begun)

    def was_served(self, megabytes: float) -> None:
        """Asserts that every request was answered, and that memory grew by ``megabytes`` at most.

        It never grows as far as the unit allows.
        """
        assert self.answers
        assert not self.failures
        assert self.peak - self.before < megabytes * MEGABYTE
        assert self.peak < CEILING

    def sees_the_crowd_come_and_go(self, seconds: float) -> None:
        """Asserts that the service has ended each connection of the crowd, ``seconds`` from now at the latest."""
        deadline = time.monotonic() + seconds
        has_come = False
        while (number := self._crowd()) or not has_come:
            has_come = has_come or number > 0
            assert time.monotonic() < deadline, f"{number} are there"
            time.sleep(0.2)

    def _crowd(self) -> int:
        return sum(bool(each.raddr) and each.raddr.ip == CROWD for each in self._process.net_connections())

    def sees_descriptors_given_back(self, seconds: float = 60) -> None:
        """Asserts that as few files are open as before, ``seconds`` from now at the latest."""
        deadline = time.monotonic() + seconds
        while (still := self._process.num_fds()) > self.descriptors + 8:  # the pool's, and kept connections
            assert time.monotonic() < deadline, f"{still} open, {self.descriptors} before"
            time.sleep(0.1)


def connect(
    service: Service, *, address: str = CROWD, receive_buffer: int = 0, timeout: float = 10
) -> socket.socket:
    """A connection of the crowd's. ``receive_buffer`` in bytes: how much may come before it is read."""
    client = socket.socket()
    client.settimeout(timeout)
    if receive_buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    client.bind((address, 0))
    client.connect(("127.0.0.1", service.port))
    return client


@contextmanager
def crowd(service: Service, number: int, first: bytes = b"", **options: Any) -> Iterator[list[socket.socket]]:
    """``number`` connections that have sent ``first``, as far as they were let."""
    with ExitStack() as leaving:
        clients = []
        for _ in range(number):
            client = leaving.enter_context(connect(service, **options))
            clients.append(client)
            send(client, first)
        yield clients


def send(client: socket.socket, data: bytes) -> bool:
    """Send; False where the service has cut the connection."""
    try:
        client.sendall(data)
    except (ConnectionError, TimeoutError):
        return False
    return True


def receive(client: socket.socket) -> bytes:
    """Everything until the other side closes, or cuts the connection."""
    found = b""
    try:
        while piece := client.recv(65536):
            found += piece
    except ConnectionError:
        pass
    return found


def exchange(service: Service, request: bytes) -> bytes:
    """What comes back for ``request`` until the service closes."""
    with connect(service) as client:
        send(client, request)
        return receive(client)


def head(answer: bytes) -> tuple[int, dict[str, str]]:
    """The status and the headers, with names in lower case."""
    lines = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
    return int(lines[0].split()[1]), headers
