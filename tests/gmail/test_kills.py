"""``kill -9`` of the worker at each point of a sync where it hurts: no mail twice, none missing."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from rcmail.db.embedded import EmbeddedPostgres
from tests.conftest import as_superuser
from tests.faults.conftest import until
from tests.faults.test_kills import kill_server
from tests.gmail.cafe import Cafe, cafe, told
from tests.gmail.emulate import Mail
from tests.gmail.google import API, Google, google_in
from tests.gmail.loading import generated
from tests.gmail.quota import Quota

MAILS = 700
# A minute of Google's, and of the pace's, in five seconds. Some hundred mails show that all come in and few are
# asked for in vain; how much of the quota is used is a figure, for a quiet machine: GMAIL_MAILS=10000.
LAPSE = float(os.environ.get("GMAIL_LAPSE", "12"))
MANY = int(os.environ.get("GMAIL_MAILS", "600"))
GET = rf"GET {API}/messages/[^/]+$"
LIST = rf"GET {API}/messages$"
HOW_MANY = "SELECT count(*) FROM messages"


@pytest.fixture
def google(tmp_path: Path) -> Iterator[Google]:
    with google_in(tmp_path, generated(MAILS)) as google:
        yield google


def kill_at(here: Cafe, pattern: str, *, skip: int = 0, after: bool = False) -> None:
    """Kill the worker while it waits for the answer to such a request."""
    held = here.google.hold(pattern, skip=skip, after=after)
    if here.run()["state"] not in {"queued", "running"}:
        here.press()
    until(lambda: at_once(here) and held.is_reached, 60)
    here.kill_the_worker()
    held.release()


def at_once(here: Cafe) -> bool:
    here.ask("UPDATE jobs SET run_at = now() WHERE state = 'queued' AND run_at > now()")
    return True


@contextmanager
def locked(here: Cafe, server: EmbeddedPostgres, table: str) -> Iterator[Callable[[], bool]]:
    """Nobody may write into ``table`` inside the block; tells whether somebody wants to."""
    connection = as_superuser(server, "rcmail")
    waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass"
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
            yield lambda: at_once(here) and here.ask(waits, table) != [(0,)]
    finally:
        connection.close()


def check(here: Cafe, mails: list[Mail]) -> None:
    """All of them are in, each once, each with its conversation."""
    wanted = {str(message_from_bytes(mail.raw)["Message-ID"]) for mail in mails}
    rows = here.ask("SELECT message_id, key, conversation FROM messages JOIN seen ON seen.message = messages.id")
    assert len(rows) == len(wanted)
    assert {row.message_id for row in rows} == wanted
    assert len({row.key for row in rows}) == len(wanted)
    sizes = here.ask("SELECT DISTINCT count(*) FROM messages GROUP BY conversation")
    assert sizes == [(2,)]


@pytest.mark.timeout(400)
def test_wherever_the_worker_is_killed_no_mail_is_doubled_and_none_is_lost(
    google: Google, own_postgres: EmbeddedPostgres, folder: Path
) -> None:
    with cafe(own_postgres, folder, google, lapse=100) as here:
        here.connect()
        kill_at(here, "POST /token", after=True)  # a token was given and nobody has it
        kill_at(here, rf"GET {API}")  # after a token was refreshed
        kill_at(here, LIST, skip=1)  # between two pages of the list
        kill_at(here, GET, skip=40)  # in the middle of a page
        with locked(here, own_postgres, "messages") as is_wanted:  # after the fetch, before the commit
            until(is_wanted, 60)
            here.kill_the_worker()
        before = here.ask(HOW_MANY)
        until(lambda: at_once(here) and here.ask(HOW_MANY) != before, 60)
        here.kill_the_worker()  # after a commit, before the next page
        kill_at(here, GET, after=True)
        with locked(here, own_postgres, "cursors") as is_wanted:  # all of it is in, and the cursor is not
            until(is_wanted, 120)
            here.kill_the_worker()
        kill_server(own_postgres)
        own_postgres.start()
        assert here.end()["state"] == "done"
        check(here, generated(MAILS))
        more = generated(MAILS + 6)[MAILS:]
        google.seed(more)
        kill_at(here, rf"GET {API}/history", after=True)  # between the list and what came since
        kill_at(here, GET)
        assert here.end()["state"] == "done"
        check(here, [*generated(MAILS), *more])
        assert here.sync()["new"] == 0
        assert not here.running.worker.events("job_crashed")


@pytest.mark.timeout(60 + MANY / 4)
def test_what_google_allows_is_used(tmp_path: Path, own_postgres: EmbeddedPostgres, folder: Path) -> None:
    """300 mails a minute; a minute of Google's and of the pace's takes five seconds here."""
    with google_in(tmp_path, generated(MANY)) as google, cafe(own_postgres, folder, google, LAPSE) as here:
        here.connect()
        google.quota = Quota(lapse=LAPSE)
        here.press()
        until(lambda: google.count(GET), 30)
        began = time.monotonic()
        run: dict[str, Any] = here.end(seconds=60 + MANY / 5)
        share = google.quota.share(time.monotonic() - began)
        used = f"{share:.0%} of that is used, {google.quota.refusals} requests are refused"
        told.append((f"300 mails a minute are allowed, and {MANY:,} are there", used))
        assert (run["state"], run["new"]) == ("done", MANY)
        assert google.quota.refusals < MANY / 10
        assert share >= 0.9 or MANY < 10_000
