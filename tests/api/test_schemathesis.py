"""schemathesis against the running service: what docs/openapi.yaml promises is kept, for every sort of request."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT, clean_environment, serving


@pytest.mark.api
@pytest.mark.timeout(600)
def test_the_json_surface_is_what_its_description_says(service_env: dict[str, str], folder: Path) -> None:
    env = service_env | {"PASSWORD_REQUIRED": "true", "STATE_DIRECTORY": str(folder)}
    with serving(folder, env) as service:
        service.come_in()
        options = "--checks all --mode all --max-examples 60 --generation-deterministic"
        options += " --request-timeout 10 --continue-on-failure --no-color"
        options += " --exclude-path /door/sign-out"  # the session is for all of them
        options += " --warnings off"  # it guesses no number of a conversation that is there
        options += " --exclude-path /mail/import"  # it can make no mailbox; tests/web/test_mail.py can
        options += f" --url http://127.0.0.1:{service.port}"
        program = Path(sys.executable).parent / "schemathesis"
        result = subprocess.run(
            [
                *(str(program), "run", str(ROOT / "docs/openapi.yaml"), *options.split()),
                *("--exclude-name", "GET /sign-in"),  # leads on to a page, where the header below is not sent
                *("--header", f"Cookie: {service.session['Cookie']}"),
            ],
            env=clean_environment(SCHEMATHESIS_HOOKS="tests.api.hooks"),
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=500,
            check=False,
        )
        print(result.stdout)
        assert result.returncode == 0, result.stdout + result.stderr
        assert "No issues found" in result.stdout
        assert service.events("request_failed") == []
