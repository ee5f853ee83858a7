"""The disk of the database is full while mail comes in."""

import html
import random
from pathlib import Path

from rcmail.db.embedded import EmbeddedPostgres
from tests.faults.conftest import HTML, fill, until
from tests.gmail.cafe import cafe, told
from tests.gmail.google import Google
from tests.gmail.test_kills import GET
from tests.mail.letters import letter

MAILS = 60


def long_letters() -> list[bytes]:
    """30 kB each, which PostgreSQL cannot make smaller."""
    randomly = random.Random(7)
    return [
        letter(subject=f"long {number}", Message_ID=f"<{number}@example.com>",
               text="\n".join(randomly.randbytes(30).hex() for _ in range(500)))
        for number in range(MAILS)
    ]  # fmt: skip


def test_a_disk_that_fills_up_in_the_midst_of_a_sync_costs_time_only(
    google: Google, small_disk: Path, folder: Path
) -> None:
    google.seed(long_letters())
    with EmbeddedPostgres(small_disk / "pg") as server, cafe(server, folder, google, lapse=1000) as here:
        here.connect()
        held = google.hold(GET, skip=20)
        here.press()
        held.wait()
        ballast = fill(small_disk)
        held.release()
        until(lambda: here.run().get("error") == "the disk of the database is full", 60)
        page = html.unescape(here.running.service.get("/mail", HTML).text)
        assert "The disk of the database is full. It goes on at" in page
        told.append(("the disk of the database is full", "on the mail page: The disk of the database is full"))
        ballast.unlink()
        assert here.end()["state"] == "done"
        found = [row.message_id for row in here.ask("SELECT message_id FROM messages")]
        assert sorted(found) == sorted(f"<{number}@example.com>" for number in range(MAILS))
        assert here.health()[0] == "ok"
