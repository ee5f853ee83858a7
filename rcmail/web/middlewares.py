"""What happens around every handler: the safety checks inside, errors as pages outside, headers on everything."""

import logging

from aiohttp import web
from aiohttp.typedefs import Handler

from rcmail import keys
from rcmail.errors import DatabaseUnavailable, InvalidSettings
from rcmail.web import safety
from rcmail.web.errors import error_response

logger = logging.getLogger("rcmail.http")


def setup_middlewares(app: web.Application) -> None:
    """Install them, outermost first."""
    app.middlewares.extend([errors, safe_requests_only])
    app.on_response_prepare.append(add_headers)


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every error in the layout of the pages, or as JSON for a program."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return await error_response(request, error.status, _text_of(error), error.headers.get("Allow"))
    except InvalidSettings as error:
        sentence = "; ".join(f"{name} {what}" for name, what in error.problems.items())
        return await error_response(request, 422, f"{sentence}.")
    except DatabaseUnavailable as error:
        return await error_response(
            request,
            503,
            f"The database is not available: {error}. Nothing was changed; try again in a moment.",
        )
    except Exception:
        logger.exception("request_failed", extra={"method": request.method, "path": request.path})
        return await error_response(request, 500)


@web.middleware
async def safe_requests_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    safety.check_host(request, request.app[keys.CONFIG].allowed_hosts)
    safety.check_origin(request)
    safety.check_size(request, request.client_max_size)
    return await handler(request)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """On whatever leaves: pages, JSON, files, errors."""
    response.headers.update(safety.SECURITY_HEADERS)
    if "Cache-Control" not in response.headers:
        # Static files carry their version in the address (templating.asset); the rest is true for a moment.
        is_versioned = request.path.startswith("/static/") and "v" in request.query and response.status == 200
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if is_versioned else "no-cache"


def _text_of(error: web.HTTPException) -> str:
    """The sentence we gave the exception; aiohttp's default ("404: Not Found") is none."""
    text = error.text or ""
    return "" if text == f"{error.status}: {error.reason}" else text
