"""Drafts in Gmail: each once, in its thread, right for a mail program; whatever is killed or goes wrong."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from rcmail.clock import today
from rcmail.db.embedded import EmbeddedPostgres
from rcmail.drafting.material import signature
from rcmail.settings.store import Settings
from tests.faults.conftest import until
from tests.faults.test_push import APPROVED, EDITED
from tests.gmail import faults
from tests.gmail.cafe import Cafe, cafe
from tests.gmail.emulate import GROUP, Mail
from tests.gmail.google import API, Google, google_in
from tests.gmail.test_kills import at_once
from tests.mail.letters import letter

PUSH = "/mail/drafts/sync"
CREATE = f"POST {API}/drafts"
ROUNDS = 30
FEW = 12


def questions(count: int) -> list[Mail]:
    first = datetime.now(UTC).replace(microsecond=0) - timedelta(days=20)
    return [_question(number, first + timedelta(hours=number)) for number in range(count)]


def _question(number: int, moment: datetime) -> Mail:
    raw = letter(f"Anna {number} <anna{number}@example.com>", f"Repair Café <{GROUP}>", subject=f"Lámpje {number}",
                 text=f"Kan ik komen met lamp {number}? Hij is stuk – écht.", date=moment,
                 Message_ID=f"<{number}@example.com>")  # fmt: skip
    return Mail(raw, thread=f"thread-{number}", received=moment)


def approve(here: Cafe) -> None:
    here.ask(APPROVED, signature(Settings(), today()))


def there(google: Google) -> dict[str, tuple[dict[str, Any], EmailMessage]]:
    """The drafts in Gmail by Message-ID, each there once."""
    drafts = google.emulate.drafts()
    found = [(each, message_from_bytes(each["message"]["raw"], policy=policy.default)) for each in drafts]
    by_id = {str(mail["Message-ID"]): (each, mail) for each, mail in found}
    assert len(by_id) == len(found), "a draft is there twice"
    return by_id


def check(here: Cafe, count: int) -> None:
    """So many drafts, each in the thread of its question, with the text that was approved last."""
    texts = {f"anna{row.number}@example.com": row.text for row in here.ask(
        "SELECT split_part(split_part(visitor_address, '@', 1), 'anna', 2) AS number, text FROM drafts"
        " JOIN conversations ON conversations.id = conversation")}  # fmt: skip
    drafts = there(here.google)
    assert len(drafts) == count
    for each, mail in drafts.values():
        [to] = mail["To"].addresses
        number = to.addr_spec.removeprefix("anna").partition("@")[0]
        assert each["message"]["threadId"] == f"thread-{number}"
        assert each["message"]["labelIds"] == ["DRAFT"]
        assert (mail["In-Reply-To"], mail["References"]) == (f"<{number}@example.com>", f"<{number}@example.com>")
        assert mail["Subject"] == f"Re: Lámpje {number}"
        assert [address.addr_spec for address in mail["From"].addresses] == [GROUP]
        body = mail.get_body()
        assert body is not None
        assert body.get_content_charset() == "utf-8"
        content = body.get_content()
        assert content.startswith(texts[to.addr_spec])
        assert f"> Kan ik komen met lamp {number}? Hij is stuk – écht." in content


@pytest.fixture
def here(
    request: pytest.FixtureRequest, own_postgres: EmbeddedPostgres, folder: Path, tmp_path: Path
) -> Iterator[Cafe]:
    """Visitors wait, FEW where a test names no other number, and their mail is in."""
    count = getattr(request, "param", FEW)
    with google_in(tmp_path, questions(count)) as google, cafe(own_postgres, folder, google, lapse=100) as here:
        here.connect()
        here.post("/config", {"drafts_by_themselves": "no"})
        assert here.sync()["new"] == count
        here.settle()
        yield here


def kill_at(here: Cafe, pattern: str, *, skip: int = 0, after: bool = False) -> None:
    held = here.google.hold(pattern, skip=skip, after=after)
    here.press(PUSH)
    until(lambda: at_once(here) and held.is_reached, 60)
    here.kill_the_worker()
    held.release()


@pytest.mark.timeout(400)
@pytest.mark.parametrize("here", [100], indirect=True, ids=["100 drafts"])
def test_of_a_hundred_drafts_each_is_there_once_however_the_worker_was_killed(here: Cafe) -> None:
    randomly = random.Random(7)
    approve(here)
    kill_at(here, CREATE)  # before it is created
    kill_at(here, CREATE, skip=3, after=True)  # after it is, before its id is stored
    kill_at(here, rf"GET {API}/drafts")
    here.end(PUSH)
    check(here, 100)
    here.ask(EDITED, 1, 1)
    kill_at(here, f"PUT {API}/drafts/", after=True)  # after it was replaced, before that is noted
    kill_at(here, f"PUT {API}/drafts/")
    for number in range(ROUNDS - 5):
        here.ask(EDITED, number + 2, number % 3)
        here.press(PUSH)
        held = here.google.hold(skip=randomly.randrange(60), after=randomly.random() < 0.5)
        until(lambda held=held: at_once(here) and (held.is_reached or here.run(PUSH)["state"] == "done"))  # type: ignore[misc]
        here.kill_the_worker()
        held.release()
        here.google.heal()
    here.end(PUSH)
    assert here.sync(PUSH)["state"] == "done"
    check(here, 100)
    assert here.ask("SELECT DISTINCT state FROM drafts") == [("pushed",)]
    assert not here.running.worker.events("job_crashed")


@pytest.mark.timeout(200)
def test_what_went_wrong_on_the_way_leaves_each_draft_there_once(here: Cafe) -> None:
    approve(here)
    done, undone = (faults.undelivered, faults.cut), (faults.BACKEND, faults.dropped, faults.HTML, faults.RATE)
    for fault in (*done, *undone):
        here.google.plan(fault, CREATE, skip=5)
    for _ in range(4):
        here.sync(PUSH)
    here.google.heal()
    assert here.sync(PUSH)["state"] == "done"
    check(here, FEW)
    assert here.ask("SELECT DISTINCT state FROM drafts") == [("pushed",)]


@pytest.mark.timeout(200)
def test_what_a_volunteer_did_in_gmail_is_told_and_left_as_it_is(here: Cafe) -> None:
    approve(here)
    assert here.sync(PUSH)["state"] == "done"
    by_number = {each["message"]["threadId"]: each for each, _ in there(here.google).values()}
    edited, sent, deleted = (by_number[f"thread-{number}"] for number in range(3))
    theirs = edited["message"]["raw"].replace(b"Kom gerust", b"Kom maar")
    assert theirs != edited["message"]["raw"]
    gmail = here.google.emulate
    gmail.ask("PUT", f"/drafts/{edited['id']}", {"message": Mail(theirs, thread="thread-0").as_json()})
    gmail.send_by_hand(sent["id"])
    gmail.ask("DELETE", f"/drafts/{deleted['id']}")
    gmail.ask("DELETE", "/threads/thread-3")
    told = sorted(each["state"] for each in here.sync(PUSH)["results"])
    assert told == ["edited", "gone", "gone", "sent"]
    for third in range(3):  # the volunteer writes all of them anew
        here.ask(EDITED, 9, third)
    here.sync(PUSH)
    assert theirs in {each["message"]["raw"] for each, _ in there(here.google).values()}
    # What was sent is mail, and closes its conversation.
    here.sync()
    here.settle()
    [state] = here.ask("SELECT state FROM conversations WHERE visitor_address = 'anna1@example.com'")
    assert state == ("answered",)


@pytest.mark.timeout(100)
def test_a_draft_for_a_thread_that_was_deleted_meanwhile_is_written_without_it(here: Cafe) -> None:
    approve(here)
    here.google.emulate.ask("DELETE", "/threads/thread-0")
    assert here.sync(PUSH)["state"] == "done"
    drafts = there(here.google)
    assert len(drafts) == FEW
    assert "thread-0" not in {each["message"]["threadId"] for each, _ in drafts.values()}
