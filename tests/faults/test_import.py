"""``kill -9`` of worker, service and PostgreSQL during an import: the same end as undisturbed, row by row."""

import random
import signal
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rcmail.db.embedded import EmbeddedPostgres
from tests.faults.both import both
from tests.faults.conftest import Note, until
from tests.faults.test_kills import kill_server
from tests.faults.test_worker import ROUNDS, Ours
from tests.mail.letters import GROUP, letter, mbox
from tests.support import Service

START = datetime(2026, 1, 1, tzinfo=UTC)
CONVERSATIONS = 800
Rows = list[tuple[object, ...]]
# Everything that is kept but the numbers that tables give, each message with the first one of its conversation.
ROWS = """
SELECT m.message_id, m.new_text, m.language, m.direction, m.visitor_address, m.sent_at, m.text_version, c.subject,
    c.state, c.kind, c.messages, c.last_at, (SELECT min(message_id) FROM messages WHERE conversation = c.id)
FROM messages AS m JOIN conversations AS c ON c.id = m.conversation ORDER BY m.message_id
"""


def mailbox() -> bytes:
    """Questions, answers and thanks, in an order that a mailbox has them in: not by conversation."""
    letters = []
    for number in range(CONVERSATIONS):
        anna = f"Anna {number} <anna{number}@example.com>"
        day, first = START + timedelta(hours=number), f"<{number}.1@example.com>"
        question = f"Kan ik met mijn broodrooster {number} komen? Hij wordt niet meer warm."
        letters += [
            letter(anna, text=question, subject=f"lamp {number}", date=day, Message_ID=first),
            letter(
                GROUP, anna, f"Ja hoor, tot zaterdag!\n\n> {question}", subject=f"Re: lamp {number}",
                date=day + timedelta(minutes=50), Message_ID=f"<{number}.2@example.com>", In_Reply_To=first,
            ),
        ]  # fmt: skip
    random.Random(3).shuffle(letters)
    return mbox(*letters)


def upload(service: Service, content: bytes) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{service.port}/mail/import?address={GROUP}",
        content,
        {"Content-Type": "application/mbox"},
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        assert response.status == 202


@pytest.fixture(scope="module")
def undisturbed() -> Rows:
    """The rows of an import that nobody disturbed, once one has ended."""
    return []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("victim", ["worker", "service", "PostgreSQL"])
def test_of_30_kills_during_an_import_none_changes_its_end(
    victim: str, own_postgres: EmbeddedPostgres, folder: Path, note: Note, undisturbed: Rows
) -> None:
    randomly, content = random.Random(4), mailbox()
    with both(own_postgres, folder) as running:
        service, worker, ours, state = running.service, running.worker, running.ours, running.state
        if not undisturbed:
            upload(service, content)
            undisturbed += end(ours)
            ours.ask("TRUNCATE conversations, seen, jobs CASCADE")
        upload(service, content)
        kill = killing(victim, service, worker, own_postgres)
        kills = inside = 0
        while not is_done(ours):
            time.sleep(randomly.uniform(0, 0.6))
            if kills < ROUNDS:
                kill()
                kills = inside = kills + 1
                if kills % 5 == 0:  # on a slow machine none would fall into what comes later
                    let_it_move(ours)
            ours.ask("UPDATE jobs SET run_at = now() WHERE state = 'queued' AND run_at > now()")
        while kills < ROUNDS:  # the rest of them fall into imports of the same file, which bring nothing new
            until(lambda: service.get("/health/ready").status == 200)
            upload(service, content)
            kill()
            kills += 1
            until(lambda: is_done(ours))
        assert end(ours) == undisturbed
        assert [tuple(row) for row in ours.ask("SELECT DISTINCT state FROM jobs")] == [("done",)]
        assert not worker.events("job_crashed")
        until(lambda: not list((state / "uploads").iterdir()))
    note(
        f"{ROUNDS} × kill -9 of the {victim} during an import, {inside} while mail came in",
        "the same rows as undisturbed, no upload left",
    )


def killing(victim: str, service: Service, worker: Service, server: EmbeddedPostgres) -> Callable[[], None]:
    """What kills it and starts it again, as systemd does."""

    def kill() -> None:
        if victim == "PostgreSQL":
            kill_server(server)
            server.start()
        elif victim == "service":
            service.stop(signal.SIGKILL)
            service.start()
        else:
            worker.stop(signal.SIGKILL)
            worker.start(wait=0)

    return kill


def let_it_move(ours: Ours) -> None:
    """Wait until more of the file is in than there is now."""
    done = "SELECT sum((progress->>'done')::bigint) FROM jobs"
    before = ours.ask(done)
    until(lambda: is_done(ours) or ours.ask(done) != before, 60)


def is_done(ours: Ours) -> bool:
    return ours.ask("SELECT count(*) FROM jobs WHERE state IN ('queued', 'running')") == [(0,)]


def end(ours: Ours) -> Rows:
    """The rows once nothing is left to do."""
    until(lambda: is_done(ours), 120)
    rows = [tuple(row) for row in ours.ask(ROWS)]
    assert len(rows) == 2 * CONVERSATIONS
    return rows
