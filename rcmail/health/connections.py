"""Connection tests: what the configuration page finds out about the values that are typed, saved or not."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from rcmail.errors import InvalidSettings, Unconfigured, Unreachable
from rcmail.health.base import Check, ConnectionStatus, Tried

logger = logging.getLogger("rcmail.config")

LIMIT: Final = 4.5  # seconds; an answer is promised within 5
# What answers is a stranger and may be dear to read. Others wait.
_AT_ONCE: Final = 2
# Addresses that are tried within a minute: nobody mistypes as many, and to look through the ports of this machine
# takes days. Whoever presses the button again tries the same one, and may.
_ADDRESSES: Final = 20
_MINUTE: Final = 60.0


class ConnectionTests:
    """The tests that some of ``checks`` have, each with an answer within ``limit`` seconds.

    ``clock`` tells seconds that nobody sets.
    """

    def __init__(
        self, checks: Iterable[Check], *, limit: float = LIMIT, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._checks = {check.name: check for check in checks if check.test}
        self._limit = limit
        self._clock = clock
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._tried: dict[str, float] = {}
        """When each address was last tried."""

    @property
    def labels(self) -> dict[str, str]:
        """What can be tried: how it is called on a page, by its name."""
        return {name: check.label for name, check in self._checks.items()}

    async def run(self, service: str, typed: Mapping[str, str]) -> Tried:
        """Try ``service``; never raises for what the other side does, and KeyError where there is no such test."""
        check = self._checks[service]
        context = {"target": service}
        if address := check.address(typed):
            context["address"] = address
        if refusal := self._refusal(address):
            tried = Tried(ConnectionStatus.BUSY, refusal)
        else:
            logger.info("connection_test_begun", extra=context)
            tried = await self._outcome(check, typed)
        logger.log(
            logging.INFO if tried.status is ConnectionStatus.OK else logging.WARNING,
            "connection_test_result",
            extra=context | {"status": tried.status.value, "detail": tried.detail},
        )
        return tried

    async def find_models(self, service: str) -> tuple[str, ...]:
        """The models that the saved endpoint of ``service`` has, none where it does not answer."""
        return (await self._outcome(self._checks[service], {})).models

    def refusal(self, service: str, typed: Mapping[str, str]) -> str:
        """Why ``service`` must not be tried at the address that is ``typed``; empty where it may, which counts."""
        return self._refusal(self._checks[service].address(typed))

    def _refusal(self, address: str) -> str:
        now = self._clock()
        self._tried = {known: at for known, at in self._tried.items() if now - at < _MINUTE}
        if not address:
            return ""
        if address not in self._tried and len(self._tried) >= _ADDRESSES:
            return f"{_ADDRESSES} other addresses were tried in the last minute; wait a while, and try again"
        self._tried[address] = now
        return ""

    async def _outcome(self, check: Check, typed: Mapping[str, str]) -> Tried:
        """Within the limit, of which no more than half is spent waiting: the rest must be enough for an answer."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._limit
        try:
            async with asyncio.timeout(self._limit / 2):
                await self._turns.acquire()
        except TimeoutError:
            return Tried(ConnectionStatus.BUSY, "too many are tried at this moment; try again in a few seconds")
        try:
            return await self._try(check, typed, deadline - loop.time())
        finally:
            self._turns.release()

    async def _try(self, check: Check, typed: Mapping[str, str], limit: float) -> Tried:
        assert check.test is not None  # noqa: S101 - for the type: __init__ takes no other
        try:
            async with asyncio.timeout(limit):
                return await check.test(typed)
        except InvalidSettings as error:
            name, what = next(iter(error.problems.items()))
            return Tried(ConnectionStatus.INVALID, f"{name} {what}")
        except Unconfigured as error:
            return Tried(ConnectionStatus.UNCONFIGURED, str(error))
        except Unreachable as error:
            return Tried(ConnectionStatus.UNREACHABLE, str(error))
        except TimeoutError:
            return Tried(ConnectionStatus.UNREACHABLE, f"timed out after {limit:.1f} s")
        except Exception:
            logger.exception("connection_test_crashed", extra={"target": check.name})
            return Tried(ConnectionStatus.UNREACHABLE, "the test failed; see the log")
