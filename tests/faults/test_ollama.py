"""The language model refuses, hangs, trickles, floods, talks nonsense, or has a name that nobody looks up."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final

import psutil
import pytest

from rcmail.config import PostgresConfig
from tests.fakes.ollama import OllamaThread
from tests.faults.conftest import HTML, Note, health, is_ok, until
from tests.support import Answer, Service, service_environment, serving

BANNER: Final = "AI features unavailable — LLM unreachable"
NEITHER = "it is neither Ollama nor llama.cpp’s server"
BEHAVIOURS: Final = {
    "hang": "timed out after 3 s",
    "hang-after-headers": "timed out after 3 s",
    "trickle": "timed out after 3 s",
    "trickle-for-ever": "timed out after 3 s",
    "reset": "the connection broke off",
    "garbage": "something answers there, but it does not speak HTTP as it should",
    "html": f"something answers there, but {NEITHER}",
    "flood": f"something answers there with far too much data; {NEITHER}",
    "flood-for-ever": f"something answers there with far too much data; {NEITHER}",
    "500": "something answers there, but with HTTP status 500",
    "redirect": "something answers there, but sends us elsewhere; give the final address",
}


def pss(service: Service) -> float:
    """Proportional set size in MiB: what this process really costs."""
    rollup = Path(f"/proc/{service.pid}/smaps_rollup").read_text()
    return int(rollup.split("Pss:")[1].split()[0]) / 1024


@pytest.fixture
def service(database_config: PostgresConfig, folder: Path, ollama_thread: OllamaThread) -> Iterator[Service]:
    env = service_environment(database_config) | {"OLLAMA_BASE_URL": ollama_thread.url}
    with serving(folder, env) as service:
        until(lambda: is_ok(service, "llm"))
        yield service


def seconds_of(ask: Callable[[], Answer]) -> float:
    began = time.monotonic()
    assert ask().status == 200
    return time.monotonic() - began


def assert_told(service: Service, sentence: str) -> float:
    """As it must be while the language model is not well; the seconds of the slowest answer."""
    with ThreadPoolExecutor() as pool:
        waiting = [
            pool.submit(seconds_of, partial(service.get, "/health")),
            pool.submit(seconds_of, partial(service.post, "/config/test/llm", {})),
        ]
        until(lambda: health(service, "llm") == ("unreachable", sentence))
        for path in ("/", "/health", "/config", "/logs"):
            began = time.monotonic()
            page = service.get(path, HTML)
            assert time.monotonic() - began < 2, "a page waits for a check"
            assert page.status == 200
            assert BANNER in page.text
        slowest = max(answer.result() for answer in waiting)
    assert slowest < 7  # 4.5, and some for a machine with much to do
    assert is_ok(service, "db")
    assert service.post("/config", {"event_location": "here"}).status == 200
    return slowest


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_whatever_the_language_model_does_is_told_in_time_and_over_when_it_is_over(
    behaviour: str, service: Service, ollama_thread: OllamaThread, note: Note
) -> None:
    assert BANNER not in service.get("/", HTML).text
    before = pss(service)
    ollama_thread.fake.behaviour = behaviour
    slowest = assert_told(service, BEHAVIOURS[behaviour])
    assert pss(service) - before < 12
    ollama_thread.fake.behaviour = "ok"
    recovery = until(lambda: is_ok(service, "llm"))
    assert BANNER not in service.get("/", HTML).text
    assert service.post("/config/test/llm", {}).json()["status"] == "ok"
    assert not service.events("health_check_crashed")
    assert not service.events("connection_test_crashed")
    note(f"Ollama: {behaviour}", f"“{BEHAVIOURS[behaviour]}”, after {slowest:.1f} s at most", recovery)


def test_a_language_model_that_is_stopped_is_found_again_when_it_is_started(
    service: Service, ollama_thread: OllamaThread, note: Note
) -> None:
    ollama_thread.refuse()
    slowest = assert_told(service, "connection refused")
    ollama_thread.start_again()
    recovery = until(lambda: is_ok(service, "llm"))
    note("Ollama: stopped and started", f"“connection refused”, after {slowest:.1f} s at most", recovery)


def test_dead_dns_costs_the_check_and_neither_pages_nor_threads(
    database_config: PostgresConfig, folder: Path, dead_dns: str, note: Note
) -> None:
    env = service_environment(database_config) | {"OLLAMA_BASE_URL": "http://ollama.example.org:11434"}
    service = Service(folder, env)
    service._command = ["unshare", "--mount", "sh", "-c", dead_dns, "sh", *service._command]
    service.start()
    try:
        slowest = assert_told(service, "timed out after 3 s")
        before = psutil.Process(service.pid).num_threads()
        # A crowd that tries names, each of which takes the resolver 10 s and more to give up.
        statuses: list[str] = []

        def test(number: int) -> None:
            typed = {"llm_endpoint": f"http://host{number}.example.org"}
            statuses.append(service.post("/config/test/llm", typed).json()["status"])

        crowd = [threading.Thread(target=test, args=(number,)) for number in range(60)]
        for member in crowd:
            member.start()
        time.sleep(1)
        threads = psutil.Process(service.pid).num_threads() - before
        began = time.monotonic()
        page = service.get("/", HTML)
        waited = time.monotonic() - began
        for member in crowd:
            member.join()
        assert threads <= 20  # TasksMax=128 is for everything
        assert page.status == 200
        assert waited < 2
        assert set(statuses) == {"unreachable", "busy"}  # few at a time, and few addresses within a minute
        assert is_ok(service, "db")
        assert not service.events("connection_test_crashed")
        assert not service.events("health_check_crashed")
        assert service.stop(timeout=5) == 0
    finally:
        if service.process and service.process.poll() is None:
            service.process.kill()
    note("dead DNS, 60 names tried at once", f"“timed out after 3 s”, after {slowest:.1f} s at most; pages open")
