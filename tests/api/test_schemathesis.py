"""schemathesis against the running service: what /openapi.json promises is kept, for every sort of request."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import clean_environment, serving


@pytest.mark.api
def test_the_json_surface_is_what_its_description_says(service_env: dict[str, str], folder: Path) -> None:
    with serving(folder, service_env) as service:
        options = "--checks all --mode all --max-examples 150 --generation-deterministic"
        options += " --request-timeout 10 --continue-on-failure --no-color"
        program = Path(sys.executable).parent / "schemathesis"
        result = subprocess.run(
            [str(program), "run", f"http://127.0.0.1:{service.port}/openapi.json", *options.split()],
            env=clean_environment(SCHEMATHESIS_HOOKS="tests.api.hooks"),
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        print(result.stdout)
        assert result.returncode == 0, result.stdout + result.stderr
        assert "No issues found" in result.stdout
        assert service.events("request_failed") == []
