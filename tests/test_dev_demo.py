"""`make run` on a new database: the demonstration comes by itself, once, and not where it is not wanted."""

import time
from collections.abc import Callable
from pathlib import Path

from tests.support import Service, clean_environment, run_rcmail, serving

HTML = {"Accept": "text/html"}
MARK = "This is the demonstration"


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def environment(**variables: str) -> dict[str, str]:
    """As a fresh checkout has it: nothing is said of the demonstration."""
    found = clean_environment(OLLAMA_BASE_URL="", **variables)
    if "DEMO" not in variables:
        del found["DEMO"]
    return found


def waiting(service: Service) -> int:
    return len(service.get("/mail?state=waiting&limit=100").json()["conversations"])


def test_it_is_there_after_some_seconds_and_does_not_come_back_after_it_was_removed(folder: Path) -> None:
    with serving(folder, environment(), ("dev",)) as service:
        until(lambda: waiting(service) == 12)
        assert MARK in service.get("/", HTML).text
        assert service.post("/mail/demonstration/remove", {}).status == 200
        assert service.get("/mail?state=all").json()["conversations"] == []
        assert service.stop() == 0
    with serving(folder, environment(), ("dev",)) as again:
        assert MARK not in again.get("/", HTML).text
        until(lambda: len(again.events("worker_started")) == 2)
        assert again.get("/mail?state=all").json()["conversations"] == []
        assert len(again.events("demonstration_loaded")) == 1
        assert again.stop() == 0


def test_an_import_from_the_shell_takes_its_place(folder: Path) -> None:
    with serving(folder, environment(), ("dev",)) as service:
        until(lambda: waiting(service) == 12)
        mail = Path(__file__).parent / "data/mailbox/mailbox.mbox"
        done = run_rcmail(
            "import", str(mail), "--address", "repaircafe.debrug@gmail.example", env=environment(), cwd=folder
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("348 new, 0 known"), done.stdout
        assert MARK not in service.get("/", HTML).text
        assert service.stop() == 0


def test_where_it_is_not_wanted_it_does_not_come(folder: Path) -> None:
    with serving(folder, environment(DEMO="false"), ("dev",)) as service:
        until(lambda: service.events("worker_started"))
        text = service.get("/", HTML).text
        assert MARK not in text
        assert "There is no mail here yet" in text
        assert service.stop() == 0
