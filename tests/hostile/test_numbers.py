"""Many connections, slow ones, greedy ones: others are served meanwhile, and memory stays bounded."""

import itertools
import time
from pathlib import Path

import pytest

from tests.fakes.journalctl import FakeJournal
from tests.hostile.crowd import Neighbour, connect, crowd, head, receive, send
from tests.support import Service, serving

pytestmark = pytest.mark.faults

HOST = b"Host: localhost\r\n"
POST = b"POST /config HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
# One letter beyond the sixteen bits makes Python keep each letter of the value in four bytes.
_LINES = [b"X-%d: " % number + "😀".encode() + b"x" * 8000 + b"\r\n" for number in range(46)]
HUGE_HEAD = b"GET / HTTP/1.1\r\n" + HOST + b"".join(_LINES)  # as large as is allowed


def test_a_thousand_half_open_connections_leave_room_for_others(service: Service) -> None:
    with Neighbour(service) as neighbour:
        with crowd(service, 1000):
            neighbour.sees_the_crowd_come_and_go(seconds=40)
        neighbour.was_served(megabytes=30)
    neighbour.sees_descriptors_given_back()


def test_heads_that_come_byte_by_byte_hold_up_nobody(service: Service) -> None:
    with (
        Neighbour(service) as neighbour,
        crowd(service, 300, b"GET / HTTP/1.1\r\n" + HOST + b"X-Slow: ") as clients,
    ):
        for _ in range(10):
            for client in clients:
                send(client, b"a")
            time.sleep(0.1)
    neighbour.was_served(megabytes=20)
    neighbour.sees_descriptors_given_back()


def test_bodies_that_come_byte_by_byte_hold_up_nobody(service: Service) -> None:
    first = POST + b"Content-Length: 60000\r\n\r\n{"
    with Neighbour(service) as neighbour, crowd(service, 300, first) as clients:
        for _ in range(10):
            for client in clients:
                send(client, b" ")
            time.sleep(0.1)
    neighbour.was_served(megabytes=20)
    neighbour.sees_descriptors_given_back()


def test_large_unfinished_heads_hold_no_memory(service: Service) -> None:
    with Neighbour(service) as neighbour, crowd(service, 200, HUGE_HEAD):
        time.sleep(0.5)
    neighbour.was_served(megabytes=420)
    neighbour.sees_descriptors_given_back()


def fill_the_log(service: Service) -> None:
    """Entries as long as they can become: /logs has a megabyte then."""
    for number in range(120):
        with connect(service) as client:
            send(client, b"GET /%d/" % number + b"%F0%9F%98%80" * 600 + b" HTTP/1.0\r\n" + HOST + b"\r\n")
            receive(client)


def test_requests_sent_ahead_by_the_megabyte_hold_no_memory(service: Service) -> None:
    fill_the_log(service)
    unread = b"GET /logs HTTP/1.1\r\n" + HOST + b"Accept: text/html\r\n\r\n"  # so what follows must wait
    large = b"GET / HTTP/1.1\r\n" + HOST + b"X-Large: " + b"x" * 8000 + b"\r\n\r\n"
    with (
        Neighbour(service) as neighbour,
        crowd(service, 10, unread, timeout=1, receive_buffer=2048) as clients,
    ):
        time.sleep(0.3)
        for client in clients:
            for _ in range(1000):
                if not send(client, large):
                    break
        time.sleep(0.5)
    neighbour.was_served(megabytes=30)
    # Who sent too much ahead is no longer read, and that it has left is found out by writing.
    neighbour.sees_descriptors_given_back()


def test_bodies_with_no_end_of_trailers_hold_no_memory(service: Service) -> None:
    first = POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n"
    with Neighbour(service) as neighbour, crowd(service, 64, first, timeout=1) as clients:
        for _ in range(20):
            for client in clients:
                send(client, b"".join(_LINES[:8]))
    neighbour.was_served(megabytes=200)
    neighbour.sees_descriptors_given_back()


def test_bodies_with_chunks_that_have_no_end_hold_no_memory(service: Service) -> None:
    first = POST + b"Transfer-Encoding: chunked\r\n\r\n1;a="
    with Neighbour(service) as neighbour, crowd(service, 64, first, timeout=1) as clients:
        for _ in range(20):
            for client in clients:
                send(client, b"x" * 65536)
    neighbour.was_served(megabytes=20)
    neighbour.sees_descriptors_given_back()

    neighbour.sees_descriptors_given_back()


def test_connections_opened_and_left_by_the_thousand_leave_nothing_behind(service: Service) -> None:
    beginnings = itertools.cycle(
        [b"", b"GET / HT", b"GET / HTTP/1.1\r\n" + HOST + b"\r\n", POST + b"\r\n", b"\0\1"]
    )
    with Neighbour(service) as neighbour:
        for first, _ in zip(beginnings, range(2000), strict=False):
            with connect(service) as client:
                send(client, first)
            time.sleep(0.001)
    neighbour.was_served(megabytes=20)
    neighbour.sees_descriptors_given_back()


def test_who_sends_no_request_for_20_seconds_is_left(service: Service) -> None:
    with connect(service, timeout=40) as silent, connect(service, timeout=40) as slow:
        send(slow, b"GET / HTTP/1.1\r\n" + HOST)
        begun = time.monotonic()
        for _ in range(25):
            send(slow, b"X-Slow: 1\r\n")
            time.sleep(1)
        assert receive(silent) == receive(slow) == b""
        assert time.monotonic() - begun < 35


def test_a_body_that_does_not_come_is_answered_with_408_and_the_connection_closed(service: Service) -> None:
    with connect(service, timeout=40) as client:
        send(client, POST + b"Content-Length: 10\r\n\r\n{")
        answer = receive(client)
    status, headers = head(answer)
    assert (status, headers["connection"]) == (408, "close")


def test_who_does_not_take_the_answer_is_left(service_env: dict[str, str], folder: Path, tmp_path: Path) -> None:
    """The longest answers there are: a page of the journal, full of what becomes more on a page."""
    journal = FakeJournal(tmp_path / "journal")
    for second in range(400):
        journal.add_entry(second=second, path="/ä" + "x<" * 1900)
    out = folder / "stdout"
    out.touch()
    path = f"{tmp_path / 'journal'}:{service_env['PATH']}"
    env = service_env | {"PATH": path, "JOURNAL_STREAM": f"{out.stat().st_dev}:{out.stat().st_ino}"}
    first = b"GET /logs HTTP/1.1\r\n" + HOST + b"Accept: text/html\r\n\r\n"
    with serving(folder, env) as service:
        with Neighbour(service) as neighbour:
            with crowd(service, 40, first, receive_buffer=2048):
                neighbour.sees_the_crowd_come_and_go(seconds=100)
            neighbour.sees_descriptors_given_back()
        neighbour.was_served(megabytes=400)
        assert service.stop() == 0
