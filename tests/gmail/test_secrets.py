"""Client, tokens and codes stand in no log, page, list of processes, table or dump."""

import re
import subprocess
from pathlib import Path

import psutil
import pytest

from rcmail.db.embedded import SUPERUSER, EmbeddedPostgres, programs
from tests.faults.conftest import HTML, until
from tests.gmail import faults
from tests.gmail.cafe import Cafe, cafe
from tests.gmail.google import API, Google
from tests.gmail.grants import CLIENT_SECRET
from tests.gmail.loading import generated
from tests.support import SECRET_KEY

PAGES = ("/", "/config", "/mail", "/health", "/logs", "/logs?level=DEBUG", "/mail/sync", "/mail/drafts/sync")


def dump(server: EmbeddedPostgres) -> str:
    command = [str(programs() / "pg_dump"), "-h", str(server.socket), "-p", str(server.port), "-U", SUPERUSER]
    return subprocess.run([*command, "rcmail"], capture_output=True, text=True, check=True).stdout


def shown(here: Cafe, server: EmbeddedPostgres) -> dict[str, str]:
    """Everything that anybody can look at, by where it is."""
    service, worker = here.running.service, here.running.worker
    pages = {f"page {path}": service.get(path, HTML).text for path in PAGES}
    answers = {f"json {path}": service.get(path).text for path in PAGES}
    processes = " ".join(" ".join(each.info["cmdline"] or []) for each in psutil.process_iter(["cmdline"]))
    logs = {"service's log": service.output, "worker's log": worker.output}
    return pages | answers | logs | {"processes": processes, "dump": dump(server)}


@pytest.mark.timeout(200)
def test_no_secret_is_anywhere(google: Google, own_postgres: EmbeddedPostgres, folder: Path) -> None:
    google.seed(generated(10))
    with cafe(own_postgres, folder, google, lapse=50) as here:
        consent = here.post("/config/mailbox", {})["consent"]
        pasted = google.agree(consent)
        here.post("/config/mailbox/finish", {"address": pasted})
        assert here.sync()["state"] == "done"
        google.grants.expire()
        google.plan(faults.NOT_ENABLED, rf"GET {API}", times=None)
        here.press()
        until(lambda: here.health()[0] == "unreachable", 60)
        google.heal()
        google.plan(faults.REVOKED, "POST /token", times=None)
        google.grants.expire()
        assert here.sync()["state"] == "failed"
        [code] = re.findall(r"[?&]code=([^&]+)", pasted)
        [state] = re.findall(r"[?&]state=([^&]+)", pasted)
        secrets = {CLIENT_SECRET, SECRET_KEY, code, state, *google.grants.all_tokens()}
        assert len(secrets) > 5
        found = shown(here, own_postgres)
        assert "emulate" not in found["dump"]
        assert google.emulate.group in found["dump"]  # it is one
        for where, text in found.items():
            assert not [secret[:8] for secret in secrets if secret in text], where
