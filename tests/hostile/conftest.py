"""A service of its own for each module: hostile clients must not meet what another test left behind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import Service, serving


@pytest.fixture
def service(service_env: dict[str, str], folder: Path) -> Iterator[Service]:
    """A running service that is well at the end, and has told of no mistake."""
    with serving(folder, service_env) as service:
        yield service
        assert service.get("/health").json()["checks"]["db"] == "ok"
        mistakes = [line for line in service.output.splitlines() if "Traceback" in line or '"ERROR"' in line]
        assert not mistakes
        assert service.stop() == 0
