"""What of the findings goes into the log, and how loudly."""

import logging
import time
from collections.abc import Callable
from typing import Final

from rcmail.health.base import Group, Result, ServiceStatus, Verdict

logger = logging.getLogger("rcmail.health")

CALM: Final = 600.0  # seconds something must be well before its trouble counts as over


class Telling:
    """Logs the services at each change, and the machine's troubles when they begin and when they are over.

    ``clock`` tells seconds that nobody sets.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        # The verdict that was logged, and when it was last seen.
        self._troubles: dict[str, tuple[Verdict, float]] = {}

    def tell(self, result: Result, *, has_changed: bool) -> None:
        if result.check.group is Group.SERVICES:
            _tell_service(result, has_changed=has_changed)
        else:
            self._tell_fact(result)

    def _tell_fact(self, result: Result) -> None:
        """What hovers around its limit (a temperature) is not told again and again."""
        now = self._clock()
        found = result.finding
        known = self._troubles.get(result.name)
        context = {"fact": result.name, "value": found.value}
        if result.is_trouble:
            self._troubles[result.name] = (found.verdict, now)
            if known is None or known[0] != found.verdict:
                more = {"verdict": found.verdict.value, "advice": found.advice}
                logger.warning("machine_trouble", extra=context | more)
        elif known is not None and found.verdict is Verdict.OK and now - known[1] >= CALM:
            del self._troubles[result.name]
            logger.info("machine_trouble_over", extra=context)


def _tell_service(result: Result, *, has_changed: bool) -> None:
    found = result.finding
    level = logging.DEBUG
    if has_changed:
        level = logging.WARNING if found.status is ServiceStatus.UNREACHABLE else logging.INFO
    logger.log(
        level,
        "health_check",
        extra={"check": result.name, "status": found.status.value, "detail": found.value},
    )
