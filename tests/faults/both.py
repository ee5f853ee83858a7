"""Service and worker, each a process of its own, on one PostgreSQL: what is killed in turns."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rcmail.db.embedded import EmbeddedPostgres
from tests.faults.conftest import env_for
from tests.faults.test_worker import Ours
from tests.support import Service


@dataclass(frozen=True)
class Both:
    service: Service
    worker: Service
    ours: Ours
    state: Path
    """The folder that belongs to rcmail."""


@contextmanager
def both(server: EmbeddedPostgres, folder: Path, **variables: str) -> Iterator[Both]:
    """They run inside the block, with more ``variables``; ``folder`` is empty."""
    state, work = folder / "state", folder / "work"
    for each in (state, work):
        each.mkdir()
    env = env_for(server, STATE_DIRECTORY=str(state), **variables)
    service, worker = Service(folder, env), Service(work, env, ("work",))
    try:
        service.start()
        worker.start(wait=0)
        yield Both(service, worker, Ours(server, env, folder), state)
    finally:
        for process in (service, worker):
            process.stop(signal.SIGKILL)
