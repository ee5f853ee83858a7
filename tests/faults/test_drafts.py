"""``kill -9`` of worker, service and PostgreSQL while drafts are made, edited and approved.

One draft each, with the last acknowledged edit.
"""

import json
import random
import threading
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rcmail.clock import today
from rcmail.db.embedded import EmbeddedPostgres
from tests.faults.both import both
from tests.faults.conftest import Note, until
from tests.faults.test_import import is_done, killing, upload
from tests.faults.test_worker import ROUNDS, Ours
from tests.mail.letters import GROUP, letter, mbox
from tests.support import Service

WAITING = 30
EDITED = 5
FACTS = {"event_date": (today() + timedelta(days=14)).isoformat(), "event_time": "13:00-16:30"}


def mailbox() -> bytes:
    """Questions that were answered, and questions that wait."""
    now = datetime.now(UTC)
    letters = []
    for number in range(10 + WAITING):
        anna, own = f"Anna {number} <anna{number}@example.com>", f"<{number}@example.com>"
        day = now - timedelta(days=40 if number < 10 else 2, minutes=number)
        text = f"Kan ik zaterdag met mijn broodrooster komen? Hij springt niet meer op, zie foto {number}."
        letters.append(letter(anna, text=text, subject=f"toaster {number}", date=day, Message_ID=own))
        if number < 10:
            letters.append(
                letter(GROUP, anna, "Ja hoor, neem de broodrooster maar mee.", subject=f"Re: toaster {number}",
                       date=day + timedelta(hours=1), In_Reply_To=own)
            )  # fmt: skip
    return mbox(*letters)


class Volunteer:
    """Writes in some of the drafts without a pause, approves each third text, and knows what was acknowledged."""

    def __init__(self, service: Service, conversations: list[int]) -> None:
        self.known: dict[int, dict[str, Any]] = {}
        self.unknown: dict[int, list[str]] = {each: [] for each in conversations}
        """What was sent since, and nobody answered."""
        self.acknowledged = 0
        self._service = service
        self._is_over = False
        self._thread = threading.Thread(target=self._run, args=(conversations,))
        self._thread.start()

    def end(self) -> None:
        self._is_over = True
        self._thread.join()

    def _run(self, conversations: list[int]) -> None:
        number = 0
        while not self._is_over:
            number += 1
            conversation = conversations[number % len(conversations)]
            try:
                self._edit(conversation, number)
            except OSError:
                time.sleep(0.05)

    def _edit(self, conversation: int, number: int) -> None:
        path = f"/mail/{conversation}/draft"
        status, body = self._ask("GET", path)
        if status != 200:
            return
        self._compare(conversation, body["draft"])
        change: dict[str, Any] = {"revision": body["draft"]["revision"], "text": f"Beste Anna, tekst {number}."}
        if number % 3 == 0:
            change["state"] = "approved"
        self.unknown[conversation].append(change["text"])
        status, body = self._ask("PUT", path, change)
        if status == 200:
            self.acknowledged += 1
            self.known[conversation] = body["draft"]
            self.unknown[conversation] = []

    def _compare(self, conversation: int, draft: dict[str, Any]) -> None:
        """What is stored is what was acknowledged last, or was sent after it."""
        if known := self.known.get(conversation):
            assert draft["text"] in (known["text"], *self.unknown[conversation])

    def _ask(self, method: str, path: str, body: object = None) -> tuple[int, dict[str, Any]]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._service.port}{path}",
            None if body is None else json.dumps(body).encode(),
            {"Content-Type": "application/json"},
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return response.status, json.loads(response.read())
        except urllib.error.HTTPError as error:
            with error:
                return error.code, {}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("victim", ["worker", "service", "PostgreSQL"])
def test_of_30_kills_while_drafts_are_made_and_edited_none_doubles_or_loses_one(
    victim: str, own_postgres: EmbeddedPostgres, folder: Path, note: Note
) -> None:
    randomly = random.Random(5)
    volunteer = None
    with both(own_postgres, folder) as running:
        service, worker, ours = running.service, running.worker, running.ours
        try:
            assert service.post("/config", FACTS).status == 200
            upload(service, mailbox())
            until(lambda: made(ours) == WAITING, 120)
            before = ours.ask("SELECT conversation, id FROM drafts ORDER BY conversation")
            volunteer = Volunteer(service, [conversation for conversation, _ in before[:EDITED]])
            kill = killing(victim, service, worker, own_postgres)
            until(lambda: volunteer.acknowledged > EDITED, 60)
            for number in range(ROUNDS):
                seen = volunteer.acknowledged
                move(ours, number)
                time.sleep(randomly.uniform(0, 0.4))
                kill()
                until(lambda seen=seen: volunteer.acknowledged > seen, 60)  # type: ignore[misc]
            volunteer.end()
            until(lambda: is_idle(ours), 120)
            assert ours.ask("SELECT conversation, id FROM drafts ORDER BY conversation") == before
            # The last facts are in each that nobody has edited, and in no other.
            place = f"Molenlaan {ROUNDS}"
            rest = ours.ask("SELECT state, position(%s in text) > 0 FROM drafts WHERE NOT is_edited", place)
            assert rest == [("ready", True)] * (WAITING - EDITED)
            for conversation, draft in volunteer.known.items():
                [(text,)] = ours.ask("SELECT text FROM drafts WHERE conversation = %s", conversation)
                assert text in (draft["text"], *volunteer.unknown[conversation])
                assert text.startswith("Beste Anna, tekst ")
            # Made again once for each change of the facts at most, and what stood there is kept.
            [(most,)] = ours.ask(
                "SELECT max(count) FROM"
                " (SELECT count(*) FROM draft_versions WHERE ended = 'made again' GROUP BY draft) AS each"
            )
            assert 1 <= most <= ROUNDS
            assert not worker.events("job_crashed")
            assert not service.events("request_failed")
        finally:
            if volunteer is not None:
                volunteer.end()
    told = f"{WAITING} drafts, one each; {volunteer.acknowledged} edits acknowledged, the last of each is there"
    note(f"{ROUNDS} × kill -9 of the {victim} while drafts are made, edited and approved", told)


def made(ours: Ours) -> int:
    [(count,)] = ours.ask("SELECT count(*) FROM drafts WHERE state = 'ready'")
    return int(count)


def move(ours: Ours, number: int) -> None:
    """Other facts: every draft that nobody has edited is to be made again, from now on."""
    ours.ask(
        "INSERT INTO settings (key, value) VALUES ('event_location', %s)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        f"Molenlaan {number + 1}",
    )
    ours.ask("INSERT INTO jobs (kind, priority, run_at) VALUES ('drafts', 20, now())")


def is_idle(ours: Ours) -> bool:
    """Nothing is left to do; what waits for another try need not."""
    ours.ask("UPDATE jobs SET run_at = now() WHERE state = 'queued' AND run_at > now()")
    return is_done(ours)
