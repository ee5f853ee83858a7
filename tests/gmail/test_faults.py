"""Whatever goes wrong between rcmail and Google: a true sentence, a health that is right, and nothing lost."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import server_on_copy
from tests.faults.conftest import until
from tests.gmail import faults
from tests.gmail.cafe import Cafe, cafe, told
from tests.gmail.emulate import OTHER
from tests.gmail.faults import Fault
from tests.gmail.google import API, Google, google_in
from tests.gmail.grants import COMPOSE, READ
from tests.gmail.test_kills import at_once
from tests.mail.letters import letter

GET = rf"GET {API}/messages/[^/]+$"
ANY = rf"GET {API}"


class Case(NamedTuple):
    """A ``fault`` that stays, of which requests, and what is said then."""

    what: str
    fault: Fault
    pattern: str
    health: str
    sentence: str


CASES = [
    Case(
        "revoked",
        faults.REVOKED,
        "POST /token",
        "unreachable",
        "must be connected again.*permission was withdrawn",
    ),
    Case("wrong client", faults.WRONG_CLIENT, "POST /token", "unreachable", "does not know this client"),
    Case("a scope is missing", faults.SCOPE, ANY, "unreachable", "may not read mail"),
    Case("rate", faults.RATE, GET, "ok", "connected as .*asks to wait until"),
    Case("the user's rate", faults.USER_RATE, GET, "ok", "asks to wait until"),
    Case("429", faults.BUSY, GET, "ok", "asks to wait until"),
    Case("429 that says how long", faults.busy_for(1800), GET, "ok", "asks to wait until"),
    Case("a day's limit", faults.DAILY, GET, "ok", "asks to wait until"),
    Case("API not enabled", faults.NOT_ENABLED, ANY, "unreachable", "Gmail API is switched off"),
    Case("policy", faults.POLICY, ANY, "unreachable", "administrator"),
    Case("500", faults.BACKEND, ANY, "unreachable", r"fault of its own \(HTTP status 500\)"),
    Case("502 in HTML", faults.BAD_GATEWAY, ANY, "unreachable", r"HTTP status 502"),
    Case("a sign-in page of a Wi-Fi", faults.HTML, ANY, "unreachable", "not Gmail"),
    Case("half an answer", faults.cut, ANY, "unreachable", "not Gmail|broke off"),
    Case("the second half never comes", faults.broken_off, ANY, "unreachable", "broke off"),
    Case("hung up", faults.dropped, ANY, "unreachable", "broke off"),
    Case("something else than was asked for", faults.NONSENSE, ANY, "unreachable", "not Gmail"),
]


@pytest.fixture(scope="module")
def google(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Google]:
    with google_in(tmp_path_factory.mktemp("google")) as google:
        yield google


@pytest.fixture(scope="module")
def here(google: Google, cluster: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cafe]:
    """One for all of them, connected."""
    with server_on_copy(cluster) as server, cafe(server, tmp_path_factory.mktemp("here"), google, 1000) as here:
        here.connect()
        google.seed([letter()])
        assert here.sync()["new"] == 1
        yield here


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_it_is_told_as_it_is_and_nothing_is_lost(case: Case, here: Cafe, google: Google) -> None:
    assert here.health()[0] == "ok"
    google.seed([letter(subject=case.what)])
    google.grants.expire()
    google.plan(case.fault, case.pattern, times=None)
    here.press()
    until(lambda: at_once(here) and re.search(case.sentence, here.health()[1]), 60)
    status, sentence = here.health()
    assert status == case.health, sentence
    told.append((case.what, f"{status}: {re.sub('[0-9]{2}:[0-9]{2}$', '09:30', sentence)}"))
    assert "Traceback" not in here.running.worker.output
    before = google.count()
    google.heal()
    whole(here, case.what)
    assert google.count() > before


def whole(here: Cafe, subject: str) -> None:
    """By itself, or at the next press, all is well again, and the mail is in, once."""

    def is_in() -> bool:
        if here.run()["state"] not in {"queued", "running"}:
            here.press()
        at_once(here)
        found: list[tuple[int]] = here.ask("SELECT count(*) FROM messages WHERE subject = %s", subject)
        return found == [(1,)]

    until(is_in, 60)
    assert here.end()["state"] == "done"
    until(lambda: here.health()[0] == "ok")


def test_a_token_that_has_expired_is_renewed_and_nobody_hears_of_it(here: Cafe, google: Google) -> None:
    google.seed([letter(subject="expired")])
    google.plan(faults.EXPIRED, GET)
    assert here.sync()["new"] == 1
    assert here.health()[0] == "ok"


def test_a_few_faults_on_the_way_are_not_worth_a_word(here: Cafe, google: Google) -> None:
    google.seed([letter(subject=f"few {number}") for number in range(30)])
    for number, fault in enumerate((faults.BACKEND, faults.dropped, faults.cut, faults.RATE, faults.BAD_GATEWAY)):
        google.plan(fault, GET, skip=4 * number)
    run = here.sync()
    assert (run["state"], run["new"], run["error"]) == ("done", 30, None)


def test_where_nothing_listens_it_says_so(here: Cafe, google: Google) -> None:
    google.seed([letter(subject="refused")])
    google.refuse()
    try:
        here.press()
        until(lambda: at_once(here) and "no connection" in here.health()[1], 60)
        assert here.health()[0] == "unreachable"
    finally:
        google.listen()
    whole(here, "refused")


def test_a_mail_that_is_gone_between_the_list_and_the_look_is_passed_over(here: Cafe, google: Google) -> None:
    [first, _] = google.seed([letter(subject="gone"), letter(subject="stays")])
    held = google.hold(GET)
    here.press()
    held.wait()
    google.emulate.ask("DELETE", f"/messages/{first}")
    held.release()
    assert here.end()["state"] == "done"
    assert here.ask("SELECT subject FROM messages WHERE subject IN ('gone', 'stays')") in (
        [("stays",)], [("gone",), ("stays",)],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("unticked", "named"), [(READ, "read mail"), (COMPOSE, "write drafts")], ids=["reading", "drafts"]
)
def test_a_box_that_was_unticked_is_told_by_name(unticked: str, named: str, here: Cafe, google: Google) -> None:
    consent = here.post("/config/mailbox", {})["consent"]
    answer = here.running.service.post(
        "/config/mailbox/finish", {"address": google.agree(consent, unticked=unticked)}
    )
    assert answer.status in {422, 502}
    assert named in answer.text
    assert here.sync()["state"] == "done"  # the connection that was there is as good as before


def test_another_account_is_refused_by_name(here: Cafe, google: Google) -> None:
    consent = here.post("/config/mailbox", {})["consent"]
    answer = here.running.service.post("/config/mailbox/finish", {"address": google.agree(consent, OTHER)})
    assert answer.status == 409
    assert google.emulate.group in answer.text
    assert here.sync()["state"] == "done"


def test_connected_once_more_it_goes_on(here: Cafe, google: Google) -> None:
    here.connect()
    google.seed([letter(subject="once more")])
    assert here.sync()["new"] == 1


def test_disconnected_it_is_revoked_and_connects_again(here: Cafe, google: Google) -> None:
    before = google.count("POST /revoke")
    here.post("/config/mailbox/disconnect", {"mail": "keep"})
    assert google.count("POST /revoke") == before + 1
    assert not google.grants.is_held
    assert here.health()[0] == "unconfigured"
    assert here.running.service.post("/mail/sync", {}).status == 409
    here.connect()
    google.seed([letter(subject="after")])
    assert here.sync()["new"] == 1
