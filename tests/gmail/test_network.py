"""The way to Google: no name server, a line that drips, certificates of another day, a clock that jumps."""

import html
import re
import ssl
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from tests.conftest import server_on_copy
from tests.faults.conftest import HTML, until
from tests.gmail.cafe import Cafe, cafe, told
from tests.gmail.faults import dripping
from tests.gmail.google import API, Google, google_in
from tests.gmail.test_faults import whole
from tests.gmail.test_kills import GET, at_once
from tests.mail.letters import letter
from tests.support import with_inside

DAY: Final = 86_400


@pytest.fixture(scope="module")
def here(cluster: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cafe]:
    """One for all of them, connected."""
    folders = [tmp_path_factory.mktemp(name) for name in ("google", "here")]
    with (
        google_in(folders[0]) as google,
        server_on_copy(cluster) as server,
        cafe(server, folders[1], google, 1000) as here,
    ):
        here.connect()
        yield here


@contextmanager
def worker_with(here: Cafe, before: Sequence[str] = (), **variables: str) -> Iterator[None]:
    """Inside the block it is another process: what is ``before`` starts it, with these variables."""
    worker = here.running.worker
    usual = worker.env, worker._command
    worker.env, worker._command = worker.env | variables, [*before, *worker._command]
    here.kill_the_worker()
    try:
        yield
    finally:
        worker.env, worker._command = usual
        here.kill_the_worker()


def tell(here: Cafe, what: str, sentence: str) -> None:
    """Health and configuration page come to say so of a mail that is called ``what``, which is not in then."""
    here.google.seed([letter(subject=what)])
    here.press()
    until(lambda: at_once(here) and re.search(sentence, here.health()[1]), 60)
    status, said = here.health()
    assert status == "unreachable"
    told.append((what, f"{status}: {said}"))
    assert said in html.unescape(here.running.service.get("/config", HTML).text)
    assert here.ask("SELECT FROM messages WHERE subject = %s", what) == []


def test_without_a_name_server_it_says_so(here: Cafe, dead_dns: str) -> None:
    """It is on this machine, takes every question and answers none: nothing goes out."""
    shell = ("unshare", "--mount", "sh", "-c", dead_dns, "sh")
    quick = {"RES_OPTIONS": "timeout:1 attempts:1", "GMAIL_API_URL": "https://gmail.example.org"}
    before = here.google.count(API)
    with worker_with(here, shell, **quick):
        tell(here, "dead DNS", "Gmail cannot be reached: no name server answers")
    assert here.google.count(API) == before
    whole(here, "dead DNS")


def test_an_answer_that_drips_is_given_up(here: Cafe) -> None:
    with worker_with(here, WIRE_SECONDS="1"):
        here.google.plan(dripping(0.1), rf"GET {API}", times=None)
        tell(here, "a slow drip", "Gmail cannot be reached: timed out")
        here.google.heal()
        whole(here, "a slow drip")


AUTHORITY: Final = """
[ca]
default_ca = own
[own]
database = {folder}/index
new_certs_dir = {folder}
rand_serial = yes
default_md = sha256
policy = names
x509_extensions = extensions
[names]
commonName = supplied
[extensions]
subjectAltName = IP:127.0.0.1
basicConstraints = critical, CA:true
"""


def certificate(folder: Path, first: int, last: int) -> Path:
    """One of 127.0.0.1 that is valid from the year ``first`` until ``last``, with its key, in one file."""
    folder.mkdir()
    (folder / "index").touch()
    (folder / "config").write_text(AUTHORITY.format(folder=folder))
    key, request, found = (str(folder / name) for name in ("key", "request", "certificate"))
    dates = ("-startdate", f"{first}0101000000Z", "-enddate", f"{last}0101000000Z")
    for command in (
        ("req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", request,
         "-subj", f"/CN={folder.name}"),
        ("ca", "-batch", "-selfsign", "-notext", "-config", str(folder / "config"), "-keyfile", key,
         "-in", request, "-out", found, *dates),
    ):  # fmt: skip
        subprocess.run(["openssl", *command], check=True, capture_output=True)
    both = folder / "both"
    both.write_text(Path(found).read_text() + Path(key).read_text())
    return both


def listen(google: Google, tls: ssl.SSLContext | None) -> None:
    """With it from now on; who is connected has to connect anew."""
    google.tls = tls
    google.refuse()
    google.listen()


def test_a_certificate_of_another_day_is_told_with_the_clock(here: Cafe, tmp_path: Path) -> None:
    google = here.google
    good = certificate(tmp_path / "good", 2020, 2049)
    bad = {
        "a certificate that is not valid yet": certificate(tmp_path / "later", 2040, 2049),
        "a certificate that has expired": certificate(tmp_path / "earlier", 2020, 2021),
    }
    trusted = tmp_path / "trusted"
    trusted.write_text("".join(each.read_text() for each in (good, *bad.values())))
    https = google.url.replace("http:", "https:")
    places = {"GMAIL_API_URL": https, "GMAIL_TOKEN_URL": f"{https}/token"}
    try:
        with worker_with(here, SSL_CERT_FILE=str(trusted), **places):
            for what, shown in bad.items():
                tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
                tls.load_cert_chain(shown)
                listen(google, tls)
                tell(here, what, "certificate is not valid on the date that this machine has; is its clock right")
                tls.load_cert_chain(good)  # as it is once the clock is right
                whole(here, what)
    finally:
        listen(google, None)


def test_a_clock_that_jumps_in_the_midst_of_a_sync_changes_nothing(here: Cafe, tmp_path: Path) -> None:
    """Pace, waits and the age of a token are counted by the monotonic clock."""
    google = here.google
    clock = tmp_path / "clock"
    clock.write_text("0")
    with worker_with(here, **with_inside(here.running.worker.env, tmp_path)):
        before = google.count("POST /token")
        for days in (400, -400, 0):
            google.seed([letter(subject=f"{days} days") for _ in range(20)])
            held = google.hold(GET, skip=10)
            here.press()
            held.wait()
            (tmp_path / "new").write_text(str(days * DAY))
            (tmp_path / "new").rename(clock)
            held.release()
            run = here.end()
            assert (run["state"], run["new"], run["error"]) == ("done", 20, None)
            assert here.health()[0] == "ok"
        assert here.sync()["new"] == 0
        assert google.count("POST /token") == before + 1
