"""Connection tests: what the configuration page finds out about the values that are typed, saved or not."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from rcmail.errors import InvalidSettings, Unconfigured, Unreachable

logger = logging.getLogger("rcmail.config")

LIMIT: Final = 4.5  # seconds; an answer is promised within 5


class ConnectionStatus(StrEnum):
    """How a connection test ended."""

    OK = "ok"
    UNREACHABLE = "unreachable"
    UNCONFIGURED = "unconfigured"
    MODEL_NOT_FOUND = "model_not_found"
    INVALID = "invalid"
    """What was typed is not valid, so nothing was tried."""


@dataclass(frozen=True, slots=True)
class ConnectionResult:
    """The outcome, with a sentence for the operator, and what was found out on the way."""

    service: str
    status: ConnectionStatus
    detail: str
    models: tuple[str, ...] = ()


class ConnectionTest(Protocol):
    """One service to try. Raises what the checks raise, and InvalidSettings."""

    @property
    def name(self) -> str: ...

    async def run(self, typed: Mapping[str, str]) -> ConnectionResult:
        """``typed`` holds the settings from the form by key; what is not in it is taken as saved."""


class ConnectionTests:
    """All connection tests, each with an answer within ``limit`` seconds."""

    def __init__(self, *tests: ConnectionTest, limit: float = LIMIT) -> None:
        self._tests = {test.name: test for test in tests}
        self._limit = limit

    def __contains__(self, service: object) -> bool:
        return service in self._tests

    async def run(self, service: str, typed: Mapping[str, str]) -> ConnectionResult:
        """Try ``service``; never raises for what the other side does."""
        logger.info("connection_test_begun", extra={"target": service})
        result = await self._outcome(self._tests[service], typed)
        logger.log(
            logging.INFO if result.status is ConnectionStatus.OK else logging.WARNING,
            "connection_test_result",
            extra={"target": service, "status": result.status.value, "detail": result.detail},
        )
        return result

    async def find_models(self) -> tuple[str, ...]:
        """The models that the saved LLM endpoint has, none where it does not answer."""
        return (await self._outcome(self._tests["llm"], {})).models

    async def _outcome(self, test: ConnectionTest, typed: Mapping[str, str]) -> ConnectionResult:
        try:
            async with asyncio.timeout(self._limit):
                return await test.run(typed)
        except InvalidSettings as error:
            name, what = next(iter(error.problems.items()))
            return ConnectionResult(test.name, ConnectionStatus.INVALID, f"{name} {what}")
        except Unconfigured as error:
            return ConnectionResult(test.name, ConnectionStatus.UNCONFIGURED, str(error))
        except Unreachable as error:
            return ConnectionResult(test.name, ConnectionStatus.UNREACHABLE, str(error))
        except TimeoutError:
            detail = f"timed out after {self._limit:g} s"
            return ConnectionResult(test.name, ConnectionStatus.UNREACHABLE, detail)
        except Exception:
            logger.exception("connection_test_crashed", extra={"target": test.name})
            return ConnectionResult(test.name, ConnectionStatus.UNREACHABLE, "the test failed; see the log")
