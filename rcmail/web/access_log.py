"""One record for each request served."""

import logging
from typing import Final

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger

# Asked every few seconds by monitoring and by open pages.
_POLLS: Final = ("/health", "/static/")


class AccessLogger(AbstractAccessLogger):
    """Logs ``http_request``: health polls and static files at DEBUG, everything else at INFO.

    The path only: a query may hold what is nobody's business (an OAuth ``code``).
    """

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        level = logging.DEBUG if request.path.startswith(_POLLS) else logging.INFO
        if self.logger.isEnabledFor(level):
            self.logger.log(
                level,
                "http_request",
                extra={
                    "method": request.method,
                    "path": request.path,
                    "status": response.status,
                    "duration_ms": round(time * 1000, 1),
                    "remote": request.remote,
                },
            )
