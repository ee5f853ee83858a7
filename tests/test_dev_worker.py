"""The worker of `make run`: one Ctrl-C ends all, so does kill -9, and one that died is begun again."""

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.support import Service, clean_environment, serving


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def dev(folder: Path) -> Iterator[Service]:
    """What `make run` runs, with its worker at work."""
    with serving(folder, clean_environment(OLLAMA_BASE_URL="", SECRET_KEY="k" * 40), ("dev",)) as service:
        until(lambda: service.events("worker_started"))
        yield service


def workers(service: Service) -> list[psutil.Process]:
    children = psutil.Process(service.pid).children()
    return [child for child in children if "--with-parent" in child.cmdline()]


def is_gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_ends_the_service_its_worker_and_its_database(how: signal.Signals, dev: Service) -> None:
    children = psutil.Process(dev.pid).children(recursive=True)
    assert len(workers(dev)) == 1
    assert dev.stop(how, timeout=30) == 0
    assert all(is_gone(child) for child in children)
    assert dev.events("worker_ended")
    assert not dev.events("process_begun_again")
    assert not dev.events("worker_waits")


def test_after_kill_9_of_the_service_the_worker_is_gone_within_five_seconds(dev: Service) -> None:
    [worker] = workers(dev)
    dev.stop(signal.SIGKILL)
    until(lambda: is_gone(worker), 20)  # 5, and some for a machine with much to do


def test_a_worker_that_hangs_ends_with_the_service_all_the_same(dev: Service) -> None:
    [worker] = workers(dev)
    worker.suspend()
    began = time.monotonic()
    assert dev.stop(timeout=40) == 0
    assert is_gone(worker)
    assert time.monotonic() - began < 30


def test_a_worker_that_dies_is_begun_again_and_the_log_tells(dev: Service) -> None:
    [worker] = workers(dev)
    worker.kill()
    until(lambda: len(dev.events("worker_started")) == 2)
    [told] = dev.events("process_begun_again")
    assert (told["command"], told["exit_code"]) == ("worker", -signal.SIGKILL)
    assert dev.stop() == 0
