"""What a start needs: a database that comes up later than rcmail is waited for."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

from rcmail import patience
from rcmail.config import PostgresConfig
from rcmail.errors import DatabaseRefused, DatabaseUnavailable

logger = logging.getLogger("rcmail.db")

T = TypeVar("T")

_MAX_WAIT: Final = 10


async def patiently(config: PostgresConfig, work: Callable[[], Awaitable[T]]) -> T:
    """Do ``work``, with the attempts and the growing delay of the configuration.

    Raises DatabaseRefused at once where trying again is useless, DatabaseUnavailable after the last attempt.
    """

    def log_retry(details: Any) -> None:
        logger.warning(
            "db_connect_retry",
            extra={
                "attempt": details["tries"],
                "delay_seconds": details["wait"],
                "reason": str(details["exception"]),
            },
        )

    try:
        return await patience.patiently(
            work,
            DatabaseUnavailable,
            attempts=config.connect_attempts,
            first=config.connect_delay,
            most=_MAX_WAIT,
            is_useless=lambda error: isinstance(error, DatabaseRefused),
            note=log_retry,
        )
    except DatabaseUnavailable as error:
        logger.error("db_connect_failed", extra={"reason": str(error)})  # noqa: TRY400 - no trace needed
        raise
