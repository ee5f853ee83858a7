"""A client, a fake of llama.cpp's server, and a real one for the tests that are marked ``llm``."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from rcmail.client import make_http_client
from tests.fakes.llamacpp import FakeLlamaCpp
from tests.llm import real
from tests.llm.real import LlamaServer, ready


@pytest.fixture(scope="session")
def model_file() -> Path:
    return real.model_file()


@pytest.fixture(scope="module")
def llama_server(model_file: Path) -> Iterator[LlamaServer]:
    with ready(LlamaServer(model_file)) as server:
        yield server


@pytest.fixture
def own_llama_server(model_file: Path) -> Iterator[LlamaServer]:
    """One that a test may start, kill and have fall asleep."""
    server = LlamaServer(model_file, sleep=1)
    yield server
    server.kill()


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with make_http_client() as client:
        yield client


@pytest.fixture
async def llama() -> AsyncIterator[FakeLlamaCpp]:
    async with FakeLlamaCpp() as llama:
        yield llama
