"""Connection tests: few at a time, within their limit, and no way to look through the ports of a machine."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager

import pytest

from rcmail.client import make_http_client
from rcmail.health import llm
from rcmail.health.base import Check, ConnectionStatus, Finding, Tried
from rcmail.health.connections import ConnectionTests
from rcmail.llm.current import CurrentLLM
from rcmail.settings.store import SettingsStore
from tests.fakes.ollama import OllamaThread

OK = Tried(ConnectionStatus.OK, "well")


@pytest.fixture
def stranger() -> Iterator[OllamaThread]:
    """A server beside the loop that is measured."""
    thread = OllamaThread()
    yield thread
    thread.close()


@asynccontextmanager
async def longest_pause() -> AsyncIterator[list[float]]:
    """How long the event loop stood still inside the block, in seconds, once that is over."""
    pauses = [0.0]

    async def tick() -> None:
        last = time.monotonic()
        while True:
            await asyncio.sleep(0.002)
            now = time.monotonic()
            pauses[0] = max(pauses[0], now - last)
            last = now

    task = asyncio.create_task(tick())
    yield pauses
    await asyncio.sleep(0.01)  # one more tick, or the last pause would go unseen
    task.cancel()


def nested(size: int) -> bytes:
    """JSON of about ``size`` bytes that is nothing but brackets."""
    piece = b"[" * 10 + b"]" * 10
    return b'{"models": [' + b",".join([piece] * (size // 21)) + b"]}"


@pytest.mark.parametrize("size", [2_000_000, 250_000])
async def test_sixty_tests_of_a_server_that_sends_nested_json_stop_nobody(
    size: int, stranger: OllamaThread
) -> None:
    stranger.fake.answers |= {"/api/tags": nested(size), "/api/version": nested(size)}
    typed = {"llm_endpoint": stranger.url, "llm_model": "m"}
    async with make_http_client() as client:
        store = SettingsStore(None)  # type: ignore[arg-type] # all is typed, nothing is read
        tests = ConnectionTests([llm.check(CurrentLLM(store, client, ""))])
        async with longest_pause() as pauses:
            tried = await asyncio.gather(*(tests.run("llm", typed) for _ in range(60)))
    assert pauses[0] < 2  # hundredths as a rule; the watchdog waits 30
    assert all(each.status != ConnectionStatus.OK for each in tried)


async def test_two_are_tried_at_a_time_and_whoever_waits_in_vain_is_told() -> None:
    under_way, most = 0, 0

    async def hang(_: Mapping[str, str]) -> Tried:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        try:
            await asyncio.sleep(60)
        finally:
            under_way -= 1
        return OK

    tests = ConnectionTests([Check("x", "X", lambda: Finding(""), test=hang)], limit=0.3)
    tried = await asyncio.gather(*(tests.run("x", {}) for _ in range(6)))
    assert most == 2
    details = [(each.status.value, each.detail) for each in tried]
    assert details.count(("unreachable", "timed out after 0.3 s")) == 2
    assert details.count(("busy", "too many are tried at this moment; try again in a few seconds")) == 4


class Ports:
    """A test that takes an address, and notes which it tried."""

    def __init__(self) -> None:
        self.tried: list[str] = []
        self.now = 0.0
        check = Check("x", "X", lambda: Finding(""), test=self._try, address=lambda typed: typed.get("at", ""))
        self.tests = ConnectionTests([check], clock=lambda: self.now)

    async def _try(self, typed: Mapping[str, str]) -> Tried:
        self.tried.append(typed.get("at", ""))
        return OK

    async def at(self, address: str) -> str:
        return (await self.tests.run("x", {"at": address})).status.value


async def test_the_ports_of_a_machine_cannot_be_looked_through() -> None:
    ports = Ports()
    answers = [await ports.at(f"127.0.0.1:{port}") for port in range(1, 101)]
    assert answers == ["ok"] * 20 + ["busy"] * 80
    assert len(ports.tried) == 20
    ports.now = 59
    assert await ports.at("127.0.0.1:21") == "busy"
    ports.now = 61
    assert await ports.at("127.0.0.1:11") == "ok"


async def test_whoever_tries_the_same_address_again_and_again_is_never_kept_from_it() -> None:
    ports = Ports()
    assert [await ports.at("pi:11434") for _ in range(100)] == ["ok"] * 100
    for port in range(40):
        await ports.at(f"127.0.0.1:{port}")
    assert await ports.at("pi:11434") == "ok"
    assert await ports.at("") == "ok", "what takes no address is not counted"


async def test_the_address_that_is_tried_or_refused_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "rcmail.config")
    ports = Ports()
    for port in range(21):
        await ports.at(f"127.0.0.1:{port}")
    logged = [(r.message, r.__dict__["address"]) for r in caplog.records]
    assert [address for event, address in logged if event == "connection_test_begun"] == [
        f"127.0.0.1:{port}" for port in range(20)
    ]
    assert ("connection_test_result", "127.0.0.1:20") in logged


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ({"llm_endpoint": "http://127.0.0.1:22/"}, "127.0.0.1:22"),
        ({"llm_endpoint": "HTTP://Pi.local/ollama"}, "pi.local:80"),
        ({"llm_endpoint": "https://[::1]"}, "[::1]:443"),
        ({"llm_endpoint": ""}, "default:1"),
        ({"llm_model": "m"}, "default:1"),
        ({"llm_endpoint": "http://user:hunter2@host"}, ""),
        ({"llm_endpoint": "x" * 3000}, ""),
        ({"llm_endpoint": "http://127.1:1"}, ""),
    ],
)
def test_an_address_is_a_host_and_a_port(typed: dict[str, str], address: str) -> None:
    current = CurrentLLM(SettingsStore(None), None, "http://default:1")  # type: ignore[arg-type]
    check = llm.check(current)
    assert check.address(typed) == address
