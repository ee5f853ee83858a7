"""Mails of 25 MB, to 5,000 people, of 1,000 parts: what they cost worker and service in memory."""

import base64
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from rcmail.db.embedded import EmbeddedPostgres
from tests.faults.conftest import HTML
from tests.gmail.cafe import Cafe, cafe, told
from tests.gmail.emulate import GROUP
from tests.gmail.google import API, Google
from tests.gmail.loading import generated
from tests.mail.letters import letter
from tests.support import Service

MB = 1024 * 1024
ENCODER = "rcmail.answers"  # the helper that compares answers, and has a bound of its own


PHOTO = (
    b"--b\r\nContent-Type: image/jpeg\r\nContent-Disposition: attachment; filename=foto.jpg\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\n%s\r\n"
)
NOTE = (
    b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Content-Disposition: attachment; filename=%d.txt\r\n\r\nx\r\n"
)


def mixed(message_id: str, text: str, *parts: bytes) -> bytes:
    """A mail of ``text`` and these parts."""
    head = (
        f"From: Anna <a@example.com>\r\nTo: {GROUP}\r\nMessage-ID: {message_id}\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    )
    return head.encode() + b"".join(parts) + b"--b--\r\n"


HEAVY = {
    "a photograph of 25 MB": (
        mixed("<big@a>", "Zie de foto.", PHOTO % base64.encodebytes(bytes(25 * MB * 3 // 4))),
        "Zie de foto.",
    ),
    "5,000 recipients": (
        letter(to=", ".join(f"B{number} <b{number}@example.com>" for number in range(5000)), text="Aan allen."),
        "Aan allen.",
    ),
    "1,000 parts": (mixed("<parts@a>", "Veel delen.", *(NOTE % number for number in range(1000))), "Veel delen."),
}


class Peak:
    """The most that a process and its readers had at once, bytes of PSS."""

    def __init__(self) -> None:
        self.most = 0


@contextmanager
def watching(pid: int) -> Iterator[Peak]:
    peak, over = Peak(), threading.Event()

    def watch() -> None:
        while not over.wait(0.02):
            try:
                process = psutil.Process(pid)
                children = sum(_pss(each) for each in process.children() if ENCODER not in each.cmdline())
                peak.most = max(peak.most, _pss(process) + children)
            except (psutil.Error, FileNotFoundError, ProcessLookupError):  # it has just ended
                continue

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        over.set()
        thread.join()


def _pss(process: psutil.Process) -> int:
    lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def read(service: Service, here: Cafe) -> None:
    """A volunteer opens the list, and the newest conversation."""
    [(newest,)] = here.ask("SELECT conversation FROM messages ORDER BY id DESC LIMIT 1")
    for path in ("/mail", f"/mail/{newest}"):
        assert service.get(path, HTML).status == 200


@pytest.mark.timeout(300)
def test_heavy_mails_cost_little_memory_and_lose_no_text(
    google: Google, own_postgres: EmbeddedPostgres, folder: Path
) -> None:
    google.seed(generated(60))
    with cafe(own_postgres, folder, google, lapse=50) as here:
        here.connect()
        worker, service = here.running.worker.pid, here.running.service
        with watching(worker) as usual, watching(service.pid) as service_usual:
            assert here.sync()["new"] == 60
            read(service, here)
        here.settle()
        time.sleep(1)
        for what, (raw, text) in HEAVY.items():
            google.seed([raw])
            with watching(worker) as heavy, watching(service.pid) as service_heavy:
                run = here.sync()
                read(service, here)
            assert (run["new"], run["failed"]) == (1, 0), what
            assert here.ask("SELECT count(*) FROM messages WHERE new_text = %s", text) == [(1,)], what
            weighs = f"{heavy.most / MB:.0f} MB at most; with 60 usual mails {usual.most / MB:.0f}"
            serves = f"the service {service_heavy.most / MB:.0f}, and {service_usual.most / MB:.0f}"
            told.append((f"a mail with {what}", f"{weighs}; {serves}"))
            assert heavy.most < usual.most + 10 * MB, what
            assert service_heavy.most < service_usual.most + 10 * MB, what
        assert google.count(rf"GET {API}/messages/[^/]+/attachments") == 0
