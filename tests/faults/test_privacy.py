"""Forgetting, by the bytes that are left; and removing old mail, with something killed in the midst."""

import os
import random
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg2
import pytest

from rcmail.clock import today
from rcmail.db import embedded
from rcmail.db.embedded import PORT, SUPERUSER, EmbeddedPostgres
from rcmail.drafting.material import signature
from rcmail.settings.store import Settings
from tests.faults.both import Both, both
from tests.faults.conftest import Note, until
from tests.faults.test_import import is_done, killing, upload
from tests.faults.test_push import at_once
from tests.faults.test_worker import ROUNDS
from tests.mail.letters import GROUP, letter, mbox

ADDRESS = "hupsa.quispelturf@example.com"
HUPSA = f"Hupsa Quispelturf <{ADDRESS}>"
PLANTED = (b"quispelturf", b"hupsa", b"zwartbessen", b"oorlogsvaartje", b"knarrenbakkes", b"0612345678")
NOW = datetime.now(UTC)
QUESTION = "Mijn zwartbessenpers springt niet op. Bel mij: 0612345678, Knarrenbakkesstraat 12. Kan ik komen?"
LETTERS = [
    letter(HUPSA, text=QUESTION, subject="zwartbessen", date=NOW - timedelta(days=90),
           Message_ID="<oorlogsvaartje.1@example.com>"),
    letter(GROUP, HUPSA, "Beste Hupsa,\n\nNeem de pers gerust mee, dan kijken wij er samen naar.\n\nGroet,\n"
           f"Gerrit\n\n> {QUESTION}", subject="Re: zwartbessen", date=NOW - timedelta(days=89),
           In_Reply_To="<oorlogsvaartje.1@example.com>", Message_ID="<answer@example.org>"),
    letter(HUPSA.upper(), text="En mijn knarrenbakkes-radio?", subject="zwartbessen 2",
           date=NOW - timedelta(days=5), Message_ID="<oorlogsvaartje.2@example.com>"),
    letter("Piet <piet@example.net>", text="Mijn pers springt niet op. Mag die mee?", subject="pers",
           date=NOW - timedelta(days=4), Message_ID="<piet@example.net>"),
]  # fmt: skip
APPROVED = """
UPDATE drafts SET state = 'approved', text = 'Kom gerust', newest = messages.id, facts = %s, is_edited = true
FROM messages WHERE messages.conversation = drafts.conversation
"""


def dump(server: EmbeddedPostgres) -> bytes:
    """Everything in the database, as text."""
    where = {"PATH": os.defpath, "PGHOST": str(server.socket), "PGUSER": SUPERUSER, "PGPORT": str(PORT)}
    program = embedded.programs() / "pg_dump"
    return subprocess.run([program, "rcmail"], env=where, capture_output=True, check=True, timeout=60).stdout


def found_in(content: bytes) -> list[bytes]:
    text = content.lower()
    return [word for word in PLANTED if word in text]


def files_of(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def index_of(server: EmbeddedPostgres, index: str) -> bytes:
    """The bytes of an index, as they are on the disk."""
    connection = psycopg2.connect(host=str(server.socket), port=PORT, user=SUPERUSER, dbname="rcmail")
    with connection, connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath(%s))", (index,))
        [(content,)] = cursor.fetchall()
    connection.close()
    return bytes(content)


def bring_in(running: Both, *letters: bytes) -> dict[str, int]:
    upload(running.service, mbox(*letters))
    until(lambda: is_done(running.ours), 120)
    run = running.service.get("/mail/sync").json()
    return {name: run[name] for name in ("new", "known", "skipped", "failed")}


def conversation(running: Both, words: str) -> int:
    rows = running.ours.ask("SELECT conversation FROM messages WHERE whole_text LIKE %s LIMIT 1", f"%{words}%")
    return int(rows[0].conversation)


