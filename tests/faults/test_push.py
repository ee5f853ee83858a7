"""``kill -9`` of worker, service and PostgreSQL while drafts are written: one file each, with the last text."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from rcmail.clock import today
from rcmail.db.embedded import EmbeddedPostgres
from rcmail.drafting.material import signature
from rcmail.settings.store import Settings
from tests.faults.both import both
from tests.faults.conftest import Note, until
from tests.faults.test_import import is_done, killing, upload
from tests.faults.test_worker import ROUNDS, Ours
from tests.mail.letters import letter, mbox
from tests.support import Service

DRAFTS = 150
APPROVED = """
INSERT INTO drafts (conversation, state, text, newest, facts)
SELECT conversation, 'approved', 'Kom gerust, nummer ' || conversation, id, %s FROM messages
"""
# What a volunteer does who writes another text and approves it.
EDITED = """
UPDATE drafts SET text = 'Ronde ' || %s || ', nummer ' || conversation, state = 'approved', is_edited = true,
    revision = revision + 1, changed_in = revision + 1, changed_at = now()
WHERE id %% 3 = %s
"""


def questions() -> bytes:
    first = datetime.now(UTC) - timedelta(days=20)
    return mbox(
        *(
            letter(f"Anna {number} <anna{number}@example.com>", subject=f"lamp {number}",
                   date=first + timedelta(hours=number), Message_ID=f"<{number}@example.com>")
            for number in range(DRAFTS)
        )
    )  # fmt: skip


@pytest.mark.timeout(600)
@pytest.mark.parametrize("victim", ["worker", "service", "PostgreSQL"])
def test_of_30_kills_while_drafts_are_written_none_doubles_or_loses_one(
    victim: str, own_postgres: EmbeddedPostgres, folder: Path, note: Note
) -> None:
    randomly = random.Random(5)
    with both(own_postgres, folder) as running:
        service, worker, ours, state = running.service, running.worker, running.ours, running.state
        service.post("/config", {"drafts_by_themselves": "no"})
        upload(service, questions())
        until(lambda: is_done(ours), 120)
        ours.ask(APPROVED, signature(Settings(), today()))
        kill = killing(victim, service, worker, own_postgres)
        inside = 0
        for number in range(ROUNDS):
            is_inside = round_of(number, ours, service, kill, randomly)
            inside += is_inside
        until(lambda: service.get("/health/ready").status == 200)
        for _ in range(2):  # the first press may have met a run that was about to end
            sync(service)
            until(lambda: at_once(ours) and is_done(ours), 120)
        assert ours.ask("SELECT DISTINCT state FROM drafts") == [("pushed",)]
        wanted = sorted(row.text for row in ours.ask("SELECT text FROM drafts"))
        assert [path for path in (state / "drafts").iterdir() if path.suffix != ".eml"] == []
        mails = [message_from_bytes(path.read_bytes()) for path in (state / "drafts").iterdir()]
        assert len({mail["Message-ID"] for mail in mails}) == len(mails) == DRAFTS
        texts = [mail.get_payload(decode=True) for mail in mails]
        assert sorted(text.decode().partition("\r\n")[0] for text in texts if isinstance(text, bytes)) == wanted
        assert not worker.events("job_crashed")
    note(
        f"{ROUNDS} × kill -9 of the {victim} while drafts are written, {inside} in the midst of a run",
        "one file for each draft, with the last text",
    )


def round_of(number: int, ours: Ours, service: Service, kill: Callable[[], None], randomly: random.Random) -> bool:
    """A third of the drafts gets another text; they are written, and something is killed. Whether in the midst."""
    until(lambda: service.get("/health/ready").status == 200)
    if number >= 3:
        ours.ask(EDITED, number, number % 3)
    sync(service)
    until(lambda: at_once(ours) and (written(ours) or is_done(ours)))
    time.sleep(randomly.uniform(0, 0.3))
    is_inside = not is_done(ours)
    kill()
    return is_inside


def sync(service: Service) -> None:
    def is_asked() -> bool:
        return service.post("/mail/drafts/sync", {}).status == 202

    until(is_asked)


def at_once(ours: Ours) -> bool:
    """No waiting for the next attempt."""
    ours.ask("UPDATE jobs SET run_at = now() WHERE state = 'queued' AND run_at > now()")
    return True


def written(ours: Ours) -> bool:
    """Whether the run has written something."""
    sql = "SELECT (progress->>'done')::int FROM jobs WHERE kind = 'push' AND state = 'running'"
    return any(row[0] for row in ours.ask(sql))
