"""A Repair Café: service and worker, each a process of its own, whose mailbox is the tests' Gmail."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rcmail.db.embedded import EmbeddedPostgres
from tests.faults.both import Both, both
from tests.faults.conftest import health, until
from tests.faults.test_push import at_once
from tests.gmail.google import Google

# Everything that is kept of a message but the numbers that tables give.
ROWS: Final = """
SELECT m.message_id, m.sent_at, m.direction, m.visitor_address, m.subject, m.new_text, m.whole_text,
    m.attachments::text, m.language, m.visitor_from, m.reference_ids,
    (SELECT min(coalesce(message_id, sent_at::text)) FROM messages WHERE conversation = m.conversation) AS first
FROM messages AS m ORDER BY m.sent_at, m.message_id NULLS FIRST, m.new_text
"""
told: Final[list[tuple[str, str]]] = []
"""What was done to it, and what a volunteer then reads: printed at the end, for docs/faults.md."""
_ENDED: Final = {"done", "failed", "stopped"}


@dataclass(frozen=True)
class Cafe:
    """What a volunteer does there, and what there is afterwards."""

    google: Google
    running: Both

    def ask(self, sql: str, *parameters: object) -> list[Any]:
        return self.running.ours.ask(sql, *parameters)

    def rows(self) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.ask(ROWS)]

    def post(self, path: str, values: dict[str, str]) -> Any:
        """What a program is answered; fails where it is refused."""
        answer = self.running.service.post(path, values)
        assert answer.status < 300, answer.text
        return answer.json()

    def connect(self) -> None:
        """What a volunteer does on the configuration page."""
        consent = self.post("/config/mailbox", {})["consent"]
        self.post("/config/mailbox/finish", {"address": self.google.agree(consent)})

    def sync(self, path: str = "/mail/sync") -> dict[str, Any]:
        """Press the button, and wait for the end; no wait between two attempts."""
        self.press(path)
        return self.end(path)

    def press(self, path: str = "/mail/sync") -> None:
        def is_asked() -> bool:
            return self.running.service.post(path, {}).status == 202

        until(is_asked)

    def end(self, path: str = "/mail/sync", seconds: float = 120) -> dict[str, Any]:
        until(lambda: at_once(self.running.ours) and self.run(path)["state"] in _ENDED, seconds)
        return self.run(path)

    def run(self, path: str = "/mail/sync") -> dict[str, Any]:
        """The newest one, as the pages have it."""
        found: dict[str, Any] = self.running.service.get(path).json()
        return found

    def health(self) -> tuple[str, str]:
        return health(self.running.service, "mail")

    def kill_the_worker(self) -> None:
        """And start it again, as systemd does."""
        self.running.worker.stop(signal.SIGKILL)
        self.running.worker.start(wait=0)

    def settle(self, seconds: float = 120) -> None:
        """Until nothing is left to do."""
        waiting = "SELECT count(*) FROM jobs WHERE state IN ('queued', 'running')"
        until(lambda: at_once(self.running.ours) and self.ask(waiting) == [(0,)], seconds)


@contextmanager
def cafe(server: EmbeddedPostgres, folder: Path, google: Google, lapse: float = 1) -> Iterator[Cafe]:
    """It is open inside the block, not connected; its pace with Gmail runs ``lapse`` times faster."""
    with both(server, folder, **google.variables(PACE_LAPSE=str(lapse))) as running:
        if lapse != 1:
            running.worker.stop(signal.SIGKILL)
            running.worker._command = [sys.executable, "-m", "tests.gmail.hurried"]
            running.worker.start(wait=0)
        yield Cafe(google, running)