@pytest.mark.timeout(300)
def test_nothing_of_her_is_left_by_bytes(own_postgres: EmbeddedPostgres, folder: Path) -> None:
    with both(own_postgres, folder) as running:
        assert bring_in(running, *LETTERS)["new"] == 4
        mine = conversation(running, "radio")
        until(lambda: running.service.get(f"/mail/{mine}/draft").json()["draft"], 60)
        until(lambda: is_done(running.ours), 60)
        running.ours.ask(APPROVED, signature(Settings(), today()))
        running.service.post("/mail/drafts/sync", {})
        until(lambda: is_done(running.ours) and list((running.state / "drafts").glob("*.eml")), 60)
        assert set(found_in(dump(own_postgres))) == set(PLANTED)
        assert found_in(files_of(running.state))
        assert b"quispelturf" in index_of(own_postgres, "messages_by_word")
        answer = running.service.post(f"/mail/{mine}/forget", {}).json()["person"]
        assert (answer["conversations"], answer["theirs"], answer["answers"]) == (2, 2, 1)
        until(lambda: is_done(running.ours), 120)
        assert found_in(dump(own_postgres)) == []
        assert found_in(files_of(running.state)) == []
        assert found_in(index_of(own_postgres, "messages_by_word")) == []
        said = [running.service.output, running.worker.output, own_postgres.log.read_text()]
        assert found_in("\n".join(said).encode()) == []
        assert len(list((running.state / "drafts").glob("*.eml"))) == 1  # Piet's
        again = [letter.replace(b"From:", b"X-Copy: 1\nFrom:", 1) for letter in LETTERS]
        assert bring_in(running, *again) == {"new": 0, "known": 1, "skipped": 3, "failed": 0}
        new = letter(
            HUPSA, text="Hier ben ik weer.", date=datetime.now(UTC) + timedelta(minutes=1), Message_ID="<n@x>"
        )
        assert bring_in(running, new)["new"] == 1
        assert not running.worker.events("job_crashed")


# Two mails each, one conversation every two hours, for years.
OLD = """
INSERT INTO accounts (provider, address) VALUES ('file', 'repair@example.org');
INSERT INTO conversations
    (subject, visitor_name, kind, kind_why, state, state_why, messages, last_at, last_direction)
SELECT 'lamp', 'Anna', 'visitor', '', 'closed', '', 2, now() - number * interval '2 hours', 'in'
FROM generate_series(1, 16000) AS number;
INSERT INTO messages (conversation, account, fingerprint, reference_ids, direction, from_name, from_address,
    visitor_name, visitor_from, visitor, participants, recipients, sent_at, sent_at_from, subject, subject_key,
    whole_text, is_cut, new_text, text_version, is_thanks, machine, attachments, words)
SELECT id, 1, sha256(concat(id, '.', place)::bytea), '{}', 'in', 'Anna', 'anna@example.com', 'Anna', 'from',
    'anna@example.com', '{}', '{"to": [], "cc": [], "reply_to": []}', last_at, 'date', 'lamp', 'lamp', 'kapot',
    false, 'kapot', 99, false, '', '[]', '' FROM conversations, generate_series(1, 2) AS place
"""
ASKED = "INSERT INTO jobs (kind, once, priority) VALUES ('retention', 'retention', 20)"
DONE = "SELECT coalesce(max((progress->>'done')::int), 0) AS done FROM jobs WHERE kind = 'retention'"
COUNT = """
SELECT count(*) AS conversations, sum(messages) AS told, min(last_at) > now() - interval '367 days' AS is_young,
    min(last_at) < now() - interval '364 days' AS is_all, (SELECT count(*) FROM messages) AS mails
FROM conversations
"""


@pytest.mark.timeout(600)
@pytest.mark.parametrize("victim", ["worker", "PostgreSQL"])
def test_of_30_kills_while_old_mail_is_removed_none_removes_too_much_or_too_little(
    victim: str, own_postgres: EmbeddedPostgres, folder: Path, note: Note
) -> None:
    randomly = random.Random(6)
    with both(own_postgres, folder) as running:
        ours, service = running.ours, running.service
        ours.ask(OLD)
        service.post("/config", {"mail_keep_months": "12"})
        ours.ask(ASKED)
        kill = killing(victim, service, running.worker, own_postgres)
        inside = before = 0
        for _ in range(ROUNDS):
            until(lambda: at_once(ours) and (ours.ask(DONE)[0].done > before or is_done(ours)), 60)  # noqa: B023
            time.sleep(randomly.uniform(0, 0.1))
            inside += not is_done(ours)
            kill()
            until(lambda: service.get("/health/ready").status == 200)
            before = ours.ask(DONE)[0].done
        until(lambda: at_once(ours) and is_done(ours), 120)
        [left] = ours.ask(COUNT)
        assert (left.is_young, left.is_all) == (True, True)
        assert left.mails == left.told == 2 * left.conversations
        assert ours.ask(DONE)[0].done == 16000 - left.conversations
        assert not running.worker.events("job_crashed")
    seen = "what is too old is gone, each once, and nothing else"
    note(f"{ROUNDS} × kill -9 of the {victim} while old mail is removed, {inside} in the midst", seen)
