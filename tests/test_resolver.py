"""Name look-ups: right, and no reason to wait at the end."""

import socket
import subprocess
import sys
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
