"""What was saved is there after a restart; tests/faults/test_kills.py has it killed meanwhile."""

from pathlib import Path

from tests.support import Service, serving

Env = dict[str, str]


def saved(service: Service) -> dict[str, str | None]:
    values: dict[str, str | None] = service.get("/config").json()
    return values


def test_what_was_saved_is_there_after_a_restart(service_env: Env, folder: Path) -> None:
    values = {
        "llm_endpoint": "http://127.0.0.1:9",
        "llm_model": "m",
        "event_date": "2030-01-05",
        "event_location": "Über here",
        "event_offerings": "Bikes, Toasters",
    }
    with serving(folder, service_env) as service:
        assert service.post("/config", values).status == 200
        assert service.stop() == 0
        service.start()
        assert saved(service).items() >= values.items()
        assert service.events("startup_complete")[-1]["event_date"] == "2030-01-05"
