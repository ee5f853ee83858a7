"""Name look-ups: right, and no reason to wait at the end."""

import asyncio
import socket
import subprocess
import sys
import threading
import time

import pytest

from rcmail.resolver import Resolver, look_up
from tests.support import clean_environment


async def test_a_name_has_its_addresses() -> None:
    assert "127.0.0.1" in {address for _, _, address, _ in await look_up("localhost", 80, socket.AF_INET)}
    [first, *_] = await Resolver().resolve("localhost", 80)
    assert (first["host"], first["port"], first["hostname"]) == ("127.0.0.1", 80, "localhost")


async def test_an_unknown_name_is_an_oserror() -> None:
    with pytest.raises(OSError):
        await look_up("nowhere.invalid", 80)


async def test_of_many_names_only_some_are_looked_up_at_once_and_each_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    goes_on = threading.Event()

    def hang(host: str, *_: object, **__: object) -> list[object]:
        asked.append(host)
        goes_on.wait(20)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (f"192.0.2.{host}", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    callers = [asyncio.create_task(look_up(str(number % 30), 80)) for number in range(90)]
    await asyncio.sleep(0.2)
    most = len(asked)
    impatient = callers.pop(0)
    impatient.cancel()
    goes_on.set()
    found = await asyncio.gather(*callers)
    assert 0 < most <= 12
    assert [addresses[0][2] for addresses in found] == [f"192.0.2.{number % 30}" for number in range(1, 90)]
    assert sorted(asked) == sorted({str(number) for number in range(30)})
    assert impatient.cancelled()


HANGS = """
import asyncio, socket, time
socket.getaddrinfo = lambda *_, **__: time.sleep(30)
from rcmail.resolver import look_up
async def main():
    try:
        async with asyncio.timeout(0.2):
            await look_up("example.org", 80)
    except TimeoutError:
        print("gave up")
asyncio.run(main())
"""


def test_a_look_up_that_hangs_does_not_hold_up_the_end_of_the_process() -> None:
    began = time.monotonic()
    result = subprocess.run(
        [sys.executable, "-c", HANGS], env=clean_environment(), capture_output=True, text=True, check=True
    )
    assert result.stdout == "gave up\n"
    assert time.monotonic() - began < 15
