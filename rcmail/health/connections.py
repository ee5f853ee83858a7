"""Connection tests: what the configuration page finds out about the values that are typed, saved or not."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from typing import Final

from rcmail.errors import InvalidSettings, Unconfigured, Unreachable
from rcmail.health.base import Check, ConnectionStatus, Tried

logger = logging.getLogger("rcmail.config")

LIMIT: Final = 4.5  # seconds; an answer is promised within 5


class ConnectionTests:
    """The tests that some of ``checks`` have, each with an answer within ``limit`` seconds."""

    def __init__(self, checks: Iterable[Check], *, limit: float = LIMIT) -> None:
        self._checks = {check.name: check for check in checks if check.test}
        self._limit = limit

    @property
    def labels(self) -> dict[str, str]:
        """What can be tried: how it is called on a page, by its name."""
        return {name: check.label for name, check in self._checks.items()}

    async def run(self, service: str, typed: Mapping[str, str]) -> Tried:
        """Try ``service``; never raises for what the other side does, and KeyError where there is no such test."""
        check = self._checks[service]
        logger.info("connection_test_begun", extra={"target": service})
        tried = await self._outcome(check, typed)
        logger.log(
            logging.INFO if tried.status is ConnectionStatus.OK else logging.WARNING,
            "connection_test_result",
            extra={"target": service, "status": tried.status.value, "detail": tried.detail},
        )
        return tried

    async def find_models(self, service: str) -> tuple[str, ...]:
        """The models that the saved endpoint of ``service`` has, none where it does not answer."""
        return (await self._outcome(self._checks[service], {})).models

    async def _outcome(self, check: Check, typed: Mapping[str, str]) -> Tried:
        assert check.test is not None  # noqa: S101 - for the type: __init__ takes no other
        try:
            async with asyncio.timeout(self._limit):
                return await check.test(typed)
        except InvalidSettings as error:
            name, what = next(iter(error.problems.items()))
            return Tried(ConnectionStatus.INVALID, f"{name} {what}")
        except Unconfigured as error:
            return Tried(ConnectionStatus.UNCONFIGURED, str(error))
        except Unreachable as error:
            return Tried(ConnectionStatus.UNREACHABLE, str(error))
        except TimeoutError:
            return Tried(ConnectionStatus.UNREACHABLE, f"timed out after {self._limit:g} s")
        except Exception:
            logger.exception("connection_test_crashed", extra={"target": check.name})
            return Tried(ConnectionStatus.UNREACHABLE, "the test failed; see the log")
