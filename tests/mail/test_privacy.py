"""Nothing of a visitor's mail is in any log, at any level: rcmail's, its command's, PostgreSQL's."""

import json
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

import psycopg2
import pytest

from rcmail.db.embedded import PORT, SUPERUSER, EmbeddedPostgres
from tests.mail.letters import GROUP, letter, mbox
from tests.support import Service, postgres_config, run_rcmail, service_environment

# In the subject, the names, the addresses, the text, an attachment's name and a note.
PLANTED = ("Zwartbessenmoes", "Quispelturf", "quispelturf", "Knarrenbakkes", "Oorlogsvaartje", "Hupseflups")
LETTERS = [
    letter(
        sender="Quispelturf <quispelturf@example.com>",
        subject=f"Zwartbessenmoes {number}",
        text=f"Mijn Knarrenbakkes is kapot. {number}",
        date=datetime(2026, 11, 1, 12, number, tzinfo=UTC),
        Message_ID=f"<Oorlogsvaartje.{number}@example.com>",
    )
    for number in range(20)
]


@pytest.fixture
def server(tmp_path: Path) -> "EmbeddedPostgres":
    return EmbeddedPostgres(tmp_path / "postgresql", {"log_statement": "none"})


def sql(server: EmbeddedPostgres, statement: str) -> None:
    connection = psycopg2.connect(host=str(server.socket), port=PORT, user=SUPERUSER, dbname="rcmail")
    connection.autocommit = True
    connection.cursor().execute(statement)
    connection.close()


def note(service: Service, conversation: int, text: str) -> None:
    """Which the database refuses: 500."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{service.port}/mail/{conversation}",
        json.dumps({"note": text}).encode(),
        {"Content-Type": "application/json"},
        method="PUT",
    )
    with pytest.raises(urllib.error.HTTPError, match="500"):
        urllib.request.urlopen(request, timeout=10)


def test_no_log_has_anything_of_a_mail(server: EmbeddedPostgres, tmp_path: Path) -> None:
    path = tmp_path / "some.mbox"
    path.write_bytes(mbox(*LETTERS))
    said: list[str] = []
    with server:
        database = postgres_config(str(server.socket), port=PORT)
        env = service_environment(database, LOG_LEVEL="DEBUG", PASSWORD_REQUIRED="false")
        env |= {"STATE_DIRECTORY": str(tmp_path / "state")}
        (tmp_path / "state").mkdir()

        def bring_in() -> int:
            result = run_rcmail("import", str(path), "--address", GROUP, "--json", env=env, cwd=tmp_path)
            said.extend((result.stdout, result.stderr))
            return result.returncode

        assert run_rcmail("migrate", env=env, cwd=tmp_path).returncode == 0
        # Every way in which a statement that holds mail can fail: refused by a rule, of a wrong type, too slow.
        for fault, mended in (
            ("ADD CONSTRAINT odd CHECK (subject = '') NOT VALID", "DROP CONSTRAINT odd"),
            ("ALTER subject TYPE varchar(3)", "ALTER subject TYPE text"),
            ("RENAME subject TO elsewhere", "RENAME elsewhere TO subject"),
        ):
            sql(server, f"ALTER TABLE messages {fault}")
            assert bring_in() == 1
            sql(server, f"ALTER TABLE messages {mended}")
        assert bring_in() == 0
        service = Service(tmp_path, env)
        service.start()
        listed = service.get("/mail?q=Zwartbessenmoes").json()["conversations"]
        assert len(listed) == 20
        for address in (f"/mail/{listed[0]['id']}", "/mail?q=Knarrenbakkes", "/mail?language=Quispelturf"):
            service.get(address, headers={"Accept": "text/html"})
        sql(server, "ALTER TABLE conversations ADD CONSTRAINT odd CHECK (note = '') NOT VALID")
        note(service, listed[0]["id"], "Hupseflups")
        service.stop()
        said.append(service.output)
    said.append(server.log.read_text())
    assert "mail_imported" in "".join(said)
    assert "violates check constraint" in said[-1]
    everything = "\n".join(said)
    assert [word for word in PLANTED if word in everything] == []
