"""Saves while the service is killed: what was acknowledged is there."""

import json
import signal
import threading
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from tests.support import Service, serving

Env = dict[str, str]


def post(service: Service, values: dict[str, str]) -> int:
    request = urllib.request.Request(
        f"http://127.0.0.1:{service.port}/config",
        data=json.dumps(values).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=5) as response:
        status: int = response.status
        return status


def saved(service: Service) -> dict[str, str | None]:
    values: dict[str, str | None] = service.get("/config").json()
    return values


def check(now: dict[str, str | None], last: int, tries: int) -> None:
    """What was acknowledged last stands there, or a later try that found no time to be; and all of it does."""
    number = int((now["llm_model"] or "model-0").removeprefix("model-"))
    assert last <= number <= tries
    assert now["event_location"] == f"at {number}"


def test_what_was_saved_is_there_after_a_restart(service_env: Env, folder: Path) -> None:
    values = {
        "llm_endpoint": "http://127.0.0.1:9",
        "llm_model": "m",
        "event_date": "2030-01-05",
        "event_location": "Über here",
        "event_offerings": "Bikes, Toasters",
    }
    with serving(folder, service_env) as service:
        assert post(service, values) == 200
        assert service.stop() == 0
        service.start()
        assert saved(service) == values
        assert service.events("startup_complete")[-1]["event_date"] == "2030-01-05"


def test_of_200_saves_and_more_while_the_service_is_killed_no_acknowledged_one_is_lost(
    service_env: Env, folder: Path
) -> None:
    with serving(folder, service_env) as service:
        done = threading.Event()

        def kill_again_and_again() -> None:
            while not done.wait(0.3):
                service.stop(signal.SIGKILL)
                service.start()

        killer = threading.Thread(target=kill_again_and_again)
        killer.start()
        try:
            acknowledged, last, tries = 0, 0, 0
            while acknowledged < 200 or len(service.events("startup_complete")) < 6:
                tries += 1
                assert tries < 20_000
                try:
                    assert post(service, {"llm_model": f"model-{tries}", "event_location": f"at {tries}"}) == 200
                except OSError:
                    time.sleep(0.02)
                    continue
                acknowledged, last = acknowledged + 1, tries
                with suppress(OSError):  # killed in between; there is a next time
                    check(saved(service), last, tries)
        finally:
            done.set()
            killer.join()
        check(saved(service), last, tries)
