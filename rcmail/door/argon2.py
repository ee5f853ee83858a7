"""Passwords as Argon2id makes them (RFC 9106), from libsodium: https://doc.libsodium.org/password_hashing"""

import asyncio
from typing import Final

from nacl import exceptions, pwhash

from rcmail.process.threads import in_daemon_thread

# OWASP's password storage cheat sheet asks for 19 MiB and 2 passes at least. 32 MiB are a sixteenth of the unit's
# MemoryMax=, and three passes are some 0.1 s on a Pi 5.
_MEMORY: Final = 32 * 1024 * 1024
_PASSES: Final = 3


class Argon2:
    """One at a time, in a thread: however many ask, it is one core and 32 MiB."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)

    async def hash(self, password: str) -> str:
        """What is stored of ``password``, with a salt and its own parameters in it."""
        async with self._turn:
            made = await in_daemon_thread(
                lambda: pwhash.argon2id.str(password.encode(), opslimit=_PASSES, memlimit=_MEMORY), "argon2"
            )
        return made.decode("ascii")

    async def matches(self, stored: str, password: str) -> bool:
        """Whether ``stored`` was made of ``password``; False too for what is no hash."""
        async with self._turn:
            return await in_daemon_thread(lambda: _verify(stored, password), "argon2")


def _verify(stored: str, password: str) -> bool:
    try:
        return pwhash.argon2id.verify(stored.encode(), password.encode())
    except (exceptions.InvalidkeyError, exceptions.ValueError):
        return False
