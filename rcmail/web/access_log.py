"""One record for each request served."""

import logging
from typing import Final

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger
from aiohttp.http_exceptions import HttpProcessingError

logger = logging.getLogger("rcmail.http")

# Asked every few seconds by monitoring and by open pages.
_POLLS: Final = ("/health", "/static/", "/logs/new")
# How far something is, asked as long as the page is open: how these end.
_PROGRESS: Final = ("/sync", "/draft", "/similar", "/config/timing")


class AccessLogger(AbstractAccessLogger):
    """Logs ``http_request``: polls and static files at DEBUG, everything else at INFO.

    The path only: a query may hold what is nobody's business (an OAuth ``code``).
    """

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        level = logging.DEBUG if _is_poll(request) else logging.INFO
        if self.logger.isEnabledFor(level):
            context = {
                "method": request.method,
                "path": request.path,
                "status": response.status,
                "duration_ms": round(time * 1000, 1),
                "remote": request.remote,
            }
            # Logger.log would look up in the stack who called it, each time; nobody reads that.
            record = self.logger.makeRecord(
                self.logger.name, level, __file__, 0, "http_request", (), None, extra=context
            )
            self.logger.handle(record)


def _is_poll(request: web.BaseRequest) -> bool:
    # The page that follows the log loads itself anew: told of, each time would be news for it.
    is_following = request.path == "/logs" and "follow=1" in request.query_string
    is_progress = request.method == "GET" and request.path.endswith(_PROGRESS)
    return is_following or is_progress or request.path.startswith(_POLLS)


def setup_access_log() -> None:
    """Have aiohttp's own words about requests that are no HTTP told as a request, not as our error."""
    server = logging.getLogger("aiohttp.server")
    server.removeFilter(_tell_malformed)
    server.addFilter(_tell_malformed)


def _tell_malformed(record: logging.LogRecord) -> bool:
    """A logging filter: whether the record stays. A port scanner's is no ERROR with a traceback."""
    error = record.exc_info[1] if record.exc_info else None
    if not isinstance(error, HttpProcessingError):
        return True
    remote = record.args[0] if isinstance(record.args, tuple) and record.args else None
    logger.info(
        "http_request_malformed",
        extra={"remote": remote, "status": error.code, "reason": error.message.partition("\n")[0][:200]},
    )
    return False
